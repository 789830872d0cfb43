"""Import of figures: the file, what its tables mean, what it would change, and then the change.

The stranger's file is read once, when it is chosen; what was read is kept beside it. Work that takes longer than a page
may goes on beside it (`helhedsplan.arbejde`), and the page asks how far it is.
"""

import hashlib
import re
from collections.abc import Generator
from dataclasses import dataclass, field
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import TemplateView

from aftaler.views.faelles import plankommando
from helhedsplan import formats
from helhedsplan.arbejde import Arbejdsstand, Fremskridt, begynd, fulgt, glem, i_gang
from helhedsplan.formats import antal, opremsning
from helhedsplan.rettigheder import Rettighed
from helhedsplan.sidecache import tilstand
from helhedsplan.tabelfil import Tabel, UlaeseligFil, gemt_laesning, laes_og_gem
from indikatorer.actions import importer as handlinger
from indikatorer.actions.importer import i_ord, maalingsnavn
from indikatorer.imports.formular import Filform, KoblingForm, tabelnavn
from indikatorer.imports.forslag import Navnesoeger, svar_paa_navne
from indikatorer.imports.laesning import spoergsmaal
from indikatorer.imports.udkast import DOER, Tabelsvar, Udkast, aabn, huskes, lav_udkast, tabelsvar
from indikatorer.models import Importfil, Importskabelon
from indikatorer.queries.importgrundlag import Importforskel, Navnekatalog, register
from indikatorer.queries.vist import vist_foer
from indikatorer.views.faelles import IndikatorMixin

VISES = 200
FORSOEG = re.compile(r"[0-9a-f]{32}")
AFBRUDT = (
    "Filen var ved at blive indlæst, men det blev afbrudt, før det var færdigt. Intet af den er gemt. "
    "Se forhåndsvisningen efter, og prøv igen."
)
LAESNING_AFBRUDT = "Filen var ved at blive læst, men det blev afbrudt, og den er ikke gemt. Vælg den igen."
Trin = Generator[Fremskridt, None, "Importside | Indlaest | Laest"]


@dataclass(frozen=True)
class Importside:
    """What a page shows when the work is done; `videre` is where to go instead."""

    skabelon: str
    kontekst: dict = field(default_factory=dict)
    status: int = 200
    videre: str = ""


@dataclass(frozen=True)
class Indlaest:
    """The file has been taken in."""

    besked: str
    advarsler: list[str]


@dataclass(frozen=True)
class Laest:
    """A file has been read and kept, or refused."""

    fil: int | None
    fejl: list[str] = field(default_factory=list)


def hent_fil(plan, pk: int) -> Importfil:
    fil = plan.importfiler.filter(pk=pk).first()
    if fil is None:
        raise Http404("Filen er indlæst eller slettet.")
    fil.plan = plan
    return fil


