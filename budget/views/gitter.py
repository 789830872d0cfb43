"""The grids: financing, costs, and the actuals of a year. All or nothing, and nothing typed is lost."""

import hashlib

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.views.generic import TemplateView

from budget import gitter as g
from budget import vej
from budget.actions.budget import gem_celler
from budget.choices import Bidragsart
from budget.queries.finansieringstabel import terning
from budget.queries.udgifter import udgiftstabel
from budget.rules.celler import FAELLES
from budget.views.faelles import BudgetplanMixin, Budgettal
from helhedsplan import formats
from helhedsplan.actions import Versionskonflikt, fjern_kladde
from helhedsplan.models import Kladde
from helhedsplan.rettigheder import Rettighed

#: More fields than this at once are slow to draw and to read; then one purpose is shown at a time.
FLEST_FELTER = 1000
ALLE = "alle"


class Gitterkladde:
    """Autosave of a grid: what is typed is kept as the house keeps the drafts of its forms, and stands in the cells the
    next time the same grid is opened."""

    forbogstav = ""

    @property
    def udsnit(self) -> str:
        """What of the page's address says which cells are shown, and in which unit."""
        return ""

    @property
    def kladdenoegle(self) -> str:
        sted = f"{self.request.path}?{self.udsnit}"
        return f"gitter:{hashlib.sha256(sted.encode()).hexdigest()[:32]}"

    def med_kladde(self, gitter: g.Gitter) -> dict:
        """Put a draft into the cells. What the page is told of it; `foer` is what the cells hold as saved."""
        kladde = Kladde.objects.filter(bruger=self.request.user, noegle=self.kladdenoegle).first()
        foer = gitter.foer
        if kladde is not None:
            felter = {navn: vaerdier[-1] for navn, vaerdier in kladde.data.items() if vaerdier}
            gitter.med(g.Indsendt.af(felter, self.forbogstav), {})
        if gitter.foer == foer:
            return {"foer": foer, "kladde": None}
        return {"foer": foer, "kladde": kladde, "konflikt": bool(gitter.konflikter())}

    def fjern_kladde(self) -> None:
        fjern_kladde(bruger=self.request.user, noegle=self.kladdenoegle)


class Gitterside(Gitterkladde, BudgetplanMixin, TemplateView):
    """A grid of a draft budget. Subclasses say which rows and which action."""

    rettighed = Rettighed.RET_BUDGET
    template_name = "budget/gitter.html"
    hoved = forbogstav = forklaring = skridt = ""

    @cached_property
    def skala(self) -> int:
        return g.SKALAER.get(self.request.GET.get("skala", ""), 1)

    @cached_property
    def tal(self) -> Budgettal:
        return Budgettal(self.budget)

    @cached_property
    def formaal(self) -> str:
        """The purpose that is shown: what was asked for; else all of them while that is not too much."""
        valgt = self.request.GET.get("formaal", "")
        if valgt in self.tal.over.formaal_af or valgt == ALLE:
            return valgt
        return FAELLES if self.antal_celler() > FLEST_FELTER else ALLE

    @property
    def udsnit(self) -> str:
        return f"{self.formaal}&{self.skala}"

    @property
    def kun(self) -> str | None:
        return None if self.formaal == ALLE else self.formaal

    def antal_celler(self) -> int:
        raise NotImplementedError

    def gitter(self) -> g.Gitter:
        raise NotImplementedError

    def gem(self, aendret: dict[str, str], version: int, skala: int) -> int:
        raise NotImplementedError

    def skabelon(self, navn: str, *pladser: str) -> str:
        """The address of a row's page, its place to be filled in: to look up a thousand takes longer than the rest."""
        if navn not in self.skabeloner:
            self.skabeloner[navn] = reverse(navn, args=[self.plan.noegle, self.budget.noegle, *pladser])
        return self.skabeloner[navn]

    @cached_property
    def skabeloner(self) -> dict[str, str]:
        return {}

    def get(self, request, *args, **kwargs):
        if self.budget.er_laast:
            messages.info(request, "Budgettet er godkendt og kan ikke rettes. Lav en revision i stedet.")
            return redirect(self.budget.get_absolute_url())
        gitter = self.gitter()
        return self.vis(gitter, **self.med_kladde(gitter))

    def vis(self, gitter: g.Gitter, status: int = 200, **kontekst):
        kontekst = {"fejl": [], "generel_fejl": "", "konflikt": False, "kladde": None, **kontekst}
        return self.render_to_response(self.get_context_data(gitter=gitter, **kontekst), status=status)

    def post(self, request, *args, **kwargs):
        indsendt = g.Indsendt.af(request.POST, self.forbogstav)
        self.skala = indsendt.skala
        version = request.POST.get("version", "")
        try:
            antal = self.gem(
                indsendt.aendret, int(version) if version.isdecimal() and len(version) < 10 else 0, indsendt.skala
            )
        except ValidationError as fejl:
            return self.vis_igen(indsendt, 422, fejl)
        except Versionskonflikt as konflikt:
            self.budget = konflikt.objekt
            self.budget.plan = self.plan
            return self.vis_igen(indsendt, 409)
        self.fjern_kladde()
        besked = f"{formats.antal(antal, 'beløb er', 'beløb er')} gemt" if antal else "Der var intet at gemme"
        naeste = vej.naeste(self.plan, self.budget, self.skridt)
        videre = format_html(' <a href="{}">{}</a>', naeste.url, naeste.videre) if naeste else ""
        messages.success(request, format_html("{}, kl. {}.{}", besked, formats.klokken(timezone.now()), videre))
        return redirect(request.get_full_path())

    def vis_igen(self, indsendt: g.Indsendt, status: int, fejl: ValidationError | None = None):
        ved_celler = fejl.message_dict if fejl is not None and hasattr(fejl, "error_dict") else {}
        generel = " ".join(fejl.messages) if fejl is not None and not ved_celler else ""
        gitter = self.gitter()
        foer = gitter.med(indsendt, ved_celler)
        kendte = {c.id for c in gitter.celler()}
        loese = [(besked, "") for id_, beskeder in ved_celler.items() if id_ not in kendte for besked in beskeder]
        return self.vis(
            gitter, status, foer=foer, fejl=gitter.fejlliste() + loese, generel_fejl=generel, konflikt=status == 409
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "titel": self.side,
            "budget": self.budget,
            "noegle": self.kladdenoegle,
            "skala": self.skala,
            "formaal": self.formaal,
            "formaalsvalg": list(self.tal.over.formaal.values()),
            "m": self.tal.medfinansiering,
            "hoved": self.hoved,
            "med_andel": self.forbogstav == "c",
            "forklaring": self.forklaring,
            "skridt": self.skridt,
        }


