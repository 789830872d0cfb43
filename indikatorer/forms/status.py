"""Forms of an area's status and of the board's follow-up."""

from crispy_forms.layout import Fieldset, Layout

from aftaler.models import OverordnetMaal
from helhedsplan.formularer import Aarfelt, ModelFormular, Talfelt
from helhedsplan.tallaeser import maal_i
from indikatorer.actions.status import FELT
from indikatorer.choices import Kriterieenhed
from indikatorer.models import Omraadestatus, Opfoelgning
from indikatorer.queries.status import kriterier, laes_vaerdier, lister
from indikatorer.rules.status import Statuskrav
from indikatorer.rules.tal import SENESTE_AAR, TIDLIGSTE_AAR

ENHEDER = {
    Kriterieenhed.PROCENT: "I procent.",
    Kriterieenhed.GANGE: "Hvor mange gange landsgennemsnittet.",
    Kriterieenhed.ANTAL: "Antal personer.",
}


class OmraadestatusForm(ModelFormular):
    """The category of the year, and the area's figures for the criteria; those that are not known stay empty."""

    aar = Aarfelt(label="År", min_value=TIDLIGSTE_AAR, max_value=SENESTE_AAR, help_text="Listen af 1. december i året.")

    class Meta:
        model = Omraadestatus
        fields = ("omraade", "aar", "kategori", "kilde")
        labels = {"omraade": "Område", "kategori": "Kategori"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["omraade"].queryset = self.instance.plan.omraader.all()
        alle = lister()
        navne = list(dict.fromkeys(liste.navn for liste in reversed(alle)))
        if navne:
            self.fields["kategori"].help_text += f" For eksempel {', '.join(navne)}."
        gemte = laes_vaerdier(self.instance.vaerdier)
        for noegle, kriterium in kriterier(alle).items():
            self.fields[f"{FELT}{noegle}"] = _felt(kriterium)
            self.initial[f"{FELT}{noegle}"] = gemte.get(noegle)

    def layout(self):
        tal = [navn for navn in self.fields if navn.startswith(FELT)]
        return Layout("omraade", "aar", "kategori", "kilde", Fieldset("Tallene på listen", *tal))

    @property
    def felter(self):
        """The criteria's figures gathered as the model keeps them; figures that no list knows any more stay."""
        alle = super().felter
        nye = {n.removeprefix(FELT): v for n, v in alle.items() if n.startswith(FELT)}
        resten = {n: v for n, v in alle.items() if not n.startswith(FELT)}
        return resten | {"vaerdier": nye}


def _felt(kriterium: Statuskrav) -> Talfelt:
    return Talfelt(
        label=kriterium.navn,
        required=False,
        max_digits=10,
        decimal_places=4,
        maal=maal_i(kriterium.enhed),
        help_text=ENHEDER[Kriterieenhed(kriterium.enhed)],
    )


class OpfoelgningForm(ModelFormular):
    """That the board had a goal's figures before it."""

    data_aar = Aarfelt(
        label="Tal fra",
        min_value=TIDLIGSTE_AAR,
        max_value=SENESTE_AAR,
        help_text="Det nyeste år, bestyrelsen havde tal for. Tallene gemmes, som alle ser dem nu.",
    )

    class Meta:
        model = Opfoelgning
        fields = ("maal", "dato", "data_aar", "konklusion")
        labels = {"maal": "Mål", "dato": "Bestyrelsens møde"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        maal = OverordnetMaal.objects.filter(indsatsomraade__regelsaet_id=self.instance.plan.puljens_id)
        self.fields["maal"].queryset = maal.order_by("nummer")
