"""The form where a member asks for a link to his own address."""

from django import forms

from helhedsplan.formularer import Formular


class BestilForm(Formular):
    email = forms.EmailField(
        label="Din e-mail",
        max_length=254,
        help_text="Den adresse, sekretariatet har på dig.",
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "Skriv en hel adresse, for eksempel navn@kommune.dk."},
    )