class ImportMixin(IndikatorMixin):
    """Pages of the import are for those who write the plan: a file may hold what nobody else may see."""

    rettighed = Rettighed.RET

    @cached_property
    def forside_url(self) -> str:
        return reverse("indikator-importer", args=[self.plan.noegle])

    @cached_property
    def fil(self) -> Importfil:
        return hent_fil(self.plan, self.kwargs["pk"])

    @cached_property
    def indhold(self) -> tuple[bytes, bool]:
        """What is kept of the file, and whether it has been read."""
        gemt = self.fil.laest or self.fil.fil
        try:
            with gemt.open() as fil:
                return fil.read(), bool(self.fil.laest)
        except OSError:
            raise Http404("Filen ligger ikke længere i lageret. Vælg den igen.") from None

    def kan_aabnes(self) -> None:
        """Raises Http404 while the page can still say so, and not the work beside it."""
        self.indhold  # noqa: B018

    def i_filen(self) -> dict[int, dict[str, str]]:
        """Year and day that were answered for this file alone: ?aar.0=2024&udtrukket.0=2025-03-01."""
        ud: dict[int, dict[str, str]] = {}
        for navn, vaerdi in self.request.GET.items():
            felt, _, nr = navn.partition(".")
            if felt in ("aar", "udtrukket") and nr.isdecimal() and len(nr) < 4:
                ud.setdefault(int(nr), {})[felt] = vaerdi[:20]
        return ud

    @cached_property
    def svarene(self) -> str:
        """The same, as it stands in an address."""
        return urlencode({f"{felt}.{nr}": v for nr, felter in self.i_filen().items() for felt, v in felter.items()})

    @property
    def forsoeg(self) -> str:
        """The piece of work that the address follows; '' for none."""
        forsoeg = self.request.GET.get("forsoeg", "")
        return forsoeg if FORSOEG.fullmatch(forsoeg) else ""

    @property
    def spoerger_kun(self) -> bool:
        """The page's script only wants to know how far the work is."""
        return self.request.headers.get("Accept") == "application/json"

    def hvor_langt(self, stand: Arbejdsstand | None) -> JsonResponse:
        if stand is None or stand.slut:
            return JsonResponse({"slut": True})
        fremskridt = stand.fremskridt
        tekst = i_ord_fremskridt(fremskridt)
        return JsonResponse({"slut": False, "tekst": tekst, "naaet": fremskridt.naaet, "i_alt": fremskridt.i_alt})

    def undervejs(self, stand: Arbejdsstand) -> HttpResponse:
        """How far the work is; the file may have gone with it this very moment."""
        kontekst = {"fremskridt": stand.fremskridt, "tekst": i_ord_fremskridt(stand.fremskridt)}
        return self._tegn("indikatorer/import/_fremskridt.html", kontekst)

    def vis_side(self, side: Importside) -> HttpResponse:
        if side.videre:
            return redirect(side.videre)
        return self._tegn(side.skabelon, self.ramme() | side.kontekst, side.status)

    def _tegn(self, skabelon: str, kontekst: dict, status: int = 200) -> HttpResponse:
        kontekst = self.get_context_data() | {"titel": self.titel_tekst(), "indhold": skabelon} | kontekst
        svar = render(self.request, "indikatorer/import/side.html", kontekst, status=status)
        svar["Cache-Control"] = "no-store"
        return svar

    def ramme(self) -> dict:
        return {"fil": self.fil, "fejl": []}

    def krummer(self):
        skridt = [("Indikatorer", self.liste_url)]
        if "pk" in self.kwargs:
            skridt.append(("Indlæs tal", self.forside_url))
        return [*skridt, self.titel_tekst()]

    def titel_tekst(self) -> str:
        return self.filens_navn if "pk" in self.kwargs else "Indlæs tal"

    @cached_property
    def filens_navn(self) -> str:
        return self.plan.importfiler.filter(pk=self.kwargs["pk"]).values_list("navn", flat=True).first() or "Filen"

    def fil_url(self, navn: str, soegning: str = "") -> str:
        url = reverse(navn, args=[self.plan.noegle, self.fil.pk])
        return f"{url}?{soegning}" if soegning else url


def kilde(data: bytes, er_laest: bool) -> bytes | list[Tabel]:
    return gemt_laesning(data) if er_laest else data


def i_ord_fremskridt(fremskridt: Fremskridt) -> str:
    hvad, naaet, i_alt = fremskridt
    return f"{hvad} {formats.tal(naaet)} af {formats.tal(i_alt)}" if i_alt else f"{hvad} …"


