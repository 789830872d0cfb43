"""Papers made by hand for tests of the print: one that holds everything that is hard, one that holds nothing."""

from datetime import UTC, date, datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from aftaler.choices import Afsnitsart
from aftaler.queries.dokument import (
    Aktivitetsvisning,
    Antalsfelt,
    Billedvisning,
    Delmaalsvisning,
    Dokument,
    Dokumentafsnit,
    Gruppevisning,
    Koblingsraekkevisning,
    Koblingstabelvisning,
    Maalvisning,
    Milepaelsvisning,
    Partsvisning,
    Pladsvisning,
    Problemkompleksvisning,
    Prosafelt,
    Samarbejdspartsvisning,
)

LANGT_ORD = "Kriminalitetsforebyggelsesindsatskoordinationsgruppemøde"
NOTE = '<span class="fodnote">Beboerdata 2019, se <a href="https://eksempel.example/a?b=1&amp;c=2">kilden</a></span>'
SVAER_PROSA = (
    f"<h4>Underoverskrift før overskriften{NOTE}</h4><p>Tekst med 😀, 👩‍👩‍👧 og العربية, ﬁn og １２.{NOTE}</p><p></p>"
    f"<h3>Overskrift</h3><h4>Under</h4><ul><li><p>Et</p><p>To</p><ul><li>tre{NOTE}</li></ul></li><ul><li>skæv</li></ul>løs</ul>"
    '<ol start="3"><li>tre</li><li></li></ol><blockquote>Citat</blockquote>løs tekst <br>mere'
    f'<table><caption>Tabel{NOTE}</caption><tr><th colspan="2">A</th><th>B{NOTE}</th></tr>'
    f'<tr><td>1</td><td colspan="9">bred{NOTE}</td></tr><tr><th>række</th></tr><tr></tr></table>'
    f'<p><a href="/planer/x/">inde</a> <a href="https://eksempel.example/æ">ude{NOTE}</a> {LANGT_ORD * 3}</p>'
    "<table><tr><td><h3>Overskrift i tabel</h3><ul><li>liste</li></ul>"
    "<table><tr><td>indre</td></tr></table></td></tr></table>"
)
LANG_TABEL = (
    "<table><tr><th>Nr.</th><th>Tekst</th></tr>"
    + "".join(f"<tr><td>{nr}</td><td>Række {nr}{NOTE if nr % 20 == 0 else ''}</td></tr>" for nr in range(1, 81))
    + "</table>"
)


def billede(navn: str, farve: str = "RGBA", type_: str = "PNG") -> Billedvisning:
    ud = BytesIO()
    Image.new(farve, (40, 30)).save(ud, type_)
    return Billedvisning(1, default_storage.save(navn, ContentFile(ud.getvalue())), "Kort over området", "Kortet")


def afsnit(art: Afsnitsart, nummer: int, tekst: str = "", indhold: tuple = (), billeder: tuple = ()) -> Dokumentafsnit:
    return Dokumentafsnit(
        noegle=art.value,
        nummer=str(nummer),
        titel=art.label,
        art=art.value,
        har_prosa=art.har_prosa,
        vejledning="",
        uddybning="",
        kilde="",
        tekst=tekst,
        faerdig=False,
        billeder=billeder,
        indhold=indhold,
    )


def dokument(*alle_afsnit: Dokumentafsnit, **felter) -> Dokument:
    return Dokument(
        **{
            "noegle": "eksempel-2025-2029",
            "art": "samarbejdsaftale",
            "arttekst": "Strategisk samarbejdsaftale",
            "titel": "Strategisk samarbejdsaftale",
            "plan_navn": "Boligsocial helhedsplan Eksempel 2025-2029",
            "omraadenavn": "Eksempelparken",
            "pulje": "2019-26",
            "regulativ": date(2019, 12, 11),
            "lbf_sagsnummer": "",
            "periode_fra": date(2025, 11, 1),
            "periode_til": date(2029, 10, 31),
            "aendret": datetime(2026, 1, 31, 23, 30, tzinfo=UTC),
            "parter": (part("Eksempel Kommune"), part("Boligforeningen Eksempel", administrerer=True)),
            "omraader": ("Eksempelparken",),
            "afsnit": alle_afsnit,
        }
        | felter
    )


def part(navn: str, administrerer: bool = False) -> Partsvisning:
    return Partsvisning(navn, "kommune", administrerer, None, None, "", "Borgmester")


