"""Plan files for the tests: a rule set, a predecessor, a plan with every key in use, and arbitrary plans."""

import base64
import copy
import json
from datetime import date
from html import escape
from typing import Annotated

from django.core.exceptions import ValidationError
from hypothesis import strategies as st

from aftaler.choices import Aktivitetsstatus, Fase, Gruppeart, Oplysning, Retning, Sammenligning, Stoerrelse
from aftaler.models import Planparameter
from aftaler.planfil import Indlaesningsresultat, Planfil, laes_filer, som_yaml
from aftaler.planfil.filmodel import Decimaltal, Filmodel, Liste, Tekst, Under
from aftaler.planfil.sektioner import Sektion
from helhedsplan.cpr import ligner_cpr
from helhedsplan.formats import SENEST_AAR, TIDLIGST_AAR
from helhedsplan.rettigheder import PROGRAMMET
from helhedsplan.tegn import er_usynlig, langt_ord, rene_tegn
from tests.factories import PNG

REGELSAET = {
    "format": "helhedsplan-regelsaet/1",
    "noegle": "proeve",
    "navn": "Prøvepuljen",
    "regulativ": "2019-12-11",
    "verificeret": "nej",
    "indsatsomraader": [
        {
            "noegle": "job",
            "navn": "Job",
            "maal": [
                {
                    "nummer": 1,
                    "tekst": "Flere i arbejde",
                    "indikatorer": [{"noegle": "ledige", "navn": "Andel ledige"}, {"noegle": "unge", "navn": "Andel"}],
                },
                {"nummer": 3, "tekst": "Flere i praktik"},
            ],
            "delmaalsforslag": [{"noegle": "fritidsjob", "tekst": "Flere fritidsjob", "verificeret": "nej"}],
        },
        {"noegle": "skole", "navn": "Skole", "maal": [{"nummer": 2, "tekst": "Flere tager en uddannelse"}]},
    ],
    "skabelonafsnit": [
        {"dokument": "samarbejdsaftale", "noegle": "kort", "nummer": "1", "titel": "Kort", "art": "prosa"},
        {"dokument": "samarbejdsaftale", "noegle": "vision", "titel": "Vision", "art": "koblingstabeller"},
        {"dokument": "delaftale", "noegle": "kort", "titel": "Kort om indsatsen", "art": "prosa"},
        {"dokument": "delaftale", "noegle": "opfoelgning", "titel": "Opfølgning", "art": "prosa"},
        {"dokument": "kommissorium", "noegle": "opgave", "titel": "Opgave", "art": "prosa"},
    ],
    "godkendelsesregler": [
        {"beroerer": "aktivitet", "niveau": 1, "kilde": "Aftalen", "verificeret": "kilde"},
        {"beroerer": "oekonomi", "niveau": 2, "verificeret": "nej", "note": "Sat af os"},
    ],
    "dokumentkrav": [
        {
            "art": "delaftale",
            "navn": "Delaftale",
            "pr_indsatsomraade": True,
            "underskrives": True,
            "verificeret": "nej",
        },
        {"art": "budget", "navn": "Budget", "kilde": "Aftalen", "verificeret": "kilde", "note": "Et bilag"},
    ],
    "parametre": [
        {"noegle": "lokal_min_pct", "navn": "Lokal andel", "vaerdi": "25", "enhed": "%", "verificeret": "nej"},
        {"noegle": "timesats", "navn": "Timesats", "verificeret": "nej"},
    ],
}

FORGAENGER = {
    "format": "helhedsplan-plan/1",
    "noegle": "gammel",
    "navn": "Den gamle plan",
    "regelsaet": "proeve",
    "indsatsomraader": ["job"],
    "delaftaler": [
        {"indsatsomraade": "job", "aktiviteter": [{"noegle": "fritidsjob", "navn": "Fritidsjob"}]},
    ],
}

