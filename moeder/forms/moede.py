"""Forms of meetings, agenda items and minutes."""

from crispy_forms.layout import Fieldset, Layout, Row
from django import forms

from aftaler.queries.adgang import bestyrelsens, personer_med
from aftaler.rules import TAENKT_AAR_FOER
from helhedsplan.formats import lang_dato, opremsning
from helhedsplan.formularer import Formular, Grundlinje, ModelFormular, Tekstfelt
from helhedsplan.fund import Alvor, Fund
from helhedsplan.models import Bruger
from helhedsplan.rettigheder import Rettighed
from indikatorer.queries.opfoelgning import plan_maal
from moeder.bevis.konklusion import konklusionens_mangel
from moeder.choices import Maaludfald, Moedetilstand
from moeder.indstilling import OVERSKRIFTER
from moeder.models import Dagsordenspunkt, Moede
from moeder.queries.moede import Punktforslag, medlemmer_paa

UDEN_FOR_PERIODEN = "moede-uden-for-perioden"
LANG = {"rows": 4}
GODKENDT, INDSIGELSE = "godkendt", "indsigelse"


class Tidsfelt(forms.TimeField):
    """A time of day as Danes write it: 15.30, and 15:30, 15 and "kl. 15.30" in."""

    def __init__(self, **kwargs):
        felt = forms.TextInput({"class": "felt-kort", "autocomplete": "off"})
        besked = {"invalid": "Skriv klokkeslættet som 15.30."}
        super().__init__(
            **kwargs | {"widget": felt, "input_formats": ["%H.%M", "%H:%M", "%H"], "error_messages": besked}
        )

    def to_python(self, value):
        if isinstance(value, str):
            value = value.strip().lower().removeprefix("kl.").removeprefix("kl").strip()
        return super().to_python(value)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else f"{value:%H.%M}"


class MoedeForm(ModelFormular):
    """When and where a body meets. A day outside the plan's period asks once more: a board may meet before it."""

    class Meta:
        model = Moede
        fields = ("art", "dato", "start", "slut", "sted", "navn")
        field_classes = {"start": Tidsfelt, "slut": Tidsfelt}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["art"].label = "Hvem mødes?"

    def layout(self) -> Layout:
        return Layout("art", "dato", Row("start", "slut"), "sted", "navn")

    def clean(self):
        data = super().clean()
        start, slut = data.get("start"), data.get("slut")
        if start and slut and slut <= start:
            self.add_error("slut", "Mødet slutter, før det begynder.")
        return data

    def advarsler(self) -> list[Fund]:
        """Before the period a plan is applied for and decided on; that takes a year or two."""
        plan, dato = self.instance.plan, self.cleaned_data.get("dato")
        for_tidligt = plan.tidligst_dag and dato and dato.year < plan.tidligst_dag.year - TAENKT_AAR_FOER
        for_sent = plan.senest_dag and dato and dato > plan.senest_dag
        if not (for_tidligt or for_sent):
            return []
        besked = f"{lang_dato(dato)} ligger uden for planens periode, {plan.periode}."
        return [Fund(UDEN_FOR_PERIODEN, Alvor.ADVARSEL, besked, "#id_dato", "")]


class Maalvalg(forms.MultipleChoiceField):
    """The fixed goals that an item is about, as the rows that the item keeps; what is written of a goal stays."""

    raekker: list[dict] = []

    def prepare_value(self, value):
        return [str(v["nummer"] if isinstance(v, dict) else v) for v in value or []]

    def clean(self, value):
        kendte = {str(r["nummer"]): r for r in self.raekker}
        valgte = super().clean(value)
        return [kendte.get(nr) or {"nummer": int(nr), "udfald": "", "konklusion": ""} for nr in sorted(valgte, key=int)]

    def has_changed(self, initial, data):
        return self.prepare_value(initial) != list(data or [])


