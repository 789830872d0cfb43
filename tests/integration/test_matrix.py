"""Every named URL x every role. A URL that is not named here fails the test."""

from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from helhedsplan.rettigheder import ROLLER
from tests import factories as f
from tests.parametre import UBRUGELIG, giv_parametre, saet_parametre
from tests.verden import Fortrudt, i_sporet, verden

LAES, RET, STYR = "læs", "ret", "styr"
FAG, PENGE, RET_PENGE, EGET = "læs det faglige", "se budget", "skriv budget", "skriv eget"
HISTORIK, DELTAG, UDSTEDT, MED = "se historik", "stem og skriv under", "læs det udstedte", "er med"
NOGET = "skriv noget"
ALLE = set(ROLLER)
SKRIVERE = {"leder", "sekretariat"}
LAESERE = {*SKRIVERE, "oekonomi", "bestyrelse", "revisor", "observatoer"}
MAA = {
    LAES: LAESERE,
    RET: SKRIVERE,
    STYR: {"leder"},
    FAG: {*LAESERE, "fagcenter"},
    PENGE: LAESERE,
    RET_PENGE: {*SKRIVERE, "oekonomi"},
    EGET: {*SKRIVERE, "fagcenter"},
    HISTORIK: {*SKRIVERE, "revisor"},
    DELTAG: {*SKRIVERE, "bestyrelse"},
    UDSTEDT: {*LAESERE, "lbf"},
    MED: ALLE,
    NOGET: {*SKRIVERE, "oekonomi", "fagcenter"},
}

