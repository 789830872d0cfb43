"""The page on which a quarterly status is written: the plan as a whole, and a table of all its activities."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from dokumenter.oejebliksbillede import hvis_laeselig
from helhedsplan.fletning import flet
from helhedsplan.formats import opremsning
from helhedsplan.genindsend import vis_genindsend
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import Rettighed
from helhedsplan.tidligere import hvem as hvem_skrev
from status import oejebliksbillede
from status.actions import status as handlinger
from status.choices import Statustilstand
from status.forms import status as forms
from status.models import Kvartalsstatus
from status.queries.mangler import mangler, stopper
from status.queries.oversigt import forrige_publicerede
from status.queries.skrivetabel import linjefelt, skrivetabel
from status.queries.statusindhold import risikotal
from status.views.faelles import StatusMixin
from status.views.rediger import StatusRediger

#: The query that asks for the list of what is missing: somebody has tried to publish.
PROEVET = "publicer"
IKKE_GEMT = "Du har skrevet noget, som ikke er gemt endnu. Det står i felterne. Gem det først."


class Skriv(StatusRediger):
    """One form with autosave. Two who write in different fields are put together without being asked."""

    form_class = forms.StatusForm
    raekker = {"punkter": forms.PunktFormset}
    template_name = fletteskabelon = "status/skriv.html"
    side = titel = "Skriv"
    gem_tekst = "Gem statussen"

    def hent_objekt(self):
        return self.kladde()

    @cached_property
    def kladdested(self) -> str:
        return self.url("status-skriv")

    @cached_property
    def forrige(self):
        forrige = forrige_publicerede(self.status)
        return hvis_laeselig(oejebliksbillede.hent, forrige)[0] if forrige else None

    def slet_url(self) -> str:
        return self.url("status-slet")

    def formargumenter(self):
        return {"linjer": skrivetabel(self.status, self.forrige)}

    def post(self, request, *args, **kwargs):
        hvilke = request.POST.get(forms.OVERTAG)
        return self.overtag(hvilke) if hvilke else super().post(request, *args, **kwargs)

    def overtag(self, hvilke: str):
        """The form again with last quarter's texts in the empty fields, for those without script."""
        data = self.request.POST.copy()
        data.update(self.lav_form(self.objekt, data).med_sidste_tekster(hvilke))
        return self.vis(self.lav_form(self.objekt, data).uproevet())

    def gem(self, form, version):
        return handlinger.ret_status(
            bruger=self.request.user,
            status=form.instance,
            felter=form.planens_felter,
            punkter=form.raekker["punkter"],
            linjer=form.skrevne_linjer,
            version=version,
        )

    def ved_konflikt(self, form, konflikt):
        senere = Haendelse.objects.om(konflikt.objekt).filter(version__gt=form.version)
        fletning = flet(form, self.lav_form(konflikt.objekt), list(senere))
        samlet = self.lav_form(konflikt.objekt, fletning.data)
        if fletning.er_ens or fletning.konflikter or fletning.raekkekonflikter or not samlet.is_valid():
            return super().ved_konflikt(form, konflikt)
        if fletning.taget:
            hvem = hvem_skrev(fletning.haendelse) if fletning.haendelse else "En anden"
            messages.info(self.request, f"{hvem} har skrevet imens, og begges er gemt: {opremsning(fletning.taget)}.")
        return self.proev(samlet)

    def get_context_data(self, **kwargs):
        status = self.status
        billede = oejebliksbillede.udkast(status, timezone.localdate())
        fund = mangler(billede, status.noegle)
        form = kwargs["form"]
        raekker = form.tabel()
        skrives = [r for r in raekker if "lys" in r]
        return super().get_context_data(**kwargs) | {
            "status": status,
            "s": billede,
            "risikotal": risikotal(self.plan),
            "raekker": raekker,
            "skrevet": sum(not r["mangler"] for r in skrives),
            "skrives": len(skrives),
            "kan_overtages": len(form.med_sidste_tekster(forms.ALLE_TOMME)),
            "mangler": (stop := stopper(fund)),
            "advarsler": [f for f in fund if f not in stop],
            "proevet": PROEVET in self.request.GET,
            "fletning": kwargs.get("fletning"),
            "hos_leder": status.tilstand == Statustilstand.HOS_LEDER,
        }


class SkrivEgne(Skriv):
    """The same of the activities and delaftaler that are the person's own, for who writes no more than that."""

    rettighed = Rettighed.RET_EGET
    form_class = forms.EgneForm
    raekker = {}
    template_name = fletteskabelon = "status/skriv_egne.html"
    side = titel = "Dine aktiviteter"
    gem_tekst = "Gem"

    def krummer(self):
        return [self.titel_tekst()]

    def get(self, request, *args, **kwargs):
        if Rettighed.RET in self.plan.rettigheder:
            return redirect(self.url("status-skriv"))
        return super().get(request, *args, **kwargs)

    @cached_property
    def kladdested(self) -> str:
        return self.efter_url()

    def efter_url(self) -> str:
        return self.url("status-egne")

    def fortryd_url(self) -> str:
        return self.plan.get_absolute_url()

    def slet_url(self) -> str:
        return ""

    def formargumenter(self):
        return {"linjer": [linje for linje in skrivetabel(self.status, self.forrige) if self.er_egen(linje)]}

    @cached_property
    def egne(self) -> tuple[set[int], set[int]]:
        medlemskab = self.plan.medlemskab
        delaftaler, aktiviteter = medlemskab.delaftaler.values_list("pk"), medlemskab.aktiviteter.values_list("pk")
        return {pk for (pk,) in delaftaler}, {pk for (pk,) in aktiviteter}

    def er_egen(self, linje) -> bool:
        delaftaler, aktiviteter = self.egne
        return linje.delaftale.pk in delaftaler or (bool(linje.aktivitet) and linje.aktivitet.pk in aktiviteter)

    def gem(self, form, version):
        return handlinger.ret_egne_linjer(
            bruger=self.request.user, status=form.instance, linjer=form.skrevne_linjer, version=version
        )

    def get_context_data(self, **kwargs):
        form = kwargs["form"]
        return super(Skriv, self).get_context_data(**kwargs) | {
            "status": self.status,
            "s": {"forrige": self.forrige.kvartal if self.forrige else ""},
            "raekker": form.tabel(),
            "kan_overtages": len(form.med_sidste_tekster(forms.ALLE_TOMME)),
            "fletning": kwargs.get("fletning"),
        }


def tjek_gemt(request, status: Kvartalsstatus) -> None:
    """Refuse to pass a status on while the person has typed something in it that is not saved."""
    side = Skriv()
    side.setup(request, plan=status.plan.noegle, kvartal=status.noegle)
    if status.skrives and side.form_med_kladde()[1] is not None:
        raise ValidationError(IKKE_GEMT, code="ikke_gemt")


class Gammel(StatusMixin, View):
    """The pages that each held a part of what is now one page; what is sent to them is kept and shown."""

    rettighed = Rettighed.RET

    def get(self, request, *args, **kwargs):
        self.kladde()
        noegle = "/".join(filter(None, (kwargs.get("omraade"), kwargs.get("noegle"))))
        anker = f"#id_{linjefelt(noegle, 'tekst')}" if noegle else ""
        return redirect(f"{self.url('status-skriv')}{anker}", permanent=True)

    def post(self, request, *args, **kwargs):
        return vis_genindsend(request, status=404)
