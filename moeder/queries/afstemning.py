"""Where the items of a meeting stand: votes, sides, what the person may do, and why something cannot be done."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F

from aftaler.choices import Godkendelsesniveau
from aftaler.queries.adgang import rolle_i
from budget.models import Revision
from dokumenter.models import Godkendelse
from dokumenter.rules import allerede_afgjort
from helhedsplan.formats import lang_dato
from helhedsplan.former import UlaeseligeData
from helhedsplan.rettigheder import Rettighed, rettigheder_for
from moeder import stemmeregler
from moeder.choices import (
    Afstemningsregel,
    Fremmoedeart,
    Moedeart,
    Moedepapirart,
    Moedetilstand,
    Punktresultat,
    Punktslags,
)
from moeder.models import Afgoerelse, Bestyrelsesmedlem, Dagsordenspunkt, Fremmoede, Inhabilitet, Moede, Stemme
from moeder.queries.moede import AFGOER, flyttede, foer_moedet
from moeder.queries.moede import punkter as _punkter
from moeder.queries.punktets_papir import genstand_sha256, genstandens_mangler, genstandens_navn, genstandens_url
from moeder.queries.punktets_papir import hent_linjer as _hent_linjer
from moeder.queries.sammensaetning import forretningsorden, sider, som_regelsider
from moeder.stemmeregler import Afstemningsstilling, Stemmegrundlag

#: A meeting whose agenda has been sent and that is not cancelled.
SENDT = [Moedetilstand.INDKALDT, Moedetilstand.HOLDT]
AENDRET = "Papiret er ændret, siden dagsordenen blev sendt."
#: Who decides at a meeting, and at which level of the papers.
ORGAN = {
    Moedeart.BESTYRELSE: ("Bestyrelsen", Godkendelsesniveau.BESTYRELSE),
    Moedeart.FOELGEGRUPPE: ("Den åbne følgegruppe", Godkendelsesniveau.ARBEJDSGRUPPE),
    Moedeart.ARBEJDSGRUPPE: ("Arbejdsgruppen", Godkendelsesniveau.ARBEJDSGRUPPE),
}
IKKE_PAA = "Punktet er kommet til, efter at dagsordenen blev sendt."
AFGJORT = "Punktet er allerede afgjort."


# --- what stands in the way -------------------------------------------------------------------------------------------


def er_afgjort(punkt: Dagsordenspunkt) -> bool:
    return hasattr(punkt, "afgoerelse")


def uafgjort(punkt: Dagsordenspunkt, stand: "Moedestand | None" = None) -> bool:
    """That the meeting was held and did not decide an item that it was to decide, and nobody else has."""
    if punkt.moede.tilstand != Moedetilstand.HOLDT or punkt.slags != Punktslags.BESLUTNING or er_afgjort(punkt):
        return False
    return not (stand or Moedestand(punkt.moede)).andetsteds(punkt)


def moedet_mangler(moede: Moede) -> str:
    """Why nothing of the meeting can be decided; '' when it can."""
    if moede.tilstand == Moedetilstand.PLANLAGT:
        return "Dagsordenen er ikke sendt endnu."
    return "" if moede.tilstand in SENDT else "Mødet er aflyst."


def det_der_afgoeres(punkt: Dagsordenspunkt) -> str:
    """The hash that votes and conclusions are about: the one the agenda was sent with.

    Bodies that advise may meet without a sent agenda; then it is the paper as it stands today. '' where there is none.
    """
    return punkt.genstand_sha256 or ("" if punkt.moede.er_bestyrelsens else genstand_sha256(punkt))


def papiret_mangler(punkt: Dagsordenspunkt) -> str:
    """Why the paper cannot be decided on: it is gone, or it is not the one that the agenda was sent with."""
    if grund := genstandens_mangler(punkt):
        return grund
    afgoeres = det_der_afgoeres(punkt)
    if afgoeres and afgoeres == genstand_sha256(punkt):
        return ""
    holdt = punkt.moede.tilstand == Moedetilstand.HOLDT
    saa = "Punktet kan kun udsættes." if holdt else "Send dagsordenen igen, før det afgøres."
    return f"{AENDRET if afgoeres else IKKE_PAA} {saa}"


def mangler_for_stemme(punkt: Dagsordenspunkt) -> str:
    """Why nobody can vote on the item now; '' when those with a vote can."""
    if not punkt.moede.er_bestyrelsens:
        return "Der stemmes kun i bestyrelsen."
    if punkt.slags == Punktslags.ORIENTERING:
        return "Punktet er til orientering, så der stemmes ikke."
    if er_afgjort(punkt):
        return AFGJORT
    return moedet_mangler(punkt.moede) or papiret_mangler(punkt)


class Moedestand:
    """What a held meeting's items are concluded on, each read when it is asked for and once."""

    def __init__(self, moede: Moede):
        self.moede = moede

    @cached_property
    def mangler(self) -> str:
        """Why none of the items can be concluded any more, or yet: minutes that are out say what the meeting came to,
        and without a member with a vote the board has not met."""
        if self.moede.papirer.filter(art=Moedepapirart.REFERAT).exists():
            return (
                "Referatet er sendt, så der kan ikke skrives flere beslutninger på mødet. Sæt punktet på et senere "
                "mødes dagsorden."
            )
        til_stede = self.moede.fremmoeder.filter(art=Fremmoedeart.TIL_STEDE, medlem__side__har_stemme=True)
        if self.moede.er_bestyrelsens and not til_stede.exists():
            return "Ingen med stemme er skrevet til stede på mødet. Skriv fremmødet, før punktet afgøres."
        return ""

    @cached_property
    def afgjorte(self) -> dict[int, Godkendelse]:
        """{an edition on the agenda: what the meeting's body says of it last, where that is yes or no}"""
        _, niveau = ORGAN[Moedeart(self.moede.art)]
        paa = self.moede.punkter.exclude(udgave=None).values("udgave")
        alle = Godkendelse.objects.filter(niveau=niveau, udgave__in=paa, pdf_sha256=F("udgave__pdf_sha256"))
        seneste = {g.udgave_id: g for g in alle.order_by("pk")}
        return {pk: g for pk, g in seneste.items() if g.resultat in AFGOER}

    def andetsteds(self, punkt: Dagsordenspunkt) -> str:
        """Where the meeting's body has approved or rejected the edition that an item was to decide on, in words; ''
        where it has not, or the item stands on a later agenda that says so."""
        if not punkt.udgave_id or punkt.slags != Punktslags.BESLUTNING or er_afgjort(punkt):
            return ""
        g = self.afgjorte.get(punkt.udgave_id)
        if g is None or punkt.pk in self.flyttede:
            return ""
        hvor = g.reference or g.bilag_navn
        hvad = f"{allerede_afgjort(g.niveau, g.resultat, g.dato)}{f' ({hvor})' if hvor else ''}"
        return f"{hvad}. Punktet er lukket og skal ikke afgøres her."

    @cached_property
    def flyttede(self) -> dict[int, Moede]:
        return flyttede(self.moede)