#: Pages of a plan: name -> (method, who may). GET pages answer 200, commands answer 302 to those who may.
PLANSIDER = {
    "plan-overblik": ("GET", MED),
    "plan-nyt": ("GET", LAES),
    "plan-slet": ("GET", STYR),
    "plan-arkiver": ("POST", STYR),
    "plan-historik": ("GET", HISTORIK),
    "plan-historik-fil": ("GET", RET),
    "plan-historik-gendan": ("POST", RET),
    "plan-papirkurv": ("GET", NOGET),
    "plan-papirkurv-gendan": ("POST", NOGET),
    "plan-fil": ("GET", RET),
    "plan-regelsaet": ("GET", RET),
    "samarbejdsaftale-vis": ("GET", LAES),
    "samarbejdsaftale-pdf": ("GET", LAES),
    "delaftale-liste": ("GET", FAG),
    "delaftale-vis": ("GET", FAG),
    "delaftale-pdf": ("GET", FAG),
    "billede": ("GET", FAG),
    "dokument-liste": ("GET", LAES),
    "dokument-vis": ("GET", LAES),
    "dokument-gaeldende": ("GET", LAES),
    "dokument-gaeldende-pdf": ("GET", LAES),
    "udgave-frys": ("GET", RET),
    "udkast-del": ("GET", RET),
    "udkast-pdf": ("GET", LAES),
    "udkast-traek": ("GET", RET),
    "udgave-vis": ("GET", LAES),
    "udgave-pdf": ("GET", UDSTEDT),
    "udgave-billede": ("GET", LAES),
    "udgave-godkend": ("GET", STYR),
    "udgave-ikraft": ("GET", STYR),
    "udgave-traek": ("GET", STYR),
    "udgave-niveau": ("GET", RET),
    "udgave-offentliggoer": ("GET", RET),
    "udgave-sammenlign": ("GET", LAES),
    "sammenlign-word": ("GET", LAES),
    "udgave-word": ("GET", LAES),
    "dokument-word": ("GET", LAES),
    "udgave-skabelon": ("GET", LAES),
    "dokument-skabelon": ("GET", LAES),
    "pakke-vis": ("GET", LAES),
    "pakke-lav": ("GET", RET),
    "pakke-zip": ("GET", LAES),
    "pakke-uploadet": ("GET", RET),
    "milepaelsplan-vis": ("GET", LAES),
    "milepaelsplan-ret": ("GET", RET),
    "milepaelsplan-gennemgaaet": ("POST", RET),
    "beredskabsplan-vis": ("GET", LAES),
    "beredskabsplan-ret": ("GET", RET),
    "beredskabsplan-gennemgaaet": ("POST", RET),
    "kommissorium-vis": ("GET", LAES),
    "kommissoriumafsnit-ret": ("GET", RET),
    "organisationsdiagram-vis": ("GET", LAES),
    "papir-pdf": ("GET", LAES),
    "bilag-liste": ("GET", LAES),
    "bilag-hent": ("GET", LAES),
    "bilag-opret": ("GET", RET),
    "bilag-ret": ("GET", RET),
    "bilag-slet": ("POST", RET),
    "omtaltpapir-opret": ("GET", RET),
    "omtaltpapir-ret": ("GET", RET),
    "omtaltpapir-slet": ("POST", RET),
    "indstillinger": ("GET", LAES),
    "plan-ret": ("GET", RET),
    "indsatsomraader-vaelg": ("GET", RET),
    "plan-efterfoelger": ("GET", RET),
    "afsnit-ret": ("GET", RET),
    "delaftaleafsnit-ret": ("GET", EGET),
    "egne-maal-ret": ("GET", RET),
    "koblingstabel-opret": ("GET", RET),
    "koblingstabel-ret": ("GET", RET),
    "koblingstabel-slet": ("POST", RET),
    "billede-opret": ("GET", RET),
    "billede-ret": ("GET", RET),
    "billede-slet": ("POST", RET),
    "delaftale-opret": ("POST", RET),
    "delaftale-slet": ("POST", RET),
    "samarbejdsparter-ret": ("GET", EGET),
    "delmaal-opret": ("GET", EGET),
    "delmaal-ret": ("GET", EGET),
    "delmaal-slet": ("POST", EGET),
    "delmaal-flyt": ("POST", EGET),
    "delmaal-sorter": ("POST", EGET),
    "aktivitet-opret": ("GET", EGET),
    "aktivitet-hent": ("GET", RET),
    "aktivitet-delaftale": ("GET", RET),
    "aktivitet-udfyld": ("GET", RET),
    "afsnit-hent": ("GET", RET),
    "delaftaleafsnit-hent": ("GET", RET),
    "kommissoriumafsnit-hent": ("GET", RET),
    "delmaal-hent": ("GET", RET),
    "samarbejdsparter-hent": ("GET", RET),
    "koblingstabel-hent": ("GET", RET),
    "milepaelsplan-hent": ("GET", RET),
    "beredskabsplan-hent": ("GET", RET),
    "gruppe-hent": ("GET", RET),
    "delaftale-hent": ("GET", RET),
    "aktivitet-ret": ("GET", EGET),
    "aktivitet-slet": ("POST", EGET),
    "aktivitet-flyt": ("POST", EGET),
    "aktivitet-sorter": ("POST", EGET),
    "parameter-ret": ("GET", RET),
    "part-opret": ("GET", RET),
    "part-ret": ("GET", RET),
    "part-slet": ("POST", RET),
    "lag-opret": ("GET", RET),
    "lag-ret": ("GET", RET),
    "behandlinger-ret": ("GET", RET),
    "faelles-ret": ("GET", RET),
    "sideplaner-ret": ("GET", RET),
    "lag-slet": ("POST", RET),
    "lag-vis": ("GET", LAES),
    "lag-pdf": ("GET", LAES),
    "omraade-opret": ("GET", RET),
    "omraade-ret": ("GET", RET),
    "omraade-slet": ("POST", RET),
    "navne-ret": ("GET", RET),
    "gruppe-opret": ("GET", RET),
    "gruppe-ret": ("GET", RET),
    "gruppe-slet": ("POST", RET),
    "organisation-opret": ("GET", RET),
    "organisation-liste": ("GET", RET),
    "organisation-vis": ("GET", RET),
    "organisation-saml": ("GET", RET),
    "organisation-arkiver": ("POST", RET),
    "organisation-slet": ("POST", RET),
    "organisation-ret": ("GET", RET),
    "afdeling-saml": ("GET", RET),
    "afdeling-arkiver": ("POST", RET),
    "afdeling-slet": ("POST", RET),
    "afdeling-opret": ("GET", RET),
    "afdeling-uden-ejer": ("GET", RET),
    "afdeling-ret": ("GET", RET),
    "personer": ("GET", STYR),
    "medlem-inviter": ("POST", STYR),
    "medlem-afslut": ("POST", STYR),
    "medlem-opret": ("GET", STYR),
    "medlem-ret": ("GET", STYR),
    "medlem-slet": ("POST", STYR),
    "plan-to-trin": ("GET", STYR),
    "budget-overblik": ("GET", PENGE),
    "budget-kilder": ("GET", PENGE),
    "budget-revisioner": ("GET", PENGE),
    "budget-puljer": ("GET", PENGE),
    "budget-sumtjek": ("GET", PENGE),
    "budget-vis": ("GET", PENGE),
    "budget-pdf": ("GET", PENGE),
    "budget-xlsx": ("GET", PENGE),
    "forbrug": ("GET", PENGE),
    "forbrug-ret": ("GET", RET_PENGE),
    "budget-opret": ("GET", RET_PENGE),
    "budget-ret": ("GET", RET_PENGE),
    "budget-gitter": ("GET", RET_PENGE),
    "budget-udgifter": ("GET", RET_PENGE),
    "bidrag-regn": ("GET", RET_PENGE),
    "bidrag-noter": ("GET", RET_PENGE),
    "udgift-noter": ("GET", RET_PENGE),
    "budget-importer": ("GET", RET_PENGE),
    "budget-godkend": ("GET", RET_PENGE),
    "budget-regn-om": ("GET", RET_PENGE),
    "budget-slet": ("POST", RET_PENGE),
    "scenarie-opret": ("GET", RET_PENGE),
    "finansieringskilde-opret": ("GET", RET_PENGE),
    "finansieringskilde-ret": ("GET", RET_PENGE),
    "finansieringskilde-slet": ("POST", RET_PENGE),
    "sats-opret": ("GET", RET_PENGE),
    "sats-ret": ("GET", RET_PENGE),
    "sats-slet": ("POST", RET_PENGE),
    "satsvaerdi-opret": ("GET", RET_PENGE),
    "satsvaerdi-ret": ("GET", RET_PENGE),
    "satsvaerdi-slet": ("POST", RET_PENGE),
    "konto-opret": ("GET", RET_PENGE),
    "konto-ret": ("GET", RET_PENGE),
    "konto-slet": ("POST", RET_PENGE),
    "revision-opret": ("GET", RET_PENGE),
    "revision-ret": ("GET", RET_PENGE),
    "revision-godkend": ("GET", RET_PENGE),
    "revision-slet": ("POST", RET_PENGE),
    "pulje-opret": ("GET", RET_PENGE),
    "pulje-ret": ("GET", RET_PENGE),
    "pulje-slet": ("POST", RET_PENGE),
    "puljetilsagn-ret": ("GET", RET_PENGE),
    "underskrift-tavle": ("GET", LAES),
    "underskrift-paamind": ("POST", RET),
    "underskriver-ret": ("GET", RET),
    "underskriver-fuldmagt": ("GET", RET),
    "udgave-afgoerelsesbilag": ("GET", LAES),
    "udgave-underskriv": ("GET", DELTAG),
    "udgave-upload": ("GET", RET),
    "udgave-scan": ("GET", RET),
    "udgave-scan-traek": ("GET", RET),
    "udgave-fil": ("GET", LAES),
    "puljetilsagn-slet": ("POST", RET_PENGE),
    "omraadestatus-liste": ("GET", FAG),
    "omraadestatus-opret": ("GET", RET),
    "omraadestatus-ret": ("GET", RET),
    "omraadestatus-slet": ("POST", RET),
    "opfoelgning-liste": ("GET", FAG),
    "opfoelgning-opret": ("GET", RET),
    "opfoelgning-ret": ("GET", RET),
    "opfoelgning-slet": ("POST", RET),
    "opfoelgningsbevis": ("GET", LAES),
    "aendringsregister": ("GET", LAES),
    "aendringsregister-xlsx": ("GET", LAES),
    "opfoelgningsbevis-pdf": ("GET", LAES),
    "uploadetreferat-opret": ("GET", RET),
    "uploadetreferat-pdf": ("GET", LAES),
    "uploadetreferat-bekraeft": ("POST", DELTAG),
    "uploadetreferat-traek": ("POST", RET),
    "bevisudgave-opret": ("POST", RET),
    "bevisudgave-pdf": ("GET", LAES),
    "tal-valg": ("GET", RET),
    "tal-i-tekst": ("GET", RET),
    "tal-opdater": ("POST", RET),
    "indikator-liste": ("GET", FAG),
    "indikator-vis": ("GET", FAG),
    "indikator-pdf": ("GET", FAG),
    "indikator-xlsx": ("GET", FAG),
    "indikator-json": ("GET", FAG),
    "indikator-opret": ("GET", RET),
    "indikator-faste": ("POST", RET),
    "indikator-ret": ("GET", RET),
    "indikator-slet": ("POST", RET),
    "sted-liste": ("GET", FAG),
    "sted-opret": ("GET", RET),
    "sted-ret": ("GET", RET),
    "sted-saml": ("GET", RET),
    "sted-arkiver": ("POST", RET),
    "sted-slet": ("POST", RET),
    "maalinger-ret": ("GET", RET),
    "maaling-opret": ("GET", RET),
    "maaling-ret": ("GET", RET),
    "maaling-slet": ("POST", RET),
    "accept-opret": ("GET", RET),
    "accept-slet": ("POST", RET),
    "indikator-importer": ("GET", RET),
    "importfil-vis": ("GET", RET),
    "importfil-kobling": ("GET", RET),
    "importfil-slet": ("POST", RET),
    "bestyrelse": ("GET", LAES),
    "plan-beboere": ("GET", LAES),
    "plan-beboere-pdf": ("GET", LAES),
    "moede-liste": ("GET", LAES),
    "moede-vis": ("GET", LAES),
    "moede-opret": ("GET", RET),
    "moede-ret": ("GET", RET),
    "moede-aflys": ("GET", RET),
    "moede-slet": ("POST", RET),
    "moede-hold": ("POST", RET),
    "dagsorden-send": ("GET", RET),
    "referat-vis": ("GET", LAES),
    "referat-ret": ("GET", RET),
    "referat-send": ("GET", RET),
    "moedepapir-pdf": ("GET", LAES),
    "punktreferat-ret": ("GET", RET),
    "punkt-pdf": ("GET", LAES),
    "punkt-vis": ("GET", LAES),
    "punkt-opret": ("GET", RET),
    "punkt-foreslaa": ("POST", RET),
    "punkt-sorter": ("POST", RET),
    "punkt-naeste": ("POST", RET),
    "punkt-ret": ("GET", RET),
    "punkt-flyt": ("POST", RET),
    "punkt-slet": ("POST", RET),
    "punkt-stem": ("GET", DELTAG),
    "punkt-afgoer": ("GET", STYR),
    "inhabil-opret": ("GET", RET),
    "inhabil-slet": ("POST", RET),
    "fremmoede-ret": ("GET", RET),
    "bestyrelsesmedlemmer": ("GET", LAES),
    "bestyrelse-ret": ("GET", RET),
    "beslutningsregister": ("GET", LAES),
    "beslutningsregister-xlsx": ("GET", LAES),
    "bestyrelsesmedlem-ret": ("GET", RET),
    "bestyrelsesmedlem-slet": ("POST", RET),
    "bestyrelsesside-opret": ("GET", RET),
    "bestyrelsesside-ret": ("GET", RET),
    "bestyrelsesside-slet": ("POST", RET),
    "forretningsorden-ret": ("GET", RET),
    "kalender-liste": ("GET", LAES),
    "kalender-udfoert": ("POST", RET),
    "kalender-genaabn": ("POST", RET),
    "kalender-holdt": ("GET", RET),
    "moede-referatfil": ("GET", LAES),
    "plan-fase": ("POST", RET),
    "udgaver-frys": ("GET", RET),
    "udgaver-moede": ("GET", RET),
    "moede-afgoer": ("GET", STYR),
    "udgaver-afgoer": ("GET", STYR),
    "udgaver-underskriv": ("GET", RET),
    "kalender-abonnement": ("GET", LAES),
    "frist-opret": ("GET", RET),
    "frist-ret": ("GET", RET),
    "frist-slet": ("POST", RET),
    "status-liste": ("GET", LAES),
    "status-vis": ("GET", LAES),
    "status-pdf": ("GET", UDSTEDT),
    "status-beboere": ("GET", LAES),
    "status-beboere-pdf": ("GET", LAES),
    "status-laest": ("POST", DELTAG),
    "spoergsmaal-opret": ("GET", DELTAG),
    "spoergsmaal-svar": ("GET", RET),
    "laeselink-opret": ("GET", RET),
    "status-opret": ("POST", RET),
    "status-skriv": ("GET", RET),
    "status-proev": ("GET", RET),
    "status-send": ("POST", RET),
    "status-slet": ("POST", RET),
    "status-tilbage": ("POST", STYR),
    "status-publicer": ("POST", STYR),
    "status-traek": ("GET", STYR),
}
#: Pages outside the plans, the same for everybody who is logged in.
EGNE = {"forside", "klokke", "roller", "soeg", "profil", "logins", "bekraeftet"}
#: Their own rules, tested below.
SAERLIGE = {"verificer-id", "plan-opret", "kladde-gem", "kladde-kasser", "maaling-vis", "referat-svar"}
SAERLIGE |= {"svarlink-bestil", "svarlink", "svar-vis", "svar-stem", "svar-referat", "svar-papir", "svar-spoerg"}
SAERLIGE |= {"svar-udgave"}
SAERLIGE |= {"plan-indlaes", "planer-uden-leder"}
#: Tested in tests/helhedsplan/test_udbakke.py.
SAERLIGE |= {"udbakke"}
#: Tested in tests/integration/test_kommunelogin.py.
SAERLIGE |= {"kommunelogin"}
SAERLIGE |= {"laeselink", "laesning-vis", "laesning-efterretning", "kalender-feed"}
SAERLIGE |= {"status-egne", "status-ret", "statusdelaftale-ret", "statusaktivitet-ret"}
#: Of the installation, for administrators; tested in tests/dokumenter/test_wordskabelon_sider.py.
ADMINISTRATORENS = {"wordskabelon-liste", "wordskabelon-ret", "wordskabelon-hent", "wordskabelon-slet"}
#: Likewise; tested in tests/aftaler/test_regelsaet_sider.py.
ADMINISTRATORENS |= {
    "regelsaet-liste", "regelsaet-indlaes", "regelsaet-vis", "regelsaet-kopier", "regelsaet-rettelse", "regelsaet-ret",
    "regelsaet-forskel", "regelsaet-proev", "regelsaet-udgiv", "regelsaet-slet", "regelsaet-fil", "regelraekke-opret",
    "regelraekke-ret", "regelraekke-slet", "regelraekke-flyt",
}  # fmt: skip
#: Likewise; tested in tests/aftaler/test_papirkurv.py.
ADMINISTRATORENS |= {"papirkurv", "papirkurv-gendan"}
#: Likewise, or a person's own; tested in tests/helhedsplan/test_persondata.py.
ADMINISTRATORENS |= {"person-liste", "person-oplysninger", "person-fil", "person-anonymiser"}
#: Open to all.
AABNE = {"sundhed", "was", "ordliste", "verificer"}
#: allauth's own pages, which keep their own rights.
KONTO = ("account_", "mfa_", "openid_connect_")
DATA = {"punkt-flyt": {"skridt": "1"}, "delmaal-flyt": {"skridt": "1"}, "aktivitet-flyt": {"skridt": "-1"}}


