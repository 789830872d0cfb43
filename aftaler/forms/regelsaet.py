"""Forms of a rule set and its rows; which fields there are, `aftaler.queries.regelslags` says."""

from functools import lru_cache

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from aftaler.actions.regelsaet import aftryk
from aftaler.models import Helhedsplan, Regelsaet
from aftaler.queries.regelsaet import i_ord, ingen_har, ingen_regel_laeser, kendte_indikatorer
from aftaler.queries.regelslags import Regelslags, slags_for
from helhedsplan.choices import Alvor
from helhedsplan.felter import SOM_SAGT
from helhedsplan.formularer import Filfelt, Formular, Grundfelt, Linjefelt, ModelFormular, Talfelt, Tidfelt, kraev
from helhedsplan.fund import Fund
from helhedsplan.noegler import noegle_af
from helhedsplan.parametergraenser import GRAENSER, JA_NEJ
from helhedsplan.tallaeser import maal_i
from helhedsplan.tilslutninger import PARAMETRE

SET = "set_"
EGEN = "Helhedsplans egen kontrol"
NOEGLEN_ER = "En nøgle består af bogstaver fra a til z, cifre, bindestreg og understreg."


class MedAftryk(ModelFormular):
    """Carries a mark of what stood in the fields when the page was opened."""

    data: QueryDict

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[SET] = forms.CharField(widget=forms.HiddenInput, required=False)
        self._maerk()

    def _maerk(self) -> None:
        if self.instance.pk:
            self.fields[SET].initial = aftryk(self.instance, self._kolonner())

    def _kolonner(self) -> set[str]:
        """The columns that the fields fill: two of a date as it is told."""
        felter = self.fields.keys() & set(self._meta.fields)
        return felter | {f"{navn}{SOM_SAGT}" for navn in felter if isinstance(self.fields[navn], Tidfelt)}

    def tilfoej_fejl(self, fejl: ValidationError) -> None:
        """Where somebody else came first: what stands now is said beside what was typed, and to save again is a yes."""
        super().tilfoej_fejl(fejl)
        if getattr(fejl, "code", "") != "rettet-imens":
            return
        nu = type(self.instance)._default_manager.get(pk=self.instance.pk)
        felter = [felt for felt in self._meta.fields if felt in self.fields]
        self.data = self.data.copy()
        self.data[self.add_prefix(SET)] = aftryk(nu, self._kolonner())
        for felt in felter:
            staar = i_ord(nu, felt)
            if staar != i_ord(self.instance, felt) and not self.fields[felt].disabled:
                self.add_error(felt, f"Nu står der »{staar}«." if staar else "Nu er feltet tomt.")

    def aendret(self) -> bool:
        return any(felt != SET for felt in self.changed_data)

    @property
    def set_(self) -> str:
        return self.cleaned_data.get(SET, "")

    @property
    def felter(self) -> dict:
        return {navn: v for navn, v in super().felter.items() if navn.removesuffix(SOM_SAGT) in self._meta.fields}


