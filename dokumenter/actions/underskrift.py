"""Signing an edition: in the program, at a service outside, or with ink. One state per party, one chain of files.

Nothing is signed before it is decided on, and a file is never changed after a signature other than by the next one.
The edition's row is held while a file is made, so that two who sign at once come after each other: the second signs
what the first has made. A stranger's file is judged before anything is held. The bytes are kept before the transaction
ends; if it does not, the edition is as before and a file is left over that nothing names. What is refused is not in the
record.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from aftaler.actions.meddelelse import meddel
from aftaler.choices import Meddelelsesgruppe
from aftaler.queries.adgang import kan, tjek
from dokumenter import lager, rules
from dokumenter.actions.bilag import Fil, gem_bilag
from dokumenter.choices import Filart, Underskriftsmetode
from dokumenter.models import Filrevision, Udgave, Underskriver
from dokumenter.queries.underskrift import (
    PAAMINDET,
    Tavle,
    foer_i_raekken,
    mangler_for_traek,
    tavle,
    udgavens_hindring,
)
from dokumenter.underskrift import certifikater, modtag, sammenlignet, skriv, valider
from dokumenter.underskrift.domme import Afvist, Dom, KanIkkeUnderskrive
from dokumenter.underskrift.tjenester import Opsaetningsfejl, opsatte
from helhedsplan import actions, revisionsspor, udbakke
from helhedsplan.actions import Aendring, laas
from helhedsplan.formats import antal as i_ord
from helhedsplan.formats import lang_dato, opremsning
from helhedsplan.grunde import tjek_grund
from helhedsplan.models import Udbakkebrev
from helhedsplan.rettigheder import Rettighed

#: What the log says was done: who hands in somebody else's signature has not signed.
HANDLINGER: dict[str, str] = {
    str(Underskriftsmetode.PROGRAM): "underskrevet",
    str(Underskriftsmetode.EKSTERN): "underskrevet hos en tjeneste",
    str(Underskriftsmetode.BLAEK): "underskrevet på papir",
}
STATUSFELTER = frozenset({"metode", "underskrevet", "filrevision"})
#: So much of the document id's end tells one edition from every other.
ID_CIFRE = 12
FULDMAGTSFIL = ("fuldmagt_fil", "fuldmagt_filnavn", "fuldmagt_sha256")
INGEN_FULDMAGT: dict = {"fuldmagt_fra": "", "fuldmagt_dato": None} | dict.fromkeys(FULDMAGTSFIL, "")
#: So often a file is judged anew when somebody else has signed meanwhile.
FORSOEG = 3
#: The kind of letter that reminds of a signature.
UNDERSKRIFTSBREV = "underskrift"
R = TypeVar("R")
VALGFELTER = frozenset({"bruger", "orden", "stedfortraeder", *INGEN_FULDMAGT})


# --- who signs ------------------------------------------------------------------------------------------------------


@transaction.atomic
def vaelg_underskriver(
    *,
    bruger,
    underskriver: Underskriver,
    felter: dict,
    version: int | None,
    fil: Fil | None = None,
    besked: bool = True,
) -> bool:
    """Say which account signs for a party, and when it is its turn (`orden`, 0 for any).

    Somebody else than the paper names needs a mandate: from whom, of what day, and perhaps as a file (`fil`). One given
    to another person does not follow along. Who was chosen before that was asked for stays.
    `besked`: tell the person. Raises ValidationError.
    """
    tjek(bruger, Rettighed.RET, underskriver.plan)
    gemt = laas(underskriver)
    if gemt.underskrevet is not None:
        raise ValidationError(f"{gemt.part_navn} har allerede skrevet under.", code="underskrevet")
    valgt = felter.get("bruger")
    if valgt is not None and valgt.pk != gemt.bruger_id and not kan(valgt, Rettighed.DELTAG, underskriver.plan):
        raise ValidationError({"bruger": "Vælg en, der kan skrive under i planen."})
    felter = _med_fuldmagt(gemt, felter, fil)
    ny = valgt is not None and valgt.pk not in (gemt.bruger_id, bruger.pk)
    rettet = actions.ret(bruger=bruger, objekt=underskriver, felter=felter, version=version, tilladte=VALGFELTER)
    if ny and besked:
        _meddel_udpeget(underskriver)
    return rettet


def _meddel_udpeget(underskriver: Underskriver) -> None:
    """Whoever can sign now is reminded by the daily letter anyhow."""
    udgave = underskriver.udgave
    kan_nu = not (udgavens_hindring(udgave) or foer_i_raekken(underskriver, list(udgave.underskrivere.all())))
    meddel(
        plan=udgave.plan,
        modtagere=[underskriver.bruger_id],
        gruppe=Meddelelsesgruppe.PAPIRER,
        tekst=f"Du er valgt til at skrive under på {udgave.titel}",
        sti=reverse("udgave-underskriv" if kan_nu else "underskrift-tavle", args=[udgave.plan.noegle, udgave.pk]),
        kun_straks=kan_nu,
    )


def _med_fuldmagt(gemt: Underskriver, felter: dict, fil: Fil | None) -> dict:
    """The fields with the mandate that goes with them. Raises ValidationError where one is needed, or half of one."""
    ny = gemt.hvem_naar(felter)
    skiftet = not rules.samme_person(ny, gemt.hvem)
    if skiftet and "fuldmagt_fra" not in felter:
        felter = INGEN_FULDMAGT | felter
    fra, dato = (felter.get(navn, getattr(gemt, navn)) for navn in ("fuldmagt_fra", "fuldmagt_dato"))
    if bool(fra) != bool(dato) or (fil and not fra):
        halv = {"fuldmagt_dato": "Skriv fuldmagtens dato."} if fra else {"fuldmagt_fra": "Skriv, hvem der gav den."}
        raise ValidationError(halv, code="fuldmagt")
    if dato and dato > timezone.localdate():
        raise ValidationError({"fuldmagt_dato": "Fuldmagten kan ikke være fra en dag, der ikke er kommet."})
    ny_fuldmagt = (fra, dato) != (gemt.fuldmagt_fra, gemt.fuldmagt_dato)
    if fra and dato and ny_fuldmagt and (galt := rules.mangler_i_fuldmagten(fra, dato, gemt.plan.begynder)):
        raise ValidationError(galt, code="fuldmagt")
    if skiftet and (mangler := rules.mangler_fuldmagt(gemt.navn, ny, fra)):
        raise ValidationError({"fuldmagt_fra": mangler}, code="fuldmagt")
    if not fra:
        return INGEN_FULDMAGT | {navn: v for navn, v in felter.items() if navn not in INGEN_FULDMAGT}
    if fil is None:
        return felter
    return felter | dict(zip(FULDMAGTSFIL, gem_bilag(fil, "fil", "fuldmagter"), strict=True))


# --- the three ways -------------------------------------------------------------------------------------------------


@transaction.atomic
def underskriv(*, bruger, underskriver: Underskriver) -> Filrevision:
    """Sign for one's own party with the installation's certificate. The caller has asked for the password again.

    Raises PermissionDenied for somebody else's line, ValidationError when it cannot be signed now.
    """
    if underskriver.bruger_id is None or underskriver.bruger_id != bruger.pk:
        raise PermissionDenied("Du kan kun skrive under for den part, du selv står for.")
    tjek(bruger, Rettighed.DELTAG, underskriver.plan)
    nu = laas_tavle(underskriver.udgave)
    (egen,) = _klar(nu, [underskriver])
    nyeste = nu.nyeste
    part = egen.part_navn
    rules.tjek(rules.mangler_fuldmagt(egen.navn, str(bruger), egen.fuldmagt_fra))
    tekst = skriv.Underskriftstekst(
        str(bruger), f"Underskriver {nu.udgave.titel}, udgave {nu.udgave.nummer}, for {part}"
    )
    try:
        with certifikater.segl() as segl:
            data = skriv.underskriv(hent_fil(nyeste), segl=segl, tekst=tekst)
    except KanIkkeUnderskrive as fejl:
        raise ValidationError(str(fejl), code="segl") from fejl
    fil = gem_fil(bruger=bruger, nu=nu, data=data, art=Filart.UNDERSKREVET, foer=nyeste)
    _skriv_under(bruger, [egen], Underskriftsmetode.PROGRAM, fil, timezone.now())
    return fil


def modtag_ekstern(*, bruger, udgave: Udgave, underskrivere: Sequence[Underskriver], data: bytes) -> Filrevision:
    """Take a file that was signed at a service outside, for the parties that have signed in it.

    It must continue the newest file byte for byte and add nothing but signatures; or, from a service that saves the
    paper anew before signing, be the issued one as it is built and drawn, but for what a service that is set up by
    name is known to add. Every signature in it must hold.
    """
    tjek(bruger, Rettighed.RET, udgave.plan)
    with _efter_proeven(udgave, lambda nu: _proev_ekstern(nu, data, len(_klar(nu, underskrivere)))) as (nu, proevet):
        art, domme, fundet = proevet
        ord_ = [dom.siger_selv for dom in domme if dom.siger_selv]
        tilfoejet = {"tjeneste": fundet.tjeneste, "tilfoejet": [*fundet.tilfoejet, *fundet.sagt, *ord_]}
        fil = gem_fil(bruger=bruger, nu=nu, data=data, art=art, foer=nu.nyeste, **tilfoejet)
        # What the signer's own clock says; one that runs ahead has signed no later than now.
        hvornaar = min(domme[-1].tidspunkt or timezone.now(), timezone.now())
        _skriv_under(bruger, _klar(nu, underskrivere), Underskriftsmetode.EKSTERN, fil, hvornaar)
        return fil


def _proev_ekstern(
    nu: Tavle, data: bytes, antal: int
) -> tuple[str, list[valider.Underskriftsdom], sammenlignet.Filsammenligning]:
    """The kind of file it is, the signatures that are new in it, and what has come to the paper. Raises Afvist."""
    modtag.tjek_fil(data)
    nyeste, udstedt = hent_fil(nu.nyeste), hent_fil(nu.filer[0])
    domme = valider.valider(data, certifikater.roedder())
    if modtag.bygger_paa(data, udstedt, nyeste) and valider.kun_underskrifter_siden(data, nyeste):
        art, foer = Filart.UNDERSKREVET, skriv.antal_underskrifter(nyeste)
    else:
        if not domme and modtag.er_scanning(data):
            raise Afvist(Dom.ER_SCANNING)
        modtag.tjek_id(modtag.laes_indhold(data), nu.udgave.dokument_id, modtag.laes_indhold(udstedt))
        if nu.nyeste.art != Filart.UDSTEDT:
            raise _ikke_den_nyeste(nu, udstedt, nyeste, data)
        art, foer = Filart.STEMPLET, 0
    valider.tjek_underskrifter(domme)
    valider.tjek_tidsstempler(data, nyeste, certifikater.roedder())
    fundet = holdt_op_mod(nu.udgave, udstedt, data)
    if fundet.forskelle:
        raise Afvist(Dom.AENDRET_FOER, forskelle=fundet.forskelle)
    if len(domme) == foer:
        raise Afvist(Dom.UDEN_UNDERSKRIFT)
    if len(domme) - foer < antal:
        fundne = i_ord(len(domme) - foer, "ny underskrift", "nye underskrifter")
        raise Afvist(Dom.FOR_FAA_UNDERSKRIFTER, fundet=fundne, ventet=i_ord(antal, "part", "parter"))
    if fundet.laast and antal < len(nu.mangler):
        # Whom the person has not chosen; who is named first does not matter.
        raise Afvist(Dom.LAAST, mangler=opremsning([linje.underskriver.part_navn for linje in nu.mangler]))
    return str(art), domme[foer:], fundet


def _ikke_den_nyeste(nu: Tavle, udstedt: bytes, nyeste: bytes, data: bytes) -> Afvist:
    """Why a file is not the newest with signatures on: it is an older one, or more than signatures has come to it."""
    if not data.startswith(nyeste):
        return Afvist(Dom.FORAELDET)
    fundet = holdt_op_mod(nu.udgave, udstedt, data)
    return Afvist(Dom.AENDRET_EFTER, forskelle=fundet.forskelle or "Det er ikke noget, der ses på siderne.")


def holdt_op_mod(udgave: Udgave, udstedt: bytes, data: bytes) -> sammenlignet.Filsammenligning:
    """How a file differs from the one that was issued for the edition. Raises Afvist."""
    underskrivere = udgave.underskrivere.all()
    navne = [navn for u in underskrivere for navn in (u.part_navn, u.navn, u.titel) if navn]
    try:
        tjenester = opsatte()
    except Opsaetningsfejl as fejl:
        raise Afvist(Dom.OPSAETNING) from fejl
    return sammenlignet.sammenlign(udstedt, data, tjenester, navne)


def modtag_scannet(
    *, bruger, udgave: Udgave, underskrivere: Sequence[Underskriver], data: bytes, dato: date, laest_id: str
) -> Filrevision:
    """Take a scan of the paper with the parties' ink on it.

    `laest_id` is the end of the document id as the person reads it on the paper, and so states which edition it is.
    """
    tjek(bruger, Rettighed.RET, udgave.plan)

    def proev(nu: Tavle) -> None:
        _klar(nu, underskrivere)
        if not _er_slutningen(laest_id, nu.udgave.dokument_id):
            besked = (
                "Det er ikke denne udgave. Se efter nederst på papirets sider; står der noget andet, er det en anden."
            )
            raise ValidationError({"laest_id": besked})
        if dato > timezone.localdate():
            raise ValidationError({"dato": "Datoen ligger ude i fremtiden."})
        lavet = timezone.localdate(nu.udgave.frosset)
        if dato < lavet:
            raise ValidationError({"dato": f"Udgaven blev først lavet {lang_dato(lavet)}."})
        modtag.tjek_fil(data)
        modtag.tjek_scan(data, nu.udgave.dokument_id, hent_fil(nu.filer[0]))

    with _efter_proeven(udgave, proev) as (nu, _):
        egne = _klar(nu, underskrivere)
        fil = gem_fil(bruger=bruger, nu=nu, data=data, art=Filart.SCANNET, foer=nu.filer[-1])
        _skriv_under(bruger, egne, Underskriftsmetode.BLAEK, fil, timezone.make_aware(datetime.combine(dato, time(12))))
        return fil


@transaction.atomic
def traek_scan(*, bruger, udgave: Udgave, fil: Filrevision, grund: str) -> list[Underskriver]:
    """Withdraw a scan that was a wrong one: the parties that signed with it have not signed, and sign anew. Who they
    were. Those who have signed in other files have done so still. The file stays, marked, for whoever asks.

    Raises ValidationError when the edition is in force, or the file is no scan or is withdrawn already.
    """
    tjek(bruger, Rettighed.RET, udgave.plan)
    nu = laas_tavle(udgave)
    gemt = laas(fil)
    if gemt.udgave_id != nu.udgave.pk:
        raise ValidationError("Filen hører ikke til udgaven.", code="fremmed")
    rules.tjek(mangler_for_traek(nu.udgave, gemt))
    tjek_grund(grund, "grund", "Skriv, hvorfor papiret trækkes tilbage.")
    felter = {"trukket": timezone.now(), "trukket_grund": grund.strip()}
    actions.ret(bruger=bruger, objekt=gemt, felter=felter, tilladte=set(felter), handling="trukket tilbage")
    egne = [linje.underskriver for linje in nu.linjer if linje.underskriver.filrevision_id == gemt.pk]
    tom = {"metode": Underskriftsmetode.INGEN, "underskrevet": None, "filrevision": None}
    for egen in egne:
        actions.ret(
            bruger=bruger, objekt=egen, felter=tom, tilladte=STATUSFELTER, handling="underskrift trukket tilbage"
        )
    meddel(
        plan=nu.udgave.plan,
        modtagere=[u.bruger_id for u in egne if u.bruger_id != bruger.pk],
        gruppe=Meddelelsesgruppe.PAPIRER,
        tekst=f"Din underskrift på {nu.udgave.titel} er trukket tilbage, fordi det scannede papir var forkert",
        sti=reverse("underskrift-tavle", args=[nu.udgave.plan.noegle, nu.udgave.pk]),
    )
    return egne


def _er_slutningen(laest: str, dokument_id: str) -> bool:
    laest = "".join(laest.lower().split())
    return len(laest) >= ID_CIFRE and dokument_id.lower().endswith(laest)


@contextmanager
def _efter_proeven(udgave: Udgave, proev: Callable[[Tavle], R]) -> Iterator[tuple[Tavle, R]]:
    """(who has signed, what `proev` found), the edition held, for as long as the block lasts.

    A stranger's file is judged before anything is held, since that takes seconds, in which nobody else could write;
    and again, when somebody has signed or put a file in meanwhile. Raises ValidationError for what `proev` refuses.
    """
    for _ in range(FORSOEG):
        set_ = tavle(Udgave.objects.select_related("plan").get(pk=udgave.pk))
        try:
            fundet = proev(set_)
        except Afvist as fejl:
            raise ValidationError({"fil": ValidationError(str(fejl), code=fejl.dom.name)}) from fejl
        with transaction.atomic():
            nu = laas_tavle(udgave)
            if _stand(nu) == _stand(set_):
                yield nu, fundet
                return
    raise ValidationError("Andre skriver under på papiret lige nu. Vent lidt, og prøv igen.", code="optaget")


def _stand(nu: Tavle) -> tuple:
    """What a file is judged against: the files there are, and who is to sign and has."""
    return [fil.pk for fil in nu.filer], [(x.underskriver.pk, x.underskriver.version, x.har) for x in nu.linjer]


def laas_tavle(udgave: Udgave) -> Tavle:
    """Hold the edition until the transaction ends, and read who has signed as it stands now."""
    return tavle(laas(udgave))


def _klar(nu: Tavle, underskrivere: Sequence[Underskriver]) -> list[Underskriver]:
    """The parties as they stand now. Raises ValidationError when one of them cannot sign."""
    if not underskrivere:
        raise ValidationError({"underskrivere": "Vælg, hvem der har skrevet under."})
    valgte = {u.pk for u in underskrivere}
    linjer = [linje for linje in nu.linjer if linje.underskriver.pk in valgte]
    for linje in linjer:
        if linje.har:
            raise ValidationError(f"{linje.underskriver.part_navn} har allerede skrevet under.", code="underskrevet")
        if linje.hindring:
            raise ValidationError(linje.hindring, code="hindring")
    if len(linjer) != len(valgte):
        raise ValidationError("Parten hører ikke til udgaven.", code="fremmed")
    return [linje.underskriver for linje in linjer]


def hent_fil(fil: Filrevision) -> bytes:
    """Raises ValidationError when what is kept is not what it was."""
    try:
        return lager.hent(fil.fil.name, fil.sha256)
    except lager.Lagerfejl as fejl:
        raise ValidationError(str(fejl), code="lager") from fejl


def gem_fil(
    *, bruger, nu: Tavle, data: bytes, art: str, foer: Filrevision, handling: str = "oprettet", **tilfoejet
) -> Filrevision:
    """The edition's next file; its row is held. `tilfoejet`: `tjeneste` and `tilfoejet` of a file from outside."""
    navn, maerke = lager.gem(data, "udgaver", ".pdf")
    fil = Filrevision(
        udgave=nu.udgave,
        nummer=nu.filer[-1].nummer + 1,
        art=art,
        fil=navn,
        sha256=maerke,
        stoerrelse=len(data),
        foer=foer,
        **tilfoejet,
    )
    return actions.opret(bruger=bruger, objekt=fil, handling=handling)