def navngivne(moenstre) -> set[str]:
    navne = set()
    for moenster in moenstre:
        if isinstance(moenster, URLResolver):
            navne |= navngivne(moenster.url_patterns)
        elif isinstance(moenster, URLPattern):
            navne.add(moenster.name)
    return navne


@pytest.fixture
def v(db):
    """Every page is opened in a plan whose every parameter has a value that cannot be used."""
    v = verden()
    i_sporet(v.plan)
    giv_parametre(v.plan)
    saet_parametre(v.plan, UBRUGELIG)
    return v


def egne_argumenter(navn: str) -> list[str]:
    """The names in the address of a named URL."""
    return next(iter(get_resolver().reverse_dict.getlist(navn)))[0][0][1]


def adresse(v, navn: str) -> str:
    argumenter = v.argumenter(navn)
    return reverse(navn, kwargs={navn_: argumenter[navn_] for navn_ in egne_argumenter(navn)})


def hent(client, metode: str, url: str, navn: str = ""):
    data = {"raekkefoelge": ["x"]} if navn.endswith("-sorter") else DATA.get(navn, {})
    return client.get(url) if metode == "GET" else client.post(url, data)


@contextmanager
def som_foer(v):
    """The same world for each address, whatever the one before it wrote."""
    with suppress(Fortrudt), transaction.atomic():
        yield replace(v)
        raise Fortrudt


