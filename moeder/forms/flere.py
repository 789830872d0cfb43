"""Forms of several papers before the board: put on one agenda, and concluded together."""

from django import forms

from dokumenter.forms.flere import Flerform
from helhedsplan.formats import kort_dato
from helhedsplan.formularer import Datofelt, Tekstfelt
from moeder.choices import Punktresultat
from moeder.models import Moede


class TilMoedeForm(Flerform):
    """At which meeting; each paper becomes an item of its own."""

    moede = forms.ModelChoiceField(Moede.objects.none(), label="På hvilket møde?", empty_label=None)

    def __init__(self, *args, moeder, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["moede"].queryset = moeder
        self.fields["moede"].initial = moeder.first()
        self.fields["moede"].label_from_instance = lambda moede: f"{moede} {kort_dato(moede.dato)}"


class AfgoerPunkterForm(Flerform):
    """What the meeting came to, the same on each item. papirer also: sha256 of what the page showed."""

    resultat = forms.ChoiceField(label="Resultat", widget=forms.RadioSelect, choices=Punktresultat)
    enighed = forms.BooleanField(
        label="Mødet var enigt",
        required=False,
        help_text="Sæt flueben, når formanden har konstateret enighed. Så behøver der ikke være stemt.",
    )
    dato = Datofelt(label="Dato")
    tekst = Tekstfelt(
        label="Beslutning",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Står ved hvert af punkterne i referatet og i beslutningsregistret.",
    )

    def felter_til(self, papir):
        return {"sha256": forms.CharField(widget=forms.HiddenInput, initial=papir["sha256"], required=False)}

    @property
    def afgoerelse(self) -> dict:
        return {navn: self.cleaned_data[navn] for navn in ("resultat", "enighed", "dato", "tekst")}
