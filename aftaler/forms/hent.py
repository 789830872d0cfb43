"""Choosing what to copy from a plan that one may read. Each form shows first, and writes after a yes where asked."""

from collections.abc import Iterable

from django import forms

from aftaler.forms.delaftale import Aktivitetsvalg
from aftaler.models import Aktivitet
from aftaler.queries.hent import Afsnitskilde
from aftaler.queries.kopi import Aktivitetsudfyldning
from helhedsplan.choices import Alvor
from helhedsplan.formats import kort_dato, opremsning
from helhedsplan.formularer import Formular
from helhedsplan.fund import Fund
from helhedsplan.tvillinger import EGEN


def flervalg(label: str, valg: Iterable[tuple], *, valgte: bool = False, **kwargs) -> forms.MultipleChoiceField:
    """Boxes to tick; all of them ticked beforehand when nothing can be lost by it."""
    valg = [(str(noegle), navn) for noegle, navn in valg]
    initial = [noegle for noegle, _ in valg] if valgte else None
    return forms.MultipleChoiceField(
        choices=valg, label=label, widget=forms.CheckboxSelectMultiple, initial=initial, **kwargs
    )


def _advarsel(kode: str, besked: str) -> Fund:
    return Fund(kode, Alvor.ADVARSEL, besked, "", EGEN)


def _linje(*dele: str) -> str:
    return " · ".join(filter(None, dele))


class UdfyldAktivitetForm(Formular):
    """What to take over into an activity that is there: empty texts are ticked, written ones are asked about."""

    bekraeft_tekst = "Ja, kopiér det valgte"

    def __init__(self, *args, mulige: Aktivitetsudfyldning, **kwargs):
        super().__init__(*args, **kwargs)
        self.mulige = mulige
        tekster = [(t.felt, f"{t.navn}{' (erstatter det, der står)' if t.staar else ''}") for t in mulige.tekster]
        milepaele = [
            (pk, _linje(m["navn"], kort_dato(m["dato"]) if m["dato"] else "")) for pk, m in mulige.milepaele.items()
        ]
        parter = [(pk, _linje(p["navn"], p["rolle"])) for pk, p in mulige.samarbejdsparter.items()]
        felter = {
            "felter": flervalg("Tekster", tekster, required=False),
            "samarbejdsparter": flervalg("Samarbejdsparter", parter, valgte=True, required=False),
            "milepaele": flervalg("Milepæle", milepaele, valgte=True, required=False),
        }
        felter["felter"].initial = [t.felt for t in mulige.tekster if not t.staar]
        self.fields |= {navn: felt for navn, felt in felter.items() if felt.choices}

    def advarsler(self):
        erstattes = [t for t in self.mulige.tekster if t.staar and t.felt in self.cleaned_data.get("felter", ())]
        return [_advarsel(f"erstat-{t.felt}", f"Det, der står i »{t.navn}« nu, bliver erstattet.") for t in erstattes]

    @property
    def felter(self):
        valgt = super().felter
        return {
            "felter": valgt.get("felter", []),
            "samarbejdsparter": [int(pk) for pk in valgt.get("samarbejdsparter", [])],
            "milepaele": [int(pk) for pk in valgt.get("milepaele", [])],
        }


class VaelgAktivitetForm(forms.Form):
    """Which activity to take from; sent by GET."""

    fra = Aktivitetsvalg(Aktivitet.objects.none(), label="Aktivitet", empty_label=None)


