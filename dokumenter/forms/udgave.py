from collections.abc import Sequence
from datetime import timedelta

from django import forms
from django.utils import timezone

from aftaler.choices import Godkendelsesniveau
from dokumenter.actions.bilag import TYPER, Fil
from dokumenter.choices import Resultat
from dokumenter.rules import kraevede_afgoerelser, mangler_dokumentation
from helhedsplan.choices import Alvor
from helhedsplan.formats import lang_dato
from helhedsplan.formularer import Datofelt, Filfelt, Formular, Grundfelt, Linjefelt, Tekstfelt, Tidfelt
from helhedsplan.fund import Fund

#: So many days ahead the first day of an edition is asked about once more.
LAENGE_TIL = 366


Niveauer = Sequence[Godkendelsesniveau]


def niveaufelt(niveauer: Niveauer, forslag: int, **kwargs) -> forms.TypedChoiceField:
    """Who must approve, of those that the plan has; the proposed one is said to be so."""
    valg = [(n.value, f"{n.label} (foreslået)" if n == forslag else n.label) for n in niveauer]
    return forms.TypedChoiceField(
        choices=valg, coerce=int, widget=forms.RadioSelect, label="Skal godkendes af", **kwargs
    )


class FrysForm(Formular):
    """Who must approve the new edition. Higher than proposed is free; lower needs a reason. With sections that nobody
    has written (`uskrevne`) freezing wants a yes and a reason."""

    niveau_begrundelse = Grundfelt(
        label="Begrundelse",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kun når udgaven skal godkendes på et lavere niveau end foreslået.",
    )
    field_order = ("niveau", "niveau_begrundelse")
    base_fields: dict[str, forms.Field]

    def __init__(self, *args, niveauer: Niveauer, foreslaaet: int, uskrevne: Sequence[str] = (), **kwargs):
        self.base_fields = {"niveau": niveaufelt(niveauer, foreslaaet, initial=foreslaaet), **self.base_fields}
        if uskrevne:
            ja = forms.BooleanField(label="Frys, selv om det mangler")
            hvorfor = Grundfelt(label="Hvorfor fryses udgaven uden det?", widget=forms.Textarea(attrs={"rows": 3}))
            self.base_fields |= {"uskrevet_ja": ja, "uskrevet_begrundelse": hvorfor}
        super().__init__(*args, **kwargs)
        self.foreslaaet = foreslaaet

    def clean(self):
        data = super().clean()
        lavere = data.get("niveau") and data["niveau"] < self.foreslaaet
        if lavere and not data.get("niveau_begrundelse") and "niveau_begrundelse" not in self.errors:
            self.add_error("niveau_begrundelse", "Skriv, hvorfor udgaven kan godkendes på et lavere niveau.")
        return data


def organfelt(niveauer: Niveauer, foerst: Niveauer) -> forms.TypedChoiceField:
    """Who has decided; those whose decision is needed stand first, and the first is chosen."""
    afgoerere = list(dict.fromkeys([*foerst, *niveauer]))
    return forms.TypedChoiceField(
        choices=[(n.value, n.organ) for n in afgoerere],
        coerce=int,
        label="Hvem har afgjort det?",
        widget=forms.RadioSelect,
        initial=afgoerere[0].value,
    )