class Importer(ImportMixin, TemplateView):
    """Choose a file, or take up one that is kept."""

    template_name = "indikatorer/import/importer.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": kwargs.get("form") or Filform(),
            "fejl": kwargs.get("fejl", []),
            "filer": [(fil, _stand(fil, self.plan)) for fil in self.plan.importfiler.order_by("-pk")],
            "skabeloner": list(Importskabelon.objects.filter(plan=self.plan).values_list("navn", flat=True)),
        }

    def noegle(self, forsoeg: str) -> str:
        return f"laesning-{self.plan.noegle}-{self.request.user.pk}-{forsoeg}"

    def get(self, request, *args, **kwargs):
        if not self.forsoeg:
            return super().get(request, *args, **kwargs)
        stand = fulgt(self.noegle(self.forsoeg))
        if self.spoerger_kun:
            return self.hvor_langt(stand)
        return self.naaet(self.forsoeg, stand, Filform())

    def post(self, request, *args, **kwargs):
        form = Filform(request.POST, request.FILES)
        if not form.is_valid():
            return self.afvis([], form)
        sendt = form.cleaned_data["fil"]
        forsoeg = handlinger.nyt_forsoeg()
        trin = partial(_laes, request.user, self.plan, sendt.name, sendt.read())
        stand = begynd(self.noegle(forsoeg), trin)
        if not stand.slut:
            return redirect(f"{self.forside_url}?forsoeg={forsoeg}")
        return self.naaet(forsoeg, stand, form)

    def naaet(self, forsoeg: str, stand: Arbejdsstand | None, form: Filform) -> HttpResponse:
        if stand is not None and not stand.slut:
            return self.undervejs(stand)
        glem(self.noegle(forsoeg))
        laest = stand.udfald if stand else None
        if not isinstance(laest, Laest):
            return self.afvis([LAESNING_AFBRUDT], form)
        if laest.fil is None:
            return self.afvis(laest.fejl, form)
        return redirect("importfil-vis", self.plan.noegle, laest.fil)

    def afvis(self, fejl, form):
        return self.render_to_response(self.get_context_data(form=form, fejl=list(fejl)), status=422)


def _stand(fil: Importfil, plan) -> str:
    fil.plan = plan
    if not fil.forsoeg:
        return "Klar"
    return "Indlæses nu" if i_gang(handlinger.gang(fil, fil.forsoeg)) else "Blev afbrudt. Intet er gemt"


def _laes(bruger, plan, navn: str, data: bytes) -> Trin:
    """Read, once; a file with CPR numbers is not kept, not even for another try, and one that cannot be read is."""
    yield Fremskridt("Læser filen")
    laest = b""
    try:
        laest = laes_og_gem(data, DOER)
    except UlaeseligFil as grund:
        if grund.forbudt:
            return Laest(None, [*grund.beskeder, "Filen er ikke gemt."])
    yield Fremskridt("Gemmer filen")
    try:
        return Laest(handlinger.gem_fil(bruger=bruger, plan=plan, navn=navn, data=data, laest=laest).pk)
    except ValidationError as grund:
        return Laest(None, grund.messages)