class Bidragsgitter(Gitterside):
    side = "Ret beløbene"
    hoved = "Kilde, art og formål"
    forbogstav = "c"
    skridt = vej.BELOEB
    forklaring = (
        "Skriv beløb, som du er vant til: 400.000, 0,4 mio. eller 1.234.567,89. "
        "Du kan sætte et udsnit fra et regneark ind."
    )

    def antal_celler(self) -> int:
        raekker = {(n.kilde, n.art, n.formaal) for n in self.tal.indhold[0]}
        return len(raekker) * (len(self.tal.over.planaar) + 1)

    def gitter(self):
        formaal = {self.kun or FAELLES}
        t = terning(self.budget, gitter=formaal, over=self.tal.over, celler=self.tal.indhold[0])
        return g.bidragsgitter(t, self.skala, self.kun, self.henvisninger)

    def henvisninger(self, raekke) -> list[tuple[str, str]]:
        """Where the row can be reckoned with a rate, and where its rounding and notes stand."""
        sted = f"/{raekke.kilde.noegle}/{raekke.art.value}/{raekke.formaal.noegle}/"
        ud = []
        if raekke.art in (Bidragsart.TIMER, Bidragsart.LOKALER):
            ud.append(("Regn med sats", self.skabelon("bidrag-regn", "K", "A", "F").replace("/K/A/F/", sted)))
        if any(c.vaerdi for c in raekke.celler):
            ud.append(("Afrunding og noter", self.skabelon("bidrag-noter", "K", "A", "F").replace("/K/A/F/", sted)))
        return ud

    def gem(self, aendret, version, skala):
        celler = g.bidragsceller(aendret)
        return gem_celler(bruger=self.request.user, budget=self.budget, version=version, celler=celler, skala=skala)


class Udgiftsgitter(Gitterside):
    side = "Ret udgifterne"
    hoved = "Konto og formål"
    forbogstav = "u"
    skridt = vej.UDGIFTER
    forklaring = "Kontiene er vores egne, ikke Landsbyggefondens. Skriv, hvad pengene går til i hvert af planens år."

    def antal_celler(self) -> int:
        raekker = {(n.konto, n.formaal) for n in self.tal.indhold[1]}
        return (len(raekker) + len(self.tal.over.konti)) * (len(self.tal.over.planaar) + 1)

    def gitter(self):
        formaal = {self.kun or FAELLES}
        t = udgiftstabel(self.budget, gitter=formaal, over=self.tal.over, udgifter=self.tal.indhold[1])
        return g.udgiftsgitter(t, self.skala, self.kun, self.henvisninger)

    def henvisninger(self, raekke) -> list[tuple[str, str]]:
        if not any(c.vaerdi for c in raekke.celler):
            return []
        sted = f"/{raekke.konto.noegle}/{raekke.formaal.noegle}/"
        return [("Afrunding og noter", self.skabelon("udgift-noter", "K", "F").replace("/K/F/", sted))]

    def gem(self, aendret, version, skala):
        udgifter = g.udgiftsceller(aendret)
        return gem_celler(bruger=self.request.user, budget=self.budget, version=version, udgifter=udgifter, skala=skala)
