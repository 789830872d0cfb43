"""Rule sets in the program: copy one to a draft, edit the draft, publish it, begin a correction of what is published.

Only administrators. A draft is the only thing that is ever written: what is published stands still, and a correction
is a new version that a plan moves to (`aftaler.actions.regelsaetflyt`).
"""

import hashlib
import json
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Max, ProtectedError
from django.urls import reverse
from django.utils import timezone

from aftaler.actions.meddelelse import meddel
from aftaler.choices import Meddelelsesgruppe, Regelsaetstand
from aftaler.models import Helhedsplan, Regelsaet
from aftaler.queries.adgang import skrivere
from aftaler.queries.regelsaet import indhold, mangler, rod, versioner
from aftaler.queries.regelslags import REGELSLAGS, Regelslags, alle_raekker
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import Aendring, aendringer_til
from helhedsplan.choices import Alvor, Verificeret
from helhedsplan.formats import lang_dato
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import PROGRAMMET
from helhedsplan.tilslutninger import REGELSAETFOELGERE

HOVEDFELTER = frozenset({"navn", "regulativ", "regulativ_sagt", "ikraft", "verificeret", "note", "rettelse"})
NOEGLENS_LAENGDE = 40
#: While rows change places, one of them waits here.
VENTEPLADS = 32_000
ANDEN_RETTET = (
    "En anden har rettet det, siden du åbnede siden. Det, du skrev, står her endnu. "
    "Se, hvad der står nu, og gem igen, hvis dit skal stå i stedet."
)


def tjek_administrator(bruger) -> None:
    if not (bruger is PROGRAMMET or bruger.er_administrator):
        raise PermissionDenied("Kun en administrator kan arbejde med regelsæt. Spørg den, der driver programmet.")


def _laas_kladde(bruger, regelsaet: Regelsaet) -> Regelsaet:
    """The draft as it is saved, held until the transaction ends. Raises ValidationError when it is no draft (more)."""
    tjek_administrator(bruger)
    gemt = Regelsaet.objects.select_for_update(of=("self",)).filter(pk=regelsaet.pk).first()
    if gemt is None:
        raise ValidationError("Kladden er slettet imens.", code="slettet")
    if not gemt.er_kladde:
        raise ValidationError(
            f"»{gemt}« er udgivet og ændres ikke. Lav en rettet version i stedet.", code="regelsaet-udgivet"
        )
    return gemt


def _log(bruger, regelsaet: Regelsaet, handling: str, aendringer: Iterable[Aendring], kaede: str = "") -> None:
    revisionsspor.skriv(
        bruger=bruger,
        kaede=kaede or revisionsspor.FAELLES,
        handling=handling,
        objekt=regelsaet,
        aendringer=[a.som_data() for a in aendringer],
    )


# --- a draft ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def kopier_regelsaet(*, bruger, fra: Regelsaet, navn: str) -> Regelsaet:
    """A draft with all that `fra` has, under a new name and key.

    What was verified for the old pulje is not for the new one: regulativ, first day and note are empty, and every
    value stands as unverified until somebody has held it against the new rules.
    """
    tjek_administrator(bruger)
    optagne = _optagne()
    if Regelsaet.objects.filter(navn__iexact=navn).exists():
        raise ValidationError({"navn": "Der er allerede et regelsæt med det navn. Vælg et andet."})
    ny = Regelsaet(navn=navn, verificeret=Verificeret.NEJ, kopi_af=fra)
    return _kopi(bruger, fra, ny, unik_noegle(navn, optagne, NOEGLENS_LAENGDE - 4))


@transaction.atomic
def begynd_rettelse(*, bruger, af: Regelsaet, grund: str) -> Regelsaet:
    """A draft of the next version of what is published; there is at most one at a time."""
    tjek_administrator(bruger)
    Regelsaet.objects.select_for_update(of=("self",)).get(pk=rod(af).pk)
    if af.er_kladde:
        raise ValidationError("Regelsættet er ikke udgivet endnu. Ret det, som det er.")
    alle = versioner(af)
    if alle[-1].pk != af.pk:
        raise ValidationError(f"Der er en nyere version: {alle[-1].med_version}. Ret den.")
    if Regelsaet.objects.filter(kopi_af=af, er_rettelse=True).exists():
        raise ValidationError("En rettelse er allerede begyndt. Arbejd videre i den.")
    ny = Regelsaet(
        navn=af.navn,
        verificeret=af.verificeret,
        note=af.note,
        regulativ=af.regulativ,
        regulativ_sagt=af.regulativ_sagt,
        ikraft=af.ikraft,
        kopi_af=af,
        er_rettelse=True,
        rettet=timezone.localdate(),
        rettelse=grund,
    )
    return _kopi(bruger, af, ny, unik_noegle(f"{rod(af).noegle[:34]}-v{len(alle) + 1}", _optagne(), NOEGLENS_LAENGDE))


