"""Nothing that an agenda, minutes or a status knows is lost on the way out: a change of any of it shows there."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template import TemplateDoesNotExist
from lxml import html

from aftaler.models import Aktivitet
from dokumenter.oejebliksbillede import ENKLE, MAERKE, papir_fra_json, papir_som_json
from helhedsplan.blokke import tryk
from helhedsplan.pdf import PdfFejl
from moeder import moedepapir
from moeder.queries.moedebillede import Beslutningsbillede, Maalbillede, Maaltalbillede
from status import oejebliksbillede as statusbilleder
from status import pdf as statuspdf
from tests import factories as f
from tests.moeder.afstemningsdata import en_bestyrelse
from tests.verden import en_status, publiceret_status, verden


@pytest.fixture
def plan(db):
    """With something in every field that a paper has."""
    plan = verden().plan
    Aktivitet.objects.update(forventet_deltagertal=40)
    f.RisikoFactory(plan=plan, sandsynlighed=3, konsekvens=3)
    return plan


def blade(data, felt="", vej=()):
    """(field, path, value) of every fact in the data of a paper; the field as Class.name."""
    if isinstance(data, list):
        for nr, led in enumerate(data):
            yield from blade(led, felt, (*vej, nr))
    elif isinstance(data, dict) and data[MAERKE] not in ENKLE:
        for navn, led in data.items():
            if navn != MAERKE:
                yield from blade(led, f"{data[MAERKE]}.{navn}", (*vej, navn))
    elif data is not None:
        yield felt, vej, data


def en_anden(vaerdi):
    if isinstance(vaerdi, bool):
        return not vaerdi
    if isinstance(vaerdi, int):
        return vaerdi + 1
    if isinstance(vaerdi, str):
        return f"{vaerdi} ændret"
    if vaerdi[MAERKE] == "Decimal":
        return vaerdi | {"v": str(Decimal(vaerdi["v"]) + 1)}
    return vaerdi | {"v": (ENKLE[vaerdi[MAERKE]](vaerdi["v"]) + timedelta(1)).isoformat()}


def med(data, vej, vaerdi):
    if not vej:
        return vaerdi
    if isinstance(data, list):
        return [med(led, vej[1:], vaerdi) if nr == vej[0] else led for nr, led in enumerate(data)]
    return data | {vej[0]: med(data[vej[0]], vej[1:], vaerdi)}


def ord_(side: str) -> str:
    """All that is to be read, also by those who hear a picture."""
    trae = html.fromstring(side)
    return " ".join([*trae.text_content().split(), *trae.xpath("//@alt")])


def ny(tegn, data) -> str:
    try:
        return tegn(papir_fra_json(data))
    except (PdfFejl, LookupError, ValueError, TemplateDoesNotExist) as fejl:
        return str(fejl)


def proev(papirer, tegn) -> set[str]:
    """The fields that can be changed without any of the papers saying anything else. All are to hold something."""
    sete, rene, fyldte, tomme = set(), set(), set(), set()
    for papir in papirer:
        data, foer = papir_som_json(papir), tegn(papir)
        tomme |= set(uden_indhold(data))
        for felt, vej, vaerdi in blade(data):
            rene.add(felt)
            fyldte |= set(gennem(data, vej))
            if felt not in sete and ny(tegn, med(data, vej, en_anden(vaerdi))) != foer:
                sete.add(felt)
    assert tomme - fyldte <= TOMME
    return rene - sete


def gennem(data, vej):
    """The fields that a path goes through."""
    for trin in vej:
        if isinstance(data, dict):
            yield f"{data[MAERKE]}.{trin}"
        data = data[trin]


def uden_indhold(data):
    for led in data if isinstance(data, list) else ():
        yield from uden_indhold(led)
    if isinstance(data, dict) and data[MAERKE] not in ENKLE:
        for navn, led in data.items():
            if led is None or led == []:
                yield f"{data[MAERKE]}.{navn}"
            yield from uden_indhold(led)


#: What no paper prints: what a thing is called in addresses and in its codes, beside the words it is printed with.
MOEDER = {
    "Maalbillede.udfald", "Moedebillede.dokument_id", "Moedebillede.kort_navn", "Moedebillede.moede_pk",
    "Moedebillede.parter", "Moedebillede.plan", "Punktbillede.pk",
}  # fmt: skip
STATUSSER = {
    "Statusaktivitet.noegle", "Statusbillede.dokument_id", "Statusbillede.kort_navn", "Statusbillede.parter",
    "Statusbillede.periode", "Statusbillede.plan", "Statusbillede.plan_navn", "Statusbillede.til_beboere",
    "Statusbillede.udgave", "Statusforskel.afsnit", "Statusforskel.art", "Statusindikator.noegle",
    "Statusindikator.retning", "Statusindikator.vaerdi", "Statusmilepael.noegle", "Statusmilepael.tilstand",
    "Statusomraade.noegle",
}  # fmt: skip
#: What drafts have nothing of, and what an item asks the board to decide, which test_indstilling prints.
TOMME = {"Moedebillede.sendt", "Punktbillede.genstand", "Statusbillede.publiceret"}


def test_alt_hvad_et_moede_ved_staar_paa_papiret(plan, monkeypatch):
    monkeypatch.setattr(tryk, "html_til_pdf", lambda html, **_: html)
    moede = en_bestyrelse(plan, tilstand="holdt").moede
    f.DagsordenspunktFactory(moede=moede)
    tal = (Maaltalbillede("Unge i job", "Nord", "2024", "16 (20 %)", "Egen"),)
    beslutning = Beslutningsbillede("Godkendt", True, "Med en bemærkning.", ("Kommunen: for",), ("AAB",))
    maal = (Maalbillede(1, "Flere i job", "naaet", "Nået", "Vi fortsætter.", tal),)
    papirer = []
    for papir in (moedepapir.udkast(moede, art) for art in ("dagsorden", "referat")):
        (punkt,) = papir.punkter
        punkt = replace(punkt, beslutning=beslutning, maal=maal, referat="Drøftet.")
        papirer.append(replace(papir, punkter=(punkt,), modtagere=("A1",)))
    andetsteds = replace(punkt, slags="B", beslutning=None, andetsteds="Udgave 1 er godkendt pr. mail.")
    papirer.append(replace(papirer[-1], punkter=(andetsteds,)))
    assert proev(papirer, lambda p: ord_(moedepapir.tegn(p))) == MOEDER


def test_alt_hvad_en_status_ved_staar_paa_papiret(plan):
    publiceret_status(plan, 2)
    for linje in en_status(plan, 3).linjer.all():
        linje.lys = "afviger"
        linje.save()
    papirer = [statusbilleder.udkast(status, date(2026, 9, 30)) for status in plan.statusser.all()]
    assert proev(papirer, lambda p: ord_(statuspdf.side_html(p))) == STATUSSER
