"""The one form in which a quarterly status is written: the plan as a whole, and a row for each activity."""

from django import forms
from django.core.exceptions import ValidationError

from helhedsplan.formularer import ModelFormular, Raekkeform, Tekstfelt, formfelt, raekkeformset
from helhedsplan.tekst import PLADSHOLDERE, har_rene_ord
from status.choices import Lys
from status.models import Kvartalsstatus, Statuslinje, Statuspunkt
from status.queries.skrivetabel import felternes_navne, linjefelt
from status.rules import er_vaerre, laes_taellinger, taellinger_i_ord, vaerre_end

SYMBOLER = {Lys.GROEN: "●", Lys.GUL: "▲", Lys.ROED: "■", Lys.GRAA: "○"}
LYSVALG = [("", "Intet lys"), *((lys.value, f"{symbol} {lys.label}") for lys, symbol in SYMBOLER.items())]
FLEST_OPTAELLINGER = 10
OVERTAG = "overtag"
ALLE_TOMME = "alle"


class Taellingsfelt(Tekstfelt):
    """'Besøg: 40', one on each line; what comes out is written as the page shows it."""

    def clean(self, value):
        try:
            laest = laes_taellinger(super().clean(value))
        except ValueError as fejl:
            raise ValidationError(str(fejl), code="invalid") from None
        if len(laest) > FLEST_OPTAELLINGER:
            raise ValidationError(f"Skriv højst {FLEST_OPTAELLINGER} optællinger.", code="for_mange")
        return taellinger_i_ord(laest)


#: The script tells as the server does whether anything is written.
TEKSTFELT = {"rows": 3, "data-tekst": True, "data-pladsholdere": PLADSHOLDERE.pattern}


def linjefelter(linje: Statuslinje) -> dict[str, forms.Field]:
    """The fields of a line by what they hold. A delaftale's light follows from its activities', where it has any."""
    navne = felternes_navne(linje)

    def felt(navn: str, **valg) -> forms.Field:
        return formfelt(Statuslinje._meta.get_field(navn), label=navne[navn], initial=getattr(linje, navn), **valg)

    felter = {
        "tekst": felt(
            "tekst", widget=forms.Textarea({"rows": 3, "data-tekst": True, "data-pladsholdere": PLADSHOLDERE.pattern})
        ),
        "begrundelse": felt("begrundelse", widget=forms.Textarea({"rows": 2, "data-hvorfor": True})),
    }
    if linje.aktivitet is not None:
        felter["deltagere"] = felt("deltagere")
        tal = forms.Textarea({"rows": 1, "data-taellinger": True})
        felter["taellinger"] = Taellingsfelt(label=navne["taellinger"], initial=linje.talt, required=False, widget=tal)
    if linje.aktivitet is not None or not linje.under:
        vaerre = " ".join(vaerre_end(linje.sidst.lys)) if linje.sidst else ""
        valg = forms.Select({"data-lys": True, "data-vaerre": vaerre})
        lys = forms.ChoiceField(choices=LYSVALG, label=navne["lys"], initial=linje.lys, required=False, widget=valg)
        felter = {"lys": lys, **felter}
    return felter


def _grund_ventes(linje: Statuslinje, skrevet: str) -> bool:
    """Whether a delaftale whose light follows from others has a reason, or needs one."""
    return bool(skrevet) or bool(linje.sidst and er_vaerre(linje.samlet, linje.sidst.lys))


class StatusForm(ModelFormular):
    """`linjer` are those of `queries.skrivetabel`; a field of a line is named by `linjefelt`."""

    base_fields: dict[str, forms.Field]

    class Meta:
        model = Kvartalsstatus
        fields: tuple[str, ...] = ("sammenfatning", "til_beboere", "frist")
        labels = {"sammenfatning": "Kort fortalt"}
        widgets = {"sammenfatning": forms.Textarea({"rows": 4}), "til_beboere": forms.Textarea({"rows": 4})}
        help_texts = {
            "sammenfatning": "To-tre sætninger, som bestyrelsen læser først.",
            "til_beboere": "Står i den korte udgave til beboerne. Skriv enkelt, uden navne og uden små antal.",
            "frist": "Dagen, statussen skal være publiceret.",
        }

    def __init__(self, *args, linjer: list[Statuslinje], **kwargs):
        self.linjer = [(linje, linjefelter(linje)) for linje in linjer]
        egne = {linjefelt(linje.noegle, navn): felt for linje, felter in self.linjer for navn, felt in felter.items()}
        self.base_fields = self.base_fields | egne
        super().__init__(*args, **kwargs)
        if "sammenfatning" in self.fields:
            self.fields["sammenfatning"].betinget = "før statussen publiceres"

    @property
    def planens_felter(self) -> dict:
        return {navn: vaerdi for navn, vaerdi in self.felter.items() if navn in self._meta.fields}

    @property
    def skrevne_linjer(self) -> list[tuple[Statuslinje, dict]]:
        """Each line with what was typed of it; for an action."""
        return [(linje, self._skrevet(linje, felter)) for linje, felter in self.linjer]

    def _skrevet(self, linje: Statuslinje, felter: dict) -> dict:
        skrevet = {navn: self.cleaned_data[linjefelt(linje.noegle, navn)] for navn in felter}
        if "taellinger" in skrevet:
            skrevet["taellinger"] = laes_taellinger(skrevet["taellinger"])
        return skrevet

    def tabel(self) -> list[dict]:
        """The rows as the page draws them: the line, its fields, and how far it is."""
        return [self._raekke(linje, felter) for linje, felter in self.linjer]

    def _raekke(self, linje: Statuslinje, felter: dict) -> dict:
        felt = {navn: self[linjefelt(linje.noegle, navn)] for navn in felter}
        return felt | {
            "linje": linje,
            "delaftale": linje.delaftale,
            "id": linje.noegle.replace("/", "."),
            "navn": str(linje.ting),
            "uden_grund": "lys" not in felt and not _grund_ventes(linje, felt["begrundelse"].value()),
            "mangler": [
                navn for navn in ("lys", "tekst") if navn in felt and not har_rene_ord(felt[navn].value() or "")
            ],
        }

    def med_sidste_tekster(self, hvilke: str) -> dict[str, str]:
        """What the empty texts would hold if they were taken over from the last status: one line's, or all."""
        return {
            navn: linje.sidst.tekst
            for linje, _ in self.linjer
            if linje.sidst and hvilke in (ALLE_TOMME, linje.noegle)
            if not (self[navn := linjefelt(linje.noegle, "tekst")].value() or "").strip()
        }


class EgneForm(StatusForm):
    """The rows that are the person's own, and nothing of the plan as a whole."""

    class Meta(StatusForm.Meta):
        fields = ()


class PunktForm(Raekkeform):
    class Meta:
        model = Statuspunkt
        fields = ("art", "tekst", "rejst", "svar")
        labels = {"tekst": "Det bedes bestyrelsen om", "svar": "Svar, når det er lukket"}


PunktFormset = raekkeformset(PunktForm, titel="Til bestyrelsen", tilfoej="Tilføj et punkt", max_num=30)
