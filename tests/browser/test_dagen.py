"""A new plan from nothing to the package, with as little typed as the pages ask for, and counted.

The bounds are what was measured: a form that grows, or a step that comes to need one more, fails here.
"""

import io
import re
from contextlib import contextmanager
from operator import gt

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dokumenter.models import Pakke, Udgave, Underskriver
from helhedsplan.models import Bruger
from moeder.models import Stemme
from tests.dokumenter.signering import scannet
from tests.factories import ADGANGSKODE, BrugerFactory
from tests.formularproeve import fil_til

REGELSAET = settings.BASE_DIR / "fixtures" / "regelsaet" / "2019-26.yaml"
PARTER = [("Dagby Kommune", "kommune"), ("Dagby Bolig", "boligorganisation"), ("Dagsly", "boligorganisation")]
#: Who sits for which party, and whether they sign for it.
BESTYREL = [("Anna", 0, True), ("Bo", 0, False), ("Carl", 1, True), ("Dorte", 2, True), ("Erik", 2, False)]
DELAFTALER = {"Beskæftigelse": ("Fritidsjob", "Jobcafé", "Besøg"), "Uddannelse": ("Lektier", "Læsning", "Familie")}


class Dag:
    """A page, and how many pages it has loaded, forms it has sent and fields that were filled in, step by step."""

    def __init__(self, som, leder):
        self.som, self.leder = som, leder
        self.page, self.trin, self.nu = som(leder), {}, {}
        page = self.page
        page.set_default_timeout(40_000)  # eight PDFs take their time
        page.on("response", self._taael)

    def _taael(self, svar):
        if not (svar.request.is_navigation_request() and svar.frame == self.page.main_frame):
            return
        if svar.request.method == "POST":
            self.nu["formularer"] += 1
        if not 300 <= svar.status < 400:
            self.nu["sider"] += 1
        assert svar.status in (200, 302, 422), (svar.status, svar.url)

    @contextmanager
    def del_af(self, navn: str):
        self.nu = self.trin[navn] = {"sider": 0, "formularer": 0, "felter": 0}
        yield

    def gaa(self, sti: str):
        self.page.goto(sti)

    def link(self, navn, nr: int = 0):
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=navn).nth(nr).click()

    def side(self, navn: str):
        with self.page.expect_navigation():
            sider = self.page.get_by_role("navigation", name="Planens sider")
            sider.get_by_role("link", name=navn, exact=True).click()

    def knap(self, navn, nr: int = 0):
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=navn).nth(nr).click()

    def felt(self, navn: str, vaerdi: str = ""):
        """Type in a field, or choose what reads `vaerdi`; without it, tick."""
        felt = self.page.locator(f"main [name='{navn}']")
        if felt.first.evaluate("e => e.tagName") == "SELECT":
            felt.select_option(label=vaerdi)
        elif felt.first.get_attribute("type") in ("checkbox", "radio"):
            (self.page.locator(f"main [name='{navn}'][value='{vaerdi}']") if vaerdi else felt).check(force=True)
        elif felt.first.get_attribute("type") == "file":
            felt.set_input_files(vaerdi)
        else:
            felt.fill(vaerdi)
        self.nu["felter"] += 1


def plan_og_parter(dag):
    with dag.del_af("Plan"):
        dag.gaa("/")
        dag.link("Opret en ny plan")
        dag.felt("navn", "Dagen")
        dag.felt("periode_fra", "jan 2027")
        dag.felt("periode_til", "dec 2030")
        dag.knap("Opret planen")
    with dag.del_af("Tre parter"):
        dag.side("Indstillinger")
        for navn, art in PARTER:
            dag.link("Tilføj en part")
            dag.felt("ny_navn", navn)
            dag.felt("ny_art", art.capitalize())
            dag.knap("Tilføj parten")
    with dag.del_af("To områder"):
        for navn in ("Nordparken", "Sydparken"):
            dag.link("Tilføj et område")
            dag.felt("navn", navn)
            dag.knap("Tilføj området")


def delaftaler(dag):
    with dag.del_af("To delaftaler med tre aktiviteter"):
        dag.link("Vælg indsatsområder")
        for navn in DELAFTALER:
            dag.page.get_by_label(re.compile(navn)).check(force=True)
            dag.nu["felter"] += 1
        dag.knap("Gem valget")
        for navn, aktiviteter in DELAFTALER.items():
            if not dag.page.url.endswith("/delaftaler/"):
                dag.side("Delaftaler")
            dag.knap(re.compile(f"Opret delaftalen om {navn}"))
            for aktivitet in aktiviteter:
                dag.link("Tilføj en aktivitet")
                dag.felt("navn", aktivitet)
                dag.knap("Tilføj aktiviteten")


