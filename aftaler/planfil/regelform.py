"""The form of a rule-set file, and saving it. A rule set that a plan uses is never changed."""

from collections.abc import Iterator

from aftaler.models import (
    Delmaalsforslag,
    Dokumentkrav,
    FastIndikator,
    Godkendelsesregel,
    Helhedsplan,
    Indsatsomraade,
    OverordnetMaal,
    Regelparameter,
    Regelsaet,
    Skabelonafsnit,
)
from aftaler.planfil.form import Art, Liste, Post, Vaerdi, forudhent
from aftaler.planfil.gem import Gemmer, Standset
from aftaler.planfil.knuder import Felter, Knude, Raekke
from aftaler.planfil.laes import Laeser
from helhedsplan import revisionsspor
from helhedsplan.actions import Aendring, aendringer_til

FORMAT = "helhedsplan-regelsaet/1"

INDIKATOR = Art(
    FastIndikator,
    (Vaerdi("noegle"), Vaerdi("navn"), Vaerdi("enhed"), Vaerdi("retning"), Vaerdi("persongruppe")),
    placering="nummer",
)
MAAL = Art(
    OverordnetMaal,
    (Vaerdi("nummer"), Vaerdi("tekst"), Liste("indikatorer", INDIKATOR, lambda m: {"maal": m})),
    noegle=lambda data: data.get("nummer"),
)
FORSLAG = Art(
    Delmaalsforslag, (Vaerdi("noegle"), Vaerdi("tekst"), Vaerdi("kilde"), Vaerdi("verificeret")), placering="nummer"
)
INDSATSOMRAADE = Art(
    Indsatsomraade,
    (
        Vaerdi("noegle"),
        Vaerdi("navn"),
        Liste("maal", MAAL, lambda o: {"indsatsomraade": o}, sorter=lambda data: data["nummer"]),
        Liste("delmaalsforslag", FORSLAG, lambda o: {"indsatsomraade": o}),
    ),
    placering="nummer",
)
SKABELONAFSNIT = Art(
    Skabelonafsnit,
    (
        Vaerdi("dokument"),
        Vaerdi("noegle"),
        Vaerdi("nummer"),
        Vaerdi("titel"),
        Vaerdi("art"),
        Vaerdi("vejledning"),
        Vaerdi("uddybning"),
        Vaerdi("kilde"),
    ),
    noegle=lambda data: data.get("noegle") and (data.get("dokument"), data["noegle"]),
    placering="orden",
)
PARAMETER = Art(
    Regelparameter,
    (
        Vaerdi("noegle"),
        Vaerdi("navn"),
        Vaerdi("vaerdi"),
        Vaerdi("enhed"),
        Vaerdi("kilde"),
        Vaerdi("verificeret"),
        Vaerdi("note"),
    ),
)
GODKENDELSESREGEL = Art(
    Godkendelsesregel,
    (Vaerdi("beroerer"), Vaerdi("niveau"), Vaerdi("kilde"), Vaerdi("verificeret"), Vaerdi("note")),
    noegle=lambda data: data.get("beroerer"),
    placering="orden",
)
DOKUMENTKRAV = Art(
    Dokumentkrav,
    (
        Vaerdi("art"),
        Vaerdi("navn"),
        Vaerdi("pr_indsatsomraade"),
        Vaerdi("underskrives"),
        Vaerdi("kilde"),
        Vaerdi("verificeret"),
        Vaerdi("note"),
    ),
    noegle=lambda data: data.get("art"),
    placering="orden",
)
REGELSAET = Art(
    Regelsaet,
    (
        Vaerdi("noegle"),
        Vaerdi("navn"),
        Vaerdi("regulativ"),
        Vaerdi("ikraft"),
        Vaerdi("verificeret"),
        Vaerdi("note"),
        Liste("indsatsomraader", INDSATSOMRAADE, lambda r: {"regelsaet": r}),
        Liste("skabelonafsnit", SKABELONAFSNIT, lambda r: {"regelsaet": r}),
        Liste("parametre", PARAMETER, lambda r: {"regelsaet": r}),
        Liste("godkendelsesregler", GODKENDELSESREGEL, lambda r: {"regelsaet": r}),
        Liste("dokumentkrav", DOKUMENTKRAV, lambda r: {"regelsaet": r}),
    ),
)