PLAN = {
    "format": "helhedsplan-plan/1",
    "noegle": "ny",
    "navn": "Den nye plan",
    "omraadenavn": "Åparken",
    "regelsaet": "proeve",
    "periode_fra": "2025-11-01",
    "periode_til": "2029-10-31",
    "fase": "i_gang",
    "lbf_sagsnummer": ["12-345", {"nummer": "12-346", "gaelder": "Syd"}],
    "forgaenger": "gammel",
    "ikke_oplyst": ["tekster", "delmaal"],
    "note": "Første linje\nAnden linje",
    "milepaelsplan_opdateret": "2026-02-01",
    "beredskabsplan_opdateret": "2026-03-01",
    "navne": [{"navn": "Planen for Åparken", "til": "2026-01-31"}],
    "organisationer": [
        {
            "noegle": "boligforeningen",
            "navn": "Boligforeningen",
            "kort_navn": "BF",
            "art": "boligorganisation",
            "afdelinger": [{"navn": "Uden nummer"}, {"nummer": "55", "navn": "Åparken"}],
        },
        {"noegle": "kommunen", "navn": "Kommunen", "art": "kommune"},
    ],
    "parter": [
        {"organisation": "kommunen", "underskriver": "Borgmesteren", "underskriver_titel": "Borgmester"},
        {
            "organisation": "boligforeningen",
            "administrerer": True,
            "gaelder_fra": "2025-11-01",
            "gaelder_til": "2029-10-31",
        },
    ],
    "omraader": [
        {
            "noegle": "nord",
            "navn": "Nord",
            "starter": "2025-11-01",
            "slutter": "2026-12-31",
            "note": "Starter først",
            "stoerrelser": [
                {"hvad": "boliger", "antal": 1253, "opgjort": "2026-01-01", "kilde": "Boligforeningen"},
                {"hvad": "boliger", "antal": "253 eller 454", "opgjort": "2025"},
                {"hvad": "beboere", "antal": "ca. 1.550"},
            ],
            "afdelinger": [
                "boligforeningen/55",
                {"afdeling": "boligforeningen/Uden nummer", "fra": "2026-02-01", "til": "sommeren 2026"},
            ],
            "indsatsomraader": ["job"],
        },
        {
            "noegle": "syd",
            "navn": "Syd",
            "navne": [{"navn": "Sydbyen", "slags": "ogsaa", "fra": "2024-01-01", "hvor": "statens liste"}],
        },
    ],
    "lag": [
        {
            "noegle": "laengere",
            "navn": "Længere tid",
            "til": "18 måneder",
            "gaelder_fra": "2026-05-01",
            "indhold": "Planen løber videre",
        },
        {
            "noegle": "mere",
            "navn": "Mere til Nord",
            "slags": "tillaeg",
            "oven_paa": "laengere",
            "gaelder_fra": "2026-06-01",
            "ophaevet": "2026-09-01",
            "beloeb": "ca. 2 mio. kr.",
            "omraader": ["nord"],
        },
    ],
    "sideplaner": [
        {"navn": "Renovering", "beloeb": "ca. 256 mio. kr.", "kilde": "Byrådet", "maal": "Nye tage\nNye køkkener"},
        {"navn": "Ny by", "slags": "udviklingsplan", "beloeb": "ikke oplyst"},
    ],
    "behandlinger": [
        {
            "organ": "Byrådet",
            "dato": "2025-06-24",
            "punkt": "14",
            "udfald": "med_vilkaar",
            "vilkaar": "Status i 2027",
            "planer": ["gammel"],
            "andre": "Planen for Agerlunden",
        },
        {
            "organ": "Urafstemning",
            "afdeling": "Åparken",
            "dato": "sommeren 2025",
            "udfald": "godkendt",
            "ja": 41,
            "nej": 12,
        },
    ],
    "faelles": [
        {
            "slags": "beloeb",
            "navn": "Fælles bevilling",
            "beloeb": "12 mio. kr.",
            "kilde": "Brevet",
            "hoerer_til": "der",
            "planer": ["gammel"],
            "andre": "Planen for Agerlunden",
        },
    ],
    "indsatsomraader": ["job", "skole"],
    "parametre": [{"noegle": "lokal_min_pct", "vaerdi": "30.5", "begrundelse": "Aftalt"}],
    "grupper": [
        {
            "noegle": "bestyrelsen",
            "navn": "Bestyrelsen",
            "art": "bestyrelse",
            "moeder_pr_aar": 4,
            "opgave": "Leder",
            "pladser": [
                {"titel": "Direktør", "organisation": "kommunen", "formand": True},
                {"titel": "Beboer", "antal": 8, "betingelse": "Efter indstilling"},
            ],
        },
        {
            "noegle": "sekretariatet",
            "navn": "Sekretariatet",
            "art": "sekretariat",
            "over": "bestyrelsen",
            "omraader": ["nord"],
        },
        {"noegle": "netvaerk", "navn": "Netværket", "art": "anden", "artsnavn": "Kvarternetværk"},
    ],
    "samarbejdsaftale": {
        "afsnit": [
            {
                "skabelon": "kort",
                "faerdig": True,
                "tekst": "<p>Kort.</p>",
                "billeder": [
                    {
                        "alternativ_tekst": "Kort over området",
                        "billedtekst": "Området",
                        "indhold": base64.encodebytes(PNG).decode().strip(),
                    }
                ],
            },
        ],
        "koblingstabeller": [
            {
                "titel": "Politikker",
                "kolonne_fra": "Politik",
                "kolonne_til": "Mål",
                "raekker": [{"fra": "Børn", "til": "Støtte", "maal": [1, 2]}, {"fra": "Kultur"}],
            }
        ],
    },
    "kommissorium": [{"skabelon": "opgave", "faerdig": True, "tekst": "<p>Leder planen.</p>"}],
    "milepaelsplan": [
        {"navn": "Midtvejs", "ansvarlig": "Leder", "dato": "2027-11-01", "status": "i_gang"},
        {"navn": "Slut"},
    ],
    "beredskabsplan": [
        {"navn": "Rejser", "sandsynlighed": 3, "konsekvens": 1, "haandtering": "Vikar", "ansvarlig": "Leder"},
        {"navn": "Brand"},
    ],
    "bilag": [
        {"titel": "Skema", "art": "indberetningsskema", "filnavn": "skema.txt", "indhold": "U2tlbWEK"},
    ],
    "delaftaler": [
        {
            "indsatsomraade": "job",
            "fortsaetter": ["gammel/job"],
            "afsnit": [{"skabelon": "kort", "tekst": "<p>Om job</p>\n<p>To afsnit</p>"}],
            "samarbejdsparter": [{"navn": "Jobcentret", "rolle": "Henviser"}],
            "delmaal": [
                {
                    "noegle": "fritidsjob",
                    "tekst": "Flere fritidsjob",
                    "kilde": "lbf",
                    "forslag": "fritidsjob",
                    "maaltype": "graense",
                    "retning": "stiger",
                    "sammenligning": ">=",
                    "vaerdi": "30",
                    "vaerdi_til": "40",
                    "enhed": "unge",
                    "gennemsnit": "35.5",
                    "mod": "En kontrolgruppe",
                    "note": "Pr. år",
                },
                {"noegle": "praktik", "tekst": "Flere i praktik"},
            ],
            "aktiviteter": [
                {
                    "noegle": "fritidsjobforloeb",
                    "navn": "Fritidsjobforløb",
                    "status": "revideret",
                    "fortsaetter": "gammel/job/fritidsjob",
                    "baggrund": "<p>Baggrund</p>",
                    "formaal": "<p>Formål</p>",
                    "maalgruppe": "<p>Unge</p>",
                    "indhold": "<p>Indhold</p>",
                    "ansvarlig": "Medarbejder",
                    "maalgruppe_antal": 310,
                    "forventet_deltagertal": 40,
                    "forankring": "<p>Forankring</p>",
                    "ressourcer": "<p>Ressourcer</p>",
                    "note": "Note",
                    "omraader": ["nord", "syd"],
                    "delmaal": ["fritidsjob", "praktik"],
                    "samarbejdsparter": [{"navn": "Skolen", "rolle": "Lokaler"}],
                    "milepaele": [
                        {"navn": "Hold 1", "dato": "2026-02-01", "ansvarlig": "Medarbejder"},
                        {"navn": "Hold 2"},
                    ],
                },
                {"noegle": "praktik", "navn": "Praktik"},
            ],
        },
        {"indsatsomraade": "skole"},
    ],
}