def afvigelser(v, proev, navne=PLANSIDER) -> dict:
    """What `proev(v, navn)` says of each named URL, where it says something: {navn: what is wrong}.

    A file that is deleted does not come back with the rows, so what deletes is asked last.
    """
    fundet = {}
    for navn in sorted(navne, key=lambda navn: navn.endswith("-slet")):
        with som_foer(v) as verdenen:
            fundet[navn] = proev(verdenen, navn)
    return {navn: galt for navn, galt in fundet.items() if galt}


def test_every_named_url_is_in_the_matrix():
    navne = {navn for navn in navngivne(get_resolver().url_patterns) if not navn or not navn.startswith(KONTO)}
    assert navne == set(PLANSIDER) | EGNE | SAERLIGE | ADMINISTRATORENS | AABNE


class LukketOp(Exception):
    """The person may come in; what the page is made of is not asked for."""


def test_who_is_let_in(v, monkeypatch):
    """Every URL x every role, stopped where the right has been asked for: the world is built once for each URL."""

    def luk_op(plan):
        raise LukketOp

    monkeypatch.setattr("aftaler.views.faelles.den_samme", luk_op)
    klienter = {rolle: Client() for rolle in ALLE}
    for rolle, klient in klienter.items():
        klient.force_login(v.brugere[rolle])

    def proev(v, navn):
        metode, kraev = PLANSIDER[navn]
        url, svar = adresse(v, navn), {}
        for rolle, klient in klienter.items():
            try:
                svar[rolle] = hent(klient, metode, url, navn).status_code
            except LukketOp:
                svar[rolle] = "lukket op"
        ventet = {rolle: "lukket op" if rolle in MAA[kraev] else 403 for rolle in ALLE}
        return {rolle: svar[rolle] for rolle in ALLE if svar[rolle] != ventet[rolle]}

    assert afvigelser(v, proev) == {}