def tomt_dokument() -> Dokument:
    return dokument(
        *(afsnit(art, nr) for nr, art in enumerate(Afsnitsart, 1)),
        parter=(),
        omraader=(),
        regulativ=None,
        periode_fra=None,
        periode_til=None,
        aendret=None,
    )


def svaert_dokument() -> Dokument:
    """Everything that a paper may hold, each thing as awkward as people make it."""
    grupper = (gruppe("Bestyrelsen", *(gruppe(f"{LANGT_ORD} {nr}", gruppe(f"Under {nr}")) for nr in range(9))),)
    return dokument(
        afsnit(Afsnitsart.PROSA, 1, SVAER_PROSA, billeder=(billede("a.png"), billede("b.jpg", "CMYK", "JPEG"))),
        afsnit(Afsnitsart.KOBLINGSTABELLER, 2, LANG_TABEL, (koblingstabel(),)),
        afsnit(Afsnitsart.ORGANISERING, 3, "<p>Kort</p>", grupper),
        afsnit(Afsnitsart.MAAL_OG_INDIKATORER, 4, "", (Maalvisning(1, "Flere i job 🚀", "Beskæftigelse", ("Andel",)),)),
        afsnit(Afsnitsart.PROBLEMKOMPLEKSER, 5, "", (problem("Beskæftigelse", SVAER_PROSA), problem("Tomt", ""))),
        afsnit(Afsnitsart.DELMAAL, 6, "", tuple(delmaal(nr) for nr in range(1, 15))),
        afsnit(Afsnitsart.AKTIVITETER, 7, "", tuple(aktivitet(nr) for nr in range(1, 4))),
        afsnit(Afsnitsart.SAMARBEJDSPARTER, 8, "", (Samarbejdspartsvisning("Jobcentret", "", "Fritidsjob"),)),
        titel=f"{LANGT_ORD} 😀: {'meget lang titel ' * 8}",
        omraadenavn="Vejleåparken, Vildtbanegård I og Vildtbanegård II " * 3,
        parter=tuple(part(f"Part {nr} {'med et langt navn ' * 5}") for nr in range(9)),
    )


def gruppe(navn: str, *under: Gruppevisning) -> Gruppevisning:
    pladser = (Pladsvisning("Direktør", "Eksempel Kommune", True), Pladsvisning("Beboer", "", False))
    return Gruppevisning(navn.lower(), navn, "Arbejdsgruppe", len(under) or None, "Følger\nmed.", pladser, under)


def koblingstabel() -> Koblingstabelvisning:
    raekker = (
        Koblingsraekkevisning("Børn", "", ("Mål 1: Et", "Mål 3: Tre")),
        Koblingsraekkevisning("Miljø", "Lidt", ()),
    )
    return Koblingstabelvisning(1, "Politikker", "Politik", "Mål", raekker)


def problem(navn: str, tekst: str) -> Problemkompleksvisning:
    return Problemkompleksvisning(navn, navn.lower().replace("æ", "ae"), True, tekst)


def delmaal(nr: int) -> Delmaalsvisning:
    return Delmaalsvisning(
        f"delmaal-{nr}", nr, f"Delmål {nr}", "Lokalt delmål", "≥ 6 om året", ("Fritidsjob",), "Note\nto"
    )


def aktivitet(nr: int) -> Aktivitetsvisning:
    return Aktivitetsvisning(
        noegle=f"aktivitet-{nr}",
        nummer=nr,
        navn=f"Aktivitet {nr} {LANGT_ORD}",
        status="Revideret",
        fortsaetter="Den gamle (Den forrige plan)",
        ansvarlig="Boligsocial medarbejder",
        antal=(
            Antalsfelt("maalgruppe_antal", "Målgruppe, antal", 3100),
            Antalsfelt("forventet_deltagertal", "Forventet deltagertal", 1200),
        ),
        omraader=("Nord", "Syd", "Vest"),
        delmaal=("Delmål 1", "Delmål 2"),
        prosa=(Prosafelt("baggrund", "Baggrund", SVAER_PROSA), Prosafelt("formaal", "Formål", "<p>Kort</p>")),
        samarbejdsparter=(Samarbejdspartsvisning("Skolen", "Henviser", ""),),
        milepaele=(Milepaelsvisning("Første hold", date(2026, 2, 1), ""), Milepaelsvisning("Uden dato", None, "Leder")),
    )
