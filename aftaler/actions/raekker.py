"""Create, change, delete and order the rows of a plan; the right is asked and the change logged in one place.

`FELTER` is the allow-list: what a form may write on each model. Rows below a row (seats, milestones, partners, table
rows) are given as a list of dicts and replaced as a whole; they count as a change of the row above them.
"""

import json
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max

from aftaler.choices import Milepaelsstatus
from aftaler.models import (
    Aktivitet,
    Behandling,
    Delmaal,
    EgetMaal,
    Faelles,
    Gruppe,
    Helhedsplan,
    Koblingsraekke,
    Koblingstabel,
    Lag,
    Maalovergang,
    Milepael,
    Navn,
    Omraade,
    Omraadeafdeling,
    Omraadeindsats,
    Omraadestoerrelse,
    Omtaltpapir,
    Part,
    Plads,
    Planmilepael,
    Planparameter,
    Risiko,
    Sagsnummer,
    Samarbejdspart,
    Sideplan,
)
from aftaler.models.bilag import UDGIVELSE
from aftaler.queries.adgang import kan, tjek, tjek_skriv
from aftaler.queries.dokument import AKTIVITETSANTAL, AKTIVITETSPROSA, MAALFELTER
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import Aendring, Raekkefejl, i_raekke, laas
from helhedsplan.formats import kort_dato
from helhedsplan.noegler import unik_noegle
from helhedsplan.rettigheder import PROGRAMMET, Rettighed
from helhedsplan.sikkerhedskopi.raekker import af_json, som_linje

FELTER: dict[type[models.Model], frozenset[str]] = {
    Part: frozenset(
        {
            "organisation", "administrerer", "gaelder_fra", "gaelder_fra_sagt", "gaelder_til", "gaelder_til_sagt",
            "underskriver", "underskriver_titel",
        }
    ),
    Omraade: frozenset({"navn", "starter", "starter_sagt", "slutter", "slutter_sagt", "note"}),
    Lag: frozenset(
        {
            "navn", "slags", "oven_paa", "til", "til_sagt", "gaelder_fra", "gaelder_fra_sagt", "aftalt_i", "beloeb",
            "omraader", "baggrund", "indhold",
        }
    ),
    Gruppe: frozenset({"navn", "art", "artsnavn", "over", "omraader", "moeder_pr_aar", "opgave"}),
    Koblingstabel: frozenset({"titel", "kolonne_fra", "kolonne_til"}),
    Omtaltpapir: frozenset(
        {"titel", "art", "dato", "dato_sagt", "kilde", *UDGIVELSE}
    ),
    Planparameter: frozenset({"vaerdi", "begrundelse"}),
    Delmaal: frozenset(
        {"kilde", "forslag", *MAALFELTER, "note", "aktiviteter"}
    ),
    Aktivitet: frozenset(
        {
            "navn", "status", "fortsaetter", "ansvarlig", *AKTIVITETSANTAL, *AKTIVITETSPROSA, "note", "omraader",
            "delmaal",
        }
    ),
}  # fmt: skip