def mangler_for_afgoerelse(punkt: Dagsordenspunkt, stand: Moedestand | None = None) -> str:
    """Why the item cannot be concluded now, whatever the result; '' when it can at least be put off. `stand` where
    several items of the meeting are asked about."""
    moede = punkt.moede
    if er_afgjort(punkt):
        return AFGJORT
    if mangler := moedet_mangler(moede) or foer_moedet(moede):
        return mangler
    if moede.tilstand != Moedetilstand.HOLDT:
        return "Skriv først på mødets side, at mødet er holdt. Så kan punktet afgøres."
    stand = stand or Moedestand(moede)
    if andetsteds := stand.andetsteds(punkt):
        return andetsteds
    senere = stand.flyttede.get(punkt.pk) if punkt.slags == Punktslags.BESLUTNING else None
    if senere is not None:
        return (
            f"Punktet står på mødet {lang_dato(senere.dato)} og afgøres dér. Skal det afgøres her, så tag det først af "
            "den dagsorden."
        )
    return stand.mangler


def mulige_resultater(punkt: Dagsordenspunkt) -> list[Punktresultat]:
    """What a meeting may conclude on an item. A budget revision is the board's alone to approve."""
    if punkt.slags == Punktslags.ORIENTERING or (punkt.revision_id and not punkt.moede.er_bestyrelsens):
        udelukket = {Punktresultat.GODKENDT, Punktresultat.AFVIST}
    elif punkt.udgave_id or punkt.revision_id:
        udelukket = {Punktresultat.EFTERRETNING}
    else:
        udelukket = set()
    return [resultat for resultat in Punktresultat if resultat not in udelukket]


# --- the votes as they stand ------------------------------------------------------------------------------------------


def grundlag(punkt: Dagsordenspunkt) -> Stemmegrundlag:
    """All that decides the vote on one item."""
    moede = punkt.moede
    regelsider = som_regelsider(sider(moede.plan, moede.dato)) if moede.er_bestyrelsens else ()
    return Stemmegrundlag(
        regel=str(forretningsorden(moede.plan).afstemning),
        sider=regelsider,
        stemmer=_gyldige(punkt, punkt.stemmer.all()),
        fremmoede=_fremmoede(moede.fremmoeder.all()),
        inhabile=frozenset(i.medlem_id for i in punkt.inhabile.all()),
    )


def _gyldige(punkt: Dagsordenspunkt, stemmer: Iterable[Stemme]) -> dict[int, str]:
    """Votes about something else than the agenda was sent with are not counted."""
    return {s.medlem_id: s.valg for s in stemmer if s.sha256 == punkt.genstand_sha256}