class Satsfil(Filmodel, model=Planparameter):
    noegle: Tekst
    vaerdi: Decimaltal | None = None
    begrundelse: Tekst


class Satsnoegle(Filmodel):
    satser: Annotated[Liste[Satsfil], Under("parametre")] = []


class Afvisende(Sektion):
    def tjek(self, *args, **kwargs) -> None:
        raise ValidationError("Budgettet går ikke op.")


#: Sections as a room has them; the plan's parameters stand in for its model.
SATSER, AFVISENDE = Sektion(Satsnoegle), Afvisende(Satsnoegle)


def plan(**aendringer) -> dict:
    """A copy of the full plan with top-level keys set anew; None takes a key out."""
    kopi = copy.deepcopy(PLAN) | aendringer
    return {noegle: vaerdi for noegle, vaerdi in kopi.items() if vaerdi is not None}


def fil(data: dict | str | bytes, navn: str = "") -> Planfil:
    """A plan file of data, or of text as it is."""
    if isinstance(data, dict):
        return Planfil(navn or f"{data['noegle']}.yaml", som_yaml(data).encode())
    return Planfil(navn or "proeve.yaml", data.encode() if isinstance(data, str) else data)


def laes(*filer: dict | str | bytes, bruger=PROGRAMMET, **valg) -> Indlaesningsresultat:
    return laes_filer([fil(f) for f in filer], bruger=bruger, **valg)


