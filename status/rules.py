"""The rules of the quarterly status, as pure functions over plain values: lights, deadlines, what is hidden.

What stands in the way of publishing is told by `mangler` in `queries.mangler`, which asks these.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from helhedsplan.formats import lang_dato, tal
from helhedsplan.tallaeser import ANTAL, laes_tal
from indikatorer.rules.celle import Celle
from indikatorer.rules.diskretion import skjulte
from status.choices import Lys

EGEN = "Helhedsplans egen regel"
#: A status is due so many days after its quarter. Ours: no source sets a day.
FRIST_DAGE = 45
#: Of more counts beside the participants than this it is not asked which of them are all the participants together.
FLEST_TAELLINGER = 8
LAENGSTE_NAVN = 100
#: More than this no whole number of the database holds.
STOERSTE_TAL = 2**31 - 1

#: From best to worst. Not begun is worse than on track, for something that was under way.
RANG = {Lys.GROEN: 0, Lys.GRAA: 1, Lys.GUL: 2, Lys.ROED: 3}
OPRULNING = (
    "Et indsatsområdes lys følger af aktiviteternes, og planens følger af alle planens aktiviteter: Afviger, når "
    "mindst halvdelen af dem, der er i gang, afviger. Kræver opmærksomhed, når blot én af dem afviger eller kræver "
    "opmærksomhed. Ellers På sporet. Ikke i gang, når ingen er i gang."
)


def oprul(lys: Iterable[str]) -> str:
    """The light of what stands above these, as `OPRULNING` says it; '' when none of them is set."""
    satte = [vaerdi for vaerdi in lys if vaerdi]
    i_gang = [vaerdi for vaerdi in satte if vaerdi != Lys.GRAA]
    if not i_gang:
        return Lys.GRAA.value if satte else ""
    roede = i_gang.count(Lys.ROED)
    if roede * 2 >= len(i_gang) and roede:
        return Lys.ROED.value
    return Lys.GROEN.value if all(vaerdi == Lys.GROEN for vaerdi in i_gang) else Lys.GUL.value


def er_vaerre(nu: str, foer: str) -> bool:
    """Whether a light is worse than the one before; a light that was not set is no yardstick."""
    return bool(nu and foer) and RANG[Lys(nu)] > RANG[Lys(foer)]


def vaerre_end(foer: str) -> list[str]:
    """The lights that are worse than the one before."""
    return [lys.value for lys in Lys if er_vaerre(lys.value, foer)]


# --- quarters ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, order=True)
class Kvartal:
    aar: int
    nummer: int

    def __str__(self) -> str:
        return f"{self.aar}K{self.nummer}"

    @property
    def navn(self) -> str:
        return f"{self.nummer}. kvartal {self.aar}"

    @property
    def fra(self) -> date:
        return date(self.aar, self.nummer * 3 - 2, 1)

    @property
    def til(self) -> date:
        return date(self.aar, self.nummer * 3, monthrange(self.aar, self.nummer * 3)[1])

    @property
    def frist(self) -> date:
        """The day its status is due, unless the plan has set another."""
        return self.til + timedelta(days=FRIST_DAGE)

    @property
    def naeste(self) -> "Kvartal":
        return Kvartal(self.aar + self.nummer // 4, self.nummer % 4 + 1)

    @classmethod
    def for_dag(cls, dag: date) -> "Kvartal":
        return cls(dag.year, (dag.month - 1) // 3 + 1)


def galt_med_frist(kvartal: Kvartal, frist: date) -> str:
    """Why a status of the quarter cannot be due that day; '' when it can."""
    senest = kvartal.til.replace(year=kvartal.til.year + 1)
    if kvartal.til < frist <= senest:
        return ""
    return f"Fristen ligger efter kvartalets sidste dag, {lang_dato(kvartal.til)}, og senest {lang_dato(senest)}."


def planens_kvartaler(fra: date | None, til: date | None) -> list[Kvartal]:
    """The quarters that a plan's period touches, in order; none while the period is open."""
    if not (fra and til):
        return []
    kvartaler = [Kvartal.for_dag(fra)]
    while kvartaler[-1].naeste.fra <= til:
        kvartaler.append(kvartaler[-1].naeste)
    return kvartaler


def regnet_periode(fra: date | None, til: date | None, i_dag: date) -> tuple[date | None, date | None]:
    """What a half-known period is reckoned as: without an end, to the end of next year; without a beginning, from
    today. A period of which nothing is known stays so."""
    if fra and not til:
        return fra, date(max(i_dag, fra).year + 1, 12, 31)
    if til and not fra:
        return min(i_dag, til), til
    return fra, til


def periodebesked(fra: date | None, til: date | None, i_dag: date) -> str:
    """What is said of dates that stand on a half-known period; '' when all of it is known, or nothing."""
    fra_regnet, til_regnet = regnet_periode(fra, til, i_dag)
    if fra and not til and til_regnet:
        return f"Planens slutdato mangler. Datoerne er regnet til og med {lang_dato(til_regnet)}."
    if til and not fra and fra_regnet:
        return f"Planens startdato mangler. Datoerne er regnet fra {lang_dato(fra_regnet)}."
    return ""