LEDTID = ("fra", "fra_sagt", "til", "til_sagt")
#: Rows below a row: relation name -> (model, foreign key to the row above, fields). Names have one for each kind of
#: thing, called as the thing is.
UNDERRAEKKER = {
    "navne": (Navn, "", ("navn", "slags", "fra", "fra_sagt", "til", "til_sagt", "hvor")),
    "pladser": (Plads, "gruppe", ("titel", "antal", "organisation", "formand", "betingelse")),
    "medafdelinger": (Omraadeafdeling, "omraade", ("afdeling", *LEDTID)),
    "indsatser": (Omraadeindsats, "omraade", ("indsatsomraade", *LEDTID)),
    "stoerrelser": (Omraadestoerrelse, "omraade", ("hvad", "antal", "opgjort", "opgjort_sagt", "kilde")),
    "sagsnumre": (Sagsnummer, "plan", ("nummer", "gaelder")),
    "sideplaner": (Sideplan, "plan", ("navn", "slags", "beloeb", "kilde", "maal")),
    "behandlinger": (
        Behandling,
        "plan",
        ("organ", "afdeling", "dato", "dato_sagt", "punkt", "udfald", "ja", "nej", "vilkaar", "planer", "andre"),
    ),
    "faelles": (Faelles, "plan", ("slags", "navn", "beloeb", "kilde", "hoerer_til", "planer", "andre")),
    "raekker": (Koblingsraekke, "tabel", ("fra", "til", "maal")),
    "milepaele": (Milepael, "aktivitet", ("navn", "dato", "dato_sagt", "ansvarlig", "status")),
    "planmilepaele": (Planmilepael, "plan", ("navn", "ansvarlig", "dato", "dato_sagt", "status")),
    "maalovergange": (Maalovergang, "plan", ("fra", "til")),
    "egne_maal": (EgetMaal, "plan", ("tekst", "maales_paa")),
    "risici": (Risiko, "plan", ("navn", "sandsynlighed", "konsekvens", "haandtering", "ansvarlig")),
    "samarbejdsparter": (Samarbejdspart, "aktivitet", ("navn", "rolle")),
}


def _ejer(objekt: models.Model) -> models.Model:
    """What the row stands under, and shares its order and its keys with others under."""
    return objekt.delaftale if isinstance(objekt, (Delmaal, Aktivitet)) else objekt.plan


def _soeskende(objekt: models.Model) -> models.QuerySet:
    ejer = "delaftale" if isinstance(objekt, (Delmaal, Aktivitet)) else "plan"
    return type(objekt)._default_manager.filter(**{ejer: _ejer(objekt)})


@transaction.atomic
def opret(
    *,
    bruger,
    objekt: models.Model,
    m2m: dict | None = None,
    raekker: dict[str, list[dict]] | None = None,
    ekstra: Sequence[Aendring] = (),
) -> models.Model:
    """Add a row to a plan, last in its order and with a key made from its name. `ekstra` is for its entry in the log.

    Raises ValidationError, PermissionDenied.
    """
    tjek_skriv(bruger, _ejer(objekt))
    laas(_ejer(objekt))
    tjek_skrevet_ind(bruger, objekt, {})
    felter = {f.name for f in objekt._meta.fields}
    soeskende = _soeskende(objekt)
    if "orden" in felter:
        objekt.orden = (soeskende.aggregate(m=Max("orden"))["m"] or 0) + 1
    if "noegle" in felter and not objekt.noegle:
        objekt.noegle = unik_noegle(
            getattr(objekt, "navn", "") or objekt.tekst, soeskende.values_list("noegle", flat=True)
        )
    m2m = dict(m2m or {})
    aktiviteter = m2m.pop("aktiviteter", []) if isinstance(objekt, Delmaal) else []
    _tjek_sammenhaeng(objekt, {"fortsaetter": getattr(objekt, "fortsaetter", None), **m2m}, aktiviteter)

    def under() -> list[Aendring]:
        aendringer = [erstat_raekker(objekt, relation, nye) for relation, nye in (raekker or {}).items()]
        return [a for a in aendringer if a] + _saet_aktiviteter(objekt, aktiviteter) + list(ekstra)

    return actions.opret(bruger=bruger, objekt=objekt, m2m=m2m, under=under)


