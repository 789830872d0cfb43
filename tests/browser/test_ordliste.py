"""A word is explained where it stands, by mouse and keyboard, and on a page of its own without scripts."""

import re

from playwright.sync_api import expect

from helhedsplan.ordliste import ORDLISTE
from tests.verden import verden


def test_a_word_is_explained_on_tap(transactional_db, side_som, axe_fejl):
    v = verden()
    side = side_som(v.brugere["observatoer"])
    side.set_viewport_size({"width": 390, "height": 800})
    side.goto(f"/planer/{v.plan.noegle}/indstillinger/")
    ordet, forklaring = side.get_by_role("button", name="Forrige plan"), side.get_by_text(ORDLISTE["forgaenger"][1])
    expect(forklaring).to_have_count(0)
    ordet.click()
    expect(forklaring).to_be_in_viewport(ratio=1)
    assert axe_fejl(side) == []
    side.keyboard.press("Escape")
    expect(forklaring).to_be_hidden()
    expect(ordet).to_be_focused()
    side.keyboard.press("Space")
    expect(forklaring).to_be_visible()
    side.keyboard.press("Tab")
    side.keyboard.press("Enter")
    expect(side).to_have_url(re.compile("/ordliste#forgaenger$"))


def test_without_scripts_the_word_leads_to_the_list(transactional_db, client):
    v = verden()
    client.force_login(v.brugere["observatoer"])
    svar = client.get(f"/planer/{v.plan.noegle}/indstillinger/").content.decode()
    assert 'href="/ordliste#forgaenger"' in svar
    client.logout()
    liste = client.get("/ordliste").content.decode()
    assert [noegle for noegle in ORDLISTE if f'id="{noegle}"' not in liste] == []
    assert liste.index("Rebudgettering") < liste.index("SHA-256") < liste.index("Udgave</dt>")
