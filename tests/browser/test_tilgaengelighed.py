"""Every page that can be read or filled in, with axe, wide and narrow; nothing wider than a phone, no table cut on a
screen that is wide."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.integration.test_matrix import EGNE, PLANSIDER
from tests.verden import verden

#: PDF, Word, ZIP, JSON and pictures. They and what is sent as a download are files; all else must stand as a page.
FILTYPER = ("application/", "image/")
SIDER = [navn for navn, (metode, _) in PLANSIDER.items() if metode == "GET"]
BREDDER = (1280, 390)
#: So many tests share the pages, for two workers to share them too.
DELE = 4
#: What a table is called that must be moved sideways to be read; on a phone that is how a wide one is read.
SKAARET = """Array.from(document.querySelectorAll('.tabelramme'))
  .filter((ramme) => ramme.offsetParent && ramme.scrollWidth > ramme.clientWidth + 1)
  .map((ramme) => ramme.getAttribute('aria-label') || ramme.innerText.slice(0, 40))"""


def adresser(v) -> dict[str, str]:
    alle = {navn: reverse(navn) for navn in [*EGNE - {"klokke"}, "plan-opret", "was", "ordliste"]}  # a part of a page
    for navn in SIDER:
        argumenter = v.argumenter(navn)
        kendte = next(iter(get_resolver().reverse_dict.getlist(navn)))[0][0][1]
        alle[navn] = reverse(navn, kwargs={n: argumenter[n] for n in kendte})
    return alle


def er_fil(klient: Client, navn: str, url: str) -> bool:
    svar = klient.get(url)
    svar.close()
    assert svar.status_code == 200, (navn, svar.status_code)
    hentes = svar.headers.get("Content-Disposition", "").startswith("attachment")
    return hentes or svar.headers["Content-Type"].startswith(FILTYPER)


def fejl_ved(side, bredde: int, axe_fejl) -> list[str]:
    """No script asks how wide the window is when the page is loaded: it may be made narrow afterwards."""
    side.set_viewport_size({"width": bredde, "height": 900})
    fejl = axe_fejl(side)
    bred = side.evaluate("document.documentElement.scrollWidth")
    if bred > bredde:
        fejl.append(f"{bred} px bred")
    if bredde == BREDDER[0]:
        fejl += [f"skåret: {tabel}" for tabel in side.evaluate(SKAARET)]
    return fejl


@pytest.mark.parametrize("del_", range(DELE))
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(transactional_db, side_som, axe_fejl, del_):
    v = verden()
    klient = Client()
    klient.force_login(v.brugere["leder"])
    side = side_som(v.brugere["leder"])
    fund = {}
    for navn, url in sorted(adresser(v).items())[del_::DELE]:
        if er_fil(klient, navn, url):
            continue
        svar = side.goto(url)
        assert svar.status == 200, (navn, svar.status)
        for bredde in BREDDER:
            if fejl := fejl_ved(side, bredde, axe_fejl):
                fund[navn, bredde] = fejl
    assert fund == {}
