"""Editing sections in place, their pictures, and the mapping tables."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from aftaler.actions import afsnit as afsnitactions
from aftaler.actions import billeder as billedactions
from aftaler.actions import raekker as raekkeactions
from aftaler.choices import Afsnitsart, Dokumenttype
from aftaler.forms import AfsnitForm, BilledeForm, BilledtekstForm, KoblingsraekkeFormset, KoblingstabelForm
from aftaler.models import Billede, Koblingstabel, Skabelonafsnit
from aftaler.queries import dokument
from aftaler.views.faelles import plankommando
from aftaler.views.rediger import EgetMixin, PlanRediger, RaekkeRediger, tjek_intet_skjult
from helhedsplan import tilslutninger
from helhedsplan.prosa import Fodnoter
from helhedsplan.rettigheder import Rettighed

MED_PROSA = [art for art in Afsnitsart if art.har_prosa]


class RetAfsnit(PlanRediger):
    """One section of the samarbejdsaftale, open in its place; the others stay readable."""

    form_class = AfsnitForm
    template_name = "aftaler/dokument/samarbejdsaftale.html"
    dokumenttype = Dokumenttype.SAMARBEJDSAFTALE
    aftale = None
    gem_tekst = "Gem afsnittet"

    def hent_objekt(self):
        skabelon = get_object_or_404(
            Skabelonafsnit,
            regelsaet_id=self.plan.regelsaet_id,
            dokument=self.dokumenttype,
            noegle=self.kwargs["afsnit"],
            art__in=MED_PROSA,
        )
        return afsnitactions.hent_afsnit(self.plan, skabelon, self.aftale)

    def gem(self, form, version):
        if form.instance.pk is None and not any(form.felter.values()):
            return False  # nothing of a section that nobody has written is no section
        return afsnitactions.ret_afsnit(
            bruger=self.request.user, afsnit=form.instance, felter=form.felter, version=version
        )

    def titel_tekst(self):
        return f"Ret afsnittet {self.objekt.skabelon.titel}"

    def krummer(self):
        return [("Samarbejdsaftale", reverse("samarbejdsaftale-vis", args=[self.plan.noegle])), self.titel_tekst()]

    def efter_url(self):
        return f"{reverse('samarbejdsaftale-vis', args=[self.plan.noegle])}#{self.kwargs['afsnit']}"

    def billede_url(self):
        return reverse("billede-opret", args=[self.plan.noegle, self.kwargs["afsnit"]])

    def hent_url(self):
        return reverse("afsnit-hent", args=[self.plan.noegle, self.kwargs["afsnit"]])

    @property
    def ser_skjulte(self) -> bool:
        return Rettighed.RET in self.plan.rettigheder

    def laes_dokument(self):
        return dokument.samarbejdsaftale(self.plan, se_skjulte=self.ser_skjulte)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | self.sidens_kontekst(**kwargs)

    def sidens_kontekst(self, **kwargs) -> dict:
        """What the page shows around the form."""
        dokument = self.laes_dokument()
        return {
            "dokument": dokument,
            "krop": "",
            "fodnoter": Fodnoter(tal=dokument.tal, se_skjulte=self.ser_skjulte),
            "aabent": self.kwargs["afsnit"],
            "billede_url": self.billede_url(),
            "hent_url": self.hent_url(),
            "delaftale": self.aftale,
            "tekstvaerktoejer": [foelger.vaerktoej(self.objekt) for foelger in tilslutninger.AFSNITSFOELGERE],
        }


class RetDelaftaleafsnit(EgetMixin, RetAfsnit):
    """One section of a delaftale, open in its place. A text with a figure that is hidden from the person is not his to
    write."""

    template_name = "aftaler/dokument/delaftale.html"
    dokumenttype = Dokumenttype.DELAFTALE

    @property
    def aftale(self):
        return self.delaftale

    def krummer(self):
        aftale = (self.delaftale.indsatsomraade.navn, self.delaftale.get_absolute_url())
        return [("Delaftaler", reverse("delaftale-liste", args=[self.plan.noegle])), aftale, self.titel_tekst()]

    def efter_url(self):
        return f"{self.delaftale.get_absolute_url()}#{self.kwargs['afsnit']}"

    def billede_url(self):
        return f"{super().billede_url()}?delaftale={self.delaftale.noegle}"

    def hent_url(self):
        return reverse("delaftaleafsnit-hent", args=[self.plan.noegle, self.delaftale.noegle, self.kwargs["afsnit"]])

    def eget(self):
        tjek_intet_skjult(self.plan, self.objekt.tekst)
        return self.delaftale

    def laes_dokument(self):
        return dokument.delaftale(self.delaftale, se_skjulte=self.ser_skjulte)


# --- pictures -------------------------------------------------------------------------------------------------------


class OpretBillede(PlanRediger):
    """A picture after a section's text; `?delaftale=` says in which delaftale when it is not the samarbejdsaftale."""

    form_class = BilledeForm
    titel = "Tilføj et billede"
    gem_tekst = "Tilføj billedet"

    def krummer(self):
        return _billedets_krummer(self.afsnit, self.titel)

    def dispatch(self, request, *args, **kwargs):
        self.kwargs["omraade"] = request.GET.get("delaftale", "")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def afsnit(self):
        aftale = self.delaftale if self.kwargs["omraade"] else None
        skabelon = get_object_or_404(
            Skabelonafsnit,
            regelsaet_id=self.plan.regelsaet_id,
            dokument=Dokumenttype.DELAFTALE if aftale else Dokumenttype.SAMARBEJDSAFTALE,
            noegle=self.kwargs["afsnit"],
            art__in=MED_PROSA,
        )
        return afsnitactions.hent_afsnit(self.plan, skabelon, aftale)

    def gem(self, form, version):
        return billedactions.opret_billede(
            bruger=self.request.user,
            afsnit=self.afsnit,
            indhold=form.cleaned_data["fil"],
            alternativ_tekst=form.cleaned_data["alternativ_tekst"],
            billedtekst=form.cleaned_data["billedtekst"],
        )

    def efter_url(self):
        return _afsnitsside(self.afsnit)