def _optagne() -> list[str]:
    revisionsspor.laas(revisionsspor.FAELLES)  # one at a time, so that two do not choose the same name or noegle
    return list(Regelsaet.objects.values_list("noegle", flat=True))


def _kopi(bruger, fra: Regelsaet, ny: Regelsaet, noegle: str) -> Regelsaet:
    ny.noegle, ny.stand = noegle, Regelsaetstand.KLADDE
    ny.full_clean()
    ny.save()
    nye: dict[tuple[str, int], models.Model] = {}
    for slags in REGELSLAGS:
        raekker = list(slags.raekker(fra).order_by("pk"))
        kopier = []
        for raekke in raekker:
            felter = {f.name: getattr(raekke, f.attname) for f in raekke._meta.concrete_fields if not f.is_relation}
            felter = {n: v for n, v in felter.items() if n not in ("id", "version")}
            if "verificeret" in felter and not ny.er_rettelse:
                felter["verificeret"] = Verificeret.NEJ
            ejer = nye[slags.over, getattr(raekke, f"{slags.ejer}_id")] if slags.over else ny
            kopier.append(slags.model(**felter, **{slags.ejer: ejer}))
        slags.model._default_manager.bulk_create(kopier)
        nye |= {(slags.noegle, gammel.pk): kopi for gammel, kopi in zip(raekker, kopier, strict=True)}
    for foelger in REGELSAETFOELGERE:
        foelger.kopier(bruger=bruger, fra=fra, til=ny)
    _log(bruger, ny, "oprettet", [Aendring("kopi_af", "kopi af", None, fra.med_version)])
    return ny


@transaction.atomic
def ret_hoved(*, bruger, regelsaet: Regelsaet, felter: dict, set_: str) -> bool:
    """Name, regulativ, first day, source and note of a draft; of a correction its reason."""
    gemt = _laas_kladde(bruger, regelsaet)
    if ukendte := set(felter) - HOVEDFELTER:
        raise actions.UkendtFelt(f"Regelsæt skrives ikke med {sorted(ukendte)}")
    if set_ and set_ != aftryk(gemt, felter):
        raise ValidationError(ANDEN_RETTET, code="rettet-imens")
    navn = felter.get("navn", gemt.navn)
    andre = Regelsaet.objects.filter(navn__iexact=navn).exclude(pk=gemt.pk)
    if not gemt.er_rettelse and andre.exists():
        raise ValidationError({"navn": "Der er allerede et regelsæt med det navn. Vælg et andet."})
    return _skriv(bruger, gemt, gemt, felter, "")


@transaction.atomic
def slet_kladde(*, bruger, regelsaet: Regelsaet) -> None:
    """Take a draft away with all its rows. What it was a copy of stays as it is."""
    gemt = _laas_kladde(bruger, regelsaet)
    if Regelsaet.objects.filter(kopi_af=gemt).exists():
        raise ValidationError("Et andet regelsæt er en kopi af kladden, så den kan ikke slettes.")
    actions.laeg_i_kurv(bruger=bruger, objekt=gemt)
    for foelger in REGELSAETFOELGERE:
        foelger.slet(bruger=bruger, regelsaet=gemt)
    for slags in reversed(REGELSLAGS):
        slags.raekker(gemt).order_by().delete()
    _log(bruger, gemt, "slettet", [Aendring("navn", "navn", gemt.navn, None)])
    gemt.delete()


# --- its rows ---------------------------------------------------------------------------------------------------------


