"""One named version of a budget on every way out: over random histories of revisions, each figure is the same on the
pages, in the paper, the workbook, the board's status, the decision paper, the pool and the findings, and as reckoned
here by hand from the history alone."""

import io
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from docx.table import Table
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html
from openpyxl import load_workbook
from pypdf import PdfReader

from budget.choices import Bidragsart, Budgetart, Kildeart, Revisionsart, Status
from budget.pdf import papir_html
from budget.queries.aar import aarsvisning
from budget.queries.opfoelgning import opfoelgning
from budget.queries.papir import papirindhold
from budget.queries.pulje import puljestatusser
from helhedsplan.formats import kort_dato, kroner, kvartal, lang_dato, mio, opremsning, procent, tal
from moeder import indstilling
from status import oejebliksbillede
from status.pdf import side_html
from status.pdf import tegn as tegn_status
from tests import factories as fab
from tests.budget.data import parameter
from tests.verden import publiceret_status

pytestmark = pytest.mark.django_db

KILDER = {"lbf": ("Landsbyggefonden", False), "bolig": ("Boligselskabet", True), "kommune": ("Ishøj Kommune", True)}
GRUND = {
    ("lbf", "kontant"): Decimal("2425000.00"),
    ("bolig", "kontant"): Decimal("300000.01"),
    ("bolig", "timer"): Decimal("150000.00"),
    ("kommune", "kontant"): Decimal("350000.00"),
    ("kommune", "timer"): Decimal("64000.02"),
}
AARENE = (1, 2, 3, 4)


@dataclass(frozen=True)
class Flytning:
    """A revision of a history: some days from today, approved or not; money from one cell to another or new money."""

    dage: int
    godkendt: bool
    fra: tuple[str, str] | None
    til: tuple[str, str]
    beloeb: Decimal
    fra_aar: int
    til_aar: int


BELOEB = st.sampled_from([Decimal("100000.00"), Decimal("33333.33"), Decimal("0.01"), Decimal("12345.60")])
FLYTNINGER = st.builds(
    Flytning,
    dage=st.sampled_from([-400, -1, 0, 0, 1, 40]),
    godkendt=st.sampled_from([True, True, True, False]),
    fra=st.one_of(st.none(), st.sampled_from(sorted(GRUND))),
    til=st.sampled_from(sorted(GRUND)),
    beloeb=BELOEB,
    fra_aar=st.sampled_from(AARENE),
    til_aar=st.sampled_from(AARENE),
)
#: What is stated in all, as how much more than the cells; mostly nothing is.
OPLYST = st.sampled_from([None, None, Decimal("50000.00"), Decimal("-12345.60"), Decimal("0.00"), Decimal("700000.00")])
HISTORIER = st.lists(FLYTNINGER, min_size=1, max_size=5)
#: The quarters from the plan's first to the last that anybody has reported, and who has reported two of them.
KVARTALER = [(2024, 3), (2024, 4), (2025, 1), (2025, 2), (2025, 3), (2025, 4), (2026, 1)]
BRUGT = {("lbf", 4): "12345.67", ("lbf", 1): "1.00", ("bolig", 4): "0.00", ("bolig", 1): "2000.50",
         ("kommune", 4): "333.33", ("kommune", 1): "70000.00"}  # fmt: skip
MELDT = st.tuples(st.sets(st.sampled_from(sorted(KILDER))), st.sets(st.sampled_from(sorted(KILDER)), min_size=1))
ALLE = (frozenset(), frozenset(KILDER))
HVEM = [*((n, vist) for n, (vist, _) in KILDER.items()), ("", "I alt")]


