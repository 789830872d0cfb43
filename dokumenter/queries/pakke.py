"""The package to Landsbyggefonden: what the rule set asks for, how far each paper is, and whether all are there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from aftaler.choices import Bilagsart, Dokumentart
from aftaler.models import Bilag, Helhedsplan
from dokumenter.choices import SOM_FIL, Filart, Kladdestand, Pakketrin
from dokumenter.models import Filrevision, Udgave
from dokumenter.queries.dokumenter import Dokumentlinje, dokumenter
from helhedsplan.formats import antal, tal

#: What is said of those whose draft is not what the edition in the package says.
STANDE = {
    Kladdestand.AENDRET: "er ændret siden",
    Kladdestand.VAEK: "er slettet siden",
    Kladdestand.UVIS: "kan ikke holdes op mod kladden",
}


@dataclass(frozen=True)
class Pakkestilling:
    """The check list of a plan. `mangler` says in words why it is not ready; empty when it is."""

    linjer: tuple[Dokumentlinje, ...]
    mangler: tuple[str, ...]
    forbehold: tuple[str, ...] = ()

    @property
    def klar(self) -> bool:
        return not self.mangler

    @property
    def antal_klar(self) -> int:
        return sum(linje.er_klar for linje in self.linjer)

    @property
    def klar_med_mangler(self) -> int:
        return sum(linje.er_klar and linje.med_mangler for linje in self.linjer)

    @property
    def forbeholdet(self) -> str:
        """What a package that is ready is made in spite of, in words; '' when there is nothing, or when nobody has
        asked how the drafts stand."""
        talt = [(sum(linje.pakkens == stand for linje in self.linjer), ord_) for stand, ord_ in STANDE.items()]
        talt.append((len(self.forbehold), "er frosset med mangler"))
        dele = [f"{tal(hvor_mange)} {ord_}" for hvor_mange, ord_ in talt if hvor_mange]
        return ", og ".join(filter(None, [", ".join(dele[:-1]), *dele[-1:]]))

    @property
    def i_ord(self) -> str:
        if self.klar and self.forbeholdet:
            alle = antal(len(self.linjer), "dokument", "dokumenter")
            return f"Alle {alle} er godkendt og underskrevet, hvor de skal være det. {self.forbeholdet}"
        if self.klar:
            return "Klar til upload"
        mangelfulde = f", {tal(self.klar_med_mangler)} af dem med mangler" if self.klar_med_mangler else ""
        return f"{self.antal_klar} af {antal(len(self.linjer), 'dokument', 'dokumenter')} er klar{mangelfulde}"


def pakkestilling(plan: Helhedsplan, alle: Sequence[Dokumentlinje] | None = None) -> Pakkestilling:
    """A constant number of queries. `alle`: the plan's documents, where they are at hand."""
    linjer = tuple(linje for linje in (dokumenter(plan) if alle is None else alle) if linje.krav)
    mangler = [_mangel(linje) for linje in linjer if not linje.er_klar]
    if not plan.kender_puljen:
        mangler.append("Puljen er ikke oplyst, så det kan ikke ses, hvilke dokumenter pakken skal have.")
    elif not linjer:
        mangler.append("Regelsættet siger ikke, hvilke dokumenter pakken skal have.")
    elif not _har_valgt(plan):
        mangler.append("Der er ikke valgt indsatsområder, så delaftalerne mangler.")
    return Pakkestilling(linjer, tuple(mangler), forbehold(linjer))


def _har_valgt(plan: Helhedsplan) -> bool:
    kraeves = any(krav.pr_indsatsomraade for krav in plan.regelsaet.dokumentkrav.all())
    return not kraeves or plan.indsatsomraader.exists()


GRUNDE = {
    Pakketrin.MANGLER: "mangler",
    Pakketrin.KLADDE: "er ikke godkendt endnu",
    Pakketrin.FROSSET: "er ikke godkendt endnu",
    Pakketrin.UPLOADET: "er lagt ind, men ikke underskrevet",
    Pakketrin.GODKENDT: "er ikke underskrevet af alle parter",
    Pakketrin.UNDERSKREVET: "er ikke underskrevet af alle parter",
}


