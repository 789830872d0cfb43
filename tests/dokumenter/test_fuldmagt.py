"""Who signs for a party: the person whom the paper names, or another with a mandate that everybody is told of."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from dokumenter.actions.underskrift import underskriv, vaelg_underskriver
from dokumenter.models import Underskriver
from dokumenter.rules import mangler_fuldmagt
from dokumenter.verificering import verificer
from tests import factories as f
from tests.dokumenter.underskriftsdata import sag as lav_sag
from tests.factories import en_pdf

I_DAG = timezone.localdate()
FULDMAGT = {"fuldmagt_fra": "Bestyrelsesformand C, Demo", "fuldmagt_dato": I_DAG}


@pytest.fixture
def sag(db):
    return lav_sag()


@pytest.fixture
def anden(sag):
    """Somebody whom the paper does not name."""
    bruger = f.BrugerFactory(navn="Afløser D, Demo")
    f.MedlemskabFactory(plan=sag.plan, bruger=bruger, rolle="bestyrelse")
    return bruger


def vaelg(sag, felter, **mere):
    return vaelg_underskriver(bruger=sag.leder, underskriver=sag.frisk(), felter=felter, version=None, **mere)


def adresse(sag, navn, *args):
    return reverse(navn, args=[sag.plan.noegle, sag.udgave.pk, *args])


@pytest.mark.parametrize(
    ("naevnt", "hvem", "fra", "afvises"),
    [
        ("Formand A, Demo", "Formand A, Demo", "", False),
        ("Formand A, Demo", " formand a,  demo ", "", False),
        ("Formand A, Demo", "Demo Formand A", "", False),
        ("Åse Sørensen-Købke", "Soerensen Købke, Aase", "", False),
        ("André Demo", "Andre Demo", "", False),
        ("Formand A, Demo", "Formand B, Demo", "", True),
        ("Formand A, Demo", "Formand A", "", True),
        ("?", "!", "", True),
        ("Formand Demo", "Formand Demo Demo", "", True),
        ("Formand A, Demo", "Afløser D, Demo", "", True),
        ("Formand A, Demo", "Afløser D, Demo", "Formand A, Demo", False),
        ("", "Afløser D, Demo", "", False),
        ("Formand A, Demo", "", "", False),
    ],
)
def test_hvem_der_skal_have_fuldmagt(naevnt, hvem, fra, afvises):
    assert bool(mangler_fuldmagt(naevnt, hvem, fra)) == afvises


def test_den_naevnte_skriver_under_med_sin_egen_konto_uden_fuldmagt(sag):
    """The account writes the name in another order than the paper: it is the same person, and no mandate is asked."""
    egen = f.BrugerFactory(navn="Demo Formand A")
    f.MedlemskabFactory(plan=sag.plan, bruger=egen, rolle="bestyrelse")
    vaelg(sag, {"bruger": egen})
    linje = sag.frisk()
    assert (linje.navn, linje.bruger, linje.fuldmagt_i_ord) == ("Formand A, Demo", egen, "")


@pytest.mark.parametrize("fra", ["x", "x y", "C", "12 34", "Jensen", "?? !!"])
def test_en_fuldmagt_er_givet_af_en_med_et_navn(sag, anden, fra):
    with pytest.raises(ValidationError, match="for- og efternavn") as fejl:
        vaelg(sag, {"bruger": anden, "fuldmagt_fra": fra, "fuldmagt_dato": I_DAG})
    assert list(fejl.value.message_dict) == ["fuldmagt_fra"]


def test_en_fuldmagt_er_fra_planens_tid_eller_aaret_foer(sag, anden):
    sag.plan.periode_fra = date(2024, 2, 29)
    sag.plan.save()
    for dag in (date(1950, 1, 1), date(2023, 2, 27)):
        with pytest.raises(ValidationError, match=r"tidligst være fra 28\. februar 2023") as fejl:
            vaelg(sag, {"bruger": anden} | FULDMAGT | {"fuldmagt_dato": dag})
        assert list(fejl.value.message_dict) == ["fuldmagt_dato"]
    vaelg(sag, {"bruger": anden} | FULDMAGT | {"fuldmagt_dato": date(2023, 2, 28)})


def test_en_anden_end_den_naevnte_kraever_fuldmagt(sag, anden):
    with pytest.raises(ValidationError, match="Papiret nævner Formand A, Demo, ikke Afløser D, Demo"):
        vaelg(sag, {"bruger": anden})
    with pytest.raises(ValidationError, match="Papiret nævner"):
        vaelg(sag, {"bruger": None, "stedfortraeder": "Afløser D, Demo"})
    vaelg(sag, {"bruger": anden, **FULDMAGT})
    assert sag.frisk().fuldmagt_i_ord.startswith("Fuldmagt fra Bestyrelsesformand C, Demo af ")


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"fuldmagt_fra": "Formand C", "fuldmagt_dato": None}, "fuldmagt_dato"),
        ({"fuldmagt_fra": "", "fuldmagt_dato": I_DAG}, "fuldmagt_fra"),
        ({"fuldmagt_fra": "Formand C", "fuldmagt_dato": I_DAG + timedelta(days=1)}, "fuldmagt_dato"),
    ],
)
def test_en_halv_fuldmagt_eller_en_fra_i_morgen_afvises(sag, anden, felter, felt):
    with pytest.raises(ValidationError) as fejl:
        vaelg(sag, {"bruger": anden, **felter})
    assert list(fejl.value.message_dict) == [felt]


def test_en_fuldmagt_foelger_ikke_med_til_en_tredje(sag, anden):
    vaelg(sag, {"bruger": anden, **FULDMAGT})
    tredje = f.BrugerFactory(navn="En Tredje, Demo")
    f.MedlemskabFactory(plan=sag.plan, bruger=tredje, rolle="bestyrelse")
    with pytest.raises(ValidationError, match="ikke En Tredje, Demo"):
        vaelg(sag, {"bruger": tredje})


def test_den_der_blev_valgt_foer_staar_men_skriver_ikke_under_uden(sag, anden):
    """Old data: chosen before a mandate was asked for."""
    Underskriver.objects.filter(pk=sag.underskrivere[0].pk).update(bruger=anden)
    assert vaelg(sag, {"orden": 1}) is True
    assert sag.frisk().fuldmagt_i_ord == "Fuldmagt: ikke dokumenteret"
    vaelg(sag, {"orden": 0})
    with pytest.raises(ValidationError, match="Papiret nævner"):
        underskriv(bruger=anden, underskriver=sag.frisk())
    vaelg(sag, FULDMAGT)
    underskriv(bruger=anden, underskriver=sag.frisk())


def test_fuldmagten_staar_paa_udgaven_og_i_verificers_json(client, sag, anden, tmp_path):
    vaelg(sag, {"bruger": anden, **FULDMAGT})
    underskriv(bruger=anden, underskriver=sag.frisk())
    client.force_login(sag.leder)
    html = client.get(adresse(sag, "underskrift-tavle")).content.decode()
    assert "Afløser D, Demo i stedet for Formand A, Demo. Fuldmagt fra Bestyrelsesformand C, Demo" in html
    fil = tmp_path / "udgave.pdf"
    fil.write_bytes(sag.bytes())
    ud = StringIO()
    call_command("verificer", str(fil), "--json", stdout=ud)
    foerste, anden_part = json.loads(ud.getvalue())["dokument"]["underskrifter"]
    assert (foerste["navn"], foerste["underskrevet_af"]) == ("Formand A, Demo", "Afløser D, Demo")
    assert (foerste["fuldmagt_fra"], foerste["fuldmagt_dato"]) == ("Bestyrelsesformand C, Demo", I_DAG.isoformat())
    assert (anden_part["underskrevet_af"], anden_part["fuldmagt_fra"], anden_part["fuldmagt_dato"]) == ("", "", None)


def test_en_gammel_underskrift_uden_fuldmagt_er_ikke_dokumenteret_men_gyldig(sag, anden):
    egen = sag.frisk()
    underskriv(bruger=egen.bruger, underskriver=egen)
    Underskriver.objects.filter(pk=egen.pk).update(bruger=anden)
    svar = verificer(sag.bytes())
    assert svar.er_i_orden
    assert svar.dokument.underskrifter[0].fuldmagt == "Fuldmagt: ikke dokumenteret"


def test_siden_tager_fuldmagten_med_fil_og_kun_de_der_skriver_henter_den(client, sag, anden):
    client.force_login(sag.leder)
    side = adresse(sag, "underskriver-ret", sag.underskrivere[0].pk)
    data = {"bruger": anden.pk, "orden": "0", "version": sag.frisk().version}
    svar = client.post(side, data)
    assert svar.status_code == 422
    assert "Papiret nævner Formand A, Demo" in svar.content.decode()
    fil = SimpleUploadedFile("fuldmagt.pdf", en_pdf(), "application/pdf")
    ord_ = {"fuldmagt_fra": "Bestyrelsesformand C, Demo", "fuldmagt_dato": f"{I_DAG:%d.%m.%Y}"}
    assert client.post(side, data | ord_ | {"fil": fil}).status_code == 302
    hent = adresse(sag, "underskriver-fuldmagt", sag.underskrivere[0].pk)
    assert client.get(hent).content == en_pdf()
    client.force_login(anden)
    assert client.get(hent).status_code == 403


def test_den_der_sidst_skrev_under_for_parten_er_foreslaaet_med_fuldmagten(client, sag, anden):
    vaelg(sag, {"bruger": anden, **FULDMAGT})
    ny = lav_sag(plan=sag.plan, nummer=2)
    Underskriver.objects.filter(udgave=ny.udgave).update(bruger=None)
    vaelg(sag, {"orden": 3})
    client.force_login(sag.leder)
    html = client.get(reverse("underskriver-ret", args=[sag.plan.noegle, ny.udgave.pk, ny.underskrivere[0].pk]))
    form = html.context["form"]
    assert (form["bruger"].value(), form["fuldmagt_fra"].value()) == (anden.pk, "Bestyrelsesformand C, Demo")
