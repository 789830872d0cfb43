"""A stranger's file is read by a copy of a host that has read none: with its own memory, files and limits."""

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from helhedsplan import underproces

MODUL = "tests.helhedsplan.underprocesproever"
#: Every module that is run so.
LAESERE = {
    "aftaler.planfilproeve",
    "dokumenter.underskrift.isoleret",
    "dokumenter.underskrift.sammenlignet",
    "dokumenter.underskrift.skannet",
    "helhedsplan.blanksider",
    "helhedsplan.fremmedpdf",
    "helhedsplan.tabelfil.laeser",
}


def svar(hvad: str, sekunder: float | None = 30) -> str:
    return underproces.koer(MODUL, hvad.encode(), sekunder).decode()


def findes(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def venter_paa(betingelse) -> bool:
    frist = time.monotonic() + 30
    while not betingelse() and time.monotonic() < frist:
        time.sleep(0.01)
    return betingelse()


def test_svaret_er_modulets_ogsaa_naar_begge_veje_er_lange():
    langt = "a" * 5_000_000 + "b"
    assert svar("e" + langt) == langt[::-1]


def test_hver_fil_har_sin_egen_proces_af_samme_vaert():
    vaerter, egne = ({svar(hvad) for _ in range(3)} for hvad in "vp")
    assert vaerter == {str(underproces._vaert.proces.pid)}
    assert len(egne) == 3
    assert str(os.getpid()) not in egne | vaerter


def test_intet_af_en_fil_ses_ved_den_naeste():
    assert [svar("hden ene"), svar("hden anden")] == ["den ene", "den anden"]


def test_processen_har_ingen_aabne_filer_ud_over_sine_egne():
    """Not the line to the host either, on which it could ask for more time for another."""
    assert svar("f") == "0 1 2 3"


@pytest.mark.parametrize(
    ("hvad", "fejl"), [("x", underproces.Mislykket), ("t", underproces.ForTung), ("d", underproces.ForTung)]
)
def test_en_fejl_en_graense_og_et_nedbrud_er_hvert_sit_og_den_naeste_fil_laeses(hvad, fejl):
    start = time.monotonic()
    with pytest.raises(fejl):
        svar(hvad, 60)
    assert time.monotonic() - start < 45  # its second of work is up long before
    assert svar("eab") == "ba"


def test_en_fil_der_har_brugt_sit_arbejde_op_er_en_anden_ting_end_en_der_blev_ventet_paa():
    with pytest.raises(underproces.Opbrugt):
        svar("t", 60)
    with pytest.raises(underproces.Opbrugt):  # in C, where no handler of Python's is run
        svar("c", 60)
    for hvad, sekunder in (("s60", 0.3), ("d", 60)):
        with pytest.raises(underproces.ForTung) as fejl:
            svar(hvad, sekunder)
        assert type(fejl.value) is underproces.ForTung, hvad


def test_hukommelsen_har_en_graense_ud_over_hvad_bibliotekerne_tager():
    assert svar("m") == "\0"
    for modul in LAESERE:  # all of them in one host
        with suppress(underproces.ForTung, underproces.Mislykket):
            underproces.koer(modul, b"")
    assert svar("m") == "\0"


def test_en_proces_der_ikke_blev_faerdig_i_tide_lever_ikke_videre():
    pid = int(svar("p"))
    vaert = int(svar("v"))
    boern = lambda: Path(f"/proc/{vaert}/task/{vaert}/children").read_text().split()  # noqa: E731
    with pytest.raises(underproces.ForTung):
        svar("s60", 0.3)
    assert venter_paa(lambda: not boern())
    assert not findes(pid)


def test_en_vaert_der_er_holdt_op_erstattes():
    foerste = int(svar("v"))
    os.kill(foerste, signal.SIGKILL)
    assert svar("eab") == "ba"
    assert underproces._vaert.proces.pid != foerste
    assert venter_paa(lambda: not findes(foerste))


def test_en_vaert_som_ingen_beder_om_noget_holder_op(monkeypatch):
    import socket

    monkeypatch.setattr(underproces, "LEDIG", 0.05)
    her, der = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    gammel = signal.getsignal(signal.SIGCHLD)
    try:
        with her, der:
            underproces._vaer_vaert(der)
    finally:
        signal.signal(signal.SIGCHLD, gammel)


def test_vaerten_holder_op_med_den_proces_den_tjener():
    laes, skriv = os.pipe()
    if (barn := os.fork()) == 0:
        try:
            os.write(skriv, svar("v").encode())
        finally:
            os._exit(0)
    os.waitpid(barn, 0)
    vaert = int(os.read(laes, 20))
    os.close(laes), os.close(skriv)
    assert vaert != int(svar("v"))  # a process that was forked has a host of its own
    assert venter_paa(lambda: not findes(vaert))


def test_flere_traade_faar_hver_sit_svar():
    svarene = {}
    traade = [threading.Thread(target=lambda n=n: svarene.update({n: svar(f"e{n}0")})) for n in range(1, 9)]
    for traad in traade:
        traad.start()
    for traad in traade:
        traad.join()
    assert svarene == {n: f"0{n}" for n in range(1, 9)}


def test_et_modul_der_ikke_findes_er_intet_svar_om_filen():
    with pytest.raises(underproces.ForTung):
        underproces.koer("findes.ikke", b"")
    assert svar("eab") == "ba"


def test_alle_der_laeser_fremmede_filer_er_naevnt():
    rod = Path(underproces.__file__).parent.parent
    kald = {
        ".".join(fil.relative_to(rod).with_suffix("").parts)
        for rum in ("aftaler", "budget", "indikatorer", "dokumenter", "status", "moeder", "kalender", "helhedsplan")
        for fil in (rod / rum).rglob("*.py")
        if "underproces.koer(" in fil.read_text()
    }
    assert kald == LAESERE
