"""Several papers at once before the board: on one agenda, and concluded together."""

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html

from aftaler.views.rediger import PlanRediger
from dokumenter.queries import flere as queries
from dokumenter.views.flere import Flerpapirer
from helhedsplan.formats import antal
from helhedsplan.rettigheder import Rettighed
from moeder.actions.afstemning import afgoer_flere
from moeder.actions.moede import saet_flere_paa
from moeder.choices import Punktslags
from moeder.forms.flere import AfgoerPunkterForm, TilMoedeForm
from moeder.models import Moede
from moeder.queries import afstemning as forespoergsler
from moeder.queries.moede import KOMMENDE, punkter
from moeder.views.moede import MoedeMixin

#: A plan has few meetings to come; the list is for choosing one.
FLEST_MOEDER = 50


class TilMoede(Flerpapirer):
    """Put several editions on the agenda of a meeting that is to come."""

    form_class = TilMoedeForm
    titel = "Send flere dokumenter til bestyrelsen"
    gem_tekst = "Sæt dem på dagsordenen"
    indledning = "Hvert dokument bliver et punkt for sig, så der kan stemmes om det. Indstillingen udfyldes ud fra det."
    ingen = "Ingen af dokumenterne venter på at blive godkendt."

    def hvorfor_ikke(self, linje):
        return queries.ikke_til_bestyrelsen(linje)

    @cached_property
    def moeder(self):
        kommende = Moede.objects.filter(plan=self.plan, tilstand__in=KOMMENDE, dato__gte=timezone.localdate())
        return kommende.order_by("dato", "pk")

    def i_vejen(self) -> str:
        if grund := super().i_vejen():
            return grund
        if self.moeder.exists():
            return ""
        nyt = reverse("moede-opret", args=[self.plan.noegle])
        return format_html('Planen har intet møde, der kommer. <a href="{}">Opret mødet</a> først.', nyt)

    def formargumenter(self):
        return super().formargumenter() | {"moeder": self.moeder}

    def udfoer(self, form):
        self.moede = form.cleaned_data["moede"]
        self.moede.plan = self.plan
        noegler = [f"udgave-{p['udgave'].pk}" for p in form.valgte]
        nye = saet_flere_paa(bruger=self.request.user, moede=self.moede, noegler=noegler)
        messages.success(self.request, f"{antal(len(nye), 'punkt', 'punkter')} sat på dagsordenen.")
        return nye

    def efter_url(self):
        moede = getattr(self, "moede", None)
        return moede.get_absolute_url() if moede else super().efter_url()


class AfgoerPunkter(MoedeMixin, PlanRediger):
    """Conclude the same on several items of a meeting."""

    rettighed = Rettighed.STYR
    form_class = AfgoerPunkterForm
    template_name = "dokumenter/flere.html"
    titel = side = "Afgør flere punkter"
    gem_tekst = "Skriv beslutningen"

    @cached_property
    def punkterne(self) -> list:
        return punkter(self.moede)

    @cached_property
    def aabne(self) -> list:
        stand = forespoergsler.Moedestand(self.moede)
        return [p for p in self.punkterne if p.genstand and not forespoergsler.mangler_for_afgoerelse(p, stand)]

    @cached_property
    def papirer(self) -> list[dict]:
        kun_orientering = all(p.slags == Punktslags.ORIENTERING for p in self.aabne)
        return [
            {
                "noegle": str(p.pk),
                "navn": p.titel,
                "punkt": p,
                "med": kun_orientering or p.slags != Punktslags.ORIENTERING,
                "sha256": forespoergsler.det_der_afgoeres(p),
                "om": self._om(p),
            }
            for p in self.aabne
        ]

    @staticmethod
    def _om(punkt) -> list[str]:
        er_orientering = punkt.slags == Punktslags.ORIENTERING
        om = ["Til orientering: tages til efterretning eller udsættes."] if er_orientering else []
        return [*om, *filter(None, [forespoergsler.papiret_mangler(punkt)])]

    def formargumenter(self):
        dato = min(self.moede.dato, timezone.localdate())
        return {"papirer": self.papirer, "initial": {"dato": dato}}

    def i_vejen(self):
        if self.papirer:
            return ""
        aabne = [p for p in self.punkterne if p.genstand and not forespoergsler.er_afgjort(p)]
        if not aabne:
            return "Mødet har ingen punkter om papirer, der ikke er afgjort."
        return forespoergsler.mangler_for_afgoerelse(aabne[0])

    def gem(self, form, version):
        valgte = [(p["punkt"], form.ved(p, "sha256")) for p in form.valgte]
        nye = afgoer_flere(bruger=self.request.user, moede=self.moede, punkter=valgte, **form.afgoerelse)
        messages.success(self.request, f"{antal(len(nye), 'punkt', 'punkter')} afgjort.")
        return nye

    def efter_url(self):
        return self.moede.get_absolute_url()

    def get_context_data(self, **kwargs):
        indledning = (
            "Beslutningen gælder netop de papirer, dagsordenen blev sendt med, og kan ikke ændres bagefter. Enten "
            "skrives den om alle, eller også om ingen."
        )
        return super().get_context_data(**kwargs) | {"indledning": indledning, "uden": []}
