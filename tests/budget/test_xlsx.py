"""The workbook: out with live formulas, in again with nothing changed, and every fault named by its cell."""

import io
import shutil
import subprocess
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from aftaler.models import Regelparameter
from budget.blokke import blokdokument
from budget.imports import Importfejl, laes
from budget.models import Bidrag
from budget.pdf import papir_html
from budget.queries.kontrol import medfinansiering_for
from budget.queries.papir import papirindhold
from budget.xlsx import arbejdsbog
from helhedsplan import formats
from helhedsplan.blokke.model import ren
from tests import factories as f
from tests.budget.data import skriver


@pytest.fixture
def budget(db):
    plan = f.HelhedsplanFactory()
    f.RegelparameterFactory(regelsaet=plan.regelsaet, noegle="lokal_min_pct", vaerdi=25)
    lbf = f.FinansieringskildeFactory(plan=plan, lbf=True, orden=1)
    kommune = f.FinansieringskildeFactory(plan=plan, noegle="kommunen", navn="=Kommunen", orden=2)
    budget = f.BudgetFactory(plan=plan, art="ansoegt", noegle="ansoegt")
    f.BidragFactory(budget=budget, kilde=lbf, planaar=1, beloeb=Decimal("6250000.00"))
    f.BidragFactory(budget=budget, kilde=kommune, planaar=1, beloeb=Decimal("1234567.89"))
    sats = f.SatsvaerdiFactory(sats__plan=plan, beloeb=Decimal("333.33"))
    timer = {"art": "timer", "maengde": 10, "satsvaerdi": sats, "beloeb": Decimal("3333.30")}
    f.BidragFactory(budget=budget, kilde=kommune, planaar=None, **timer)
    f.UdgiftFactory(budget=budget, konto__plan=plan, konto__navn="Løn", konto__regelsaet=plan.regelsaet, planaar=2)
    return budget


def rettet(budget, ret) -> bytes:
    bog = load_workbook(io.BytesIO(arbejdsbog(budget)))
    ret(bog)
    ud = io.BytesIO()
    bog.save(ud)
    return ud.getvalue()


def fejl(budget, ret) -> list[str]:
    with pytest.raises(Importfejl) as grund:
        laes(budget, rettet(budget, ret))
    return grund.value.fejl


def test_out_and_in_again_is_no_change(budget):
    udkast = laes(budget, arbejdsbog(budget))
    assert udkast.aendringer == []
    assert udkast.ikke_med == 0


def test_totals_are_formulas_and_names_are_text(budget):
    bog = load_workbook(io.BytesIO(arbejdsbog(budget)))
    ark = bog["Finansiering"]
    assert [c.value for c in ark[3]][:4] == ["Kilde", "Lokal", "Art", "Formål"]
    i_alt = next(c.column_letter for c in ark[3] if c.value == "I alt")
    assert ark[f"{i_alt}4"].value.startswith("=SUM(E4:")
    kommune = next(c for c in ark["A"] if c.value == "=Kommunen")
    assert kommune.data_type == "s"


def test_a_change_is_shown_and_then_saved(budget, client):
    client.force_login(f.MedlemskabFactory(plan=budget.plan, rolle="sekretariat").bruger)
    fil = SimpleUploadedFile("b.xlsx", rettet(budget, lambda bog: bog["Finansiering"].__setitem__("E4", 7_000_000)))
    url = reverse("budget-importer", args=[budget.plan.noegle, budget.noegle])
    svar = client.post(url, {"fil": fil})
    assert svar.status_code == 200
    assert [(a.foer, a.efter) for a in svar.context["udkast"].aendringer] == [(6_250_000, 7_000_000)]
    assert not Bidrag.objects.filter(beloeb=7_000_000).exists()
    data = {"felter": svar.context["felter"], "version": budget.version}
    assert client.post(url, data).status_code == 302
    assert Bidrag.objects.filter(beloeb=7_000_000).count() == 1
    assert Bidrag.objects.get(art="timer").maengde == 10
    assert client.post(url, data).status_code == 409


def test_a_total_that_is_typed_and_wrong_is_named_by_its_cell(budget, client):
    """Also a total by its text, and one of the overview; a formula that nobody has reckoned says nothing."""
    client.force_login(f.MedlemskabFactory(plan=budget.plan, rolle="sekretariat").bruger)

    def skriv(bog):
        ark = bog["Finansiering"]
        i_alt = next(c.column_letter for c in ark[3] if c.value == "I alt")
        ark[f"{i_alt}4"], ark[f"{i_alt}5"] = 999, "1.234.567,89 kr."
        sidste = next(c.row for c in ark["A"] if c.value == "I alt")
        ark[f"E{sidste}"] = 12
        bog["Oversigt"]["B4"] = 7
        bog["Oversigt"]["B9"] = 0.5

    fil = SimpleUploadedFile("b.xlsx", rettet(budget, skriv))
    svar = client.post(reverse("budget-importer", args=[budget.plan.noegle, budget.noegle]), {"fil": fil})
    assert svar.status_code == 200, "it is no refusal"
    assert svar.context["udkast"].aendringer == []
    sagt = svar.content.decode()
    for ord_ in (
        "4: der står 999, men beløbene i regnearket giver 6.250.000.",
        ": der står 12, men beløbene i regnearket giver 7.484.567,89.",
        "Oversigt!B4: der står 7, men beløbene i regnearket giver 6.250.000.",
        "Oversigt!B9: der står 50,00\u00a0%, men beløbene i regnearket giver 16,53\u00a0%.",
    ):
        assert ord_ in sagt
    assert len(svar.context["udkast"].summer) == 4


