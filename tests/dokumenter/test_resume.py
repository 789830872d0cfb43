"""The paragraph »Hvad er ændret«: what it says of what happened, word for word."""

from dataclasses import replace
from datetime import date

import pytest

from aftaler.choices import Afsnitsart
from aftaler.queries.dokument import Billedvisning, Milepaelsvisning, Prosafelt, Samarbejdspartsvisning
from budget.queries.papir import Papirlinje, Papirtabel
from dokumenter.sammenlign.resume import resume
from tests.aftaler.papirproeve import afsnit, aktivitet, delmaal, dokument, part, tomt_dokument
from tests.dokumenter.budgetproeve import budgetpapir

A = [replace(aktivitet(nr), navn=f"Aktivitet {nr}") for nr in range(1, 9)]


def med(*aktiviteter, tekst="<p>Tekst om indsatsen i området.</p>", delmaal_=(), **felter):
    nye = tuple(replace(a, nummer=nr) for nr, a in enumerate(aktiviteter, 1))
    return dokument(
        afsnit(Afsnitsart.PROSA, 1, tekst),
        afsnit(Afsnitsart.AKTIVITETER, 2, "", nye),
        afsnit(Afsnitsart.DELMAAL, 3, "", tuple(delmaal_)),
        **felter,
    )


GRUND = med(A[0], A[1], A[2], delmaal_=[delmaal(1), delmaal(2)])
TILFAELDE = {
    "intet": (GRUND, "Intet er ændret."),
    "ny aktivitet": (
        med(*A[:4], delmaal_=[delmaal(1), delmaal(2)]),
        "Aktiviteten »Aktivitet 4« er ny.",
    ),
    "mange": (
        med(*A, delmaal_=[delmaal(1), delmaal(2)]),
        "Aktiviteterne »Aktivitet 4«, »Aktivitet 5«, »Aktivitet 6«, »Aktivitet 7« og »Aktivitet 8« er nye.",
    ),
    "udgået": (med(A[0], A[2], delmaal_=[delmaal(1), delmaal(2)]), "Aktiviteten »Aktivitet 2« er udgået."),
    "flyttet": (med(A[2], A[0], A[1], delmaal_=[delmaal(1), delmaal(2)]), "Aktiviteten »Aktivitet 3« er flyttet."),
    "omdøbt": (
        med(A[0], replace(A[1], navn="Fritidsjob"), A[2], delmaal_=[delmaal(1), delmaal(2)]),
        "»Aktivitet 2« hedder nu »Fritidsjob«.",
    ),
    "felter": (
        med(
            A[0],
            replace(
                A[1],
                ansvarlig="Leder",
                prosa=(A[1].prosa[0], Prosafelt("formaal", "Formål", "<p>Et andet formål</p>")),
                milepaele=(*A[1].milepaele, Milepaelsvisning("Evaluering", date(2027, 1, 1), "")),
            ),
            A[2],
            delmaal_=[delmaal(1), delmaal(2)],
        ),
        "I aktiviteten »Aktivitet 2« er ansvarlig, formål og milepæle rettet.",
    ),
    "delmål": (
        med(A[0], A[1], A[2], delmaal_=[replace(delmaal(1), maal_i_ord="≥ 8 om året"), delmaal(3)]),
        "Delmålet »Delmål 3« er nyt. Delmålet »Delmål 2« er udgået. Delmålet »Delmål 1« er rettet.",
    ),
    "tekst": (
        med(A[0], A[1], A[2], tekst="<p>Ny tekst om indsatsen i området.</p>", delmaal_=[delmaal(1), delmaal(2)]),
        "Teksten er rettet i afsnittet »Tekst«.",
    ),
    "fakta": (
        med(
            *A[:3],
            delmaal_=[delmaal(1), delmaal(2)],
            periode_til=date(2030, 10, 31),
            parter=(*GRUND.parter, part("Fonden Eksempel")),
            lbf_sagsnummer="12345",
        ),
        "Perioden er ændret fra 1. november 2025 – 31. oktober 2029 til 1. november 2025 – 31. oktober 2030. "
        "Parterne: »Fonden Eksempel« er kommet til. Landsbyggefondens sagsnummer er nu angivet.",
    ),
}


@pytest.mark.parametrize("navn", TILFAELDE)
def test_hvad_er_aendret(navn):
    efter, ventet = TILFAELDE[navn]
    assert resume(GRUND, efter) == ventet


def test_foerste_udgave():
    assert resume(None, tomt_dokument()) == "Første udgave."