def _skriv_under(bruger, egne: list[Underskriver], metode: str, fil: Filrevision, hvornaar: datetime) -> None:
    felter = {"metode": metode, "underskrevet": hvornaar, "filrevision": fil}
    for egen in egne:
        actions.ret(bruger=bruger, objekt=egen, felter=felter, tilladte=STATUSFELTER, handling=HANDLINGER[str(metode)])


# --- reminders ------------------------------------------------------------------------------------------------------


@transaction.atomic
def paamind(*, bruger, udgave: Udgave, absolut: Callable[[str], str]) -> list[Underskriver]:
    """Write to those who can sign now and have an account, at most once a day each; who was written to.

    `absolut` makes a full address of a path. The letters are sent when the log entries are in the database.
    """
    modtagere = _skriv_paamindet(bruger, udgave)
    for underskriver in modtagere:
        _send_ved_slut(underskriver, str(bruger), absolut)
    return modtagere


@transaction.atomic
def paamind_flere(*, bruger, udgaver: Sequence[Udgave], absolut: Callable[[str], str]) -> list[Underskriver]:
    """The same for several editions: one letter to each person, with all that the person can sign."""
    modtagere = [u for udgave in udgaver for u in _skriv_paamindet(bruger, udgave)]
    pr_person: dict[int, list[Underskriver]] = {}
    for underskriver in modtagere:
        pr_person.setdefault(underskriver.bruger_id, []).append(underskriver)
    for egne in pr_person.values():
        if len(egne) == 1:
            _send_ved_slut(egne[0], str(bruger), absolut)
        else:
            _send_samlet(egne, str(bruger), absolut)
    return modtagere


