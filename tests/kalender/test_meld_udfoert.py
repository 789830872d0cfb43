"""A duty that can be met is met with one click, where it belongs; a meeting held elsewhere with its day and minutes."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from kalender.actions.frist import meld_udfoert
from kalender.queries.kalender import planens_kalender
from moeder.actions.moede import slet_moede
from moeder.actions.moede_udenfor import meld_moede_holdt
from moeder.models import Moede
from tests import factories as f
from tests.factories import en_pdf
from tests.verden import verden

I_DAG = date(2026, 11, 29)


@pytest.fixture
def v(db):
    i_dag = timezone.localdate()
    return verden(fase="i_gang", periode_fra=date(i_dag.year - 1, 1, 1), periode_til=date(i_dag.year + 2, 12, 31))


@pytest.fixture
def leder(client, v):
    client.force_login(v.brugere["leder"])
    return client


def linjer(v):
    return {li.uid: li for li in planens_kalender(v.plan, timezone.localdate())}


def url(v, navn, *args):
    return reverse(navn, args=[v.plan.noegle, *args])


def meld(leder, v, uid):
    return leder.post(url(v, "kalender-udfoert"), {"linje": uid}, follow=True).content.decode()


def test_en_gennemgang_meldes_i_kalenderen_og_skrives_i_planen(leder, v):
    uid = next(u for u in linjer(v) if u.startswith("beredskabsplan-"))
    assert "Meldt udført: Gennemgå beredskabsplanen." in meld(leder, v, uid)
    v.plan.refresh_from_db()
    assert v.plan.beredskabsplan_opdateret == timezone.localdate()
    assert not v.plan.frister.filter(afledt=uid).exists()


def test_en_milepael_naas_med_et_klik_og_den_der_har_siden_aaben_faar_det_at_vide(leder, v):
    milepael = f.MilepaelFactory(aktivitet=v.delaftale.aktiviteter.first(), navn="Kontor åbnet", dato=I_DAG)
    version = milepael.aktivitet.version
    uid = next(u for u, li in linjer(v).items() if li.titel == "Kontor åbnet")
    assert "Meldt udført: Kontor åbnet." in meld(leder, v, uid)
    milepael.refresh_from_db()
    assert milepael.status == "naaet"
    milepael.aktivitet.refresh_from_db()
    assert milepael.aktivitet.version == version + 1
    assert linjer(v)[uid].er_udfoert
    egen = f.PlanmilepaelFactory(plan=v.plan, navn="Leder ansat", dato=I_DAG)
    meld(leder, v, next(u for u, li in linjer(v).items() if li.titel == "Leder ansat"))
    egen.refresh_from_db()
    assert egen.status == "naaet"


def test_et_moede_hvis_dag_er_gaaet_meldes_holdt(leder, v):
    gaar = timezone.localdate() - timedelta(days=1)
    moede = f.MoedeFactory(plan=v.plan, dato=gaar)
    indkaldt = f.MoedeFactory(plan=v.plan, dato=gaar, tilstand="indkaldt")
    for pk in (moede.pk, indkaldt.pk):
        meld(leder, v, f"moede-{pk}")
    moede.refresh_from_db()
    indkaldt.refresh_from_db()
    assert (moede.tilstand, moede.uden_for_programmet) == ("holdt", True)
    assert (indkaldt.tilstand, indkaldt.uden_for_programmet) == ("holdt", False)
    side = leder.get(moede.get_absolute_url()).content.decode()
    assert "Meldt holdt uden for programmet" in side


def test_et_moede_med_punkter_der_ikke_er_indkaldt_til_kan_ikke_meldes(leder, v):
    moede = f.DagsordenspunktFactory(moede__plan=v.plan, moede__dato=timezone.localdate()).moede
    assert "Mødet har punkter på dagsordenen" in meld(leder, v, f"moede-{moede.pk}")
    moede.refresh_from_db()
    assert moede.tilstand == "planlagt"


def test_et_kommende_moede_kan_ikke_meldes_holdt(v):
    moede = f.MoedeFactory(plan=v.plan, dato=timezone.localdate() + timedelta(days=1))
    with pytest.raises(ValidationError, match="bliver udført af sig selv"):
        meld_udfoert(bruger=v.brugere["leder"], plan=v.plan, uid=f"moede-{moede.pk}")


def test_et_moede_holdt_andetsteds_meldes_med_dag_og_referat(leder, v):
    manglende = [li for uid, li in linjer(v).items() if uid.startswith("uden-dato-bestyrelse")]
    linje = next(li for li in manglende if li.dato < timezone.localdate())
    uid = linje.uid
    side = url(v, "kalender-holdt", uid)
    assert linje.titel in leder.get(side).content.decode()
    i_morgen = timezone.localdate() + timedelta(days=1)
    svar = leder.post(side, {"dato": f"{i_morgen:%d.%m.%Y}"})
    assert (svar.status_code, "Mødet er ikke holdt endnu" in svar.content.decode()) == (422, True)
    forkert = SimpleUploadedFile("referat.docx", b"nej")
    svar = leder.post(side, {"dato": f"{linje.dato:%d.%m.%Y}", "fil": forkert})
    assert svar.status_code == 422
    assert not v.plan.moeder.filter(uden_for_programmet=True).exists()
    for _ in range(2):  # a double click
        fil = SimpleUploadedFile("referat.pdf", en_pdf(), "application/pdf")
        leder.post(side, {"dato": f"{linje.dato:%d.%m.%Y}", "fil": fil})
    (moede,) = v.plan.moeder.filter(uden_for_programmet=True)
    assert (moede.art, moede.dato, moede.tilstand, moede.referatfil_navn) == (
        "bestyrelse", linje.dato, "holdt", "referat.pdf",
    )  # fmt: skip
    nu = linjer(v)
    assert uid not in nu
    assert nu[f"referat-{moede.pk}"].er_udfoert
    svar = leder.get(url(v, "moede-referatfil", moede.pk))
    assert (svar.content, svar["Content-Disposition"]) == (en_pdf(), 'attachment; filename="referat.pdf"')


def test_et_moede_der_kun_er_meldt_kan_tages_tilbage(v):
    bruger = v.brugere["leder"]
    moede = meld_moede_holdt(bruger=bruger, plan=v.plan, art="foelgegruppe", dato=timezone.localdate())
    assert meld_moede_holdt(bruger=bruger, plan=v.plan, art="foelgegruppe", dato=timezone.localdate()) == moede
    slet_moede(bruger=bruger, moede=moede)
    assert not Moede.objects.filter(pk=moede.pk).exists()


def test_kun_den_der_skriver_kan_melde(client, v):
    client.force_login(v.brugere["observatoer"])
    uid = next(u for u in linjer(v) if u.startswith("uden-dato-"))
    assert client.get(url(v, "kalender-holdt", uid)).status_code == 403
    client.force_login(v.brugere["leder"])
    assert client.get(url(v, "kalender-holdt", "uden-dato-bestyrelse-1999-01")).status_code == 404