class Sag:
    """A plan with a granted budget and a history of revisions, and what its figures must be on a day."""

    def __init__(self, historie: list[Flytning], forlaenget: bool, oplyst: Decimal | None = None, meldt=ALLE):
        """oplyst: how much more than the cells the stated total is, which counts while rounding to 100.000 may be
        why; None: none is stated. meldt: who has reported the fourth quarter of 2025, and the first of 2026."""
        self.oplyst = oplyst if oplyst and abs(oplyst) <= 50_000 else Decimal(0)
        self.i_dag = timezone.localdate()
        slut = date(2029 if forlaenget else 2028, 8, 31)
        self.plan = fab.HelhedsplanFactory(periode_fra=date(2024, 9, 1), periode_til=slut)
        if not self.plan.regelsaet.parametre.filter(noegle="lokal_min_pct").exists():
            parameter(self.plan, "lokal_min_pct", 25)
        arter = {"lbf": Kildeart.LBF, "bolig": Kildeart.BOLIGORGANISATION, "kommune": Kildeart.KOMMUNE}
        self.kilder = {
            n: fab.FinansieringskildeFactory(plan=self.plan, noegle=n, navn=navn, art=arter[n], lokal=lokal)
            for n, (navn, lokal) in KILDER.items()
        }
        self.budget = fab.BudgetFactory(plan=self.plan, art=Budgetart.BEVILGET, noegle="bevilget", godkendt=True)
        if oplyst is not None:
            self.budget.oplyst_i_alt = sum(GRUND.values()) * len(AARENE) + oplyst
            self.budget.oplyst_afrundet_til = Decimal(100_000)
            self.budget.save()
        self.historie = list(historie)
        if forlaenget:  # unused money of the last year goes on into the one the plan is extended by
            celle = ("lbf", "kontant")
            self.historie.append(Flytning(-1, True, celle, celle, Decimal("5000.00"), 4, 5))
        for (kilde, art), beloeb in GRUND.items():
            for aar in AARENE:
                fab.BidragFactory(budget=self.budget, kilde=self.kilder[kilde], art=art, planaar=aar, beloeb=beloeb)
        konto = fab.KontoFactory(regelsaet=self.plan.regelsaet, plan=self.plan, noegle="loen")
        fab.UdgiftFactory(budget=self.budget, konto=konto, planaar=1, beloeb=Decimal(1000))
        for nr, f in enumerate(self.historie, 1):
            self.revision(nr, f)
        self.forbrug = {
            (navn, aar_kvartal): Decimal(BRUGT[navn, aar_kvartal[1]])
            for aar_kvartal, hvem in zip(KVARTALER[-2:], meldt, strict=True)
            for navn in hvem
        }
        for (navn, (aar, nr)), beloeb in self.forbrug.items():
            fab.ForbrugFactory(plan=self.plan, aar=aar, kvartal=nr, kilde=self.kilder[navn], beloeb=beloeb)
        self.aar = max(AARENE) + forlaenget

    def revision(self, nr: int, f: Flytning):
        revision = fab.RevisionFactory(
            budget=self.budget,
            nummer=nr,
            art=Revisionsart.AENDRING,
            dato=self.i_dag + timedelta(days=f.dage),
            status=Status.GODKENDT if f.godkendt else Status.KLADDE,
            godkendt_den=self.i_dag if f.godkendt else None,
        )
        for (kilde, art), aar, delta in self.deltaer(f):
            linje = {"kilde": self.kilder[kilde], "art": art, "planaar": aar, "delta": delta}
            fab.RevisionslinjeFactory(revision=revision, **linje)
        return revision

    @staticmethod
    def deltaer(f: Flytning):
        samlet: dict = defaultdict(Decimal)
        samlet[f.til, f.til_aar] += f.beloeb
        if f.fra:
            samlet[f.fra, f.fra_aar] -= f.beloeb
        return [(celle, aar, delta) for (celle, aar), delta in samlet.items() if delta]

    def ventet(self, dato: date | None) -> "Ventet":
        celler = {(k, a, aar): b for (k, a), b in GRUND.items() for aar in AARENE}
        for f in self.historie:
            if f.godkendt and dato is not None and self.i_dag + timedelta(days=f.dage) <= dato:
                for (kilde, art), aar, delta in self.deltaer(f):
                    celler[kilde, art, aar] = celler.get((kilde, art, aar), Decimal(0)) + delta
        return Ventet(celler, self.oplyst)

    def brugt(self, navn: str, aar: int | None = None) -> tuple[Decimal | None, str]:
        """What a financier (all of them without) has used in a year (in all of them without), and how many figures lack
        in it: what is not reported is not 0."""
        ventede = [(n, k) for n in KILDER if navn in {"", n} for k in KVARTALER if aar in {None, k[0]}]
        kendte = [self.forbrug[noegle] for noegle in ventede if noegle in self.forbrug]
        mangler = len(ventede) - len(kendte)
        return sum(kendte, Decimal(0)) if kendte else None, f"{mangler} af {len(ventede)}" if mangler else ""

    @property
    def mangler_i_ord(self) -> str:
        huller = {k: [v for n, (v, _) in KILDER.items() if (n, k) not in self.forbrug] for k in KVARTALER}
        hvor = opremsning([f"{kvartal(*k)} ({opremsning(hvem)})" for k, hvem in huller.items() if hvem])
        return (
            f"{len(KILDER) * len(KVARTALER) - len(self.forbrug)} af {len(KILDER) * len(KVARTALER)} tal mangler: {hvor}."
        )

    @property
    def numre(self) -> list[int]:
        """The revisions that apply today, in the order they came to."""
        gaelder = [(f.dage, nr) for nr, f in enumerate(self.historie, 1) if f.godkendt and f.dage <= 0]
        return [nr for _, nr in sorted(gaelder) if self.deltaer(self.historie[nr - 1])]

    @property
    def nyeste(self) -> int:
        """Days from today to the day that the last of them applies from."""
        return max((self.historie[nr - 1].dage for nr in self.numre), default=0)


