from django import forms

from aftaler.actions.billeder import laes_billede
from aftaler.models import Afsnit, Billede, Koblingsraekke, Koblingstabel, OverordnetMaal
from helhedsplan.formularer import Filfelt, ModelFormular, Raekkeform, raekkeformset


class AfsnitForm(ModelFormular):
    class Meta:
        model = Afsnit
        fields = ("tekst", "faerdig")


class BilledtekstForm(ModelFormular):
    class Meta:
        model = Billede
        fields = ("alternativ_tekst", "billedtekst")


class BilledeForm(BilledtekstForm):
    fil = Filfelt(
        label="Billede",
        help_text="PNG eller JPEG, højst 5 MB.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )

    field_order = ("fil", "alternativ_tekst", "billedtekst")

    def clean_fil(self):
        """The bytes, checked to be a picture that can be printed."""
        indhold = self.cleaned_data["fil"].read()
        laes_billede(indhold)
        return indhold


class KoblingstabelForm(ModelFormular):
    class Meta:
        model = Koblingstabel
        fields = ("titel", "kolonne_fra", "kolonne_til")


class KoblingsraekkeForm(Raekkeform):
    class Meta:
        model = Koblingsraekke
        fields = ("fra", "maal", "til")
        labels = {"til": "Forklaring"}
        widgets = {
            "fra": forms.Textarea(attrs={"rows": 2}),
            "til": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args, regelsaet_id=None, **kwargs):
        super().__init__(*args, **kwargs)
        maal = OverordnetMaal.objects.filter(indsatsomraade__regelsaet_id=regelsaet_id).order_by("nummer")
        self.fields["maal"].queryset = maal


KoblingsraekkeFormset = raekkeformset(KoblingsraekkeForm, titel="Rækker", tilfoej="Tilføj en række")
