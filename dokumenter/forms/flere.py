"""Forms of a step that is taken with several papers at once."""

from collections.abc import Sequence

from crispy_forms.layout import Layout
from crispy_forms.utils import render_field
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from aftaler.choices import Godkendelsesniveau
from aftaler.models import Helhedsplan
from aftaler.queries import kendte
from dokumenter import rules
from dokumenter.actions.samlet import PAPIRER
from dokumenter.forms.udgave import Afgoerelsesfelter, Niveauer, niveaufelt, organfelt
from helhedsplan.actions import Raekkefejl
from helhedsplan.formats import opremsning
from helhedsplan.formularer import Datofelt, Formular, Grundfelt, Linjefelt, kraev
from helhedsplan.tomme_valg import vaelg_blandt

TAGET_MED = "når dokumentet tages med"


class Papirfelter:
    """Layout object: one paper with its own fields and what there is to know of it. `foldede` are seldom needed and
    stand folded under `papir["foldet"]`, unless something is wrong with them."""

    def __init__(self, papir: dict, felter: Sequence[str], foldede: Sequence[str] = ()):
        self.papir, self.foldede = papir, list(foldede)
        self.fields = [felt for felt in felter if felt not in self.foldede]

    def render(self, form, context, template_pack="dkfds", **kwargs):
        def tegn(felter):
            return SafeString("".join(render_field(f, form, context, template_pack=template_pack) for f in felter))

        kontekst = {
            "p": self.papir,
            "felter": tegn(self.fields),
            "foldede": tegn(self.foldede),
            "aaben": any(form.errors.get(felt) for felt in self.foldede),
        }
        return render_to_string("dokumenter/_flerpapir.html", kontekst)


class Flerform(Formular):
    """papirer: [{noegle, navn, med, …}], each with a tick for whether it is taken along.

    What an action refuses of a paper stands at that paper.
    """

    base_fields: dict[str, forms.Field]
    #: Name of a field in the action -> beginning of its name at each paper.
    VED_PAPIRET: dict[str, str] = {}
    FOLDEDE: tuple[str, ...] = ()

    def __init__(self, *args, papirer: Sequence[dict], **kwargs):
        self.papirer = list(papirer)
        egne: dict[str, forms.Field] = {}
        for p in self.papirer:
            egne[f"med-{p['noegle']}"] = forms.BooleanField(label="Tag med", required=False, initial=p.get("med", True))
            egne |= {f"{navn}-{p['noegle']}": felt for navn, felt in self.felter_til(p).items()}
        self.base_fields = egne | dict(type(self).base_fields)
        super().__init__(*args, **kwargs)

    def felter_til(self, papir: dict) -> dict[str, forms.Field]:
        """Further fields of each paper."""
        return {}

    def papirlayout(self) -> list[Papirfelter]:
        ender = [(p, f"-{p['noegle']}") for p in self.papirer]
        return [
            Papirfelter(
                p,
                [f"med{ende}", *(f"{navn}{ende}" for navn in self.felter_til(p))],
                [f"{navn}{ende}" for navn in self.FOLDEDE],
            )
            for p, ende in ender
        ]

    def layout(self) -> Layout:
        faelles = [navn for navn in self.fields if navn in type(self).base_fields]
        return Layout(*faelles, *self.papirlayout())

    @property
    def valgte(self) -> list[dict]:
        return [p for p in self.papirer if self.cleaned_data.get(f"med-{p['noegle']}")]

    def ved(self, papir: dict, navn: str):
        """What was typed in a field of the paper."""
        return self.cleaned_data.get(f"{navn}-{papir['noegle']}")

    def clean(self):
        data = super().clean()
        if not self.valgte and self.papirer:
            self.add_error(f"med-{self.papirer[0]['noegle']}", "Tag mindst ét dokument med.")
        return data

    def fejlliste(self) -> list[tuple[str, str]]:
        """Several papers have a field of the same name."""
        navne = {p["noegle"]: p["navn"] for p in self.papirer}
        ved = [(navne.get(anker.partition("-")[2]), tekst, anker) for tekst, anker in super().fejlliste()]
        return [(f"{navn}. {tekst}" if navn else tekst, anker) for navn, tekst, anker in ved]

    def tilfoej_fejl(self, fejl: ValidationError) -> None:
        if not isinstance(fejl, Raekkefejl) or fejl.relation != PAPIRER:
            super().tilfoej_fejl(fejl)
            return
        valgte = self.valgte
        for nummer, hvad in fejl.ved.items():
            papir = valgte[nummer - 1]
            ved_felter = hvad.error_dict if hasattr(hvad, "error_dict") else {NON_FIELD_ERRORS: hvad.error_list}
            for navn, beskeder in ved_felter.items():
                if faelles := self.faelles(navn):
                    if faelles not in self.errors:  # told once, of whichever paper it was found by
                        self.add_error(faelles, beskeder)
                    continue
                felt = f"{self.VED_PAPIRET.get(navn, navn)}-{papir['noegle']}"
                self.add_error(felt if felt in self.fields else f"med-{papir['noegle']}", beskeder)

    def faelles(self, navn: str) -> str:
        """The form's own field of what an action calls so, where it is one for all the papers; else ""."""
        return next((felt for felt in (navn, f"{navn}_fil") if felt in type(self).base_fields), "")


