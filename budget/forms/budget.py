"""Forms of the budget's ordinary edit pages. The grids are in `budget.gitter`."""

from dataclasses import fields
from decimal import ROUND_HALF_UP, Decimal

from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from aftaler.choices import Lagslags
from aftaler.models import Afdeling, Helhedsplan, Lag, Organisation
from aftaler.queries import kendte
from aftaler.queries.plandele import delaftalerne
from budget.choices import Budgetart, Kildeart
from budget.models import (
    Bidrag,
    Budget,
    Finansieringskilde,
    Konto,
    Medfinansieringspulje,
    Puljetilsagn,
    Revision,
    Revisionslinje,
    Sats,
    Satsvaerdi,
)
from budget.queries.plangrundlag import Plangrundlag
from budget.queries.pulje import kommunerne
from budget.queries.sammenligning import budgetterne
from budget.rules.celler import OERE
from budget.rules.niveau import Beslutning, Niveau
from helhedsplan import formats
from helhedsplan.formularer import (
    FEJLTEKSTER,
    Aarfelt,
    Datofelt,
    Filfelt,
    Formular,
    Grundfelt,
    Linjefelt,
    ModelFormular,
    Raekkeform,
    Raekker,
    Talfelt,
    Tekstfelt,
    Tidfelt,
    kraev,
    raekkeformset,
)
from helhedsplan.maengde import laes_maengde
from helhedsplan.tallaeser import (
    BELOEB,
    BELOEB_ELLER_PROCENT,
    MAENGDE,
    MAENGDER,
    PROCENT,
    SATS,
    SATSER,
    laes,
)
from helhedsplan.tomme_valg import vaelg_blandt
from helhedsplan.tvillinger import findes_allerede, foldet


