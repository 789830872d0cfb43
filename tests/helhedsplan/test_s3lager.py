"""Files in S3 by settings alone, on a real server of the protocol: upload, freeze, download, backup, restore."""

import subprocess
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from aftaler.models import Bilag
from dokumenter import lager
from dokumenter.models import Udgave
from helhedsplan import driftstjek
from helhedsplan.fillager import Lagerstop
from helhedsplan.management.commands import proev_gendannelse
from helhedsplan.settings import fillager  # noqa: TID251 -- the reader, not a value
from helhedsplan.sikkerhedskopi.tjek import alle_filer, tjek_data
from tests.dokumenter.dokumentdata import dokumentverden
from tests.factories import en_pdf
from tests.servere import fri_port, s3server
from tests.test_migrationer import manage, tom_database  # noqa: F401 -- a fixture
from tests.test_sikkerhedskopi import verden  # noqa: F401 -- a fixture


@pytest.fixture(scope="module")
def server():
    with s3server() as koerer:
        yield koerer


@pytest.fixture
def spand(server, request):
    """The FIL_LAGER of a bucket of the test's own."""
    navn = request.node.name.split("[")[0].replace("_", "-")[:50].strip("-").lower()
    yield server.spand(navn)
    for noegle in server.navne(navn):
        server.klient.delete_object(Bucket=navn, Key=noegle)
    server.klient.delete_bucket(Bucket=navn)


@pytest.fixture
def i_s3(settings, spand):
    settings.STORAGES = settings.STORAGES | {"default": fillager(spand)}
    return spand


@pytest.fixture
def stum(settings):
    """From here on nobody answers for the storage."""

    def bliv_stum():
        settings.STORAGES = settings.STORAGES | {"default": fillager(f"s3+http://n:h@127.0.0.1:{fri_port()}/spand")}

    return bliv_stum


# --- the setting -----------------------------------------------------------------------------------------------------


def test_a_bucket_is_read_from_one_address():
    assert fillager("")["BACKEND"] == "django.core.files.storage.FileSystemStorage"
    assert fillager("s3://n%2Fgl:h%40d@s3.example.dk/spand/et/sted?region=eu-north-1")["OPTIONS"] == {
        "endpoint_url": "https://s3.example.dk", "bucket_name": "spand", "location": "et/sted",
        "region_name": "eu-north-1", "access_key": "n/gl", "secret_key": "h@d",
    }  # fmt: skip
    uden_noegle = fillager("s3+http://[::1]:9000/spand")["OPTIONS"]
    assert (uden_noegle["endpoint_url"], uden_noegle["access_key"]) == ("http://[::1]:9000", None)


@pytest.mark.parametrize(
    "url",
    [
        "s3.example.dk/spand", "https://n:h@s3.example.dk/spand", "s3://n:h@s3.example.dk/", "s3://n@s3.example.dk/spand",
        "s3:///spand", "s3://host:port/spand", "s3://host/spand?rigion=eu", "s3://host/spand?region", "s3://[::1/spand",
    ],
)  # fmt: skip
def test_an_address_that_is_none_stops_the_start_with_how_to_write_it(url):
    with pytest.raises(ImproperlyConfigured, match=r"FIL_LAGER kan ikke læses. Skriv den som s3://noegle:hemmelighed"):
        fillager(url)


# --- as a disk -------------------------------------------------------------------------------------------------------


def test_no_file_is_written_over_also_by_two_at_once(i_s3, monkeypatch):
    assert default_storage.save("mappe/a.txt", ContentFile(b"en")) == "mappe/a.txt"
    monkeypatch.setattr(type(default_storage._wrapped), "exists", lambda self, navn: False)  # both looked before
    anden = default_storage.save("mappe/a.txt", ContentFile(b"to"))
    assert (anden != "mappe/a.txt", anden.endswith(".txt")) == (True, True)
    for navn, ventet in (("mappe/a.txt", b"en"), (anden, b"to")):
        with default_storage.open(navn) as fil:
            assert fil.read() == ventet


def test_it_answers_as_a_disk_does(i_s3):
    assert list(alle_filer()) == []
    with pytest.raises(FileNotFoundError):
        default_storage.open("væk.txt")
    navn = default_storage.save("bilag/år 1/æ.txt", BytesIO(b"x" * 6_000_000))
    assert (default_storage.exists(navn), default_storage.size(navn), list(alle_filer())) == (True, 6_000_000, [navn])
    with default_storage.open(navn) as fil:
        assert (fil.read(2), fil.seek(0), len(fil.read())) == (b"xx", 0, 6_000_000)
    default_storage.delete(navn)
    default_storage.delete(navn)
    assert not default_storage.exists(navn)


def test_what_is_kept_by_its_hash_is_kept_once_and_held_against_it(i_s3, server):
    navn, maerke = lager.gem(b"en fil", "udgaver", ".pdf")
    assert lager.gem(b"en fil", "udgaver", ".pdf") == (navn, maerke)
    assert lager.hent(navn, maerke) == b"en fil"
    server.klient.put_object(Bucket=i_s3.split("/")[-2], Key=f"filer/{navn}", Body=b"en anden")
    with pytest.raises(lager.Lagerfejl, match="ikke den, der blev gemt"):
        lager.hent(navn, maerke)


# --- a storage that does not answer ----------------------------------------------------------------------------------


