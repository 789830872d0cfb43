"""What can be said of a file or of a document id, to anybody: nothing but what the document itself says and whether it
still counts. Nothing is stored.

A file whose bytes are kept here is known at once. Another one is read by a process of its own, for the document id
printed in it, and held against what is kept.
"""

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from django.core.cache import caches
from django.utils import timezone

from dokumenter import lager
from dokumenter.actions.underskrift import holdt_op_mod
from dokumenter.choices import Filart, Tilstand
from dokumenter.models import Deltudkast, Filrevision, Udgave
from dokumenter.queries.udgave import Vistudgave, gaeldende, kendt_udgave, vist
from dokumenter.queries.underskrift import nyeste_fil
from dokumenter.underskrift.certifikater import roedder
from dokumenter.underskrift.domme import Afvist, Dom, KanIkkeUnderskrive
from dokumenter.underskrift.isoleret import Undersoegelse, undersoeg
from dokumenter.underskrift.modtag import tjek_fil
from dokumenter.underskrift.sammenlignet import Filsammenligning
from dokumenter.underskrift.trykt import er_helt
from dokumenter.underskrift.valider import Underskriftsdom, valider
from helhedsplan.formats import lang_dato, opremsning, tidspunkt

GEMT = 10 * 60
UKENDT = "Filen er ikke lavet her, eller også er den ændret så meget, at den ikke kan genkendes."
KLADDE = "Der står et dokument-id på filen, men ingen udgave har det. Det kan være en kladde, som aldrig blev udstedt."


class Udfald(StrEnum):
    UAENDRET = "uaendret"
    MANGLER = "mangler_underskrifter"
    TILFOEJET = "tilfoejet"
    UKENDT_UR = "ukendt_ur"
    TJENESTENS = "tilfoejet_af_tjeneste"
    SCANNET = "scannet"
    TRUKKET = "trukket"
    UDGAVEN_TRUKKET = "udgaven_trukket"
    ERSTATTET = "erstattet"
    IKKE_UDGAVEN = "ikke_udgaven"
    AENDRET = "aendret"
    UKENDT = "ukendt"
    ULAESELIG = "ulaeselig"
    FOR_TUNG = "for_tung"
    UDKAST = "udkast"
    UDKAST_TRUKKET = "udkast_trukket"
    OPSLAG = "opslag"


OVERSKRIFTER = {
    Udfald.UAENDRET: "Filen er ægte og uændret",
    Udfald.MANGLER: "Filen er uændret, men ikke den nyeste",
    Udfald.TILFOEJET: "Stol ikke på filen: der er lagt noget til",
    Udfald.UKENDT_UR: "Kun et tidsstempel er lagt til, fra et ur vi ikke kender",
    Udfald.TJENESTENS: "Filen er ægte, og en underskriftstjeneste har lagt noget til den",
    Udfald.SCANNET: "Filen er et scannet papir, der er gemt her",
    Udfald.TRUKKET: "Det scannede papir er trukket tilbage",
    Udfald.UDGAVEN_TRUKKET: "Udgaven er trukket tilbage",
    Udfald.ERSTATTET: "Udgaven er erstattet af en nyere",
    Udfald.IKKE_UDGAVEN: "Filen er gemt her, men den er ikke som udgaven",
    Udfald.AENDRET: "Stol ikke på filen: den er ændret",
    Udfald.UKENDT: "Vi kender ikke filen",
    Udfald.ULAESELIG: "Filen kan ikke læses",
    Udfald.FOR_TUNG: "Filen er ikke undersøgt til ende",
    Udfald.UDKAST: "Filen er et udkast og ikke underskrevet",
    Udfald.UDKAST_TRUKKET: "Filen er et udkast, der er trukket tilbage",
    Udfald.OPSLAG: "Det ved vi om dokumentet",
}


#: What is neither whole nor a reason to distrust the file: it is to be looked at again, or asked about.
ADVARSLER = {
    Udfald.MANGLER, Udfald.UKENDT_UR, Udfald.SCANNET, Udfald.UDGAVEN_TRUKKET, Udfald.ERSTATTET, Udfald.UKENDT,
    Udfald.FOR_TUNG, Udfald.UDKAST, Udfald.UDKAST_TRUKKET,
}  # fmt: skip


@dataclass(frozen=True)
class Underskriftsoplysning:
    part: str
    navn: str
    titel: str
    dato: date | None
    metode: str
    underskrevet_af: str = ""
    """who signed, where it is known and is not just the name on the paper"""
    fuldmagt_fra: str = ""
    fuldmagt_dato: date | None = None
    fuldmagt: str = ""
    """in words; '' where none is needed"""


