"""The form of a rule-set file, and saving it. A rule set that a plan uses may get more rules, or be corrected with a
date and a reason; nothing else changes it."""

import difflib
from collections.abc import Hashable, Iterator
from typing import Annotated

from aftaler.choices import Afsnitsart, Dokumenttype
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
from aftaler.models.regelsaet import afsnitsfejl
from aftaler.planfil import rettelse
from aftaler.planfil.filmodel import Dato, Decimaltal, Filmodel, Heltal, JaNej, Liste, Oplyst, Post, Tekst, Under
from aftaler.planfil.gem import Gemmer, Standset
from aftaler.planfil.laes import Laeser
from aftaler.planfil.yaml_laeser import Felter, Knude, Yamlraekke
from aftaler.queries.regelsaet import ingen_har, kendte_indikatorer
from helhedsplan import parametergraenser, revisionsspor
from helhedsplan.actions import Aendring, aendringer_til
from helhedsplan.tilslutninger import PARAMETRE

FORMAT = "helhedsplan-regelsaet/1"


class FastIndikatorfil(Filmodel, model=FastIndikator, placering="nummer"):
    noegle: Tekst
    navn: Tekst
    enhed: Tekst = "procent"
    retning: Tekst = ""
    persongruppe: Tekst = ""


class Maalfil(Filmodel, model=OverordnetMaal, kende=("nummer",)):
    nummer: Heltal
    tekst: Tekst
    indikatorer: Liste[FastIndikatorfil] = []


class Forslagsfil(Filmodel, model=Delmaalsforslag, placering="nummer"):
    noegle: Tekst
    tekst: Tekst
    kilde: Tekst = ""
    verificeret: Tekst


class Indsatsomraadefil(Filmodel, model=Indsatsomraade, placering="nummer"):
    noegle: Tekst
    navn: Tekst
    maal: Annotated[Liste[Maalfil], Under(sorter=lambda data: data["nummer"])] = []
    delmaalsforslag: Liste[Forslagsfil] = []


class Skabelonafsnitsfil(Filmodel, model=Skabelonafsnit, kende=("noegle", "dokument"), placering="orden"):
    dokument: Tekst
    noegle: Tekst
    nummer: Tekst = ""
    titel: Tekst
    art: Tekst
    vejledning: Tekst = ""
    uddybning: Tekst = ""
    kilde: Tekst = ""


class Parameterfil(Filmodel, model=Regelparameter):
    noegle: Tekst
    navn: Tekst
    vaerdi: Decimaltal | None = None
    enhed: Tekst = ""
    kilde: Tekst = ""
    verificeret: Tekst
    note: Tekst = ""


class Godkendelsesregelfil(Filmodel, model=Godkendelsesregel, kende=("beroerer",), placering="orden"):
    beroerer: Tekst
    niveau: Heltal
    kilde: Tekst = ""
    verificeret: Tekst
    note: Tekst = ""


class Dokumentkravsfil(Filmodel, model=Dokumentkrav, kende=("noegle", "art"), placering="orden"):
    art: Tekst
    noegle: Tekst = ""
    navn: Tekst
    pr_indsatsomraade: JaNej = False
    underskrives: JaNej = False
    kilde: Tekst = ""
    verificeret: Tekst
    note: Tekst = ""

    def kendes_paa(self) -> Hashable:
        noegle, art = self.kendetegn()
        return noegle or art


class Regelsaetfil(Filmodel, model=Regelsaet):
    noegle: Tekst
    navn: Tekst
    regulativ: Oplyst | None = None
    ikraft: Dato | None = None
    verificeret: Tekst
    note: Tekst = ""
    rettet: Dato | None = None
    rettelse: Tekst = ""
    indsatsomraader: Liste[Indsatsomraadefil] = []
    skabelonafsnit: Liste[Skabelonafsnitsfil] = []
    parametre: Liste[Parameterfil] = []
    godkendelsesregler: Liste[Godkendelsesregelfil] = []
    dokumentkrav: Liste[Dokumentkravsfil] = []