def test_a_file_is_not_called_gone_because_nobody_answers(stum, caplog):
    stum()
    for spoerg in (
        lambda: lager.hent("udgaver/a.pdf"), lambda: lager.er_hel("udgaver/a.pdf"), lambda: list(alle_filer()),
        lambda: default_storage.exists("a"), lambda: lager.gem(b"en fil", "udgaver", ".pdf"),
    ):  # fmt: skip
        with pytest.raises(Lagerstop, match="Fillageret svarer ikke"):
            spoerg()
    default_storage.delete("a")  # what was saved is saved
    assert "kunne ikke slettes i fillageret" in caplog.text


@pytest.mark.django_db
def test_a_page_says_so_and_gives_back_what_was_typed(client, stum, monkeypatch, caplog):
    v = dokumentverden()
    stum()
    client.force_login(v.brugere["leder"])
    fil = SimpleUploadedFile("skema.pdf", en_pdf())
    url = reverse("bilag-opret", args=[v.plan.noegle])
    svar = client.post(url, {"fil": fil, "titel": "Et skema, der tog lang tid", "art": "andet"})
    assert svar.status_code == 503
    html = svar.content.decode()
    assert "svarer ikke lige nu" in html
    assert 'value="Et skema, der tog lang tid"' in html
    assert "Vælg filen igen: skema.pdf" in html
    assert not Bilag.objects.filter(titel__startswith="Et skema").exists()
    bilag = v.plan.bilag.first()
    side = client.get(reverse("bilag-hent", args=[v.plan.noegle, bilag.pk]))
    assert (side.status_code, "Filerne kan ikke nås lige nu" in side.content.decode()) == (503, True)
    monkeypatch.setattr(driftstjek, "mangler_migrationer", lambda: False)
    assert client.get(reverse("sundhed")).json() == {"status": "fejl", "aarsag": "Lagerstop"}
    with pytest.raises(CommandError, match="Fillageret svarer ikke"):
        call_command("tjek_data")


@pytest.mark.django_db
def test_a_bucket_that_is_not_there_is_no_store_that_is_well(client, settings, spand, monkeypatch):
    monkeypatch.setattr(driftstjek, "mangler_migrationer", lambda: False)
    settings.STORAGES = settings.STORAGES | {"default": fillager(spand)}
    assert client.get(reverse("sundhed")).json() == {"status": "ok"}
    settings.STORAGES = settings.STORAGES | {"default": fillager(spand.replace("/filer", "-findes-ikke"))}
    assert client.get(reverse("sundhed")).json() == {"status": "fejl", "aarsag": "Lagerstop"}
    with pytest.raises(Lagerstop):
        default_storage.open("a")


# --- a whole way -----------------------------------------------------------------------------------------------------


@pytest.fixture
def klient(client, tmp_path):
    return client, tmp_path


@pytest.mark.django_db(transaction=True)
def test_upload_freeze_download_backup_and_restore(i_s3, verden, server, klient, tom_database):  # noqa: F811
    plan, (client, tmp_path) = verden.plan, klient
    client.force_login(verden.brugere["leder"])
    pdf = en_pdf()
    client.post(
        reverse("bilag-opret", args=[plan.noegle]),
        {"fil": SimpleUploadedFile("skema.pdf", pdf), "titel": "Skema", "art": "andet"},
    )
    bilag = Bilag.objects.get(titel="Skema")
    assert client.get(reverse("bilag-hent", args=[plan.noegle, bilag.pk])).content == pdf
    side = reverse("udgave-frys", args=[plan.noegle, "milepaelsplan"])
    assert client.post(side, {"niveau": "3", "niveau_begrundelse": "Alle skal se den."}).status_code == 302
    udgave = Udgave.objects.get(art="milepaelsplan")
    hentet = client.get(reverse("udgave-pdf", args=[plan.noegle, udgave.pk])).content
    assert lager.sha256(hentet) == udgave.pdf_sha256

    navne = server.navne(i_s3.split("/")[-2])
    assert {f"filer/{bilag.fil.name}", f"filer/{udgave.pdf.name}"} <= set(navne)
    assert not list((tmp_path / "filer").rglob("*")), "nothing lies on this machine's disk"
    assert [f.tekst for f in tjek_data() if f.alvorlig] == []
    kopi = tmp_path / "kopi.zip"
    call_command("sikkerhedskopi", str(kopi))
    with zipfile.ZipFile(kopi) as arkiv:
        assert arkiv.read(f"filer/{udgave.pdf.name}") == hentet
        assert len([n for n in arkiv.namelist() if n.startswith("filer/")]) == len(navne)

    ny = {"FIL_LAGER": server.spand("gendannet"), "MEDIA_ROOT": str(tmp_path / "ny"), "EMAIL_URL": "konsol:"}
    koert = manage(tom_database, "gendan", str(kopi), **ny)
    assert (koert.returncode, koert.stderr) == (0, "")
    assert server.navne("gendannet") == navne
    assert manage(tom_database, "tjek_data", **ny).returncode == 0
    assert not (tmp_path / "ny").exists()


def test_a_trial_of_a_copy_stays_in_its_own_folder(monkeypatch, tmp_path):
    """Also where the files of the installation lie in S3."""
    monkeypatch.setenv("FIL_LAGER", "s3://n:h@s3.example.dk/den-rigtige")
    miljoeer = []

    def koer(ord_, **valg):
        miljoeer.append(valg["env"])
        return subprocess.CompletedProcess(ord_, 0, "", "")

    monkeypatch.setattr(proev_gendannelse.subprocess, "run", koer)
    call_command("proev_gendannelse", str(tmp_path / "kopi.zip"))
    assert [m["FIL_LAGER"] for m in miljoeer] == ["", ""]