class VisImportfil(ImportMixin, TemplateView):
    """What a file would change (GET), and the change (POST)."""

    def udkast(self, *, kun_laes: bool = False) -> Generator[Fremskridt, None, Udkast]:
        yield Fremskridt("Åbner filen")
        return (yield from lav_udkast(self.plan, kilde(*self.indhold), i_filen=self.i_filen(), kun_laes=kun_laes))

    @cached_property
    def kobling_url(self) -> str:
        return self.fil_url("importfil-kobling", self.svarene)

    def ramme(self) -> dict:
        return super().ramme() | {"kobling_url": self.kobling_url}

    def get(self, request, *args, **kwargs):
        if self.forsoeg:
            return self.foelg(self.forsoeg)
        if self.fil.forsoeg and fulgt(handlinger.gang(self.fil, self.fil.forsoeg)):
            return redirect(self.gang_url(self.fil.forsoeg))
        stand = fulgt(self.syn)
        if self.spoerger_kun:
            return self.hvor_langt(stand)
        self.kan_aabnes()
        stand = begynd(self.syn, partial(self.se_efter, AFBRUDT if self.fil.forsoeg else ""))
        if not stand.slut:
            return self.undervejs(stand)
        glem(self.syn)
        if stand.udfald is None:
            raise RuntimeError("the preview failed; the reason is logged")
        return self.vis_side(stand.udfald)

    @cached_property
    def syn(self) -> str:
        """Names the preview: the file, what was answered for it, and all that it is held against."""
        svarene = hashlib.sha256(self.svarene.encode()).hexdigest()[:16]
        return f"syn-{self.fil.pk}-{svarene}-{self.fil.forsoeg}-{tilstand([self.plan.noegle])}"

    def gang_url(self, forsoeg: str) -> str:
        return self.fil_url("importfil-vis", "&".join(filter(None, [self.svarene, f"forsoeg={forsoeg}"])))

    def post(self, request, *args, **kwargs):
        self.kan_aabnes()
        try:
            forsoeg = handlinger.begynd_forsoeg(bruger=request.user, fil=self.fil)
        except ValidationError as grund:
            messages.warning(request, " ".join(grund.messages))
            return redirect(self.fil_url("importfil-vis", self.svarene))
        trin = partial(self.gem, request.user, request.POST.get("aftryk", ""))
        stand = begynd(handlinger.gang(self.fil, forsoeg), trin)
        return self.foelg(forsoeg) if stand.slut else redirect(self.gang_url(forsoeg))

    def foelg(self, forsoeg: str) -> HttpResponse:
        """How far a try is, or how it ended; also when the file has gone with it."""
        noegle = handlinger.gang(Importfil(pk=self.kwargs["pk"], plan=self.plan), forsoeg)
        stand = fulgt(noegle)
        if self.spoerger_kun:
            return self.hvor_langt(stand)
        if stand is not None and not stand.slut:
            return self.undervejs(stand)
        glem(noegle)
        udfald = stand.udfald if stand else None
        if isinstance(udfald, Importside):
            return self.vis_side(udfald)
        if isinstance(udfald, Indlaest):
            messages.success(self.request, udfald.besked)
            for advarsel in udfald.advarsler:
                messages.warning(self.request, advarsel)
            return redirect(self.liste_url)
        return redirect(self.fil_url("importfil-vis", self.svarene))

    def se_efter(self, besked: str) -> Trin:
        return self.vis((yield from self.udkast()), besked)

    def vis(self, udkast: Udkast, besked: str = "", status: int = 200) -> Importside:
        if udkast.mangler_svar:
            return Importside("", videre=self.kobling_url)
        if udkast.fejl:
            kontekst = {"fejl": udkast.fejl, "flere_fejl": udkast.flere_fejl, "har_tabeller": bool(udkast.tabeller)}
            return Importside("indikatorer/import/_fejl.html", kontekst)
        forskel = udkast.forskel or Importforskel()
        kontekst = {
            "tabeller": [_vist(udkast, svar) for svar in udkast.tabeller],
            "antal": forskel.antal,
            "aftryk": forskel.aftryk,
            "noter": udkast.noter,
            "besked": besked,
        }
        return Importside("indikatorer/import/_forhaandsvisning.html", kontekst, status)

    def gem(self, bruger, aftryk: str) -> Trin:
        udkast = yield from self.udkast(kun_laes=True)
        if udkast.fejl or udkast.mangler_svar:
            handlinger.opgiv_forsoeg(bruger=bruger, fil=self.fil)
            return self.vis(udkast)
        efter = vist_foer(self.plan)
        try:
            fundet = yield from handlinger.indlaes(bruger=bruger, fil=self.fil, raekker=udkast.raekker, aftryk=aftryk)
        except ValidationError as grund:
            handlinger.opgiv_forsoeg(bruger=bruger, fil=self.fil)
            return self.vis((yield from self.udkast()), " ".join(grund.messages), 409)
        return Indlaest(_hvad_skete(fundet), efter())


def _hvad_skete(forskel) -> str:
    dele = [antal(len(forskel.nye), "nyt tal", "nye tal"), antal(len(forskel.aendrede), "ændret", "ændrede")]
    return f"Filen er indlæst: {opremsning(dele)}."


