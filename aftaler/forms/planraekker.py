"""The rows that a plan has beside what it is."""

from django import forms

from aftaler.models import Behandling, Faelles, Helhedsplan, Sideplan
from aftaler.queries import kendte
from helhedsplan.formularer import ModelFormular, Raekkeform, raekkeformset


class SideplanForm(Raekkeform):
    class Meta:
        model = Sideplan
        fields = ("navn", "slags", "beloeb", "kilde", "maal")
        labels = {"beloeb": "Beløb, som oplyst", "maal": "Planens egne mål, et på hver linje"}
        widgets = {"maal": forms.Textarea(attrs={"rows": 2})}


SideplanFormset = raekkeformset(SideplanForm, titel="Planer ved siden af", tilfoej="Tilføj en plan", max_num=50)


class PlanraekkerForm(ModelFormular):
    """Nothing but the rows; the plan's version travels along."""

    class Meta:
        model = Helhedsplan
        fields = ()

    def forslag(self):
        return {"steder": kendte.steder(self.instance)}


class DeltRaekkeform(Raekkeform):
    """`planer` are those that the person may write in, and those that stand there already."""

    def __init__(self, *args, planer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["planer"].queryset = planer


class BehandlingForm(DeltRaekkeform):
    foreslaas = {"afdeling": "steder"}

    class Meta:
        model = Behandling
        fields = ("organ", "afdeling", "dato", "punkt", "udfald", "ja", "nej", "vilkaar", "planer", "andre")
        labels = {"afdeling": "Afdeling, ved urafstemning", "andre": "Andre planer, der ikke er her"}
        widgets = {"vilkaar": forms.Textarea(attrs={"rows": 2})}


class FaellesForm(DeltRaekkeform):
    class Meta:
        model = Faelles
        fields = ("slags", "navn", "beloeb", "kilde", "hoerer_til", "planer", "andre")
        labels = {"beloeb": "Beløb, som oplyst", "andre": "Andre planer, der ikke er her"}


BehandlingFormset = raekkeformset(BehandlingForm, titel="Hvem der har behandlet planen", tilfoej="Tilføj en behandling")
FaellesFormset = raekkeformset(FaellesForm, titel="Fælles med andre planer", tilfoej="Tilføj noget fælles", max_num=50)
for saet in (SideplanFormset, BehandlingFormset, FaellesFormset):
    saet.klasse = "raekkeskema-ark"