class Ventet:
    def __init__(self, celler: dict, oplyst: Decimal):
        self.pr_kilde = {n: sum((b for (k, *_), b in celler.items() if k == n), Decimal(0)) for n in KILDER}
        self.pr_art = {
            (n, a): sum((b for (k, art, _), b in celler.items() if (k, art) == (n, a)), Decimal(0)) for n, a in GRUND
        }
        self.i_alt = sum(self.pr_kilde.values(), Decimal(0)) + oplyst
        self.lokal = self.pr_kilde["bolig"] + self.pr_kilde["kommune"]
        self.kontant = self.pr_art["bolig", "kontant"] + self.pr_art["kommune", "kontant"]
        self.andel = procent(self.lokal * 100 / self.i_alt, 2)


def kr(beloeb: Decimal) -> str:
    """As tables print it: whole kroner without øre."""
    return tal(beloeb, 0 if beloeb == int(beloeb) else 2)


def beloeb_i(beloeb: Decimal | None) -> str:
    """The same, where nothing may be reported."""
    return "–" if beloeb is None else kr(beloeb)


def rene(tekst: str) -> str:
    return " ".join(tekst.split())


def tegnene(tekst: str) -> str:
    """Without what a line may be broken by."""
    return re.sub(r"[\s\u00ad\u2010-]", "", tekst)


def som_side(word: bytes) -> str:
    """A Word document's paragraphs and tables as a page, each table with the paragraph before it as its caption."""
    side, sidst = html.Element("body"), ""
    for led in Document(io.BytesIO(word)).iter_inner_content():
        if isinstance(led, Table):
            tabel_ = html.etree.SubElement(side, "table")
            html.etree.SubElement(tabel_, "caption").text = sidst
            for raekke in led.rows:
                tr = html.etree.SubElement(tabel_, "tr")
                for celle in raekke.cells:
                    html.etree.SubElement(tr, "td").text = celle.text
        else:
            sidst = led.text
            html.etree.SubElement(side, "p").text = f"{sidst} "
    return html.tostring(side, encoding="unicode")


def ordene(side: str) -> str:
    return rene(html.fromstring(side).text_content())


def tabel(side: str, titel: str) -> dict[str, list[str]]:
    """The rows of the table with that caption: first cell -> the others."""
    for t in html.fromstring(side).iter("table"):
        if titel in rene("".join(c.text_content() for c in t.iter("caption"))):
            raekker = [[rene(c.text_content()) for c in r.iter("th", "td")] for r in t.iter("tr")]
            return {r[0]: r[1:] for r in raekker if r}
    raise AssertionError(f"Siden har ingen tabel »{titel}«")


def tjek_papirtabeller(side: str, v: Ventet) -> None:
    kryds = tabel(side, "Finansiering fordelt på kilde og art, kr.")
    if "Art" in kryds:  # the page has kinds down and financiers across, the paper the other way
        vendt = zip(["Art", *kryds["Art"]], *([k, *r] for k, r in kryds.items() if k != "Art"), strict=True)
        kryds = {raekke[0] if raekke[0] != "Art" else "Kilde": list(raekke[1:]) for raekke in vendt}
    assert {n: kryds[navn][-1] for n, (navn, _) in KILDER.items()} == {n: kr(b) for n, b in v.pr_kilde.items()}
    assert kryds["I alt"][-1] == kr(v.i_alt)
    for (n, art), beloeb in v.pr_art.items():
        plads = kryds["Kilde"].index(Bidragsart(art).label)
        assert kryds[KILDER[n][0]][plads] == kr(beloeb)
    ord_ = ordene(side)
    assert rene(f"{kr(v.lokal)} kr. af {kr(v.i_alt)} kr.") in ord_
    assert rene(v.andel) in ord_
    assert f"{kr(v.kontant)} kr. (" in ord_