#: What of the pages is drawn for whom: who may most, who reads and no more, and those who write a part what is theirs.
TEGNES = {"leder": set(MAA), "observatoer": set(MAA), "oekonomi": {RET_PENGE}, "fagcenter": {FAG, EGET, MED, UDSTEDT}}


@pytest.mark.parametrize("rolle", TEGNES)
def test_plan_pages_by_role(client, v, rolle):
    client.force_login(v.brugere[rolle])

    def proev(v, navn):
        metode, kraev = PLANSIDER[navn]
        ja = 200 if metode == "GET" or navn.endswith("-sorter") else 302
        ventet = ja if rolle in MAA[kraev] else 403
        svar = hent(client, metode, adresse(v, navn), navn).status_code
        return svar != ventet and f"{svar}, ventet {ventet}"

    assert afvigelser(v, proev, [navn for navn, (_, kraev) in PLANSIDER.items() if kraev in TEGNES[rolle]]) == {}


def test_foreign_plan_does_not_exist(client, v):
    client.force_login(v.brugere["fremmed"])

    def proev(v, navn):
        svar = hent(client, PLANSIDER[navn][0], adresse(v, navn)).status_code
        return svar != 404 and svar

    assert afvigelser(v, proev) == {}


#: What every plan has under the same address, whatever is in it.
I_ENHVER_PLAN = {
    "plan-historik-fil",
    "papir-pdf",
    "forbrug-ret",
    "opfoelgningsbevis",
    "opfoelgningsbevis-pdf",
    "bevisudgave-opret",
}
#: Names of something in the plan.
MED_TING = [navn for navn in PLANSIDER if set(egne_argumenter(navn)) > {"plan"} and navn not in I_ENHVER_PLAN]