class HentAfsnitForm(Formular):
    """Which text to copy into a section, and where to put it; shown and asked about once more."""

    bekraeft_tekst = "Ja, kopiér teksten"
    EFTER, I_STEDET = "efter", "i_stedet"

    fra = forms.TypedChoiceField(coerce=int, label="Tekst")
    maade = forms.ChoiceField(
        choices=[(EFTER, "Efter det, der står her"), (I_STEDET, "I stedet for det, der står her")],
        label="Sæt den ind",
        initial=EFTER,
        widget=forms.RadioSelect,
    )
    billeder = forms.BooleanField(label="Tag billederne med", required=False, initial=True)

    def __init__(self, *args, kilder: list[Afsnitskilde], **kwargs):
        super().__init__(*args, **kwargs)
        self.kilder = {k.afsnit.pk: k for k in kilder}
        grupper: dict[str, list] = {}
        for k in kilder:
            grupper.setdefault(k.gruppe, []).append((k.afsnit.pk, k.titel))
        self.fields["fra"].choices = list(grupper.items())
        if self.instance is None or not self.instance.tekst:
            del self.fields["maade"]
        if not any(k.billeder for k in kilder):
            del self.fields["billeder"]

    @property
    def valgt(self) -> Afsnitskilde | None:
        return self.kilder.get(self.cleaned_data.get("fra"))

    def advarsler(self):
        fund = [_advarsel(f"hent-{self.valgt.afsnit.pk}", "Se nedenfor, hvad der kommer med, og sig ja.")]
        if self.cleaned_data.get("maade") == self.I_STEDET:
            fund.append(_advarsel("erstat", "Det, der står i afsnittet nu, bliver erstattet."))
        return fund

    @property
    def felter(self):
        valgt = super().felter
        return {
            "fra": self.valgt.afsnit,
            "i_stedet": valgt.get("maade") == self.I_STEDET,
            "med_billeder": valgt.get("billeder", False),
        }


class HentRaekkerForm(Formular):
    """Which rows to copy. The list says all that comes along, so it is the preview."""

    def __init__(self, *args, mulige: list[tuple[int, str]], navn: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["raekker"] = flervalg(
            navn.capitalize(), mulige, error_messages={"required": "Vælg mindst én mulighed."}
        )

    @property
    def felter(self):
        return {"valgte": [int(pk) for pk in super().felter["raekker"]]}


class HentDelaftaleForm(Formular):
    """Which delaftale to copy, to which indsatsområde, and which parts of it."""

    bekraeft_tekst = "Ja, kopiér delaftalen"
    DELE = [
        ("afsnit", "Afsnit"),
        ("billeder", "Billeder i afsnittene"),
        ("delmaal", "Delmål"),
        ("aktiviteter", "Aktiviteter med samarbejdsparter og milepæle"),
        ("samarbejdsparter", "Delaftalens egne samarbejdsparter"),
    ]

    fra = forms.ModelChoiceField(None, label="Delaftale", empty_label=None)
    til = forms.ModelChoiceField(None, label="Kopiér til", empty_label=None)
    dele = flervalg("Det kommer med", DELE, valgte=True)
    erstat = forms.BooleanField(
        label="Erstat også de afsnit, der er skrevet her",
        required=False,
        help_text="Ellers bliver de, som de er, og kun de tomme fyldes ud.",
    )

    def __init__(self, *args, mulige, omraader, i_gang: set[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["fra"].queryset, self.fields["til"].queryset = mulige, omraader
        self.fields["fra"].label_from_instance = lambda d: d.indsatsomraade.navn
        self.fields["til"].label_from_instance = lambda o: f"{o.navn}{' (er begyndt)' if o.pk in i_gang else ''}"
        self.fields["til"].initial = next((o.pk for o in omraader if o.pk not in i_gang), None)
        if not i_gang:
            del self.fields["erstat"]

    def advarsler(self):
        data = self.cleaned_data
        kode = f"hent-{data['fra'].pk}-{data['til'].pk}-{'-'.join(sorted(data['dele']))}"
        fund = [_advarsel(kode, "Se nedenfor, hvad der kommer med, og sig ja.")]
        if data.get("erstat") and (navne := self.erstattes()):
            fund.append(_advarsel("erstat", f"Det, der står i {opremsning(navne)} nu, bliver erstattet."))
        return fund

    def erstattes(self) -> list[str]:
        """The titles of written sections that would be replaced; given by the page."""
        return []

    @property
    def felter(self):
        return {"erstat": False} | super().felter
