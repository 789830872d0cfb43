"""What a rule set holds, what it lacks, and how it differs from another. Nothing here writes."""

import difflib
from collections import Counter
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Model
from django.urls import reverse

from aftaler.choices import Afsnitsart, Beroering, Dokumenttype
from aftaler.models import (
    FastIndikator,
    Helhedsplan,
    Regelsaet,
)
from aftaler.models.regelsaet import afsnitsfejl
from aftaler.queries.regelslags import REGELSLAGS, Regelraekke, Regelslags, alle_raekker
from helhedsplan import formats, parametergraenser
from helhedsplan.choices import Alvor, Verificeret
from helhedsplan.felter import SOM_SAGT
from helhedsplan.formats import antal, opremsning
from helhedsplan.fund import Fund, vaerst_foerst
from helhedsplan.tilslutninger import PARAMETRE

EGEN = "Helhedsplans egen kontrol"


# --- the list ---------------------------------------------------------------------------------------------------------


def alle_regelsaet() -> list[Regelsaet]:
    """All of them, the newest first, each with `antal_planer`: how many plans stand on it. Drafts come first."""
    fundne = Regelsaet.objects.select_related("kopi_af").annotate(antal_planer=Count("planer"))
    return list(fundne.order_by("stand", "-ikraft", "-noegle"))


def rod(regelsaet: Regelsaet) -> Regelsaet:
    """The first of the versions that the rule set is one of."""
    while regelsaet.er_rettelse and regelsaet.kopi_af:
        regelsaet = regelsaet.kopi_af
    return regelsaet


def versioner(regelsaet: Regelsaet) -> list[Regelsaet]:
    """The published versions of the same rule set, the oldest first; it is among them when it is published itself."""
    fundne, lag = [], [rod(regelsaet)]
    while lag:
        fundne += lag
        lag = list(Regelsaet.objects.filter(kopi_af__in=lag, er_rettelse=True).order_by("rettet", "pk"))
    return [r for r in fundne if not r.er_kladde]


def nyeste_version(regelsaet: Regelsaet) -> Regelsaet | None:
    """The latest correction that a plan on the rule set can move to; None when it is on it."""
    nyere = None
    lag = [regelsaet]
    while lag := list(Regelsaet.objects.udgivne().filter(kopi_af__in=lag, er_rettelse=True).order_by("rettet", "pk")):
        nyere = lag[-1]
    return nyere


# --- one rule set as lists --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Vistraekke:
    """A row on the page: its cells in the order of the kind's columns, and the rows below it by kind."""

    slags: Regelslags
    raekke: Model
    under: dict[str, list["Vistraekke"]] = field(default_factory=dict)

    @property
    def navn(self) -> str:
        return str(self.raekke)

    @property
    def vaerdi(self) -> str:
        """A parameter's value with its unit."""
        return i_ord(self.raekke, "vaerdi")


@dataclass(frozen=True)
class Indhold:
    """A whole rule set, read once."""

    regelsaet: Regelsaet
    raekker: tuple[Regelraekke, ...]

    @cached_property
    def lister(self) -> dict[str, list[Vistraekke]]:
        """The top rows of each kind, with what is below them."""
        viste: dict[tuple[str, int], Vistraekke] = {}
        toppe: dict[str, list[Vistraekke]] = {s.noegle: [] for s in REGELSLAGS if not s.over}
        for r in self.raekker:
            vist = Vistraekke(r.slags, r.raekke, {s.noegle: [] for s in r.slags.under})
            viste[r.slags.noegle, r.raekke.pk] = vist
            if r.slags.over:
                over = viste[r.slags.over, getattr(r.raekke, f"{r.slags.ejer}_id")]
                over.under[r.slags.noegle].append(vist)
            else:
                toppe[r.slags.noegle].append(vist)
        return toppe

    def af(self, noegle: str) -> list[Model]:
        return [r.raekke for r in self.raekker if r.slags.noegle == noegle]

    @property
    def antal(self) -> list[tuple[str, int]]:
        """How many of each kind: [(shown name, number)]."""
        talt = Counter(r.slags.noegle for r in self.raekker)
        return [(s.titel, talt[s.noegle]) for s in REGELSLAGS]


def indhold(regelsaet: Regelsaet) -> Indhold:
    return Indhold(regelsaet, tuple(alle_raekker(regelsaet)))


# --- what it lacks ----------------------------------------------------------------------------------------------------


def raekke_url(regelsaet: Regelsaet, slags: Regelslags, raekke: Model, felt: str = "") -> str:
    """Where a row is edited; the place on the rule set's page when it is published."""
    if not regelsaet.er_kladde:
        return f"{reverse('regelsaet-vis', args=[regelsaet.noegle])}#{slags.top.noegle}"
    return reverse("regelraekke-ret", args=[regelsaet.noegle, slags.noegle, raekke.pk]) + (
        f"#id_{felt}" if felt else ""
    )