def regelsaet_som_data(regelsaet: Regelsaet) -> dict:
    """A rule set as its file has it."""
    hentet = Regelsaet.objects.prefetch_related(*forudhent(REGELSAET)).get(pk=regelsaet.pk)
    return {"format": FORMAT, **REGELSAET.som_data(hentet)}


def laes_regelsaet(laeser: Laeser, rod: Felter) -> Post:
    post = laeser.laes_felter(REGELSAET, rod)
    numre: dict[int, Post] = {}
    for maal in (m for omraade in post.lister["indsatsomraader"] for m in omraade.lister["maal"]):
        nummer = maal.laest.get("nummer")
        if nummer in numre:
            besked = f"Mål tælles igennem hele regelsættet; {nummer} står også i linje {numre[nummer].linje('nummer')}."
            laeser.fejl(maal.linje("nummer"), maal.sti("nummer"), besked)
        elif nummer is not None:
            numre[nummer] = maal
    return post


def gem_regelsaet(laeser: Laeser, post: Post, *, bruger) -> str:
    """Save a rule set that was read without faults; tells whether it was 'oprettet', 'ændret' or 'uændret'."""
    noegle = post.laest["noegle"]
    gammelt = Regelsaet.objects.prefetch_related(*forudhent(REGELSAET)).filter(noegle=noegle).first()
    gemmer = Gemmer(laeser, bruger=bruger, ny=True, nye_filer=[])
    if gammelt is None:
        post.objekt = Regelsaet.objects.create(**post.laest)
        aendringer = [Aendring(felt, felt, None, vaerdi) for felt, vaerdi in post.laest.items() if vaerdi]
    else:
        forskelle = list(_forskelle(REGELSAET.som_data(gammelt), post.data(), post.knude, ""))
        if not forskelle:
            return "uændret"
        _afvis_hvis_brugt(laeser, gammelt, forskelle)
        post.objekt = gammelt
        aendringer = aendringer_til(gammelt, post.laest)
        for liste in REGELSAET.lister:
            gemmer.slet_raekker(liste, gammelt, post.linje(liste.noegle))
        for felt, vaerdi in post.laest.items():
            setattr(gammelt, felt, vaerdi)
        gammelt.save()
    for liste in REGELSAET.lister:
        gemmer.opret_raekker(liste, post)
        navn = str(liste.art.model._meta.verbose_name_plural)
        aendringer.append(Aendring(liste.noegle, navn, None, [str(p.objekt) for p in post.lister[liste.noegle]]))
    revisionsspor.skriv(
        bruger=bruger,
        kaede=revisionsspor.FAELLES,
        handling="indlæst",
        objekt=post.objekt,
        aendringer=[aendring.som_data() for aendring in aendringer],
    )
    return "oprettet" if gammelt is None else "ændret"


def _afvis_hvis_brugt(laeser: Laeser, regelsaet: Regelsaet, forskelle: list[tuple[int, str, str]]) -> None:
    plan = Helhedsplan.objects.filter(regelsaet=regelsaet).order_by("pk").first()
    if plan is None:
        return
    for linje, sti, besked in forskelle:
        laeser.fejl(linje, sti, f"Regelsættet bruges af {plan} og kan ikke ændres. {besked}")
    raise Standset


def _forskelle(gemt, ny, knude: Knude, sti: str) -> Iterator[tuple[int, str, str]]:
    """Line, path and words for each place where the file differs from what is saved."""
    if isinstance(gemt, dict) and isinstance(ny, dict):
        for noegle in [*ny, *(n for n in gemt if n not in ny)]:
            under = knude.felter.get(noegle, knude) if isinstance(knude, Felter) else knude
            yield from _forskelle(gemt.get(noegle), ny.get(noegle), under, ".".join(filter(None, [sti, noegle])))
    elif isinstance(gemt, list) and isinstance(ny, list) and len(gemt) == len(ny):
        for nr, (foer, efter) in enumerate(zip(gemt, ny, strict=True), 1):
            under = knude.led[nr - 1] if isinstance(knude, Raekke) else knude
            yield from _forskelle(foer, efter, under, f"{sti}[{nr}]")
    elif gemt != ny:
        yield knude.linje, sti, f"Her står {_vist(gemt)}; i filen står {_vist(ny)}."


def _vist(vaerdi) -> str:
    if vaerdi is None:
        return "intet"
    return f"{len(vaerdi)} på listen" if isinstance(vaerdi, list) else f"»{str(vaerdi)[:60]}«"
