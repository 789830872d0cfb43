from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from aftaler.choices import Lagslags, Oplysning, Organisationsart
from aftaler.models import (
    Afdeling,
    Aktivitet,
    Delaftale,
    Gruppe,
    Helhedsplan,
    Indsatsomraade,
    Lag,
    Medlemskab,
    Omraade,
    Omraadeafdeling,
    Omraadeindsats,
    Omraadestoerrelse,
    Organisation,
    OverordnetMaal,
    Part,
    Plads,
    Planparameter,
    Regelsaet,
    Sagsnummer,
)
from aftaler.queries import kendte, overgang
from aftaler.queries.plandele import delaftalerne, valgte
from aftaler.rules import EGEN, kan_forveksles
from helhedsplan import tilslutninger
from helhedsplan.choices import Alvor
from helhedsplan.cpr import uden_cpr
from helhedsplan.felter import i_vores_tid
from helhedsplan.formats import opremsning
from helhedsplan.formularer import (
    FEJLTEKSTER,
    Datofelt,
    Formular,
    Grundfelt,
    Linjefelt,
    ModelFormular,
    Raekkeform,
    Raekker,
    kraev,
    raekkeformset,
)
from helhedsplan.fund import Fund
from helhedsplan.models import Bruger
from helhedsplan.rettigheder import KUN_EGET_ROLLER, MINDSTE, ROLLER, ROLLEVALG
from helhedsplan.tallaeser import maal_i
from helhedsplan.tilslutninger import PARAMETERHJAELP
from helhedsplan.tomme_valg import laest_valg, vaelg_blandt
from helhedsplan.tvillinger import findes_allerede, foldet


class Oplysningsvalg(forms.MultipleChoiceField):
    """What is not told, as boxes to tick."""

    def __init__(self, *, encoder=None, decoder=None, **kwargs):  # those are of the column's JSON
        super().__init__(**{"choices": Oplysning.choices, "widget": forms.CheckboxSelectMultiple, **kwargs})

    def has_changed(self, initial, data):
        return set(initial or ()) != set(data or ())


class PlanForm(ModelFormular):
    """What a plan is called, when it runs, and where it comes from. `planer` are those the person may point back to."""

    class Meta:
        model = Helhedsplan
        fields = (
            "navn",
            "omraadenavn",
            "regelsaet",
            "periode_fra",
            "periode_til",
            "fase",
            "forgaenger",
            "kommer_af",
            "ikke_oplyst",
            "note",
        )
        field_classes = {"ikke_oplyst": Oplysningsvalg}
        help_texts = {
            "regelsaet": "Er det ikke oplyst, så sæt kryds nederst, og vælg her den, aftalernes skabelon er fra.",
            "periode_til": "Som først aftalt. En forlængelse skrives for sig under Indstillinger.",
            "forgaenger": "Den helhedsplan, der gik forud i de samme områder. Så kan I se, hvad der er nyt.",
            "kommer_af": "Kun når en anden plan er lagt ind i denne, eller denne er den ene del af en, der blev delt.",
        }

    def __init__(self, *args, planer, **kwargs):
        super().__init__(*args, **kwargs)
        # The one that is chosen stays among the choices, also for who has no access to it; else saving would drop it.
        valgbare = Helhedsplan.objects.filter(Q(pk__in=planer.values("pk")) | Q(pk=self.instance.forgaenger_id))
        self.fields["forgaenger"].queryset = valgbare.exclude(pk=self.instance.pk)
        self.fields["forgaenger"].empty_label = "Ingen"
        self._overgange(planer)
        egen = Regelsaet.objects.filter(pk=self.instance.regelsaet_id)
        felt = self.fields["regelsaet"]
        felt.queryset = Regelsaet.objects.valgbare() | egen
        # A corrected one has the same name as the version before it, on which the plan may be.
        if felt.queryset.filter(navn=self.instance.regelsaet.navn).count() > 1:
            felt.label_from_instance = lambda r: r.med_version

    def layout(self) -> Layout:
        sidst = ("forgaenger", "kommer_af", "ikke_oplyst", "note")
        foerst = [navn for navn in self.fields if navn not in sidst]
        return Layout(*foerst, *map(Raekker, self.raekkesaet), *(navn for navn in sidst if navn in self.fields))

    def forslag(self):
        return {"steder": kendte.steder(self.instance)}

    def _overgange(self, planer) -> None:
        """What says of other plans that they were put into one or split; no field where none does."""
        gaar_over = Q(plan__in=planer.values("pk"), slags__in=[s for s in Lagslags if s.gaar_over])
        valgte = Q(fortsaetter_i=self.instance.pk) if self.instance.pk else Q(pk__in=[])
        lagene = Lag.objects.filter(gaar_over | valgte).exclude(plan=self.instance.pk)
        if not lagene.exists():
            del self.fields["kommer_af"]
            return
        self.fields["kommer_af"].queryset = lagene.select_related("plan").distinct()
        self.fields["kommer_af"].label_from_instance = lambda lag: f"{lag.plan}: {lag}"

    def advarsler(self) -> list[Fund]:
        """What moves with the plan's period, said before it does."""
        if not {"periode_fra", "periode_til"} & set(self.changed_data):
            return []
        gemt = Helhedsplan.objects.get(pk=self.instance.pk)
        ny = [self.instance.begynder.dag, self.instance.aftalt_slut.dag]
        flyttes = [besked for vagt in tilslutninger.PERIODEVAGTER for besked in vagt(gemt, *ny)]
        kode = "-".join(dag.isoformat() if dag else "uden" for dag in ny)
        return [Fund(f"periode:{kode}:{nr}", Alvor.ADVARSEL, tekst, "", EGEN) for nr, tekst in enumerate(flyttes)]


