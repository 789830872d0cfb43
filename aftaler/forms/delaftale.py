from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.db.models import Q

from aftaler.choices import Delmaalskilde, Delmaalstype
from aftaler.models import Aktivitet, Delaftale, Delmaal, Delmaalsforslag, Milepael, Samarbejdspart
from aftaler.queries import kendte
from aftaler.queries.dokument import AKTIVITETSANTAL, MAALFELTER
from helhedsplan.choices import Alvor
from helhedsplan.formularer import Formular, Linjefelt, ModelFormular, Raekkeform, Raekker, raekkeformset
from helhedsplan.fund import Fund
from helhedsplan.kollation import dansk
from helhedsplan.tallaeser import maal_i


class DelmaalForm(ModelFormular):
    """A delmål with its target. Choosing one from the list fills in the text when it is left empty."""

    betingede = {"tekst": "når du ikke vælger fra listen"}

    aktiviteter = forms.ModelMultipleChoiceField(
        Aktivitet.objects.none(),
        required=False,
        label="Aktiviteter, der bidrager",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Delmaal
        fields = ("forslag", "tekst", "kilde", *MAALFELTER[1:], "note")
        help_texts = {
            "forslag": "Vælg her, eller skriv et lokalt delmål herunder.",
            "maaltype": "Hvordan kan I se, at målet er nået?",
            "enhed": "For eksempel »unge om året« eller »udsættelser«.",
            "vaerdi_til": "Når målet ligger mellem to tal.",
            "gennemsnit": "Når der er et mål for hvert år og et andet for årene tilsammen.",
            "mod": "For eksempel »en kontrolgruppe« eller »2019«. Lad feltet stå tomt, hvis målet står alene.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        aftale = self.instance.delaftale
        maaltype, enhed = (
            (self.data.get(felt) if self.is_bound else getattr(self.instance, felt)) or ""
            for felt in ("maaltype", "enhed")
        )
        for felt in ("vaerdi", "vaerdi_til", "gennemsnit"):
            self.fields[felt].maal = maal_i("%" if maaltype == Delmaalstype.AENDRING else enhed)
        self.fields["forslag"].queryset = Delmaalsforslag.objects.filter(indsatsomraade_id=aftale.indsatsomraade_id)
        self.fields["forslag"].empty_label = "Ikke fra listen"
        self.fields["tekst"].required = False
        self.fields["aktiviteter"].queryset = Aktivitet.objects.filter(delaftale=aftale)
        if self.instance.pk:
            self.fields["aktiviteter"].initial = self.instance.aktiviteter.all()

    def clean(self):
        data = super().clean()
        forslag = data.get("forslag")
        if forslag:
            data["kilde"] = Delmaalskilde.LBF
            data["tekst"] = data.get("tekst") or forslag.tekst
        if not data.get("tekst"):
            self.add_error("tekst", "Skriv delmålet, eller vælg et fra listen.")
        return data


def hvorfra(aktivitet: Aktivitet) -> str:
    """Several plans have an activity of the same name, so each says where it is from."""
    return f"{aktivitet.navn} · {aktivitet.delaftale.indsatsomraade.navn} · {aktivitet.plan.navn}"


class Aktivitetsvalg(forms.ModelChoiceField):
    """An activity of any plan that the person may read."""

    def label_from_instance(self, obj):
        return hvorfra(obj)


class AktivitetForm(ModelFormular):
    """An activity. It may go on from those of the plan before."""

    foreslaas = {"ansvarlig": "ansvarlige"}

    def forslag(self):
        plan = self.instance.delaftale.plan
        return {"ansvarlige": kendte.ansvarlige(plan), "samarbejdsparter-kendte": kendte.samarbejdsparter(plan)}

    class Meta:
        model = Aktivitet
        fields = (
            "navn", "status", "fortsaetter", "ansvarlig", *AKTIVITETSANTAL, "omraader", "delmaal",
            "maalgruppe", "formaal", "indhold", "baggrund", "forankring", "ressourcer", "note",
        )  # fmt: skip
        help_texts = {
            "ansvarlig": "Skriv en stilling, ikke et navn.",
            "maalgruppe": "Hvem er aktiviteten for?",
            "maalgruppe_antal": "Så mange er de i alt. Lad feltet stå tomt, hvis I ikke ved det.",
            "note": "Kun til jer selv. Kommer ikke med i aftalen.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        aftale = self.instance.delaftale
        self.fields["omraader"].queryset = aftale.plan.omraader.all()
        self.fields["delmaal"].queryset = aftale.delmaal.all()
        # The one that is chosen stays among the choices wherever it is from; else saving would drop it.
        forrige = Q(delaftale__plan_id=aftale.plan.forgaenger_id) | Q(pk=self.instance.fortsaetter_id)
        tidligere = Aktivitet.objects.filter(forrige).select_related("delaftale__plan")
        tidligere = tidligere.select_related("delaftale__plan", "delaftale__indsatsomraade")
        self.fields["fortsaetter"].queryset = tidligere.order_by(dansk("navn"))
        self.fields["fortsaetter"].label_from_instance = hvorfra
        self.fields["fortsaetter"].empty_label = "Ingen"
        if not (aftale.plan.forgaenger_id or self.instance.fortsaetter_id):
            del self.fields["fortsaetter"]

    def layout(self):
        """What one thinks of at one time: what it is, whom it is for, how it is done, with whom and when."""
        hvad = [felt for felt in ("navn", "status", "fortsaetter", "ansvarlig") if felt in self.fields]
        return Layout(
            Fieldset("Aktiviteten", *hvad, css_class="feltgruppe"),
            Fieldset("Hvem og hvor", "maalgruppe", *AKTIVITETSANTAL, "omraader", "delmaal", css_class="feltgruppe"),
            Fieldset("Hvad og hvorfor", "formaal", "indhold", "baggrund", css_class="feltgruppe"),
            Fieldset("Hvordan det holder", "ressourcer", "forankring", css_class="feltgruppe"),
            *map(Raekker, self.raekkesaet),
            Fieldset("Til jer selv", "note", css_class="feltgruppe"),
        )


class FlytAktivitetForm(Formular):
    til = forms.ModelChoiceField(Delaftale.objects.none(), label="Flyt til")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        aftale = self.instance.delaftale
        andre = Delaftale.objects.filter(plan=aftale.plan).exclude(pk=aftale.pk)
        self.fields["til"].queryset = andre.select_related("indsatsomraade")


class HentAktivitetForm(Formular):
    """Which activity to copy, of those the person may read; chosen, it is shown and asked about once more."""

    bekraeft_tekst = "Ja, kopiér aktiviteten"

    fra = Aktivitetsvalg(Aktivitet.objects.none(), label="Aktivitet", empty_label="Vælg")
    navn = Linjefelt(
        label="Navn her", required=False, max_length=200, help_text="Står det tomt, beholder den sit navn."
    )

    def __init__(self, *args, bruger, til, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fra"].queryset = (
            Aktivitet.objects.for_bruger(bruger)
            .exclude(delaftale=til)
            .select_related("delaftale__plan", "delaftale__indsatsomraade")
            .order_by("-delaftale__plan__periode_fra", "delaftale__plan_id", dansk("navn"))
        )

    def advarsler(self):
        fra = self.cleaned_data["fra"]
        besked = f"»{fra.navn}« fra {fra.plan.navn} bliver til en ny aktivitet her. Se nedenfor, hvad der kommer med."
        return [Fund(f"hent-{fra.pk}", Alvor.ADVARSEL, besked, "", "")]


class SamarbejdspartForm(Raekkeform):
    foreslaas = {"navn": "samarbejdsparter-kendte"}

    class Meta:
        model = Samarbejdspart
        fields = ("navn", "rolle")


class MilepaelForm(Raekkeform):
    foreslaas = {"ansvarlig": "ansvarlige"}

    class Meta:
        model = Milepael
        fields = ("navn", "dato", "ansvarlig", "status")


SamarbejdspartFormset = raekkeformset(SamarbejdspartForm, tilfoej="Tilføj en samarbejdspart")
MilepaelFormset = raekkeformset(MilepaelForm, tilfoej="Tilføj en milepæl")


class SamarbejdsparterForm(ModelFormular):
    """The partners of a whole delaftale: nothing but rows."""

    class Meta:
        model = Delaftale
        fields = ()

    def forslag(self):
        return {"samarbejdsparter-kendte": kendte.samarbejdsparter(self.instance.plan)}
