"""A plan of four years that is extended by 18 months: 5½ years wherever a period is counted or told, with the paper
that says so, and four again as of a day before it was agreed."""

import ast
import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from aftaler.actions.efterfoelger import start_efterfoelger
from aftaler.models import Helhedsplan
from aftaler.queries.kontrol import aftalefund
from aftaler.queries.soegning import KILDER
from budget.queries import finansieringstabel
from budget.queries.aar import aarsvisning
from budget.queries.plangrundlag import ramme
from budget.rules.perioder import planmaaneder
from dokumenter import pakkefil
from dokumenter.blokke import blokdokument
from dokumenter.choices import FRYSES
from dokumenter.oejebliksbillede import fra_json, frossen, som_json, udkast
from dokumenter.queries.udgave import gaeldende
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.indikatorark import indikatorark
from indikatorer.rules.status import koerer
from kalender.ical import tegn as tegn_ical
from kalender.queries.kalender import Feedplan, planens_kalender
from moeder.bevis.indhold import bevis, bevisaar
from moeder.forms.moede import MoedeForm
from status import blokke as statusblokke
from status.oejebliksbillede import udkast as statusudkast
from status.queries.oversigt import kvartalslinjer
from status.rules import Kvartal, uden_for_planen
from tests import factories as f
from tests.papirsaet import STEMPEL
from tests.verden import verden

pytestmark = pytest.mark.django_db
SLUT, NY = date(2029, 10, 31), date(2031, 4, 30)
PAPIR = "5½ år ifølge »Forlængelse på 18 måneder«"
PERIODE = f"1. november 2025 – 30. april 2031 ({PAPIR})"
EFTER = date(2031, 1, 15)
"""after the first end, and before the new one"""


@pytest.fixture
def v():
    v = verden()
    f.LagFactory(
        plan=v.plan, noegle="forlaengelse", navn="Forlængelse på 18 måneder", til=None, til_sagt="18 måneder",
        gaelder_fra=date(2028, 3, 1), orden=9,
    )  # fmt: skip
    v.plan = Helhedsplan.objects.select_related("regelsaet").get(pk=v.plan.pk)
    return v


def emner(v):
    yield from (
        (art, emne)
        for art in map(str, FRYSES)
        for emne in {
            "delaftale": [v.delaftale.noegle],
            "budget": [b.noegle for b in v.plan.budgetter.all()],
            "lag": ["forlaengelse"],
        }.get(art, [""])
    )


def test_planens_egne_ord(v):
    periode = v.plan.perioden()
    assert (v.plan.periode, periode.til.dag, str(periode.lag)) == (PERIODE, NY, "Forlængelse på 18 måneder")
    assert v.plan.perioden(date(2028, 2, 29)).i_ord == "1. november 2025 – 31. oktober 2029"
    assert not v.plan.er_forbi(EFTER)


def test_hvert_papir_der_kan_fryses_og_laeses_igen(v):
    sagt = set()
    for art, emne in emner(v):
        papir = udkast(v.plan, art, emne)
        billede = frossen(v.plan, art, emne, papir, STEMPEL)
        laest = fra_json(json.loads(json.dumps(som_json(billede)))).papir
        sagt |= {(art, PERIODE in repr(blokdokument(et))) for et in (papir, laest)}
    assert sagt == {(str(art), True) for art in FRYSES}


def test_papirerne_der_ikke_fryses(v):
    aar = bevisaar(v.plan, EFTER)
    assert aar[0] == 2031
    assert bevis(v.plan, 2030, EFTER).periode == PERIODE
    assert PERIODE in repr(statusblokke.kort_plan(v.plan))
    assert statusudkast(f.KvartalsstatusFactory(plan=v.plan, aar=2031, kvartal=1), EFTER).periode == PERIODE
    assert b"%PDF" in indikatorark(v.plan).data[:8]


def test_planaar_maaneder_og_budget_pr_aar(v):
    over = ramme(v.plan)
    assert [(aar.nr, aar.periode) for aar in over.planaar[3:]] == [
        (4, "1. november 2028 – 31. oktober 2029"),
        (5, "1. november 2029 – 31. oktober 2030"),
        (6, "1. november 2030 – 30. april 2031"),
    ]
    assert len(planmaaneder(v.plan)) == 66
    terning = finansieringstabel.terning(v.plan.budgetter.get(noegle="bevilget"))
    assert [k.planaar for k in terning.kolonner if k.planaar] == [1, 2, 3, 4, 5, 6]
    assert [k.navn for k in aarsvisning(v.plan, kalender=False).kolonner][:6] == [f"År {nr}" for nr in range(1, 7)]
    kalender = {k.navn: k.periode for k in aarsvisning(v.plan, kalender=True).kolonner}
    assert kalender["2031"] == "1. januar 2031 – 30. april 2031"


