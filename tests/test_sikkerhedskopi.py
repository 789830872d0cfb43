"""An installation in one file, and out of it again: what is in it, when it is refused, what comes of it elsewhere."""

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import QuerySet

from helhedsplan.models import Haendelse, Kaede, Udbakkebrev
from helhedsplan.revisionsspor import beregn_hash
from helhedsplan.sikkerhedskopi import kopifil, raekker
from helhedsplan.sikkerhedskopi.gendan import gendan
from helhedsplan.sikkerhedskopi.oejeblik import Kopifejl
from helhedsplan.sikkerhedskopi.tjek import alle_filer, tjek_data
from tests.dokumenter.dokumentdata import dokumentverden, frossen
from tests.factories import BilagFactory, KaedeFactory, SlettetFactory, UdbakkebrevFactory
from tests.test_migrationer import manage, tom_database  # noqa: F401 -- a fixture
from tests.verden import filer_som_raekkerne_siger

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def verden(settings, tmp_path):
    """A plan with a frozen edition, in an installation that has had its migrations and stores its files by itself."""
    settings.MEDIA_ROOT = tmp_path / "filer"
    settings.MIGRATION_MODULES = {}  # the suite makes its tables without them
    MigrationRecorder(connection).ensure_schema()
    for migration in MigrationExecutor(connection).loader.disk_migrations.items():
        for app, navn in (migration[0], *migration[1].replaces):
            MigrationRecorder(connection).record_applied(app, navn)
    v = dokumentverden()
    v.udgave = frossen(v)
    UdbakkebrevFactory()
    SlettetFactory(filer=[default_storage.save("bilag/i-papirkurven.txt", ContentFile(b"gemt"))])
    filer_som_raekkerne_siger()
    yield v
    MigrationRecorder.Migration.objects.all().delete()


@pytest.fixture
def kopi(verden, tmp_path):
    fil = tmp_path / "kopi.zip"
    call_command("sikkerhedskopi", str(fil))
    return fil


def manifest(fil: Path) -> dict:
    with zipfile.ZipFile(fil) as arkiv:
        return json.loads(arkiv.read("manifest.json"))


def ret(fil: Path, navn: str, nyt: bytes | None, **i_manifestet) -> None:
    """The same file with another part; its manifest put right with it when it is told how."""
    with zipfile.ZipFile(fil) as arkiv:
        dele = {n: arkiv.read(n) for n in arkiv.namelist()}
    dele |= {navn: nyt} if nyt is not None else {}
    if nyt is None:
        del dele[navn]
    dele["manifest.json"] = json.dumps(json.loads(dele["manifest.json"]) | i_manifestet).encode()
    with zipfile.ZipFile(fil, "w") as arkiv:
        for n, data in dele.items():
            arkiv.writestr(n, data)


def andetsteds(tmp_path: Path, navn: str = "ny") -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{tmp_path}/{navn}.sqlite3", "MEDIA_ROOT": str(tmp_path / f"{navn}-filer")}


# --- there and back --------------------------------------------------------------------------------------------------


def test_a_copy_is_tried_by_being_restored(kopi, capsys):
    call_command("proev_gendannelse", str(kopi))
    sagt = capsys.readouterr().out
    antal = sum(manifest(kopi)["tabeller"].values())
    assert f"2 planer, {antal} rækker, " in sagt.replace(".", "")
    assert "Alt er, som det var." in sagt
    assert "Alt passer sammen." in sagt