@transaction.atomic
def ret(
    *,
    bruger,
    objekt: models.Model,
    felter: dict,
    version: int | None,
    raekker: dict[str, list[dict]] | None = None,
    ekstra: Sequence[Aendring] = (),
) -> bool:
    """Change a row and the rows below it; True when anything differed. Raises Versionskonflikt, ValidationError."""
    tjek_skriv(bruger, objekt)
    gemt = laas(objekt, version)
    _tjek_ikke_i_kraft(gemt)
    tjek_skrevet_ind(bruger, gemt, felter)
    felter, ekstra = dict(felter), list(ekstra)
    aktiviteter = felter.pop("aktiviteter", None) if isinstance(objekt, Delmaal) else None
    _tjek_sammenhaeng(objekt, felter, aktiviteter or [], gemt)
    for relation, nye in (raekker or {}).items():
        if aendring := erstat_raekker(objekt, relation, nye, bruger=bruger):
            ekstra.append(aendring)
    if aktiviteter is not None:
        ekstra += _saet_aktiviteter(objekt, aktiviteter)
    return actions.ret(
        bruger=bruger, objekt=objekt, felter=felter, version=version, tilladte=FELTER[type(objekt)], ekstra=ekstra
    )


KUN_LEDEREN = (
    "Kun planens leder kan skrive, at noget gælder, eller rette det, der gælder. Lad feltet stå tomt, og frys papiret "
    "under Dokumenter."
)


def tjek_skrevet_ind(bruger, objekt: models.Model, felter: dict) -> None:
    """That something counts on top of the plan is the leader's to say, by a paper from outside as by an edition here,
    and there must be a granted plan under it. felter: what it is about to be."""
    if not isinstance(objekt, Lag):
        return
    bliver = any(felter.get(felt, getattr(objekt, felt)) for felt in ("gaelder_fra", "gaelder_fra_sagt"))
    if not bliver and objekt.begynder.er_mangler:
        return
    if not kan(bruger, Rettighed.STYR, objekt.plan):
        raise ValidationError({"gaelder_fra": KUN_LEDEREN}, code="leder")
    if bliver and bruger is not PROGRAMMET and (besked := objekt.intet_under):
        raise ValidationError({"gaelder_fra": besked}, code="fase")


def _tjek_ikke_i_kraft(objekt: models.Model) -> None:
    if isinstance(objekt, Lag) and (grund := objekt.laast):
        raise ValidationError(grund, code="i-kraft")


def _tjek_sammenhaeng(objekt: models.Model, felter: dict, aktiviteter, gemt: models.Model | None = None) -> None:
    """What is tied together is of one plan, and an activity goes on from one there or in the plan before.

    The forms offer nothing else. A link that stands already may stay.
    """
    fremmede = [o for o in felter.get("omraader") or [] if o.plan_id != objekt.plan.pk]
    fremmede += [d for d in felter.get("delmaal") or [] if d.delaftale_id != objekt.delaftale_id]
    fremmede += [a for a in aktiviteter if a.delaftale_id != objekt.delaftale_id]
    forrige = felter.get("fortsaetter")
    if forrige and (gemt is None or forrige.pk != gemt.fortsaetter_id):
        planer = {objekt.plan.pk, objekt.plan.forgaenger_id}
        fremmede += [forrige] if forrige.plan.pk not in planer or forrige.pk == objekt.pk else []
    if fremmede:
        raise ValidationError(f"»{fremmede[0]}« hører til et andet sted.", code="fremmed")


def _saet_aktiviteter(delmaal: models.Model, nye) -> list[Aendring]:
    """The activities that serve a delmål, set from the delmål's side."""
    if not isinstance(delmaal, Delmaal):
        return []
    foer, nye = list(delmaal.aktiviteter.order_by("orden", "pk")), list(nye)
    if {a.pk for a in foer} == {a.pk for a in nye}:
        return []
    delmaal.aktiviteter.set(nye)
    return [Aendring("aktiviteter", "aktiviteter", foer, nye)]


@transaction.atomic
def slet(*, bruger, objekt: models.Model) -> None:
    """Delete a row; one that something else leans on is refused with a message that names it."""
    tjek_skriv(bruger, _ejer(objekt))
    gemt = laas(objekt)
    _tjek_ikke_i_kraft(gemt)
    tjek_skrevet_ind(bruger, gemt, {"gaelder_fra": None, "gaelder_fra_sagt": ""})
    actions.slet(bruger=bruger, objekt=objekt)