def test_kalenderen_og_andres_kalender(v):
    v.plan.fase = "i_gang"
    v.plan.save()
    linjer = {linje.uid: linje for linje in planens_kalender(v.plan, EFTER)}
    assert (linjer["udloeb"].dato, linjer["udloeb"].grundlag.tekst) == (NY, f"Planens periode, {PAPIR}")
    assert linjer["fornyelse"].dato == date(2029, 10, 30)
    assert f"30. april 2031 ({PAPIR})" in linjer["fornyelse"].grundlag.tekst
    frister = [linje.dato for linje in linjer.values() if linje.titel.startswith("Publicér status")]
    assert max(frister) > NY
    feed = tegn_ical(
        "Planen", [Feedplan(v.plan.noegle, v.plan.navn, None, tuple(linjer.values()))], vaert="x", absolut=str
    )
    assert b"20310430" in feed


def test_statusser_og_moeder_i_de_nye_kvartaler(v):
    assert kvartalslinjer(v.plan, EFTER)[0].kvartal == Kvartal(2031, 1)
    spoerges = [f.KvartalsstatusFactory.build(plan=v.plan, aar=2031, kvartal=nr) for nr in (2, 3)]
    sagt = [uden_for_planen(s.kvartalet, v.plan.begynder.tidligst, v.plan.slutter.senest) for s in spoerges]
    assert sagt == ["", "3. kvartal 2031 ligger uden for planens periode."]
    for dato, galt in ((date(2030, 6, 1), False), (date(2031, 6, 1), True)):
        data = {"art": "bestyrelse", "dato": dato.isoformat(), "start": "", "slut": ""}
        form = MoedeForm(data, instance=f.MoedeFactory.build(plan=v.plan))
        form.is_valid()
        sagt = " ".join([*form.errors.get("dato", []), *(fund.besked for fund in form.advarsler())])
        assert (PERIODE in sagt) is galt
    assert koerer(v.plan, EFTER)


def test_huller_mellem_planer_og_den_naeste_plan(v):
    ny = start_efterfoelger(bruger=PROGRAMMET, forgaenger=v.plan, navn="Den næste")
    assert ny.periode_fra == date(2031, 5, 1)
    fundne = aftalefund(Helhedsplan.objects.get(pk=v.plan.pk))
    assert not [fund for fund in fundne if fund.kode == "periode-ikke-fire-aar" or "Den næste" in fund.besked]
    ny.periode_fra = date(2031, 6, 1)
    ny.save()
    [hul] = [fund for fund in aftalefund(Helhedsplan.objects.get(pk=ny.pk)) if fund.kode == "periode-hul"]
    assert "slutter den 30. april 2031" in hul.besked


def test_det_der_gaelder_en_dag(v):
    """A paper in force stays so through the extension, and as of a day before it was agreed no longer than it said."""
    udgave = f.UdgaveFactory(plan=v.plan, art="beredskabsplan", emne="", ikraft=date(2026, 1, 1))
    assert gaeldende(v.plan, udgave.art, "", date(2030, 1, 1)) == udgave
    assert gaeldende(v.plan, udgave.art, "", date(2031, 5, 1)) is None


def test_pakken_soegningen_og_forsiden(v, client):
    data = json.loads(pakkefil._json(v.plan, (), ""))["plan"]
    assert (data["periode_til"], data["periode"]) == ("2031-04-30", PERIODE)
    leder = v.brugere["leder"]
    [soegt] = [KILDER[0].plan(plan) for plan in KILDER[0].udvalg(leder) if plan == v.plan]
    assert soegt == PERIODE
    client.force_login(leder)
    assert "30.04.2031" in client.get(reverse("forside")).content.decode()


@pytest.mark.parametrize("side", ["plan-overblik", "samarbejdsaftale-vis", "indstillinger", "dokument-liste"])
def test_siderne(v, client, side):
    client.force_login(v.brugere["bestyrelse"])
    assert PERIODE in client.get(reverse(side, args=[v.plan.noegle])).content.decode()


def test_ingen_taeller_en_periode_uden_om_det_ene_svar():
    """Who reads the end as first agreed has passed over what was agreed since."""
    maa = {"aftaler/models/plan.py"}
    rum = ["aftaler", "budget", "indikatorer", "dokumenter", "status", "moeder", "kalender", "helhedsplan", "demo"]
    laeser = {
        str(sti.relative_to(settings.BASE_DIR))
        for navn in rum
        for sti in (Path(settings.BASE_DIR) / navn).rglob("*.py")
        if "migrations" not in sti.parts
        for knude in ast.walk(ast.parse(sti.read_text(encoding="utf-8")))
        if isinstance(knude, ast.Attribute) and knude.attr in {"periode_til", "aftalt_slut"}
        and not (isinstance(knude.value, ast.Name) and knude.value.id == "self" and "dokument.py" in sti.name)
    }  # fmt: skip
    # The rules of what was agreed, the form where it is written, the layers that are counted from it.
    assert laeser == maa | {
        "aftaler/rules.py", "aftaler/forms/plan.py", "aftaler/models/lag.py", "aftaler/views/indstillinger.py",
    } - maa  # fmt: skip
