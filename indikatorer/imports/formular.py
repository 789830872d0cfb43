"""The forms of the import: the file, and what each of its tables means."""

from django import forms

from helhedsplan.formularer import Datofelt, Filfelt, Formular, Linjefelt
from helhedsplan.tabelfil import slags
from indikatorer.imports.forslag import aar_i_titlen, kilde_i_noter, navne_i, udtrukket_i_noter
from indikatorer.imports.kobling import (
    FLEST_VAERDIER,
    NAVNEARTER,
    Kobling,
    Kolonnerolle,
    Kolonnevalg,
    skrevet_periode,
    vaerdier_i,
)
from indikatorer.imports.tabeller import Importtabel, er_tal, normal
from indikatorer.imports.udkast import DOER, MEGABYTE, Tabelsvar
from indikatorer.queries.importgrundlag import Navnekatalog

ARTSNAVNE = {"sted": "Steder", "indikator": "Indikatorer", "figur": "Antal eller procent"}
FIGURVALG = [(r.value, r.label) for r in Kolonnerolle if r.er_tal]


class Filform(Formular):
    """The file of an import; what is in it is judged by `indikatorer.imports`."""

    fil = Filfelt(
        label="Fil med tal",
        help_text=f"XLSX eller CSV, højst {DOER.hoejst_byte // MEGABYTE} MB.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": "Vælg en fil.", "empty": "Filen er tom. Vælg en anden."},
    )

    def clean_fil(self):
        fil = self.cleaned_data["fil"]
        if fil.size > DOER.hoejst_byte:
            raise forms.ValidationError(f"Filen er større end {DOER.hoejst_byte // MEGABYTE} MB. Del den i flere.")
        grund = slags.afvist(fil.read())
        fil.seek(0)
        if grund:
            raise forms.ValidationError(grund)
        return fil


class Vaelger(forms.Select):
    def __init__(self, navn: str, attrs=None):
        super().__init__({"class": "form-select", "aria-label": navn, **(attrs or {})})