class Afgoerelsesfelter(Formular):
    """What a body decided, of one edition or of several."""

    resultat = forms.ChoiceField(label="Afgørelse", choices=Resultat, widget=forms.RadioSelect)
    dato = Datofelt(label="Dato for afgørelsen")
    besluttet_af = Linjefelt(
        label="Besluttet af, nærmere",
        max_length=200,
        required=False,
        help_text="Når der er mere at sige, for eksempel »Formandskabet efter bemyndigelse«.",
    )
    reference = Linjefelt(
        label="Reference",
        max_length=200,
        required=False,
        help_text="Landsbyggefondens journalnummer eller punktet på dagsordenen.",
    )
    note = Tekstfelt(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    bilag_fil = Filfelt(
        label="Referatet eller brevet",
        required=False,
        widget=forms.FileInput({"accept": ",".join(TYPER)}),
        help_text="Bestyrelsens referat fra et møde uden for programmet, eller Landsbyggefondens brev. PDF, Word "
        "eller billede, højst 10 MB og uden CPR-numre.",
    )
    betingede = {
        "reference": "når Landsbyggefonden har godkendt",
        "bilag_fil": "når bestyrelsen eller Landsbyggefonden har afgjort det",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dato"].initial = timezone.localdate()
        if self.is_bound:  # drawn again only when something is wrong, and no browser keeps the file then
            self.fields["bilag_fil"].help_text += " Vælg filen igen."

    @property
    def bilag(self) -> dict:
        """The file as the action takes it."""
        fil = self.cleaned_data.get("bilag_fil")
        return {"bilag": Fil(fil.read(), fil.name)} if fil else {}

    def clean(self):
        data = super().clean()
        if data.get("besluttet_af") and sum(map(str.isalpha, data["besluttet_af"])) < 3:
            self.add_error("besluttet_af", "Skriv, hvem der har besluttet det, eller lad feltet stå tomt.")
        elif data.get("niveau") and not data.get("besluttet_af"):
            data["besluttet_af"] = Godkendelsesniveau(data["niveau"]).organ
        lbf = data.get("niveau") == Godkendelsesniveau.LBF and data.get("resultat") == Resultat.GODKENDT
        if lbf and not data.get("reference"):
            self.add_error("reference", "Skriv Landsbyggefondens reference, når fonden har godkendt.")
        mangler = mangler_dokumentation(data.get("niveau") or 0, fra_moede=False, har_bilag=bool(data.get("bilag_fil")))
        if mangler and "bilag_fil" not in self.errors:
            self.add_error("bilag_fil", mangler)
        return data

    @property
    def felter(self) -> dict:
        return {navn: vaerdi for navn, vaerdi in super().felter.items() if navn != "bilag_fil"}

    def tilfoej_fejl(self, fejl) -> None:
        """The action calls the file `bilag`."""
        if hasattr(fejl, "error_dict") and "bilag" in fejl.error_dict:
            fejl.error_dict["bilag_fil"] = fejl.error_dict.pop("bilag")
        super().tilfoej_fejl(fejl)


class AfgoerelseForm(Afgoerelsesfelter):
    """Of one edition, about its very bytes."""

    pdf_sha256 = forms.CharField(widget=forms.HiddenInput)
    base_fields: dict[str, forms.Field]

    def __init__(self, *args, niveauer: Niveauer, niveau: int, pdf_sha256: str, **kwargs):
        self.base_fields = {"niveau": organfelt(niveauer, kraevede_afgoerelser(niveau)), **self.base_fields}
        super().__init__(*args, **kwargs)
        self.fields["pdf_sha256"].initial = pdf_sha256


class IkraftForm(Formular):
    ikraft = Datofelt(label="Gælder fra")
    ikraft_grund = Grundfelt(
        label="Hvorfor den gælder fra før den var færdig",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kun når dagen ligger før udgaven blev frosset, godkendt og underskrevet. Står på udgaven og i "
        "ændringsregistret.",
    )

    def advarsler(self) -> list[Fund]:
        """A wrong year is easily written, and nothing applies until then."""
        dag = self.cleaned_data.get("ikraft")
        if dag is None or dag <= timezone.localdate() + timedelta(days=LAENGE_TIL):
            return []
        besked = f"Udgaven gælder først fra {lang_dato(dag)}. Indtil da gælder den ikke."
        return [Fund("ikraft-langt-ude", Alvor.ADVARSEL, besked, "#id_ikraft", "")]


class TraekForm(Formular):
    trukket_grund = Grundfelt(label="Hvorfor trækkes udgaven tilbage?", widget=forms.Textarea(attrs={"rows": 3}))


class OffentliggoerForm(Formular):
    offentliggjort_hvor = Linjefelt(
        label="Hvor",
        max_length=300,
        required=False,
        help_text="En adresse på nettet, en avis eller et møde.",
    )
    offentliggjort = Tidfelt(label="Hvornår", required=False)


class TraekUdkastForm(Formular):
    trukket_grund = Grundfelt(
        label="Hvorfor trækkes det delte udkast tilbage?", widget=forms.Textarea(attrs={"rows": 3})
    )


class DelUdkastForm(Formular):
    """When a draft was shared, with whom, and the file when that was before."""

    delt_med = Linjefelt(
        label="Delt med, eller hvor",
        max_length=300,
        help_text="For eksempel følgegruppen, kommunens høring eller en adresse på nettet.",
    )
    delt_den = Datofelt(
        label="Delt den",
        initial=timezone.localdate,
        help_text="Af en fil, du lægger ind, står dagen som oplyst af dig.",
    )
    fil = Filfelt(
        label="Filen, der blev delt",
        required=False,
        widget=forms.FileInput({"accept": ".pdf"}),
        help_text="Kun når udkastet blev delt tidligere. Uden fil laves det, som kladden står nu. PDF, højst 10 MB.",
    )
