"""Writing a quarterly status, handing it to the leader, publishing and withdrawing it.

What is published is never written again: the actions that write ask `_laas_kladde`, which refuses. The paper is drawn
outside the transaction; if anybody has written in the plan meanwhile it is drawn again.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from aftaler.actions import raekker
from aftaler.actions.raekker import erstat_raekker
from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek, tjek_skriv
from dokumenter import lager
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import Aendring, laas
from helhedsplan.formats import antal
from helhedsplan.grunde import tjek_grund
from helhedsplan.models import Kaede
from helhedsplan.pdf import PdfFejl, med_noegleord
from helhedsplan.rettigheder import Rettighed
from indikatorer.actions.udgivne import gem_udgivne_tal
from status import oejebliksbillede, pdf
from status.actions.statuslinje import skriv_linjer
from status.choices import Statustilstand
from status.models import Kvartalsstatus, Statuslinje, Statuspunkt
from status.queries.mangler import mangler, stopper
from status.queries.oversigt import forrige_publicerede
from status.rules import Kvartal, galt_med_frist, uden_for_planen

raekker.UNDERRAEKKER |= {
    "punkter": (Statuspunkt, "status", ("art", "tekst", "rejst", "svar")),
}
FELTER = frozenset({"frist", "sammenfatning", "til_beboere"})
FORSOEG = 3
FORBEHOLD = "Statussen har forbehold. Sig ja til at publicere den alligevel, og skriv hvorfor."


@transaction.atomic
def opret_status(*, bruger, plan: Helhedsplan, kvartal: Kvartal) -> Kvartalsstatus:
    """Begin on a quarter. What the board has not closed since the last published quarter comes along, with its date."""
    tjek(bruger, Rettighed.RET, plan)
    plan = laas(plan)
    if fejl := uden_for_planen(kvartal, plan.begynder.tidligst, plan.slutter.senest):
        raise ValidationError(fejl, code="uden_for_planen")
    if kvartal.fra > timezone.localdate():
        raise ValidationError(f"{kvartal.navn} er ikke begyndt.", code="ikke_begyndt")
    egne = Kvartalsstatus.objects.filter(plan=plan, aar=kvartal.aar, kvartal=kvartal.nummer)
    if egne.exclude(tilstand=Statustilstand.TRUKKET).exists():
        raise ValidationError(f"{kvartal.navn} har allerede en status.", code="findes")
    udgave = (egne.aggregate(m=Max("udgave"))["m"] or 0) + 1
    status = Kvartalsstatus(plan=plan, aar=kvartal.aar, kvartal=kvartal.nummer, udgave=udgave, frist=kvartal.frist)

    def aabne_punkter() -> list[Aendring]:
        forrige = forrige_publicerede(status)
        aabne = [p for p in forrige.punkter.all() if not p.svar] if forrige else []
        nye = [{"art": p.art, "tekst": p.tekst, "rejst": p.rejst, "svar": ""} for p in aabne]
        return [a for a in [erstat_raekker(status, "punkter", nye)] if a]

    return actions.opret(bruger=bruger, objekt=status, under=aabne_punkter)


def _laas_kladde(status: Kvartalsstatus, version: int | None = None) -> Kvartalsstatus:
    """Hold a status that is written. Raises ValidationError on a frozen one, Versionskonflikt."""
    gemt = laas(status)
    if not gemt.skrives:
        besked = f"{gemt} er {gemt.get_tilstand_display().lower()} og kan ikke rettes."
        raise ValidationError(besked, code="frosset")
    return laas(status, version)


@transaction.atomic
def ret_status(
    *,
    bruger,
    status: Kvartalsstatus,
    felter: dict,
    punkter: list[dict] | None = None,
    linjer: Iterable[tuple[Statuslinje, dict]] = (),
    version: int | None,
) -> bool:
    """Change the summary, the deadline, what is asked of the board, and what is said of activities and delaftaler. A
    point without a date was raised today. `linjer`: a line, saved or not, with what it is to hold; `taellinger` are
    rows. One entry in the log, in the names that the fields of the form have (`linjefelt`)."""
    tjek(bruger, Rettighed.RET, status.plan)
    gemt = _laas_kladde(status, version)
    ny = felter.get("frist", gemt.frist)
    if ny != gemt.frist and (galt := galt_med_frist(gemt.kvartalet, ny)):
        raise ValidationError({"frist": galt}, code="frist")
    ekstra = []
    if punkter is not None:
        nye = [p | {"rejst": p.get("rejst") or timezone.localdate()} for p in punkter]
        ekstra = [a for a in [erstat_raekker(status, "punkter", nye, bruger=bruger)] if a]
    ekstra += skriv_linjer(status, linjer)
    return actions.ret(bruger=bruger, objekt=status, felter=felter, version=version, tilladte=FELTER, ekstra=ekstra)


@transaction.atomic
def ret_egne_linjer(
    *, bruger, status: Kvartalsstatus, linjer: Iterable[tuple[Statuslinje, dict]], version: int | None
) -> bool:
    """Change what is said of one's own activities and delaftaler, as `ret_status` does. Raises PermissionDenied where
    one of them is not the person's own."""
    linjer = list(linjer)
    for linje, _ in linjer:
        tjek_skriv(bruger, linje.aktivitet or linje.delaftale)
    _laas_kladde(status, version)
    ekstra = skriv_linjer(status, linjer)
    return actions.ret(bruger=bruger, objekt=status, felter={}, version=version, tilladte=set(), ekstra=ekstra)