class FrysFlereForm(Flerform):
    """papirer also: niveauer, foreslaaet (Godkendelsesniveau), mangler (what is lacking), nummer (of the edition)."""

    FOLDEDE = ("niveau", "begrundelse")
    VED_PAPIRET = {"uskrevet_begrundelse": "hvorfor", "niveau_begrundelse": "begrundelse"}

    def felter_til(self, papir):
        niveau = niveaufelt(papir["niveauer"], papir["foreslaaet"], initial=papir["foreslaaet"])
        niveau.widget = forms.Select(choices=niveau.choices)
        felter: dict[str, forms.Field] = {
            "niveau": niveau,
            "begrundelse": Grundfelt(
                label="Begrundelse, når niveauet er lavere end foreslået",
                required=False,
                widget=forms.Textarea({"rows": 2}),
            ),
            "nummer": forms.IntegerField(widget=forms.HiddenInput, initial=papir["nummer"], min_value=1),
        }
        if papir["mangler"]:
            felter["ja"] = forms.BooleanField(label="Frys, selv om det mangler", required=False)
            felter["hvorfor"] = Grundfelt(
                label="Hvorfor fryses udgaven uden det?", required=False, widget=forms.Textarea({"rows": 2})
            )
            for felt in (felter["ja"], felter["hvorfor"]):
                kraev(felt, TAGET_MED)
        return felter

    def clean(self):
        data = super().clean()
        for p in self.valgte:
            niveau = self.ved(p, "niveau")
            if niveau and niveau < p["foreslaaet"]:
                self._kraev(p, "begrundelse", "Skriv, hvorfor udgaven kan godkendes på et lavere niveau.")
            if p["mangler"]:
                self._kraev(p, "ja", "Sæt flueben, eller tag ikke dokumentet med.")
                self._kraev(p, "hvorfor", "Skriv, hvorfor udgaven fryses uden det, der mangler.")
        return data

    def _kraev(self, papir: dict, navn: str, besked: str) -> None:
        """What is written and is wrong has been told already."""
        felt = f"{navn}-{papir['noegle']}"
        if not self.ved(papir, navn) and felt not in self.errors:
            self.add_error(felt, besked)


