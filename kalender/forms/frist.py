from django import forms

from helhedsplan.formularer import Datofelt, Filfelt, Formular, ModelFormular
from kalender.models import Frist


class FristForm(ModelFormular):
    """A day of the calendar that a person sets."""

    class Meta:
        model = Frist
        fields = ("titel", "dato", "note", "udfoert")
        help_texts = {"udfoert": "Lad feltet stå tomt, til det er gjort."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dato"].required = True


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