def test_budgettets_linjer_med_kroner_foer_og_efter():
    foer = budgetpapir()
    linje = foer.pr_kilde.raekker[0]
    ny = Papirlinje(linje.navn, (linje.beloeb[0] + 200_000, *linje.beloeb[1:]), linje.i_alt + 200_000)
    total = foer.pr_kilde.total
    ny_total = Papirlinje("I alt", (total.beloeb[0] + 200_000, *total.beloeb[1:]), total.i_alt + 200_000)
    efter = replace(foer, pr_kilde=Papirtabel(foer.pr_kilde.kolonner, (ny, *foer.pr_kilde.raekker[1:]), ny_total))
    assert resume(foer, efter) == (
        "Finansiering fordelt på år: I alt fra 4.000.000,00\u00a0kr. til 4.200.000,00\u00a0kr.; "
        "Eksempel Kommune fra 1.000.000,00\u00a0kr. til 1.200.000,00\u00a0kr."
    )


# --- nothing is invented, nothing is left out ------------------------------------------------------------------------


def parter(*tripler):
    return dokument(
        afsnit(Afsnitsart.SAMARBEJDSPARTER, 1, "", tuple(Samarbejdspartsvisning(*tripel) for tripel in tripler))
    )


JOB, SKOLE, UNGE = ("Jobcentret", "Viser vej", "Fritidsjob"), ("Skolen", "", "Lektier"), ("Jobcentret", "", "Unge")


@pytest.mark.parametrize(
    ("foer", "efter", "ventet"),
    [
        (
            parter(JOB, SKOLE, UNGE),
            parter(SKOLE, UNGE),
            "Samarbejdsparten »Jobcentret (Fritidsjob)« er udgået.",
        ),
        (parter(JOB, UNGE, SKOLE), parter(UNGE, SKOLE, JOB), "Samarbejdsparten »Jobcentret (Fritidsjob)« er flyttet."),
        (
            parter(JOB, SKOLE, ("Biblioteket", "", "Lektier"), UNGE),
            parter(UNGE, SKOLE, ("Biblioteket", "", "Lektier")),
            "Samarbejdsparten »Jobcentret (Fritidsjob)« er udgået. Samarbejdsparten »Jobcentret (Unge)« er flyttet.",
        ),
        (
            parter(JOB, UNGE),
            parter(("Jobcentret", "Ny rolle", "Unge"), JOB),
            "Samarbejdsparten »Jobcentret (Unge)« er flyttet. Samarbejdsparten »Jobcentret (Unge)« er rettet.",
        ),
        (
            parter(SKOLE, JOB, JOB),
            parter(SKOLE, JOB, ("Jobcentret", "Ny rolle", "Fritidsjob")),
            "Samarbejdsparten »Jobcentret« er rettet.",
        ),
        (
            parter(JOB, ("A", "", "Fritidsjob"), ("B", "", "Fritidsjob"), JOB),
            parter(("A", "", "Fritidsjob"), ("B", "", "Fritidsjob"), JOB),
            "Samarbejdsparten »Jobcentret« er udgået.",
        ),
    ],
)
def test_parter_af_samme_navn_kendes_paa_deres_aktivitet(foer, efter, ventet):
    assert resume(foer, efter) == ventet


def test_en_flyttet_raekke_siges_og_et_nyt_nummer_er_ingen_rettelse():
    d = [replace(delmaal(nr), nummer=plads) for plads, nr in enumerate((1, 2, 3), 1)]
    flyttet = [replace(x, nummer=plads) for plads, x in enumerate((d[1], d[2], d[0]), 1)]
    assert resume(med(delmaal_=d), med(delmaal_=flyttet)) == "Delmålet »Delmål 1« er flyttet."
    uden = [replace(x, nummer=plads) for plads, x in enumerate(d[1:], 1)]
    assert resume(med(delmaal_=d), med(delmaal_=uden)) == "Delmålet »Delmål 1« er udgået."


def med_billeder(*billeder):
    return dokument(afsnit(Afsnitsart.PROSA, 1, "<p>Tekst.</p>", billeder=billeder))


KORT, HUS = Billedvisning(0, "a.png", "Kort", "Kort over området"), Billedvisning(0, "b.png", "Huset", "")


@pytest.mark.parametrize(
    ("foer", "efter", "ventet"),
    [
        ((), (KORT,), "Billedet »Kort over området« i afsnittet »Tekst« er kommet til."),
        ((KORT, HUS), (KORT,), "Billedet »Huset« i afsnittet »Tekst« er udgået."),
        ((KORT, HUS), (HUS, KORT), "Billedet »Huset« i afsnittet »Tekst« er flyttet."),
        ((HUS,), (replace(HUS, billedtekst="Ny"),), "Billedet »Ny« i afsnittet »Tekst« har fået en anden tekst."),
        ((KORT,), (replace(KORT, alternativ_tekst="Et kort"),), "Billedet »Kort over området« i afsnittet »Tekst« har "
         "fået en anden tekst."),
    ],
)  # fmt: skip
def test_et_billede_siges(foer, efter, ventet):
    assert resume(med_billeder(*foer), med_billeder(*efter)) == ventet


def test_planens_navn_siges():
    assert resume(GRUND, replace(GRUND, plan_navn="Ny plan")) == "Planens navn er nu »Ny plan«."
