from django import forms

from aftaler.actions.bilag import TYPER, laes_bilag
from aftaler.models import Bilag, EgetMaal, Helhedsplan, Omtaltpapir, Planmilepael, Risiko
from aftaler.queries import kendte, papirer
from helhedsplan.formularer import Filfelt, ModelFormular, Raekkeform, raekkeformset


class TabelForm(ModelFormular):
    """Nothing but the rows of a paper; the plan's version travels along."""

    class Meta:
        model = Helhedsplan
        fields = ()

    def forslag(self):
        return {"ansvarlige": kendte.ansvarlige(self.instance)}


class PlanmilepaelForm(Raekkeform):
    foreslaas = {"ansvarlig": "ansvarlige"}

    class Meta:
        model = Planmilepael
        fields = ("navn", "ansvarlig", "dato", "status")


class RisikoForm(Raekkeform):
    foreslaas = {"ansvarlig": "ansvarlige"}

    class Meta:
        model = Risiko
        fields = ("navn", "sandsynlighed", "konsekvens", "haandtering", "ansvarlig")
        widgets = {"navn": forms.Textarea(attrs={"rows": 2}), "haandtering": forms.Textarea(attrs={"rows": 2})}


class EgetMaalForm(Raekkeform):
    class Meta:
        model = EgetMaal
        fields = ("tekst", "maales_paa")
        widgets = {"tekst": forms.Textarea(attrs={"rows": 2}), "maales_paa": forms.Textarea(attrs={"rows": 2})}


PlanmilepaelFormset = raekkeformset(PlanmilepaelForm, titel="Milepæle", tilfoej="Tilføj en milepæl")
RisikoFormset = raekkeformset(RisikoForm, titel="Risici", tilfoej="Tilføj en risiko")
EgetMaalFormset = raekkeformset(EgetMaalForm, titel="Planens egne overordnede mål", tilfoej="Tilføj et mål")


UDGIVELSESHJAELP = {"offentliggjort_hvor": "En adresse på nettet, en avis eller et møde."}
UDGIVELSE = ("offentliggjort_hvor", "offentliggjort")


class OmtaltpapirForm(ModelFormular):
    class Meta:
        model = Omtaltpapir
        fields = ("titel", "art", "dato", "kilde", *UDGIVELSE)
        help_texts = {"kilde": "Hvor papiret er nævnt, for eksempel ansøgningen af 1. maj 2016."} | UDGIVELSESHJAELP


class BilagForm(ModelFormular):
    """`papir`: which of the papers that the rule set asks for as a file, when it asks for any."""

    class Meta:
        model = Bilag
        fields = ("titel", "art", "papir", "underskrevet", *UDGIVELSE)
        help_texts = UDGIVELSESHJAELP | {"underskrevet": "Når parterne har skrevet under på papiret i filen."}

    papir = forms.ChoiceField(label="Er papiret", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kraevede = papirer.kraevede_filer(self.instance.plan)
        if not (
            self.instance.underskrevet or self.instance.underskrevet_sagt or any(k.krav.underskrives for k in kraevede)
        ):
            del self.fields["underskrevet"]
        valg = {fil.noegle: fil.navn for fil in kraevede}
        if self.instance.papir:
            valg.setdefault(self.instance.papir, self.instance.papir)
        if not valg:
            del self.fields["papir"]
            return
        felt = self.fields["papir"]
        felt.choices = [("", "Intet af dem"), *valg.items()]
        notet = next((fil.krav.note for fil in kraevede if fil.noegle == self.instance.papir), "")
        felt.help_text = notet or "Et papir, som regelsættet kræver, at planen har."


class NytBilagForm(BilagForm):
    fil = Filfelt(
        label="Fil",
        help_text="PDF, Word, Excel, billede eller tekst, højst 10 MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(TYPER)}),
    )

    field_order = ("fil", "titel", "art", "papir", "underskrevet", *UDGIVELSE)

    def clean_fil(self):
        """Name and bytes, checked to be something that can be kept."""
        fil = self.cleaned_data["fil"]
        indhold = fil.read()
        laes_bilag(indhold, fil.name)
        return fil.name, indhold
