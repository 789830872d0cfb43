"""The form of minutes that were written outside the program."""

from crispy_forms.layout import Fieldset, Layout
from django import forms

from aftaler.models import Helhedsplan
from helhedsplan.formularer import Datofelt, Filfelt, Formular, Tekstfelt
from indikatorer.queries.opfoelgning import plan_maal
from moeder.actions.bevis import Referatupload


class UploadReferatForm(Formular):
    """The file and the meeting's day, and what the board concluded on each fixed goal that it followed up."""

    dato = Datofelt(label="Mødets dag")
    fil = Filfelt(
        label="Referatet som PDF",
        help_text="Højst 10 MB og uden CPR-numre. Filens egne ord skal nævne bestyrelsens møde, dets dag og "
        "målene, og en anden skal bekræfte referatet. Filen og dagen i dag gemmes og ændres ikke.",
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def __init__(self, *args, plan: Helhedsplan, **kwargs):
        super().__init__(*args, **kwargs)
        self.maalene = plan_maal(plan)
        for m in self.maalene:
            self.fields[f"konklusion_{m.nummer}"] = Tekstfelt(
                label=f"Mål {m.nummer}: {m.indsatsomraade.navn}",
                required=False,
                max_length=2000,
                widget=forms.Textarea({"rows": 2}),
                help_text="Hvad bestyrelsen konkluderede. Tomt, hvis målet ikke blev fulgt op.",
            )

    def layout(self) -> Layout:
        felter = [f"konklusion_{m.nummer}" for m in self.maalene]
        return Layout("dato", "fil", *([Fieldset("Det siger referatet om de faste mål", *felter)] if felter else []))

    @property
    def upload(self) -> Referatupload:
        data = self.cleaned_data
        konklusioner = {m.nummer: data.get(f"konklusion_{m.nummer}") or "" for m in self.maalene}
        return Referatupload(data["dato"], data["fil"].read(), data["fil"].name, konklusioner)