def regelsaet_som_data(regelsaet: Regelsaet) -> dict:
    """A rule set as its file has it."""
    hentet = Regelsaet.objects.prefetch_related(*Regelsaetfil.forudhent()).get(pk=regelsaet.pk)
    return {"format": FORMAT, **Regelsaetfil.som_data(hentet)}


def laes_regelsaet(laeser: Laeser, rod: Felter) -> Post:
    post = laeser.laes_rod(Regelsaetfil, rod)
    for parameter in post.lister["parametre"]:
        if fejl := parametergraenser.fejl(parameter.laest.get("enhed") or "", parameter.laest.get("vaerdi")):
            laeser.fejl(parameter.linje("vaerdi"), parameter.sti("vaerdi"), fejl)
    numre: dict[int, Post] = {}
    for maal in (m for omraade in post.lister["indsatsomraader"] for m in omraade.lister["maal"]):
        nummer = maal.laest.get("nummer")
        if nummer in numre:
            besked = f"Mål tælles igennem hele regelsættet; {nummer} står også i linje {numre[nummer].linje('nummer')}."
            laeser.fejl(maal.linje("nummer"), maal.sti("nummer"), besked)
        elif nummer is not None:
            numre[nummer] = maal
    _tjek_afsnit(laeser, post)
    rettelse.tjek_rettet(laeser, post)
    _sig_hvad_der_mangler(laeser, post)
    return post


def _tjek_afsnit(laeser: Laeser, post: Post) -> None:
    """What a section holds belongs to one document, and stands in it once."""
    foerste: dict[tuple[str, str], Post] = {}
    for afsnit in post.lister["skabelonafsnit"]:
        dokument, art = afsnit.laest.get("dokument") or "", afsnit.laest.get("art") or ""
        if fejl := afsnitsfejl(dokument, art):
            laeser.fejl(afsnit.linje("art"), afsnit.sti("art"), fejl)
        elif art in Afsnitsart.values and Afsnitsart(art).dokument:
            if foer := foerste.get((dokument, art)):
                besked = f"»{Afsnitsart(art).label}« står allerede i linje {foer.linje('art')}."
                laeser.fejl(afsnit.linje("art"), afsnit.sti("art"), besked)
            foerste.setdefault((dokument, art), afsnit)


def _sig_hvad_der_mangler(laeser: Laeser, post: Post) -> None:
    """What loads, but gives less than its writer may think."""
    for parameter in post.lister["parametre"]:
        noegle = parameter.laest.get("noegle")
        if noegle and noegle not in PARAMETRE:
            naer = difflib.get_close_matches(noegle, PARAMETRE, n=1)
            forslag = f" Mente du »{naer[0]}«?" if naer else ""
            besked = f"Ingen regel bruger parameteren »{noegle}«. Den vises kun til oplysning.{forslag}"
            laeser.note(parameter.linje("noegle"), parameter.sti("noegle"), besked)
    kendte = kendte_indikatorer(post.laest.get("noegle") or "")
    for indikator in (i for i in post.alle() if i.art is FastIndikatorfil):
        noegle = indikator.laest.get("noegle") or ""
        if noegle and (besked := ingen_har(noegle, kendte)) and "Mente du" in besked:
            laeser.note(indikator.linje("noegle"), indikator.sti("noegle"), besked)
    med_afsnit = {a.laest.get("dokument") for a in post.lister["skabelonafsnit"]}
    for dokument in (d for d in Dokumenttype if d not in med_afsnit):
        besked = f"Regelsættet har ingen skabelon for {dokument.label.lower()}: papiret bliver en tom side."
        laeser.note(post.linje("skabelonafsnit"), post.sti("skabelonafsnit"), besked)


FROSSET = "{} er udgivet i programmet og ændres ikke af en fil. Lav en rettet version dér, eller giv det en ny nøgle."

#: Lists whose rows are rules on their own: one more changes none of the others.
KAN_FAA_FLERE = ("parametre", "godkendelsesregler", "dokumentkrav")


