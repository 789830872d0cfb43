"""Take figures in from a file: all of them in one transaction, with one entry in the log that tells of each.

The rows are written in bulk. What the model's own validation would hold is held by `queries.importgrundlag.forskel`,
under the plan's lock, and by the table's constraints.
"""

import hashlib
import secrets
from collections.abc import Generator, Iterable
from decimal import Decimal
from functools import lru_cache, partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from aftaler.models import Helhedsplan
from aftaler.queries.adgang import tjek
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import laas
from helhedsplan.arbejde import Fremskridt, i_gang
from helhedsplan.cpr import uden_cpr
from helhedsplan.formats import procent, tal
from helhedsplan.officefil import tjek_officefil
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tegn import uden_lange_ord
from indikatorer.choices import Enhed, Maaletilstand
from indikatorer.models import Importfil, Importskabelon, Maaling
from indikatorer.queries.importgrundlag import Aendret, Importforskel, Navnekatalog, forskel, register
from indikatorer.rules.afrunding import cifre
from indikatorer.rules.raekke import Tidsraekke, Vaerdier

FLEST_FILER = 20
PORTION = 2_000


class Importkonflikt(ValidationError):
    """The plan's figures have changed since the preview was made."""


@transaction.atomic
def gem_fil(*, bruger, plan: Helhedsplan, navn: str, data: bytes, laest: bytes | None = None) -> Importfil:
    """Keep a file for as many tries as it takes; the same file is kept once. `laest`: the reading of it to keep along
    (empty when it cannot be read), from a reader that has looked for what must not be kept; None when nobody has.

    Not audited, as a draft is not: nothing of the plan is changed.
    """
    tjek(bruger, Rettighed.RET, plan)
    if laest is None:
        tjek_officefil(data)
    laas(plan)
    sha = hashlib.sha256(data).hexdigest()
    if kendt := Importfil.objects.filter(plan=plan, sha256=sha).first():
        return kendt
    if Importfil.objects.filter(plan=plan).count() >= FLEST_FILER:
        raise ValidationError(
            f"Der ligger allerede {FLEST_FILER} filer. Slet en, før du vælger en ny.", code="for_mange"
        )
    fil = Importfil(plan=plan, navn=navn[:200] or "Fil", sha256=sha)
    fil.fil = ContentFile(data, name=f"{sha[:32]}.fil")
    if laest:
        fil.laest = ContentFile(laest, name=f"{sha[:32]}.laest")
    fil.full_clean()
    fil.save()
    return fil


@transaction.atomic
def slet_fil(*, bruger, fil: Importfil) -> None:
    """The file stays for as long as it lies in the bin."""
    tjek(bruger, Rettighed.RET, fil.plan)
    gemt = laas(fil)
    actions.laeg_i_kurv(bruger=bruger, objekt=gemt)
    gemt.delete()


def _fjern_fra_lageret(fil: Importfil) -> None:
    for felt in filter(None, (fil.fil, fil.laest)):
        transaction.on_commit(partial(felt.storage.delete, felt.name))


def gang(fil: Importfil, forsoeg: str) -> str:
    """The name by which a try is followed (`helhedsplan.arbejde`)."""
    return f"import-{fil.plan.noegle}-{fil.pk}-{forsoeg}"


def nyt_forsoeg() -> str:
    """A name that nobody can guess."""
    return secrets.token_hex(16)


def begynd_forsoeg(*, bruger, fil: Importfil) -> str:
    """The name of a new try to take the file in, unless somebody is at it; one that was stopped is let go.

    Not audited: nothing of the plan is changed. Work that goes on all the same, though it was thought dead, finds that
    the try is no more its own, and is undone.
    """
    tjek(bruger, Rettighed.RET, fil.plan)
    _tjek_ledig(fil)  # where one writes at a time, nobody waits only to be told this
    with transaction.atomic():
        gemt = laas(fil)
        _tjek_ledig(gemt)
        fil.forsoeg = gemt.forsoeg = nyt_forsoeg()
        gemt.save(update_fields=["forsoeg"])
    return fil.forsoeg


def _tjek_ledig(fil: Importfil) -> None:
    if fil.forsoeg and i_gang(gang(fil, fil.forsoeg)):
        raise ValidationError("Filen er ved at blive indlæst. Vent, til det er færdigt.", code="i_gang")


@transaction.atomic
def opgiv_forsoeg(*, bruger, fil: Importfil) -> None:
    """The try has ended without anything being written."""
    tjek(bruger, Rettighed.RET, fil.plan)
    Importfil.objects.filter(pk=fil.pk, forsoeg=fil.forsoeg).update(forsoeg="")
    fil.forsoeg = ""


@transaction.atomic
def husk_koblinger(*, bruger, plan: Helhedsplan, koblinger: Iterable[tuple[str, str, dict]]) -> None:
    """Remember what tables mean: (fingerprint, name, mapping) of each."""
    tjek(bruger, Rettighed.RET, plan)
    laas(plan)
    for aftryk, navn, kobling in koblinger:
        felter = {"navn": navn, "kobling": kobling}
        skabelon = Importskabelon.objects.filter(plan=plan, aftryk=aftryk).first()
        if skabelon is None:
            actions.opret(bruger=bruger, objekt=Importskabelon(plan=plan, aftryk=aftryk, **felter))
        else:
            actions.ret(bruger=bruger, objekt=skabelon, felter=felter, tilladte=set(felter))


