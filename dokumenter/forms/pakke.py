"""What is asked when a package is made, and noted when it has been uploaded."""

from crispy_forms.layout import Layout
from django import forms

from helhedsplan.formularer import Datofelt, Formular, Grundfelt, Linjefelt


class LavForm(Formular):
    """A package of papers that have changed since, or were frozen with gaps (`forbehold`), wants a yes and a reason."""

    base_fields: dict[str, forms.Field]

    def __init__(self, *args, forbehold: bool, **kwargs):
        if forbehold:
            ja = forms.BooleanField(label="Lav pakken, som den er")
            hvorfor = Grundfelt(label="Hvorfor laves pakken, som den er?", widget=forms.Textarea(attrs={"rows": 3}))
            self.base_fields = self.base_fields | {"ja": ja, "begrundelse": hvorfor}
        super().__init__(*args, **kwargs)


class UploadetForm(Formular):
    dato = Datofelt(label="Uploadet på sagen den")
    af = Linjefelt(
        label="Uploadet af", max_length=200, help_text="Den, der uploadede pakken i Landsbyggefondens portal."
    )

    def layout(self):
        return Layout("dato", "af")
