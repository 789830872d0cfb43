"""What is typed when an edition is signed, in the program or outside."""

from allauth.account.adapter import get_adapter
from allauth.core import context
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError

from aftaler.queries import kendte
from aftaler.queries.adgang import personer_med
from dokumenter.actions.bilag import TYPER
from dokumenter.actions.underskrift import ID_CIFRE
from dokumenter.models import Udgave, Underskriver
from helhedsplan.formularer import Datofelt, Filfelt, Formular, Grundfelt, Linjefelt, ModelFormular
from helhedsplan.models import Bruger
from helhedsplan.rettigheder import Rettighed


class UnderskrivForm(Formular):
    """A signature in the program: the person has read the paper and gives the password again. Who has none has just
    said who he is by what he logs in with (`helhedsplan.bekraeftelse`)."""

    laest = forms.BooleanField()
    adgangskode = forms.CharField(
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        help_text="Den, du logger ind med. Vi beder om den igen, så ingen andre kan skrive under for dig.",
    )

    def __init__(self, *args, bruger: Bruger, underskriver: Underskriver, **kwargs):
        super().__init__(*args, **kwargs)
        self.bruger = bruger
        if not bruger.has_usable_password():
            del self.fields["adgangskode"]
        self.fields["laest"].label = f"Jeg har læst dokumentet og skriver under for {underskriver.part_navn}"

    def layout(self):
        return Layout(*self.fields)

    def clean(self):
        """Asked only when the rest is in order. Too many wrong ones lock the account for a while, as at login."""
        if not self.errors and "adgangskode" in self.fields:
            self._tjek_adgangskode(self.cleaned_data["adgangskode"])

    def _tjek_adgangskode(self, kode: str) -> None:
        try:
            fundet = get_adapter().authenticate(context.request, email=self.bruger.email, password=kode)
        except ValidationError as fejl:
            self.add_error("adgangskode", fejl)
            return
        if fundet is None or fundet.pk != self.bruger.pk:
            self.add_error("adgangskode", "Adgangskoden er forkert. Der er ikke skrevet under. Prøv igen.")


class Uploadform(Formular):
    """A file with signatures from outside, and who has signed in it."""

    underskrivere = forms.ModelMultipleChoiceField(
        Underskriver.objects.none(), label="Hvem har skrevet under i filen?", widget=forms.CheckboxSelectMultiple
    )
    fil = Filfelt(label="PDF-fil", widget=forms.FileInput({"accept": "application/pdf"}), help_text="Højst 25 MB.")

    def __init__(self, *args, instance: Udgave, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["underskrivere"].queryset = instance.underskrivere.filter(underskrevet=None)
        if self.is_bound:  # drawn again only when something is wrong, and no browser keeps the file then
            self.fields["fil"].help_text += " Vælg filen igen."


class ScanForm(Uploadform):
    field_order = ("underskrivere", "dato", "laest_id", "fil")

    dato = Datofelt(label="Hvornår er der skrevet under?")
    laest_id = Linjefelt(
        label="Slutningen af dokument-id’et på papiret",
        help_text=f"Det står nederst på hver side. Skriv de sidste {ID_CIFRE} tegn, som de står på papiret.",
    )
    fil = Filfelt(
        label="PDF-fil",
        widget=forms.FileInput({"accept": "application/pdf"}),
        help_text="Hele papiret med alle sider, uden blanke sider. Højst 25 MB.",
    )


class TraekScanForm(Formular):
    grund = Grundfelt(
        label="Hvorfor trækkes papiret tilbage?",
        max_length=600,
        widget=forms.Textarea({"rows": 3}),
        help_text="Står på siden med underskrifter og i loggen.",
    )


class UnderskriverForm(ModelFormular):
    """Which account signs for a party, when it is its turn, and by what mandate when the paper names another. Who last
    signed for the party is proposed (`husket`)."""

    foreslaas = {"stedfortraeder": "personer", "fuldmagt_fra": "personer"}

    def forslag(self):
        return {"personer": kendte.personer(self.instance.plan)}

    fil = Filfelt(
        label="Fuldmagten som fil",
        required=False,
        widget=forms.FileInput({"accept": ",".join(TYPER)}),
        help_text="Kan udelades. PDF, Word eller billede, højst 10 MB og uden CPR-numre.",
    )

    class Meta:
        model = Underskriver
        fields = ("bruger", "orden", "stedfortraeder", "fuldmagt_fra", "fuldmagt_dato")
        labels = {
            "bruger": "Hvem skriver under i programmet?",
            "stedfortraeder": "Hvem skriver under med blæk eller hos en tjeneste?",
            "fuldmagt_fra": "Hvem har givet fuldmagten?",
            "fuldmagt_dato": "Fuldmagtens dato",
        }
        help_texts = {
            "bruger": "Lad feltet stå tomt, hvis parten skriver under med blæk eller hos en ekstern tjeneste.",
            "orden": "0: når som helst. Ellers skriver parten under, når alle med et lavere tal har gjort det.",
            "stedfortraeder": "Kun når det er en anden end den, papiret nævner.",
        }

    def __init__(self, *args, husket: Underskriver | None = None, **kwargs):
        instance = kwargs["instance"]
        if husket is not None and not instance.hvem:
            foer = {felt: getattr(husket, felt) for felt in ("bruger", "fuldmagt_fra", "fuldmagt_dato")}
            kwargs["initial"] = foer | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        i_planen = personer_med(self.instance.plan, Rettighed.DELTAG)
        self.fields["bruger"].queryset = i_planen | Bruger.objects.filter(pk=self.instance.bruger_id)
        for felt in ("fuldmagt_fra", "fuldmagt_dato"):
            self.fields[felt].betinget = "når en anden end den nævnte skriver under"
        if self.is_bound:  # drawn again only when something is wrong, and no browser keeps the file then
            self.fields["fil"].help_text += " Vælg filen igen."

    def layout(self):
        naevnt = self.instance.navn
        titel = "Når det ikke er den, papiret nævner" if naevnt else "Fuldmagt"
        return Layout("bruger", "orden", Fieldset(titel, "stedfortraeder", "fuldmagt_fra", "fuldmagt_dato", "fil"))