@pytest.mark.postgresql
def test_the_demo_goes_from_sqlite_to_postgresql_and_back(tmp_path, tom_database):  # noqa: F811
    """Every plan file, every stored file, every row and every chain; and the numbers that come next."""
    foerst, sidst = andetsteds(tmp_path, "foerst"), andetsteds(tmp_path, "sidst")
    i_midten = {"DATABASE_URL": tom_database, "MEDIA_ROOT": str(tmp_path / "midt-filer")}
    kopier = [tmp_path / f"{nr}.zip" for nr in range(3)]

    def koer(miljoe: dict, *ord_: str) -> str:
        url = miljoe["DATABASE_URL"]
        koert = manage(url, *ord_, **{n: v for n, v in miljoe.items() if n != "DATABASE_URL"} | {"DEBUG": "1"})
        assert (koert.returncode, koert.stderr) == (0, ""), ord_
        return koert.stdout

    koer(foerst, "migrate", "--verbosity", "0")
    koer(foerst, "demo")
    koer(foerst, "sikkerhedskopi", str(kopier[0]))
    koer(i_midten, "gendan", str(kopier[0]))
    koer(i_midten, "sikkerhedskopi", str(kopier[1]))
    koer(sidst, "gendan", str(kopier[1]))
    koer(sidst, "sikkerhedskopi", str(kopier[2]))
    m = [manifest(kopi) for kopi in kopier]
    assert len(m[0]["udskrifter"]) == 3
    assert len(m[0]["kaeder"]) == 4
    assert m[0]["tabeller"]["dokumenter_udgave"] and m[0]["tabeller"]["status_kvartalsstatus"]  # noqa: PT018
    for noegle in ("tabeller", "numre", "kaeder", "udskrifter", "mangler"):
        assert m[0][noegle] == m[1][noegle] == m[2][noegle], noegle
    filer = [{n: sha for n, sha in et["dele"].items() if n.startswith("filer/")} for et in m]
    assert len(filer[0]) > 5
    assert filer[0] == filer[1] == filer[2]
    assert "hel\n" in koer(i_midten, "revisionsspor")
    assert koer(i_midten, "tjek_data").startswith("Alt passer sammen.")


def test_what_is_written_meanwhile_is_not_in_the_copy(verden, tmp_path, monkeypatch):
    """Neither in the rows nor in the heads of the chains; and nobody waits for the copy."""

    def skriv():
        KaedeFactory(noegle="imens", nummer=7)
        connection.close()

    def foerst():
        traad = Thread(target=skriv)
        traad.start()
        traad.join(timeout=10)
        assert not traad.is_alive(), "the writer waited for the copy"
        return migreret()

    kendte, migreret = set(Kaede.objects.values_list("noegle", flat=True)), raekker.migreret
    monkeypatch.setattr(raekker, "migreret", foerst)
    m, _ = kopifil.skriv(tmp_path / "kopi.zip", [])
    assert set(m.kaeder) == kendte
    assert m.tabeller["helhedsplan_kaede"] == len(kendte)
    assert Kaede.objects.filter(noegle="imens").exists()


def test_a_number_that_was_used_is_not_used_again(verden, tmp_path):
    """The log tells of rows by their number, also of those that are gone."""
    sidste = KaedeFactory(noegle="sidste").pk
    Kaede.objects.filter(pk=sidste).delete()
    m, _ = kopifil.skriv(tmp_path / "kopi.zip", [])
    assert m.numre["helhedsplan_kaede"] == sidste
    apps = raekker.som_migreret(m.migrationer)
    raekker.saet_numre(apps, m.numre | {"helhedsplan_kaede": sidste + 500})
    assert raekker.numre(apps)["helhedsplan_kaede"] == sidste + 500
    assert KaedeFactory(noegle="ny").pk == sidste + 501


def kolonner(migrationer) -> set[tuple[str, str]]:
    tabeller = raekker.tabeller(raekker.som_migreret(migrationer))
    return {(tabel._meta.db_table, felt.column) for tabel in tabeller for felt in raekker.felter(tabel)}


def test_a_copy_from_before_a_migration_is_brought_here(verden, tmp_path, monkeypatch):
    graf = MigrationExecutor(connection).loader.graph
    alle = raekker.migreret()
    tidligere = (
        sorted({n for n in alle if yngste not in graf.forwards_plan(n)})
        for yngste in graf.leaf_nodes()
        if yngste[0] in {"aftaler", "budget", "dokumenter", "indikatorer", "moeder", "status"}
    )
    # The rows are read out of today's tables, so nothing may have been taken away since.
    foer = next(f for f in tidligere if kolonner(f) <= kolonner(alle))
    assert 0 < len(foer) < len(alle)
    monkeypatch.setattr(raekker, "migreret", lambda: foer)
    fil, ny = tmp_path / "kopi.zip", andetsteds(tmp_path)
    call_command("sikkerhedskopi", str(fil))
    koert = manage(ny["DATABASE_URL"], "gendan", str(fil), MEDIA_ROOT=ny["MEDIA_ROOT"])
    assert (koert.returncode, koert.stderr) == (0, "")
    assert manage(ny["DATABASE_URL"], "migrate", "--check").returncode == 0
    assert manage(ny["DATABASE_URL"], "udskriv", verden.plan.noegle, MEDIA_ROOT=ny["MEDIA_ROOT"]).returncode == 0