def oplyst_periode(plan) -> str:
    """What is said of dates that are counted in a period told in words; '' where its days are known or missing."""
    if plan.begynder.er_praecis and plan.slutter.er_praecis:
        return ""
    if not (plan.regnes_fra and plan.regnes_til):
        return f"Planens periode er oplyst som {plan.periode}. Frister, der følger perioden, kan ikke regnes ud."
    forbehold = plan.begynder.formentlig or plan.slutter.formentlig
    hvorfor = "hvis det oplyste passer" if forbehold else "som planen i hvert fald dækker"
    return (
        f"Planens periode er oplyst som {plan.periode}. Frister, der følger perioden, er regnet fra "
        f"{lang_dato(plan.regnes_fra)} til {lang_dato(plan.regnes_til)}, {hvorfor}."
    )


def uden_for_planen(kvartal: Kvartal, fra: date | None, til: date | None) -> str:
    """Why a plan has no status of a quarter; '' when it may have."""
    if not (fra and til):
        return "Planens periode er ikke fastlagt. Skriv den under Indstillinger først."
    if kvartal not in planens_kvartaler(fra, til):
        return f"{kvartal.navn} ligger uden for planens periode."
    return ""


# --- further counts ---------------------------------------------------------------------------------------------------


def laes_taellinger(tekst: str) -> list[dict]:
    """'Besøg: 40', one on each line. Raises ValueError with a Danish message."""
    return [_laes_taelling(linje) for linje in tekst.splitlines() if linje.strip()]


def taellinger_i_ord(taellinger: Iterable[dict]) -> str:
    return "\n".join(f"{t['navn']}: {tal(t['antal'])}" for t in taellinger)


def _laes_taelling(linje: str) -> dict:
    navn, kolon, antal = (" ".join(led.split()) for led in linje.rpartition(":"))
    if not (kolon and navn and antal):
        raise ValueError(f"»{linje.strip()}« kan ikke læses. Skriv det som »Besøg: 40«, hver optælling for sig.")
    if len(navn) > LAENGSTE_NAVN:
        raise ValueError(f"»{navn[:30]}…« er for langt. Skriv højst {LAENGSTE_NAVN} tegn før kolonet.")
    try:
        laest = laes_tal(antal, ANTAL)
    except ValueError as fejl:
        raise ValueError(f"{navn}: {fejl}") from None
    if laest != int(laest) or not 0 <= laest <= STOERSTE_TAL:
        raise ValueError(f"{navn}: »{antal}« er ikke et antal. Skriv et helt tal.")
    return {"navn": navn, "antal": int(laest)}


# --- what is hidden ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class VistAntal:
    """A count as everybody may see it: hidden, not known (antal None), or a number."""

    antal: int | None = None
    skjult: bool = False


def vis_antal(antal: int | None, graense: int) -> VistAntal:
    """A count of fewer persons than the threshold is hidden; nobody at all is no secret."""
    return VistAntal(None, skjult=True) if antal is not None and 0 < antal < graense else VistAntal(antal)


def vis_delantal(antal: int, deltagere: int | None, graense: int) -> VistAntal:
    """A further count among the participants, hidden also when the rest of them would be too few, or when the number
    of participants is hidden itself."""
    vist = vis_antal(antal, graense)
    rest = vis_antal(deltagere - antal, graense) if deltagere is not None and antal <= deltagere else VistAntal()
    return VistAntal(None, skjult=True) if vist.skjult or rest.skjult else vist


def vis_taellinger(
    deltagere: int | None, taellinger: Sequence[tuple[str, int]], graense: int
) -> tuple[VistAntal, list]:
    """The participants and the further counts of a line: (participants, [(name, count)]), with small ones hidden, and
    those that would give them away: 47 and 50 of 100 tell of the 3 that are hidden."""
    i_alt, viste = vis_antal(deltagere, graense), [vis_delantal(n, deltagere, graense) for _, n in taellinger]
    ogsaa = _roeber(deltagere, [n for _, n in taellinger], graense) if any(v.skjult for v in viste) else set()
    viste = [VistAntal(None, skjult=True) if nr in ogsaa else vist for nr, vist in enumerate(viste)]
    return i_alt, [(navn, vist) for (navn, _), vist in zip(taellinger, viste, strict=True)]


def _roeber(deltagere: int | None, antal: list[int], graense: int) -> set[int]:
    """The numbers of the counts to hide, where some of them are all the participants together."""
    if deltagere is None or len(antal) > FLEST_TAELLINGER:
        return set()
    tid = (0, "")
    celler = [
        Celle(nr, "deltagere", nr, tid, antal=n, grundlag=deltagere if n <= deltagere else None)
        for nr, n in enumerate(antal)
    ]
    hele = Celle("i alt", "deltagere", "i alt", tid, antal=deltagere)
    stoerrelser = range(2, len(antal) + 1)
    dele = [frozenset(k) for n in stoerrelser for k in combinations(range(len(antal)), n)]
    summer = [("i alt", k) for k in dele if sum(antal[nr] for nr in k) == deltagere and all(antal[nr] for nr in k)]
    return {nr for nr in skjulte([*celler, hele], graense, summer, frozenset(["i alt"])) if isinstance(nr, int)}
