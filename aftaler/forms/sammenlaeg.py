from django import forms

from aftaler.queries.sammenlaeg import flytter, hindringer
from helhedsplan.choices import Alvor
from helhedsplan.formularer import Formular
from helhedsplan.fund import Fund
from helhedsplan.tomme_valg import laest_valg
from helhedsplan.tvillinger import EGEN, foldet


class SammenlaegForm(Formular):
    """Which one to put this one into; says what moves before anything does. Those of the same name come first."""

    bekraeft_tekst = "Ja, læg sammen"

    til = forms.ModelChoiceField(None, label="Læg den sammen med", help_text="Den, der bliver stående.")

    def __init__(self, *args, fra, mulige, **kwargs):
        super().__init__(*args, **kwargs)
        self.fra = fra
        felt = self.fields["til"]
        felt.queryset = mulige.exclude(pk=fra.pk)
        tvillinger = [o.pk for o in laest_valg(felt) if foldet(o.navn) == foldet(fra.navn)]
        if tvillinger:
            felt.initial = tvillinger[0]

    def clean_til(self):
        til = self.cleaned_data["til"]
        if fejl := hindringer(self.fra, til):
            raise forms.ValidationError(
                [f"Kan ikke lægges sammen med {til}, før dette er rettet: {grund}" for grund in fejl]
            )
        return til

    def advarsler(self) -> list[Fund]:
        til = self.cleaned_data["til"]
        linjer = [f"{self.fra} forsvinder, og alt, der peger på den, peger på {til} bagefter. Det kan ikke fortrydes."]
        linjer += flytter(self.fra) or ["Intet peger på den."]
        linjer.append("Frosne udgaver, underskrifter og udgivne statusser bliver, som de er.")
        return [Fund(f"saml:{til.pk}:{nr}", Alvor.ADVARSEL, linje, "", EGEN) for nr, linje in enumerate(linjer)]


class NavnebekraeftelseForm(Formular):
    """Type the name of what is to be deleted for good."""

    navn = forms.CharField(label="Skriv planens navn", required=True, widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, *args, hedder: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.hedder = hedder
        self.fields["navn"].help_text = f"Skriv »{hedder}«."

    def clean_navn(self):
        if foldet(self.cleaned_data["navn"]) != foldet(self.hedder):
            raise forms.ValidationError(f"Navnet passer ikke. Planen hedder »{self.hedder}«.")
        return self.cleaned_data["navn"]
