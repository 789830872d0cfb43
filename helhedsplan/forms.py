"""The form of a person's own page: name, title, and which notices come by e-mail and when."""

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Fieldset, Layout
from django import forms

from helhedsplan.formularer import ModelFormular
from helhedsplan.models import Bruger

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
