from crispy_forms.layout import Layout
from django import forms

from helhedsplan.formularer import Filfelt, Formular


class VerificerForm(Formular):
    fil = Filfelt(
        label="PDF-fil",
        widget=forms.FileInput({"accept": "application/pdf"}),
        help_text="Højst 25 MB. Filen læses og glemmes igen.",
    )

    def layout(self):
        return Layout("fil")

    def uden_fil(self, besked: str):
        """The form with a message about a file that was not read."""
        self.is_bound, self.cleaned_data = True, {}
        self._errors = forms.utils.ErrorDict()
        self.add_error("fil", besked)
        return self
