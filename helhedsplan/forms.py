"""The forms of a person's own pages: name, title, which notices come by e-mail and when, and the names of passkeys."""

import struct
from contextlib import contextmanager

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Fieldset, Layout
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError

from helhedsplan.formularer import Formular, Linjefelt, ModelFormular
from helhedsplan.models import Bruger
from helhedsplan.tvillinger import foldet

HJAELP = {
    "mail_moeder": "Dagsordener med punkter at stemme om, referater at godkende, og når du er nævnt i et referat.",
    "mail_spoergsmaal": "Spørgsmål til en status, du skriver, og svar på dine egne.",
    "mail_papirer": "Når du skal skrive under, og når et papir, du skriver, er afvist.",
    "mail_adgang": "Når nogen giver dig adgang til en plan.",
    "mail_frister": "Frister, der nærmer sig eller er overskredet, i de planer, du skriver.",
}


class ProfilForm(ModelFormular):
    class Meta:
        model = Bruger
        fields = ("navn", "titel", *Bruger.MAILFELTER)
        widgets = dict.fromkeys(Bruger.MAILFELTER, forms.RadioSelect)
        help_texts = HJAELP

    def layout(self) -> Layout:
        return Layout(
            Fieldset("Dig", "navn", "titel"),
            Fieldset("Mail om det, der venter på dig", *map(InlineRadios, Bruger.MAILFELTER)),
        )


class AnonymiserForm(Formular):
    """Type the name of whom it is about."""

    navn = Linjefelt(label="Skriv personens navn", required=True, widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, *args, hedder: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.hedder = hedder
        self.fields["navn"].help_text = f"Skriv »{hedder}«."

    def clean_navn(self):
        if foldet(self.cleaned_data["navn"]) != foldet(self.hedder):
            raise forms.ValidationError(f"Navnet passer ikke. Personen hedder »{self.hedder}«.")
        return self.cleaned_data["navn"]


NAVN_PAA_PASSKEY = "Kald den noget, du kan kende den på: »Arbejdstelefon«."
#: What reading an answer that no browser would give ends in.
SKAEVT = (
    ArithmeticError, AttributeError, InvalidSignature, LookupError, RecursionError, TypeError, ValueError, struct.error,
)  # fmt: skip


@contextmanager
def laest_med_forbehold():
    try:
        yield
    except SKAEVT as fejl:
        raise ValidationError("Passkeyen kunne ikke læses. Prøv igen.") from fejl


class Passkeysvar(forms.JSONField):
    """What the browser answers about a passkey; from whoever cares to send it. Good once, so a page that is shown again
    is without it."""

    widget = forms.HiddenInput

    def to_python(self, value):
        with laest_med_forbehold():
            return super().to_python(value)

    def bound_data(self, data, initial):
        return None

    def prepare_value(self, value):
        return ""


class PasskeyForm(AddWebAuthnForm):
    name = Linjefelt(label="Navn", max_length=60, required=False, help_text=NAVN_PAA_PASSKEY)
    credential = Passkeysvar()
    passwordless = forms.BooleanField(
        label="Log ind med den uden adgangskode",
        required=False,
        initial=True,
        help_text="Den spørger selv om fingeraftryk, ansigt eller kode. Fjern fluebenet ved en sikkerhedsnøgle uden "
        "kode; den bruges så oven på adgangskoden.",
    )

    def clean_name(self):
        return self.cleaned_data.get("name") or get_adapter().generate_authenticator_name(self.user, "webauthn")

    def clean(self):
        with laest_med_forbehold():
            return super().clean()


class PasskeynavnForm(EditWebAuthnForm):
    name = Linjefelt(label="Navn", max_length=60, help_text=NAVN_PAA_PASSKEY)


class Passkeylaesning:
    """For the forms that let somebody in by a passkey."""

    def clean_credential(self):
        with laest_med_forbehold():
            return super().clean_credential()


class PasskeyloginForm(Passkeylaesning, LoginWebAuthnForm):
    credential = Passkeysvar()


class PasskeytrinForm(Passkeylaesning, AuthenticateWebAuthnForm):
    credential = Passkeysvar()


class PasskeybekraeftForm(Passkeylaesning, ReauthenticateWebAuthnForm):
    credential = Passkeysvar()
