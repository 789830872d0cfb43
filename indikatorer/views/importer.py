"""Import of figures: the file, what its tables mean, what it would change, and then the change."""

from collections.abc import Generator

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic import TemplateView

from aftaler.views.faelles import plankommando
from helhedsplan.formats import antal, opremsning
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tabelfil import UlaeseligFil, laes
from indikatorer.actions import importer as handlinger
from indikatorer.actions.importer import i_ord, maalingsnavn
from indikatorer.imports.formular import Filform, KoblingForm, tabelnavn
from indikatorer.imports.forslag import Navnesoeger, svar_paa_navne
from indikatorer.imports.laesning import Fremskridt, spoergsmaal
from indikatorer.imports.udkast import DOER, Tabelsvar, Udkast, aabn, huskes, lav_udkast, tabelsvar
from indikatorer.models import Importfil, Importskabelon
from indikatorer.queries.importgrundlag import Importforskel, Navnekatalog, register
from indikatorer.queries.vist import vist_foer
from indikatorer.views.faelles import IndikatorMixin
from indikatorer.views.fremskridt import Arbejde, Fremskridtsindhold, vis_arbejde

VISES = 200
#: Takes more than a second to open.
STOR_FIL = 1_000_000


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
    def data(self) -> bytes:
        try:
            with self.fil.fil.open() as fil:
                return fil.read()
        except OSError:
            raise Http404("Filen ligger ikke længere i lageret. Vælg den igen.") from None

    def i_filen(self) -> dict[int, dict[str, str]]:
        """Year and day that were answered for this file alone: ?aar.0=2024&udtrukket.0=2025-03-01."""
        ud: dict[int, dict[str, str]] = {}
        for navn, vaerdi in self.request.GET.items():
            felt, _, nr = navn.partition(".")
            if felt in ("aar", "udtrukket") and nr.isdecimal() and len(nr) < 4:
                ud.setdefault(int(nr), {})[felt] = vaerdi[:20]
        return ud

    def arbejd(self, trin: Generator, faerdig):
        arbejde = Arbejde(trin, faerdig, self.ramme(), straks=len(self.data) > STOR_FIL)
        return vis_arbejde(self.request, arbejde)

    def krummer(self):
        skridt = [("Indikatorer", self.liste_url)]
        if "pk" in self.kwargs:
            skridt.append(("Indlæs tal", self.forside_url))
        return [*skridt, self.titel_tekst()]

    def titel_tekst(self) -> str:
        return self.fil.navn if "pk" in self.kwargs else "Indlæs tal"

    def fil_url(self, navn: str, soegning: str = "") -> str:
        url = reverse(navn, args=[self.plan.noegle, self.fil.pk])
        return f"{url}?{soegning}" if soegning else url


class Importer(ImportMixin, TemplateView):
    """Choose a file, or take up one that is kept."""

    template_name = "indikatorer/import/importer.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": kwargs.get("form") or Filform(),
            "fejl": kwargs.get("fejl", []),
            "filer": list(self.plan.importfiler.order_by("-pk")),
            "skabeloner": list(Importskabelon.objects.filter(plan=self.plan).values_list("navn", flat=True)),
        }

    def post(self, request, *args, **kwargs):
        form = Filform(request.POST, request.FILES)
        if not form.is_valid():
            return self.afvis([], form)
        sendt = form.cleaned_data["fil"]
        data = sendt.read()
        if fejl := _forbudt(data):
            return self.afvis([*map(str, fejl[:50]), "Filen er ikke gemt."], form)
        try:
            fil = handlinger.gem_fil(bruger=request.user, plan=self.plan, navn=sendt.name, data=data)
        except ValidationError as grund:
            return self.afvis(grund.messages, form)
        return redirect("importfil-vis", self.plan.noegle, fil.pk)

    def afvis(self, fejl, form):
        return self.render_to_response(self.get_context_data(form=form, fejl=list(fejl)), status=422)


def _forbudt(data: bytes) -> list:
    """A file with CPR numbers is not kept, not even for another try."""
    try:
        laes(data, DOER)
    except UlaeseligFil as grund:
        return grund.beskeder if grund.forbudt else []
    return []