def mangler(holdt: Indhold) -> list[Fund]:
    """What is wrong with the rule set and what it lacks, worst first; each leads to its field. Two queries."""
    fund = [
        *_hoved(holdt),
        *_omraader(holdt),
        *_maal(holdt),
        *_indikatorer(holdt),
        *_skabeloner(holdt),
        *_parametre(holdt),
        *_godkendelse(holdt),
        *_papirer(holdt),
        *_kilder(holdt),
    ]
    return vaerst_foerst(fund)


def _fund(kode: str, alvor: Alvor, besked: str, url: str) -> Fund:
    return Fund(kode, alvor, besked, url, EGEN)


def _side(holdt: Indhold, anker: str) -> str:
    return f"{reverse('regelsaet-vis', args=[holdt.regelsaet.noegle])}#{anker}"


def _slags(noegle: str) -> Regelslags:
    return next(s for s in REGELSLAGS if s.noegle == noegle)


def _hoved(holdt: Indhold) -> Iterator[Fund]:
    """When it begins, what it is made from, and whether somebody has held it up against that."""
    r = holdt.regelsaet
    side = reverse("regelsaet-ret" if r.er_kladde else "regelsaet-vis", args=[r.noegle])
    for felt, hvad in (("regulativ", "hvilket regulativ det er lavet af"), ("ikraft", "hvornår det er i kraft")):
        if getattr(r, felt) is None and not (felt == "regulativ" and r.regulativ_sagt):
            url = f"{side}#id_{felt}" if r.er_kladde else side
            yield _fund(f"uden-{felt}", Alvor.NOTE, f"Det står ikke, {hvad}.", url)
    proevede = [raekke.raekke.verificeret for raekke in holdt.raekker if "verificeret" in raekke.slags.felter]
    if r.verificeret == Verificeret.KILDE and proevede and Verificeret.KILDE not in proevede:
        besked = "Regelsættet står som verificeret, men ingen af dets værdier er det."
        yield _fund(
            "verificeret-uden-at-vaere-det", Alvor.ADVARSEL, besked, f"{side}#id_verificeret" if r.er_kladde else side
        )


def _omraader(holdt: Indhold) -> Iterator[Fund]:
    omraader = holdt.lister["indsatsomraader"]
    if not omraader:
        besked = "Regelsættet har ingen indsatsområder, så en plan har intet at vælge. Tilføj det første."
        yield _fund("regelsaet-uden-omraader", Alvor.FEJL, besked, _side(holdt, "indsatsomraader"))
    for o in omraader:
        if not o.under["maal"]:
            besked = f"»{o.navn}« har intet overordnet mål."
            url = raekke_url(holdt.regelsaet, o.slags, o.raekke)
            yield _fund("omraade-uden-maal", Alvor.ADVARSEL, besked, url)


def _maal(holdt: Indhold) -> Iterator[Fund]:
    slags = _slags("maal")
    foerste: dict[int, str] = {}
    for o in holdt.lister["indsatsomraader"]:
        for m in o.under["maal"]:
            nummer = m.raekke.nummer
            if nummer in foerste:
                besked = (
                    f"To mål har nummer {nummer}: »{foerste[nummer]}« og »{m.raekke.tekst}«. "
                    "Mål tælles igennem hele regelsættet."
                )
                url = raekke_url(holdt.regelsaet, slags, m.raekke, "nummer")
                yield _fund("maal-samme-nummer", Alvor.FEJL, besked, url)
            foerste.setdefault(nummer, m.raekke.tekst)
            if not m.under["indikatorer"]:
                besked = f"Mål {nummer} har ingen indikator, så ingen kan se, om det nås."
                yield _fund("maal-uden-indikator", Alvor.ADVARSEL, besked, raekke_url(holdt.regelsaet, slags, m.raekke))


def kendte_indikatorer(undtagen: str) -> set[str]:
    """The keys of indicators in published rule sets; not in the one of that key."""
    regelsaet = Regelsaet.objects.udgivne().exclude(noegle=undtagen)
    andre = FastIndikator.objects.filter(maal__indsatsomraade__regelsaet__in=regelsaet)
    return set(andre.order_by().values_list("noegle", flat=True))


def ingen_har(noegle: str, kendte: set[str]) -> str:
    """What to say of an indicator that no published rule set has; '' when one has it, or there are none to hold it
    against."""
    if not kendte or noegle in kendte:
        return ""
    naer = difflib.get_close_matches(noegle, sorted(kendte), n=1)
    forslag = f" Mente du »{naer[0]}«?" if naer else " Tallene begynder forfra, og intet fra før kan holdes op mod dem."
    return f"Ingen anden pulje har indikatoren »{noegle}«.{forslag}"