def gem_regelsaet(laeser: Laeser, post: Post, *, bruger, tilfoej: bool = False) -> str:
    """Save a rule set that was read without faults; tells whether it was 'oprettet', 'ændret', 'rettet', 'udvidet' or
    'uændret'.

    One that a plan uses is changed only by a file that says when and why it is corrected. `tilfoej`: rules that it
    lacks are taken in, if all it has stands in the file as it is.
    """
    gammelt = Regelsaet.objects.prefetch_related(*Regelsaetfil.forudhent()).filter(noegle=post.laest["noegle"]).first()
    if gammelt is None:
        post.objekt = Regelsaet.objects.create(**post.laest)
        aendringer = [Aendring(felt, felt, None, vaerdi) for felt, vaerdi in post.laest.items() if vaerdi]
        hvad = "oprettet"
    elif not any(_forskelle(Regelsaetfil.som_data(gammelt), post.data(), post.knude, "")):
        return "uændret"
    elif gammelt.frosset_her:
        laeser.fejl(post.linje("noegle"), post.sti("noegle"), FROSSET.format(gammelt))
        raise Standset
    elif plan := Helhedsplan.objects.filter(regelsaet=gammelt).order_by("pk").first():
        if rettelse.er_rettelse(gammelt, post):
            if not rettelse.ret_regelsaet(laeser, gammelt, post, bruger=bruger):
                raise Standset
            return "rettet"
        return _udvid(laeser, gammelt, post, plan, bruger=bruger, tilfoej=tilfoej)
    else:
        aendringer = _erstat(laeser, gammelt, post, bruger=bruger)
        hvad = "ændret"
    gemmer = Gemmer(laeser, bruger=bruger, ny=True, nye_filer=[])
    for liste in Regelsaetfil.lister:
        gemmer.opret_raekker(liste, post)
        aendringer.append(_raekkeaendring(liste, post.lister[liste.noegle]))
    _log(bruger, post.objekt, "indlæst", aendringer)
    return hvad


def _erstat(laeser: Laeser, gammelt: Regelsaet, post: Post, *, bruger) -> list[Aendring]:
    """The old rows go, and the fields become the file's."""
    post.objekt = gammelt
    aendringer = aendringer_til(gammelt, post.laest)
    gemmer = Gemmer(laeser, bruger=bruger, ny=True, nye_filer=[])
    for liste in Regelsaetfil.lister:
        gemmer.slet_raekker(liste, gammelt, post.linje(liste.noegle))
    for felt, vaerdi in post.laest.items():
        setattr(gammelt, felt, vaerdi)
    gammelt.save()
    return aendringer


def _raekkeaendring(liste: Under, poster: list[Post]) -> Aendring:
    navn = str(liste.art.model._meta.verbose_name_plural)
    return Aendring(liste.noegle, navn, None, [str(p.objekt) for p in poster])


def _log(bruger, regelsaet: Regelsaet, handling: str, aendringer: list[Aendring]) -> None:
    revisionsspor.skriv(
        bruger=bruger,
        kaede=revisionsspor.FAELLES,
        handling=handling,
        objekt=regelsaet,
        aendringer=[aendring.som_data() for aendring in aendringer],
    )


# --- a rule set in use ------------------------------------------------------------------------------------------------


