"""Forms of withdrawing a status, of questions about it, and of the links that open it."""

from crispy_forms.layout import Fieldset, Layout
from django import forms

from aftaler.queries.adgang import bestyrelsens, personer_med
from helhedsplan.formularer import Formular, Grundfelt, ModelFormular
from helhedsplan.grunde import laeseligt_spoergsmaal
from helhedsplan.models import Bruger
from helhedsplan.rettigheder import Rettighed
from status.choices import Sideafsnit
from status.models import Spoergsmaal


class TraekForm(Formular):
    """Withdraw a published status."""

    grund = Grundfelt(label="Hvorfor trækkes statussen tilbage?", help_text="Står på siden, hvor statussen var.")


class SpoergsmaalForm(ModelFormular):
    class Meta:
        model = Spoergsmaal
        fields = ("afsnit", "tekst")
        labels = {"afsnit": "Om", "tekst": "Spørgsmål eller kommentar"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tekst"].validators.append(laeseligt_spoergsmaal)
        self.fields["afsnit"].choices = [(a.value, a.label) for a in Sideafsnit]


class SvarForm(ModelFormular):
    class Meta:
        model = Spoergsmaal
        fields = ("svar",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["svar"].required = True


class LaeselinkForm(Formular):
    """Who is sent a link of their own; those of the board are chosen to begin with."""

    modtagere = forms.ModelMultipleChoiceField(
        Bruger.objects.none(),
        label="Send til",
        widget=forms.CheckboxSelectMultiple,
        help_text="Hver får sit eget link, der åbner siden én gang og udløber efter 14 dage.",
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        medlemmer = personer_med(plan, Rettighed.SE)
        self.fields["modtagere"].queryset = medlemmer
        self.fields["modtagere"].initial = bestyrelsens(plan)

    def layout(self) -> Layout:
        return Layout(Fieldset("Modtagere", "modtagere"))