def _mangel(linje: Dokumentlinje) -> str:
    """Why it is not ready, and what is hollow in the draft that nobody has approved yet."""
    siges = linje.findes and linje.huller and not linje.til_pakken
    hult = f" Det er ikke udfyldt: {'; '.join(linje.huller)}." if siges else ""
    return f"{linje.navn} {GRUNDE[linje.trin]}.{hult}"


def forbehold(linjer: tuple[Dokumentlinje, ...]) -> tuple[str, ...]:
    """The editions of the package that were frozen with gaps, with the reason that was given."""
    return tuple(
        f"{linje.navn}, udgave {linje.til_pakken.udgave.nummer}: {linje.til_pakken.udgave.forbehold}"
        for linje in linjer
        if linje.til_pakken and linje.til_pakken.udgave.forbehold
    )


# --- what goes into it ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pakkedokument:
    """One paper of the package: the edition with the file that carries its signatures, and scans beside it; or a form
    of Landsbyggefonden's own, from the attachments."""

    navn: str
    art: str
    emne: str
    udgave: Udgave | None
    filer: tuple[Filrevision, ...] = ()
    bilag: tuple[Bilag, ...] = ()
    aendret: str = ""
    """what the draft has left behind since"""


def pakkedokumenter(plan: Helhedsplan, stilling: Pakkestilling) -> list[Pakkedokument]:
    """In the order of the rule set. Only for a package that is ready."""
    pk = [linje.til_pakken.udgave.pk for linje in stilling.linjer if linje.til_pakken]
    udgaver = Udgave.objects.prefetch_related("filrevisioner").in_bulk(pk)
    filer = tuple(plan.bilag.all())
    return [_dokument(linje, udgaver, _som_fil(linje, filer)) for linje in stilling.linjer]


def _som_fil(linje: Dokumentlinje, filer: tuple[Bilag, ...]) -> tuple[Bilag, ...]:
    """The attachments that are the paper."""
    if linje.art == Dokumentart.FIL:
        return tuple(b for b in filer if b.papir == linje.emne)
    return tuple(b for b in filer if b.art == Bilagsart.INDBERETNINGSSKEMA)


def _dokument(linje: Dokumentlinje, udgaver: dict[int, Udgave], skemaer: tuple[Bilag, ...]) -> Pakkedokument:
    if linje.art in SOM_FIL or linje.til_pakken is None:
        return Pakkedokument(linje.navn, linje.art, linje.emne, None, bilag=skemaer)
    udgave = udgaver[linje.til_pakken.udgave.pk]
    return Pakkedokument(linje.navn, linje.art, linje.emne, udgave, _filer(udgave), aendret=linje.pakken_aendret)


def _filer(udgave: Udgave) -> tuple[Filrevision, ...]:
    """The latest file that is not a scan, and every scan that was not withdrawn: the scan shows the ink, the other is
    what was issued."""
    alle = sorted(udgave.filrevisioner.all(), key=lambda f: f.nummer)
    digitale = [f for f in alle if f.art != Filart.SCANNET]
    return (*digitale[-1:], *(f for f in alle if f.art == Filart.SCANNET and not f.trukket))


# --- on the plan's overview -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Overblikslinje:
    navn: str
    trin: Pakketrin
    klar: bool
    naeste: str
    url: str
    aendret: str = ""
    hul: str = ""
    med_mangler: bool = False


@dataclass(frozen=True)
class Pakkeoverblik:
    """The check list as the overview shows it: plain data, the same for everybody."""

    i_ord: str
    linjer: tuple[Overblikslinje, ...]
    url: str


def pakkeoverblik(plan: Helhedsplan, alle: Sequence[Dokumentlinje] | None = None) -> Pakkeoverblik | None:
    """None when the rule set asks for nothing."""
    stilling = pakkestilling(plan, alle)
    linjer = tuple(
        Overblikslinje(
            li.navn,
            li.trin,
            li.er_klar,
            "" if li.er_klar else li.naeste,
            li.vis_url,
            li.aendret,
            li.kladden_hul,
            li.med_mangler,
        )
        for li in stilling.linjer
    )
    return Pakkeoverblik(stilling.i_ord, linjer, reverse("pakke-vis", args=[plan.noegle])) if linjer else None