def aftryk(raekke: models.Model, felter: Iterable[str]) -> str:
    """A mark of what stands in the fields: a form carries it, so that two people do not overwrite each other."""
    vaerdier = {felt: revisionsspor.som_json(getattr(raekke, felt)) for felt in felter}
    return hashlib.sha256(json.dumps(vaerdier, sort_keys=True).encode()).hexdigest()[:16]


def _skriv(bruger, gemt: models.Model, regelsaet: Regelsaet, felter: dict, navn: str) -> bool:
    aendringer = aendringer_til(gemt, felter)
    for felt, vaerdi in felter.items():
        setattr(gemt, felt, vaerdi)
    gemt.full_clean()
    aendringer = [a for a in aendringer if getattr(gemt, a.felt) != a.foer]
    if not aendringer:
        return False
    gemt.save()
    foran = f"{navn[:60]}: " if navn else ""
    _log(bruger, regelsaet, "rettet", [Aendring(a.felt, f"{foran}{a.navn}", a.foer, a.efter) for a in aendringer])
    return True


@transaction.atomic
def opret_raekke(*, bruger, regelsaet: Regelsaet, slags: Regelslags, raekke: models.Model) -> models.Model:
    """A new row, last in its list; its owner is set already. A key is made from its name when it has none."""
    gemt = _laas_kladde(bruger, regelsaet)
    if slags.navngiver and not raekke.noegle and slags.har_noegle(raekke):
        optagne = [r.noegle for r in slags.raekker(gemt)]
        laengde = slags.felt("noegle").max_length - 6
        raekke.noegle = unik_noegle(getattr(raekke, slags.navngiver), optagne, laengde)
    if slags.placering:
        sidste = slags.soeskende(raekke).aggregate(sidst=Max(slags.placering))["sidst"] or 0
        setattr(raekke, slags.placering, sidste + 1)
    raekke.full_clean()
    raekke.save(force_insert=True)
    _log(bruger, gemt, "rettet", [Aendring(slags.noegle, slags.ental, None, str(raekke))])
    return raekke


@transaction.atomic
def ret_raekke(
    *, bruger, regelsaet: Regelsaet, slags: Regelslags, raekke: models.Model, felter: dict, set_: str
) -> bool:
    """Change a row. `set_` is the mark of what the form was opened with."""
    gemt = _laas_kladde(bruger, regelsaet)
    nu = slags.raekker(gemt).filter(pk=raekke.pk).first()
    if nu is None:
        raise ValidationError("En anden har slettet det, siden du åbnede siden.", code="slettet")
    faste = set(slags.faste) | (set(slags.laaste) if findes_i_kilden(gemt, slags, nu) else set())
    if ukendte := set(felter) - set(slags.felter):
        raise actions.UkendtFelt(f"{slags.noegle} skrives ikke med {sorted(ukendte)}")
    if set_ and set_ != aftryk(nu, felter):
        raise ValidationError(ANDEN_RETTET, code="rettet-imens")
    for felt in faste & set(felter):
        if felter[felt] != getattr(nu, felt):
            raise ValidationError({felt: "Det kan ikke ændres, fordi planer er skrevet efter det."})
    return _skriv(bruger, nu, gemt, felter, str(nu))


def findes_i_kilden(regelsaet: Regelsaet, slags: Regelslags, raekke: models.Model) -> bool:
    """Whether a correction's row is there in what it corrects: plans may hang on it."""
    if not regelsaet.er_rettelse:
        return False
    sti = _stien(regelsaet, slags, raekke)
    return any(r.slags is slags and r.sti == sti for r in alle_raekker(regelsaet.kopi_af))


def _stien(regelsaet: Regelsaet, slags: Regelslags, raekke: models.Model):
    return next(r.sti for r in alle_raekker(regelsaet) if r.slags is slags and r.raekke.pk == raekke.pk)