@dataclass(frozen=True)
class Dokumentoplysning:
    """What the document says of itself, and whether it counts today."""

    plan: str
    dokument: str
    udgave: int
    dokument_id: str
    frosset: date
    tilstand: str
    gaelder_fra: date | None
    trukket: date | None
    erstattet_af: int | None
    erstattet_fra: date | None
    underskrifter: tuple[Underskriftsoplysning, ...]


@dataclass(frozen=True)
class Verificeringssvar:
    """The answer: the outcome, why in words, the document if it is known, and each signature in the file."""

    udfald: Udfald
    besked: str
    dokument: Dokumentoplysning | None = None
    underskrifter: tuple[Underskriftsdom, ...] = ()
    #: What a signing service has added to the paper, in words.
    tilfoejet: tuple[str, ...] = ()

    @property
    def overskrift(self) -> str:
        if self.udfald in {Udfald.UAENDRET, Udfald.TJENESTENS} and not self.er_i_orden:
            return "Filen er uændret, men en underskrift i den holder ikke"
        return OVERSKRIFTER[self.udfald]

    @property
    def er_i_orden(self) -> bool:
        return self.udfald in {Udfald.UAENDRET, Udfald.TJENESTENS} and all(dom.gyldig for dom in self.underskrifter)

    @property
    def variant(self) -> str:
        """How grave it is, as a message is coloured."""
        if self.udfald == Udfald.OPSLAG:
            return "info"
        if self.er_i_orden:
            return "success"
        return "warning" if self.udfald in ADVARSLER else "error"

    def som_data(self) -> dict:
        """As JSON takes it."""
        dokument = asdict(self.dokument) if self.dokument else None
        return {
            "udfald": str(self.udfald),
            "i_orden": self.er_i_orden,
            "besked": self.besked,
            "dokument": _jsondatoer(dokument) if dokument else None,
            "tilfoejet_af_tjeneste": list(self.tilfoejet),
            "underskrifter_i_filen": [dom.som_data() for dom in self.underskrifter],
        }


def _jsondatoer(data: dict) -> dict:
    ud: dict[str, object] = {}
    for navn, v in data.items():
        if isinstance(v, (list, tuple)):
            ud[navn] = [_jsondatoer(en) for en in v]
        else:
            ud[navn] = v.isoformat() if isinstance(v, date) else v
    return ud


# --- a file ---------------------------------------------------------------------------------------------------------


def verificer(data: bytes) -> Verificeringssvar:
    """What can be said of a file."""
    try:
        tjek_fil(data)
        # The issued file that somebody has handed in as a scan is still the issued file.
        kendte = sorted(
            _filer().filter(sha256=lager.sha256(data)),
            key=lambda fil: (fil.art == Filart.SCANNET, bool(fil.trukket), -fil.pk),
        )
        kendt = next(iter(kendte), None)
        if kendt is None and (delte := _delte(data)):
            return _udkast(delte)
        return _kendt(kendt, data) if kendt else _fremmed(data)
    except (Afvist, KanIkkeUnderskrive, lager.Lagerfejl) as fejl:
        tung = isinstance(fejl, Afvist) and fejl.dom in {Dom.FOR_TUNG, Dom.OPBRUGT}
        return Verificeringssvar(Udfald.FOR_TUNG if tung else Udfald.ULAESELIG, str(fejl))


def _filer():
    return Filrevision.objects.select_related("udgave__plan").defer("udgave__indhold")


def _delte(data: bytes) -> list[Deltudkast]:
    """The shared drafts with these very bytes: those that stand before those that are withdrawn."""
    fundne = Deltudkast.objects.select_related("plan").filter(sha256=lager.sha256(data))
    return sorted(fundne, key=lambda u: (u.trukket is not None, u.delt_den, u.pk))


def _udkast(delte: list[Deltudkast]) -> Verificeringssvar:
    """What is known of a draft, and what is only told. With whom it was shared, and who has told, is not said here."""
    staar = [u for u in delte if not u.trukket]
    vist = staar or delte
    papir = f"{vist[0].titel}, {vist[0].plan.navn}"
    sagt = list(dict.fromkeys(_delt(u) for u in vist))
    besked = f"{papir}: udkast, {opremsning(sagt)}, ikke underskrevet. {_hvorfra(vist[0])}"
    if staar:
        return Verificeringssvar(Udfald.UDKAST, f"{besked} Ikke en byte er ændret, siden filen blev gemt her.")
    dag = lang_dato(timezone.localdate(delte[0].trukket))
    return Verificeringssvar(
        Udfald.UDKAST_TRUKKET, f"{besked} Det blev trukket tilbage {dag} som skrevet ind ved en fejl."
    )


def _delt(u: Deltudkast) -> str:
    return f"delt {lang_dato(u.delt_den)}{' (oplyst)' if u.er_oplyst else ''}"