class KildeForm(ModelFormular):
    """A financier. Left alone, `lokal` becomes what its kind is as a rule; one that is called what a party is, is the
    party."""

    foreslaas = {"navn": "kilder-kendte"}

    def forslag(self):
        return {"kilder-kendte": kendte.finansierende(self.instance.plan)}

    lokal = forms.TypedChoiceField(
        label="Lokal medfinansiering",
        choices=[("", "Som det følger af arten"), ("True", "Ja, tæller med"), ("False", "Nej, tæller ikke med")],
        coerce=lambda valg: valg == "True",
        empty_value=None,
        required=False,
        help_text="Boligorganisation, afdeling, kommune og »anden« er lokale. Landsbyggefonden, fonde og overførte "
        "penge er det ikke, medmindre du siger det.",
    )

    class Meta:
        model = Finansieringskilde
        fields = ("navn", "art", "lokal", "organisation", "afdeling", "gaelder_fra", "gaelder_til", "note")
        help_texts = {
            "gaelder_fra": "Kun når kilden kommer til undervejs.",
            "gaelder_til": "Kun når kilden holder op før planen slutter.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plan = self.instance.plan
        valgbare = Organisation.objects.valgbare(self.instance.organisation_id)
        self.fields["organisation"].queryset = valgbare.filter(parter__plan=plan).distinct()
        afdelinger = Afdeling.objects.valgbare(self.instance.afdeling_id).filter(organisation__parter__plan=plan)
        self.fields["afdeling"].queryset = afdelinger.select_related("organisation").distinct()
        if self.instance.pk is None:
            self.initial["lokal"] = ""
            self.fields["navn"].required = False
            kraev(
                self.fields["navn"],
                "når der ikke er valgt en organisation eller afdeling, og kilden ikke er Landsbyggefonden",
            )

    def advarsler(self):
        if self.instance.pk and "navn" not in self.changed_data:
            return []
        plan = self.instance.plan
        andre = plan.finansieringskilder.exclude(pk=self.instance.pk)
        kendte = [(k.pk, k.navn, reverse("finansieringskilde-ret", args=[plan.noegle, k.noegle])) for k in andre]
        return findes_allerede(self.cleaned_data["navn"], kendte)

    def clean(self):
        data = super().clean()
        if self.instance.pk is None:
            self._foelg_organisationen(data)
        afdeling, organisation = data.get("afdeling"), data.get("organisation")
        ejer = organisation or (afdeling and afdeling.organisation)
        nyt = {"art", "organisation", "afdeling"} & set(self.changed_data)
        if nyt and ejer and data.get("art") and not Kildeart(data["art"]).passer_til(ejer.art):
            slags = f"{Kildeart(data['art']).label.lower()}; den er oprettet som {ejer.get_art_display().lower()}"
            self.add_error("art", f"{ejer} er ikke en {slags}. Vælg en anden art eller organisation.")
        return data

    def _foelg_organisationen(self, data: dict) -> None:
        """A new financier that is called what a party is, is the party and spelled as it; one without a name is called
        what was chosen."""
        navn, valgt = data.get("navn", ""), data.get("afdeling") or data.get("organisation")
        if valgt is None:
            ens = [o for o in self.fields["organisation"].queryset if foldet(o.navn) == foldet(navn)]
            if len(ens) == 1:
                data["organisation"] = valgt = ens[0]
        if valgt and (not navn or foldet(navn) == foldet(valgt.navn)) and "navn" not in self.errors:
            data["navn"] = valgt.navn
        elif not navn and data.get("art") == Kildeart.LBF:
            data["navn"] = str(Kildeart.LBF.label)  # there is only one
        elif not navn and "navn" not in self.errors:
            self.add_error("navn", FEJLTEKSTER["required"])

    def clean_lokal(self):
        valgt = self.cleaned_data["lokal"]
        art = self.cleaned_data.get("art")
        return Kildeart(art).er_lokal_som_udgangspunkt if valgt is None and art else bool(valgt)


class SatsForm(ModelFormular):
    class Meta:
        model = Sats
        fields = ("navn", "art", "enhed")


class NySatsForm(SatsForm):
    """A rate with its first value."""

    gaelder_fra = Datofelt(label="Gælder fra")
    beloeb = Talfelt(label="Kroner pr. enhed", min_value=0, maal=SATS)
    kilde = Linjefelt(
        label="Hvor satsen kommer fra",
        required=False,
        max_length=200,
        help_text="For eksempel en beslutning i bestyrelsen.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.fields["beloeb"].maal = SATSER.get(self.data.get("enhed"), SATS)


class SatsvaerdiForm(ModelFormular):
    class Meta:
        model = Satsvaerdi
        fields = ("gaelder_fra", "beloeb", "kilde")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["beloeb"].maal = SATSER.get(self.instance.sats.enhed, SATS)


class KontoForm(ModelFormular):
    class Meta:
        model = Konto
        fields = ("navn",)


class NytBudgetForm(ModelFormular):
    """The budget applied for or granted, or the money of a layer on top; it may start with the figures of another."""

    class Meta:
        model = Budget
        fields = ("art", "lag", "navn", "grundlag", "begrundelse")
        labels = {"grundlag": "Begynd med tallene fra", "lag": "Forlængelse eller tillæg"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        mulige, lagene = nye_budgetter(self.instance.plan)
        if lagene:
            self.fields["lag"].queryset = self.instance.plan.lag.filter(pk__in=[lag.pk for lag in lagene])
            kraev(self.fields["lag"], "når pengene ligger oven på bevillingen")
        else:
            del self.fields["lag"]
        self.fields["art"].choices = [(art, Budgetart(art).label) for art in mulige]
        self.initial.setdefault("art", mulige[0] if mulige else "")
        self.fields["navn"].required = False
        self.fields["navn"].help_text = "Lad feltet stå tomt, så hedder det for eksempel »Ansøgt budget«."
        self.fields["grundlag"].queryset = self.instance.plan.budgetter.all()
        self.fields["grundlag"].empty_label = "Et tomt budget"
        vaelg_blandt(self.fields["grundlag"], budgetterne(self.instance.plan))

    def clean(self):
        data = super().clean()
        art, lag = data.get("art"), data.get("lag")
        if art == Budgetart.LAG and lag is None and "lag" not in self.errors:
            self.add_error("lag", "Vælg den forlængelse eller det tillæg, pengene kommer med.")
        elif art and art != Budgetart.LAG and lag is not None:
            self.add_error("lag", "Vælg kun noget her, når pengene ligger oven på bevillingen.")
        if art and not data.get("navn"):
            data["navn"] = f"Budget: {lag}" if lag else f"{Budgetart(art).label} budget"
        return data


def nye_budgetter(plan: Helhedsplan) -> tuple[list[str], list[Lag]]:
    """The kinds of budget that the plan may still get, and the layers that have none yet."""
    alle = budgetterne(plan)
    findes, brugte = {b.art for b in alle}, {b.lag_id for b in alle}
    mulige = [art.value for art in (Budgetart.ANSOEGT, Budgetart.BEVILGET) if art not in findes]
    lagene = [lag for lag in plan.lagene if lag.pk not in brugte and not lag.laast and lag.slags != Lagslags.OPHOER]
    if Budgetart.BEVILGET not in findes or not lagene:
        return mulige, []
    return [*mulige, Budgetart.LAG.value], lagene


class BudgetForm(ModelFormular):
    class Meta:
        model = Budget
        fields = (
            "navn", "begrundelse", "oplyst_i_alt", "oplyst_afrundet_til", "oplyst_i_alt_sagt", "oplyst_andel_sagt",
        )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.art == Budgetart.LAG:  # what is told in all stands on the layer itself
            for felt in [felt for felt in self.fields if felt.startswith("oplyst_")]:
                del self.fields[felt]

    def clean(self):
        """What is told in words belongs in the field beside: nobody is asked to make it exact."""
        data = super().clean()
        skrevet = self.data.get(self.add_prefix("oplyst_i_alt"), "")
        if "oplyst_i_alt" in self.errors and _er_med_ord(skrevet):
            del self.errors["oplyst_i_alt"]
            besked = f"»{skrevet.strip()}« er ikke ét tal. Skriv det under »Oplyst i alt, med ord«."
            self.add_error("oplyst_i_alt", ValidationError(besked))
        return data


def _er_med_ord(skrevet: str) -> bool:
    try:
        return bool(laes_maengde(skrevet, BELOEB).sagt)
    except ValueError:
        return False


class RegnOmForm(Formular):
    """Nothing to fill in: a yes to what is shown."""


class GodkendForm(Formular):
    dato = Tidfelt(
        label="Godkendt den",
        help_text="Bagefter er beløbene låst, og det, der ændres, skrives i en revision.",
    )
    grund = Grundfelt(
        label="Hvorfor godkendes budgettet alligevel?",
        widget=forms.Textarea({"rows": 3}),
        help_text="Står på budgettets side. Ret det i stedet, hvis det kan rettes.",
    )
    dato_grund = Grundfelt(
        label="Hvorfor dagen ligger før budgettets sidste ændring",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Kun når den gør det, fx fordi budgettet er skrevet af efter et godkendt papir. Står på budgettet.",
    )

    def __init__(self, *args, spoerg: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not spoerg:
            del self.fields["grund"]


class GodkendRevisionForm(Formular):
    """When it was approved, and the decisions that its effect demands."""

    dato = Tidfelt(label="Godkendt den", help_text="Bagefter er revisionen låst.")
    bestyrelse_den = Datofelt(label="Besluttet af bestyrelsen den", required=False)
    bestyrelse_kilde = Linjefelt(
        label="Hvor bestyrelsens beslutning står",
        required=False,
        max_length=300,
        help_text="For eksempel referatet, punkt 4.",
    )
    lbf_den = Datofelt(label="Godkendt af Landsbyggefonden den", required=False)
    lbf_kilde = Linjefelt(
        label="Hvor Landsbyggefondens godkendelse står",
        required=False,
        max_length=300,
        help_text="For eksempel brevets dato og nummer.",
    )

    def __init__(self, *args, niveau: Niveau, noteret: Beslutning, **kwargs):
        super().__init__(*args, **kwargs)
        for hvem, kraeves in (("bestyrelse", niveau.bestyrelsen), ("lbf", niveau.lbf)):
            for felt in (f"{hvem}_den", f"{hvem}_kilde"):
                if kraeves:
                    self.fields[felt].initial = getattr(noteret, felt) or None
                    kraev(self.fields[felt], "før revisionen kan godkendes")
                else:
                    del self.fields[felt]

    @property
    def beslutning(self) -> Beslutning:
        felter = (f.name for f in fields(Beslutning))
        return Beslutning(**{felt: self.felter[felt] for felt in felter if felt in self.felter})


SCENARIE_HJAELP = (
    "Skriv beløbet, for eksempel 12,5 mio., eller hvad det er af det nuværende: 60 %, +5 %, −5 %, +200.000."
)


class Scenariefelt(Talfelt):
    """A total in kroner, or what becomes of the one there is: 60 % of it, 5 % or 200.000 kr. more or less."""

    def __init__(self, *, foer: Decimal, **kwargs):
        self.foer = foer
        super().__init__(maal=BELOEB_ELLER_PROCENT, **kwargs)

    def to_python(self, value):
        if value in self.empty_values or not isinstance(value, str):
            return super().to_python(value)
        tal = super().to_python(value)
        laest = laes(value)
        if laest.enhed == "pct":
            tal = (self.foer * tal / 100).quantize(OERE, rounding=ROUND_HALF_UP)
        ny = self.foer + tal if laest.fortegn else tal
        if ny < 0:
            raise ValidationError(f"Så giver kilden mindre end 0 kr.: i dag er det {formats.kroner(self.foer, 2)}")
        return ny


class ScenarieForm(Formular):
    """What each financier gives instead; a field that is left as it is changes nothing."""

    navn = Linjefelt(label="Navn", max_length=200, help_text="For eksempel »Fonden giver 12,5 mio.«.")
    skaler_udgifter = forms.BooleanField(
        label="Skalér udgifterne lige så meget", required=False, help_text="Så går budgettet stadig op."
    )
    begrundelse = Tekstfelt(label="Begrundelse", required=False)

    def __init__(self, *args, totaler, **kwargs):
        """totaler: (financier, what it gives now) for those that give something."""
        super().__init__(*args, **kwargs)
        self.totaler = {f"total_{kilde.pk}": (kilde, beloeb) for kilde, beloeb in totaler}
        for navn, (kilde, beloeb) in self.totaler.items():
            self.fields[navn] = Scenariefelt(foer=beloeb, label=f"{kilde.navn}, i alt", initial=beloeb)

    def layout(self):
        return Layout(
            "navn",
            Fieldset(
                "Hvad kilderne giver i stedet, kr.",
                HTML(f'<p class="form-hint">{SCENARIE_HJAELP}</p>'),
                *self.totaler,
                css_class="feltgruppe",
            ),
            "skaler_udgifter",
            "begrundelse",
        )

    @property
    def nye_totaler(self) -> dict:
        data = self.cleaned_data
        return {kilde.noegle: data[navn] for navn, (kilde, foer) in self.totaler.items() if data[navn] != foer}


class RegnForm(Formular):
    """Hours, m² or months for each plan year, and the rate they are reckoned with."""

    def __init__(self, *args, satser, aar, **kwargs):
        """satser: those of the kind; aar: (column, quantity now, rate now)."""
        super().__init__(*args, **kwargs)
        self.aar = {f"maengde_{kolonne.planaar or 0}": kolonne for kolonne, _, _ in aar}
        valgt = next((sats for _, _, sats in aar if sats), None)
        valg = [(s.noegle, f"{s.navn} (pr. {s.get_enhed_display()})") for s in satser]
        self.fields["sats"] = forms.ChoiceField(
            label="Sats", choices=valg, initial=valgt, error_messages={"required": "Vælg en mulighed."}
        )
        valgt_nu = self.data.get("sats") if self.is_bound else valgt
        maal = MAENGDER.get(next((s.enhed for s in satser if s.noegle == valgt_nu), ""), MAENGDE)
        for navn, (kolonne, maengde, _) in zip(self.aar, aar, strict=True):
            self.fields[navn] = Talfelt(
                label=f"Antal, {kolonne.navn.lower()}", required=False, initial=maengde, maal=maal
            )


class NoterForm(Formular):
    """For each amount of a row: what its source has rounded it to, and a note."""

    def __init__(self, *args, celler, **kwargs):
        """celler: (column, what stands there)."""
        super().__init__(*args, **kwargs)
        self.celler = [(f"_{kolonne.planaar or 0}", kolonne, vaerdi) for kolonne, vaerdi in celler]
        for nr, kolonne, vaerdi in self.celler:
            self.fields[f"afrundet{nr}"] = Talfelt(
                label=f"Afrundet til, kr. ({kolonne.navn.lower()})",
                required=False,
                maal=BELOEB,
                min_value=Decimal("0.01"),
                initial=vaerdi.afrundet_til,
                help_text="Kun når beløbet står afrundet i sin kilde: 100.000 for et tal som 0,4 mio. kr.",
            )
            note = Bidrag._meta.get_field("note")
            self.fields[f"note{nr}"] = Linjefelt(
                label=f"Note ({kolonne.navn.lower()})", required=False, max_length=note.max_length, initial=vaerdi.note
            )

    def layout(self):
        return Layout(
            *(
                Fieldset(
                    f"{kolonne.navn}: {formats.kroner(vaerdi.beloeb, 2)}",
                    f"afrundet{nr}",
                    f"note{nr}",
                    css_class="feltgruppe",
                )
                for nr, kolonne, vaerdi in self.celler
            )
        )

    @property
    def linjer(self) -> list[tuple]:
        """(plan year, rounding or None, note) of each amount."""
        return [
            (kolonne.planaar, self.felter[f"afrundet{nr}"], self.felter[f"note{nr}"]) for nr, kolonne, _ in self.celler
        ]


class RevisionForm(ModelFormular):
    class Meta:
        model = Revision
        fields = ("art", "dato", "begrundelse")
        field_classes = {"begrundelse": Grundfelt}
        help_texts = {
            "art": "En ombudgettering flytter penge og går op i 0. En rebudgettering flytter ubrugte penge til et "
            "senere år.",
        }

    def layout(self):
        return Layout("art", "dato", "begrundelse", *map(Raekker, self.raekkesaet))


class RevisionslinjeForm(Raekkeform):
    """One delta. The action holds it up against the plan; the row alone knows too little."""

    class Meta:
        model = Revisionslinje
        fields = ("kilde", "art", "konto", "delaftale", "aktivitet", "planaar", "delta", "note")
        labels = {"kilde": "Kilde", "delta": "Ændring, kr."}

    def __init__(self, *args, over: Plangrundlag, **kwargs):
        super().__init__(*args, **kwargs)
        pk_i = {"kilde": over.kilder, "konto": over.konti}
        for felt, emner in pk_i.items():
            self.fields[felt].queryset = (
                type(self)._meta.model._meta.get_field(felt).related_model.objects.filter(pk__in=emner)
            )
        self.fields["delaftale"].queryset = over.plan.delaftaler.select_related("indsatsomraade")
        vaelg_blandt(self.fields["delaftale"], delaftalerne(over.plan))
        aktiviteter = self.fields["aktivitet"].queryset.model.objects.filter(delaftale__plan=over.plan)
        self.fields["aktivitet"].queryset = aktiviteter

    def _post_clean(self):
        """No model of its own to check: the action does, with every fault at once."""


RevisionslinjeFormset = raekkeformset(RevisionslinjeForm, titel="Ændringer", tilfoej="Tilføj en ændring")


class PuljeForm(ModelFormular):
    fra_aar = Aarfelt(label="Fra år")
    til_aar = Aarfelt(label="Til og med år")

    class Meta:
        model = Medfinansieringspulje
        fields = ("organisation", "navn", "beloeb", "fra_aar", "til_aar", "hoejst_andel", "kilde", "note")
        labels = {"organisation": "Kommune"}

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["hoejst_andel"].maal = PROCENT
        if self.instance.pk:
            del self.fields["organisation"]
        else:
            felt = self.fields["organisation"]
            felt.queryset = Organisation.objects.valgbare().filter(parter__plan=plan, art="kommune").distinct()
            vaelg_blandt(felt, kommunerne(plan))


class TilsagnForm(ModelFormular):
    class Meta:
        model = Puljetilsagn
        fields = ("bevilget", "faelles_med", "note")
        help_texts = {
            "faelles_med": "Vælg kun, når ét beløb er bevilget til flere planer under ét. Det tælles én gang."
        }

    def __init__(self, *args, planer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["faelles_med"].queryset = planer


class ImportForm(Formular):
    """The file of an import; what is in it is judged by `budget.imports`."""

    fil = Filfelt(
        label="Regneark",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": "Vælg en fil.", "empty": "Filen er tom. Vælg en anden."},
    )


class SumtjekForm(Formular):
    """A printed table to check: pasted, or as a file."""

    betingede = {"tekst": "når du ikke vælger en fil"}

    tekst = Tekstfelt(
        label="Sæt tabellen ind",
        strip=False,  # a table begins with the empty cell over its row names
        required=False,
        help_text="Kopiér den fra regnearket eller dokumentet, med sine summer.",
    )
    fil = Filfelt(
        label="Eller vælg en fil",
        required=False,
        help_text="CSV eller XLSX.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean(self):
        data = super().clean()
        if not self.errors and bool(data.get("tekst")) == bool(data.get("fil")):
            self.add_error("tekst", "Sæt en tabel ind, eller vælg en fil. Ikke begge dele.")
        return data