class VisImportfil(ImportMixin, TemplateView):
    """What a file would change (GET), and the change (POST)."""

    def udkast(self, *, kun_laes: bool = False) -> Generator[Fremskridt, None, Udkast]:
        return lav_udkast(self.plan, self.data, i_filen=self.i_filen(), kun_laes=kun_laes)

    def ramme(self) -> dict:
        return self.get_context_data() | {
            "fil": self.fil,
            "kobling_url": self.fil_url("importfil-kobling", self.request.GET.urlencode()),
        }

    def get(self, request, *args, **kwargs):
        return self.arbejd(self.udkast(), self.vis)

    def post(self, request, *args, **kwargs):
        return self.arbejd(self.gem(request.POST.get("aftryk", "")), self.vis_gemt)

    def vis(self, udkast: Udkast, besked: str = "") -> Fremskridtsindhold:
        if udkast.mangler_svar:
            return Fremskridtsindhold(
                "indikatorer/import/_svar.html", {"udkast": udkast}, videre=self.ramme()["kobling_url"]
            )
        if udkast.fejl:
            return Fremskridtsindhold("indikatorer/import/_fejl.html", {"udkast": udkast})
        return Fremskridtsindhold(
            "indikatorer/import/_forhaandsvisning.html",
            {"tabeller": [_vist(udkast, svar) for svar in udkast.tabeller], "udkast": udkast, "besked": besked},
            409 if besked else 200,
        )

    def gem(self, aftryk: str) -> Generator[Fremskridt, None, tuple[Udkast, str, bool]]:
        """(draft, message, written)"""
        udkast = yield from self.udkast(kun_laes=True)
        if udkast.fejl or udkast.mangler_svar:
            return udkast, "", False
        self.efter = vist_foer(self.plan)
        skriver = _Skriver(
            handlinger.indlaes(bruger=self.request.user, fil=self.fil, raekker=udkast.raekker, aftryk=aftryk)
        )
        try:
            for naaet, i_alt in skriver:
                yield Fremskridt("Gemt", naaet, i_alt)
        except ValidationError as grund:
            return (yield from self.udkast()), " ".join(grund.messages), False
        return udkast, _hvad_skete(skriver.udfald), True

    def vis_gemt(self, udfald: tuple[Udkast, str, bool]) -> Fremskridtsindhold:
        udkast, besked, skrevet = udfald
        if not skrevet:
            return self.vis(udkast, besked)
        messages.success(self.request, besked)
        for advarsel in self.efter():
            messages.warning(self.request, advarsel)
        return Fremskridtsindhold("indikatorer/import/_faerdig.html", {"besked": besked}, videre=self.liste_url)


class _Skriver:
    """A generator to loop over whose outcome is at hand afterwards."""

    def __init__(self, trin: Generator):
        self.trin = trin

    def __iter__(self):
        self.udfald = yield from self.trin


def _hvad_skete(forskel) -> str:
    dele = [antal(len(forskel.nye), "nyt tal", "nye tal"), antal(len(forskel.aendrede), "ændret", "ændrede")]
    return f"Filen er indlæst: {opremsning(dele)}."


def _vist(udkast: Udkast, svar) -> dict:
    """One table of the preview, as the page shows it."""
    forskel, nr = udkast.forskel or Importforskel(), svar.tabel.nr
    navne = {noegle: n.navn for noegle, n in udkast.kendt.navne.items()}
    enheder = {n.pk: n.slags for n in udkast.kendt.indikatorer.values()}
    nye = [(r, v) for r, v in forskel.nye if r.hvor[0] == nr][:VISES]
    aendrede = [a for a in forskel.aendrede if a.raekke.hvor[0] == nr][:VISES]
    return {
        "navn": tabelnavn(svar.tabel),
        "svar": svar,
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

    def ramme(self) -> dict:
        return self.get_context_data() | {"fil": self.fil, "fejl": []}

    def get(self, request, *args, **kwargs):
        return self.arbejd(self.former(None), self.vis)

    def post(self, request, *args, **kwargs):
        return self.arbejd(self.former(request.POST), self.tag_imod)

    def former(self, data) -> Generator[Fremskridt, None, list[KoblingForm]]:
        """A form for each table, with what is remembered or guessed; none when the file cannot be read."""
        yield Fremskridt("Åbner filen", 0, 0)
        tabeller, fejl = aabn(self.data)
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

    def vis(self, former: list[KoblingForm], fejl: list[str] | None = None) -> Fremskridtsindhold:
        if not former:
            return self.videre(self.fil_url("importfil-vis"))
        kontekst = {"former": former, "fejl": fejl or []}
        return Fremskridtsindhold("indikatorer/import/_kobling.html", kontekst, 422 if fejl else 200)

    def videre(self, url: str) -> Fremskridtsindhold:
        return Fremskridtsindhold("indikatorer/import/_videre.html", {"videre_url": url}, videre=url)

    def tag_imod(self, former: list[KoblingForm]) -> Fremskridtsindhold:
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
        return self.videre(self.fil_url("importfil-vis", _soegning(former)))


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
