"""indlaes, udskriv and demo as they are run from a shell."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client

from aftaler.models import Aktivitet, Helhedsplan, Medlemskab, Regelsaet
from aftaler.planfil import som_yaml
from helhedsplan.models import Bruger, Haendelse
from helhedsplan.rettigheder import ROLLER
from tests import factories as f
from tests.aftaler.planfil_data import FORGAENGER, PLAN, REGELSAET, indlaes, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def mappe(tmp_path):
    """A folder of fixtures: a rule set and two plans, named by their keys."""
    for undermappe, *filer in [("regelsaet", REGELSAET), ("planer", FORGAENGER, PLAN)]:
        (tmp_path / undermappe).mkdir()
        for data in filer:
            (tmp_path / undermappe / f"{data['noegle']}.yaml").write_text(som_yaml(data), encoding="utf-8")
    return tmp_path


def note(mappe) -> str:
    """The rule set has a parameter of its own that no rule reads."""
    siges = "Ingen regel bruger parameteren »timesats«. Den vises kun til oplysning."
    return f"{mappe}/regelsaet/proeve.yaml:76: parametre[2].noegle: {siges}"


def stier(mappe) -> list[str]:
    return [str(sti) for sti in sorted(mappe.glob("*/*.yaml"))]


# --- indlaes --------------------------------------------------------------------------------------------------------


def test_indlaes_siger_hvad_der_blev_af_hver_fil(mappe, capsys):
    call_command("indlaes", *stier(mappe))
    assert capsys.readouterr().out.splitlines() == [
        note(mappe),
        "regelsæt proeve: oprettet",
        "plan gammel: oprettet",
        "plan ny: oprettet",
        "plan gammel: ingen kan se den endnu. Kør igen med --leder MAIL.",
        "plan ny: ingen kan se den endnu. Kør igen med --leder MAIL.",
    ]
    (mappe / "planer" / "ny.yaml").write_text(som_yaml(plan(navn="Planen", fase="bevilget")), encoding="utf-8")
    call_command("indlaes", *stier(mappe))
    assert capsys.readouterr().out.splitlines() == [
        note(mappe),
        "regelsæt proeve: uændret",
        "plan gammel: uændret",
        "plan ny: ændret (1 ændring)",
        "plan gammel: ingen kan se den endnu. Kør igen med --leder MAIL.",
        "plan ny: ingen kan se den endnu. Kør igen med --leder MAIL.",
    ]


def test_indlaes_giver_planerne_en_leder_der_kan_se_dem(mappe, capsys, client):
    leder = f.BrugerFactory(email="leder@kommune.example", navn="Leder A, Demo")
    call_command("indlaes", *stier(mappe), leder="LEDER@kommune.example")
    assert "plan ny: Leder A, Demo er leder" in capsys.readouterr().out
    client.force_login(leder)
    assert client.get("/planer/ny/").status_code == 200
    call_command("indlaes", *stier(mappe), leder="leder@kommune.example")
    assert "leder" not in capsys.readouterr().out
    assert Medlemskab.objects.filter(bruger=leder, rolle="leder").count() == 2


def test_en_leder_uden_konto_standser_det_hele(mappe, capsys):
    with pytest.raises(SystemExit) as slut:
        call_command("indlaes", *stier(mappe), leder="ingen@kommune.example")
    assert slut.value.code == 1
    assert "Ingen har en åben konto med adressen ingen@kommune.example." in capsys.readouterr().err
    assert not Helhedsplan.objects.exists()


def test_indlaes_lister_fejl_og_slutter_med_1(mappe, capsys):
    sti = mappe / "planer" / "ny.yaml"
    sti.write_text(som_yaml(plan(fase="x", periode_fra="2025-13-01")), encoding="utf-8")
    with pytest.raises(SystemExit) as slut:
        call_command("indlaes", *stier(mappe))
    assert slut.value.code == 1
    udskrevet = capsys.readouterr()
    assert udskrevet.out.splitlines() == [note(mappe)]
    assert udskrevet.err.splitlines() == [
        f"{sti}:6: periode_fra: Datoen 2025-13-01 findes ikke.",
        f"{sti}:8: fase: »x« kan ikke vælges her. Vælg mellem: ide, praekvalifikation, ansoegning, bevilget, i_gang, "
        "afsluttet.",
        "2 fejl. Intet er indlæst.",
    ]
    assert Regelsaet.objects.count() == 0


def test_indlaes_viser_noter(mappe, capsys):
    sti = mappe / "planer" / "ny.yaml"
    sti.write_text(som_yaml(PLAN).replace("<p>Baggrund</p>", "<p>B<script>x</script></p>"), encoding="utf-8")
    call_command("indlaes", *stier(mappe))
    assert re.search(
        r"ny\.yaml:\d+: delaftaler\[1\]\.aktiviteter\[1\]\.baggrund: Opmærkningen er renset", capsys.readouterr().out
    )


def test_indlaes_af_en_fil_der_ikke_findes_og_af_en_mappe(tmp_path, capsys):
    with pytest.raises(SystemExit):
        call_command("indlaes", f"{tmp_path}/a.yaml", str(tmp_path))
    assert capsys.readouterr().err.splitlines() == [
        f"{tmp_path}/a.yaml:1: Filen findes ikke.",
        f"{tmp_path}:1: Filen er en mappe.",
        "2 fejl. Intet er indlæst.",
    ]


def test_indlaes_fra_standard_input(monkeypatch, capsys):
    indlaes(REGELSAET, FORGAENGER)

    class Ind:
        class buffer:  # noqa: N801
            @staticmethod
            def read():
                return json.dumps(PLAN).encode()

    monkeypatch.setattr("sys.stdin", Ind)
    call_command("indlaes", "-")
    assert capsys.readouterr().out.startswith("plan ny: oprettet\n")


# --- udskriv --------------------------------------------------------------------------------------------------------


def test_udskriv_som_yaml_json_og_til_fil(tmp_path, capsys):
    indlaes(REGELSAET, FORGAENGER, PLAN)
    call_command("udskriv", "ny")
    assert capsys.readouterr().out == som_yaml(PLAN)
    call_command("udskriv", "ny", "--json")
    assert json.loads(capsys.readouterr().out) == PLAN
    call_command("udskriv", "ny", "--ud", str(tmp_path / "ny.yaml"))
    assert (tmp_path / "ny.yaml").read_bytes() == som_yaml(PLAN).encode()
    assert capsys.readouterr().out == ""


def test_udskriv_af_en_ukendt_plan_naevner_de_naermeste():
    with pytest.raises(CommandError, match=r"^Planen »nye« findes ikke\. Her er ingen planer\.$"):
        call_command("udskriv", "nye")
    indlaes(REGELSAET, FORGAENGER, PLAN)
    with pytest.raises(CommandError, match=r"^Planen »nye« findes ikke\. Mente du ny\?$"):
        call_command("udskriv", "nye")
    with pytest.raises(CommandError, match=r"^Planen »xxxxxxx« findes ikke\. Mente du gammel eller ny\?$"):
        call_command("udskriv", "xxxxxxx")


def test_udskriv_til_et_sted_der_ikke_findes(tmp_path):
    indlaes(REGELSAET, FORGAENGER, PLAN)
    with pytest.raises(CommandError, match=r"ingen/ny\.yaml kan ikke skrives\.$"):
        call_command("udskriv", "ny", "--ud", str(tmp_path / "ingen" / "ny.yaml"))


# --- demo -----------------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def lokal(settings):
    settings.LOKAL = True


def test_demo_indlaeser_planer_og_laver_tre_personer_i_hver_rolle(mappe, capsys):
    call_command("demo", mappe=mappe)
    assert sorted(Helhedsplan.objects.values_list("noegle", flat=True)) == ["gammel", "ny"]
    for noegle in ("gammel", "ny"):
        medlemmer = Medlemskab.objects.filter(plan__noegle=noegle).order_by("bruger__email")
        assert list(medlemmer.values_list("bruger__email", "rolle")) == [
            (f"{rolle}{nr}@demo.example", rolle) for rolle in sorted(ROLLER) for nr in (1, 2, 3)
        ]
    assert sorted(Bruger.objects.values_list("navn", flat=True))[:4] == [
        "Bestyrelsesmedlem A, Demo",
        "Bestyrelsesmedlem B, Demo",
        "Bestyrelsesmedlem C, Demo",
        "Fagcenter A, Demo",
    ]
    assert capsys.readouterr().out.splitlines() == [
        "regelsæt proeve: oprettet",
        "plan gammel: oprettet",
        "plan ny: oprettet",
        "",
        "Log ind med adgangskoden demo-helhedsplan som en af disse:",
        "  Boligsocial leder   leder1@demo.example  leder2@demo.example  leder3@demo.example",
        "  Sekretariat         sekretariat1@demo.example  sekretariat2@demo.example  sekretariat3@demo.example",
        "  Økonomi             oekonomi1@demo.example  oekonomi2@demo.example  oekonomi3@demo.example",
        "  Bestyrelse          bestyrelse1@demo.example  bestyrelse2@demo.example  bestyrelse3@demo.example",
        "  Revisor             revisor1@demo.example  revisor2@demo.example  revisor3@demo.example",
        "  Observatør          observatoer1@demo.example  observatoer2@demo.example  observatoer3@demo.example",
        "  Fagcenter           fagcenter1@demo.example  fagcenter2@demo.example  fagcenter3@demo.example",
        "  LBF-læser           lbf1@demo.example  lbf2@demo.example  lbf3@demo.example",
    ]


def test_demobrugerne_kan_logge_ind(mappe):
    call_command("demo", mappe=mappe)
    for email in ("leder1@demo.example", "observatoer3@demo.example"):
        assert Client().login(email=email, password="demo-helhedsplan")
        assert EmailAddress.objects.get(email=email).verified


def test_demo_skriver_ingen_adgangskode_i_revisionssporet(mappe):
    call_command("demo", mappe=mappe)
    oprettede = Haendelse.objects.filter(objekt_type="helhedsplan.bruger")
    assert {tuple(a["felt"] for a in h.aendringer) for h in oprettede} == {("navn", "email")}
    assert oprettede.count() == 3 * len(ROLLER)


def test_demo_igen_aendrer_intet_og_lader_folks_rettelser_staa(mappe, django_assert_max_num_queries):
    call_command("demo", mappe=mappe)
    Aktivitet.objects.filter(navn="Praktik").update(navn="Praktik i Brugsen")
    Medlemskab.objects.filter(bruger__email="observatoer1@demo.example").update(rolle="sekretariat")
    antal = Haendelse.objects.count()
    with django_assert_max_num_queries(14):
        call_command("demo", mappe=mappe)
    assert Haendelse.objects.count() == antal
    assert Aktivitet.objects.filter(navn="Praktik i Brugsen").exists()
    assert set(
        Medlemskab.objects.filter(bruger__email="observatoer1@demo.example").values_list("rolle", flat=True)
    ) == {"sekretariat"}


def test_demo_laegger_det_til_der_mangler(mappe):
    (mappe / "planer" / "ny.yaml").rename(mappe / "senere.yaml")
    call_command("demo", mappe=mappe)
    (mappe / "senere.yaml").rename(mappe / "planer" / "ny.yaml")
    call_command("demo", mappe=mappe)
    assert Medlemskab.objects.filter(plan__noegle="ny").count() == 3 * len(ROLLER)


def test_demo_med_en_fil_med_fejl_laver_intet(mappe):
    (mappe / "planer" / "ny.yaml").write_text(som_yaml(plan(fase="x")), encoding="utf-8")
    with pytest.raises(CommandError, match=r"(?s)^Demoplanerne kan ikke indlæses:\n.*ny\.yaml:8: fase: »x«"):
        call_command("demo", mappe=mappe)
    assert (Bruger.objects.count(), Regelsaet.objects.count()) == (0, 0)


def test_demo_kun_paa_en_lokal_installation(mappe, settings):
    settings.LOKAL = False
    with pytest.raises(CommandError, match=r"Skriv --alligevel"):
        call_command("demo", mappe=mappe)
    assert Bruger.objects.count() == 0
    call_command("demo", mappe=mappe, alligevel=True)
    assert Bruger.objects.count() == 3 * len(ROLLER)