class RetBillede(PlanRediger):
    form_class = BilledtekstForm
    titel = "Ret billedets tekster"

    def hent_objekt(self):
        return get_object_or_404(Billede, afsnit__plan=self.plan, pk=self.kwargs["pk"])

    def krummer(self):
        return _billedets_krummer(self.objekt.afsnit, self.titel)

    def gem(self, form, version):
        return billedactions.ret_billede(bruger=self.request.user, billede=form.instance, felter=form.felter)

    def efter_url(self):
        return _afsnitsside(self.objekt.afsnit)

    def slet_url(self):
        return reverse("billede-slet", args=[self.plan.noegle, self.objekt.pk])


def _billedets_krummer(afsnit, titel: str) -> list[tuple[str, str] | str]:
    args = [afsnit.plan.noegle]
    if not afsnit.delaftale_id:
        return [("Samarbejdsaftale", reverse("samarbejdsaftale-vis", args=args)), titel]
    aftale = (afsnit.delaftale.indsatsomraade.navn, afsnit.delaftale.get_absolute_url())
    return [("Delaftaler", reverse("delaftale-liste", args=args)), aftale, titel]


def _afsnitsside(afsnit) -> str:
    noegle = afsnit.plan.noegle
    if afsnit.delaftale_id:
        return f"{reverse('delaftale-vis', args=[noegle, afsnit.delaftale.noegle])}#{afsnit.skabelon.noegle}"
    return f"{reverse('samarbejdsaftale-vis', args=[noegle])}#{afsnit.skabelon.noegle}"


@plankommando()
def slet_billede(request, plan, pk):
    fundet = get_object_or_404(Billede, afsnit__plan=plan, pk=pk)
    side = _afsnitsside(fundet.afsnit)
    billedactions.slet_billede(bruger=request.user, billede=fundet)
    messages.success(request, "Billedet er slettet.")
    return side


# --- mapping tables -------------------------------------------------------------------------------------------------


class RetKoblingstabel(RaekkeRediger):
    model = Koblingstabel
    form_class = KoblingstabelForm
    raekker = {"raekker": KoblingsraekkeFormset}
    titel = "Ret tabel"

    def raekkeargumenter(self, relation):
        return {"regelsaet_id": self.plan.regelsaet_id}

    def krummer(self):
        return [("Samarbejdsaftale", reverse("samarbejdsaftale-vis", args=[self.plan.noegle])), self.titel]

    def efter_url(self):
        return (
            f"{reverse('samarbejdsaftale-vis', args=[self.plan.noegle])}#kobling-{self.objekt.pk or ''}".removesuffix(
                "#kobling-"
            )
        )

    def slet_url(self):
        return reverse("koblingstabel-slet", args=[self.plan.noegle, self.objekt.pk]) if self.objekt.pk else ""


class OpretKoblingstabel(RetKoblingstabel):
    titel = "Tilføj en tabel"
    gem_tekst = "Tilføj tabellen"


@plankommando()
def slet_koblingstabel(request, plan, pk):
    tabel = get_object_or_404(Koblingstabel, plan=plan, pk=pk)
    raekkeactions.slet(bruger=request.user, objekt=tabel)
    messages.success(request, f"Tabellen »{tabel}« er slettet.")
    return reverse("samarbejdsaftale-vis", args=[plan.noegle])
