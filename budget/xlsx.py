"""A budget as a workbook: amounts in cells, every total a live formula, so that it can be reckoned on elsewhere.

Finansiering and Udgifter hold the amounts and are what `budget.imports` reads again; Oversigt holds nothing but
formulas over them. Where layers on top bring money, a fourth sheet tells them apart; such a book is of the whole, and
is not read again as the first grant. A formula stands with its result, for those who show a file without reckoning it.
Names stand as on the page; two that are the same get their key in brackets.
"""

import io
import re
import zipfile
from collections import Counter
from decimal import Decimal
from functools import partial
from html import escape

from budget.choices import IKKE_OPLYST, Bidragsart
from budget.models import Budget
from budget.queries.celler import version_i_dag
from budget.queries.finansieringstabel import kolonner, terning
from budget.queries.kontrol import medfinansiering_af, regelvaerdier
from budget.queries.lagtabel import Lagtabel, lagtabel
from budget.queries.plangrundlag import Plangrundlag, budgetramme
from budget.queries.udgifter import udgiftstabel
from budget.queries.version import Version
from budget.rules.celler import FAELLES, NUL
from budget.rules.medfinansiering import Medfinansiering

FINANSIERING, UDGIFTER, OVERSIGT, LAG_FOR_LAG = "Finansiering", "Udgifter", "Oversigt", "Lag for lag"
FASTE = {FINANSIERING: ("Kilde", "Lokal", "Art", "Formål"), UDGIFTER: ("Konto", "Formål")}
I_ALT, IKKE_FORDELT = "I alt", "Ikke fordelt på år"
#: Row of the column heads; the first row says what it is.
HOVED = 3
KRONER = "#,##0.00"
#: The cell holds the number; that it is below nought is said by word.
OVER_GULVET = '#,##0.00;"mangler "#,##0.00'
MINDST = '"mindst "#,##0.00'
TIL_UDGIFTER = '#,##0.00;"udgifterne er større: "#,##0.00'
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMELTEGN = ("=", "+", "-", "@")
ARKFIL = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
FORMEL_I_XML = re.compile(r'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)(?:<v ?/>|<v></v>)</c>')
#: The lines below the overview, in their order; the second and third are shares.
BUNDLINJER = (
    "Lokal medfinansiering", "Lokal andel", "Gulv", "Kroner over gulvet", "Udgifter", "Finansiering minus udgifter",
)  # fmt: skip
#: What each formula comes to, by sheet and cell: a number, or words.
Regnet = dict[tuple[str, str], Decimal | str]
#: What stands for a share that no formula can give.
KAN_IKKE_SES = "Kan ikke ses: det er ikke oplyst, hvem der betaler det hele"
INGEN_BELOEB = "Ingen beløb endnu"


def navne(emner, navn_af) -> dict:
    """Shown name by key, unique: those that are the same carry the key in brackets."""
    antal = Counter(navn_af(e) for e in emner.values())
    return {noegle: navn_af(e) if antal[navn_af(e)] == 1 else f"{navn_af(e)} [{noegle}]" for noegle, e in emner.items()}


def kildenavne(over: Plangrundlag) -> dict[str, str]:
    return navne(over.kilde_af, lambda k: k.navn)


def kontonavne(over: Plangrundlag) -> dict[str, str]:
    return navne(over.konto_af, lambda k: k.navn)


def formaalsnavne(over: Plangrundlag) -> dict[str, str]:
    return navne(over.formaal_af, lambda f: f.fuldt_navn)