def test_the_totals_as_they_were_written_are_right(budget):
    """With their results in the file, also where a stated total stands in place of the sum."""
    assert laes(budget, arbejdsbog(budget)).summer == []


def test_a_hidden_row_is_read_and_named(budget, client):
    client.force_login(f.MedlemskabFactory(plan=budget.plan, rolle="sekretariat").bruger)

    def skjul(bog):
        bog["Finansiering"]["E4"] = 7_000_000
        bog["Finansiering"].row_dimensions[4].hidden = True
        bog["Udgifter"].sheet_state = "hidden"

    fil = SimpleUploadedFile("b.xlsx", rettet(budget, skjul))
    svar = client.post(reverse("budget-importer", args=[budget.plan.noegle, budget.noegle]), {"fil": fil})
    assert svar.context["udkast"].skjult == ["arket Finansiering: rækken 4", "arket Udgifter: arket"]
    assert "Skjult i regnearket, men læst med:" in svar.content.decode()


def test_all_faults_at_once_by_sheet_row_and_column(budget):
    def oedelaeg(bog):
        ark = bog["Finansiering"]
        ark["E4"] = "meget"
        ark["F4"] = -5
        ark["G4"] = 10**12
        ark["E5"] = "=1/0"
        ark["A6"] = "En anden"
        ark.merge_cells("F7:G7")
        bog["Udgifter"]["D4"] = "4OO.000"

    fundne = fejl(budget, oedelaeg)
    steder = {linje.partition(":")[0] for linje in fundne}
    assert {
        "Finansiering!E4", "Finansiering!F4", "Finansiering!G4", "Finansiering!E5", "Finansiering!A6",
        "Finansiering!F7", "Udgifter!D4",
    } <= steder  # fmt: skip
    assert len(fundne) == 7


@pytest.mark.parametrize(
    ("vaerdi", "talform"), [(0.6, "0%"), (0.125, "0.00%"), (6, '0" "%'), (0, "0%"), ("60 %", "General")]
)
def test_a_figure_shown_in_percent_is_refused_as_the_same_text_is(budget, vaerdi, talform):
    def ret(bog):
        celle = bog["Finansiering"]["E4"]
        celle.value, celle.number_format = vaerdi, talform

    assert fejl(budget, ret) == ["Finansiering!E4: Skriv et beløb, ikke en procent."]


@pytest.mark.parametrize(
    ("ark", "celle", "ny", "besked"),
    [
        ("Finansiering", "A3", "Hvem", "Her skal stå »Kilde«, men der står »Hvem«."),
        ("Finansiering", "E3", "År 9", "»År 9« ligger uden for planens periode"),
        ("Finansiering", "E3", "2026", "Overskriften »2026« kendes ikke"),
        ("Finansiering", "E3", 2026, "Overskriften »2026« kendes ikke"),
        ("Finansiering", "E3", 0.5, "Overskriften »0,5« kendes ikke"),
        ("Udgifter", "C3", "År 2", "»År 2« står to gange."),
    ],
)
def test_changed_heads_are_refused(budget, ark, celle, ny, besked):
    fundne = fejl(budget, lambda bog: bog[ark].__setitem__(celle, ny))
    assert any(besked in linje for linje in fundne)
    assert all(linje.startswith(f"{ark}!") for linje in fundne)


@pytest.mark.parametrize(
    ("celler", "besked"),
    [
        (
            {"E3": None},
            "Finansiering!E3: Der står beløb i kolonnen, men overskriften mangler. Skriv »År 1« og så videre.",
        ),
        (
            {"K4": "77"},
            "Finansiering!K3: Der står beløb i kolonnen, men overskriften mangler. Skriv »År 1« og så videre.",
        ),
        ({"E3": "I alt"}, "Finansiering!J3: »I alt« står to gange."),
    ],
)
def test_amounts_that_no_head_tells_the_year_of_are_refused(budget, celler, besked):
    def ret(bog):
        for celle, vaerdi in celler.items():
            bog["Finansiering"][celle] = vaerdi

    assert fejl(budget, ret) == [besked]


def test_remarks_beside_the_table_are_no_amounts(budget):
    def ret(bog):
        bog["Finansiering"]["K4"] = "Husk at spørge kommunen"

    assert laes(budget, rettet(budget, ret)).aendringer == []