def indlaes(*filer: dict | str | bytes) -> Indlaesningsresultat:
    """Read files that are without fault."""
    resultat = laes(*filer)
    assert [str(fejl) for fejl in resultat.fejl] == []
    return resultat


def fejl_i(*filer: dict | str | bytes) -> list[str]:
    return [str(fejl) for fejl in laes(*filer).fejl]


def linje(tekst: str, stykke: str, nr: int = 1) -> int:
    """The line on which `stykke` stands for the nr'th time."""
    linjer = [i for i, linje in enumerate(tekst.splitlines(), 1) if stykke in linje]
    return linjer[nr - 1]


def json_med_ascii(data: dict) -> str:
    """As other programs write it: everything beyond ASCII as escapes."""
    return json.dumps(data)


# --- arbitrary plans ------------------------------------------------------------------------------------------------

TEGN = st.one_of(
    st.sampled_from("abcæøåÆØÅ :;,.'\"-#&*!|>%@`{}[]<\\/?=~\t\n\r  \u00a0\u2028\u0085\ufeff😀é\x07\x7f"),
    st.characters(codec="utf-8", exclude_characters="\x00"),
)
#: Texts that YAML takes for something else when they stand without quotes.
VANSKELIGE = st.sampled_from([
    "ja", "no", "true", "null", "~", "1", "0x1F", "1e3", "1:30", "2025-11-01", "- a", "a: b",
    "#", "<<", "=", "...", "---", "!a", "&a", "*a", "@a", "%a",
])  # fmt: skip


def _tekst(stoerst: int) -> st.SearchStrategy[str]:
    # What no paper can hold is turned into what was meant where text enters; here it comes as it is kept.
    fri = st.text(TEGN, max_size=min(stoerst, 40)).map(rene_tegn)
    fri = fri.filter(lambda t: not ligner_cpr(t) and not (t and er_usynlig(t)))
    return st.one_of(fri, VANSKELIGE)


def _antal() -> st.SearchStrategy[int]:
    return st.integers(0, 2**31 - 1).filter(lambda antal: not ligner_cpr(str(antal)))


def _linje(stoerst: int = 200) -> st.SearchStrategy[str]:
    return _tekst(stoerst).filter(lambda t: bool(t.split()))


def _prosa() -> st.SearchStrategy[str]:
    afsnit = _linje().map(lambda t: f"<p>{escape(t)}</p>")
    fodnote = _linje().map(lambda t: f'<p>Tal<span class="fodnote">{escape(t)}</span></p>')
    tabel = _linje().map(lambda t: f"<table><tbody><tr><td>{escape(t)}</td></tr></tbody></table>")
    langt = _linje().map(lambda t: f"<p>{escape(t) * 50}</p>")
    klumper = st.lists(st.one_of(afsnit, fodnote, tabel, langt), max_size=4)
    # What every door refuses, the pieces together may have made: a number like a person's, a word beyond all paper.
    return st.one_of(klumper.map("".join), klumper.map("\n".join)).filter(
        lambda t: not ligner_cpr(t) and not langt_ord(t)
    )


def _dato() -> st.SearchStrategy[str]:
    return st.dates(date(TIDLIGST_AAR, 1, 1), date(SENEST_AAR, 12, 31)).map(str)


def _decimal() -> st.SearchStrategy[str]:
    # SQLite keeps decimals as floats: fifteen digits is what both databases hold exactly.
    tal = st.decimals(-9_999_999_999, 9_999_999_999, places=4).map(lambda d: f"{d:f}")
    return tal.filter(lambda t: not ligner_cpr(t))


def _valg(choices) -> st.SearchStrategy[str]:
    return _en(*(v for v in choices.values if v))


def _en(*muligheder) -> st.SearchStrategy:
    return st.sampled_from(muligheder)


def _nogle(*muligheder) -> st.SearchStrategy[list]:
    return st.lists(st.sampled_from(muligheder), unique=True) if muligheder else st.just([])


def _post(kraevet: dict, valgfrit: dict) -> st.SearchStrategy[dict]:
    return st.fixed_dictionaries(kraevet, optional=valgfrit)