def arbejdsbog(budget: Budget, version: Version | None = None) -> bytes:
    """The workbook of a version, the one that counts today without; each sheet says which.

    With empty rows for the plan in common, so that it can be filled in elsewhere."""
    from openpyxl import Workbook

    over, version = budgetramme(budget), version or version_i_dag(budget)
    bidrag, udgifter = version.bidrag, version.udgifter
    brugte = {n.planaar for n in bidrag} | {n.planaar for n in udgifter}
    kol = kolonner(over.planaar, brugte, ufordelt=True)
    bog = Workbook()
    oversigt = bog.active
    oversigt.title = OVERSIGT
    kilder, konti, formaal = kildenavne(over), kontonavne(over), formaalsnavne(over)
    t = terning(budget, gitter={FAELLES}, over=over, celler=bidrag)
    u = udgiftstabel(budget, gitter={FAELLES}, over=over, udgifter=udgifter)
    rk = [
        ((kilder[r.kilde.noegle], r.kilde.lokal_i_ord, r.art.label, formaal[r.formaal.noegle]), r.celler)
        for r in t.raekker
    ]
    ru = [((konti[r.konto.noegle], formaal[r.formaal.noegle]), r.celler) for r in u.raekker]
    regnet: Regnet = {}
    sidste = _beloebsark(bog.create_sheet(FINANSIERING), version, FINANSIERING, kol, rk, regnet=regnet)
    sidste_udgift = _beloebsark(bog.create_sheet(UDGIFTER), version, UDGIFTER, kol, ru, regnet=regnet)
    _oversigtsark(
        oversigt,
        version,
        over,
        [kilder[k.noegle] for k in over.kilder.values()],
        kol,
        sidste=sidste,
        sidste_udgift=sidste_udgift,
        raekker=[(tekster, _raekkesum(celler)) for tekster, celler in rk],
        udgifter=sum((_raekkesum(celler) for _, celler in ru), NUL),
        regnet=regnet,
    )
    if tabel := lagtabel(version, tuple(k for k in kol if k.planaar)):
        _lagark(bog.create_sheet(LAG_FOR_LAG), version, tabel)
    ud = io.BytesIO()
    bog.save(ud)
    return _med_resultater(ud.getvalue(), [ark.title for ark in bog.worksheets], regnet)


def _lagark(ark, version: Version, tabel: Lagtabel) -> None:
    """The first grant, each layer and what it comes to, in words where that cannot be seen."""
    _titel(ark, version)
    for nr, hoved in enumerate(("Del af bevillingen", *tabel.kolonner, I_ALT), 1):
        _tekst(ark, HOVED, nr, hoved, fed=True, over_tal=nr > 1)
    for nr, linje in enumerate((*tabel.raekker, tabel.total), HOVED + 1):
        fed = linje is tabel.total
        _tekst(ark, nr, 1, linje.navn, fed=fed)
        for plads, beloeb in enumerate(linje.beloeb, 2):
            if beloeb is not None:
                _tal(ark, nr, plads, beloeb, fed=fed)
        _tekst(ark, nr, len(linje.beloeb) + 2, linje.i_alt, fed=fed)
    for plads in range(1, len(tabel.kolonner) + 3):
        ark.column_dimensions[_bogstav(plads)].width = 34 if plads in (1, len(tabel.kolonner) + 2) else 18
    _til_print(ark)


def _raekkesum(celler) -> Decimal:
    return sum((c.beloeb for c in celler if c.beloeb is not None), NUL)


def _med_resultater(data: bytes, navne: list[str], regnet: Regnet) -> bytes:
    """The workbook with the result beside each formula, which openpyxl leaves empty."""
    ud = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as fra, zipfile.ZipFile(ud, "w", zipfile.ZIP_DEFLATED) as til:
        for fil in fra.infolist():
            indhold = fra.read(fil)
            if fundet := ARKFIL.fullmatch(fil.filename):
                navn = navne[int(fundet[1]) - 1]
                indhold = FORMEL_I_XML.sub(partial(_med_resultat, navn, regnet), indhold.decode()).encode()
            til.writestr(fil, indhold)
    return ud.getvalue()


def _med_resultat(navn: str, regnet: Regnet, fundet: re.Match) -> str:
    resultat = regnet.get((navn, fundet[2]))
    if isinstance(resultat, str):
        aabnet = fundet[1].replace(">", ' t="str">', 1)
        return f"{aabnet}<v>{escape(resultat)}</v></c>"
    return fundet[0] if resultat is None else f"{fundet[1]}<v>{resultat:f}</v></c>"


def _tekst(ark, raekke: int, kolonne: int, tekst: str, *, fed: bool = False, over_tal: bool = False):
    """A text that no program takes for a formula. over_tal: the head of a column of amounts."""
    from openpyxl.styles import Alignment, Font

    celle = ark.cell(raekke, kolonne, tekst)
    if tekst.startswith(FORMELTEGN):
        celle.data_type, celle.quotePrefix = "s", True
    if fed:
        celle.font = Font(bold=True)
    if over_tal:
        celle.alignment = Alignment(horizontal="right", vertical="bottom", wrap_text=True)
    return celle


def _titel(ark, version: Version) -> None:
    """What it is, and which version."""
    _tekst(ark, 1, 1, f"{version.budget.plan.navn}: {version.budget.navn}, kr.", fed=True)
    _tekst(ark, 2, 1, " ".join(filter(None, [f"{version.navn}.", version.senere, version.oplyst_i_ord])))