def bestyrelsen(dag):
    with dag.del_af("Bestyrelse på fem"):
        dag.side("Bestyrelse")
        dag.link("Bestyrelsens medlemmer")
        dag.link("Ret bestyrelsen")
        for nr, (navn, part, underskriver) in enumerate(BESTYREL):
            if nr:
                dag.page.get_by_role("button", name="Tilføj endnu en plads").click()
            dag.felt(f"bestyrelse-{nr}-navn", navn)
            dag.felt(f"bestyrelse-{nr}-side", PARTER[part][0])
            dag.felt(f"bestyrelse-{nr}-email", f"{navn.lower()}@dagby.example")
            if underskriver:
                dag.felt(f"bestyrelse-{nr}-skriver_under")
        dag.knap("Gem bestyrelsen")
        dag.knap("Gem, som det står")


def budget(dag):
    with dag.del_af("Budget"):
        dag.side("Budget")
        dag.link("Opret det ansøgte budget")
        dag.knap("Opret budgettet")
        dag.link("Tilføj en kilde")
        dag.felt("navn", "Landsbyggefonden")
        dag.felt("art", "Landsbyggefonden")
        dag.knap("Tilføj kilden")
        dag.link("Tilføj en kilde")
        dag.felt("navn", "Dagby Kommune")
        dag.felt("art", "Kommune")
        dag.knap("Tilføj kilden")
        dag.link(re.compile("^Overblik$"), 1)
        dag.link("Ret beløbene")
        dag.felt("c.landsbyggefonden.kontant.0.faelles", "3 mio.")
        dag.felt("c.dagby-kommune.kontant.0.faelles", "1,1 mio.")
        dag.knap("Gem alle beløb")
        dag.link("Tilbage uden at gemme")
        dag.link("Ret udgifterne")
        dag.felt("u.loen.0.faelles", "4,1 mio.")
        dag.knap("Gem alle beløb")


def papirer(dag):
    with dag.del_af("Fire papirer skrevet"):
        for papir, felt in (("Beredskabsplan", "risici-0-navn"), ("Milepælsplan", "planmilepaele-0-navn")):
            dag.side("Dokumenter")
            dag.link(f"Læs kladden til {papir}")
            dag.link(f"Ret {papir}")
            dag.felt(felt, "Noget")
            dag.knap(re.compile("^Gem "))
        for papir, afsnit in (("Kommissorium", "Bestyrelsens opgave"), ("Strategisk", "Kort om boligområdet")):
            dag.side("Dokumenter")
            dag.link(re.compile(f"Læs kladden til {papir}"))
            dag.link(f"Ret afsnittet {afsnit}")
            dag.page.get_by_role("textbox").and_(dag.page.locator("[contenteditable=true]")).first.click()
            dag.page.keyboard.type("Noget")
            dag.nu["felter"] += 1
            dag.knap("Gem afsnittet")
    with dag.del_af("Otte papirer frosset"):
        dag.side("Dokumenter")
        dag.knap(re.compile("^Frys$"))
        for navn in [f.get_attribute("name") for f in dag.page.locator("main [name^=ja-]").all()]:
            dag.felt(navn)
            dag.felt(navn.replace("ja-", "hvorfor-"), "Skrives i foråret.")
        dag.knap("Frys udgaverne")


def i_bestyrelsen(dag, filer):
    with dag.del_af("Mødet"):
        dag.side("Møder")
        dag.link("Opret et møde")
        dag.felt("dato", f"{timezone.localdate():%d.%m.%Y}")
        dag.knap("Gem mødet")
        dag.side("Dokumenter")
        dag.knap("Send til bestyrelsen")
        dag.knap("Sæt dem på dagsordenen")
        dag.link("Send dagsordenen")
        dag.knap("Send dagsordenen")
        moede = dag.page.url
    with dag.del_af("Medlemmerne stemmer"):
        for navn, _, _ in BESTYREL:
            dag.som(konto(navn))
            dag.gaa(moede)
            stemmer = dag.page.get_by_role("group", name=re.compile("^Din stemme"))
            for nr in range(stemmer.count()):
                with dag.page.expect_navigation():
                    stemmer.nth(nr).get_by_role("button", name="For", exact=True).click()
                expect(dag.page.get_by_text(re.compile(rf"^{navn}: for\. Gemt kl\."))).to_have_count(1)
                expect(stemmer.filter(has_text="Stemt: for")).to_have_count(nr + 1)
                dag.nu["felter"] += 1
        dag.som(dag.leder)
        dag.gaa(moede)
    with dag.del_af("Afgjort"):
        dag.knap("Mødet er holdt")
        dag.gaa(moede)
        dag.link("Skriv fremmøde og fuldmagt")
        for felt in [f.get_attribute("name") for f in dag.page.locator("main [name^=art_]").all()]:
            dag.felt(felt, "Til stede")
        dag.knap("Gem fremmødet")
        dag.gaa(moede)
        dag.link("Afgør flere punkter på én gang")
        dag.felt("resultat", "godkendt")
        dag.knap("Skriv beslutningen")
        dag.link("Skriv referatet")
        dag.link("Send referatet til godkendelse")
        dag.knap("Send referatet")
        dag.side("Dokumenter")
        dag.knap("Registrér en afgørelse")
        assert dag.page.locator("main [name='niveau'][value='1']").count() == 0  # the plan has no such group
        dag.felt("niveau", "3")
        dag.felt("resultat", "godkendt")
        dag.felt("besluttet_af", "Landsbyggefonden")
        dag.felt("reference", "1")
        dag.felt("bilag_fil", filer["brev"])
        dag.knap("Registrér afgørelsen")