def _vist(udkast: Udkast, svar: Tabelsvar) -> dict:
    """One table of the preview, as the page shows it."""
    forskel, nr = udkast.forskel or Importforskel(), svar.tabel.nr
    navne = {noegle: n.navn for noegle, n in udkast.kendt.navne.items()}
    enheder = {n.pk: n.slags for n in udkast.kendt.indikatorer.values()}
    nye = [(r, v) for r, v in forskel.nye if r.hvor[0] == nr][:VISES]
    aendrede = [a for a in forskel.aendrede if a.raekke.hvor[0] == nr][:VISES]
    return {
        "navn": tabelnavn(svar.tabel),
        "spring_over": svar.kobling.spring_over,
        "noter": svar.tabel.noter,
        "antal": (svar.nye, svar.aendrede, svar.uaendrede),
        "nye": [(maalingsnavn(r, navne), i_ord(v, enheder[r.indikator])) for r, v in nye],
        "flere_nye": svar.nye - len(nye),
        "aendrede": [
            (maalingsnavn(a.raekke, navne), *(i_ord(v, enheder[a.raekke.indikator]) for v in (a.foer, a.efter)))
            for a in aendrede
        ],
        "flere_aendrede": svar.aendrede - len(aendrede),
        "sprunget": sorted(svar.laest.sprunget.items()),
    }


class KoblImportfil(ImportMixin, TemplateView):
    """What the columns and names of the file's tables mean: answered once, and remembered for files of the kind."""

    def get(self, request, *args, **kwargs):
        return self.vis_side(self.vis(self.former(None)))

    def post(self, request, *args, **kwargs):
        return self.vis_side(self.tag_imod(self.former(request.POST)))

    def former(self, data) -> list[KoblingForm]:
        """A form for each table, with what is remembered or guessed; none when the file cannot be read."""
        tabeller, fejl = aabn(kilde(*self.indhold))
        if fejl:
            return []
        kendt = register(self.plan)
        svar = tabelsvar(self.plan, tabeller, kendt, {}, self.i_filen())
        return [self.form(et, kendt, data) for et in svar]

    def form(self, svar: Tabelsvar, kendt: Navnekatalog, data) -> KoblingForm:
        """Which names there are to answer for, hangs on the columns that were chosen."""
        svar_paa_navne(svar.tabel, svar.kobling, Navnesoeger(kendt))
        if data is not None and (foerst := KoblingForm(svar, kendt, data)).is_valid():
            svar.kobling = foerst.kobling()
            svar_paa_navne(svar.tabel, svar.kobling, Navnesoeger(kendt))
        return KoblingForm(svar, kendt, data)

    def vis(self, former: list[KoblingForm], fejl: list[str] | None = None) -> Importside:
        if not former:
            return Importside("", videre=self.fil_url("importfil-vis"))
        kontekst = {"former": former, "fejl": fejl or []}
        return Importside("indikatorer/import/_kobling.html", kontekst, 422 if fejl else 200)

    def tag_imod(self, former: list[KoblingForm]) -> Importside:
        fejl = [f"{f.tabel.navn}: {b}" for f in former if not f.is_valid() for e in f.errors.values() for b in e]
        if fejl:
            return self.vis(former, fejl)
        for form in former:
            form.svar.kobling = form.kobling()
        mangler = [
            f"{form.tabel.navn}: {besked}"
            for form in former
            if not form.svar.kobling.spring_over
            for besked in spoergsmaal(form.tabel, form.svar.kobling)
        ]
        if mangler or any(form.nye_navne for form in former):
            kendt = register(self.plan)
            nye = [KoblingForm(form.svar, kendt) for form in former]
            return self.vis(nye, mangler or ["Se også navnene i rækkerne efter, og fortsæt så."])
        handlinger.husk_koblinger(bruger=self.request.user, plan=self.plan, koblinger=huskes(f.svar for f in former))
        return Importside("", videre=self.fil_url("importfil-vis", _soegning(former)))


def _soegning(former: list[KoblingForm]) -> str:
    svar = {}
    for form in former:
        for felt in ("aar", "udtrukket"):
            if vaerdi := getattr(form.svar.kobling, felt):
                svar[f"{felt}.{form.tabel.nr}"] = vaerdi
    return urlencode(svar)


@plankommando()
def slet_importfil(request, plan, pk):
    fil = hent_fil(plan, pk)
    handlinger.slet_fil(bruger=request.user, fil=fil)
    messages.success(request, f"{fil.navn} er slettet.")
    return reverse("indikator-importer", args=[plan.noegle])