def _til_print(ark) -> None:
    """A4 across, all columns on the page, the heads on each."""
    ark.page_setup.orientation, ark.page_setup.paperSize = "landscape", ark.PAPERSIZE_A4
    ark.sheet_properties.pageSetUpPr.fitToPage = True
    ark.page_setup.fitToHeight = 0
    ark.print_title_rows = f"1:{HOVED}"


def _tal(ark, raekke: int, kolonne: int, vaerdi, *, fed: bool = False, form: str = KRONER) -> str:
    """The cell it stands in."""
    from openpyxl.styles import Font

    celle = ark.cell(raekke, kolonne, vaerdi)
    celle.number_format = form
    if fed:
        celle.font = Font(bold=True)
    return celle.coordinate


def _bogstav(nr: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(nr)


def _beloebsark(ark, version: Version, navn: str, kol, raekker, *, regnet: Regnet) -> int:
    """Rows of amounts with their totals; returns the last row of amounts."""
    faste = FASTE[navn]
    _titel(ark, version)
    for nr, hoved in enumerate([*faste, *(k.navn for k in kol), I_ALT], 1):
        _tekst(ark, HOVED, nr, hoved, fed=True, over_tal=nr > len(faste))
    foerste, sidste_kol = len(faste) + 1, len(faste) + len(kol)
    nr = HOVED
    for nr, (tekster, celler) in enumerate(raekker, HOVED + 1):
        for plads, tekst in enumerate(tekster, 1):
            _tekst(ark, nr, plads, tekst)
        beloeb = {c.kolonne.planaar: c.beloeb for c in celler}
        for plads, k in enumerate(kol, foerste):
            if (kr := beloeb.get(k.planaar)) is not None:
                _tal(ark, nr, plads, kr)
        i_alt = _tal(ark, nr, sidste_kol + 1, f"=SUM({_bogstav(foerste)}{nr}:{_bogstav(sidste_kol)}{nr})")
        regnet[navn, i_alt] = _raekkesum(celler)
    _tekst(ark, nr + 1, 1, I_ALT, fed=True)
    alle = [c for _, celler in raekker for c in celler]
    summer = [_raekkesum(c for c in alle if c.kolonne.planaar == k.planaar) for k in kol]
    for plads, resultat in enumerate([*summer, _raekkesum(alle)], foerste):
        b = _bogstav(plads)
        regnet[navn, _tal(ark, nr + 1, plads, f"=SUM({b}{HOVED + 1}:{b}{nr})" if nr > HOVED else 0, fed=True)] = (
            resultat
        )
    if version.oplyst and navn == FINANSIERING:
        _tal(ark, nr + 1, sidste_kol + 1, version.oplyst.i_alt, fed=True)
    for plads in range(1, sidste_kol + 2):
        ark.column_dimensions[_bogstav(plads)].width = 34 if plads < foerste and plads != 2 else 18
    ark.freeze_panes = ark.cell(HOVED + 1, foerste)
    _til_print(ark)
    return nr


def _oversigtsark(
    ark,
    version: Version,
    over: Plangrundlag,
    kilder: list[str],
    kol,
    *,
    sidste: int,
    sidste_udgift: int,
    raekker,
    udgifter,
    regnet: Regnet,
) -> None:
    """Financiers down and kinds across, the local share, and costs against financing: all formulas."""
    arter = list(Bidragsart)
    summer = [[sum((s for t, s in raekker if (t[0], t[2]) == (k, a.label)), NUL) for a in arter] for k in kilder]
    summer = [[*r, sum(r, NUL)] for r in summer]
    i_alt_kol = _bogstav(len(FASTE[FINANSIERING]) + len(kol) + 1)

    def omraade(bogstav: str) -> str:
        return f"{FINANSIERING}!${bogstav}${HOVED + 1}:${bogstav}${max(sidste, HOVED + 1)}"

    _titel(ark, version)
    for nr, tekst in enumerate(["Kilde", *(a.label for a in arter), I_ALT], 1):
        _tekst(ark, HOVED, nr, tekst, fed=True, over_tal=nr > 1)
    nr = HOVED
    for nr, kilde in enumerate(kilder, HOVED + 1):
        _tekst(ark, nr, 1, kilde)
        for plads in range(2, len(arter) + 2):
            b = _bogstav(plads)
            # No SUMIFS: its criteria would take a name that begins with "=" or holds "*" for a pattern.
            gaelder = f"({omraade('A')}=$A{nr})*({omraade('C')}={b}${HOVED})"
            celle = _tal(ark, nr, plads, f"=SUMPRODUCT({gaelder}*{omraade(i_alt_kol)})")
            regnet[OVERSIGT, celle] = summer[nr - HOVED - 1][plads - 2]
        celle = _tal(ark, nr, len(arter) + 2, f"=SUM(B{nr}:{_bogstav(len(arter) + 1)}{nr})")
        regnet[OVERSIGT, celle] = summer[nr - HOVED - 1][-1]
    sum_nr, sum_kol = nr + 1, _bogstav(len(arter) + 2)
    _tekst(ark, sum_nr, 1, I_ALT, fed=True)
    for plads in range(2, len(arter) + 3):
        b = _bogstav(plads)
        celle = _tal(ark, sum_nr, plads, f"=SUM({b}{HOVED + 1}:{b}{nr})" if nr > HOVED else 0, fed=True)
        regnet[OVERSIGT, celle] = sum((r[plads - 2] for r in summer), NUL)
    hele = version.oplyst.i_alt if version.oplyst else sum((r[-1] for r in summer), NUL)
    if version.oplyst:
        _tal(ark, sum_nr, len(arter) + 2, hele, fed=True)
    m = _medfinansiering(version, over)
    gulv = m.gulv_pct
    lokal, i_alt = sum_nr + 2, f"{sum_kol}{sum_nr}"
    linjer = [
        (f'=SUMIFS({omraade(i_alt_kol)},{omraade("B")},"ja")', MINDST if m.maaske_lokal else KRONER),
        (_andel(m, f'SUMIFS({omraade(i_alt_kol)},{omraade("B")},"{IKKE_OPLYST}")', f"B{lokal}", i_alt), "0.00%"),
        (Decimal(gulv) / 100 if gulv is not None else "ikke kendt", "0.00%"),
        (_over_gulvet(m, f"=B{lokal}-B{lokal + 2}*{i_alt}"), OVER_GULVET),
        (f"={UDGIFTER}!{_bogstav(len(FASTE[UDGIFTER]) + len(kol) + 1)}{sidste_udgift + 1}", KRONER),
        (f"={i_alt}-B{lokal + 4}", TIL_UDGIFTER),
    ]
    resultater = bundlinjer(raekker, hele, gulv, udgifter)
    for plads, (tekst, (formel, form), resultat) in enumerate(zip(BUNDLINJER, linjer, resultater, strict=True), lokal):
        _tekst(ark, plads, 1, tekst)
        regnet[OVERSIGT, _tal(ark, plads, 2, formel, form=form)] = resultat
    ark.column_dimensions["A"].width = 34
    for plads in range(2, len(arter) + 3):
        ark.column_dimensions[_bogstav(plads)].width = 22
    ark.freeze_panes = ark.cell(HOVED + 1, 2)
    _til_print(ark)


def _medfinansiering(version: Version, over: Plangrundlag) -> Medfinansiering:
    regler = regelvaerdier(version.budget.plan)
    return medfinansiering_af(version, over.kilder, regler)


def _over_gulvet(m: Medfinansiering, formel: str) -> str:
    """The formula; words where it cannot be told, for the amounts are rounded or nobody knows who pays."""
    if m.gulv_pct is None:
        return ""
    if m.afgoeres_af_afrunding:
        return f"Andelen ligger {m.afrunding_i_ord}."
    if m.afgoeres_af_betaleren or m.uden_punkt:
        return f"{m.i_en_linje}."
    return formel


def _andel(m: Medfinansiering, uvist: str, lokal: str, i_alt: str) -> str:
    """The share as the page has it: a formula that says itself when it cannot be seen, or words."""
    if m.uden_punkt:
        return f"{m.andel_i_ord[:1].upper()}{m.andel_i_ord[1:]}"
    return f'=IF({i_alt}=0,"{INGEN_BELOEB}",IF({uvist}>0,"{KAN_IKKE_SES}",{lokal}/{i_alt}))'


def bundlinjer(raekker, i_alt: Decimal, gulv, udgifter: Decimal) -> list[Decimal | str]:
    """What the lines below the overview come to, in their order."""
    lokal = sum((s for tekster, s in raekker if tekster[1] == "ja"), NUL)
    graense = Decimal(gulv) / 100 if gulv is not None else NUL
    uvist = any(s for tekster, s in raekker if tekster[1] == IKKE_OPLYST)
    andel = INGEN_BELOEB if not i_alt else KAN_IKKE_SES if uvist else lokal / i_alt
    return [lokal, andel, graense, lokal - graense * i_alt, udgifter, i_alt - udgifter]
