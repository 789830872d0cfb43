from django import forms
from django.core.exceptions import ValidationError

from helhedsplan.formularer import Filfelt, Formular
from helhedsplan.models import Bruger


class PlanfilForm(Formular):
    """A plan file; what is in it is judged by `aftaler.planfil`."""

    fil = Filfelt(
        label="Planfil",
        help_text="YAML eller JSON, højst 5 MB.",
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.json"}),
        error_messages={"required": "Vælg en fil.", "empty": "Filen er tom. Vælg en anden."},
    )


class LederForm(Formular):
    plan = forms.ChoiceField(label="Plan")
    leder = forms.EmailField(
        label="Lederens mailadresse", help_text="En åben konto. Din egen, hvis du selv skal lede planen."
    )

    def __init__(self, *args, planer, bruger, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["plan"].choices = [(p.noegle, p.navn) for p in planer]
        self.fields["leder"].initial = bruger.email

    def clean_leder(self):
        fundet = Bruger.objects.filter(email__iexact=self.cleaned_data["leder"], is_active=True).first()
        if fundet is None:
            raise ValidationError("Ingen har en åben konto med den adresse.")
        return fundet