def _fremmoede(raekker: Iterable[Fremmoede]) -> dict[int, stemmeregler.Deltagelse]:
    return {r.medlem_id: stemmeregler.Deltagelse(r.art, r.fuldmagt_til_id) for r in raekker}


# --- what the pages show ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stemmeplads:
    """A seat that the person may vote for: his own, one he has a proxy from, or, for a secretary, any."""

    medlem: Bestyrelsesmedlem
    valg: str
    er_egen: bool
    er_fuldmagt: bool


@dataclass(frozen=True)
class Punktstilling:
    """All that the page shows of the votes on an item.

    data: the votes as plain data (`stemmeregler.som_data`), as they stood when the item was concluded, else as now.
    lukket: why one who concludes cannot, once the hour has come.
    pladser: the seats that the person votes for; andre: those whose oral votes he may write down. med_link: who has
    voted by a link from his mail.
    """

    nummer: int
    punkt: Dagsordenspunkt
    stilling: Afstemningsstilling
    data: dict
    regel_i_ord: str
    i_vejen: str
    advarsel: str
    lukket: str
    pladser: tuple[Stemmeplads, ...]
    andre: tuple[Stemmeplads, ...]
    inhabile: tuple[Inhabilitet, ...]
    maa_afgoere: bool
    maa_skrive: bool
    afgoerelse: Afgoerelse | None = None
    genstand: str = ""
    genstand_url: str = ""
    med_link: tuple[str, ...] = ()
    er_uafgjort: bool = False
    andetsteds: str = ""
    """where the edition has been decided meanwhile"""

    @property
    def kan_stemme(self) -> bool:
        return bool(self.pladser)

    @property
    def har_stemt(self) -> bool:
        return all(p.valg for p in self.pladser)

    @property
    def stemmes(self) -> bool:
        """Whether votes have a place on the page at all."""
        return bool(self.data["sider"]) and self.punkt.slags == Punktslags.BESLUTNING


@dataclass
class _Moededata:
    """What the items of a meeting share, read once."""

    moede: Moede
    bruger: object
    rettigheder: frozenset = frozenset()
    fremmoede: dict = field(default_factory=dict)

    @cached_property
    def sider(self):
        return sider(self.moede.plan, self.moede.dato) if self.moede.er_bestyrelsens else []

    @cached_property
    def stand(self) -> Moedestand:
        return Moedestand(self.moede)

    @cached_property
    def regelsider(self):
        return som_regelsider(self.sider)

    @cached_property
    def regel(self) -> str:
        return str(forretningsorden(self.moede.plan).afstemning)


def stillinger(moede: Moede, bruger, punkter: Sequence[Dagsordenspunkt] | None = None) -> list[Punktstilling]:
    """Every item of a meeting as this person sees it, in order; a constant number of queries for a whole meeting.

    `punkter` when the page has them already (`queries.moede.punkter`).
    """
    punkter = _punkter(moede) if punkter is None else punkter
    _hent_linjer(punkter)
    data = _Moededata(moede, bruger, rettigheder_for(rolle_i(bruger, moede.plan)), _fremmoede(moede.fremmoeder.all()))
    stemmer = _pr_punkt(Stemme.objects.filter(punkt__moede=moede))
    inhabile = _pr_punkt(Inhabilitet.objects.filter(punkt__moede=moede).select_related("medlem"))
    return [_stilling(data, nr, p, stemmer[p.pk], inhabile[p.pk]) for nr, p in enumerate(punkter, 1)]


def punktstilling(punkt: Dagsordenspunkt, bruger) -> Punktstilling:
    """One item, numbered as on the agenda."""
    return next(p for p in stillinger(punkt.moede, bruger) if p.punkt.pk == punkt.pk)


def _pr_punkt(raekker) -> dict[int, list]:
    samlet: dict[int, list] = defaultdict(list)
    for raekke in raekker:
        samlet[raekke.punkt_id].append(raekke)
    return samlet


def _stemmer(afgoerelse: Afgoerelse | None, s: Afstemningsstilling) -> dict:
    """The votes that a decision keeps, also when they cannot be read: those of today are not the decision's."""
    gemt: dict = afgoerelse.stilling if afgoerelse else {}
    return gemt if gemt or isinstance(gemt, UlaeseligeData) else stemmeregler.som_data(s)


