"""Forms of attendance, disqualification and conclusions."""

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms

from helhedsplan.formularer import Datofelt, Formular, Grundlinje, Tekstfelt
from moeder.choices import Fremmoedeart, Punktresultat
from moeder.models import Bestyrelsesmedlem, Bestyrelsesside, Fremmoede

EGEN = "Ingen fuldmagt"
IKKE_SKREVET = "Ikke skrevet"
ANDEN_SIDE = "En anden side, hvis jeres kommissorium tillader det"


class FremmoedeForm(Formular):
    """Everybody on the board on the day: came or not, and who votes for one that did not."""

    def __init__(self, *args, sider: list[Bestyrelsesside], skrevne: dict[int, Fremmoede], **kwargs):
        self.sider = sider
        self.medlemmer = {m.pk: m for side in sider for m in side.pladser}
        super().__init__(*args, **kwargs)
        for pk, medlem in self.medlemmer.items():
            self._felter_til(medlem, skrevne.get(pk))

    def _kan_stemme_for(self, medlem: Bestyrelsesmedlem) -> list[tuple[str, list[tuple[str, str]]]]:
        """The others with a vote, those of the member's own side first."""
        stemmer = [m for m in self.medlemmer.values() if m.side.har_stemme and m.pk != medlem.pk]
        egne = [(str(m.pk), str(m)) for m in stemmer if m.side_id == medlem.side_id]
        andre = [(str(m.pk), f"{m} ({m.side})") for m in stemmer if m.side_id != medlem.side_id]
        return [(navn, valg) for navn, valg in ((str(medlem.side), egne), (ANDEN_SIDE, andre)) if valg]

    def _felter_til(self, medlem: Bestyrelsesmedlem, skrevet: Fremmoede | None) -> None:
        self.fields[f"art_{medlem.pk}"] = forms.ChoiceField(
            label=str(medlem),
            choices=[("", IKKE_SKREVET), *((a.value, a.label) for a in Fremmoedeart)],
            required=False,
            initial=skrevet.art if skrevet else "",
        )
        if medlem.side.har_stemme:
            self.fields[f"fuldmagt_{medlem.pk}"] = forms.ChoiceField(
                label=f"Fuldmagt fra {medlem} til",
                choices=[("", EGEN), *self._kan_stemme_for(medlem)],
                required=False,
                initial=str(skrevet.fuldmagt_til_id or "") if skrevet else "",
            )
        self.fields[f"grund_{medlem.pk}"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=skrevet.version if skrevet else None
        )

    def layout(self) -> Layout:
        return Layout(
            *(Fieldset(str(side), *(self._raekke(m) for m in side.pladser)) for side in self.sider if side.pladser)
        )

    def _raekke(self, medlem: Bestyrelsesmedlem):
        navne = [f"art_{medlem.pk}", f"fuldmagt_{medlem.pk}"]
        return Row(*(navn for navn in navne if navn in self.fields), f"grund_{medlem.pk}")

    def linjer(self) -> list[dict]:
        """A row for each member, as the action takes them."""
        data = self.cleaned_data
        return [
            {
                "medlem": medlem,
                "art": data[f"art_{pk}"],
                "fuldmagt_til": self.medlemmer[int(til)] if (til := data.get(f"fuldmagt_{pk}")) else None,
                "version": data[f"grund_{pk}"],
            }
            for pk, medlem in self.medlemmer.items()
        ]


class InhabilForm(Formular):
    """Who takes no part in an item, and why."""

    tomme = {"medlem": "moeder.Bestyrelsesmedlem"}

    grund = Grundlinje(label="Hvorfor", max_length=300, help_text="Står i referatet. Skriv kort.")

    def __init__(self, *args, medlemmer: list[Bestyrelsesmedlem], **kwargs):
        super().__init__(*args, **kwargs)
        self.medlemmer = {str(m.pk): m for m in medlemmer}
        valg = [("", "Vælg"), *((pk, f"{m} ({m.side})") for pk, m in self.medlemmer.items())]
        self.fields["medlem"] = forms.ChoiceField(label="Medlem", choices=valg)
        self.order_fields(["medlem", "grund"])

    def medlem(self) -> Bestyrelsesmedlem:
        return self.medlemmer[self.cleaned_data["medlem"]]


class AfgoerForm(Formular):
    """What the meeting came to. `sha256` is that of the paper as the page showed it."""

    resultat = forms.ChoiceField(label="Resultat", widget=forms.RadioSelect)
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
        help_text="Det, der skal stå i referatet og i beslutningsregistret.",
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, resultater: list, kun_udsaettes: str = "", **kwargs):
        """kun_udsaettes: why the item can be put off and nothing else."""
        super().__init__(*args, **kwargs)
        felt = self.fields["resultat"]
        valg = [r for r in resultater if r == Punktresultat.UDSAT or not kun_udsaettes]
        felt.choices = [(r.value, r.label) for r in valg]
        if kun_udsaettes:
            felt.error_messages["invalid_choice"] = felt.help_text = kun_udsaettes