@transaction.atomic
def slet_raekke(*, bruger, regelsaet: Regelsaet, slags: Regelslags, raekke: models.Model) -> None:
    """Take a row out of a draft, with what stands below it. A correction takes out nothing that plans may use."""
    gemt = _laas_kladde(bruger, regelsaet)
    nu = slags.raekker(gemt).filter(pk=raekke.pk).first()
    if nu is None:
        return
    if findes_i_kilden(gemt, slags, nu):
        raise ValidationError(f"»{nu}« bruges måske af planer og kan ikke tages ud i en rettelse.")
    navn = str(nu)
    try:
        antal = _slet_med_under(slags, nu)
    except ProtectedError:
        raise ValidationError(f"»{navn}« bruges af noget andet og kan ikke tages ud.") from None
    if slags.placering:
        for nr, anden in enumerate(slags.soeskende(nu).order_by(slags.placering, "pk"), 1):
            type(anden)._default_manager.filter(pk=anden.pk).update(**{slags.placering: nr})
    aendringer = [Aendring(slags.noegle, slags.ental, navn, None)]
    if antal:
        aendringer.append(Aendring("under", "det, der stod under", antal, 0))
    _log(bruger, gemt, "rettet", aendringer)


def _slet_med_under(slags: Regelslags, raekke: models.Model) -> int:
    antal = 0
    for under in slags.under:
        for barn in under.model._default_manager.filter(**{under.ejer: raekke}).order_by("pk"):
            antal += 1 + _slet_med_under(under, barn)
    raekke.delete()
    return antal


@transaction.atomic
def flyt_raekke(*, bruger, regelsaet: Regelsaet, slags: Regelslags, raekke: models.Model, skridt: int) -> bool:
    """Change places with the one before (-1) or after (1); False at the end of the list."""
    gemt = _laas_kladde(bruger, regelsaet)
    nu = slags.raekker(gemt).filter(pk=raekke.pk).first()
    if nu is None or not slags.placering:
        return False
    soeskende = list(slags.soeskende(nu).order_by(slags.placering, "pk"))
    her = next(nr for nr, s in enumerate(soeskende) if s.pk == nu.pk)
    dertil = her + (1 if skridt > 0 else -1)
    if not 0 <= dertil < len(soeskende):
        return False
    anden, felt = soeskende[dertil], slags.placering
    en, to = getattr(nu, felt), getattr(anden, felt)
    alle = slags.model._default_manager
    alle.filter(pk=nu.pk).update(**{felt: VENTEPLADS})
    alle.filter(pk=anden.pk).update(**{felt: en})
    alle.filter(pk=nu.pk).update(**{felt: to})
    _log(bruger, gemt, "sorteret", [Aendring(slags.noegle, slags.ental, str(nu), f"plads {dertil + 1}")])
    return True


# --- published --------------------------------------------------------------------------------------------------------


@transaction.atomic
def udgiv_regelsaet(*, bruger, regelsaet: Regelsaet) -> Regelsaet:
    """Freeze a draft, so that plans can stand on it. Raises ValidationError with each fault that stands in the way.

    With a correction those who write the plans on the versions before it are told, and it stands in the plans' logs.
    """
    gemt = _laas_kladde(bruger, regelsaet)
    if fejl := [f.besked for f in mangler(indhold(gemt)) if f.alvor == Alvor.FEJL]:
        raise ValidationError(fejl, code="mangler")
    for foelger in REGELSAETFOELGERE:
        foelger.udgiv(bruger=bruger, regelsaet=gemt)
    i_dag = timezone.localdate()
    gemt.stand, gemt.udgivet = Regelsaetstand.UDGIVET, i_dag
    if gemt.er_rettelse:
        gemt.rettet = i_dag
    gemt.full_clean()
    gemt.save()
    _log(bruger, gemt, "udgivet", [Aendring("udgivet", "udgivet", None, i_dag)])
    if gemt.er_rettelse:
        _sig_til_planerne(bruger, gemt)
    return gemt


def _sig_til_planerne(bruger, ny: Regelsaet) -> None:
    aeldre = [r for r in versioner(ny) if r.pk != ny.pk]
    for plan in Helhedsplan.objects.filter(regelsaet__in=aeldre).order_by("pk"):
        _log(bruger, ny, "udgivet", [Aendring("rettelse", "grunden til rettelsen", None, ny.rettelse)], plan.noegle)
        meddel(
            plan=plan,
            modtagere=skrivere(plan, bruger),
            gruppe=Meddelelsesgruppe.PAPIRER,
            tekst=f"Regelsættet {ny} er rettet den {lang_dato(ny.rettet)}. Se, hvad en flytning ændrer",
            sti=reverse("plan-regelsaet", args=[plan.noegle]),
        )
