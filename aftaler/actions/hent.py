"""Copying from a plan that one may read into one that one writes: a section, rows, a whole delaftale.

The source is asked as its reader; it may be frozen, closed or archived. What is written to is the draft: editions that
are frozen stay as they are. Each thing that is copied says in the log from where.
"""

from collections.abc import Callable, Collection

from django.core.exceptions import ValidationError
from django.db import models, transaction

from aftaler.actions import afsnit as afsnitactions
from aftaler.actions import billeder as billedactions
from aftaler.actions import delaftale as delaftaleactions
from aftaler.actions import papirer, raekker
from aftaler.actions.kopi import hent_aktivitet, hentet_fra
from aftaler.choices import Delmaalskilde
from aftaler.models import (
    Afsnit,
    Billede,
    Delaftale,
    Delmaal,
    Delmaalsforslag,
    Gruppe,
    Helhedsplan,
    Indsatsomraade,
    Koblingstabel,
)
from aftaler.queries.adgang import tjek
from aftaler.queries.bundnetal import uden_tal
from aftaler.queries.dokument import MAALFELTER
from aftaler.queries.hent import delaftalekopi, mulige_raekker
from aftaler.queries.kopi import flyttede_ord, flyttet
from helhedsplan.actions import Aendring
from helhedsplan.rettigheder import Rettighed


@transaction.atomic
def hent_tekst(
    *, bruger, fra: Afsnit, til: Afsnit, version: int, i_stedet: bool = False, med_billeder: bool = False
) -> bool:
    """Copy a section's text into another, after what stands there or in its place. The section is no longer called
    finished: somebody must read it first. Raises Versionskonflikt, PermissionDenied."""
    tjek(bruger, Rettighed.SE, fra.plan)
    kilde = hentet_fra(str(fra.skabelon), fra.plan)
    ny = uden_tal(fra.tekst)
    tekst = f"{til.tekst}\n{ny}" if til.tekst and not i_stedet else ny
    afsnitactions.ret_afsnit(
        bruger=bruger, afsnit=til, felter={"tekst": tekst, "faerdig": False}, version=version, ekstra=[kilde]
    )
    if med_billeder:
        _hent_billeder(bruger, fra.billeder.all(), til, kilde)
    return True


def _hent_billeder(bruger, billeder: Collection[Billede] | models.QuerySet, til: Afsnit, kilde: Aendring) -> None:
    """Those that can be found, and do not stand there already."""
    her = set(til.billeder.values_list("sha256", flat=True)) if til.pk else set()
    for billede in billeder:
        if billede.sha256 in her or not billede.fil.storage.exists(billede.fil.name):
            continue
        with billede.fil.open("rb") as fil:
            indhold = fil.read()
        ny = billedactions.opret_billede(
            bruger=bruger,
            afsnit=til,
            indhold=indhold,
            alternativ_tekst=billede.alternativ_tekst,
            billedtekst=billede.billedtekst,
            ekstra=[kilde],
        )
        til = ny.afsnit


# --- rows -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def hent_raekker(
    *, bruger, slags: str, fra: Helhedsplan, til: Helhedsplan | Delaftale, valgte: Collection[int], version: int | None
) -> int:
    """Copy chosen rows, by their pk, last where they come to; how many it became. Raises Versionskonflikt."""
    tjek(bruger, Rettighed.SE, fra)
    tjek(bruger, Rettighed.RET, til.plan)
    mulige, _ = mulige_raekker(slags, fra, til)
    nye = [raekke for raekke in mulige if raekke.pk in set(valgte)]
    if len(nye) < len(set(valgte)):
        raise ValidationError({"raekker": "Noget af det valgte er slettet eller står her nu. Vælg igen."})
    SKRIVERE[slags](bruger, nye, til, version, hentet_fra(", ".join(str(raekke) for raekke in nye), fra))
    return len(nye)


def _skriv_delmaal(bruger, nye, til: Delaftale, version, kilde) -> None:
    for raekke in nye:
        kopier_delmaal(bruger=bruger, fra=raekke, til=til)


def kopier_delmaal(*, bruger, fra: Delmaal, til: Delaftale) -> Delmaal:
    """From the fund's list only where it stands on the list there too; else it is a local one."""
    forslag = None
    if fra.forslag:
        forslag = Delmaalsforslag.objects.filter(
            indsatsomraade_id=til.indsatsomraade_id, noegle=fra.forslag.noegle
        ).first()
    felter = {f: getattr(fra, f) for f in MAALFELTER}
    art = Delmaalskilde.LBF if forslag else Delmaalskilde.LOKAL
    ny = Delmaal(delaftale=til, forslag=forslag, kilde=art, **felter)
    return raekker.opret(bruger=bruger, objekt=ny, ekstra=[hentet_fra(fra.tekst, fra.plan)])


def _skriv_samarbejdsparter(bruger, nye, til: Delaftale, version, kilde) -> None:
    felter = ("navn", "rolle")
    alle = [raekker.som_dict(part, felter) for part in (*til.egne_parter, *nye)]
    delaftaleactions.ret_samarbejdsparter(bruger=bruger, delaftale=til, raekker=alle, version=version, ekstra=[kilde])


