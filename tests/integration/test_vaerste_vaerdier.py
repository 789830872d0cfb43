"""The worst value of each kind in every parameter that anybody may edit: no page, no command and no other plan stops.

Every other page is opened with values that cannot be used by tests/integration/test_matrix.py, whose world has them.
"""

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.urls import reverse

from aftaler.models import Helhedsplan
from aftaler.queries.kontrol import kontroller
from tests import factories as f
from tests.integration.test_matrix import PLANSIDER, adresse, som_foer
from tests.parametre import SLAGS, giv_parametre, saet_parametre
from tests.verden import verden

#: The pages that read a parameter for more than the bell in their head.
LAESER = {
    "accept-opret", "afsnit-ret", "bestyrelse", "budget-gitter", "budget-godkend", "budget-overblik",
    "budget-revisioner", "budget-udgifter", "budget-vis", "budget-xlsx", "dokument-liste", "indikator-liste",
    "indikator-vis", "indikator-xlsx", "indstillinger", "kalender-holdt", "kalender-liste", "opfoelgning-liste",
    "opfoelgningsbevis", "pakke-lav", "parameter-ret", "plan-fil", "plan-overblik", "revision-godkend",
    "samarbejdsaftale-vis", "status-skriv", "tal-i-tekst", "udgave-sammenlign", "udgaver-afgoer", "udgaver-frys",
}  # fmt: skip
#: What cannot be used is left out in one and the same way; what can is reckoned with, and so the extremes are opened.
AABNES_MED = ("den mindste, der må stå", "den største, der må stå")


@pytest.fixture
def v(db):
    v = verden()
    Helhedsplan.objects.filter(pk=v.plan.pk).update(fase="i_gang")
    giv_parametre(v.plan)
    return v


def test_no_value_of_any_parameter_stops_a_page(v, client):
    assert set(PLANSIDER) >= LAESER
    client.force_login(v.brugere["leder"])
    client.raise_request_exception = False
    galt = []
    for navn in sorted(LAESER):
        with som_foer(v) as verdenen:
            url = adresse(verdenen, navn)
            for slags in AABNES_MED:
                saet_parametre(verdenen.plan, slags)
                caches["sider"].clear()
                if (kode := client.get(url).status_code) != 200:
                    galt.append((navn, slags, kode))
    assert galt == []


@pytest.mark.parametrize("slags", SLAGS)
def test_no_value_stops_the_commands_or_another_plan(v, client, capsys, slags):
    anden = f.MedlemskabFactory(rolle="leder", plan__fase="i_gang", plan__regelsaet=v.plan.regelsaet).plan
    ens = f.MedlemskabFactory(rolle="leder", plan__fase="i_gang").plan
    foer = kontroller(ens)
    ubrugelige = saet_parametre(v.plan, slags)
    call_command("daglig", proev=True)
    for plan in (v.plan, anden):
        call_command("kontroller", plan.noegle)
        sagt = "".join(capsys.readouterr())
        assert "kunne ikke" not in sagt
        assert sagt.count("kan ikke bruges. Værdien skal") == len(ubrugelige)
    assert kontroller(ens) == foer
    client.force_login(anden.medlemskaber.get().bruger)
    assert client.get("/").status_code == client.get(anden.get_absolute_url()).status_code == 200
    client.force_login(f.BrugerFactory(er_administrator=True))
    for navn, *args in (("regelsaet-liste",), ("regelsaet-vis", v.plan.regelsaet.noegle)):
        assert client.get(reverse(navn, args=args)).status_code == 200
