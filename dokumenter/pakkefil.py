"""The package to Landsbyggefonden as one ZIP file: the papers, a contents list, metadata for the journal, and SHA-256.

Nothing in it says "now": the same editions give the same bytes.
"""

import json
import posixpath
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import timezone

from aftaler.models import Bilag, Helhedsplan
from dokumenter import lager, oejebliksbillede
from dokumenter.arkiv import zip_arkiv
from dokumenter.choices import Filart
from dokumenter.models import Udgave
from dokumenter.queries.pakke import Pakkedokument
from helhedsplan.csvfil import som_csv
from helhedsplan.felter import sagt_tid
from helhedsplan.formats import kort_dato
from helhedsplan.noegler import unik_noegle

#: Compressed already.
PAKKEDE = frozenset({"pdf", "docx", "xlsx", "png", "jpg", "jpeg", "zip"})
MANIFEST, INDHOLD = "sha256.txt", "00-indholdsfortegnelse"


@dataclass(frozen=True)
class Pakkelinje:
    """A file of the package as the journal records it. `udgivet_sha256` is that of the edition before signatures."""

    fil: str
    titel: str
    dato: str
    tema: str
    parter: tuple[str, ...]
    version: str
    id: str
    sha256: str
    udgivet_sha256: str
    stoerrelse: int
    forbehold: str = ""
    """that the edition was frozen with gaps, which, and why; and that the plan says something else since"""


KOLONNER = {
    "fil": "Fil",
    "titel": "Titel",
    "dato": "Dato",
    "tema": "Tema",
    "parter": "Parter",
    "version": "Version",
    "id": "Dokument-id",
    "sha256": "SHA-256",
    "udgivet_sha256": "SHA-256 af den udstedte fil",
    "stoerrelse": "Størrelse i byte",
    "forbehold": "Forbehold",
}


@dataclass(frozen=True)
class Pakkeindhold:
    linjer: tuple[Pakkelinje, ...]
    data: bytes

    def som_data(self) -> list[dict]:
        return [asdict(linje) | {"parter": list(linje.parter)} for linje in self.linjer]


def byg(plan: Helhedsplan, dokumenter: list[Pakkedokument], forbehold: str = "") -> Pakkeindhold:
    """forbehold: what the whole package is made in spite of, and why.

    Raises lager.Lagerfejl when a kept file is gone or changed.
    """
    filer: list[tuple[Pakkelinje, bytes]] = []
    for nr, dokument in enumerate(dokumenter, 1):
        filer += _udgave(plan, nr, dokument) if dokument.udgave else _bilag(plan, nr, dokument)
    linjer = tuple(linje for linje, _ in filer)
    egne = [
        (f"{INDHOLD}.html", _indholdsfortegnelse(plan, linjer, forbehold)),
        (f"{INDHOLD}.csv", _csv(linjer)),
        ("metadata.json", _json(plan, linjer, forbehold)),
    ]
    alle = [*egne, *((linje.fil, data) for linje, data in filer)]
    manifest = "".join(f"{lager.sha256(data)}  {navn}\n" for navn, data in alle)
    return Pakkeindhold(linjer, zip_arkiv([*alle, (MANIFEST, manifest.encode())], PAKKEDE))


def _udgave(plan: Helhedsplan, nr: int, dokument: Pakkedokument) -> list[tuple[Pakkelinje, bytes]]:
    udgave = dokument.udgave
    assert udgave is not None  # noqa: S101 -- asked by the caller
    parter = _parter(udgave)
    ud = []
    scan = 0
    for revision in dokument.filer:
        er_scan = revision.art == Filart.SCANNET
        scan += er_scan
        stamme = "-".join(filter(None, [f"{nr:02}", dokument.art, dokument.emne, f"udgave-{udgave.nummer}"]))
        navn = f"{stamme}{f'-scan-{scan}' if er_scan else ''}{_endelse(revision.fil.name)}"
        data = lager.hent(revision.fil.name, revision.sha256)
        linje = Pakkelinje(
            fil=navn,
            titel=f"{udgave.titel}{f', scannet papir {scan}' if er_scan else ''}",
            dato=timezone.localdate(udgave.frosset).isoformat(),
            tema=_tema(plan, dokument.navn),
            parter=parter,
            version=f"Udgave {udgave.nummer}",
            id=udgave.dokument_id,
            sha256=revision.sha256,
            udgivet_sha256=udgave.pdf_sha256,
            stoerrelse=len(data),
            forbehold=" ".join(filter(None, [udgave.forbehold, dokument.aendret and f"{dokument.aendret}."])),
        )
        ud.append((linje, data))
    return ud