class KoblingForm(forms.Form):
    """What one table means: for the whole of it, by column, and by the names in its rows."""

    spring_over = forms.BooleanField(label="Spring hele tabellen over", required=False)

    def __init__(self, svar: Tabelsvar, register: Navnekatalog, data=None):
        self.svar, self.tabel = svar, svar.tabel
        self.indikatorer = [(n.noegle, n.navn) for n in register.indikatorer.values()]
        self.steder = [(n.noegle, n.navn) for n in register.steder.values()]
        super().__init__(data, prefix=f"t{svar.tabel.nr}", initial={"spring_over": svar.kobling.spring_over})
        self.fields["spring_over"].widget.attrs["class"] = "form-checkbox"
        self._hele_tabellen(svar.kobling)
        self.overskrift = tabelnavn(self.tabel)
        self.hele_tabellen = [self[navn] for navn in ("indikator", "sted", "aar", "kilde", "udtrukket")]
        self.kolonnelinjer = [self._kolonne(nr, noegle) for nr, noegle in enumerate(self._noegler())]
        self.navnelinjer = self._navne()

    # --- fields

    def _valg(self, navn: str, etiket: str, valg: list, tom: str, start: str) -> None:
        felt = forms.ChoiceField(label=etiket, required=False, choices=[("", tom), *valg], widget=Vaelger(etiket))
        self.fields[navn] = felt
        self.initial[navn] = start if start in dict(valg) else ""

    def _hele_tabellen(self, kobling: Kobling) -> None:
        for art, valg in (("indikator", self.indikatorer), ("sted", self.steder)):
            etiket = "Alle tal er om indikatoren" if art == "indikator" else "Alle tal er om stedet"
            self._valg(art, etiket, valg, "Det står i tabellen", getattr(kobling, art))
        self.fields["aar"] = Linjefelt(
            label="Alle tal er fra året", required=False, widget=forms.TextInput({"class": "form-input felt-kort"})
        )
        self.initial["aar"] = kobling.aar or aar_i_titlen(self.tabel)
        self.fields["kilde"] = Linjefelt(
            label="Kilde", required=False, max_length=200, widget=forms.TextInput({"class": "form-input"})
        )
        self.initial["kilde"] = kobling.kilde or kilde_i_noter(self.tabel)
        self.fields["udtrukket"] = Datofelt(label="Trukket ud den", required=False)
        self.fields["udtrukket"].widget.attrs["class"] = "form-input felt-kort"
        self.initial["udtrukket"] = kobling.udtrukket or udtrukket_i_noter(self.tabel)

    def _noegler(self) -> list[str]:
        return list(dict.fromkeys(k.noegle for k in self.tabel.kolonner))

    def _kolonne(self, nr: int, noegle: str) -> dict:
        kolonner = [k for k in self.tabel.kolonner if k.noegle == noegle]
        valg = self.svar.kobling.valg(noegle)
        eksempler = self.tabel.eksempler(kolonner[0])
        overskrift = _overskrift([k.overskrift for k in kolonner], f"Kolonne {kolonner[0].bogstav}")
        navne = {felt: f"k{nr}-{felt}" for felt in ("er", "indikator", "sted", "kun")}
        roller = [(r.value, r.label) for r in Kolonnerolle if r.value]
        self._valg(navne["er"], f"{overskrift}: kolonnen er", roller, Kolonnerolle.SPRING.label, valg.er)
        har_tal = valg.rolle.er_tal or (valg.rolle is Kolonnerolle.SPRING and any(map(er_tal, eksempler)))
        if har_tal:
            self._valg(navne["indikator"], f"{overskrift}: indikator", self.indikatorer, "Som tabellen", valg.indikator)
            self._valg(navne["sted"], f"{overskrift}: sted", self.steder, "Som tabellen", valg.sted)
        vaerdier = vaerdier_i(self.tabel, kolonner[0])
        kan_vaelges = not har_tal and 0 < len(vaerdier) <= FLEST_VAERDIER
        if kan_vaelges:
            start = vaerdier.get(normal(valg.kun), "")
            alle = [(v, v) for v in vaerdier.values()]
            self._valg(navne["kun"], f"{overskrift}: kun rækker med", alle, "Alle rækker", start)
        hoveder = {"er": "Kolonnen er", "indikator": "Indikator", "sted": "Sted", "kun": "Kun rækker med"}
        felter = [(hoveder[felt], self[navn]) for felt, navn in navne.items() if navn in self.fields]
        return {
            "noegle": noegle,
            "overskrift": overskrift,
            "eksempler": eksempler,
            "felter": felter,
            "har_tal": har_tal,
        }

    def _navne(self) -> list[dict]:
        ud = []
        for art, navne in navne_i(self.tabel, self.svar.kobling).items():
            svar = self.svar.kobling.navne[art]
            valg = {"sted": self.steder, "indikator": self.indikatorer, "figur": FIGURVALG}[art]
            linjer: list[dict] = []
            for nr, (navn, skrevet) in enumerate(navne.items()):
                if navn not in svar:
                    continue
                felt = f"n-{art}-{nr}"
                self._valg(felt, skrevet, valg, "Spring over", svar[navn])
                linjer.append({"navn": navn, "skrevet": skrevet, "felt": self[felt]})
            linjer.sort(key=lambda linje: not linje["felt"].initial)
            ud.append({"art": art, "titel": ARTSNAVNE[art], "linjer": linjer, "flere": len(navne) - len(linjer)})
        return ud

    # --- what was said

    @property
    def nye_navne(self) -> bool:
        """There are names to answer for that the page did not ask about."""
        felter = [linje["felt"].html_name for gruppe in self.navnelinjer for linje in gruppe["linjer"]]
        return not self.cleaned_data["spring_over"] and any(felt not in self.data for felt in felter)

    def clean(self) -> dict:
        data = super().clean()
        for nr in range(len(self.kolonnelinjer)):
            if (
                data.get(f"k{nr}-er") == Kolonnerolle.UDVALG
                and f"k{nr}-kun" in self.fields
                and not data.get(f"k{nr}-kun")
            ):
                self.add_error(f"k{nr}-kun", "Vælg den værdi, der skal med.")
        return data

    def clean_aar(self) -> str:
        """However it is written, as the table's own cells are read."""
        aar = skrevet_periode(self.cleaned_data["aar"])
        if self.cleaned_data["aar"] and not aar:
            raise forms.ValidationError(
                "Skriv et år, et kvartal, en måned eller et skoleår, for eksempel 2025, 1. kvartal 2025 eller 2024/25."
            )
        return aar

    def kobling(self) -> Kobling:
        data = self.cleaned_data
        ny = Kobling(
            spring_over=data["spring_over"],
            kolonner={
                linje["noegle"]: Kolonnevalg(
                    *(data.get(f"k{nr}-{felt}", "") for felt in ("er", "indikator", "sted", "kun"))
                )
                for nr, linje in enumerate(self.kolonnelinjer)
            },
            oevrige=self.svar.kobling.oevrige,
            **{felt: data[felt] for felt in ("indikator", "sted", "kilde", "aar")},
        )
        if ny.kilde == kilde_i_noter(self.tabel):
            ny.kilde = ""  # the file says so itself, and so may the next one, otherwise
        if ny.aar == aar_i_titlen(self.tabel):
            ny.aar = ""
        if data["udtrukket"] and data["udtrukket"] != udtrukket_i_noter(self.tabel):
            ny.udtrukket = data["udtrukket"].isoformat()
        ny.navne = {art: dict(self.svar.kobling.navne[art]) for art in NAVNEARTER}
        for gruppe in self.navnelinjer:
            for linje in gruppe["linjer"]:
                ny.navne[gruppe["art"]][linje["navn"]] = data[linje["felt"].name]
        return ny


def _overskrift(overskrifter: list[str], ellers: str) -> str:
    if len(overskrifter) == 1:
        return overskrifter[0] or ellers
    return f"{overskrifter[0]} … {overskrifter[-1]} ({len(overskrifter)} kolonner)"


def tabelnavn(tabel: Importtabel) -> str:
    """Title and sheet of a table, for a heading."""
    return f"{tabel.navn} ({tabel.ark.navn})" if tabel.titel and tabel.ark.navn else tabel.navn