def erstat_raekker(objekt: models.Model, relation: str, nye: list[dict], *, bruger=PROGRAMMET) -> Aendring | None:
    """Replace the rows below a row when they differ. Runs in the caller's transaction; validates every row. Those that
    `bruger` has taken out lie in the bin."""
    model, _, felter = UNDERRAEKKER[relation]
    staar = list(getattr(objekt, relation).all())
    gamle = [som_dict(raekke, felter) for raekke in staar]
    nye_raekker = [_ny_raekke(objekt, relation, orden, raekke) for orden, raekke in enumerate(nye, 1)]
    _tjek_ens(relation, [ny for ny, _ in nye_raekker])
    rensede = [{f: m2m[f] if f in m2m else getattr(ny, f) for f in felter} for ny, m2m in nye_raekker]
    if [_sammenlignelig(r) for r in gamle] == [_sammenlignelig(r) for r in rensede]:
        return None
    raa = [_raa(raekke) for raekke in gamle]
    for raekke in _taget_ud(staar, gamle, rensede, felter[0]):
        actions.laeg_i_kurv(bruger=bruger, objekt=raekke, plan=getattr(objekt, "plan", None))
    getattr(objekt, relation).all().delete()
    for ny, m2m in nye_raekker:
        ny.save()
        for felt, vaerdier in m2m.items():
            getattr(ny, felt).set(vaerdier)
    navn = str(model._meta.verbose_name_plural)
    return Aendring(relation, navn, [_i_ord(model, r) for r in gamle], [_i_ord(model, r) for r in rensede], raa)


def _raa(raekke: dict) -> dict:
    """A row as the log keeps it: relations by primary key, the rest as a backup writes it."""

    def enkel(vaerdi):
        if isinstance(vaerdi, list):
            return [v.pk for v in vaerdi]
        return vaerdi.pk if isinstance(vaerdi, models.Model) else vaerdi

    return dict(zip(raekke, json.loads(som_linje([enkel(v) for v in raekke.values()])), strict=True))


def raekker_fra_sporet(relation: str, raa: list[dict]) -> list[dict]:
    """Rows that the log keeps, in the form that `erstat_raekker` takes. Raises ValidationError when what one of them
    points at is gone, or rows have got other fields since."""
    model, _, felter = UNDERRAEKKER[relation]
    return [{navn: _fra_sporet(model._meta.get_field(navn), raekke[navn]) for navn in felter} for raekke in raa]


def _fra_sporet(felt: models.Field, raa):
    if not felt.is_relation:
        return af_json(raa)
    fundne = list(felt.related_model._base_manager.filter(pk__in=raa if felt.many_to_many else [raa]))
    if felt.many_to_many:
        return fundne
    if raa is not None and not fundne:
        hvad = str(felt.verbose_name)
        raise ValidationError(f"Noget af det, rækkerne peger på ({hvad}), er slettet siden.", code="slettet")
    return fundne[0] if fundne else None


def _taget_ud(staar: list[models.Model], gamle: list[dict], nye: list[dict], navn: str) -> list[models.Model]:
    """The rows that are gone, when there are fewer: those that no new row is called as."""
    kaldes = [_sammenlignelig(ny).get(navn) for ny in nye]
    vaek = [raekke for raekke, g in zip(staar, gamle, strict=True) if _sammenlignelig(g).get(navn) not in kaldes]
    return vaek if len(nye) < len(gamle) else []


def delt_med(plan: Helhedsplan) -> dict[Helhedsplan, list[str]]:
    """What is written in the plan and told by others too, by each of those."""
    ud: dict[Helhedsplan, list[str]] = {}
    for raekker in (plan.behandlinger, plan.faelles):
        for raekke in raekker.prefetch_related("planer"):
            for anden in raekke.planer.all():
                felter = UNDERRAEKKER[raekker.field.remote_field.related_name][2]
                ud.setdefault(anden, []).append(_i_ord(type(raekke), som_dict(raekke, felter)))
    return ud


