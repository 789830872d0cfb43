"""The paragraph »Hvad er ændret«: what it says of what happened, word for word."""

from dataclasses import replace
from datetime import date

import pytest

from aftaler.choices import Afsnitsart
from aftaler.queries.dokument import Billedvisning, Milepaelsvisning, Prosafelt, Samarbejdspartsvisning
from budget.queries.papir import Papirlinje, Papirtabel
from dokumenter.blokke import blokdokument
from dokumenter.sammenlign import sammenlign
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


SKOLE_NY = ("Vejlebro Skole og Fritidscenter", "Henviser", "Lektier")
VEJLEBRO = ("Vejlebroskolen", "Henviser", "Lektier")


@pytest.mark.parametrize(
    ("foer", "efter", "ventet"),
    [
        (
            parter(JOB, VEJLEBRO, UNGE),
            parter(JOB, SKOLE_NY, UNGE),
            "»Vejlebroskolen« hedder nu »Vejlebro Skole og Fritidscenter«.",
        ),
        (
            parter(JOB, VEJLEBRO, (*VEJLEBRO[:2], "Unge")),
            parter(JOB, SKOLE_NY, (*SKOLE_NY[:2], "Unge")),
            "»Vejlebroskolen« hedder nu »Vejlebro Skole og Fritidscenter«.",
        ),
        (
            parter(JOB, VEJLEBRO, (*VEJLEBRO[:2], "Unge")),
            parter(JOB, SKOLE_NY, (*VEJLEBRO[:2], "Unge")),
            "»Vejlebroskolen (Lektier)« hedder nu »Vejlebro Skole og Fritidscenter«.",
        ),
        (
            parter(JOB, VEJLEBRO),
            parter(JOB, ("UU Øresund", *VEJLEBRO[1:])),
            "I stedet for »Vejlebroskolen« står »UU Øresund«.",
        ),
        (
            parter(("Jobcentret", "", ""), JOB, SKOLE),
            parter(JOB, SKOLE),
            "Samarbejdsparten »Jobcentret (hele delaftalen)« er udgået.",
        ),
        (
            replace(GRUND, parter=(part("Fonden Eksempel"), part("Kommunen"))),
            replace(GRUND, parter=(part("Fonden Eksemplet"), part("Kommunen"))),
            "Parterne: »Fonden Eksempel« hedder nu »Fonden Eksemplet«.",
        ),
    ],
)
def test_et_nyt_navn_er_den_samme_part(foer, efter, ventet):
    assert resume(foer, efter) == ventet


def test_den_der_gaar_ud_ved_en_aktivitet_siges_med_den_naar_navnet_staar_ved_en_ny():
    foer = med(*A[:2])
    efter = med(*A[:3])
    foer = replace(foer, afsnit=(*foer.afsnit, *parter(("Center", "", A[0].navn), ("Skolen", "", A[1].navn)).afsnit))
    efter = replace(efter, afsnit=(*efter.afsnit, *parter(("Skolen", "", A[1].navn), ("Center", "", A[2].navn)).afsnit))
    assert resume(foer, efter) == (
        "Aktiviteten »Aktivitet 3« er ny. Samarbejdsparten »Center (Aktivitet 1)« er udgået."
    )


ALDER = (("0-17-årige", "31 %"), ("18-29-årige uden job", "22 %"), ("30-59-årige", "15 %"))


def alderstabel(*raekker, efter="<p>Tekst om indsatsen i området.</p>"):
    celler = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in raekker)
    return med(A[0], tekst=f"<table><tr><th>Alder</th><th>Andel</th></tr>{celler}</table>{efter}")


ET_TAL = "Tal i en tabel i afsnittet »Tekst«: »18-29-årige uden job« fra 22 % til 23 %."


@pytest.mark.parametrize(
    ("efter", "ventet"),
    [
        (alderstabel(ALDER[0], ("18-29-årige uden job", "23 %"), ALDER[2]), ET_TAL),
        (
            alderstabel(("18-29-årige uden job", "23 %"), ALDER[2], ALDER[0]),
            f"{ET_TAL} Rækken »0-17-årige« er flyttet i en tabel i afsnittet »Tekst«.",
        ),
        (
            alderstabel(
                ALDER[0], ("18-29-årige uden job", "23 %"), ALDER[2], efter="<p>Andre ord om det hele her.</p>"
            ),
            f"Teksten er rettet i afsnittet »Tekst«. {ET_TAL}",
        ),
        (alderstabel(*ALDER[:2]), "Teksten er rettet i afsnittet »Tekst«."),
    ],
)
def test_et_rettet_tal_i_en_skrevet_tabel_siges(efter, ventet):
    assert resume(alderstabel(*ALDER), efter) == ventet


@pytest.mark.parametrize("fortalt_om", [0, 1])
def test_af_to_der_har_byttet_plads_er_det_den_samme_overalt(fortalt_om):
    """Whatever follows from something else in one of the two: the summary, the page and Word say one thing."""
    a = [replace(A[0], delmaal=("Delmål 1",)), replace(A[1], delmaal=("Delmål 1",))]
    d = replace(delmaal(1), aktiviteter=(A[0].navn, A[1].navn))
    foer = med(*a, delmaal_=[replace(d, tekst="Delmål 1")])
    byttet = [a[1], a[0]]
    byttet[fortalt_om] = replace(byttet[fortalt_om], delmaal=("Delmål, omdøbt",))
    efter = med(*byttet, delmaal_=[replace(d, tekst="Delmål, omdøbt", aktiviteter=d.aktiviteter[::-1])])
    (afsnit_,) = [x for x in sammenlign(blokdokument(foer), blokdokument(efter)) if x.kilde.titel == "Aktiviteter"]
    paa_siden = [u.kilde.titel for u in afsnit_.under if u.flyttet == "til"]
    assert paa_siden == ["Aktivitet 2"]
    assert "Aktiviteten »Aktivitet 2« er flyttet." in resume(foer, efter)


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
