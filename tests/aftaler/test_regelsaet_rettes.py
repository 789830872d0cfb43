"""A rule set in use is corrected with a date and a reason; what loads but gives less than one may think is told."""

import copy
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from aftaler.choices import Dokumentart
from aftaler.models import Afsnit, Helhedsplan, Regelparameter, Regelsaet
from aftaler.planfil import plan_som_data, regelsaet_som_data, som_yaml
from aftaler.queries.dokument import samarbejdsaftale
from dokumenter.actions.udgave import frys
from dokumenter.models import Udgave
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from helhedsplan.tilslutninger import PARAMETRE
from tests import factories as f
from tests.aftaler.planfil_data import FORGAENGER, PLAN, REGELSAET, fejl_i, indlaes, laes, linje
from tests.udvalg import RUM

pytestmark = pytest.mark.django_db
I_DAG = timezone.localdate().isoformat()
GRUND = "Stavefejl i mål 1"


def rettet(**felter):
    data = copy.deepcopy(REGELSAET) | {"rettet": I_DAG, "rettelse": GRUND} | felter
    data["indsatsomraader"][0]["maal"][0]["tekst"] = "Flere kommer i arbejde"
    data["skabelonafsnit"][0]["vejledning"] = "Skriv kort"
    data["parametre"][0] |= {"vaerdi": "30", "kilde": "Nyt brev", "verificeret": "kilde"}
    data["dokumentkrav"].append({"art": "milepaelsplan", "navn": "Milepælsplan", "verificeret": "nej"})
    return data


@pytest.fixture
def i_brug():
    indlaes(REGELSAET, FORGAENGER, PLAN)
    return Helhedsplan.objects.get(noegle=PLAN["noegle"])


def test_en_rettelse_med_dato_og_grund_retter_regelsaettet_og_lader_planerne_staa(i_brug):
    foer, raekker = plan_som_data(i_brug), set(Afsnit.objects.values_list("pk", "skabelon_id"))
    assert [u.hvad for u in laes(rettet()).udfald] == ["rettet"]
    assert regelsaet_som_data(Regelsaet.objects.get()) == _med_orden(rettet())
    assert plan_som_data(Helhedsplan.objects.get(pk=i_brug.pk)) == foer
    assert set(Afsnit.objects.values_list("pk", "skabelon_id")) == raekker
    assert [u.hvad for u in laes(rettet()).udfald] == ["uændret"]


def _med_orden(data):
    """As the rule set is written: parameters in the order of their names."""
    return data | {"parametre": regelsaet_som_data(Regelsaet.objects.get())["parametre"]}


def test_rettelsen_staar_i_hver_plans_spor_med_foer_efter_og_grund(i_brug):
    laes(rettet())
    for kaede in (i_brug.noegle, FORGAENGER["noegle"]):
        rettet_i = [
            {a["navn"]: (a["foer"], a["efter"]) for a in spor.aendringer}
            for spor in Haendelse.objects.filter(kaede=kaede, handling="rettet")
        ]
        [aendringer] = [a for a in rettet_i if "grunden til rettelsen" in a]
        assert aendringer["grunden til rettelsen"] == ("", GRUND)
        assert aendringer["Mål 1: Flere i arbejde: mål"] == ("Flere i arbejde", "Flere kommer i arbejde")


def test_en_frossen_udgave_beholder_regelsaettets_ord_fra_dengang(i_brug):
    f.SkabelonafsnitFactory(regelsaet=i_brug.regelsaet, art="maal_og_indikatorer", noegle="maal", orden=99)
    aftale = Dokumentart.SAMARBEJDSAFTALE
    udgave = frys(bruger=PROGRAMMET, plan=i_brug, art=aftale)
    foer = json.dumps(udgave.indhold, sort_keys=True)  # PostgreSQL keeps the keys in an order of its own
    data = rettet()
    data["skabelonafsnit"].append(regelsaet_som_data(Regelsaet.objects.get())["skabelonafsnit"][-1])
    assert laes(data).fejl == []
    assert json.dumps(Udgave.objects.get(pk=udgave.pk).indhold, sort_keys=True) == foer
    assert "Flere i arbejde" in foer
    assert "Flere kommer i arbejde" in str(samarbejdsaftale(Helhedsplan.objects.get(pk=i_brug.pk)))