def _indikatorer(holdt: Indhold) -> Iterator[Fund]:
    slags, kendte = _slags("indikatorer"), kendte_indikatorer(holdt.regelsaet.noegle)
    navne: set[str] = set()
    for i in holdt.af("indikatorer"):
        if besked := ingen_har(i.noegle, kendte):
            yield _fund("indikator-ingen-har", Alvor.NOTE, besked, raekke_url(holdt.regelsaet, slags, i, "navn"))
        navn = i.navn.casefold()
        if navn in navne:
            besked = f"To indikatorer hedder »{i.navn}«. Er det den samme, så tag den ene ud."
            yield _fund("indikator-to-gange", Alvor.ADVARSEL, besked, raekke_url(holdt.regelsaet, slags, i, "navn"))
        navne.add(navn)


def _skabeloner(holdt: Indhold) -> Iterator[Fund]:
    med_afsnit = {a.dokument for a in holdt.af("skabelonafsnit")}
    for dokument in (d for d in Dokumenttype if d not in med_afsnit):
        besked = f"Der er ingen skabelon for {dokument.label.lower()}: papiret bliver en tom side."
        yield _fund("skabelon-uden-afsnit", Alvor.ADVARSEL, besked, _side(holdt, "skabelonafsnit"))
    slags = _slags("skabelonafsnit")
    foerste: dict[str, Model] = {}
    for a in holdt.af("skabelonafsnit"):
        url = raekke_url(holdt.regelsaet, slags, a, "art")
        if fejl := afsnitsfejl(a.dokument, a.art):
            yield _fund("afsnit-i-andet-dokument", Alvor.FEJL, f"»{a}«: {fejl}", url)
        elif Afsnitsart(a.art).dokument and (foer := foerste.setdefault(a.art, a)) is not a:
            besked = f"»{foer}« og »{a}« viser begge {a.get_art_display().lower()}: det samme bliver trykt to gange."
            yield _fund("afsnit-to-gange", Alvor.FEJL, besked, url)


def _parametre(holdt: Indhold) -> Iterator[Fund]:
    slags, egne = _slags("parametre"), {p.noegle: p for p in holdt.af("parametre")}
    for noegle, p in egne.items():
        if fejl := parametergraenser.fejl(p.enhed, p.vaerdi):
            url = raekke_url(holdt.regelsaet, slags, p, "vaerdi")
            yield _fund("parameter-uden-for-graensen", Alvor.FEJL, f"{p}: {fejl}", url)
        if besked := ingen_regel_laeser(noegle, egne.keys()):
            url = raekke_url(holdt.regelsaet, slags, p, "navn")
            uden = "parametre bruges ikke af nogen regel og vises kun til oplysning:"
            yield Fund("parameter-uden-regel", Alvor.NOTE, besked, url, EGEN, flere=uden, kort=str(p))
    for noegle in sorted(PARAMETRE - egne.keys()):
        besked = (
            f"Parameteren »{noegle}« mangler. Den regel, der læser den, regner med Helhedsplans egen værdi, "
            "hvis der er en, og bliver ellers ikke prøvet."
        )
        yield _fund("parameter-mangler", Alvor.ADVARSEL, besked, _side(holdt, "parametre"))


def ingen_regel_laeser(noegle: str, egne: Collection[str] = ()) -> str:
    """What to say of a parameter that no rule reads; '' when one does. `egne`: keys that are there already."""
    if not noegle or noegle in PARAMETRE:
        return ""
    naer = difflib.get_close_matches(noegle, sorted(PARAMETRE.difference(egne)), n=1)
    forslag = f" Mente du »{naer[0]}«?" if naer else ""
    return f"Ingen regel bruger parameteren »{noegle}«. Den vises kun til oplysning.{forslag}"


def _godkendelse(holdt: Indhold) -> Iterator[Fund]:
    sagt = {g.beroerer for g in holdt.af("godkendelsesregler")}
    if uden := [str(b.label) for b in Beroering if b not in sagt]:
        besked = f"Regelsættet siger ikke, hvem der godkender: {opremsning([u.lower() for u in uden])}."
        yield _fund("godkendelse-mangler", Alvor.ADVARSEL, besked, _side(holdt, "godkendelsesregler"))


def _papirer(holdt: Indhold) -> Iterator[Fund]:
    if not holdt.lister["dokumentkrav"]:
        besked = "Regelsættet kræver ingen papirer, så en pakke bliver tom."
        yield _fund("ingen-papirer", Alvor.ADVARSEL, besked, _side(holdt, "dokumentkrav"))


def _kilder(holdt: Indhold) -> Iterator[Fund]:
    """What is said to be verified has a source."""
    for r in holdt.raekker:
        if "verificeret" in r.slags.felter and r.raekke.verificeret == Verificeret.KILDE and not r.raekke.kilde:
            besked = f"»{r.raekke}« står som verificeret, men har ingen kilde."
            yield _fund("uden-kilde", Alvor.ADVARSEL, besked, raekke_url(holdt.regelsaet, r.slags, r.raekke, "kilde"))