def test_another_plans_things_are_not_reached_through_ones_own(client, v):
    """The address of one's own plan, which holds nothing, with the numbers and names of things in another."""
    egen = f.HelhedsplanFactory()
    leder = f.MedlemskabFactory(plan=egen, rolle="leder").bruger
    client.force_login(leder)

    def proev(v, navn):
        argumenter = v.argumenter(navn) | {"plan": egen.noegle}
        url = reverse(navn, kwargs={navn_: argumenter[navn_] for navn_ in egne_argumenter(navn)})
        svar = hent(client, PLANSIDER[navn][0], url, navn).status_code
        return svar != 404 and svar

    assert afvigelser(v, proev, MED_TING) == {}


def test_one_number_of_another_plan_in_an_address_of_ones_own(client, v):
    """Each number in an address by turns is another plan's, the others are one's own: a meeting's item, a figure."""
    anden = verden()
    client.force_login(v.brugere["leder"])
    proevet = set()

    def proev(v, navn):
        egne, andres = v.argumenter(navn), replace(anden).argumenter(navn)
        galt = []
        for byttet in set(egne_argumenter(navn)) - {"plan"}:
            if egne[byttet] == andres[byttet]:
                continue
            proevet.add((navn, byttet))
            kwargs = {navn_: (andres if navn_ == byttet else egne)[navn_] for navn_ in egne_argumenter(navn)}
            svar = hent(client, PLANSIDER[navn][0], reverse(navn, kwargs=kwargs), navn).status_code
            if svar != 404:
                galt.append(f"{byttet}: {svar}")
        return galt

    assert afvigelser(v, proev, MED_TING) == {}
    assert len(proevet) > 120