def _hvorfra(u: Deltudkast) -> str:
    if u.tegnet:
        return f"Programmet tegnede det {tidspunkt(u.tegnet)}."
    ind = f" {lang_dato(timezone.localdate(u.lagt_ind))}" if u.lagt_ind else ""
    return f"Filen er lagt ind{ind}, og dagen er, hvad den, der lagde den ind, har oplyst."


def _kendt(fil: Filrevision, data: bytes) -> Verificeringssvar:
    """Its very bytes are kept here. An earlier state of the file lacks the signatures that came after it."""
    alle = list(fil.udgave.filrevisioner.order_by("nummer"))
    senere = [en.pk for en in alle if en.nummer > fil.nummer and en.art != Filart.SCANNET]
    parter = fil.udgave.underskrivere.filter(filrevision__in=senere)
    mangler = [u.part_navn for u in parter] if fil.art != Filart.SCANNET else []
    domme = _domme(fil, data)
    holdt = _holdt_op_mod_udgaven(fil, data)
    om = (oplysning(fil.udgave), domme, (*holdt.tilfoejet, *holdt.sagt))
    if holdt.forskelle:
        besked = (
            f"{holdt.forskelle} Det blev ændret, før der blev skrevet under. Spørg dem, der har skrevet under, hvad de "
            "så, og bed om en ny fil."
        )
        return Verificeringssvar(Udfald.IKKE_UDGAVEN, besked, *om)
    if mangler:
        besked = f"Ikke en byte er ændret, men {opremsning(mangler)} har skrevet under siden. Hent den nyeste fil."
        return Verificeringssvar(Udfald.MANGLER, besked, *om)
    besked = "Ikke en byte er ændret, siden filen blev gemt her."
    if (ude := _gaelder_ikke(om[0])) and not fil.trukket:
        udfald, hvorfor = ude
        return Verificeringssvar(udfald, f"{hvorfor} {besked}", *om)
    if holdt.tilfoejet:
        besked += (
            f" Tjenesten {holdt.tjeneste} har lagt det til, der står herunder; resten er som udgaven. Det er ikke "
            "efterprøvet, om filen stadig overholder PDF/A og PDF/UA."
        )
        return Verificeringssvar(Udfald.TJENESTENS, besked, *om)
    return _selve_filen(fil, besked, om)


def _selve_filen(fil: Filrevision, besked: str, om: tuple) -> Verificeringssvar:
    if fil.trukket:
        besked += f" Men papiret er trukket tilbage {lang_dato(timezone.localdate(fil.trukket))} og gælder ikke."
        return Verificeringssvar(Udfald.TRUKKET, besked, *om)
    if fil.art == Filart.SCANNET:
        besked += " Det er en persons udsagn, at papiret er udgaven; det kan ikke ses af en scanning."
        return Verificeringssvar(Udfald.SCANNET, besked, *om)
    return Verificeringssvar(Udfald.UAENDRET, besked, *om)


def _gaelder_ikke(d: Dokumentoplysning) -> tuple[Udfald, str] | None:
    """Whether a whole file is of an edition that does not count any more, and why."""
    afloeser = f"Den er erstattet af udgave {d.erstattet_af}. Hent den." if d.erstattet_af else ""
    if d.trukket:
        besked = f"Udgave {d.udgave} er trukket tilbage {lang_dato(d.trukket)} og gælder ikke."
        return Udfald.UDGAVEN_TRUKKET, f"{besked} {afloeser}".strip()
    if d.erstattet_af:
        return Udfald.ERSTATTET, f"Udgave {d.udgave} gælder ikke længere. {afloeser}"
    return None


def _holdt_op_mod_udgaven(fil: Filrevision, data: bytes) -> Filsammenligning:
    """How a signed file that is kept here differs from the edition, whatever was asked of it when it was taken; the
    same answer for some minutes."""
    if fil.art in {Filart.SCANNET, Filart.UDSTEDT}:
        return Filsammenligning("", "", (), laast=False)
    noegle = f"holdt-op-mod-{fil.sha256}"
    fundet = caches["sider"].get(noegle)
    if fundet is None:
        udstedt = fil.udgave.filrevisioner.get(art=Filart.UDSTEDT)
        fundet = holdt_op_mod(fil.udgave, lager.hent(udstedt.fil.name, udstedt.sha256), data)
        caches["sider"].set(noegle, fundet, GEMT)
    return fundet


def _domme(fil: Filrevision, data: bytes) -> tuple[Underskriftsdom, ...]:
    """The signatures of a file that is kept here; the same answer for some minutes."""
    if fil.art == Filart.SCANNET:
        return ()
    noegle = f"underskrifter-{fil.sha256}"
    fundne = caches["sider"].get(noegle)
    if fundne is None:
        fundne = tuple(valider(data, roedder()))
        caches["sider"].set(noegle, fundne, GEMT)
    return fundne