@transaction.atomic
def skift_tilstand(*, bruger, status: Kvartalsstatus, tilstand: str, version: int | None) -> bool:
    """Hand the draft to the leader, or the leader hands it back."""
    til_leder = tilstand == Statustilstand.HOS_LEDER
    tjek(bruger, Rettighed.RET if til_leder else Rettighed.STYR, status.plan)
    _laas_kladde(status, version)
    handling = "sendt til lederen" if til_leder else "sendt tilbage"
    felter = {"tilstand": Statustilstand.HOS_LEDER if til_leder else Statustilstand.KLADDE}
    return actions.ret(
        bruger=bruger, objekt=status, felter=felter, version=version, tilladte=set(felter), handling=handling
    )


@transaction.atomic
def slet_status(*, bruger, status: Kvartalsstatus) -> None:
    """Drop a draft with all that is written in it; what is frozen stays."""
    tjek(bruger, Rettighed.RET, status.plan)
    _laas_kladde(status)
    with actions.slet_samlet(bruger=bruger, objekt=status):
        for linje in status.linjer.all():
            actions.slet(bruger=bruger, objekt=linje)
        actions.slet(bruger=bruger, objekt=status)


# --- published and withdrawn ------------------------------------------------------------------------------------------


def publicer(
    *,
    bruger,
    status: Kvartalsstatus,
    version: int | None,
    begrundelse: str = "",
    hvornaar: datetime | None = None,
) -> Kvartalsstatus:
    """Freeze a status: snapshot, page, paper, their hashes and the time. The leader publishes.

    Of two who publish at once one wins, and the other is told. `hvornaar` is for made-up histories; it is now
    otherwise. `begrundelse`: why it is published although its money has reservations; kept in it and shown. Raises
    ValidationError with what is missing, Versionskonflikt, PermissionDenied.
    """
    tjek(bruger, Rettighed.STYR, status.plan)
    for _ in range(FORSOEG):
        stand = _stand(status.plan)
        tegnet = _tegn(status, begrundelse, hvornaar)
        with transaction.atomic():
            _laas_kladde(status, version)
            revisionsspor.laas(status.plan.noegle)
            if _stand(status.plan) == stand:
                return _gem_publiceret(bruger, *tegnet)
    with transaction.atomic():  # others write all the time: now they wait
        _laas_kladde(status, version)
        revisionsspor.laas(status.plan.noegle)
        return _gem_publiceret(bruger, *_tegn(status, begrundelse, hvornaar))


