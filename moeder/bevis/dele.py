"""What the evidence of a year is made of, as plain data."""

from dataclasses import dataclass
from datetime import date, datetime

from helhedsplan.fund import Fund
from indikatorer.rules.opfoelgning import Opfoelgningsfrist


@dataclass(frozen=True)
class Bevistal:
    """A figure as the board saw it, in words; `hvornaar` is its data year or event."""

    indikator: str
    sted: str
    hvornaar: str
    tal: str
    kilde: str


@dataclass(frozen=True)
class Bevismoede:
    """A meeting of the board, with its newest minutes; nummer 0: none have been sent. url: of the very minutes.
    punkt: the item that dealt with the goal, where there is one. uploadet: in words, of minutes that were put in."""

    navn: str
    dato: date
    url: str
    nummer: int = 0
    sendt: datetime | None = None
    sha256: str = ""
    sendt_af: str = ""
    punkt: str = ""
    uploadet: str = ""


@dataclass(frozen=True)
class Bevisopfoelgning:
    """One day that the board had a goal before it, and whether it can be proved. forrige: when it did before, or the
    plan's first day; for_sent: that was longer ago than allowed.

    konklusion: the minutes' own where they have one. skrevet: when and by whom the row was written, in words.
    ved_upload: by minutes that somebody has put in, which is that person's statement; venter: that lack nothing but
    another person's confirmation; sent_upload: that they came late, in words.
    mangler: why it is not proved; forbehold: what a reader must know beside it. sha256: of the row as it is kept.
    """

    dato: date
    forrige: date | None
    for_sent: bool
    data_aar: int | None
    tal: tuple[Bevistal, ...]
    talkilde: str
    konklusion: str
    fra_referat: bool
    skrevet: str
    mangler: tuple[str, ...]
    forbehold: tuple[str, ...]
    moeder: tuple[Bevismoede, ...]
    sha256: str
    ved_upload: bool = False
    venter: bool = False
    sent_upload: str = ""
    tal_ulaeselige: bool = False

    @property
    def er_dokumenteret(self) -> bool:
        return not self.mangler


@dataclass(frozen=True)
class Behandling:
    """A meeting that had a status on its agenda, and what it concluded on it; resultat '' while it has not."""

    moede: Bevismoede
    punkt: str
    resultat: str
    tekst: str


@dataclass(frozen=True)
class Forelagt:
    """A published status with a goal's figures. laest: the days that members read it. ulaeselig: what it showed cannot
    be read any more, which is not that it showed nothing."""

    navn: str
    kvartal: str
    publiceret: date
    trukket: bool
    laest: tuple[date, ...]
    tal: tuple[Bevistal, ...]
    behandlinger: tuple[Behandling, ...]
    ulaeselig: bool = False


@dataclass(frozen=True)
class Bevismaal:
    """A fixed goal in the year. `sidst`: the follow-up before it, if any; fund: that too long has gone by."""

    nummer: int
    tekst: str
    indsatsomraade: str
    opfoelgninger: tuple[Bevisopfoelgning, ...]
    forelagt: tuple[Forelagt, ...]
    sidst: date | None
    fund: tuple[Fund, ...]

    @property
    def er_dokumenteret(self) -> bool:
        return any(o.er_dokumenteret for o in self.opfoelgninger)

    @property
    def kun_ved_upload(self) -> bool:
        """Documented, and by nothing but minutes that somebody has put in."""
        return self.er_dokumenteret and all(o.ved_upload for o in self.opfoelgninger if o.er_dokumenteret)

    @property
    def venter(self) -> bool:
        return not self.er_dokumenteret and any(o.venter for o in self.opfoelgninger)

    @property
    def kun_ved_sen_upload(self) -> bool:
        return self.kun_ved_upload and all(o.sent_upload for o in self.opfoelgninger if o.er_dokumenteret)

    @property
    def er_for_sent(self) -> bool:
        """Documented, and longer after the follow-up before it than allowed."""
        return any(o.er_dokumenteret and o.for_sent for o in self.opfoelgninger)

    @property
    def har_statustal(self) -> bool:
        return any(s.tal for s in self.forelagt)


@dataclass(frozen=True)
class Beviskilde:
    """A record that the evidence is made of, with the hash that it can be known by."""

    hvad: str
    dato: date
    sha256: str


@dataclass(frozen=True)
class Bevis:
    """opgjort: the last day it tells of. senest: when its newest record was written."""

    plan: str
    plan_navn: str
    kort_navn: str
    periode: str
    pulje: str
    parter: tuple[str, ...]
    aar: int
    opgjort: date
    er_forbi: bool
    frist: Opfoelgningsfrist
    maal: tuple[Bevismaal, ...]
    kilder: tuple[Beviskilde, ...]
    senest: datetime | None

    @property
    def mangler(self) -> list[Bevismaal]:
        return [m for m in self.maal if not m.er_dokumenteret]

    @property
    def sene(self) -> list[Bevismaal]:
        return [m for m in self.maal if m.kun_ved_sen_upload]

    @property
    def for_sene(self) -> list[Bevismaal]:
        return [m for m in self.maal if m.er_for_sent]

    @property
    def hovedlinje(self) -> str:
        """What it proves, in one line: the same on the page, in the paper, on the board's page and in the check."""
        if not self.maal:
            return "Puljen har ingen faste mål."
        i_alt = len(self.maal) - len(self.mangler)
        uploadede = sum(m.kun_ved_upload for m in self.maal)
        hvordan = f": {i_alt - uploadede} ved programmets referat, {uploadede} ved uploadet referat"
        grader = ((self.sene, "uploadet sent"), (self.for_sene, "fulgt op for sent"))
        sene = " og ".join(f"{len(maal)} {hvordan_sent}" for maal, hvordan_sent in grader if maal)
        sent = f", heraf {sene}" if sene else ""
        antal_venter = sum(m.venter for m in self.maal)
        venter = f" ({antal_venter} venter på bekræftelse)" if antal_venter else ""
        af = f"{i_alt} af {len(self.maal)} mål i {self.aar}"
        return f"Dokumenteret: {af}{venter}{hvordan if uploadede else ''}{sent}."