def test_login_comes_first(client, v):
    def proev(v, navn):
        metode, _ = PLANSIDER[navn]
        svar = hent(client, metode, adresse(v, navn))
        if svar.status_code != (302 if metode == "GET" else 401):
            return svar.status_code
        return metode == "GET" and not svar.url.startswith(reverse("account_login")) and svar.url

    assert afvigelser(v, proev) == {}


def test_commands_take_no_get(client, v):
    client.force_login(v.brugere["leder"])

    def proev(v, navn):
        svar = client.get(adresse(v, navn)).status_code
        return svar != 405 and svar

    assert afvigelser(v, proev, [navn for navn, (metode, _) in PLANSIDER.items() if metode == "POST"]) == {}


@pytest.mark.parametrize("navn", EGNE)
def test_own_pages(client, v, navn):
    url = reverse(navn)
    assert client.get(url).status_code == 302
    for bruger in v.brugere.values():
        client.force_login(bruger)
        assert client.get(url).status_code == 200


@pytest.mark.parametrize("navn", AABNE)
def test_open_pages(client, v, navn):
    assert client.get(reverse(navn)).status_code == 200


def test_plans_are_started_by_those_who_write_one_and_by_administrators(client, v):
    svar = {}
    for rolle, bruger in v.brugere.items():
        client.force_login(bruger)
        svar[rolle] = client.get(reverse("plan-opret")).status_code
    assert svar == {rolle: 200 if rolle in {"leder", "sekretariat"} else 403 for rolle in v.brugere}


@pytest.mark.parametrize("navn", ["kladde-gem", "kladde-kasser"])
def test_drafts_are_for_those_who_are_logged_in(client, v, navn):
    url = reverse(navn, args=["aftaler.afsnit:1:afsnitform"])
    assert client.post(url, {"tekst": "x"}).status_code == 401
    client.force_login(v.brugere["fremmed"])
    assert client.post(url, {"tekst": "x"}).status_code == (200 if navn == "kladde-gem" else 302)


@pytest.mark.parametrize("rolle", [*ROLLER, "fremmed"])
def test_a_figures_own_address_leads_writers_to_its_form_and_readers_to_the_table(client, v, rolle):
    client.force_login(v.brugere[rolle])
    svar = client.get(adresse(v, "maaling-vis"))
    if rolle in {"fremmed", "lbf"}:
        assert svar.status_code == (404 if rolle == "fremmed" else 403)
        return
    pk = v.argumenter("maaling-vis")["pk"]
    til_formularen = f"{adresse(v, 'maaling-ret')}#id_antal"
    ventet = til_formularen if rolle in SKRIVERE else f"{adresse(v, 'indikator-vis')}#maaling-{pk}"
    assert svar.url == ventet