def test_a_copy_of_a_program_that_is_not_known_here_is_refused(kopi):
    m = manifest(kopi)
    ret(kopi, "LÆSMIG.txt", b"x", migrationer=[*m["migrationer"], ["aftaler", "0999_fremtid"]])
    m["dele"]["LÆSMIG.txt"] = hashlib.sha256(b"x").hexdigest()
    ret(kopi, "LÆSMIG.txt", b"x", dele=m["dele"])
    with pytest.raises(CommandError, match=r"kender ikke aftaler\.0999_fremtid"):
        call_command("gendan", str(kopi))


# --- refused before anything is written ------------------------------------------------------------------------------


def test_a_copy_with_any_byte_changed_is_refused_or_is_the_same(kopi, tmp_path):
    """What the change could reach is noticed, or it reached nothing."""
    hel, fil = kopi.read_bytes(), tmp_path / "skadet.zip"
    hel_manifest, afvist = manifest(kopi), 0
    # All of the first header and of the list at the end, where a byte says how the others are read.
    for sted in [*range(60), *range(60, len(hel), len(hel) // 60), *range(len(hel) - 150, len(hel))]:
        fil.write_bytes(hel[:sted] + bytes([hel[sted] ^ 0x20]) + hel[sted + 1 :])
        try:
            with kopifil.aabn(fil) as laest:
                assert laest.manifest.model_dump(mode="json") == hel_manifest
        except Kopifejl:
            afvist += 1
    assert afvist > 100


@pytest.mark.parametrize(
    ("skade", "besked"),
    [
        (lambda f: f.write_bytes(f.read_bytes()[:-1000]), "intet manifest|ikke en hel sikkerhedskopi"),
        (lambda f: f.write_bytes(b""), "ikke en hel sikkerhedskopi"),
        (lambda f: f.unlink(), "findes ikke"),
        (lambda f: ret(f, "LÆSMIG.txt", None), "ikke de dele"),
        (lambda f: ret(f, "filer/mere.pdf", b"x"), "ikke de dele"),
        (lambda f: ret(f, "raekker/helhedsplan_kaede.jsonl", b"[]\n"), "ikke, som den var"),
        (lambda f: ret(f, "LÆSMIG.txt", b"x", format=2), "manifest kan ikke læses"),
        (lambda f: ret(f, "manifest.json", None), "intet manifest"),
    ],
)
def test_a_damaged_copy_is_refused(kopi, skade, besked):
    try:
        skade(kopi)
    except KeyError:  # without a manifest there is none to put right
        with zipfile.ZipFile(kopi, "w") as arkiv:
            arkiv.writestr("x", b"x")
    with pytest.raises(CommandError, match=besked):
        call_command("gendan", str(kopi))


def test_a_copy_whose_rows_are_not_as_many_is_refused(kopi):
    m = manifest(kopi)
    m["tabeller"]["helhedsplan_kaede"] += 1
    ret(kopi, "LÆSMIG.txt", kopifil.OM.encode(), tabeller=m["tabeller"])
    with pytest.raises(CommandError, match="helhedsplan_kaede i kopien har ikke"):
        call_command("gendan", str(kopi))


@pytest.mark.parametrize("navn", ["../ude.pdf", "a/../../ude.pdf", "/ude.pdf", "..\\ude.pdf"])
def test_a_file_that_would_lie_outside_the_store_is_refused(kopi, navn):
    m = manifest(kopi)
    dele = m["dele"] | {f"filer/{navn}": hashlib.sha256(b"x").hexdigest()}
    ret(kopi, f"filer/{navn}", b"x", dele=dele)
    with pytest.raises(CommandError, match="ikke kan ligge i et lager"):
        call_command("gendan", str(kopi))


def test_only_an_empty_installation_is_restored_into(kopi, verden):
    foer = (Haendelse.objects.count(), sorted(alle_filer()))
    with pytest.raises(CommandError, match="Her er data i forvejen"):
        call_command("gendan", str(kopi))
    assert (Haendelse.objects.count(), sorted(alle_filer())) == foer


def test_files_that_are_another_s_are_not_mixed_in(kopi, tmp_path):
    ny = andetsteds(tmp_path)
    (tmp_path / "ny-filer").mkdir()
    (tmp_path / "ny-filer" / "fremmed.pdf").write_bytes(b"x")
    koert = manage(ny["DATABASE_URL"], "gendan", str(kopi), MEDIA_ROOT=ny["MEDIA_ROOT"])
    assert koert.returncode == 1
    assert "Her er filer i forvejen (fremmed.pdf)" in koert.stderr
    with closing(sqlite3.connect(tmp_path / "ny.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


@pytest.mark.ens_overalt  # of files
def test_a_file_that_a_stopped_try_has_only_begun_on_is_written_again(kopi, tmp_path):
    ny = andetsteds(tmp_path)
    with kopifil.aabn(kopi) as laest:
        navn = max(laest.manifest.filer)
        with laest.fil(navn) as fil:
            data = fil.read()
    halv = tmp_path / "ny-filer" / navn
    halv.parent.mkdir(parents=True)
    halv.write_bytes(data[: len(data) // 2])
    koert = manage(ny["DATABASE_URL"], "gendan", str(kopi), MEDIA_ROOT=ny["MEDIA_ROOT"])
    assert (koert.returncode, koert.stderr) == (0, "")
    assert halv.read_bytes() == data


@pytest.mark.ens_overalt  # of files
def test_what_a_killed_backup_leaves_goes_with_the_next_and_nobody_elses(tmp_path):
    efterladt, ny = (tmp_path / f"{kopifil.ARBEJDSMAPPE}{navn}" for navn in ("efterladt", "ny"))
    for mappe in (efterladt, ny):
        mappe.mkdir()
        (mappe / "helhedsplan.sqlite3").write_bytes(b"x")
    laenge_siden = time.time() - 2 * kopifil.NY_MAPPE
    os.utime(efterladt, (laenge_siden, laenge_siden))
    with kopifil.arbejdsmappe(tmp_path) as i_brug:
        assert (efterladt.exists(), ny.exists()) == (False, True)
        os.utime(i_brug, (laenge_siden, laenge_siden))
        with kopifil.arbejdsmappe(tmp_path) as anden:
            assert i_brug.exists()
    assert sorted(tmp_path.iterdir()) == [ny]
    assert anden != i_brug


def test_killed_in_the_middle_it_can_be_restored_again(kopi, tmp_path):
    ny = andetsteds(tmp_path)
    miljoe = os.environ | ny | {"SECRET_KEY": "kun-til-test", "ALLOWED_HOSTS": "localhost"}
    with subprocess.Popen(
        [sys.executable, "manage.py", "gendan", str(kopi)], cwd=settings.BASE_DIR, env=miljoe, stderr=subprocess.DEVNULL
    ) as proces:
        frist = time.monotonic() + 120
        while proces.poll() is None and not list((tmp_path / "ny-filer").rglob("*.pdf")) and time.monotonic() < frist:
            time.sleep(0.005)
        proces.send_signal(signal.SIGKILL)
    igen = manage(ny["DATABASE_URL"], "gendan", str(kopi), MEDIA_ROOT=ny["MEDIA_ROOT"])
    assert igen.returncode == 0 or "Her er data i forvejen" in igen.stderr
    assert manage(ny["DATABASE_URL"], "tjek_data", MEDIA_ROOT=ny["MEDIA_ROOT"]).returncode == 0
    with closing(sqlite3.connect(tmp_path / "ny.sqlite3")) as database:
        antal = database.execute("SELECT count(*) FROM helhedsplan_haendelse").fetchone()[0]
    assert antal == manifest(kopi)["tabeller"]["helhedsplan_haendelse"]


def test_killed_while_the_tables_are_made_it_can_be_restored_again(kopi, tmp_path):
    ny = andetsteds(tmp_path)
    assert manage(ny["DATABASE_URL"], "migrate", "contenttypes").returncode == 0  # as far as it came
    igen = manage(ny["DATABASE_URL"], "gendan", str(kopi), MEDIA_ROOT=ny["MEDIA_ROOT"])
    assert "Alt er, som det var." in igen.stdout, igen.stderr


def test_a_database_that_does_not_answer_is_told_in_one_line(kopi):
    for kommando in (["gendan", str(kopi)], ["sikkerhedskopi", f"{kopi}.ny"], ["tjek_data"]):
        koert = manage("postgres://ingen@127.0.0.1:1/ingen", *kommando, EMAIL_URL="konsol:")
        assert koert.returncode == 1
        assert "Databasen svarer ikke, som den skal: " in koert.stderr
        assert "Traceback" not in koert.stderr


def test_a_place_that_cannot_be_tried_in_is_not_blamed_on_the_copy(kopi, capsys):
    with pytest.raises(CommandError, match="om det er kopien eller stedet"):
        call_command("proev_gendannelse", str(kopi), database="sqlite:////findes/ikke/proeve.sqlite3")


@pytest.mark.ens_overalt  # of files
@pytest.mark.parametrize("hvad", ["papir", "bilag"])
def test_a_copy_of_what_was_incomplete_is_restored_and_told(verden, tmp_path, hvad):
    vaek = (verden.udgave.pdf if hvad == "papir" else BilagFactory(plan=verden.plan).fil).name
    default_storage.delete(vaek)
    with pytest.raises(CommandError, match="Kopien er taget"):
        call_command("sikkerhedskopi", str(tmp_path / "kopi.zip"))
    assert manifest(tmp_path / "kopi.zip")["mangler"] == [vaek]
    with pytest.raises(CommandError, match="kopien er gendannet, men"):
        call_command("proev_gendannelse", str(tmp_path / "kopi.zip"))


def test_a_file_that_is_thrown_away_while_the_copy_is_made_does_not_stop_it(verden, tmp_path, monkeypatch):
    default_storage.save("loest.pdf", ContentFile(b"x"))
    filer = list(alle_filer())
    default_storage.delete("loest.pdf")
    monkeypatch.setattr(kopifil, "alle_filer", lambda: filer)
    call_command("sikkerhedskopi", str(tmp_path / "kopi.zip"))
    assert "filer/loest.pdf" not in manifest(tmp_path / "kopi.zip")["dele"]


# --- making it -------------------------------------------------------------------------------------------------------


def test_a_copy_is_never_written_over_another_file(verden, tmp_path):
    fil = tmp_path / "kopi.zip"
    fil.write_bytes(b"noget andet")
    with pytest.raises(CommandError, match="findes i forvejen"):
        call_command("sikkerhedskopi", str(fil))
    assert fil.read_bytes() == b"noget andet"


def test_a_full_disk_leaves_nothing_behind(verden, tmp_path, monkeypatch):
    mappe = tmp_path / "kopier"
    mappe.mkdir()

    def fuld(nr):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fuld)
    with pytest.raises(CommandError, match="Kopien kunne ikke skrives"):
        call_command("sikkerhedskopi", str(mappe / "kopi.zip"))
    assert list(mappe.iterdir()) == []


def test_only_its_owner_may_read_it_and_nobody_s_login_is_in_it(kopi):
    assert kopi.stat().st_mode & 0o777 == 0o600
    assert "raekker/django_session.jsonl" not in manifest(kopi)["dele"]


def test_a_file_that_is_missing_is_told_and_the_rest_is_kept(verden, tmp_path, capsys):
    pdf = verden.udgave.pdf.name
    default_storage.delete(pdf)
    with pytest.raises(CommandError, match="mangler 1 fil, og 0 kæder er brudt"):
        call_command("sikkerhedskopi", str(tmp_path / "kopi.zip"))
    assert pdf in capsys.readouterr().err
    assert manifest(tmp_path / "kopi.zip")["mangler"] == [pdf]


def test_a_chain_that_was_broken_is_told_when_the_copy_is_made_and_not_blamed_on_the_restore(verden, tmp_path, capsys):
    with connection.cursor() as markoer:
        markoer.execute("UPDATE helhedsplan_haendelse SET handling = 'noget andet' WHERE nummer = 1")
    fil = tmp_path / "kopi.zip"
    with pytest.raises(CommandError, match="mangler 0 filer, og 1 kæde er brudt"):
        call_command("sikkerhedskopi", str(fil))
    assert f"Brudt i forvejen: kæden {verden.plan.noegle}" in capsys.readouterr().err
    ryd_alt()
    with kopifil.aabn(fil) as laest:
        assert not [linje for linje in gendan(laest, list) if linje.startswith("Kæden")]


def ryd_alt() -> None:
    call_command("flush", interactive=False, verbosity=0)
    for navn in list(alle_filer()):
        default_storage.delete(navn)


def test_a_chain_that_is_written_anew_holds_but_not_against_a_copy(kopi, verden, capsys):
    """Somebody with the key to the database changes an entry and reckons all hashes after it again."""
    call_command("revisionsspor", "--mod", str(kopi))
    forrige = ""
    for haendelse in Haendelse.objects.filter(kaede=verden.plan.noegle).order_by("nummer"):
        haendelse.handling = "noget andet" if haendelse.nummer == 1 else haendelse.handling
        haendelse.forrige_hash, nye = forrige, {"handling": haendelse.handling, "forrige_hash": forrige}
        forrige = nye["hash"] = beregn_hash(haendelse)
        QuerySet(Haendelse).filter(pk=haendelse.pk).update(**nye)
    Kaede.objects.filter(noegle=verden.plan.noegle).update(hash=forrige)
    call_command("revisionsspor")
    with pytest.raises(CommandError, match=f"Brudt: {verden.plan.noegle}"):
        call_command("revisionsspor", "--mod", str(kopi))
    assert "kæden er skrevet om siden" in capsys.readouterr().out


def test_a_chain_that_is_gone_is_missed_against_a_copy(kopi, verden):
    QuerySet(Haendelse).filter(kaede=verden.plan.noegle).delete()
    Kaede.objects.filter(noegle=verden.plan.noegle).delete()
    call_command("revisionsspor")
    with pytest.raises(CommandError, match=f"Brudt: {verden.plan.noegle}"):
        call_command("revisionsspor", "--mod", str(kopi))


# --- what does not hang together -------------------------------------------------------------------------------------


def fundet() -> list[tuple[str, bool]]:
    return [(f.tekst, f.alvorlig) for f in tjek_data()]


def test_all_that_hangs_together_is_told_in_one_line(verden, capsys):
    call_command("tjek_data")
    assert capsys.readouterr().out == "Alt passer sammen.\n"


def test_a_row_without_its_file(verden):
    default_storage.delete(verden.udgave.pdf.name)
    ((tekst, alvorlig),) = fundet()
    assert tekst.startswith(f"{verden.udgave.pdf.name} mangler i lageret. ")
    assert alvorlig
    with pytest.raises(CommandError, match="1 fejl og 0 bemærkninger"):
        call_command("tjek_data")


def test_an_edition_whose_pdf_is_not_its_hash(verden):
    navn = verden.udgave.pdf.name
    (Path(settings.MEDIA_ROOT) / navn).write_bytes(b"%PDF-1.7 en anden")
    assert [("er ikke den fil, der blev gemt" in tekst, alvorlig) for tekst, alvorlig in fundet()] == [(True, True)]


def test_a_file_without_a_row_is_a_remark(verden, capsys):
    default_storage.save("bilag/forladt.pdf", ContentFile(b"x"))
    call_command("tjek_data")
    assert "bilag/forladt.pdf ligger i lageret, men ingen række peger på den." in capsys.readouterr().out


def test_a_picture_that_only_a_frozen_edition_shows_has_its_row_there(verden):
    navn = default_storage.save("billeder/frossen.png", ContentFile(b"x"))
    type(verden.udgave)._base_manager.filter(pk=verden.udgave.pk).update(indhold=verden.udgave.indhold | {"x": navn})
    assert fundet() == []


def test_a_broken_chain(verden):
    with connection.cursor() as markoer:
        markoer.execute("UPDATE helhedsplan_haendelse SET handling = 'noget andet' WHERE nummer = 1")
    assert any("er ændret" in tekst and alvorlig for tekst, alvorlig in fundet())


def test_what_is_not_as_it_was_after_a_restore_is_told(kopi, verden):
    """Held against the manifest, and not against the rows that the copy happens to have."""
    m = manifest(kopi)
    kaede = next(iter(m["kaeder"]))
    ret(kopi, "LÆSMIG.txt", kopifil.OM.encode(), kaeder=m["kaeder"] | {kaede: {"nummer": 9, "hash": "x", "hel": True}})
    ryd_alt()
    with kopifil.aabn(kopi) as laest:
        assert gendan(laest, list) == [
            f"Kæden {kaede} ender ikke, hvor den endte.",
            *(f"Planen {noegle} skrives ikke ud, som den blev." for noegle in sorted(m["udskrifter"])),
        ]
    # What waited may have gone since the copy was made.
    assert [(b.holdt is None, b.sendt) for b in Udbakkebrev.objects.all()] == [(False, None)]