def _tegn(status: Kvartalsstatus, begrundelse: str, hvornaar: datetime | None):
    """The status as it is saved, its snapshot, and its paper. Raises ValidationError."""
    frisk = _hent_kladde(status)
    publiceret = hvornaar or timezone.now()
    billede = oejebliksbillede.udkast(frisk, timezone.localdate(publiceret))
    if fejl := stopper(mangler(billede, frisk.noegle)):
        besked = f"Statussen mangler {antal(len(fejl), 'ting', 'ting')}: {' '.join(f.besked for f in fejl[:3])}"
        raise ValidationError(besked, code="mangler")
    if billede.forbehold:
        tjek_grund(begrundelse, ellers=f"{FORBEHOLD} {' '.join(billede.forbehold)}")
    billede = replace(billede, begrundelse=begrundelse.strip() if billede.forbehold else "")
    billede = oejebliksbillede.frossen(billede, publiceret)
    try:
        with med_noegleord(revisionsspor.anker(frisk.plan.noegle)):
            return frisk, billede, pdf.tegn(billede)
    except PdfFejl as fejl_i_papiret:
        raise ValidationError(str(fejl_i_papiret), code="pdf") from fejl_i_papiret


def _hent_kladde(status: Kvartalsstatus) -> Kvartalsstatus:
    frisk = Kvartalsstatus.objects.select_related("plan__regelsaet").get(pk=status.pk)
    if not frisk.skrives:
        raise ValidationError(f"{frisk} er allerede {frisk.get_tilstand_display().lower()}.", code="frosset")
    return frisk


def _stand(plan: Helhedsplan) -> tuple:
    """Names the state of everything that a status is made of, as `helhedsplan.sidecache` does."""
    hoveder = Kaede.objects.filter(noegle__in=[plan.noegle, revisionsspor.FAELLES], nummer__gt=0)
    return tuple(hoveder.order_by("noegle").values_list("noegle", "nummer", "hash"))


def _gem_publiceret(bruger, status: Kvartalsstatus, billede, papir: bytes) -> Kvartalsstatus:
    gem_udgivne_tal(bruger=bruger, plan=status.plan)
    navn, maerke = lager.gem(papir, "status", ".pdf")
    side = pdf.side_html(billede)
    felter = {
        "tilstand": Statustilstand.PUBLICERET,
        "publiceret_den": billede.publiceret,
        "publiceret_af": bruger if bruger.pk else None,
        "indhold": oejebliksbillede.som_json(billede),
        "indhold_sha256": oejebliksbillede.sha256(billede),
        "side": side,
        "side_sha256": pdf.sha256(side),
        "pdf": navn,
        "pdf_sha256": maerke,
    }
    for felt, vaerdi in felter.items():
        setattr(status, felt, vaerdi)
    status.full_clean()
    # Not by `actions.ret`, which would put the whole snapshot into the log: its hash tells which it was.
    Kvartalsstatus.objects.filter(pk=status.pk).update(**felter, version=status.version + 1)
    status.version += 1
    logget = {k: v for k, v in felter.items() if k not in ("indhold", "side", "pdf")}
    navne = {k: str(Kvartalsstatus._meta.get_field(k).verbose_name) for k in logget}
    revisionsspor.skriv(
        bruger=bruger,
        kaede=status.plan.noegle,
        handling="publiceret",
        objekt=status,
        aendringer=[Aendring(k, navne[k], None, v).som_data() for k, v in logget.items()],
    )
    return status


@transaction.atomic
def traek(*, bruger, status: Kvartalsstatus, grund: str, version: int | None) -> bool:
    """Withdraw a published status, for good: it stays readable, marked, and the quarter may get a new one."""
    tjek(bruger, Rettighed.STYR, status.plan)
    gemt = laas(status, version)
    if gemt.tilstand != Statustilstand.PUBLICERET:
        raise ValidationError(f"{gemt} er ikke publiceret.", code="ikke_publiceret")
    tjek_grund(grund, "grund", "Skriv, hvorfor statussen trækkes tilbage.")
    felter = {"tilstand": Statustilstand.TRUKKET, "trukket_den": timezone.now(), "trukket_grund": grund.strip()}
    return actions.ret(
        bruger=bruger, objekt=status, felter=felter, version=version, tilladte=set(felter), handling="trukket tilbage"
    )