@pytest.mark.parametrize(
    ("aendring", "felt", "besked"),
    [
        (lambda d: d.pop("rettelse"), "rettet", "En rettelse skal have både en dato og en grund."),
        (lambda d: d.pop("rettet"), "rettelse", "En rettelse skal have både en dato og en grund."),
        (lambda d: d.update(rettet="2999-01-01"), "rettet", "1. januar 2999 er ikke kommet endnu."),
        (lambda d: d["parametre"].pop(), "parametre", "»Timesats« bruges måske af planer og kan ikke tages ud."),
        (
            lambda d: d["skabelonafsnit"].reverse(),
            "skabelonafsnit",
            "Det, der er, skal stå først og i samme rækkefølge; nyt skal stå til sidst.",
        ),
        (
            lambda d: d["indsatsomraader"][0]["maal"][0]["indikatorer"][0].update(enhed="antal"),
            "indsatsomraader[1].maal[1].indikatorer[1].enhed",
            "Det kan ikke ændres i et regelsæt, som planer bruger.",
        ),
    ],
)
def test_det_en_rettelse_ikke_kan_siges_ved_feltet_og_intet_er_gemt(i_brug, aendring, felt, besked):
    data = rettet()
    aendring(data)
    fejl = fejl_i(som_yaml(data))
    assert [e.partition(": ")[2] for e in fejl] == [f"{felt}: {besked}"]
    assert re.match(r"proeve\.yaml:[1-9]\d*: ", fejl[0])
    assert regelsaet_som_data(Regelsaet.objects.get()) == REGELSAET


def test_uden_rettelse_siges_hvordan_regelsaettet_rettes(i_brug):
    data = rettet()
    del data["rettet"], data["rettelse"]
    resultat = laes(data)
    assert "kan ikke ændres" in str(resultat.fejl[0])
    assert any("skriv »rettet«" in str(note) for note in resultat.noter)


def test_siden_siger_at_regelsaettet_er_rettet(i_brug, client):
    bruger = f.BrugerFactory()
    f.MedlemskabFactory(plan=i_brug, bruger=bruger, rolle="leder")
    client.force_login(bruger)
    laes(rettet())
    assert f"{GRUND}</p>" in client.get(reverse("indstillinger", args=[i_brug.noegle])).content.decode()


# --- said at loading --------------------------------------------------------------------------------------------------


def test_en_parameter_som_ingen_regel_bruger_siges_ved_indlaesning_og_tilbydes_ikke(client):
    data = copy.deepcopy(REGELSAET)
    data["parametre"][1] = {"noegle": "lokal_min_pc", "navn": "Tastefejl", "vaerdi": "3", "verificeret": "nej"}
    tekst = som_yaml(data)
    noter = [str(note) for note in indlaes(tekst).noter]
    assert (
        f"proeve.yaml:{linje(tekst, 'noegle: lokal_min_pc', 2)}: parametre[2].noegle: Ingen regel bruger parameteren "
        "»lokal_min_pc«. Den vises kun til oplysning. Mente du »lokal_min_pct«?"
    ) in noter
    medlem = f.MedlemskabFactory(plan__regelsaet=Regelsaet.objects.get(), rolle="leder")
    client.force_login(medlem.bruger)
    side = client.get(reverse("indstillinger", args=[medlem.plan.noegle])).content.decode()
    assert side.count("Kun til oplysning: ingen regel bruger den.") == 1
    assert reverse("parameter-ret", args=[medlem.plan.noegle, "lokal_min_pc"]) not in side
    assert reverse("parameter-ret", args=[medlem.plan.noegle, "lokal_min_pct"]) in side


def test_et_regelsaet_uden_skabelon_siger_at_papiret_bliver_tomt():
    data = copy.deepcopy(REGELSAET)
    data["skabelonafsnit"] = [a for a in data["skabelonafsnit"] if a["dokument"] != "samarbejdsaftale"]
    tekst = som_yaml(data)
    fundet = [str(note) for note in indlaes(tekst).noter if "skabelon" in str(note)]
    assert fundet == [
        f"proeve.yaml:{linje(tekst, 'skabelonafsnit:')}: skabelonafsnit: "
        "Regelsættet har ingen skabelon for strategisk samarbejdsaftale: papiret bliver en tom side."
    ]


def test_de_parametre_som_koden_laeser_er_dem_der_staar_i_registret():
    """A literal in the code is how a rule asks for a parameter."""
    noegler = set()
    for sti in (Path(settings.BASE_DIR) / "fixtures" / "regelsaet").glob("*.yaml"):
        noegler |= set(re.findall(r"^  - noegle: ([a-z]+(?:_[a-z]+)+)$", sti.read_text(), re.M))
    kode = "\n".join(
        sti.read_text()
        for rum in RUM
        for sti in (Path(settings.BASE_DIR) / rum).rglob("*.py")
        if "migrations" not in sti.parts
    )
    assert {n for n in noegler if f'"{n}"' in kode} == PARAMETRE & noegler
    assert noegler - PARAMETRE
    assert not Regelparameter.objects.exists()
