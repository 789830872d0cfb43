"""The pages of two files as they are drawn, held against each other; the other half of `ens`."""

import re
from dataclasses import dataclass, field, replace

from dokumenter.underskrift.domme import NAEVNES
from dokumenter.underskrift.tjenester import Tjeneste

#: Drawn at so many pixels a point; what is thinner than half a pixel still colours it.
SKALA = 2.0
MM = 72 / 25.4
#: A page of the papers is A4; what is far larger is a trap for whoever draws it.
STOERSTE_SIDE = 2000
#: White paper, of 255: a service may only draw where nothing stood.
HVIDT = 252
#: 12.11.2026, 2026-11-12, 14:05, 14.05.33; an amount is none of them.
DATO_OG_TID = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[.:]\d\d(?:[.:]\d\d)?")
#: So far from its box a letter may be drawn, in points.
BOGSTAVLUFT = 1.5
TEGN = ".,:;()"


@dataclass
class Tegneforskel:
    """What differs so that the file is not the issued one (`fejl`), and what a known service has added (`tilfoejet`);
    each a sentence with its page and place. `sagt`: what the file says of itself, of the programs that have written
    it."""

    fejl: list[str] = field(default_factory=list)
    tilfoejet: list[str] = field(default_factory=list)
    sagt: list[str] = field(default_factory=list)

    @property
    def i_ord(self) -> str:
        flere = len(self.fejl) - NAEVNES
        return " ".join(self.fejl[:NAEVNES]) + (f" Og {flere} forskelle mere." if flere > 0 else "")


@dataclass(frozen=True)
class Synligt:
    """The signatures that are seen on a page: their words, also those that cannot be seen, but not those in pictures,
    which nobody can read here; and their places in points from the bottom left."""

    ord: str
    steder: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Tegnesag:
    """The two files and their number of pages as they are built, who may add what and write which names, what has been
    found, and where signatures are seen."""

    udstedt: bytes
    ny: bytes
    antal: int
    nye: int
    tjeneste: Tjeneste | None
    navne: tuple[str, ...]
    fundet: Tegneforskel
    #: By the number of the page.
    synlige: dict[int, Synligt] = field(default_factory=dict)


def tegnede_sider(sag: Tegnesag, aendrede: list[int]) -> None:
    """Draw the pages that are built otherwise, and look at those that have been added."""
    import pypdfium2 as pdfium

    try:
        gammel, nyt = (pdfium.PdfDocument(data) for data in (sag.udstedt, sag.ny))
        for pdf in (gammel, nyt):
            pdf.init_forms()  # fields and signatures are drawn too
        if (len(gammel), len(nyt)) != (sag.antal, sag.nye):
            sag.fundet.fejl.append("To læsere finder ikke lige mange sider i filen.")
            return
        underskriftsside = _underskriftsside(gammel)
        for nr in aendrede:
            _en_side(sag, nr, gammel[nr - 1], nyt[nr - 1], skrives_under=nr >= underskriftsside)
        for nr in range(sag.antal + 1, sag.nye + 1):
            _slutside(sag, nr, nyt[nr - 1])
    except pdfium.PdfiumError:
        sag.fundet.fejl.append("Filen kan ikke tegnes.")


def _underskriftsside(pdf) -> int:
    """The number of the page where the parties sign; past the last when there is none."""
    for nr in range(len(pdf), 0, -1):
        linjer = pdf[nr - 1].get_textpage().get_text_bounded().splitlines()
        if any(re.fullmatch(r"[\d.\s]*Underskrifter", linje.strip()) for linje in linjer):
            return nr
    return len(pdf) + 1


