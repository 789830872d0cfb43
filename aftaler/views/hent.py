"""Pages that copy from a plan one may read: choose the plan, see what there is, say what comes along."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from aftaler.actions import hent as hentactions
from aftaler.actions import kopi as kopiactions
from aftaler.forms.hent import (
    HentAfsnitForm,
    HentDelaftaleForm,
    HentRaekkerForm,
    UdfyldAktivitetForm,
    VaelgAktivitetForm,
)
from aftaler.models import Aktivitet, Delaftale, Helhedsplan
from aftaler.queries import hent
from aftaler.queries.kopi import aktivitetsudfyldning
from aftaler.views.afsnit import RetAfsnit, RetDelaftaleafsnit
from aftaler.views.delaftale import RetAktivitet
from aftaler.views.papirer import RetKommissorium
from aftaler.views.rediger import PlanRediger
from helhedsplan.kollation import dansk
from helhedsplan.rettigheder import Krav, Rettighed

INGEN_KILDE = "Ingen af de planer, du kan læse, har noget, der kan hentes her."


class FraPlan(PlanRediger):
    """A page that copies from the plan that `?fra=` names; from the plan before this one when it has anything."""

    rettighed: Krav = Rettighed.RET
    template_name = "aftaler/hent.html"

    def kildeplaner(self):
        raise NotImplementedError

    @cached_property
    def planer(self) -> list[Helhedsplan]:
        return list(self.kildeplaner())

    @cached_property
    def fra(self) -> Helhedsplan | None:
        """None when there is nothing to copy anywhere; a plan that is not among them is not found."""
        if noegle := self.request.GET.get("fra"):
            fundet = next((p for p in self.planer if p.noegle == noegle), None)
            if fundet is None:
                raise Http404("Planen findes ikke, eller den har ikke noget, du kan hente.")
            return fundet
        andre = [p for p in self.planer if p.pk != self.plan.pk]
        forrige = [p for p in andre if p.pk == self.plan.forgaenger_id]
        return next(iter([*forrige, *andre, *self.planer]), None)

    @cached_property
    def kladdested(self):
        return f"{self.request.path}?fra={self.fra.noegle if self.fra else ''}"

    def i_vejen(self):
        return "" if self.fra else INGEN_KILDE

    def get_context_data(self, **kwargs):
        valg = {"planer": self.planer, "fra": self.fra, "hjaelp": self.hjaelp}
        return super().get_context_data(**kwargs) | valg

    hjaelp = ""


class HentTekst(FraPlan):
    """Copy a text into a section; together with the page that edits the section."""

    form_class = HentAfsnitForm
    gem_tekst = "Vis, hvad der kommer med"
    hjaelp = "Målte tal kommer ikke med; i den nye tekst står [tal], hvor der stod et."

    def titel_tekst(self):
        return f"Hent tekst til {self.objekt.skabelon.titel}"

    def kildeplaner(self):
        return hent.kildeplaner(self.request.user, hent.skrevne_afsnit(self.objekt))

    @cached_property
    def kilder(self):
        return hent.afsnitskilder(self.fra, self.objekt) if self.fra else []

    def formargumenter(self):
        return {"kilder": self.kilder}

    def sidens_kontekst(self, **kwargs):
        form = kwargs["form"]
        valgt = form.valgt if form.ubekraeftede else None
        med_billeder = valgt and form.felter["med_billeder"]
        return {"tekst": valgt, "billeder": valgt.billeder if med_billeder else ()}

    def gem(self, form, version):
        return hentactions.hent_tekst(bruger=self.request.user, til=form.instance, version=version, **form.felter)


class HentAfsnit(HentTekst, RetAfsnit):
    pass


class HentDelaftaleafsnit(HentTekst, RetDelaftaleafsnit):
    pass


class HentKommissorium(HentTekst, RetKommissorium):
    pass


class HentRaekker(FraPlan):
    """Copy rows of a kind to the plan, or to a delaftale of it."""

    template_name = "aftaler/hent_raekker.html"
    form_class = HentRaekkerForm
    gem_tekst = "Kopiér de valgte"
    slags = ""
    #: Where the rows stand: a URL name, and an anchor there.
    side, anker = "", ""

    def ejer(self) -> Helhedsplan | Delaftale:
        return self.plan

    def hent_objekt(self):
        return self.ejer()

    def titel_tekst(self):
        return f"Hent {hent.RAEKKER[self.slags].navn} fra en anden plan"

    def kildeplaner(self):
        art = hent.RAEKKER[self.slags]
        andre = hent.raekker_andre_steder(self.slags, self.objekt)
        return hent.kildeplaner(self.request.user, andre, art.vej)

    @cached_property
    def mulige(self):
        return hent.mulige_raekker(self.slags, self.fra, self.objekt) if self.fra else ([], [])

    def formargumenter(self):
        art = hent.RAEKKER[self.slags]
        return {"mulige": [(r.pk, art.i_ord(r, self.plan)) for r in self.mulige[0]], "navn": art.navn}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"staar_her": self.mulige[1], "intet_nyt": not self.mulige[0]}

    def gem(self, form, version):
        antal = hentactions.hent_raekker(
            bruger=self.request.user, slags=self.slags, fra=self.fra, til=form.instance, version=version, **form.felter
        )
        messages.success(self.request, f"{antal} kopieret fra {self.fra}.")
        return antal

    def efter_url(self):
        return f"{reverse(self.side, args=[self.plan.noegle])}{self.anker}"


class HentMilepaele(HentRaekker):
    slags, side = "milepaelsplan", "milepaelsplan-vis"
    hjaelp = "Datoerne er flyttet så langt, som planerne begynder fra hinanden."


class HentRisici(HentRaekker):
    slags, side = "beredskabsplan", "beredskabsplan-vis"


class HentKoblingstabeller(HentRaekker):
    slags, side = "koblingstabeller", "samarbejdsaftale-vis"


class HentGrupper(HentRaekker):
    slags, side, anker = "grupper", "indstillinger", "#grupper"
    hjaelp = "Bestyrelsen skrives på sin egen side og kommer ikke med."


class HentTilDelaftale(HentRaekker):
    def ejer(self):
        return self.delaftale

    def krummer(self):
        aftale = (self.delaftale.indsatsomraade.navn, self.delaftale.get_absolute_url())
        return [("Delaftaler", reverse("delaftale-liste", args=[self.plan.noegle])), aftale, self.titel_tekst()]

    def efter_url(self):
        return self.delaftale.get_absolute_url()


class HentDelmaal(HentTilDelaftale):
    slags = "delmaal"
    hjaelp = "Et delmål, der ikke er på listen her, bliver et lokalt delmål. Noter kommer ikke med."


class HentSamarbejdsparter(HentTilDelaftale):
    slags = "samarbejdsparter"


class HentDelaftale(FraPlan):
    """Copy a whole delaftale to an indsatsområde that the plan has chosen."""

    template_name = "aftaler/hent_delaftale.html"
    form_class = HentDelaftaleForm
    titel = "Kopiér en delaftale"
    gem_tekst = "Vis, hvad der kommer med"
    hjaelp = "Beløb, målte tal, antal, tilstande, områder og jeres egne noter kommer ikke med."

    def hent_objekt(self):
        return self.plan

    def kildeplaner(self):
        return hent.kildeplaner(self.request.user, Delaftale.objects.exclude(plan=self.plan))

    def i_vejen(self):
        if not self.plan.indsatsomraader.exists():
            return "Planen har ikke valgt indsatsområder endnu. Vælg dem først."
        return super().i_vejen()

    def formargumenter(self):
        return {
            "mulige": Delaftale.objects.filter(plan=self.fra).select_related("indsatsomraade", "plan"),
            "omraader": self.plan.indsatsomraader.all(),
            "i_gang": set(self.plan.delaftaler.values_list("indsatsomraade_id", flat=True)),
        }

    def lav_form(self, objekt, data=None, files=None):
        form = super().lav_form(objekt, data, files)
        form.erstattes = lambda: [a.skabelon.titel for a in self.kopi(form).afsnit if a.erstatter]
        return form

    def kopi(self, form):
        felter = form.felter
        return hent.delaftalekopi(felter["fra"], self.plan, felter["til"], felter["dele"], erstat=felter["erstat"])

    def get_context_data(self, **kwargs):
        form = kwargs["form"]
        return super().get_context_data(**kwargs) | {"kopi": self.kopi(form) if form.ubekraeftede else None}

    def gem(self, form, version):
        return hentactions.hent_delaftale(bruger=self.request.user, plan=self.plan, **form.felter)

    def krummer(self):
        return [("Delaftaler", reverse("delaftale-liste", args=[self.plan.noegle])), self.titel]

    def efter_url(self):
        gemt = getattr(self, "gemt", None)
        return gemt.get_absolute_url() if gemt else reverse("delaftale-liste", args=[self.plan.noegle])


class UdfyldAktivitet(RetAktivitet):
    """Take over text, partners and milestones of the activity that this goes on from, or that `?fra=` names."""

    rettighed: Krav = Rettighed.RET
    template_name = "aftaler/udfyld_aktivitet.html"
    form_class = UdfyldAktivitetForm
    raekker = {}
    gem_tekst = "Kopiér det valgte"

    def titel_tekst(self):
        return f"Udfyld {self.objekt.navn} fra en anden aktivitet"

    @cached_property
    def mulige(self):
        andre = Aktivitet.objects.for_bruger(self.request.user).exclude(pk=self.objekt.pk)
        return andre.select_related("delaftale__plan", "delaftale__indsatsomraade").order_by(
            "-delaftale__plan__periode_fra", "delaftale__plan_id", dansk("navn")
        )

    @cached_property
    def fra(self) -> Aktivitet | None:
        pk = self.request.GET.get("fra", "")
        if pk:
            return get_object_or_404(self.mulige, pk=pk if pk.isdecimal() and len(pk) < 12 else 0)
        return self.mulige.filter(pk=self.objekt.fortsaetter_id).first()

    @cached_property
    def kladdested(self):
        return f"{self.request.path}?fra={self.fra.pk if self.fra else ''}"

    @cached_property
    def udfyldning(self):
        return aktivitetsudfyldning(self.fra or self.objekt, self.objekt)

    def formargumenter(self):
        return {"mulige": self.udfyldning}

    def get_context_data(self, **kwargs):
        vaelg = VaelgAktivitetForm(initial={"fra": self.fra})
        vaelg.fields["fra"].queryset = self.mulige
        return super().get_context_data(**kwargs) | {"fra": self.fra, "udfyldning": self.udfyldning, "vaelg": vaelg}

    def gem(self, form, version):
        return kopiactions.udfyld_aktivitet(
            bruger=self.request.user, fra=self.fra or self.objekt, til=form.instance, version=version, **form.felter
        )

    def slet_url(self):
        return ""