def _udvid(laeser: Laeser, regelsaet: Regelsaet, post: Post, plan: Helhedsplan, *, bruger, tilfoej: bool) -> str:
    """Take in the rules that a rule set in use lacks. Anything else in which the file differs is refused."""
    fil = Regelsaetfil.af_objekt(regelsaet)
    gemt, ny = fil.data(), post.data()
    gemt_oevrigt, ny_oevrigt = ({k: v for k, v in d.items() if k not in KAN_FAA_FLERE} for d in (gemt, ny))
    forskelle = list(_forskelle(gemt_oevrigt, ny_oevrigt, post.knude, ""))
    lister = [liste for liste in Regelsaetfil.lister if liste.noegle in KAN_FAA_FLERE]
    nye: dict[str, list[Post]] = {}
    for liste in lister:
        egne = getattr(fil, liste.noegle)
        nye[liste.noegle] = _nye(liste, egne, post)
        forskelle += _rettede(liste, egne, post)
    for linje, sti, besked in forskelle:
        laeser.fejl(linje, sti, f"Regelsættet bruges af {plan} og kan ikke ændres. {besked}")
    if forskelle:
        laeser.note(post.knude.linje, "rettet", rettelse.VEJLEDNING)
    if not tilfoej:
        for en in (p for poster in nye.values() for p in poster):
            besked = (
                f"Regelsættet bruges af {plan} og har ikke reglen. Tag den med ved at indlæse med --tilfoej-regler."
            )
            laeser.fejl(en.knude.linje, en.knude.sti, besked)
    if laeser.alle_fejl:
        raise Standset
    if not any(nye.values()):
        return "uændret"
    post.objekt = regelsaet
    for liste in lister:
        _indsaet(liste, post, nye[liste.noegle])
    _log(bruger, regelsaet, "udvidet", [_raekkeaendring(liste, n) for liste in lister if (n := nye[liste.noegle])])
    return "udvidet"


def _nye(liste: Under, gemte: list[Filmodel], post: Post) -> list[Post]:
    kendte = {fil.kendes_paa() for fil in gemte}
    return [p for p in post.lister[liste.noegle] if p.noegle not in kendte]


def _rettede(liste: Under, gemte: list[Filmodel], post: Post) -> Iterator[tuple[int, str, str]]:
    """Where rules that are saved are others in the file, or not in it, or stand in another order where that counts."""
    poster = {p.noegle: p for p in post.lister[liste.noegle]}
    hele = post.linje(liste.noegle), post.sti(liste.noegle)
    kendte = {fil.kendes_paa(): fil.data() for fil in gemte}
    for noegle, data in kendte.items():
        if noegle in poster:
            yield from _forskelle(data, poster[noegle].data(), poster[noegle].knude, poster[noegle].knude.sti)
        else:
            yield *hele, f"Reglen »{noegle}« er her, men ikke i filen."
    if liste.art.placering and [n for n in kendte if n in poster] != [n for n in poster if n in kendte]:
        yield *hele, "Reglerne står i en anden rækkefølge."


def _indsaet(liste: Under, post: Post, nye: list[Post]) -> None:
    """The new rows, and all of the list in the file's order where it has one."""
    for en in nye:
        en.objekt = en.art.model(**liste.ejer(post.objekt), **en.laest)
        en.objekt.save()
    if liste.art.placering and nye:
        raekker = {liste.art.noegle_af(raekke): raekke for raekke in liste.hent(post.objekt)} | {
            en.noegle: en.objekt for en in nye
        }
        for nr, en in enumerate(post.lister[liste.noegle], 1):
            type(raekker[en.noegle]).objects.filter(pk=raekker[en.noegle].pk).update(**{liste.art.placering: nr})


def _forskelle(gemt, ny, knude: Knude, sti: str) -> Iterator[tuple[int, str, str]]:
    """Line, path and words for each place where the file differs from what is saved."""
    if isinstance(gemt, dict) and isinstance(ny, dict):
        for noegle in [*ny, *(n for n in gemt if n not in ny)]:
            under = knude.felter.get(noegle, knude) if isinstance(knude, Felter) else knude
            yield from _forskelle(gemt.get(noegle), ny.get(noegle), under, ".".join(filter(None, [sti, noegle])))
    elif isinstance(gemt, list) and isinstance(ny, list) and len(gemt) == len(ny):
        for nr, (foer, efter) in enumerate(zip(gemt, ny, strict=True), 1):
            under = knude.led[nr - 1] if isinstance(knude, Yamlraekke) else knude
            yield from _forskelle(foer, efter, under, f"{sti}[{nr}]")
    elif gemt != ny:
        yield knude.linje, sti, f"Her står {_vist(gemt)}; i filen står {_vist(ny)}."


def _vist(vaerdi) -> str:
    if vaerdi is None:
        return "intet"
    return f"{len(vaerdi)} på listen" if isinstance(vaerdi, list) else f"»{str(vaerdi)[:60]}«"
