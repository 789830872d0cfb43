"""A Word template from somebody else."""

from django import forms

from helhedsplan.formularer import Filfelt, Formular


class WordskabelonForm(Formular):
    fil = Filfelt(
        label="Word-fil",
        widget=forms.FileInput({"accept": ".docx"}),
        help_text="Et Word-dokument (.docx) uden makroer, højst 10 MB.",
    )
