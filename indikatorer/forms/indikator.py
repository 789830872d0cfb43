"""Forms of indicators, places and measurements. The grid of a year is in `indikatorer.gitter`."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.models import Q
from django.urls import reverse

from aftaler.models import Afdeling, Delmaal, Organisation
from aftaler.queries import kendte
from helhedsplan.formularer import (
    Aarfelt,
    Datofelt,
    Formular,
    Grundfelt,
    Linjefelt,
    ModelFormular,
    Raekkeform,
    Raekker,
    raekkeformset,
)
from helhedsplan.laest import raekkerne
from helhedsplan.tallaeser import maal_i
from helhedsplan.tomme_valg import vaelg_blandt
from helhedsplan.tvillinger import findes_allerede
from indikatorer.choices import Indikatorgruppe, Maaletilstand, Stedart
from indikatorer.models import Indikator, Maaling, Maalsti, Sted
from indikatorer.rules.tal import SENESTE_AAR, TIDLIGSTE_AAR

#: Which fields of a place belong to which kind of place.
STEDFELTER = {
    Stedart.OMRAADE: {"omraade"},
    Stedart.AFDELING: {"afdeling"},
    Stedart.FLERE_OMRAADER: {"omraader"},
    Stedart.KOMMUNE: {"kommune"},
    Stedart.ALMENE_I_KOMMUNEN: {"kommune"},
}


def aarfelt(**kwargs) -> Aarfelt:
    return Aarfelt(min_value=TIDLIGSTE_AAR, max_value=SENESTE_AAR, **kwargs)


class IndikatorForm(ModelFormular):
    """A local indicator: what is measured, which way is better, and the target."""

    foreslaas = {"persongruppe": "persongrupper", "opdeling": "opdelinger"}

    def forslag(self):
        brugte = list(self.instance.plan.indikatorer.values_list("persongruppe", "opdeling"))
        return {
            "persongrupper": kendte.entydige(gruppe for gruppe, _ in brugte if gruppe),
            "opdelinger": kendte.entydige(opdeling for _, opdeling in brugte if opdeling),
        }

    class Meta:
        model = Indikator
        fields = (
            "navn", "gruppe", "delmaal", "enhed", "persongruppe", "retning", "hele", "opdeling",
            "maaltype", "maalretning", "sammenligning", "maalvaerdi", "note",
        )  # fmt: skip
        labels = {
            "gruppe": "Slags",
            "delmaal": "Hører til delmålet",
            "enhed": "Måles i",
            "maaltype": "Målet er",
            "maalretning": "Tallet skal",
            "sammenligning": "Grænsen er",
            "maalvaerdi": "Tal",
        }
        help_texts = {
            "hele": "Den indikator, der tæller dem alle, for eksempel alle sigtede, når denne tæller drengene. Den kan "
            "kun være en del af én. Er tal delt efter to ting på én gang, som køn og alder, så lad dem alle være dele "
            "af det samme, og vis ikke summer på begge leder: når et tal i tabellen er skjult, skjules de summer også, "
            "for det kan regnes ud af dem.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        delmaal = Delmaal.objects.filter(delaftale__plan=plan).select_related("delaftale__indsatsomraade")
        self.fields["delmaal"].queryset = delmaal
        self.fields["hele"].queryset = plan.indikatorer.exclude(pk=self.instance.pk)
        maal = maal_i((self.data.get("enhed") if self.is_bound else self.instance.enhed) or "")
        self.fields["maalvaerdi"].maal = maal
        for raekke in self.raekkesaet.get("maalsti", ()):
            raekke.fields["vaerdi"].maal = maal
        slags = (Indikatorgruppe.LOKAL, Indikatorgruppe.SUPPLERENDE)
        self.fields["gruppe"].choices = [(g.value, g.label) for g in slags]
        if self.instance.fast_id:
            for felt in ("navn", "gruppe", "delmaal"):
                del self.fields[felt]

    def layout(self):
        om = [felt for felt in ("navn", "gruppe", "delmaal", "enhed", "persongruppe", "retning") if felt in self.fields]
        return Layout(
            Fieldset("Det måles", *om),
            Fieldset("Sammen med andre indikatorer", "hele", "opdeling"),
            Fieldset("Målet", "maaltype", "maalretning", "sammenligning", "maalvaerdi"),
            Raekker("maalsti"),
            "note",
        )


class MaalstiForm(Raekkeform):
    aar = aarfelt(label="År")

    class Meta:
        model = Maalsti
        fields = ("aar", "vaerdi")


MaalstiFormset = raekkeformset(MaalstiForm, titel="Årsmål på vejen", tilfoej="Tilføj et årsmål", max_num=30)


class StedForm(ModelFormular):
    """A place; what does not belong to its kind is left out."""

    foreslaas = {"navn": "steder"}

    def forslag(self):
        return {"steder": kendte.steder(self.instance.plan)}

    class Meta:
        model = Sted
        fields = ("navn", "art", "omraade", "omraader", "afdeling", "kommune")
        labels = {"art": "Slags sted"}
        help_texts = {
            "omraade": "Når stedet er ét af planens boligområder.",
            "omraader": "Når stedet er flere af planens områder tilsammen.",
            "afdeling": "Når stedet er en enkelt afdeling.",
            "kommune": "Når stedet er kommunen eller de almene boliger i den.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        for navn in ("omraade", "omraader"):
            self.fields[navn].queryset = plan.omraader.all()
            vaelg_blandt(self.fields[navn], raekkerne(plan, "omraader"))
        afdelinger = Afdeling.objects.valgbare(self.instance.afdeling_id).filter(organisation__parter__plan=plan)
        self.fields["afdeling"].queryset = afdelinger.select_related("organisation").distinct()
        kommuner = Organisation.objects.valgbare(self.instance.kommune_id).filter(parter__plan=plan, art="kommune")
        self.fields["kommune"].queryset = kommuner.distinct()

    def advarsler(self):
        if "navn" not in self.changed_data:
            return []
        plan = self.instance.plan
        andre = plan.steder.exclude(pk=self.instance.pk)
        kendte = [(s.pk, s.navn, reverse("sted-ret", args=[plan.noegle, s.pk])) for s in andre]
        return findes_allerede(self.cleaned_data["navn"], kendte)

    def clean(self):
        data = super().clean()
        hoerer_til = STEDFELTER.get(data.get("art"), set())
        for felt in {"omraade", "afdeling", "kommune"} - hoerer_til:
            data[felt] = None
        if "omraader" not in hoerer_til:
            data["omraader"] = []
        elif len(data.get("omraader") or ()) < 2 and "omraader" not in self.errors:
            self.add_error("omraader", "Vælg mindst to områder, eller vælg en anden slags sted.")
        return data


class MaalingForm(ModelFormular):
    """One figure."""

    betingede = {"antal": "når du ikke skriver en værdi"}

    aar = aarfelt(label="År")

    class Meta:
        model = Maaling
        fields = (
            "sted", "aar", "begivenhed", "dato", "tilstand", "antal", "grundlag", "vaerdi", "decimaler",
            "trykform", "er_baseline", "kilde", "udtrukket", "note",
        )  # fmt: skip
        labels = {"tilstand": "Der er", "er_baseline": "Tallet er baseline", "decimaler": "Decimaler, der vises"}
        help_texts = {
            "begivenhed": "Kun når tallet er fra en bestemt dag, for eksempel Kommunalvalg eller 31. marts, eller fra "
            "en del af året, for eksempel 1. kvartal. Årets dele regnes for at give årets tal, så intet skjult tal "
            "bliver vist som forskellen. Hvor mange der var på en dag, skriver du med dagen.",
            "antal": "Personer.",
            "udtrukket": "Den dag, tallet er hentet hos kilden.",
            "note": "Skriv, hvorfor tallet mangler, eller hvad man skal vide om det.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sted"].queryset = self.instance.indikator.plan.steder.filter(
            Q(arkiveret__isnull=True) | Q(pk=self.instance.sted_id)
        )
        self.fields["vaerdi"].label = self.instance.indikator.get_enhed_display()
        self.fields["vaerdi"].maal = maal_i(self.instance.indikator.enhed)
        if self.instance.indikator.enhed == "antal":
            del self.fields["vaerdi"], self.fields["decimaler"]
            self.fields["antal"].betinget = "når der er et tal"

    def clean(self):
        """Said at the field; the model and the database hold it for every other way in."""
        data = super().clean()
        laest = not {"antal", "vaerdi"} & self.errors.keys()
        intet = data.get("antal") is None and data.get("vaerdi") is None
        if data.get("tilstand") == Maaletilstand.VAERDI and laest and intet:
            self.add_error("antal", "Skriv et antal eller en værdi, eller vælg, at det mangler eller er skjult.")
        return data

    def layout(self):
        figurer = [felt for felt in ("tilstand", "antal", "grundlag", "vaerdi", "decimaler") if felt in self.fields]
        return Layout(
            Fieldset("Hvor og hvornår", "sted", "aar", "begivenhed", "dato"),
            Fieldset("Tallet", *figurer),
            Fieldset("Hvor det er fra", "kilde", "udtrukket", "note"),
            Fieldset("I papirerne", "er_baseline", "trykform"),
        )


class AarForm(Formular):
    """What the figures of one year have in common."""

    dato = Datofelt(label="Dato", required=False, help_text="Når tallene er fra en bestemt dag.")
    kilde = Linjefelt(label="Kilde", required=False, max_length=200)
    udtrukket = Datofelt(label="Udtrukket", required=False, help_text="Den dag, tallene er hentet.")
    er_baseline = forms.BooleanField(label="Tallene er baseline", required=False)


class ValgForm(forms.Form):
    """Which year to write figures of."""

    aar = aarfelt(label="År")
    begivenhed = Linjefelt(label="Begivenhed", required=False, max_length=60)


class AnerkendForm(Formular):
    """Why the figures of a finding stand."""

    begrundelse = Grundfelt(label="Hvorfor tallene er rigtige", help_text="Fundet tier, så længe tallene er de samme.")