def meld_delt(*, bruger, plan: Helhedsplan, foer: dict[Helhedsplan, list[str]]) -> None:
    """An entry in the log of each plan that tells something else now; what was drawn of it is drawn anew."""
    efter = delt_med(plan)
    for anden in sorted({*foer, *efter}, key=lambda p: p.noegle):
        var, er = foer.get(anden, []), efter.get(anden, [])
        if var != er:
            aendring = Aendring("faelles", f"fælles med {plan}", var, er).som_data()
            revisionsspor.skriv(
                bruger=bruger, kaede=anden.noegle, handling="rettet", objekt=anden, aendringer=[aendring]
            )


@transaction.atomic
def ret_planens(
    *,
    bruger,
    plan: Helhedsplan,
    relation: str,
    raekker: list[dict],
    version: int | None,
    ekstra: Sequence[Aendring] = (),
) -> bool:
    """Replace the rows of a plan's table; True when they differed. Who says something of another plan writes in that
    one too. Raises Versionskonflikt, PermissionDenied."""
    tjek(bruger, Rettighed.RET, plan)
    laas(plan, version)
    foer = delt_med(plan)
    for anden in {anden for raekke in raekker for anden in raekke.get("planer") or []} - set(foer):
        if anden == plan:
            raise ValidationError("En plan kan ikke være fælles med sig selv.", code="sig_selv")
        tjek(bruger, Rettighed.RET, anden)
    aendring = erstat_raekker(plan, relation, raekker, bruger=bruger)
    if aendring is None:
        return False
    meld_delt(bruger=bruger, plan=plan, foer=foer)
    return actions.ret(
        bruger=bruger, objekt=plan, felter={}, version=version, tilladte=set(), ekstra=[aendring, *ekstra]
    )


def _ny_raekke(objekt: models.Model, relation: str, orden: int, raekke: dict) -> tuple[models.Model, dict]:
    """A row that is not saved, cleaned, and its relations to many. Raises ValidationError."""
    model, ejer, felter = UNDERRAEKKER[relation]
    m2m = {f: list(raekke.get(f) or []) for f in felter if model._meta.get_field(f).many_to_many}
    enkle = {f: raekke[f] for f in felter if f not in m2m and raekke.get(f) is not None}
    ny = model(**{ejer or str(objekt._meta.model_name): objekt}, orden=orden, **enkle)
    if isinstance(ny, Samarbejdspart):
        ny.delaftale = objekt.delaftale
    with i_raekke(relation, orden):
        ny.full_clean(validate_unique=False, validate_constraints=False)
        for regel in model._meta.constraints:  # those that say there is but one are asked of the new rows, not the old
            if not isinstance(regel, models.UniqueConstraint):
                regel.validate(model, ny)
    return ny, m2m


def _tjek_ens(relation: str, nye: list[models.Model]) -> None:
    """No two of the rows may be the same where there is to be but one."""
    regler = [r for r in UNDERRAEKKER[relation][0]._meta.constraints if isinstance(r, models.UniqueConstraint)]
    for regel in regler:
        set_: set[tuple] = set()
        for nr, ny in enumerate(nye, 1):
            if (vaerdier := tuple(getattr(ny, felt) for felt in regel.fields)) in set_:
                ved = {regel.violation_error_code: regel.violation_error_message}
                raise Raekkefejl(relation, {nr: ValidationError(ved)})
            set_.add(vaerdier)


def som_dict(raekke: models.Model, felter) -> dict:
    """A saved row in the form that `erstat_raekker` takes."""
    return {
        felt: list(getattr(raekke, felt).all()) if raekke._meta.get_field(felt).many_to_many else getattr(raekke, felt)
        for felt in felter
    }