def tjek_regneark(data: bytes, v: Ventet) -> str:
    ark = load_workbook(io.BytesIO(data))["Finansiering"]
    summer: dict = defaultdict(Decimal)
    for raekke in ark.iter_rows(min_row=4, values_only=True):
        if raekke[0] != "I alt":
            summer[raekke[0]] += sum((Decimal(str(b)) for b in raekke[4:-1] if b is not None), Decimal(0))
    assert dict(summer) == {navn: v.pr_kilde[n] for n, (navn, _) in KILDER.items()}
    regnet = load_workbook(io.BytesIO(data), data_only=True)
    for navn in ("Finansiering", "Oversigt"):
        sidste = [r for r in regnet[navn].iter_rows(min_row=4, values_only=True) if r[0] == "I alt"][-1]
        assert Decimal(str([b for b in sidste if b is not None][-1])).quantize(Decimal("0.01")) == v.i_alt
    return ark["A2"].value


@dataclass
class Proeve:
    """A case seen by somebody: its pages, and what must stand there."""

    sag: Sag
    klient: Client

    def __post_init__(self):
        self.v, self.foer = self.sag.ventet(self.sag.i_dag), self.sag.ventet(None)
        self.numre = opremsning([str(nr) for nr in self.sag.numre])
        fra = lang_dato(self.sag.i_dag + timedelta(days=self.sag.nyeste))
        revideret = f"Revideret, gælder fra {fra}: bevilget med revision {self.numre}"
        self.version = revideret if self.numre else "Bevilget"

    def hent(self, navn: str, *args, mere: str = "") -> bytes:
        svar = self.klient.get(reverse(navn, args=[self.sag.plan.noegle, *args]) + mere)
        assert svar.status_code == 200
        return svar.content

    def side(self, navn: str, *args, mere: str = "") -> str:
        return self.hent(navn, *args, mere=mere).decode()

    def tjek_siderne(self) -> None:
        side = self.side("budget-vis", "bevilget")
        tjek_papirtabeller(side, self.v)
        assert self.version in ordene(side)
        som_bevilget = self.side("budget-vis", "bevilget", mere="?version=bevilget")
        tjek_papirtabeller(som_bevilget, self.foer)
        assert '/budget.pdf?version=bevilget"' in som_bevilget
        assert '/budget.xlsx?version=bevilget"' in som_bevilget
        overblik = self.side("budget-overblik")
        tjek_papirtabeller(overblik, self.v)
        assert self.version in ordene(overblik)
        side_om_side = tabel(overblik, f"der gælder {kort_dato(self.sag.i_dag)}")
        assert side_om_side["I alt"][1:3] == [kr(self.foer.i_alt), kr(self.v.i_alt)]
        planside = ordene(self.side("plan-overblik"))
        assert rene(f"Lokal medfinansiering: {self.v.andel}") in planside
        assert self.version in planside

    def tjek_filerne(self) -> None:
        papir = papirindhold(self.sag.budget)
        assert papir.kryds.i_alt == papir.pr_kilde.total.i_alt == papir.medfinansiering.i_alt == self.v.i_alt
        tjek_papirtabeller(papir_html(papir), self.v)
        assert self.version in ordene(papir_html(papir))
        assert self.version in tjek_regneark(self.hent("budget-xlsx", "bevilget"), self.v)
        dengang = self.hent("budget-xlsx", "bevilget", mere="?version=bevilget")
        assert "uden revisioner" in tjek_regneark(dengang, self.foer)

    def tjek_word(self) -> None:
        side = som_side(self.hent("dokument-word", "budget", "bevilget"))
        tjek_papirtabeller(side, self.v)
        assert self.version in ordene(side)

    def tjek_planfilen(self) -> None:
        """It holds what was granted and each revision by itself: a reader of it comes to the same."""
        ud = io.StringIO()
        call_command("udskriv", self.sag.plan.noegle, "--json", stdout=ud)
        indhold = json.loads(ud.getvalue())["budget"]
        (budget,) = indhold["budgetter"]
        i_dag = self.sag.i_dag.isoformat()
        gaelder = [r for r in budget.get("revisioner", []) if r.get("status") == "godkendt" and r["dato"] <= i_dag]
        summer: dict = defaultdict(Decimal)
        for linje in (*budget["bidrag"], *(linje for r in gaelder for linje in r["linjer"])):
            summer[linje["kilde"], linje["art"]] += Decimal(linje.get("beloeb") or linje["delta"])
        assert {n: b for n, b in summer.items() if b} == {n: b for n, b in self.v.pr_art.items() if b}
        meldt = {(f["kilde"], (f["aar"], f["kvartal"])): Decimal(f["beloeb"]) for f in indhold["forbrug"]}
        assert meldt == self.sag.forbrug

    def tjek_beboernes_side(self) -> None:
        assert f"Der er afsat {rene(mio(self.v.i_alt))} i alt." in ordene(self.side("plan-beboere"))

    def tjek_status(self) -> None:
        status = fab.KvartalsstatusFactory(plan=self.sag.plan, aar=2026, kvartal=1)
        billede = oejebliksbillede.udkast(status, self.sag.i_dag)
        assert self.version in billede.penge.budget
        ventet = {KILDER[n][0]: b for n, b in self.v.pr_kilde.items()}
        assert {p.navn: p.budget_i_alt for p in billede.penge.linjer} == ventet
        statusside = tabel(side_html(billede), self.version)
        assert {n: statusside[n][-1] for n in ventet} == {n: tal(b, 0) for n, b in ventet.items()}
        assert statusside["I alt"][-1] == tal(self.v.i_alt, 0)
        brugt = {vist: self.sag.brugt(navn) for navn, vist in HVEM}
        assert {vist: statusside[vist][0] for vist in brugt} == {
            vist: tal(beloeb, 0) + f" ({mangler} mangler)" for vist, (beloeb, mangler) in brugt.items()
        }
        vist_side = self.side("status-proev", "2026K1")
        assert tabel(vist_side, self.version) == statusside
        assert f"Forbrug: {self.sag.mangler_i_ord} Det er ikke regnet som 0." in ordene(vist_side)

    def tjek_indstilling(self) -> None:
        """A draft from today is laid on the same figures as the page shows."""
        flyt = Flytning(0, False, ("lbf", "kontant"), ("kommune", "kontant"), Decimal(100_000), 1, 1)
        kladde = self.sag.revision(90, flyt)
        punkt = fab.DagsordenspunktFactory(moede=fab.MoedeFactory(plan=self.sag.plan), revision=kladde)
        sagen = indstilling.genstandsbillede(punkt)
        assert self.version in sagen.tabeller[0].titel
        linjer = {linje.navn: linje for linje in sagen.tabeller[0].linjer}
        lbf = self.v.pr_kilde["lbf"]
        assert (linjer["Landsbyggefonden"].foer, linjer["Landsbyggefonden"].efter) == (lbf, lbf - 100_000)
        assert linjer["I alt"].foer == linjer["I alt"].efter == self.v.i_alt
        ventet = [kroner(self.v.lokal, 2), self.v.andel, kroner(self.v.kontant, 2)]
        assert [o.foer for o in sagen.ord] == ventet

    def tjek_fund_og_forbrug(self) -> None:
        ud = io.StringIO()
        call_command("kontroller", self.sag.plan.noegle, "--json", stdout=ud)
        (fund,) = [f for f in json.loads(ud.getvalue()) if f["kode"] == "lokal-andel"]
        assert rene(self.v.andel) in rene(fund["besked"])
        if self.v.lokal * 4 >= self.v.i_alt:
            assert f"{kr(self.v.lokal)} kr. af {kr(self.v.i_alt)} kr." in rene(fund["besked"])
        assert [linje.budget_i_alt for linje in opfoelgning(self.sag.plan).linjer] == list(self.v.pr_kilde.values())
        for kalender in (True, False):
            aar = aarsvisning(self.sag.plan, kalender=kalender)
            assert [r.budget_i_alt for r in aar.raekker] == list(self.v.pr_kilde.values())
        forbrug = self.side("forbrug")
        assert tabel(forbrug, "Forbrug fordelt på kilder")["I alt"][0] == kr(self.v.i_alt)
        assert self.version in ordene(forbrug)
        assert self.sag.mangler_i_ord in ordene(forbrug)
        linjer = tabel(forbrug, "Forbrug fordelt på kilder")
        for navn, vist in HVEM:
            beloeb, mangler = self.sag.brugt(navn)
            assert linjer[vist][2] == beloeb_i(beloeb) + (f"{mangler} mangler" if mangler else "")
        for visning, aarene in (("kalender", (2024, 2025, 2026, None)), ("plan", (None,))):
            kolonner = tabel(self.side("forbrug", mere=f"?aar={visning}"), "Budget og forbrug, kr.")
            for navn, vist in HVEM:
                celler = dict(zip([k[:4] for k in kolonner["Kilde"]], kolonner[vist], strict=True))
                for aar in aarene:
                    beloeb, mangler = self.sag.brugt(navn, aar)
                    ventet = beloeb_i(beloeb) + (f"{mangler} tal mangler" if mangler else "")
                    assert celler[str(aar) if aar else "I al"] == ventet, (visning, vist, aar)
        pulje = fab.PuljetilsagnFactory(plan=self.sag.plan).pulje
        (linje,) = puljestatusser([pulje])[0].linjer
        assert (linje.i_budget, linje.budget_i_alt) == (self.v.pr_kilde["kommune"], self.v.i_alt)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    derandomize=True,
    phases=[Phase.generate],  # histories are short as they are, and each costs half a second
)
@given(historie=HISTORIER, forlaenget=st.booleans(), oplyst=OPLYST, meldt=MELDT)
def test_alle_tal_er_de_samme_paa_alle_veje_ud(historie, forlaenget, oplyst, meldt):
    sag = Sag(historie, forlaenget, oplyst, meldt)
    klient = Client()
    klient.force_login(fab.MedlemskabFactory(plan=sag.plan, rolle="sekretariat").bruger)
    proeve = Proeve(sag, klient)
    proeve.tjek_siderne()
    proeve.tjek_filerne()
    proeve.tjek_word()
    proeve.tjek_planfilen()
    proeve.tjek_beboernes_side()
    proeve.tjek_status()
    proeve.tjek_fund_og_forbrug()
    proeve.tjek_indstilling()