def _noegler(navne: str, stoerst: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([f"{navne}-{n}" for n in range(stoerst)]), max_size=stoerst, unique=True)


def _periode(post: dict, fra: str, til: str) -> dict:
    """Dates in their order, where both are set."""
    if fra in post and til in post and post[fra] >= post[til]:
        del post[til]
    return post


def _delmaal() -> st.SearchStrategy[dict]:
    faelles = {"note": _tekst(80), "enhed": _linje(60), "forslag": st.just("fritidsjob"), "kilde": st.just("lbf")}
    maal: list[dict] = [
        {},
        {"maaltype": st.just("retning"), "retning": _valg(Retning)},
        {"maaltype": st.just("tal"), "vaerdi": _decimal()},
        {
            "maaltype": st.just("mellem"),
            "vaerdi": st.just("-2.5"),
            "vaerdi_til": st.sampled_from(["0", "8"]),
            "mod": _linje(),
        },
        {"maaltype": st.just("aendring"), "retning": _valg(Retning), "vaerdi": st.just("0"), "gennemsnit": _decimal()},
        {"maaltype": _en("graense", "aarligt_loft"), "vaerdi": _decimal(), "sammenligning": _valg(Sammenligning)},
    ]
    return st.one_of(*(_post({"tekst": _linje(), **felter}, faelles) for felter in maal))


PARTER = st.lists(_post({"navn": _linje()}, {"rolle": _linje()}), max_size=2)


def _aktivitet(omraader: list[str], delmaal: list[str]) -> st.SearchStrategy[dict]:
    return _post(
        {"navn": _linje()},
        {
            "status": _valg(Aktivitetsstatus),
            "fortsaetter": st.just("gammel/job/fritidsjob"),
            "baggrund": _prosa(),
            "indhold": _prosa(),
            "ansvarlig": _linje(),
            "maalgruppe_antal": _antal(),
            "forventet_deltagertal": _antal(),
            "note": _tekst(80),
            "omraader": _nogle(*omraader),
            "delmaal": _nogle(*delmaal),
            "samarbejdsparter": PARTER,
            "milepaele": st.lists(
                _post(
                    {"navn": _linje()},
                    {"dato": _dato(), "ansvarlig": _linje(), "status": st.sampled_from(["i_gang", "opgivet"])},
                ),
                max_size=2,
            ),
        },
    )


@st.composite
def _delaftale(draw, omraade: str, omraader: list[str]) -> dict:
    delmaal = [{"noegle": n, **draw(_delmaal())} for n in draw(_noegler("delmaal", 3))]
    if omraade != "job":
        for post in delmaal:
            post.pop("forslag", None)
    noegler = draw(_noegler("aktivitet", 3))
    navne = draw(st.permutations(["Café: »åben«", "Hold 1", "Hold 2"]))  # from few, so that two may swap
    aktivitet = _aktivitet(omraader, [d["noegle"] for d in delmaal])
    aktiviteter = [
        draw(aktivitet) | {"noegle": noegle, "navn": navn} for noegle, navn in zip(noegler, navne, strict=False)
    ]
    return {
        "indsatsomraade": omraade,
        "afsnit": [{"skabelon": s, **draw(AFSNIT)} for s in draw(_nogle("kort", "opfoelgning"))],
        "samarbejdsparter": draw(PARTER),
        "delmaal": delmaal,
        "aktiviteter": aktiviteter,
    }


AFSNIT = _post({}, {"tekst": _prosa(), "faerdig": st.booleans()})
AFDELINGER = ["boligforeningen/55", "boligforeningen/Uden nummer"]


STOERRELSER = st.lists(
    _post(
        {"hvad": _valg(Stoerrelse), "antal": _en(0, 866, 1550, "ca. 1.550", "253 eller 454", "ikke oplyst")},
        {"opgjort": _en("2026-01-01", "2016", "foråret 2020"), "kilde": _linje()},
    ),
    max_size=3,
)


@st.composite
def _led(draw, noegle: str, *muligheder) -> list:
    """Things in an area, some with their own time; one without is its key alone."""
    poster = []
    for navn in draw(_nogle(*muligheder)):
        tider = _periode(draw(_post({}, {"fra": _dato(), "til": _dato()})), "fra", "til")
        poster.append({noegle: navn, **tider} if tider else navn)
    return poster


