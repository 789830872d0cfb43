"""Names over time, for each kind of thing that has them."""

from django import forms

from aftaler.models import Afdeling, Helhedsplan, Navn, Omraade, Organisation
from aftaler.rules import EGEN
from helhedsplan.choices import Alvor
from helhedsplan.formularer import ModelFormular, Raekkeform, Tidfelt, raekkeformset
from helhedsplan.fund import Fund
from helhedsplan.tid import Tid, dagen


class NavneraekkeForm(Raekkeform):
    class Meta:
        model = Navn
        fields = ("navn", "slags", "fra", "til", "hvor")
        labels = {"hvor": "Hvor"}


NavneFormset = raekkeformset(NavneraekkeForm, titel="Andre navne", tilfoej="Tilføj et navn", max_num=50)
NavneFormset.klasse = "raekkeskema-navne"


LAGT_SAMMEN = "Når to er blevet til én: denne bliver stående, og fra dagen står den andens navn i papirerne."


class Navneform(ModelFormular):
    """What it is called, and from when that is new. `plan` is the plan that the page belongs to."""

    nyt_fra = Tidfelt(
        label="Navnet er nyt fra",
        required=False,
        help_text="Kun når den har skiftet navn: så bliver det navn, der stod, et tidligere navn indtil da.",
    )

    def __init__(self, *args, plan: Helhedsplan, **kwargs):
        super().__init__(*args, **kwargs)
        felter = [n for n in ("navn", "nyt_fra", "lagt_ind_i", "lagt_ind") if n in self.fields]
        self.order_fields(felter)
        if "lagt_ind_i" in self.fields:
            felt = self.fields["lagt_ind_i"]
            felt.queryset = self.andre(plan).exclude(pk=self.instance.pk)
            felt.empty_label = "Ikke lagt sammen med en anden"
            felt.help_text = LAGT_SAMMEN

    def andre(self, plan: Helhedsplan):
        """What it can have been put into."""
        raise NotImplementedError

    @property
    def felter(self) -> dict:
        return {navn: v for navn, v in super().felter.items() if not navn.startswith("nyt_fra")}

    @property
    def nyt_navn_fra(self) -> Tid | None:
        vaerdi = self.cleaned_data.get("nyt_fra")
        return vaerdi if isinstance(vaerdi, Tid) or vaerdi is None else dagen(vaerdi)

    def advarsler(self) -> list[Fund]:
        """A name that is corrected is gone; whoever means a new one says from when."""
        if "navn" not in self.changed_data or self.cleaned_data["nyt_fra"]:
            return []
        foer = self.initial["navn"]
        tekst = f"»{foer}« rettes og huskes ikke. Er det et nyt navn, så skriv, hvornår det er nyt fra."
        return [Fund(f"navn:{self.cleaned_data['navn']}", Alvor.ADVARSEL, tekst, "", EGEN)]


SAMMENLAGT = ("navn", "lagt_ind_i", "lagt_ind")


class OrganisationNavneForm(Navneform):
    class Meta:
        model = Organisation
        fields = SAMMENLAGT

    def advarsler(self):
        """A kommune does not become a housing organisation; whoever knows better says so."""
        ind_i = self.cleaned_data.get("lagt_ind_i")
        if ind_i is None or ind_i.art == self.instance.art or "lagt_ind_i" not in self.changed_data:
            return super().advarsler()
        arter = [o.get_art_display().lower() for o in (self.instance, ind_i)]
        tekst = f"{self.instance} er {arter[0]}, og {ind_i} er {arter[1]}. Er de blevet til én?"
        return [*super().advarsler(), Fund(f"art:{ind_i.pk}", Alvor.ADVARSEL, tekst, "", EGEN)]

    def andre(self, plan):
        return Organisation.objects.valgbare(self.instance.lagt_ind_i_id)


class AfdelingNavneForm(Navneform):
    class Meta:
        model = Afdeling
        fields = SAMMENLAGT

    def andre(self, plan):
        egne = Afdeling.objects.filter(organisation__parter__plan=plan).values("pk")
        alle = Afdeling.objects.valgbare(self.instance.lagt_ind_i_id).select_related("organisation")
        return alle.filter(pk__in=egne) | alle.filter(pk=self.instance.lagt_ind_i_id)


class OmraadeNavneForm(Navneform):
    class Meta:
        model = Omraade
        fields = SAMMENLAGT

    def andre(self, plan):
        return Omraade.objects.filter(plan=plan)


class PlanNavneForm(Navneform):
    class Meta:
        model = Helhedsplan
        fields = ("navn",)


#: By the name of the kind in the address.
NAVNEFORMER: dict[str, type[forms.BaseModelForm]] = {
    "organisation": OrganisationNavneForm,
    "afdeling": AfdelingNavneForm,
    "omraade": OmraadeNavneForm,
    "plan": PlanNavneForm,
}