def _fremmed(data: bytes) -> Verificeringssvar:
    """Its bytes are not kept here: is it a file of ours that somebody has changed?"""
    fundet = undersoeg(data, roedder())
    udgave = kendt_udgave(fundet.dokument_id, fundet.fil_id)
    if udgave is None:
        return Verificeringssvar(Udfald.UKENDT, KLADDE if er_helt(fundet.dokument_id) else UKENDT)
    nyeste = nyeste_fil(udgave.filrevisioner.order_by("nummer"))
    if data.startswith(lager.hent(nyeste.fil.name, nyeste.sha256)):
        if _kun_stemplet(udgave, nyeste, fundet, data):
            besked = (
                "Sider og underskrifter er som i filen, vi har gemt. Urets udsteder er "
                f"{opremsning(fundet.ukendte_ure)}. Brug filen uden tidsstemplet, eller bed den, der driver "
                "programmet, om at sætte udstederen op."
            )
            return Verificeringssvar(Udfald.UKENDT_UR, besked, oplysning(udgave), fundet.domme)
        besked = (
            "Den begynder med filen, som vi har den, men der er lagt mere til, som vi ikke kender. "
            "Bed om en ny hos den, du fik den af."
        )
        return Verificeringssvar(Udfald.TILFOEJET, besked, oplysning(udgave), fundet.domme)
    besked = (
        "På filen står, at den er dokumentet herunder, men mindst en byte er anderledes end i de filer, vi har gemt. "
        "Bed om en ny hos den, du fik den af."
    )
    return Verificeringssvar(Udfald.AENDRET, besked, oplysning(udgave), fundet.domme)


def _kun_stemplet(udgave: Udgave, nyeste: Filrevision, fundet: Undersoegelse, data: bytes) -> bool:
    """Whether all that came after a signed file is timestamps: by what its signatures say and how its pages look."""
    kendte = _domme(nyeste, lager.hent(nyeste.fil.name, nyeste.sha256))
    if not (fundet.ukendte_ure and kendte and len(fundet.domme) == len(kendte)):
        return False
    if not all(dom.gyldig for dom in fundet.domme):
        return False
    udstedt = udgave.filrevisioner.get(art=Filart.UDSTEDT)
    holdt = holdt_op_mod(udgave, lager.hent(udstedt.fil.name, udstedt.sha256), data)
    return not holdt.forskelle


# --- a document id --------------------------------------------------------------------------------------------------


def slaa_op(dokument_id: str) -> Verificeringssvar | None:
    """What is known of the document with the id printed on the paper."""
    udgave = Udgave.objects.let().select_related("plan").filter(dokument_id="".join(dokument_id.split())).first()
    if udgave is None:
        return None
    return Verificeringssvar(
        Udfald.OPSLAG, "Slip filen her på siden, hvis du vil vide, om den er ændret.", oplysning(udgave)
    )


def oplysning(udgave: Udgave) -> Dokumentoplysning:
    v = vist(udgave)
    afloeser = gaeldende(udgave.plan, udgave.art, udgave.emne, timezone.localdate()) if _er_afloest(v) else None
    return Dokumentoplysning(
        plan=udgave.plan.navn,
        dokument=udgave.titel,
        udgave=udgave.nummer,
        dokument_id=udgave.dokument_id,
        frosset=timezone.localdate(udgave.frosset),
        tilstand=v.tilstand.label,
        gaelder_fra=udgave.ikraft,
        trukket=timezone.localdate(udgave.trukket) if udgave.trukket else None,
        erstattet_af=afloeser.nummer if afloeser else None,
        erstattet_fra=afloeser.ikraft if afloeser else None,
        underskrifter=tuple(_underskrift(u) for u in udgave.underskrivere.select_related("bruger")),
    )


def _er_afloest(v: Vistudgave) -> bool:
    return v.tilstand in {Tilstand.ERSTATTET, Tilstand.TRUKKET}


def _underskrift(u) -> Underskriftsoplysning:
    dato = timezone.localdate(u.underskrevet) if u.underskrevet else None
    skrevet = {"underskrevet_af": u.hvem, "fuldmagt": u.fuldmagt_i_ord} if dato else {}
    if dato and u.fuldmagt_fra:
        skrevet |= {"fuldmagt_fra": u.fuldmagt_fra, "fuldmagt_dato": u.fuldmagt_dato}
    return Underskriftsoplysning(u.part_navn, u.navn, u.titel, dato, u.get_metode_display(), **skrevet)