@st.composite
def _omraader(draw, valgte: list[str]) -> list[dict]:
    valgfrit = {
        "starter": _dato(),
        "slutter": _dato(),
        "note": _tekst(80),
        "afdelinger": _led("afdeling", *AFDELINGER),
        "stoerrelser": STOERRELSER,
        "indsatsomraader": _led("indsatsomraade", *valgte),
    }
    noegler = draw(_noegler("omraade", 3))
    navne = draw(st.permutations(["Nord", "Syd", 'Øst "4"']))
    poster = [{"noegle": n, "navn": navn, **draw(_post({}, valgfrit))} for n, navn in zip(noegler, navne, strict=False)]
    return [_periode(post, "starter", "slutter") for post in poster]


@st.composite
def _parter(draw) -> list[dict]:
    noegler = draw(st.permutations(["kommunen", "boligforeningen"]))[: draw(st.integers(0, 2))]
    administrerer = draw(st.sampled_from([None, *noegler]))
    part = _post({}, {"gaelder_fra": _dato(), "underskriver": _linje(), "underskriver_titel": _linje()})
    return [{"organisation": n, "administrerer": n == administrerer, **draw(part)} for n in noegler]


@st.composite
def _grupper(draw) -> list[dict]:
    plads = _post(
        {"titel": _linje()},
        {
            "organisation": _en("kommunen", "boligforeningen"),
            "formand": st.booleans(),
            "antal": st.integers(1, 99),
            "betingelse": _linje(),
        },
    )
    kraevet = {"navn": _linje(), "art": _valg(Gruppeart), "pladser": st.lists(plads, max_size=2)}
    gruppe = _post(kraevet, {"moeder_pr_aar": st.integers(0, 365), "opgave": _tekst(80)})
    grupper = [{"noegle": n, **draw(gruppe)} for n in draw(_noegler("gruppe", 3))]
    for en in grupper:
        if en["art"] == Gruppeart.ANDEN:
            en["artsnavn"] = draw(_linje(60))
        for plads in en["pladser"]:
            if plads.get("formand"):
                plads.pop("antal", None)
    # A tree drawn from the top; in the file the one above may come last.
    for nr, under in enumerate(grupper[1:]):
        if draw(st.booleans()):
            under["over"] = draw(st.sampled_from(grupper[: nr + 1]))["noegle"]
    return draw(st.permutations(grupper))


@st.composite
def planer(draw) -> dict:
    """Any plan file under the rule set of these tests, with the predecessor to refer to."""
    raekke = _post({"fra": _linje()}, {"til": _linje(), "maal": _nogle(1, 2, 3)})
    overskrifter = {"titel": _linje(), "kolonne_fra": _linje(), "kolonne_til": _linje()}
    tabel = _post(overskrifter, {"raekker": st.lists(raekke, max_size=2)})
    # Both are held by bounds: a share of 0 to 100, and what has no unit within a thousand million.
    inden_for = st.decimals(0, 100, places=4).map(lambda d: f"{d:f}")
    parameter = _post({"begrundelse": _linje()}, {"vaerdi": inden_for})
    valgfrit = {
        "omraadenavn": _linje(),
        "periode_fra": _dato(),
        "periode_til": _dato(),
        "fase": _valg(Fase),
        "lbf_sagsnummer": _linje(60) | st.just([{"nummer": "12-345", "gaelder": "Nord"}, "12-346"]),
        "forgaenger": st.just("gammel"),
        "ikke_oplyst": st.lists(_valg(Oplysning), min_size=1, unique=True),
        "note": _tekst(200),
    }
    valgte = draw(_nogle("job", "skole"))
    omraader = draw(_omraader(valgte))
    noegler = [o["noegle"] for o in omraader]
    return {
        "format": "helhedsplan-plan/1",
        "noegle": "ny",
        "navn": draw(_linje()),
        "regelsaet": "proeve",
        **_periode(draw(_post({}, valgfrit)), "periode_fra", "periode_til"),
        "organisationer": PLAN["organisationer"],
        "parter": draw(_parter()),
        "omraader": omraader,
        "indsatsomraader": valgte,
        "parametre": [{"noegle": n, **draw(parameter)} for n in draw(_nogle("timesats", "lokal_min_pct"))],
        "grupper": draw(_grupper()),
        "samarbejdsaftale": {
            "afsnit": [{"skabelon": s, **draw(AFSNIT)} for s in draw(_nogle("kort", "vision"))],
            "koblingstabeller": draw(st.lists(tabel, max_size=2)),
        },
        "delaftaler": [draw(_delaftale(o, noegler)) for o in draw(_nogle(*valgte))],
    }