class PunktForm(ModelFormular):
    """An item under the headings of a decision paper."""

    maal = Maalvalg(
        label="Faste mål, punktet handler om",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Målets tal fryses med dagsordenen, så det kan vises, hvad bestyrelsen havde for sig.",
    )

    class Meta:
        model = Dagsordenspunkt
        fields = ("slags", "titel", "maal", *(felt for felt, _ in OVERSKRIFTER))
        labels = dict(OVERSKRIFTER)
        widgets = {"slags": forms.RadioSelect, **{felt: forms.Textarea(LANG) for felt, _ in OVERSKRIFTER}}
        help_texts = {
            "indstilling": "Det, mødet bedes om at beslutte eller tage til efterretning.",
            "problemstilling": "Hvorfor punktet er på dagsordenen.",
            "loesning": "Hvad der foreslås, og hvad der ændres.",
            "oekonomi": "Hvad det koster, og hvem der betaler. Tal fra papiret står i en tabel under teksten.",
            "videre_proces": "Hvad der sker bagefter, hvem der gør det, og hvornår.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        felt = self.fields["maal"]
        felt.choices = [(str(m.nummer), str(m)) for m in plan_maal(self.instance.moede.plan)]
        felt.raekker = self.instance.maal
        if not felt.choices:
            del self.fields["maal"]

    def layout(self) -> Layout:
        maal = ["maal"] if "maal" in self.fields else []
        return Layout("slags", "titel", *maal, Fieldset("Sagen", *(felt for felt, _ in OVERSKRIFTER)))


class NytPunktForm(PunktForm):
    """A new item: also what it is about, chosen from what waits. Headings left empty fill themselves."""

    genstand = forms.ChoiceField(
        label="Punktet handler om",
        required=False,
        help_text="Vælger du et papir, udfyldes de tomme felter ud fra det. Du kan rette teksten bagefter.",
    )

    def __init__(self, *args, venter: list[Punktforslag], **kwargs):
        super().__init__(*args, **kwargs)
        papirer = [f for f in venter if f.genstand is not None]
        self.genstande = {f.noegle: f for f in papirer}
        self.fields["genstand"].choices = [("", "Sin egen tekst"), *((f.noegle, f.titel) for f in papirer)]

    def layout(self) -> Layout:
        return Layout("genstand", *super().layout())

    def clean(self):
        data = super().clean()
        if valgt := self.genstande.get(data.get("genstand", "")):
            setattr(self.instance, valgt.noegle.partition("-")[0], valgt.genstand)
        return data


class SendForm(Formular):
    """Who is sent a letter; the board's members of that day are chosen to begin with."""

    modtagere = forms.ModelMultipleChoiceField(
        Bruger.objects.none(), label="Send besked til", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, moede: Moede, **kwargs):
        super().__init__(*args, **kwargs)
        medlemmer = medlemmer_paa(moede)
        i_planen = personer_med(moede.plan, Rettighed.SE)
        valgte = {m.bruger_id for m in medlemmer} if medlemmer else set()
        felt = self.fields["modtagere"]
        felt.queryset = i_planen
        felt.initial = i_planen.filter(pk__in=valgte - {None}) if medlemmer else _bestyrelsen(i_planen, moede)
        uden = [m.navn for m in medlemmer if m.bruger_id is None]
        felt.help_text = "Brevet har kun en titel og et link. Den, der åbner det, skal logge ind."
        if uden:
            felt.help_text += f" {opremsning(uden)} har ingen konto og skal have papiret på anden vis."

    def layout(self) -> Layout:
        return Layout(Fieldset("Modtagere", "modtagere"))


class AflysForm(SendForm):
    """Why, and who is told; once the agenda is sent, the members of the day to begin with."""

    grund = Grundlinje(
        label="Hvorfor aflyses mødet?", max_length=300, help_text="Står på mødets side, så medlemmerne kan se det."
    )

    def __init__(self, *args, moede: Moede, **kwargs):
        super().__init__(*args, moede=moede, **kwargs)
        if moede.tilstand == Moedetilstand.PLANLAGT:
            self.fields["modtagere"].initial = ()

    def layout(self) -> Layout:
        return Layout("grund", *super().layout())


def _bestyrelsen(i_planen, moede: Moede):
    """Where nobody has written who sits on the board: those who have the role."""
    return bestyrelsens(moede.plan) if moede.er_bestyrelsens else i_planen.none()


class ReferatForm(ModelFormular):
    """The opening of the minutes."""

    class Meta:
        model = Moede
        fields = ("referat", "deltagere")
        labels = {"referat": "Indledning", "deltagere": "Andre deltagere"}
        widgets = {"referat": forms.Textarea(LANG), "deltagere": forms.Textarea(LANG)}
        help_texts = {
            "referat": "Det, der gælder hele mødet, før punkterne.",
            "deltagere": "Skriv roller, ikke navne, for eksempel »To fra sekretariatet«. Medlemmerne kommer selv.",
        }


class PunktreferatForm(ModelFormular):
    """What the minutes say of an item; what was concluded comes by itself."""

    class Meta:
        model = Dagsordenspunkt
        fields = ("referat",)
        widgets = {"referat": forms.Textarea({"rows": 8})}
        help_texts = {"referat": "Beslutningen kommer selv med. Skriv det, der blev sagt, uden navne på beboere."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kendte = {r["nummer"]: r for r in self.instance.maal}
        self.maalene = plan_maal(self.instance.plan)
        for m in self.maalene:
            raekke = kendte.get(m.nummer, {"udfald": "", "konklusion": ""})
            self.fields[f"maal_{m.nummer}"] = forms.ChoiceField(
                label=f"Mål {m.nummer}: {m.indsatsomraade.navn}",
                choices=[("", "Punktet handler ikke om målet"), *Maaludfald.choices],
                required=False,
                initial=raekke["udfald"],
            )
            self.fields[f"konklusion_{m.nummer}"] = Tekstfelt(
                label=f"Bestyrelsens konklusion om mål {m.nummer}",
                required=False,
                max_length=2000,
                widget=forms.Textarea({"rows": 2}),
                initial=raekke["konklusion"],
            )

    def layout(self) -> Layout:
        felter = [navn for m in self.maalene for navn in (f"maal_{m.nummer}", f"konklusion_{m.nummer}")]
        return Layout("referat", *([Fieldset("De faste mål", *felter)] if felter else []))

    def clean(self):
        data = super().clean()
        maal = []
        for m in self.maalene:
            udfald, konklusion = data.pop(f"maal_{m.nummer}", ""), data.pop(f"konklusion_{m.nummer}", "")
            if udfald == Maaludfald.FULGT_OP and not konklusion:
                self.add_error(f"konklusion_{m.nummer}", "Skriv, hvad bestyrelsen konkluderede.")
            elif udfald == Maaludfald.FULGT_OP and (mangel := konklusionens_mangel(konklusion)):
                besked = f"Konklusionen {mangel}. Skriv, hvad bestyrelsen gjorde, eller vælg et andet udfald."
                self.add_error(f"konklusion_{m.nummer}", besked)
            if konklusion and not udfald:
                self.add_error(f"maal_{m.nummer}", "Vælg, hvad punktet gjorde ved målet.")
            if udfald or any(r["nummer"] == m.nummer for r in self.instance.maal):
                maal.append({"nummer": m.nummer, "udfald": udfald, "konklusion": konklusion})
        return data | {"maal": maal}


class SvarForm(Formular):
    """A member's answer to the minutes."""

    svar = forms.ChoiceField(
        label="Kan du godkende referatet?",
        widget=forms.RadioSelect,
        choices=[(GODKENDT, "Ja, jeg godkender det"), (INDSIGELSE, "Nej, jeg har en indsigelse")],
    )
    bemaerkning = Tekstfelt(
        label="Bemærkning", required=False, widget=forms.Textarea(LANG), help_text="Skal skrives ved en indsigelse."
    )

    def clean(self):
        data = super().clean()
        uden_ord = not self.data.get("bemaerkning", "").strip()
        if data.get("svar") == INDSIGELSE and uden_ord:
            self.add_error("bemaerkning", "Skriv, hvad du ikke kan godkende.")
        return data