def _skriv_tabel(papir: str) -> Callable:
    """Milestones with their dates moved, or risks; nothing of them is reached yet."""

    def skriv(bruger, nye, til: Helhedsplan, version, kilde) -> None:
        relation, _ = papirer.TABELLER[papir]
        felter = raekker.UNDERRAEKKER[relation][2]
        alle = [raekker.som_dict(r, felter) for r in getattr(til, relation).all()]
        for raekke in nye:
            kopi = raekker.som_dict(raekke, [f for f in felter if f != "status"])
            if "dato" in kopi:
                begyndelser = raekke.plan.begynder.dag, til.begynder.dag
                kopi["dato"] = flyttet(kopi["dato"], *begyndelser)
                kopi["dato_sagt"] = flyttede_ord(kopi["dato_sagt"], *begyndelser)
            alle.append(kopi)
        papirer.ret_tabel(bruger=bruger, plan=til, papir=papir, raekker=alle, version=version, ekstra=[kilde])

    return skriv


def _skriv_koblingstabeller(bruger, nye, til: Helhedsplan, version, kilde) -> None:
    """The goals of the rule set come along only under the same one."""
    for tabel in nye:
        under = [raekker.som_dict(r, raekker.UNDERRAEKKER["raekker"][2]) for r in tabel.raekker.all()]
        if tabel.plan.regelsaet_id != til.regelsaet_id:
            under = [r | {"maal": []} for r in under]
        ny = Koblingstabel(plan=til, titel=tabel.titel, kolonne_fra=tabel.kolonne_fra, kolonne_til=tabel.kolonne_til)
        egen = hentet_fra(tabel.titel, tabel.plan)
        raekker.opret(bruger=bruger, objekt=ny, raekker={"raekker": under}, ekstra=[egen])


def _skriv_grupper(bruger, nye, til: Helhedsplan, version, kilde) -> None:
    for gruppe in nye:
        under = [raekker.som_dict(p, raekker.UNDERRAEKKER["pladser"][2]) for p in gruppe.pladser.all()]
        felter = {f: getattr(gruppe, f) for f in ("navn", "art", "moeder_pr_aar", "opgave")}
        egen = hentet_fra(gruppe.navn, gruppe.plan)
        raekker.opret(bruger=bruger, objekt=Gruppe(plan=til, **felter), raekker={"pladser": under}, ekstra=[egen])


SKRIVERE: dict[str, Callable] = {
    "delmaal": _skriv_delmaal,
    "samarbejdsparter": _skriv_samarbejdsparter,
    "milepaelsplan": _skriv_tabel("milepaelsplan"),
    "beredskabsplan": _skriv_tabel("beredskabsplan"),
    "koblingstabeller": _skriv_koblingstabeller,
    "grupper": _skriv_grupper,
}


# --- a whole delaftale ----------------------------------------------------------------------------------------------


@transaction.atomic
def hent_delaftale(
    *, bruger, fra: Delaftale, plan: Helhedsplan, til: Indsatsomraade, dele: Collection[str], erstat: bool
) -> Delaftale:
    """Copy a delaftale to a chosen indsatsområde of a plan, whose delaftale is made if there is none.

    What stands there stays, unless `erstat` says that written sections are replaced. Money, figures, states, areas
    and notes stay behind. Raises ValidationError, PermissionDenied.
    """
    tjek(bruger, Rettighed.SE, fra.plan)
    tjek(bruger, Rettighed.RET, plan)
    if (fra.plan_id, fra.indsatsomraade_id) == (plan.pk, til.pk):
        raise ValidationError("Det er den samme delaftale. Vælg en anden.", code="samme")
    kopi = delaftalekopi(fra, plan, til, dele, erstat=erstat)
    if kopi.er_tom:
        raise ValidationError("Der er ikke noget at kopiere med de valg. Vælg noget mere, eller en anden delaftale.")
    kilde = hentet_fra(str(fra), fra.plan)
    aftale = plan.delaftaler.filter(indsatsomraade=til).first()
    if aftale is None:
        aftale = delaftaleactions.opret_delaftale(bruger=bruger, plan=plan, indsatsomraade=til, ekstra=[kilde])
    for a in kopi.afsnit:
        afsnit = afsnitactions.hent_afsnit(plan, a.skabelon, aftale)
        if a.tekst:
            hent_tekst(bruger=bruger, fra=a.fra, til=afsnit, version=afsnit.version, i_stedet=True)
        _hent_billeder(bruger, a.billeder, afsnit, kilde)
    for delmaal in kopi.delmaal:
        kopier_delmaal(bruger=bruger, fra=delmaal, til=aftale)
    ved_tekst = {d.tekst: d for d in aftale.delmaal.all()}
    for aktivitet in kopi.aktiviteter:
        tjener = [ved_tekst[d.tekst] for d in aktivitet.delmaal.all() if d.tekst in ved_tekst]
        hent_aktivitet(bruger=bruger, fra=aktivitet, til=aftale, delmaal=tjener)
    if kopi.samarbejdsparter:
        _skriv_samarbejdsparter(bruger, kopi.samarbejdsparter, aftale, None, kilde)
    return aftale