def _bilag(plan: Helhedsplan, nr: int, dokument: Pakkedokument) -> list[tuple[Pakkelinje, bytes]]:
    ud = []
    brugte: list[str] = []
    for bilag in dokument.bilag:
        data = lager.hent(bilag.fil.name, bilag.sha256)
        brugte.append(unik_noegle(bilag.titel, brugte))
        navn = f"{nr:02}-{dokument.art}-{brugte[-1]}{_endelse(bilag.filnavn)}"
        linje = Pakkelinje(
            fil=navn,
            titel=bilag.titel,
            dato=bilag.underskrevet.isoformat() if bilag.underskrevet else "",
            tema=_tema(plan, dokument.navn),
            parter=(),
            version=_underskrevet(bilag),
            id=f"{plan.noegle}/{dokument.art}/{bilag.sha256[:12]}",
            sha256=bilag.sha256,
            udgivet_sha256="",
            stoerrelse=len(data),
        )
        ud.append((linje, data))
    return ud


def _underskrevet(bilag: Bilag) -> str:
    """When a paper that is put in as a file was signed, as it is told; '' where nobody has said."""
    hvornaar = sagt_tid(bilag, "underskrevet")
    return "" if hvornaar.er_mangler else f"Underskrevet {hvornaar}".replace("Underskrevet ikke", "Underskrevet, ikke")


def _parter(udgave: Udgave) -> tuple[str, ...]:
    """Those of the frozen paper, not of the plan as it is now."""
    parter = oejebliksbillede.fra_json(udgave.indhold, str(udgave)).papir.parter
    return tuple(p if isinstance(p, str) else p.navn for p in parter)


def _tema(plan: Helhedsplan, navn: str) -> str:
    return f"{navn} i {plan.navn}"


def _endelse(navn: str) -> str:
    return posixpath.splitext(navn)[1].lower()


def _csv(linjer: tuple[Pakkelinje, ...]) -> bytes:
    raekker: list[Sequence[object]] = [list(KOLONNER.values())]
    for linje in linjer:
        felter = asdict(linje) | {"parter": ", ".join(linje.parter)}
        raekker.append([felter[navn] for navn in KOLONNER])
    return b"".join(som_csv(raekker))


def _json(plan: Helhedsplan, linjer: tuple[Pakkelinje, ...], forbehold: str) -> bytes:
    periode = plan.perioden()
    data = {
        "plan": {
            "noegle": plan.noegle,
            "navn": plan.navn,
            "lbf_sagsnummer": plan.lbf_sagsnummer,
            "lbf_sagsnumre": [{"nummer": s.nummer, "gaelder": s.gaelder} for s in plan.sagsnumre.all()],
            "periode_fra": _iso(plan.periode_fra),
            "periode_til": _iso(periode.til.tidligst if periode.til.er_praecis else None),
        }
        | ({} if periode.fra.er_praecis and periode.til.er_praecis and not periode.lag else {"periode": periode.i_ord}),
        "forbehold": forbehold,
        "dokumenter": [asdict(linje) | {"parter": list(linje.parter)} for linje in linjer],
    }
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _iso(dag: date | None) -> str | None:
    return dag.isoformat() if dag else None


def _indholdsfortegnelse(plan: Helhedsplan, linjer: tuple[Pakkelinje, ...], forbehold: str) -> bytes:
    raekker = [(linje, kort_dato(date.fromisoformat(linje.dato)) if linje.dato else "–") for linje in linjer]
    kontekst = {"plan": plan, "raekker": raekker, "forbehold": forbehold}
    return render_to_string("dokumenter/pakkeindhold.html", kontekst).encode()
