"""Forms of withdrawing a status, of questions about it, and of the links that open it."""

from crispy_forms.layout import Fieldset, Layout
from django import forms

from bestyrelse.choices import Sideafsnit
from bestyrelse.models import Frist, Spoergsmaal
from helhedsplan.formularer import Datofelt, Filfelt, Formular, Grundfelt, ModelFormular
from helhedsplan.grunde import laeseligt_spoergsmaal
from helhedsplan.models import Bruger


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
        medlemmer = Bruger.objects.filter(medlemskaber__plan=plan, is_active=True)
        self.fields["modtagere"].queryset = medlemmer
        self.fields["modtagere"].initial = medlemmer.filter(medlemskaber__rolle="bestyrelse")

    def layout(self) -> Layout:
        return Layout(Fieldset("Modtagere", "modtagere"))


class FristForm(ModelFormular):
    """A day of the calendar that a person sets."""

    class Meta:
        model = Frist
        fields = ("titel", "dato", "note", "udfoert")
        help_texts = {"udfoert": "Lad feltet stå tomt, til det er gjort."}


class HoldtForm(Formular):
    """A meeting that was held elsewhere."""

    dato = Datofelt(label="Hvornår blev mødet holdt?")
    fil = Filfelt(
        label="Referatet som PDF",
        required=False,
        help_text="Kan vente. Højst 10 MB og uden CPR-numre.",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:  # drawn again only when something is wrong, and no browser keeps the file then
            self.fields["fil"].help_text += " Vælg filen igen."
