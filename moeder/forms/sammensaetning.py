"""Forms of the board's sides, members and rules of procedure."""

from crispy_forms.layout import Layout, Row
from django import forms
from django.db.models import Q

from aftaler.models import Organisation
from aftaler.queries import kendte
from aftaler.queries.adgang import personer_med
from helhedsplan.formularer import ModelFormular
from helhedsplan.rettigheder import Rettighed
from moeder.models import Bestyrelsesmedlem, Bestyrelsesside, Forretningsorden


class ForretningsordenForm(ModelFormular):
    class Meta:
        model = Forretningsorden
        fields = ("afstemning", "bestyrelsesmoeder", "foelgegruppemoeder", "indkaldelse_dage", "referat_dage")
        widgets = {"afstemning": forms.RadioSelect}
        labels = {"afstemning": "Hvem stemmer?"}
        help_texts = {
            "afstemning": "Som der står i bestyrelsens kommissorium. Der søges altid enighed først.",
            "bestyrelsesmoeder": "Tallet står også i organisationsdiagrammet, kommissoriet og kalenderen.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["afstemning"].choices = [valg for valg in self.fields["afstemning"].choices if valg[0]]


class SideForm(ModelFormular):
    foreslaas = {"navn": "organisationer"}

    def forslag(self):
        return {"organisationer": kendte.organisationer(self.instance.plan)}

    class Meta:
        model = Bestyrelsesside
        fields = ("navn", "organisation", "har_stemme")
        help_texts = {
            "navn": "Fx kommunen, boligorganisationen eller politiet.",
            "har_stemme": "En side uden stemme deltager og høres, men tæller ikke med.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        plan, egen = self.instance.plan, self.instance.organisation_id
        kendte = Q(parter__plan=plan) | Q(pladser__gruppe__plan=plan) | Q(pk=egen)
        self.fields["organisation"].queryset = Organisation.objects.valgbare(egen).filter(kendte).distinct()


class MedlemForm(ModelFormular):
    """A seat that is taken; its side stays."""

    foreslaas = {"navn": "personer"}

    def forslag(self):
        return {"personer": kendte.personer(self.plan)}

    class Meta:
        model = Bestyrelsesmedlem
        fields = ("navn", "titel", "formand", "bruger", "fra", "til")
        help_texts = {
            "navn": "Den, der sidder på pladsen.",
            "bruger": "Så medlemmet kan stemme og godkende referater her. Vælg blandt dem, der har adgang til planen.",
            "fra": "Kun når medlemmet er kommet til undervejs.",
            "til": "Sidste dag, når medlemmet går ud. Stemmer og fremmøde bliver stående.",
        }

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["bruger"].queryset = personer_med(plan, Rettighed.SE)

    def layout(self) -> Layout:
        return Layout("navn", "titel", "formand", "bruger", Row("fra", "til"))