def _sammenlignelig(raekke: dict) -> dict:
    """Missing and empty are the same; relations compare by key."""

    def enkel(vaerdi):
        if isinstance(vaerdi, (list, tuple, models.QuerySet)):
            return sorted(v.pk for v in vaerdi)
        return vaerdi.pk if isinstance(vaerdi, models.Model) else vaerdi or None

    return {felt: enkel(v) or None for felt, v in raekke.items()}


def _i_ord(model: type[models.Model], raekke: dict) -> str:
    """The row as the log has it: what is filled in and differs from what a new row has, and the names of the boxes
    that are ticked."""

    def ord_(felt: models.Field, vaerdi) -> str:
        if isinstance(vaerdi, bool):
            return str(felt.verbose_name)
        if isinstance(vaerdi, list):
            return ", ".join(map(str, vaerdi))
        return kort_dato(vaerdi) if isinstance(vaerdi, date) else str(dict(felt.flatchoices).get(vaerdi, vaerdi))

    felter = [(model._meta.get_field(navn), v) for navn, v in raekke.items() if v not in (None, "", [], False)]
    return " · ".join(ord_(felt, v) for felt, v in felter if felt.many_to_many or v != felt.get_default())


@transaction.atomic
def sorter(*, bruger, ejer, relation: str, noegler: list[str]) -> bool:
    """Put the rows of a relation in the order of their keys; keys left out come last.

    One entry on the owner's history.
    """
    plan: Helhedsplan = ejer.plan
    tjek_skriv(bruger, ejer)
    laas(ejer)
    raekker = list(getattr(ejer, relation).all())
    plads = {str(noegle): nr for nr, noegle in enumerate(noegler)}
    nye = sorted(raekker, key=lambda r: plads.get(str(getattr(r, "noegle", r.pk)), len(noegler)))
    if nye == raekker:
        return False
    for orden, raekke in enumerate(nye, 1):
        type(raekke)._default_manager.filter(pk=raekke.pk).update(orden=orden)
    navn = f"rækkefølge af {nye[0]._meta.verbose_name_plural}"
    aendring = Aendring(relation, navn, [str(r) for r in raekker], [str(r) for r in nye]).som_data()
    revisionsspor.skriv(bruger=bruger, kaede=plan.noegle, handling="sorteret", objekt=ejer, aendringer=[aendring])
    return True


@transaction.atomic
def flyt(*, bruger, ejer, relation: str, noegle: str, skridt: int) -> bool:
    """Move one row up (-1) or down (+1)."""
    tjek_skriv(bruger, ejer)
    laas(ejer)
    noegler = [str(getattr(r, "noegle", r.pk)) for r in getattr(ejer, relation).all()]
    if noegle not in noegler:
        return False
    fra = noegler.index(noegle)
    til = min(max(fra + skridt, 0), len(noegler) - 1)
    noegler.insert(til, noegler.pop(fra))
    return sorter(bruger=bruger, ejer=ejer, relation=relation, noegler=noegler)


@transaction.atomic
def meld_naaet(*, bruger, milepael: Milepael | Planmilepael) -> bool:
    """A milestone is reached. Counts as a change of what it stands under, so that who has an older page is told."""
    ejer = milepael.aktivitet if isinstance(milepael, Milepael) else milepael.plan
    tjek(bruger, Rettighed.RET, ejer.plan)
    laas(ejer)
    gemt = laas(milepael)
    if gemt.status == Milepaelsstatus.NAAET:
        return False
    efter = Milepaelsstatus.NAAET
    aendring = Aendring("milepaele", f"milepælen »{gemt.navn}«", gemt.get_status_display(), efter.label)
    type(gemt).objects.filter(pk=gemt.pk).update(status=efter)
    return actions.ret(bruger=bruger, objekt=ejer, felter={}, tilladte=set(), ekstra=[aendring], handling="nået")