def _en_side(sag: Tegnesag, nr: int, foer, efter, *, skrives_under: bool) -> None:
    """An issued page that is built otherwise: drawn the same, but where a known service draws on blank paper."""
    anden = f"Side {nr}: Siden har fået en anden størrelse eller er drejet."
    if max(efter.get_size()) > STOERSTE_SIDE:
        sag.fundet.fejl.append(anden)
        return
    billede, nyt_billede = _tegnet(foer), _tegnet(efter)
    if billede.shape != nyt_billede.shape:
        sag.fundet.fejl.append(anden)
    elif sag.tjeneste is None:
        aendret = (billede != nyt_billede).any(axis=2)
        hvor = f"Det ses {_hvor(aendret)}." if aendret.any() else "Det ses ikke på siden."
        sag.fundet.fejl.append(f"Side {nr}: Siden er ikke bygget som den udstedte. {hvor}")
    else:
        aendret = (billede != nyt_billede).any(axis=2)
        felter = sag.tjeneste.felter(foer.get_size(), skrives_under=skrives_under)
        # What signs is drawn beside the page's own contents, which hold words and nothing else.
        indhold, nyt_indhold = (billede, nyt_billede)
        if nr in sag.synlige:
            indhold, nyt_indhold = _tegnet(foer, noter=False), _tegnet(efter, noter=False)
        if (ulovligt := _ulovligt(billede, aendret | _stederne(sag, nr, foer, aendret), felter)).any():
            sag.fundet.fejl.append(f"Side {nr}: Noget er tegnet eller dækket {_hvor(ulovligt)}.")
        elif (uden_ord := (indhold != nyt_indhold).any(axis=2) & ~_ordenes(efter, billede.shape[:2])).any():
            sag.fundet.fejl.append(f"Side {nr}: Noget er tegnet, som ikke er ord, {_hvor(uden_ord)}.")
        elif nr in sag.synlige:
            _synlig(sag, nr, aendret & (nyt_billede != nyt_indhold).any(axis=2))
        _ordene(sag if skrives_under else replace(sag, navne=()), nr, foer, efter, felter)


def _synlig(sag: Tegnesag, nr: int, tegnet) -> None:
    """A signature that is seen: its words are the signer's own, and pictures in it nobody can read here; so it is
    said."""
    ord_ = sag.synlige[nr].ord
    if not ord_ and not tegnet.any():
        return
    hvor = _hvor(tegnet) if tegnet.any() else "som ikke kan ses"
    siger = f"I den står »{ord_[:200]}«." if ord_ else "Der er ingen ord i den, som kan læses her."
    sag.fundet.tilfoejet.append(
        f"Synlig underskrift på side {nr}, {hvor}. {siger} Se den i filen, også billeder i den."
    )


def _stederne(sag: Tegnesag, nr: int, side, aendret):
    """Where signatures that are seen have their places, also where they draw nothing."""
    maske = aendret & False
    hoejde = side.get_size()[1]
    for sted in sag.synlige[nr].steder if nr in sag.synlige else ():
        fra, til = (max(round(x * SKALA), 0) for x in sorted(sted[::2]))
        top, bund = (max(round(y * SKALA), 0) for y in sorted(hoejde - y for y in sted[1::2]))
        maske[top:bund, fra:til] = True
    return maske


def _ulovligt(billede, aendret, felter: list):
    """Which of those pixels lie outside the places, or where something stood."""
    import numpy as np

    maa = np.zeros(billede.shape[:2], dtype=bool)
    for x0, y0, x1, y1 in felter:
        maa[round(y0 * SKALA) : round(y1 * SKALA), round(x0 * SKALA) : round(x1 * SKALA)] = True
    blankt = (billede >= HVIDT).all(axis=2)
    return aendret & ~(maa & blankt)


def _tegnet(side, *, noter: bool = True):
    """noter: with notes and fields, as a reader shows it."""
    import numpy as np

    billede = side.render(scale=SKALA, may_draw_forms=noter, draw_annots=noter)
    return np.asarray(billede.to_pil().convert("RGB")).astype("int16")


def _hvor(maske) -> str:
    """Where a mask begins, as a person measures it on the paper."""
    import numpy as np

    raekker, kolonner = np.where(maske)
    x, y = (round(float(v.min()) / SKALA / MM) for v in (kolonner, raekker))
    return f"{x} mm fra venstre og {y} mm fra toppen"


