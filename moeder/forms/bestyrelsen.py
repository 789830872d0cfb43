"""The board as one form: a row for each who sits or could sit there."""

from django import forms

from aftaler.models import Helhedsplan, Medlemskab
from aftaler.models.organisering import EN_FORMAND
from aftaler.queries import kendte
from helhedsplan.choices import Alvor
from helhedsplan.cpr import uden_cpr
from helhedsplan.felter import SOM_SAGT
from helhedsplan.formats import opremsning
from helhedsplan.formularer import Linjefelt, ModelFormular, Raekkeform, Raekkesaet, logvaerdi, raekkeformset
from helhedsplan.fund import Fund
from moeder.models import Bestyrelsesmedlem
from status.rules import EGEN

KENDTE_KONTI = "kendte-konti"


class BestyrelsesraekkeForm(Raekkeform):
    """Somebody on the board; without a name, a seat that nobody has yet."""

    foreslaas = {"navn": "personer"}

    medlem = forms.IntegerField(label="Nummer", widget=forms.HiddenInput, required=False)
    side = forms.ChoiceField(label="Sidder for", required=False)
    email = forms.EmailField(
        label="Konto (e-mail)", required=False, validators=[uden_cpr], widget=forms.EmailInput({"list": KENDTE_KONTI})
    )
    skriver_under = forms.BooleanField(label="Skriver under", required=False)
    antal = forms.IntegerField(label="Antal ledige pladser", min_value=1, max_value=99, required=False)
    betingelse = Linjefelt(label="Betingelse, hvis nogen", max_length=200, required=False)

    class Meta:
        model = Bestyrelsesmedlem
        fields = ("navn", "titel", "formand", "fra", "til")
        labels = {"formand": "Formand", "til": "Til og med"}

    tomme = {"side": "moeder.Bestyrelsesside"}
    field_order = ("navn", "titel", "side", "email", "fra", "til", "formand", "skriver_under", "antal", "betingelse")

    def __init__(self, *args, sidevalg: list, foerst: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = sidevalg
        self.fields["side"].initial = foerst
        self.fields["navn"].required = False

    @property
    def er_tom(self) -> bool:
        """Neither a person nor a seat."""
        skrevne = [n for n in ("navn", "titel", "email", "fra", "til") if n in self.fields]
        return not any((self[navn].value() or "").strip() for navn in skrevne if isinstance(self[navn].value(), str))

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean(self):
        data = super().clean()
        if not data.get("navn") and "navn" not in self.errors:
            ejet = any(data.get(felt) for felt in ("medlem", "email", "fra", "til", "skriver_under"))
            if ejet:
                self.add_error("navn", "Skriv navnet på den, der sidder på pladsen.")
        elif not data.get("side") and "side" not in self.errors:
            self.add_error("side", "Vælg, hvem personen sidder for.")
        if data.get("navn") and (data.get("antal") or 1) > 1:
            self.add_error("antal", "En person sidder på én plads. Skriv de ledige som en plads for sig uden navn.")
        elif data.get("formand") and (data.get("antal") or 1) > 1:
            self.add_error("antal", EN_FORMAND)
        return data


def _som_sagt(raekke: dict, felt: str):
    """A value as the field shows it: of a date that is no day its words."""
    return raekke.get(f"{felt}{SOM_SAGT}") or raekke.get(felt)


class Bestyrelsessaet(Raekkesaet):
    """The rows are those of the query, not of a relation; there is always one row to write the next member in."""

    klasse = "raekkeskema-ark"
    kendte: list[dict] = []

    @classmethod
    def til(cls, relation, ejer, data, argumenter):
        argumenter = dict(argumenter)
        kendte = argumenter.pop("kendte")
        som_sagt = [raekke | {navn: _som_sagt(raekke, navn) for navn in ("fra", "til")} for raekke in kendte]
        saet = cls(data, prefix=relation, initial=som_sagt, form_kwargs=argumenter)
        saet.kendte, saet.extra = kendte, 1
        return saet

    def add_fields(self, form, index):
        super().add_fields(form, index)
        del form.fields["ORDER"]

    def vaerdier(self) -> list[list]:
        felter = list(self.form.base_fields)
        raekker = self.raekker if self.is_bound and self.is_valid() else self.kendte
        return [[logvaerdi(_som_sagt(raekke, felt)) for felt in felter] for raekke in raekker]


Bestyrelsesraekker = raekkeformset(
    BestyrelsesraekkeForm,
    titel="Pladserne i bestyrelsen",
    tilfoej="Tilføj endnu en plads",
    formset=Bestyrelsessaet,
)


class BestyrelseForm(ModelFormular):
    class Meta:
        model = Helhedsplan
        fields = ()

    def __init__(self, *args, maa_styre: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.maa_styre = maa_styre

    def forslag(self):
        return {"personer": kendte.personer(self.instance)}

    def advarsler(self) -> list[Fund]:
        """Who will be given access, said before it is done."""
        skrevne = {r["email"]: r["navn"] for r in self.raekker["bestyrelse"] if r["email"]}
        egne = {r["email"] for r in self.raekkesaet["bestyrelse"].kendte}
        medlemskaber = Medlemskab.objects.gaeldende().filter(plan=self.instance, bruger__email__in=[*skrevne])
        kendte = egne | {e.lower() for e in medlemskaber.values_list("bruger__email", flat=True)}
        nye = {email: navn for email, navn in skrevne.items() if email not in kendte} if self.maa_styre else {}
        if not nye:
            return []
        hvem = opremsning([f"{navn} ({email})" for email, navn in nye.items()])
        besked = (
            f"{hvem} har ikke adgang til planen. Når du gemmer, får {'personen' if len(nye) == 1 else 'de'} adgang med "
            "rollen Bestyrelse og, hvis der ingen konto er, en mail med et link til at logge ind."
        )
        return [Fund(f"adgang:{','.join(sorted(nye))}", Alvor.ADVARSEL, besked, "", EGEN)]
