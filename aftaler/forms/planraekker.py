"""The rows that a plan has beside what it is."""

from django import forms

from aftaler.models import Sideplan
from helhedsplan.formularer import Raekkeform, raekkeformset


class SideplanForm(Raekkeform):
    class Meta:
        model = Sideplan
        fields = ("navn", "slags", "beloeb", "kilde", "maal")
        labels = {"beloeb": "Beløb, som oplyst", "maal": "Planens egne mål, et på hver linje"}
        widgets = {"maal": forms.Textarea(attrs={"rows": 2})}


SideplanFormset = raekkeformset(SideplanForm, titel="Planer ved siden af", tilfoej="Tilføj en plan", max_num=50)