class SagsnummerForm(Raekkeform):
    foreslaas = {"gaelder": "steder"}

    class Meta:
        model = Sagsnummer
        fields = ("nummer", "gaelder")
        labels = {"gaelder": "Gælder, når der er flere"}


SagsnummerFormset = raekkeformset(
    SagsnummerForm, titel="Landsbyggefondens sagsnumre", tilfoej="Tilføj et sagsnummer", max_num=50
)


class NyPlanForm(ModelFormular):
    class Meta:
        model = Helhedsplan
        fields = ("navn", "regelsaet", "periode_fra", "periode_til")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        valgbare = Regelsaet.objects.valgbare()
        self.fields["regelsaet"].queryset = valgbare
        self.fields["regelsaet"].initial = valgbare.order_by("-ikraft", "-noegle").first()


FOELGER_IKKE = "Følger ikke med"


class EfterfoelgerForm(Formular):
    """A plan that comes after `plan`; under another pulje with what each indsatsområde and each goal becomes, as it is
    proposed until somebody says otherwise."""

    data: Any
    navn = Linjefelt(label="Den nye plans navn", max_length=200)
    regelsaet = forms.ModelChoiceField(Regelsaet.objects.valgbare(), label="Pulje", empty_label=None)

    def __init__(self, *args, plan: Helhedsplan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.forslag_til: list[tuple[str, overgang.Forslag]] = []
        regler = self._valgt_regelsaet()
        if regler is not None and regler.pk != plan.regelsaet_id:
            self._tilfoej(f"omraade-{regler.pk}", overgang.foreslaa_omraader(plan, regler), regler.indsatsomraader)
            maal = OverordnetMaal.objects.filter(indsatsomraade__regelsaet=regler)
            self._tilfoej(f"maal-{regler.pk}", overgang.foreslaa_maal(plan, regler), maal)

    def _valgt_regelsaet(self) -> Regelsaet | None:
        felt = self.fields["regelsaet"]
        valgt = self.data.get("regelsaet") if self.is_bound else self.get_initial_for_field(felt, "regelsaet")
        try:
            return felt.clean(getattr(valgt, "pk", valgt))
        except forms.ValidationError:
            return None

    def _tilfoej(self, slags: str, forslag: list[overgang.Forslag], nye: Any) -> None:
        if self.is_bound:
            self.data = self.data.copy()
        for et in forslag:
            navn = f"{slags}-{et.fra.pk}"
            self.fields[navn] = forms.ModelChoiceField(
                nye.all(),
                label=str(et.fra),
                required=False,
                empty_label=FOELGER_IKKE,
                initial=et.til,
                help_text=f"Foreslået: {et.grund}." if et.til else "Ingen i den nye pulje ligner. Vælg selv.",
                error_messages={"invalid_choice": FEJLTEKSTER["invalid_choice"]},
            )
            if self.is_bound:
                self.data.setdefault(navn, str(et.til.pk) if et.til else "")
            self.forslag_til.append((navn, et))

    def layout(self) -> Layout:
        def saet(slags: str, titel: str) -> list[Fieldset]:
            felter = [navn for navn, _ in self.forslag_til if navn.startswith(slags)]
            return [Fieldset(titel, *felter, css_class="feltgruppe")] if felter else []

        return Layout(
            "navn",
            "regelsaet",
            *saet("omraade", "Planens indsatsområder, og hvad de bliver til"),
            *saet("maal", "De mål, som koblingstabellerne nævner"),
        )

    def advarsler(self) -> list[Fund]:
        """Under another pulje what is proposed is seen before it is made, unless all of it is the same there."""
        if all(et.grund == overgang.SAMME_NOEGLE and str(et.fra) == str(et.til) for _, et in self.forslag_til):
            return []
        regler = self.cleaned_data["regelsaet"]
        tekst = f"Puljen {regler} er en anden. Se herunder, hvad der følger med hvorhen, og ret det."
        return [Fund(f"overgang:{regler.pk}", Alvor.ADVARSEL, tekst, "", EGEN)]

    @property
    def felter(self) -> dict:
        """For the action."""
        valgt: dict[str, dict] = {"omraade": {}, "maal": {}}
        for navn, et in self.forslag_til:
            if til := self.cleaned_data.get(navn):
                valgt[navn.partition("-")[0]][et.fra.pk] = til
        fulgt = overgang.Overgang(valgt["omraade"], valgt["maal"]) if self.forslag_til else None
        return {"navn": self.cleaned_data["navn"], "regelsaet": self.cleaned_data["regelsaet"], "overgang": fulgt}


class IndsatsomraaderForm(ModelFormular):
    class Meta:
        model = Helhedsplan
        fields = ("indsatsomraader",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["indsatsomraader"].queryset = Indsatsomraade.objects.filter(regelsaet_id=self.instance.regelsaet_id)


class PartForm(ModelFormular):
    foreslaas = {"underskriver": "personer", "underskriver_titel": "stillinger"}

    def forslag(self):
        plan = self.instance.plan
        return {"personer": kendte.personer(plan), "stillinger": kendte.stillinger(plan)}

    class Meta:
        model = Part
        fields = ("organisation", "administrerer", "underskriver", "underskriver_titel", "gaelder_fra", "gaelder_til")
        help_texts = {
            "gaelder_fra": "Kun når parten kommer til undervejs.",
            "gaelder_til": "Kun når parten går ud før planen slutter.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        andre = Part.objects.filter(plan_id=self.instance.plan_id).exclude(pk=self.instance.pk)
        felt = self.fields["organisation"]
        valgbare = Organisation.objects.valgbare(self.instance.organisation_id)
        felt.queryset = valgbare.exclude(pk__in=andre.values("organisation"))


class NyPartForm(PartForm):
    """A party that is on the list, or one that is written in with it. `part_url` is this page's address."""

    betingede = {"organisation": "når den er på listen"}

    ny_navn = Linjefelt(label="Navn", max_length=200, required=False)
    ny_art = forms.ChoiceField(label="Art", choices=[("", "---"), *Organisationsart.choices], required=False)

    def __init__(self, *args, part_url: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.part_url = part_url
        self.fields["organisation"].required = False
        if not self.fields["organisation"].queryset.exists():
            del self.fields["organisation"]
            for navn in ("ny_navn", "ny_art"):
                self.fields[navn].required = True

    def layout(self) -> Layout:
        hoved = "Ikke på listen? Skriv den ind her" if "organisation" in self.fields else "Organisationen"
        ny = Fieldset(hoved, "ny_navn", "ny_art", css_class="feltgruppe")
        nye = {"organisation", "ny_navn", "ny_art"}
        valg = ["organisation"] if "organisation" in self.fields else []
        return Layout(
            *valg, ny, Fieldset("Som part", *[navn for navn in self.fields if navn not in nye], css_class="feltgruppe")
        )

    def clean(self):
        data = super().clean()
        valgt, navn, art = (data.get(felt) for felt in ("organisation", "ny_navn", "ny_art"))
        if valgt and (navn or art):
            self.add_error("ny_navn", "Vælg en fra listen, eller skriv en ny ind, ikke begge dele.")
        elif not valgt and "organisation" in self.fields and not self.errors:
            if not (navn or art):
                self.add_error("organisation", "Vælg en organisation, eller skriv en ny ind herunder.")
            elif not navn:
                self.add_error("ny_navn", "Skriv, hvad organisationen hedder.")
            elif not art:
                self.add_error("ny_art", "Vælg, hvad det er for en organisation.")
        return data

    @property
    def ny_organisation(self) -> Organisation | None:
        navn = self.cleaned_data["ny_navn"]
        return Organisation(navn=navn, art=self.cleaned_data["ny_art"]) if navn else None

    def advarsler(self):
        return organisationen_findes(self.cleaned_data["ny_navn"], Organisation.objects.all(), self.part_url)


class OmraadeForm(ModelFormular):
    foreslaas = {"navn": "steder"}

    def forslag(self):
        return {"steder": kendte.steder(self.instance.plan)}

    class Meta:
        model = Omraade
        fields = ("navn", "starter", "slutter", "note")
        help_texts = {"starter": "Når området kommer med senere end planens start."}

    def layout(self):
        return Layout("navn", "starter", "slutter", *map(Raekker, self.raekkesaet), "note")

    def advarsler(self):
        if "navn" not in self.changed_data:
            return []
        plan = self.instance.plan
        andre = plan.omraader.exclude(pk=self.instance.pk)
        kendte = [(o.pk, o.navn, reverse("omraade-ret", args=[plan.noegle, o.pk])) for o in andre]
        return findes_allerede(self.cleaned_data["navn"], kendte)


class LagForm(ModelFormular):
    """What is agreed on top of the plan while it runs."""

    class Meta:
        model = Lag
        fields = (
            "slags",
            "navn",
            "til",
            "oven_paa",
            "beloeb",
            "omraader",
            "baggrund",
            "indhold",
            "gaelder_fra",
            "aftalt_i",
        )
        help_texts = {
            "navn": "Som papiret hedder, for eksempel Forlængelse på 18 måneder.",
            "til": "En dag, eller hvor meget længere: 18 måneder. Ikke ved et tillæg.",
            "oven_paa": "Det, papiret ændrer. Tomt, når det er selve samarbejdsaftalen.",
            "beloeb": "Som det er oplyst: 6,7 mio. kr. Tomt, når pengene står som en revision i budgettet.",
            "omraader": "Vælg kun, hvis det gælder nogle af områderne og ikke hele planen.",
            "indhold": "Det, parterne aftaler ud over samarbejdsaftalen.",
            "gaelder_fra": "Kun når det er aftalt uden for programmet. Ellers sættes papiret i kraft under Dokumenter.",
            "aftalt_i": "Papiret, der siger det, og hvor det ligger: underskrevet tillæg af 3. maj 2026, sag 26/114.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        andre = Lag.objects.filter(plan_id=self.instance.plan_id).exclude(pk=self.instance.pk)
        self.fields["oven_paa"].queryset = andre
        self.fields["oven_paa"].empty_label = "Samarbejdsaftalen"
        self.fields["omraader"].queryset = Omraade.objects.filter(plan_id=self.instance.plan_id)

    def clean(self):
        data = super().clean()
        if data.get("gaelder_fra") and not data.get("aftalt_i") and "aftalt_i" not in self.errors:
            self.add_error("aftalt_i", "Skriv, hvilket papir der siger det, og hvor det ligger.")
        if data.get("aftalt_i") and not data.get("gaelder_fra") and "gaelder_fra" not in self.errors:
            self.add_error("gaelder_fra", "Skriv, hvornår det gælder fra, eller lad begge felter stå tomme.")
        return data


class OmraadeafdelingForm(Raekkeform):
    """A department in an area; `omraade` is the area that it stands in."""

    class Meta:
        model = Omraadeafdeling
        fields = ("afdeling", "fra", "til")

    def __init__(self, *args, omraade: Omraade, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["afdeling"].queryset = kendte.afdelinger(omraade)
        self.fields["afdeling"].label_from_instance = afdelingens_navn


def afdelingens_navn(afdeling: Afdeling) -> str:
    """Numbers are the organisation's own, so it is named too."""
    return f"{afdeling.organisation}: {afdeling}"


class OmraadeindsatsForm(Raekkeform):
    class Meta:
        model = Omraadeindsats
        fields = ("indsatsomraade", "fra", "til")

    def __init__(self, *args, omraade: Omraade, **kwargs):
        super().__init__(*args, **kwargs)
        felt = self.fields["indsatsomraade"]
        felt.queryset = omraade.plan.indsatsomraader.all()
        vaelg_blandt(felt, valgte(omraade.plan))


class OmraadestoerrelseForm(Raekkeform):
    class Meta:
        model = Omraadestoerrelse
        fields = ("hvad", "antal", "opgjort", "kilde")
        labels = {"antal": "Antal, som oplyst"}


OmraadeafdelingFormset = raekkeformset(OmraadeafdelingForm, titel="Afdelinger i området", tilfoej="Tilføj en afdeling")
OmraadeindsatsFormset = raekkeformset(
    OmraadeindsatsForm, titel="Indsatsområder i området", tilfoej="Tilføj et indsatsområde"
)
OmraadestoerrelseFormset = raekkeformset(OmraadestoerrelseForm, titel="Områdets størrelse", tilfoej="Tilføj et tal")


class GruppeForm(ModelFormular):
    betingede = {"artsnavn": "når arten er »Anden slags«"}
    foreslaas = {"artsnavn": "gruppearter"}

    def forslag(self):
        return {"gruppearter": kendte.gruppearter(self.instance.plan)}

    def advarsler(self):
        """Two groups of one name are told apart by their areas, or not at all."""
        if not {"navn", "omraader"} & set(self.changed_data):
            return []
        plan, omraader = self.instance.plan, set(self.cleaned_data["omraader"])
        andre = plan.grupper.exclude(pk=self.instance.pk).prefetch_related("omraader")
        kendte_ = [
            (g.pk, g.navn, reverse("gruppe-ret", args=[plan.noegle, g.pk]))
            for g in andre
            if kan_forveksles(omraader, set(g.omraader.all()))
        ]
        return findes_allerede(self.cleaned_data["navn"], kendte_)

    class Meta:
        model = Gruppe
        fields = ("navn", "art", "artsnavn", "over", "omraader", "moeder_pr_aar", "opgave")
        help_texts = {"omraader": "Vælg kun, hvis gruppen hører til nogle af områderne og ikke til hele planen."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["over"].queryset = Gruppe.objects.filter(plan_id=self.instance.plan_id).exclude(pk=self.instance.pk)
        self.fields["over"].empty_label = "Ingen (øverst)"
        self.fields["omraader"].queryset = Omraade.objects.filter(plan_id=self.instance.plan_id)


class PladsForm(Raekkeform):
    class Meta:
        model = Plads
        fields = ("titel", "antal", "organisation", "formand", "betingelse")
        labels = {"betingelse": "Betingelse, hvis nogen"}
        widgets = {"antal": forms.NumberInput(attrs={"class": "felt-antal"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # One list for all rows: an archived one stays on it while some seat has it.
        i_brug = Q(arkiveret__isnull=True) | Q(pladser__isnull=False)
        self.fields["organisation"].queryset = Organisation.objects.filter(i_brug).distinct()


PladsFormset = raekkeformset(PladsForm, tilfoej="Tilføj en plads")


KUN_EGET = f"Kun for rollen {opremsning([ROLLER[noegle].navn for noegle in KUN_EGET_ROLLER])}."


class Egnefelter:
    """For forms about a role: from and to, and what of the plan is the person's own."""

    def vaelg_egne(self, plan: Helhedsplan) -> None:
        self.fields["delaftaler"].queryset = Delaftale.objects.filter(plan=plan).select_related("indsatsomraade")
        self.fields["aktiviteter"].queryset = Aktivitet.objects.filter(delaftale__plan=plan)
        self.fields["delaftaler"].label_from_instance = lambda aftale: aftale.indsatsomraade.navn
        vaelg_blandt(self.fields["delaftaler"], delaftalerne(plan))
        laest_valg(self.fields["aktiviteter"])

    def rens_egne(self, data: dict) -> None:
        """Dates in order; a role that writes all or nothing has nothing that is its own."""
        if data.get("fra") and data.get("til") and data["til"] < data["fra"]:
            self.add_error("til", "Adgangen slutter, før den begynder. Ret en af datoerne.")
        if data.get("rolle") not in KUN_EGET_ROLLER:
            data |= {navn: [] for navn in ("delaftaler", "aktiviteter") if navn in data}


class MedlemForm(Egnefelter, Formular):
    """Give a person a role. One who has no account yet gets one, and a letter with a link to choose a password."""

    betingede = {"navn": "når personen ikke har en konto"}
    foreslaas = {"navn": "personer"}

    email = forms.EmailField(label="E-mail", validators=[uden_cpr])
    navn = Linjefelt(label="Navn", max_length=200, required=False)
    rolle = forms.ChoiceField(label="Rolle", choices=ROLLEVALG, initial=MINDSTE)
    fra = Datofelt(label="Fra", required=False, help_text="Tomt: fra nu af.", validators=[i_vores_tid])
    til = Datofelt(label="Til og med", required=False, help_text="Tomt: ingen slutdag.", validators=[i_vores_tid])
    delaftaler = forms.ModelMultipleChoiceField(
        Delaftale.objects.none(), label="Egne delaftaler", required=False, widget=forms.CheckboxSelectMultiple,
        help_text=KUN_EGET,
    )  # fmt: skip
    aktiviteter = forms.ModelMultipleChoiceField(
        Aktivitet.objects.none(), label="Egne aktiviteter", required=False, widget=forms.CheckboxSelectMultiple,
        help_text=KUN_EGET,
    )  # fmt: skip

    def __init__(self, *args, plan: Helhedsplan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.vaelg_egne(plan)

    def forslag(self):
        return {"personer": kendte.personer(self.plan)}

    def clean(self):
        data = super().clean()
        self.bruger = Bruger.objects.filter(email__iexact=data.get("email", "")).first()
        if self.bruger is not None and not self.bruger.is_active:
            self.add_error("email", "Kontoen er lukket. Bed en administrator om at åbne den.")
        elif "email" in data and self.bruger is None and not data.get("navn"):
            self.add_error("navn", "Ingen har en konto med den adresse. Skriv navnet, så inviteres personen.")
        if data.get("til") and data["til"] < timezone.localdate():
            self.add_error("til", "Slutdagen er forbi, så personen ville ingen adgang få.")
        self.rens_egne(data)
        return data


class RolleForm(Egnefelter, ModelFormular):
    class Meta:
        model = Medlemskab
        fields = ("rolle", "fra", "til", "delaftaler", "aktiviteter")
        widgets = {"delaftaler": forms.CheckboxSelectMultiple, "aktiviteter": forms.CheckboxSelectMultiple}
        help_texts = {
            "fra": "Tomt: fra nu af.",
            "til": "Tomt: ingen slutdag. Efter den dag kan personen intet se, heller ikke uden at logge ud.",
            "delaftaler": KUN_EGET,
            "aktiviteter": KUN_EGET,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.vaelg_egne(self.instance.plan)

    def clean(self):
        data = super().clean()
        self.rens_egne(data)
        return data


class ParameterForm(ModelFormular):
    class Meta:
        model = Planparameter
        fields = ("vaerdi", "begrundelse")
        field_classes = {"begrundelse": Grundfelt}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        egen = self.instance.plan.regelsaet.parametre.filter(noegle=self.instance.noegle).first()
        self.fields["vaerdi"].maal = maal_i(egen.enhed if egen else "")
        self.fields["vaerdi"].help_text = PARAMETERHJAELP.get(self.instance.noegle, "")
        if not self.instance.pk:
            # What the rule set says already needs no reason: nothing is changed.
            self.fields["begrundelse"].required = False
            kraev(self.fields["begrundelse"], "når planen får sin egen værdi")

    def clean(self):
        uden = not self.cleaned_data.get("begrundelse") and "begrundelse" not in self.errors
        if uden and "vaerdi" in self.changed_data:
            self.add_error("begrundelse", FEJLTEKSTER["required"])
        return super().clean()

    def _get_validation_exclusions(self):
        """Judged here: an unchanged value is not saved."""
        return super()._get_validation_exclusions() | {"begrundelse"}


def organisationen_findes(navn: str, andre: QuerySet, part_url: str) -> list[Fund]:
    """The organisations that are called the same, in full or for short; each leads to where it is made a party."""
    kendte = [(o.pk, o.navn, f"{part_url}?organisation={o.pk}") for o in andre]
    kendte += [(o.pk, o.kort_navn, f"{part_url}?organisation={o.pk}") for o in andre if o.kort_navn]
    return findes_allerede(navn, kendte)


class OrganisationForm(ModelFormular):
    """`part_url` is where one that is known already is made a party."""

    class Meta:
        model = Organisation
        fields = ("navn", "kort_navn", "art")

    def __init__(self, *args, part_url: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.part_url = part_url

    def advarsler(self):
        if "navn" not in self.changed_data:
            return []
        andre = Organisation.objects.exclude(pk=self.instance.pk)
        return organisationen_findes(self.cleaned_data["navn"], andre, self.part_url)


class AfdelingForm(ModelFormular):
    """`ret_url` gives the address of a department of the organisation by its pk."""

    betingede = {"navn": "når afdelingen ikke har et nummer"}

    class Meta:
        model = Afdeling
        fields = ("nummer", "navn")

    def __init__(self, *args, ret_url=lambda pk: "", **kwargs):
        super().__init__(*args, **kwargs)
        self.ret_url = ret_url

    def advarsler(self):
        """A name may stand twice with two numbers; not with one and none."""
        if not {"navn", "nummer"} & set(self.changed_data) or self.instance.organisation.pk is None:
            return []
        nummer = foldet(self.cleaned_data["nummer"])
        andre = Afdeling.objects.filter(organisation=self.instance.organisation).exclude(pk=self.instance.pk)
        mulige = [a for a in andre if not (nummer and foldet(a.nummer)) or foldet(a.nummer) == nummer]
        fund = findes_allerede(self.cleaned_data["navn"], [(a.pk, a.navn, self.ret_url(a.pk)) for a in mulige])
        ved_nummer = [a for a in mulige if nummer and foldet(a.nummer) == nummer]
        return fund or findes_allerede(nummer, [(a.pk, a.nummer, self.ret_url(a.pk)) for a in ved_nummer])
