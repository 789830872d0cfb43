"""Forms of the quarterly status, of questions about it, and of the links that open it."""

from crispy_forms.layout import Fieldset, Layout
from django import forms

from bestyrelse.choices import Lys, Sideafsnit
from bestyrelse.models import Frist, Kvartalsstatus, Spoergsmaal, Statuslinje, Statuspunkt, Statustal
from helhedsplan.formularer import (
    Datofelt,
    Filfelt,
    Formular,
    ModelFormular,
    Raekkeform,
    Raekker,
    Tekstfelt,
    raekkeformset,
)
from helhedsplan.models import Bruger

KORT = {"rows": 3}


class StatusForm(ModelFormular):
    """What is said of the plan as a whole, and what is asked of the board."""

    class Meta:
        model = Kvartalsstatus
        fields = ("sammenfatning", "til_beboere", "frist")
        labels = {"sammenfatning": "Kort fortalt"}
        help_texts = {
            "sammenfatning": "To-tre sætninger, som bestyrelsen læser først.",
            "til_beboere": "Står i den korte udgave til beboerne. Skriv enkelt, uden navne og uden små antal.",
            "frist": "Dagen, statussen skal være publiceret.",
        }

    def layout(self) -> Layout:
        return Layout("sammenfatning", Raekker("punkter"), "til_beboere", "frist")


class PunktForm(Raekkeform):
    class Meta:
        model = Statuspunkt
        fields = ("art", "tekst", "rejst", "svar")
        labels = {"tekst": "Det bedes bestyrelsen om", "svar": "Svar, når det er lukket"}


PunktFormset = raekkeformset(PunktForm, titel="Til bestyrelsen", tilfoej="Tilføj et punkt", max_num=30)


class LinjeForm(ModelFormular):
    """One activity, or a delaftale. `har_eget_lys` is false where the light follows from the activities."""

    class Meta:
        model = Statuslinje
        fields = ("lys", "tekst", "begrundelse", "deltagere")
        widgets = {"lys": forms.RadioSelect}
        labels = {"tekst": "Sådan går det"}
        help_texts = {
            "tekst": "En-to sætninger, højst 600 tegn.",
            "begrundelse": "Skal skrives, når lyset er dårligere end i den seneste publicerede status.",
            "deltagere": "Antal forskellige personer i kvartalet. Små antal skjules på siden.",
        }

    def __init__(self, *args, har_eget_lys: bool = True, foer: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if not har_eget_lys:
            del self.fields["lys"]
        else:
            self.fields["lys"].choices = [(lys.value, lys.label) for lys in Lys]
            sidst = f"Sidst: {Lys(foer).label}." if foer else "Der var ikke noget lys i den seneste status."
            self.fields["lys"].help_text = sidst
        if self.instance.aktivitet_id is None:
            del self.fields["deltagere"]


class TalForm(Raekkeform):
    class Meta:
        model = Statustal
        fields = ("navn", "antal")


TalFormset = raekkeformset(TalForm, tilfoej="Tilføj en optælling", max_num=10)


class TraekForm(Formular):
    """Withdraw a published status."""

    grund = Tekstfelt(label="Hvorfor trækkes statussen tilbage?", help_text="Står på siden, hvor statussen var.")


class SpoergsmaalForm(ModelFormular):
    class Meta:
        model = Spoergsmaal
        fields = ("afsnit", "tekst")
        labels = {"afsnit": "Om", "tekst": "Spørgsmål eller kommentar"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
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
