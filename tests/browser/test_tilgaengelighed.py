"""Every page that can be read or filled in, with axe, wide and narrow; and nothing wider than a phone."""

import pytest
from django.urls import get_resolver, reverse

from tests.integration.test_matrix import EGNE, PLANSIDER
from tests.verden import verden

IKKE_HTML = {"samarbejdsaftale-pdf", "delaftale-pdf", "plan-fil", "billede", "budget-pdf", "budget-xlsx"} | {
    "indikator-pdf",
    "indikator-xlsx",
    "indikator-json",
}
IKKE_HTML |= {"udgave-pdf", "udgave-billede", "udgave-fil", "dokument-gaeldende-pdf", "papir-pdf", "bilag-hent"}
IKKE_HTML |= {"sammenlign-word", "udgave-word", "dokument-word", "udgave-skabelon", "dokument-skabelon", "pakke-zip"}
SIDER = [navn for navn, (metode, _) in PLANSIDER.items() if metode == "GET" and navn not in IKKE_HTML]
BREDDER = (1280, 390)


def adresser(v) -> dict[str, str]:
    alle = {navn: reverse(navn) for navn in [*EGNE, "plan-opret", "was"]}
    for navn in SIDER:
        argumenter = v.argumenter(navn)
        kendte = next(iter(get_resolver().reverse_dict.getlist(navn)))[0][0][1]
        alle[navn] = reverse(navn, kwargs={n: argumenter[n] for n in kendte})
    return alle


@pytest.mark.parametrize("bredde", BREDDER)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(transactional_db, side_som, axe_fejl, bredde):
    v = verden()
    side = side_som(v.brugere["leder"])
    side.set_viewport_size({"width": bredde, "height": 900})
    fund = {}
    for navn, url in adresser(v).items():
        svar = side.goto(url)
        assert svar.status == 200, (navn, svar.status)
        fejl = axe_fejl(side)
        bred = side.evaluate("document.documentElement.scrollWidth")
        if bred > bredde:
            fejl.append(f"{bred} px bred")
        if fejl:
            fund[navn] = fejl
    assert fund == {}