class RegelsaethovedForm(MedAftryk):
    class Meta:
        model = Regelsaet
        fields = ("navn", "regulativ", "ikraft", "verificeret", "note", "rettelse")
        field_classes = {"rettelse": Grundfelt}
        help_texts = {
            "regulativ": "Dagen på det regulativ, aftalerne henviser til. Lad den stå tom, når det ikke er udstedt.",
            "ikraft": "Den første dag, planer kan begynde.",
            "verificeret": "Fra kilde, når regulativet er læst og reglerne holdt op mod det.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.er_rettelse:
            for felt in ("navn", "regulativ", "ikraft"):
                self.fields[felt].disabled = True
            self.fields["rettelse"].required = True
        else:
            del self.fields["rettelse"]
            self._maerk()


class KopiForm(Formular):
    navn = Linjefelt(label="Det nye regelsæts navn", max_length=200, help_text="For eksempel 2027-30.")


class RettelseForm(Formular):
    grund = Grundfelt(
        label="Hvorfor skal det rettes?", help_text="Planerne ser grunden, når de vælger, om de vil flytte."
    )


class RegelraekkeForm(MedAftryk):
    """A row of any kind. `laaste` are fields that stand as they are."""

    def __init__(self, *args, laaste: frozenset[str] = frozenset(), regelsaet: Regelsaet, **kwargs):
        super().__init__(*args, **kwargs)
        self.regelsaet = regelsaet
        self.slags: Regelslags = slags_for(type(self.instance))
        for felt in laaste & self.fields.keys():
            self.fields[felt].disabled = True
            self.fields[felt].help_text = "Kan ikke ændres her, fordi planer er skrevet efter det."
        if "noegle" in self.fields:
            self.fields["noegle"].error_messages["invalid"] = NOEGLEN_ER
        getattr(self, f"_{self.slags.noegle}", lambda: None)()

    def _indikatorer(self) -> None:
        felt = self.fields["noegle"]
        felt.required = False
        felt.label = "Nøgle"
        felt.help_text = (
            "Samme nøgle som i en ældre pulje, hvis det er den samme indikator: så kan tallene følges. "
            "Lad stå tom, så laves den af navnet."
        )
        if self.instance.pk:
            felt.help_text = "Den, tallene kendes på. Den ændres ikke."

    def _parametre(self) -> None:
        self.fields["noegle"].help_text = (
            "Den, reglerne slår op med."
            if self.instance.pk
            else f"Den, reglerne slår op med. Læses af en regel: {', '.join(sorted(PARAMETRE))}."
        )
        self.fields["enhed"].help_text = f"For eksempel {', '.join(list(GRAENSER)[:4])} eller kr."
        if isinstance(self.fields["vaerdi"], Talfelt):
            self.fields["vaerdi"].maal = maal_i(self.instance.enhed)
            self.fields["vaerdi"].help_text = "Lad stå tom, når ingen kender den."
            if self.instance.enhed.strip() == JA_NEJ:
                self.fields["vaerdi"].eksempel = "Skriv 1 for ja eller 0 for nej."

    def clean_noegle(self):
        noegle = self.cleaned_data["noegle"]
        if self.instance.pk or not noegle:
            return noegle
        if self.slags.raekker(self.regelsaet).filter(noegle=noegle).exists():
            raise ValidationError(f"Regelsættet har allerede {self.slags.artikel} {self.slags.ental} med den nøgle.")
        return noegle

    def advarsler(self) -> list[Fund]:
        """A key that nobody knows: said where it is typed, and kept when the person means it."""
        if self.instance.pk or "noegle" not in self.cleaned_data:
            return []
        noegle = self.cleaned_data["noegle"] or noegle_af(self.cleaned_data.get("navn", ""), 54)
        if self.slags.noegle == "parametre":
            besked = ingen_regel_laeser(noegle)
        else:
            besked = ingen_har(noegle, kendte_indikatorer(self.regelsaet.noegle))
        return [Fund(f"ukendt:{noegle}", Alvor.ADVARSEL, besked, "#id_noegle", EGEN)] if besked else []

    def _get_validation_exclusions(self):
        """The place and the key are given when the row is saved."""
        return super()._get_validation_exclusions() | {self.slags.placering, "noegle"} - {""}


@lru_cache
def regelform(slags: Regelslags) -> type[RegelraekkeForm]:
    """The form of a kind of row."""
    meta = type("Meta", (), {"model": slags.model, "fields": slags.felter})
    return type(f"{slags.noegle.capitalize()}Form", (RegelraekkeForm,), {"Meta": meta, "__module__": __name__})


class RegelsaetfilForm(Formular):
    fil = Filfelt(
        label="Regelsætfil",
        help_text="YAML eller JSON, højst 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json"}),
        error_messages={"required": "Vælg en fil.", "empty": "Filen er tom. Vælg en anden."},
    )


class ProevForm(Formular):
    """What to try a rule set on: a made-up plan, or one of the person's own."""

    OPDIGTET = ""

    plan = forms.ChoiceField(label="Prøv på", required=False)
    medfinansiering = Talfelt(
        label="Lokal medfinansiering i den opdigtede plan",
        maal=maal_i("%"),
        min_value=0,
        max_value=100,
        required=False,
        help_text="I % af budgettet. Bruges kun til den opdigtede plan.",
    )

    def __init__(self, *args, planer: list[Helhedsplan], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [(self.OPDIGTET, "En opdigtet plan"), *((p.noegle, p.navn) for p in planer)]
        self.fields["medfinansiering"].initial = 25
        kraev(self.fields["medfinansiering"], "når planen er opdigtet")

    def clean(self):
        data = super().clean()
        if not data.get("plan") and data.get("medfinansiering") is None and "medfinansiering" not in self.errors:
            self.add_error("medfinansiering", "Skriv, hvor stor en del den opdigtede plan selv betaler.")
        return data