def _ordene(sag: Tegnesag, nr: int, foer, efter, felter: list) -> None:
    """The words outside the service's places are the issued ones, also those that cannot be seen; the words in them
    are the service's own, and are said."""
    stod_der, gamle_i_felterne = _tegn_paa(foer, felter)
    staar_der, i_felterne = _tegn_paa(efter, felter)
    if staar_der != stod_der:
        sag.fundet.fejl.append(f"Side {nr}: Ordene på siden er ikke de udstedte, heller ikke hvor de ikke kan ses.")
        return
    if not (skrevet := _kun_nye("".join(i_felterne), "".join(gamle_i_felterne))):
        return
    tjeneste = sag.tjeneste
    assert tjeneste is not None  # noqa: S101 -- only a service has places to write in
    if fremmede := _fremmede(skrevet, tjeneste, sag.navne):
        sag.fundet.fejl.append(
            f"Side {nr}: Der står »{fremmede[:120]}«, som tjenesten {tjeneste.navn} ikke plejer at skrive der."
        )
        return
    sag.fundet.tilfoejet.append(f"Side {nr}: Tjenesten {tjeneste.navn} har skrevet »{skrevet[:200]}«.")


def _tegn_paa(side, felter: list) -> tuple[list[str], list[str]]:
    """The letters outside and inside some places (in points from the top left), in the order of the file."""
    tekst = side.get_textpage()
    hoejde = side.get_size()[1]
    uden_for, inden_i = [], []
    for nr in range(tekst.count_chars()):
        tegn = tekst.get_text_range(nr, 1)
        x0, y0, x1, y1 = tekst.get_charbox(nr)
        midte = ((x0 + x1) / 2, hoejde - (y0 + y1) / 2)
        inde = any(a <= midte[0] <= c and b <= midte[1] <= d for a, b, c, d in felter)
        if inde:
            inden_i.append(tegn)
        elif tegn.strip():
            uden_for.append(tegn)
    return uden_for, inden_i


def _ordenes(side, form: tuple[int, int]):
    """Where there are words, as a mask of the page as it is drawn: what a known service draws is words, and a picture
    of words would be read by nobody here."""
    import numpy as np

    maske = np.zeros(form, dtype=bool)
    tekst, hoejde = side.get_textpage(), side.get_size()[1]
    for nr in range(tekst.count_chars()):
        x0, y0, x1, y1 = tekst.get_charbox(nr, loose=True)
        top, bund = (max(round((hoejde - y) * SKALA), 0) for y in (y1 + BOGSTAVLUFT, y0 - BOGSTAVLUFT))
        fra, til = (max(round(x * SKALA), 0) for x in (x0 - BOGSTAVLUFT, x1 + BOGSTAVLUFT))
        maske[top:bund, fra:til] = True
    return maske


def _kun_nye(nu: str, foer: str) -> str:
    """What has come to the words of a place, with what stood there taken out."""
    nu, foer = (" ".join(tekst.split()) for tekst in (nu, foer))
    if foer and foer in nu:
        nu = nu.replace(foer, " ", 1)
    return " ".join(nu.split())


def _fremmede(skrevet: str, tjeneste: Tjeneste, navne: tuple[str, ...]) -> str:
    """What is written that is neither the service's stamp nor, where one signs, names, dates and its own words."""
    uden_stempel = tjeneste.stempel_udtryk.sub(" ", skrevet) if tjeneste.stempel_udtryk else skrevet
    if not navne:
        return uden_stempel.strip()
    kendte = {o.casefold().strip(TEGN) for tekst in (*navne, *tjeneste.ord) for o in tekst.split()}
    ord_ = [o for o in uden_stempel.split() if not DATO_OG_TID.fullmatch(o.strip(TEGN))]
    return " ".join(o for o in ord_ if o.casefold().strip(TEGN) not in kendte)


def _slutside(sag: Tegnesag, nr: int, side) -> None:
    if sag.tjeneste is None:
        return
    if max(side.get_size()) > STOERSTE_SIDE:
        sag.fundet.fejl.append(f"Side {nr}: Siden er for stor til at tegne.")
        return
    tekst = " ".join(side.get_textpage().get_text_bounded().split())
    navn = sag.tjeneste.navn
    if sag.tjeneste.slutside_tekst.casefold() not in tekst.casefold():
        sag.fundet.fejl.append(f"Side {nr}: Siden er lagt til og ligner ikke dem, tjenesten {navn} lægger til.")
        return
    sag.fundet.tilfoejet.append(f"Side {nr} er lagt til af tjenesten {navn}. Den begynder: »{tekst[:160]}«.")
