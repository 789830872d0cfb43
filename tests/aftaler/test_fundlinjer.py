"""Equal findings are one line with their links; a closed plan does not open on its findings."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from aftaler.choices import Fase
from helhedsplan.choices import Alvor
from helhedsplan.fund import Fund, samlet
from tests import factories as f


def fundet(nr, kode="uden-baseline", flere="indikatorer mangler baseline:"):
    return Fund(kode, Alvor.NOTE, f"»{nr}« har intet", f"/i/{nr}/", "Kilde", flere=flere, kort=f"»{nr}«")


def test_ni_ens_fund_er_en_linje_med_ni_henvisninger():
    andet = Fund("andet", Alvor.NOTE, "Noget andet", "/a/", "Kilde")
    linjer = samlet([*(fundet(nr) for nr in range(9)), andet, andet])
    assert [(x.besked, x.henvisning, len(x.fund)) for x in linjer] == [
        ("9 indikatorer mangler baseline:", "", 9),
        ("Noget andet", "/a/", 1),
        ("Noget andet", "/a/", 1),
    ]
    assert [x.henvisning for x in linjer[0].fund] == [f"/i/{nr}/" for nr in range(9)]


def test_faa_ens_fund_og_fund_fra_hver_sin_kilde_staar_hver_for_sig():
    assert [x.besked for x in samlet([fundet(1), fundet(2)])] == ["»1« har intet", "»2« har intet"]
    uens = [Fund("k", Alvor.NOTE, str(nr), "/", f"Kilde {nr}", flere="ting", kort="x") for nr in range(3)]
    assert [x.besked for x in samlet(uens)] == ["0", "1", "2"]


def plan_med_tre_indikatorer(**felter):
    plan = f.HelhedsplanFactory(noegle="parken", regelsaet__regulativ=date(2019, 12, 11), **felter)
    for nr in range(3):
        f.IndikatorFactory(plan=plan, noegle=f"i{nr}", navn=f"Tal {nr}", fast=f.FastIndikatorFactory())
    return plan


@pytest.mark.django_db
def test_overblikket_samler_og_kontroller_json_goer_ikke(client, capsys):
    plan = plan_med_tre_indikatorer()
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    side = client.get("/planer/parken/").content.decode()
    assert "3 indikatorer mangler baseline:" in side
    assert side.count("har intet tal, der er mærket som baseline") == 0
    assert all(
        f'<a href="{reverse("indikator-vis", args=["parken", f"i{nr}"])}">»Tal {nr}«</a>' in side for nr in range(3)
    )
    call_command("kontroller", "parken", "--json")
    enkelte = [x for x in json.loads(capsys.readouterr().out) if x["kode"] == "uden-baseline"]
    assert [set(x) for x in enkelte] == [{"kode", "alvor", "besked", "henvisning", "kilde"}] * 3


@pytest.mark.django_db
@pytest.mark.parametrize("fase", [Fase.AFSLUTTET, Fase.I_GANG])
def test_en_afsluttet_plan_siger_hvad_den_er_og_folder_fund_sammen(client, fase):
    plan = plan_med_tre_indikatorer(fase=fase)
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    side = client.get("/planer/parken/").content.decode()
    foer_fund = side[: side.index('class="fundliste')]
    assert ("Planen er afsluttet" in foer_fund, "<details>" in foer_fund[foer_fund.index('id="fund"') :]) == (
        fase == Fase.AFSLUTTET,
        fase == Fase.AFSLUTTET,
    )