@pytest.mark.parametrize(
    ("slet", "antal"), [(lambda ark: ark.delete_cols(5), 2), (lambda ark: ark.delete_rows(4, 9), 3)]
)
def test_what_the_workbook_leaves_out_is_counted(budget, slet, antal):
    """The year of two amounts, and the rows of three: they stay, and that is said."""
    udkast = laes(budget, rettet(budget, lambda bog: slet(bog["Finansiering"])))
    assert (udkast.aendringer, udkast.ikke_med) == ([], antal)


def test_a_missing_sheet_and_a_file_that_is_none(budget):
    assert fejl(budget, lambda bog: bog.remove(bog["Udgifter"])) == [
        "Arket »Udgifter« mangler. Hent budgettet som regneark, og skriv i det."
    ]
    with pytest.raises(Importfejl, match="kan ikke læses"):
        laes(budget, b"PK ikke et regneark")


def formler(data):
    """Every formula's cell with the result that stands beside it."""
    med, uden = (load_workbook(io.BytesIO(data), data_only=kun) for kun in (False, True))
    return {
        (ark.title, c.coordinate): uden[ark.title][c.coordinate].value
        for ark in med
        for raekke in ark.iter_rows()
        for c in raekke
        if isinstance(c.value, str) and c.data_type == "f"
    }


def test_every_formula_has_its_result(budget):
    """A preview pane does not reckon; it shows what is stored."""
    regnet = formler(arbejdsbog(budget))
    assert len(regnet) > 20
    assert None not in regnet.values()
    m = medfinansiering_for(budget)
    assert float(m.i_alt) in regnet.values()
    assert float(m.lokal) in regnet.values()
    assert 400_000 in regnet.values()


def test_libreoffice_reckons_the_same(budget, tmp_path):
    """The formulas give the page's figures in another program."""
    assert shutil.which("soffice"), "libreoffice-calc-nogui mangler; kør scripts/setup.sh udvikling"
    (tmp_path / "b.xlsx").write_bytes(arbejdsbog(budget))
    profil = f"-env:UserInstallation=file://{tmp_path}/profil"
    kommando = ["soffice", profil, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "ud"), "b.xlsx"]
    subprocess.run(kommando, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    bog = load_workbook(tmp_path / "ud" / "b.xlsx", data_only=True)
    tal = {r[0].value: r[1].value for r in bog["Oversigt"].iter_rows() if r[0].value}
    m = medfinansiering_for(budget)
    assert round(tal["Lokal medfinansiering"], 2) == float(m.lokal)
    assert round(tal["Lokal andel"] * 100, 6) == round(float(m.andel_pct), 6)
    assert Decimal(str(round(tal["Kroner over gulvet"], 2))) == m.margin
    assert tal["Udgifter"] == 400_000
    finansiering = bog["Finansiering"]
    sidste = next(r for r in finansiering.iter_rows() if r[0].value == "I alt")
    assert round(sidste[len(finansiering[3]) - 1].value, 2) == float(m.i_alt)
    assert laes(budget, (tmp_path / "ud" / "b.xlsx").read_bytes()).aendringer == []
    vores = formler((tmp_path / "b.xlsx").read_bytes())
    assert {n: round(v, 6) for n, v in vores.items()} == {
        n: round(v, 6) for n, v in formler((tmp_path / "ud" / "b.xlsx").read_bytes()).items()
    }


def test_what_is_below_nought_is_a_number_that_says_so(budget):
    """In the workbook, in the PDF and in the paper's blocks alike."""
    udgift = budget.udgifter.get()
    f.UdgiftFactory(budget=budget, konto=udgift.konto, beloeb=Decimal(900_000_000), planaar=1)
    ark = load_workbook(io.BytesIO(arbejdsbog(budget)), data_only=True)["Oversigt"]
    (celle,) = [r[1] for r in ark.iter_rows() if r[0].value == "Finansiering minus udgifter"]
    assert celle.value < 0
    assert '"udgifterne er større: "' in celle.number_format
    papir = papirindhold(budget)
    forventet = f"Udgifterne er {formats.beloeb(-papir.forskel)} kr. større end finansieringen."
    (saetning,) = [ren(b.loeb) for d in blokdokument(papir).dele for b in d.blokke if "er vores egne" in str(b)]
    assert saetning.replace("\xa0", " ").endswith(forventet)
    assert forventet in papir_html(papir).replace("\xa0", " ")


def test_where_rounding_settles_the_floor_the_workbook_says_it_in_words(budget, client):
    """Never kroner above or below a floor that nobody can see whether holds; the words of the page."""
    Regelparameter.objects.update(vaerdi=17)
    budget.bidrag.filter(art="kontant").update(afrundet_til=Decimal(1_000_000))
    m = medfinansiering_for(budget)
    assert (m.holder, m.afgoeres_af_afrunding) == (False, True)
    bog = load_workbook(io.BytesIO(arbejdsbog(budget)), data_only=True)
    tal = {r[0].value: r[1].value for r in bog["Oversigt"].iter_rows() if r[0].value}
    assert tal["Kroner over gulvet"] == f"Andelen ligger {m.afrunding_i_ord}."
    client.force_login(skriver(budget.plan))
    assert m.afrunding_i_ord in client.get(budget.get_absolute_url()).content.decode()