FLYT = Flytning(0, True, ("lbf", "kontant"), ("kommune", "kontant"), Decimal(100_000), 1, 1)
SENERE = Flytning(40, True, None, ("lbf", "kontant"), Decimal(1_000_000), 2, 2)


def test_en_publiceret_status_siger_det_samme_paa_side_og_papir(client):
    """A year of which half is known: missing is not 0 on any of them."""
    sag = Sag([FLYT], forlaenget=False, meldt=({"lbf"}, {"lbf", "kommune"}))
    client.force_login(fab.MedlemskabFactory(plan=sag.plan, rolle="bestyrelse").bruger)
    publiceret_status(sag.plan)
    billede = oejebliksbillede.fra_json(sag.plan.statusser.get().indhold)
    side = client.get(reverse("status-vis", args=[sag.plan.noegle, "2026K1"])).content.decode()
    papir = tegnene(" ".join(s.extract_text() for s in PdfReader(io.BytesIO(tegn_status(billede))).pages))
    assert sag.mangler_i_ord in ordene(side)
    assert tegnene(sag.mangler_i_ord) in papir
    linjer = tabel(side, "kr.")
    for navn, vist in HVEM:
        beloeb, mangler = sag.brugt(navn)
        ventet = f"{tal(beloeb, 0)} ({mangler} mangler)"
        assert linjer[vist][0] == ventet
        assert tegnene(f"{vist} {ventet}") in papir