def konto(navn: str) -> Bruger:
    """The account that was made when the board was written in; its owner has chosen a password by now."""
    bruger = Bruger.objects.get(email=f"{navn.lower()}@dagby.example")
    bruger.set_password(ADGANGSKODE)
    bruger.save(update_fields=["password"])
    return bruger


def underskrevet(dag, filer):
    digital, *med_blaek = Udgave.objects.filter(kraever_underskrift=True).order_by("pk")
    with dag.del_af("Underskrevet i programmet"):
        dag.side("Dokumenter")
        dag.knap("Send til underskrift")
        dag.knap("Send til underskrift")
        for navn in (navn for navn, _, skriver_under in BESTYREL if skriver_under):
            dag.som(konto(navn))
            dag.gaa(reverse("underskrift-tavle", args=["dagen", digital.pk]))
            dag.link("Skriv under")
            dag.felt("laest")
            dag.felt("adgangskode", ADGANGSKODE)
            dag.knap(re.compile("^Underskriv "))
        dag.som(dag.leder)
    with dag.del_af("Underskrevet med blæk"):
        for udgave in med_blaek:
            papir = filer["mappe"] / f"{udgave.pk}.pdf"
            trykt = dag.page.request.get(reverse("udgave-pdf", args=["dagen", udgave.pk])).body()
            papir.write_bytes(scannet(trykt))
            dag.side("Dokumenter")
            dag.gaa(reverse("udgave-vis", args=["dagen", udgave.pk]))
            dag.link("Se filer, og skriv under")
            dag.link("Upload papir med blæk")
            for nr in range(3):
                dag.page.locator("main [name=underskrivere]").nth(nr).check(force=True)
                dag.nu["felter"] += 1
            dag.felt("dato", f"{timezone.localdate():%d.%m.%Y}")
            dag.felt("laest_id", udgave.dokument_id[-12:])
            dag.felt("fil", papir)
            dag.knap("Upload det underskrevne papir")


def pakken(dag, filer):
    with dag.del_af("Pakken"):
        dag.side("Dokumenter")
        dag.link("Læg skemaet ind")  # title and kind are filled in
        dag.felt("fil", filer["brev"])
        dag.knap("Læg bilaget ind")
        dag.side("Dokumenter")
        dag.link("Pakken til Landsbyggefonden")
        dag.link("Lav pakken")  # the papers were frozen with gaps: a yes and a reason
        dag.felt("ja")
        dag.felt("begrundelse", "Teksterne følger i en ny udgave.")
        dag.knap("Lav pakken")


#: Step -> pages, forms, fields: as measured.
GRAENSER = {
    "Plan": (3, 1, 3),
    "Tre parter": (7, 3, 6),
    "To områder": (4, 2, 2),
    "To delaftaler med tre aktiviteter": (17, 9, 8),
    "Bestyrelse på fem": (5, 2, 18),
    "Budget": (13, 5, 7),
    "Fire papirer skrevet": (16, 4, 4),
    "Otte papirer frosset": (3, 1, 10),
    "Mødet": (8, 3, 1),
    "Medlemmerne stemmer": (46, 40, 40),  # the plan has no other group, so the board decides on all eight
    "Afgjort": (13, 5, 11),  # who was there is written first
    "Underskrevet i programmet": (12, 4, 6),
    "Underskrevet med blæk": (10, 2, 12),
    "Pakken": (7, 2, 3),
}


@pytest.fixture
def leder(transactional_db):
    call_command("indlaes", str(REGELSAET), stdout=io.StringIO(), stderr=io.StringIO())
    return BrugerFactory(er_administrator=True)


def test_a_plan_goes_from_nothing_to_the_package(leder, side_som, tmp_path):
    brev = tmp_path / "brev.pdf"
    brev.write_bytes(fil_til(".pdf").read())
    filer = {"brev": brev, "mappe": tmp_path}
    dag = Dag(side_som, leder)
    for trin in (plan_og_parter, delaftaler, bestyrelsen, budget, papirer):
        trin(dag)
    for trin_med_filer in (i_bestyrelsen, underskrevet, pakken):
        trin_med_filer(dag, filer)
    i_alt = {navn: sum(t[navn] for t in dag.trin.values()) for navn in ("sider", "formularer", "felter")}
    for navn, t in (dag.trin | {"I alt": i_alt}).items():
        print(f"{navn:<36}{t['sider']:>4} sider {t['formularer']:>3} formularer {t['felter']:>3} felter")  # noqa: T201
    assert Pakke.objects.count() == 1
    assert Stemme.objects.count() == len(BESTYREL) * Udgave.objects.filter(godkendelser__niveau=2).count()
    digitale = Underskriver.objects.filter(metode="program").order_by("part_navn")
    assert list(digitale.values_list("part_navn", flat=True)) == sorted(navn for navn, _ in PARTER)
    over = {navn: t for navn, t in dag.trin.items() if any(map(gt, t.values(), GRAENSER[navn]))}
    assert over == {}