def indlaes(
    *, bruger, fil: Importfil, raekker: list[Tidsraekke], aftryk: str | None
) -> Generator[Fremskridt, None, Importforskel]:
    """Write what the rows change, and let the file go. Says how far it is as it goes, and returns the whole.

    The try is `fil.forsoeg`; one that has been taken over in the meantime writes nothing. `aftryk` is that of the
    difference the person has seen (None when nobody has): another one raises Importkonflikt. When whoever listens
    stops, nothing is written.
    """
    plan = fil.plan
    try:
        with transaction.atomic():
            tjek(bruger, Rettighed.RET, plan)
            laas(plan)
            _tjek_tekster(raekker)
            fundet = forskel(plan, raekker, laast=True)
            if fundet.fejl:
                raise ValidationError(list(dict.fromkeys(besked for *_, besked in fundet.fejl))[:20])
            if aftryk is not None and fundet.aftryk != aftryk:
                raise Importkonflikt("Planens tal er ændret, siden du så forhåndsvisningen. Se den efter igen.")
            yield from _skriv(fundet)
            if fundet.antal:
                linjer = _logges(fundet, register(plan))
                revisionsspor.skriv(bruger=bruger, kaede=plan.noegle, handling="indlæst", objekt=fil, aendringer=linjer)
            _fjern_fra_lageret(fil)
            slettet, _ = Importfil.objects.filter(pk=fil.pk, forsoeg=fil.forsoeg).delete()
            if not slettet:
                raise Importkonflikt("Filen er slettet eller indlæst af en anden imens.")
    except IntegrityError:
        raise Importkonflikt("En anden har skrevet de samme tal imens. Se forhåndsvisningen efter igen.") from None
    return fundet


def _tjek_tekster(raekker: list[Tidsraekke]) -> None:
    tekster = {t for r in raekker for t in (r.begivenhed, *map(r.felter.get, ("kilde", "note"))) if t}
    for tekst in tekster:
        uden_cpr(tekst)
        uden_lange_ord(tekst)


def _skriv(fundet: Importforskel) -> Generator[Fremskridt, None, None]:
    for start in range(0, len(fundet.nye), PORTION):
        Maaling.objects.bulk_create(_ny(r, v) for r, v in fundet.nye[start : start + PORTION])
        yield Fremskridt("Gemt", min(start + PORTION, len(fundet.nye)), fundet.antal)
    for start in range(0, len(fundet.aendrede), PORTION):
        Maaling.objects.bulk_create(
            [_rettet(a) for a in fundet.aendrede[start : start + PORTION]],
            update_conflicts=True,
            unique_fields=["indikator", "sted", "aar", "begivenhed"],
            update_fields=["version", *Vaerdier._fields],
        )
        yield Fremskridt("Gemt", len(fundet.nye) + min(start + PORTION, len(fundet.aendrede)), fundet.antal)


def _ny(raekke: Tidsraekke, v: Vaerdier) -> Maaling:
    return Maaling(
        indikator_id=raekke.indikator,
        sted_id=raekke.sted,
        aar=raekke.aar,
        begivenhed=raekke.begivenhed,
        **v._asdict(),
    )


def _rettet(aendret: Aendret) -> Maaling:
    maaling = _ny(aendret.raekke, aendret.efter)
    maaling.version = aendret.version + 1
    return maaling


# --- the log --------------------------------------------------------------------------------------------------------


def _logges(fundet: Importforskel, kendt: Navnekatalog) -> list[dict]:
    navne = {noegle: n.navn for noegle, n in kendt.navne.items()}
    enheder = {n.pk: n.slags for n in kendt.indikatorer.values()}

    def linje(r: Tidsraekke, foer: Vaerdier | None, efter: Vaerdier) -> dict:
        return {
            "felt": "maalinger",
            "navn": maalingsnavn(r, navne),
            "foer": foer and i_ord(foer, enheder[r.indikator]),
            "efter": i_ord(efter, enheder[r.indikator]),
        }

    return [linje(r, None, efter) for r, efter in fundet.nye] + [
        linje(a.raekke, a.foer, a.efter) for a in fundet.aendrede
    ]


def maalingsnavn(r: Tidsraekke, navne: dict[tuple[str, int], str]) -> str:
    hvornaar = f"{r.begivenhed} {r.aar}" if r.begivenhed else str(r.aar)
    return f"{navne['indikator', r.indikator]}, {navne['sted', r.sted]}, {hvornaar}"


def i_ord(v: Vaerdier, enhed: str) -> str:
    """A measurement in one line: '52 af 1.130, 4,6 %'."""
    if v.tilstand != Maaletilstand.VAERDI:
        return Maaletilstand(v.tilstand).label.lower()
    dele = []
    if v.antal is not None:
        dele.append(_tal(v.antal) if v.grundlag is None else f"{_tal(v.antal)} af {_tal(v.grundlag)}")
    elif v.grundlag is not None:
        dele.append(f"ud af {_tal(v.grundlag)}")
    if v.vaerdi is not None:
        dele.append(_vaerdi(v.vaerdi, v.decimaler, enhed))
    rest = [f"kilde: {v.kilde}"] if v.kilde else []
    return ", ".join(dele + rest)


@lru_cache(maxsize=20_000)
def _tal(n: int) -> str:
    return tal(n)


@lru_cache(maxsize=20_000)
def _vaerdi(vaerdi: Decimal, decimaler: int, enhed: str) -> str:
    vises = cifre(vaerdi, decimaler)
    return procent(vaerdi, vises) if enhed == Enhed.PROCENT else tal(vaerdi, vises)