class AfgoerFlereForm(Flerform, Afgoerelsesfelter):
    """One decision on several editions. papirer also: sha256 of what the page showed."""

    niveau = organfelt([*Godkendelsesniveau], [Godkendelsesniveau.BESTYRELSE])
    field_order = ("niveau", "resultat", "dato", "besluttet_af", "reference", "note", "bilag_fil")

    def __init__(self, *args, niveauer: Niveauer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["niveau"].choices = organfelt(niveauer, [Godkendelsesniveau.BESTYRELSE]).choices

    def felter_til(self, papir):
        return {"sha256": forms.CharField(widget=forms.HiddenInput, initial=papir["sha256"])}

    def clean(self):
        data = super().clean()
        for p in self.valgte:
            if self.ved(p, "sha256") != p["sha256"]:
                self.add_error(f"med-{p['noegle']}", "Der er kommet en ny udgave imens. Hent siden igen, og læs den.")
        return data

    @property
    def afgoerelse(self) -> dict:
        """What was decided, as the action takes it."""
        return {navn: vaerdi for navn, vaerdi in self.felter.items() if navn in type(self).base_fields}


def _den_naevnte(naevnte: list[str], brugere) -> int | None:
    """The account of whom the papers name, where that is one and no more."""
    konti = [bruger.pk for bruger in brugere if str(bruger) in naevnte]
    return konti[0] if len(naevnte) == len(konti) == 1 else None


class TilUnderskriftForm(Flerform):
    """Who signs for each party, and by what mandate when the papers name another.

    parter: [{nr, navn, naevnte (whom the papers name), husket (the line last chosen, or None), kendt (whether anything
    says already who signs)}].
    """

    send = forms.BooleanField(
        label="Send besked til dem, der skal skrive under nu",
        required=False,
        initial=True,
        help_text="Hver får ét brev med alle dokumenterne, højst ét om dagen.",
    )

    def __init__(self, *args, parter: Sequence[dict], brugere, plan: Helhedsplan, **kwargs):
        self.parter, self.plan = list(parter), plan
        super().__init__(*args, **kwargs)
        mulige = list(brugere)
        for p in self.parter:
            husket = p["husket"]
            naevnt = opremsning(p["naevnte"]) or "ingen"
            self.fields[f"bruger-{p['nr']}"] = felt = forms.ModelChoiceField(
                brugere,
                label=f"{p['navn']}: hvem skriver under i programmet?",
                required=False,
                initial=husket.bruger_id if husket else _den_naevnte(p["naevnte"], mulige),
                empty_label="Som før, eller med blæk eller hos en tjeneste",
                help_text=f"Papirerne nævner {naevnt}.",
            )
            vaelg_blandt(felt, mulige)
            if not p["naevnte"]:
                continue  # nobody is named, so nobody stands in for somebody
            self.fields[f"fra-{p['nr']}"] = Linjefelt(
                label=f"{p['navn']}: hvem har givet fuldmagt?",
                widget=forms.TextInput({"list": "personer"}),
                required=False,
                initial=husket.fuldmagt_fra if husket else "",
                help_text="Kun når en anden end den nævnte skriver under.",
            )
            self.fields[f"dato-{p['nr']}"] = Datofelt(
                label=f"{p['navn']}: fuldmagtens dato", required=False, initial=husket.fuldmagt_dato if husket else None
            )

    def forslag(self):
        return {"personer": kendte.personer(self.plan)}

    def layout(self) -> Layout:
        felter = [f"{navn}-{p['nr']}" for p in self.parter for navn in ("bruger", "fra", "dato")]
        return Layout(*(felt for felt in felter if felt in self.fields), "send", *self.papirlayout())

    def clean(self):
        data = super().clean()
        if self.parter and not any(p["kendt"] or data.get(f"bruger-{p['nr']}") for p in self.parter):
            self.add_error(f"bruger-{self.parter[0]['nr']}", rules.INGEN_NAEVNT)
        for p in (en for en in self.parter if en["naevnte"]):
            nr, bruger = p["nr"], data.get(f"bruger-{p['nr']}")
            fra, dato = data.get(f"fra-{nr}"), data.get(f"dato-{nr}")
            mangler = [rules.mangler_fuldmagt(n, str(bruger) if bruger else "", fra or "") for n in p["naevnte"]]
            if any(mangler):
                self.add_error(f"fra-{nr}", next(filter(None, mangler)))
            if fra and not dato and f"dato-{nr}" not in self.errors:
                self.add_error(f"dato-{nr}", "Skriv fuldmagtens dato.")
            if dato and not fra and not any(mangler):
                self.add_error(f"fra-{nr}", "Skriv, hvem der gav den.")
            galt = rules.mangler_i_fuldmagten(fra, dato, self.plan.begynder) if fra and dato else {}
            for felt, besked in galt.items():
                self.add_error(f"{felt.removeprefix('fuldmagt_')}-{nr}", besked)
        return data

    @property
    def valg(self) -> dict[str, dict]:
        """For each party with somebody chosen, the fields as the action takes them."""
        data, valg = self.cleaned_data, {}
        for p in self.parter:
            if bruger := data[f"bruger-{p['nr']}"]:
                fra, dato = data.get(f"fra-{p['nr']}", ""), data.get(f"dato-{p['nr']}")
                valg[p["navn"]] = {"bruger": bruger, "fuldmagt_fra": fra, "fuldmagt_dato": dato}
        return valg
