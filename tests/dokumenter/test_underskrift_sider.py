"""The pages where an edition is signed."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dokumenter.models import Underskriver
from helhedsplan.bekraeftelse import BEGYNDT
from tests import factories as f
from tests.dokumenter import signering as s
from tests.dokumenter.underskriftsdata import sag as lav_sag


@pytest.fixture(autouse=True)
def _uden_tidligere_forsoeg():
    caches["sider"].clear()


@pytest.fixture
def sag(db):
    return lav_sag()


def adresse(sag, navn: str, *mere) -> str:
    return reverse(navn, args=[sag.plan.noegle, sag.udgave.pk, *mere])


def skriv_under(client, sag, kode: str = f.ADGANGSKODE, nr: int = 0, **felter):
    client.force_login(sag.underskrivere[nr].bruger)
    data = {"laest": "on", "adgangskode": kode} | felter
    return client.post(adresse(sag, "udgave-underskriv"), data)


def skrevet(sag) -> list[str]:
    return list(Underskriver.objects.filter(udgave=sag.udgave).order_by("pk").values_list("metode", flat=True))


def fil(data: bytes, navn: str = "aftale.pdf"):
    return SimpleUploadedFile(navn, data, content_type="application/pdf")


# --- the signatory's page ---------------------------------------------------------------------------------------------


def test_who_has_no_password_signs_after_having_said_once_more_who_he_is(client, sag):
    bruger = sag.underskrivere[0].bruger
    TOTP.activate(bruger, generate_totp_secret())
    bruger.set_unusable_password()
    bruger.save()
    client.force_login(bruger)
    side = adresse(sag, "udgave-underskriv")
    session = client.session
    session[BEGYNDT] = 0
    session.save()
    assert client.get(side).url.startswith(reverse("mfa_reauthenticate"))
    svar = client.post(side, {"laest": "on"})
    assert (svar.status_code, 'name="laest" value="on"' in svar.content.decode(), skrevet(sag)) == (403, True, ["", ""])
    session[BEGYNDT] = time.time()
    session.save()
    assert "Adgangskode" not in client.get(side).content.decode().partition("<form method")[2]
    assert (client.post(side, {"laest": "on"}).status_code, skrevet(sag)) == (302, ["program", ""])


def test_the_signatory_reads_confirms_and_signs(client, sag):
    client.force_login(sag.underskrivere[0].bruger)
    side = client.get(adresse(sag, "udgave-underskriv")).content.decode()
    assert "Underskriv delaftalen" in side
    assert "Jeg har læst dokumentet og skriver under for Prøve Kommune" in side
    assert adresse(sag, "udgave-fil", 1) in side
    svar = skriv_under(client, sag)
    assert (svar.status_code, svar.url) == (302, adresse(sag, "underskrift-tavle"))
    assert skrevet(sag) == ["program", ""]
    tavle = client.get(svar.url).content.decode()
    assert "Du har skrevet under for Prøve Kommune." in tavle
    assert "1 af 2 har skrevet under." in tavle


def test_a_wrong_password_signs_nothing(client, sag):
    svar = skriv_under(client, sag, "forkert adgangskode")
    assert svar.status_code == 422
    assert "Adgangskoden er forkert. Der er ikke skrevet under. Prøv igen." in svar.content.decode()
    assert "forkert adgangskode" not in svar.content.decode()
    assert (skrevet(sag), len(sag.filer())) == (["", ""], 1)


def test_the_box_is_ticked_before_the_password_is_tried(client, sag):
    svar = skriv_under(client, sag, laest="")
    assert svar.status_code == 422
    assert "Sæt flueben for at gå videre." in svar.content.decode()
    assert skrevet(sag) == ["", ""]


def test_too_many_wrong_passwords_lock_as_at_login(client, sag):
    for _ in range(5):
        skriv_under(client, sag, "forkert")
    svar = skriv_under(client, sag)
    assert svar.status_code == 422
    assert "for mange mislykkede logonforsøg" in svar.content.decode()
    assert skrevet(sag) == ["", ""]


def test_others_see_no_form_and_sign_nothing(client, sag):
    client.force_login(sag.leder)
    assert "Underskriv delaftalen" not in client.get(adresse(sag, "udgave-underskriv")).content.decode()
    svar = client.post(adresse(sag, "udgave-underskriv"), {"laest": "on", "adgangskode": f.ADGANGSKODE})
    assert svar.status_code == 403
    assert skrevet(sag) == ["", ""]


def test_before_the_decision_the_page_says_what_is_missing(client, db):
    sag = lav_sag(godkendt=False)
    client.force_login(sag.underskrivere[0].bruger)
    side = client.get(adresse(sag, "udgave-underskriv")).content.decode()
    assert "Udgaven skal først godkendes af bestyrelsen." in side
    assert "Underskriv delaftalen" not in side
    svar = skriv_under(client, sag)
    assert svar.status_code == 422
    assert skrevet(sag) == ["", ""]


def test_without_a_certificate_the_page_says_so_and_does_not_break(client, sag, settings):
    settings.LOKAL = False
    with s.opsaetning(settings):
        client.force_login(sag.underskrivere[0].bruger)
        side = client.get(adresse(sag, "udgave-underskriv"))
        assert side.status_code == 200
        assert "Der er ikke sat noget certifikat op" in side.content.decode()
        svar = skriv_under(client, sag)
    assert svar.status_code == 422
    assert "Der er ikke sat noget certifikat op til underskrifter." in svar.content.decode()
    assert skrevet(sag) == ["", ""]


def test_an_expired_certificate_is_said_on_the_page(client, sag, settings, tmp_path):
    (tmp_path / "gammel.p12").write_bytes(
        s.noegle(fra=s.NU - 2 * s.AAR, til=s.NU - s.AAR).pkcs12(b"hemmelig", kaede=(s.myndighed(),))
    )
    with s.opsaetning(settings, PKCS12=str(tmp_path / "gammel.p12"), PKCS12_KODE="hemmelig"):
        svar = skriv_under(client, sag)
    assert svar.status_code == 422
    assert "Certifikatet til underskrifter udløb" in svar.content.decode()
    assert (skrevet(sag), len(sag.filer())) == (["", ""], 1)


# --- files from outside ----------------------------------------------------------------------------------------------


def test_a_scan_is_uploaded_for_both(client, sag):
    client.force_login(sag.leder)
    data = {
        "underskrivere": [u.pk for u in sag.underskrivere],
        "dato": "01.02.2026",
        "laest_id": "0123456789ab",
        "fil": fil(s.scannet(s.papir("Et scannet papir.", sag.udgave.dokument_id))),
    }
    svar = client.post(adresse(sag, "udgave-scan"), data)
    assert (svar.status_code, svar.url) == (302, adresse(sag, "underskrift-tavle"))
    assert skrevet(sag) == ["blaek", "blaek"]
    assert "Alle har skrevet under." in client.get(svar.url).content.decode()


def test_the_digital_file_is_handed_out_and_the_scan_has_a_link_of_its_own(client, sag):
    skriv_under(client, sag)
    client.force_login(sag.leder)
    data = {
        "underskrivere": [sag.underskrivere[1].pk],
        "dato": timezone.localdate().strftime("%d.%m.%Y"),
        "laest_id": "0123456789ab",
        "fil": fil(s.scan()),
    }
    assert client.post(adresse(sag, "udgave-scan"), data).status_code == 302
    assert [revision.art for revision in sag.filer()] == ["udstedt", "underskrevet", "scannet"]
    assert client.get(adresse(sag, "udgave-pdf")).content == sag.bytes(1)
    assert client.get(adresse(sag, "udgave-fil", 3)).content == s.scan()


def test_a_wrong_scan_is_taken_back_on_the_page_with_a_reason(client, sag):
    client.force_login(sag.leder)
    data = {
        "underskrivere": [u.pk for u in sag.underskrivere],
        "dato": timezone.localdate().strftime("%d.%m.%Y"),
        "laest_id": "0123456789ab",
        "fil": fil(s.scan()),
    }
    client.post(adresse(sag, "udgave-scan"), data)
    traek = adresse(sag, "udgave-scan-traek", 2)
    assert traek in client.get(adresse(sag, "underskrift-tavle")).content.decode()
    svar = client.post(traek, {"grund": "forkert"})
    assert (svar.status_code, "forkert</textarea>" in svar.content.decode().replace("\n", "")) == (422, True)
    svar = client.post(traek, {"grund": "Det var det forkerte papir."}, follow=True)
    side = svar.content.decode()
    assert "Prøve Kommune" in side
    assert "skal skrive under igen" in side
    assert "Det var det forkerte papir." in side
    assert traek not in side
    assert skrevet(sag) == ["", ""]
    assert client.get(adresse(sag, "udgave-scan-traek", 1)).status_code == 404  # no scan


def test_what_was_typed_stays_when_the_file_is_refused(client, sag):
    client.force_login(sag.leder)
    data = {
        "underskrivere": [sag.underskrivere[1].pk],
        "dato": "1. februar 2026",
        "laest_id": "0123456789ab",
        "fil": fil(b"ikke en PDF"),
    }
    svar = client.post(adresse(sag, "udgave-scan"), data)
    side = svar.content.decode()
    assert svar.status_code == 422
    assert "Filen er ikke en PDF." in side
    assert "Vælg filen igen." in side
    assert 'value="1. februar 2026"' in side
    assert 'value="0123456789ab"' in side
    assert re.findall(r'<input[^>]*name="underskrivere"[^>]*value="(\d+)"[^>]* checked', side) == [
        str(sag.underskrivere[1].pk)
    ]
    assert (skrevet(sag), len(sag.filer())) == (["", ""], 1)


def test_a_file_from_a_service_is_uploaded(client, sag, settings, tmp_path):
    (tmp_path / "rod.pem").write_bytes(s.myndighed().pem())
    client.force_login(sag.leder)
    data = {"underskrivere": [sag.underskrivere[0].pk], "fil": fil(s.skriv_under(sag.bytes()))}
    svar = client.post(adresse(sag, "udgave-upload"), data)
    assert svar.status_code == 422
    assert "er lavet med et certifikat, som ikke er udstedt af nogen, vi kender" in svar.content.decode()
    data["fil"] = fil(s.skriv_under(sag.bytes()))
    with s.opsaetning(settings, ROEDDER=[str(tmp_path / "rod.pem")]):
        assert client.post(adresse(sag, "udgave-upload"), data).status_code == 302
    assert skrevet(sag) == ["ekstern", ""]


def test_a_scan_among_the_services_files_is_led_to_its_own_place(client, sag):
    client.force_login(sag.leder)
    papir = adresse(sag, "udgave-scan")
    for med_fil in (False, True):
        valgt = {"underskrivere": [sag.underskrivere[0].pk], "fil": fil(s.scannet(sag.bytes()))} if med_fil else {}
        side = client.post(adresse(sag, "udgave-upload"), valgt).content.decode()
        assert ("Filen er et scannet papir." in side) is med_fil
        assert f'<a href="{papir}">Upload papir med blæk</a>' in side
    assert f'<a href="{papir}">Upload papir' not in client.get(papir).content.decode()


def test_the_party_and_the_file_are_asked_for(client, sag):
    client.force_login(sag.leder)
    side = client.post(adresse(sag, "udgave-upload"), {}).content.decode()
    assert "Vælg mindst én mulighed." in side
    assert "Vælg en fil." in side


# --- the board -------------------------------------------------------------------------------------------------------


def test_the_leader_chooses_who_signs(client, sag):
    navn = sag.underskrivere[0].navn
    ny = f.MedlemskabFactory(plan=sag.plan, rolle="bestyrelse", bruger__navn=navn).bruger
    client.force_login(sag.leder)
    data = {"bruger": ny.pk, "orden": "2", "version": "1"}
    svar = client.post(adresse(sag, "underskriver-ret", sag.underskrivere[0].pk), data)
    assert (svar.status_code, svar.url) == (302, adresse(sag, "underskrift-tavle"))
    assert (sag.frisk().bruger, sag.frisk().orden) == (ny, 2)


def test_reminders_are_sent_from_the_board(client, sag):
    client.force_login(sag.leder)
    assert "Send påmindelse" in client.get(adresse(sag, "underskrift-tavle")).content.decode()
    svar = client.post(adresse(sag, "underskrift-paamind"), follow=True)
    assert "2 påmindelser sendt: Prøve Kommune og Boligforeningen Prøve." in svar.content.decode()
    assert sorted(brev.to[0] for brev in mail.outbox) == sorted(u.bruger.email for u in sag.underskrivere)
    assert "Send påmindelse" not in svar.content.decode()
    svar = client.post(adresse(sag, "underskrift-paamind"), follow=True)
    assert "Ingen kan påmindes nu." in svar.content.decode()
    assert len(mail.outbox) == 2


def test_a_file_is_handed_out_as_it_is_kept(client, sag):
    client.force_login(sag.underskrivere[0].bruger)
    svar = client.get(adresse(sag, "udgave-fil", 1))
    assert (svar.content, svar["Content-Type"]) == (sag.bytes(), "application/pdf")
    assert svar["Content-Disposition"].startswith('inline; filename="delaftale-uddannelse-')
    assert client.get(adresse(sag, "udgave-fil", 2)).status_code == 404


def test_what_waits_for_a_signature_stands_first_on_the_front_page(client, sag):
    client.force_login(sag.underskrivere[0].bruger)
    assert client.get(reverse("forside")).context["venter"][0].url == adresse(sag, "udgave-underskriv")
    assert "Skriv under: Delaftale: Uddannelse" in client.get(reverse("forside")).content.decode()
    skriv_under(client, sag)
    assert client.get(reverse("forside")).context["venter"] == []
