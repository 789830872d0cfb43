"""The criteria of the state's lists: data that is read in, the same for every plan."""

from django.core.exceptions import ValidationError
from django.db import transaction

from helhedsplan import actions
from helhedsplan.actions import Aendring
from indikatorer.models import Statuskriterium, Statusliste

LISTEFELTER = ("navn", "orden", "til_aar", "mindst", "bygger_paa", "aar_i_traek", "kilde", "verificeret")
KRITERIEFELTER = ("noegle", "navn", "orden", "art", "graense", "enhed", "skal")


@transaction.atomic
def indlaes_statuslister(*, bruger, lister: list[dict]) -> int:
    """Make the lists what the data says, in its order; the number that changed. Lists that are not in it stay.

    Each is known by its key and its first year. Raises ValidationError that names the list at fault.
    """
    return sum(_gem(bruger, orden, data) for orden, data in enumerate(lister, 1))


def _gem(bruger, orden: int, data: dict) -> bool:
    navn = f"{data.get('navn', '?')} fra {data.get('fra_aar', '?')}"
    try:
        return _gem_liste(bruger, {"orden": orden, **data})
    except ValidationError as fejl:
        raise ValidationError(f"{navn}: {' '.join(fejl.messages)}") from None
    except (TypeError, KeyError) as fejl:
        raise ValidationError(f"{navn}: Nøglerne passer ikke ({fejl}).") from None


def _gem_liste(bruger, data: dict) -> bool:
    raekker = [Statuskriterium(orden=nr, **raekke) for nr, raekke in enumerate(data.pop("kriterier", []), 1)]
    ny = Statusliste(**data)
    gammel = Statusliste.objects.filter(noegle=ny.noegle, fra_aar=ny.fra_aar).first()
    if gammel is None:
        actions.opret(bruger=bruger, objekt=ny, under=lambda: _skift_kriterier(ny, raekker))
        return True
    felter = {felt: getattr(ny, felt) for felt in LISTEFELTER}
    ekstra = _skift_kriterier(gammel, raekker)
    return actions.ret(bruger=bruger, objekt=gammel, felter=felter, tilladte=set(LISTEFELTER), ekstra=ekstra)


def _skift_kriterier(liste: Statusliste, nye: list[Statuskriterium]) -> list[Aendring]:
    """Replace the criteria of a list when they differ."""
    for kriterium in nye:
        kriterium.liste = liste
        kriterium.clean_fields()
    foer = list(liste.kriterier.all())
    if list(map(_felter, foer)) == list(map(_felter, nye)):
        return []
    liste.kriterier.all().delete()
    for kriterium in nye:
        kriterium.full_clean()
        kriterium.save()
    return [Aendring("kriterier", "kriterier", list(map(_i_ord, foer)), list(map(_i_ord, nye)))]


def _felter(kriterium: Statuskriterium) -> tuple:
    return tuple(getattr(kriterium, felt) for felt in KRITERIEFELTER)


def _i_ord(kriterium: Statuskriterium) -> str:
    grad = "skal" if kriterium.skal else "kan"
    return f"{kriterium.navn} {grad} være {kriterium.get_art_display()} {kriterium.graense.normalize():f}"