@pytest.mark.parametrize(("historie", "oplyst"), [([FLYT], None), ([FLYT, SENERE], None), ([FLYT], Decimal(50_000))])
def test_papirets_ord_er_sidens(historie, oplyst, client):
    """The real PDF, for a few."""
    sag = Sag(historie, forlaenget=False, oplyst=oplyst)
    client.force_login(fab.MedlemskabFactory(plan=sag.plan, rolle="sekretariat").bruger)
    v, foer = sag.ventet(sag.i_dag), sag.ventet(None)
    rod = reverse("budget-pdf", args=[sag.plan.noegle, "bevilget"])

    def ord_i(adresse: str) -> str:
        sider = PdfReader(io.BytesIO(client.get(adresse).content)).pages
        return rene(" ".join(s.extract_text() for s in sider))

    nu, dengang = ord_i(rod), ord_i(f"{rod}?version=bevilget")
    for tekst, ventet in ((nu, v), (dengang, foer)):
        assert rene(ventet.andel) in tekst
        assert f"{kr(ventet.lokal)} kr. af {kr(ventet.i_alt)} kr." in tekst
        assert (rene(f"I alt er oplyst til {kroner(ventet.i_alt, 2)}") in tekst) is bool(oplyst)
        assert [b for b in ventet.pr_kilde.values() if kr(b) not in tekst] == []
    assert "bevilget med revi" in nu  # a line may break in the word
    assert ("Revision 2 gælder fra" in nu) == (SENERE in historie)
    assert lang_dato(sag.i_dag) in nu
    assert "uden revisioner" in dengang