# --- how it differs from another --------------------------------------------------------------------------------------

#: The fields of the rule set itself that are compared.
HOVEDFELTER = ("navn", "regulativ", "ikraft", "verificeret", "note")


@dataclass(frozen=True)
class Feltforskel:
    navn: str
    foer: str
    efter: str


@dataclass(frozen=True)
class Forskel:
    """One row that is not the same: `hvad` is 'ny', 'væk', 'rettet' or 'flyttet'."""

    slags: str
    hvad: str
    navn: str
    felter: tuple[Feltforskel, ...] = ()


def i_ord(raekke: Model, felt: str) -> str:
    """A field's value as people read it; '' for nothing."""
    vaerdi = getattr(raekke, f"{felt}{SOM_SAGT}", "") or getattr(raekke, felt)
    definition = raekke._meta.get_field(felt)
    if vaerdi in (None, ""):
        return ""
    if definition.choices:
        return str(getattr(raekke, f"get_{felt}_display")())
    if isinstance(vaerdi, bool):
        return "ja" if vaerdi else "nej"
    if hasattr(vaerdi, "normalize"):
        return f"{formats.tal(vaerdi.normalize())} {raekke.enhed}".strip()
    return formats.lang_dato(vaerdi) if hasattr(vaerdi, "isoformat") else str(vaerdi)


def _felter(gammel: Model, ny: Model, felter: tuple[str, ...]) -> tuple[Feltforskel, ...]:
    return tuple(
        Feltforskel(str(ny._meta.get_field(f).verbose_name), i_ord(gammel, f), i_ord(ny, f))
        for f in felter
        if getattr(gammel, f) != getattr(ny, f) or i_ord(gammel, f) != i_ord(ny, f)
    )


def forskelle(fra: Indhold, til: Indhold) -> list[Forskel]:
    """What is new, gone, corrected and moved in `til` against `fra`, kind by kind in the order of the page."""
    fundne = []
    if hoved := _felter(fra.regelsaet, til.regelsaet, HOVEDFELTER):
        fundne.append(Forskel("Regelsættet", "rettet", til.regelsaet.navn, hoved))
    uverificeret = 0
    for slags in REGELSLAGS:
        gamle = {r.sti: r.raekke for r in fra.raekker if r.slags is slags}
        nye = {r.sti: r.raekke for r in til.raekker if r.slags is slags}
        flyttede = _flyttede(slags, gamle, nye)
        for sti, ny in nye.items():
            if sti not in gamle:
                fundne.append(Forskel(slags.titel, "ny", str(ny)))
            elif _kun_uverificeret(slags, gamle[sti], ny):
                uverificeret += 1
            elif felter := _felter(gamle[sti], ny, slags.felter):
                fundne.append(Forskel(slags.titel, "rettet", str(gamle[sti]), felter))
            elif sti in flyttede:
                fundne.append(Forskel(slags.titel, "flyttet", str(ny)))
        fundne += [Forskel(slags.titel, "væk", str(gammel)) for sti, gammel in gamle.items() if sti not in nye]
    if uverificeret:
        hvad = f"{antal(uverificeret, 'værdi er', 'værdier er')} som før, men ikke verificeret"
        fundne.append(Forskel("Ikke verificeret", "rettet", hvad))
    return fundne


def _kun_uverificeret(slags: Regelslags, gammel: Model, ny: Model) -> bool:
    """The row says the same; nobody has shown that it does for the new pulje."""
    andre = [f for f in slags.felter if getattr(gammel, f) != getattr(ny, f)]
    return andre == ["verificeret"] and ny.verificeret == Verificeret.NEJ


def _flyttede(slags: Regelslags, gamle: dict, nye: dict) -> set[Hashable]:
    """Those that stand elsewhere among the rows that are in both."""
    if not slags.placering:
        return set()
    foer, efter = [s for s in gamle if s in nye], [s for s in nye if s in gamle]
    ens = difflib.SequenceMatcher(a=foer, b=efter, autojunk=False).get_matching_blocks()
    blevet = {s for blok in ens for s in foer[blok.a : blok.a + blok.size]}
    return set(foer) - blevet


def planer_paa(regelsaet: Regelsaet) -> int:
    return Helhedsplan.objects.filter(regelsaet=regelsaet).count()


def uverificerede(holdt: Indhold) -> str:
    """How many of the values are unverified, in words."""
    alle = [r for r in holdt.raekker if "verificeret" in r.slags.felter]
    uden = sum(1 for r in alle if r.raekke.verificeret == Verificeret.NEJ)
    return f"{uden} af {antal(len(alle), 'værdi', 'værdier')} er ikke verificeret"