def _stilling(d: _Moededata, nummer: int, punkt: Dagsordenspunkt, stemmer: list, inhabile: list) -> Punktstilling:
    g = Stemmegrundlag(
        d.regel, d.regelsider, _gyldige(punkt, stemmer), d.fremmoede, frozenset(i.medlem_id for i in inhabile)
    )
    s = stemmeregler.stilling(g)
    andetsteds = d.stand.andetsteds(punkt)
    i_vejen = andetsteds or mangler_for_stemme(punkt)
    egne, andre = ((), ()) if i_vejen else _pladser(d, g)
    if punkt.moede.tilstand == Moedetilstand.HOLDT:
        # What was voted at the meeting may still be written down; nobody votes any more.
        egne, andre = (), (*egne, *andre) if Rettighed.RET in d.rettigheder else ()
    afgoerelse = getattr(punkt, "afgoerelse", None)
    lukket = mangler_for_afgoerelse(punkt, d.stand)
    maa_styre = Rettighed.STYR in d.rettigheder
    siges = maa_styre and not afgoerelse and punkt.moede.tilstand in SENDT and not foer_moedet(punkt.moede)
    return Punktstilling(
        nummer=nummer,
        punkt=punkt,
        stilling=s,
        data=_stemmer(afgoerelse, s),
        regel_i_ord=stemmeregler.I_ORD[Afstemningsregel(g.regel)],
        i_vejen=i_vejen,
        advarsel="" if lukket else papiret_mangler(punkt),
        lukket=lukket if siges else "",
        pladser=egne,
        andre=andre,
        inhabile=tuple(inhabile),
        maa_afgoere=maa_styre and not lukket,
        maa_skrive=Rettighed.RET in d.rettigheder
        and not (afgoerelse or moedet_mangler(d.moede) or foer_moedet(d.moede)),
        afgoerelse=afgoerelse,
        genstand=genstandens_navn(punkt),
        genstand_url=genstandens_url(punkt),
        er_uafgjort=uafgjort(punkt, d.stand),
        andetsteds=andetsteds,
        med_link=_med_link(d, stemmer),
    )


def _med_link(d: _Moededata, stemmer: list) -> tuple[str, ...]:
    """Whose votes were given by a link from the mail and not by one who was logged in."""
    pker = {s.medlem_id for s in stemmer if s.med_link}
    return tuple(m.navn for side in d.sider for m in side.pladser if m.pk in pker) if pker else ()


def _pladser(d: _Moededata, g: Stemmegrundlag) -> tuple[tuple[Stemmeplads, ...], tuple[Stemmeplads, ...]]:
    """The seats that the person votes for, and those whose votes he may write down."""
    egne, andre = [], []
    alle = {m.pk: m for side in d.sider for m in side.pladser}
    for side, regelside in zip(d.sider, g.sider, strict=True):
        for medlem, regelmedlem in zip(side.pladser, regelside.medlemmer, strict=True):
            if stemmeregler.stemmer_ikke(g, regelside, regelmedlem):
                continue
            fuldmagt = g.fremmoede.get(medlem.pk, stemmeregler.INTET).fuldmagt_til
            stemmer = alle[fuldmagt] if fuldmagt else medlem
            er_min = stemmer.bruger_id is not None and stemmer.bruger_id == getattr(d.bruger, "pk", None)
            min_ = er_min and Rettighed.DELTAG in d.rettigheder
            plads = Stemmeplads(medlem, g.stemmer.get(medlem.pk, ""), min_ and not fuldmagt, bool(fuldmagt))
            if min_:
                egne.append(plads)
            elif Rettighed.RET in d.rettigheder:
                andre.append(plads)
    return tuple(sorted(egne, key=lambda plads: not plads.er_egen)), tuple(andre)


# --- what a decision governs ------------------------------------------------------------------------------------------


def revision_venter(revision: Revision) -> str:
    """Why a budget revision is not approved round the board; '' when no agenda has it, or the board has approved it
    as it stands."""
    paa = Dagsordenspunkt.objects.filter(
        revision=revision, slags=Punktslags.BESLUTNING, moede__art=Moedeart.BESTYRELSE, moede__tilstand__in=SENDT
    )
    paa = paa.exclude(moede__tilstand=Moedetilstand.HOLDT, afgoerelse=None)
    punkt = paa.select_related("moede__plan", "revision").order_by("pk").last()
    if punkt is None:
        return ""
    godkendt = Afgoerelse.objects.filter(punkt__in=paa, resultat=Punktresultat.GODKENDT, sha256=genstand_sha256(punkt))
    if godkendt.exists():
        return ""
    return "Revisionen står på bestyrelsens dagsorden og godkendes med bestyrelsens beslutning."


def venter_paa_min_stemme(plan, bruger) -> list[Punktstilling]:
    """The items that the person has a vote on and has not voted on, of meetings that are called and not held yet."""
    kommende = Moede.objects.filter(
        plan=plan, art=Moedeart.BESTYRELSE, tilstand=Moedetilstand.INDKALDT, punkter__afgoerelse=None
    )
    ud = []
    for moede in kommende.distinct().order_by("dato", "pk"):
        moede.plan = plan
        ud += [p for p in stillinger(moede, bruger) if p.kan_stemme and not p.har_stemt]
    return ud