def _skriv_paamindet(bruger, udgave: Udgave) -> list[Underskriver]:
    """Whom a letter goes to, and that it does in the log."""
    tjek(bruger, Rettighed.RET, udgave.plan)
    nu = laas_tavle(udgave)
    modtagere = [linje.underskriver for linje in nu.linjer if linje.kan_paamindes]
    for underskriver in modtagere:
        aendring = Aendring("bruger", "sendt til", None, underskriver.bruger)
        revisionsspor.skriv(
            bruger=bruger,
            kaede=udgave.plan.noegle,
            handling=PAAMINDET,
            objekt=underskriver,
            aendringer=[aendring.som_data()],
        )
    return modtagere


def _send_samlet(egne: list[Underskriver], afsender: str, absolut: Callable[[str], str]) -> None:
    plan = egne[0].udgave.plan
    sider = [(u, absolut(reverse("udgave-underskriv", args=[plan.noegle, u.udgave_id]))) for u in egne]
    kontekst = {"modtager": egne[0].bruger, "plan": plan, "sider": sider, "afsender": afsender}
    brev = render_to_string("dokumenter/paamindelse_flere.txt", kontekst)
    emne = f"Helhedsplan: {len(egne)} dokumenter venter på din underskrift"
    udbakke.skriv(emne, brev, egne[0].bruger.email, slags=UNDERSKRIFTSBREV, om=",".join(str(u.pk) for u in egne))


def _send_ved_slut(underskriver: Underskriver, afsender: str, absolut: Callable[[str], str]) -> None:
    udgave = underskriver.udgave
    side = absolut(reverse("udgave-underskriv", args=[udgave.plan.noegle, udgave.pk]))
    kontekst = {"underskriver": underskriver, "udgave": udgave, "side": side, "afsender": afsender}
    brev = render_to_string("dokumenter/paamindelse.txt", kontekst)
    emne = f"Helhedsplan: {udgave.titel} venter på din underskrift"
    udbakke.skriv(emne, brev, underskriver.bruger.email, slags=UNDERSKRIFTSBREV, om=underskriver.pk)


def underskriftsbrev_er_forbi(brev: Udbakkebrev) -> str:
    """Why nobody is to be reminded any more; '' when one of the signatures is still wanted."""
    mangler = Underskriver.objects.filter(pk__in=brev.om.split(","), underskrevet=None, udgave__trukket=None)
    til = brev.til.lower()
    if any(u.bruger and u.bruger.email.lower() == til for u in mangler.select_related("bruger")):
        return ""
    return "Der er skrevet under imens, eller det er ikke længere modtageren, der skal."
