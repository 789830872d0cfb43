"""Two editions of about 30 pages held up against each other, and packages, against bare WeasyPrint in the same run."""

import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

PLAN = "vejleaaparken-2021-2025"
RUNDER, PLANER = 3, 18


def maal() -> None:
    """Needs the database that `bench.__main__` has made."""
    from aftaler import pdf
    from aftaler.models import Helhedsplan
    from aftaler.queries import dokument
    from bench.maaling import medianer
    from bench.pdf_maaling import bar_weasyprint
    from dokumenter import pakkefil
    from dokumenter.blokke import blokdokument
    from dokumenter.sammenlign import html, sammenlign
    from dokumenter.sammenlign.resume import resume
    from dokumenter.views.sammenlign import billedhenter
    from dokumenter.word import docx, docx_forskel
    from helhedsplan.pdf import kun_kendte_tegn

    plan = Helhedsplan.objects.select_related("regelsaet").get(noegle=PLAN)
    papir = dokument.samarbejdsaftale(plan)
    billeder: dict[str, bytes] = {}
    gammelt, nyt = (_udgave(papir, rettet) for rettet in (False, True))
    trykt = kun_kendte_tegn(pdf.papir_html(gammelt, billeder))
    foer, efter = (blokdokument(p, dokument_id="bench") for p in (gammelt, nyt))
    hent = billedhenter(plan)

    def paa_siden():
        return html.viste(sammenlign(*(blokdokument(p) for p in (gammelt, nyt)))), resume(gammelt, nyt)

    pakken = _dokumenter(plan, bar_weasyprint(trykt, billeder))
    opgaver: dict[str, Callable] = {
        "bar WeasyPrint": lambda: bar_weasyprint(trykt, billeder),
        "rettelser på siden": paa_siden,
        "rettelser i Word": lambda: docx_forskel(foer, efter, hent, forfatter="Måling", dato=None),
        "udgaven i Word": lambda: docx(efter, hent),
        "pakke af en plan": lambda: pakkefil.byg(plan, pakken),
        f"pakker af {PLANER} planer": lambda: [pakkefil.byg(plan, pakken) for _ in range(PLANER)],
    }
    tider = medianer(opgaver, RUNDER, 1)
    bar = tider["bar WeasyPrint"]
    sider = _sider(opgaver["bar WeasyPrint"]())
    print(f"\nTo udgaver på {sider} sider og pakker med {len(pakken)} dokumenter, medianer af {RUNDER} runder")
    hoejest = {navn: hoejest_mb(opgave) for navn, opgave in opgaver.items()}
    print(f"{'':<24} {'ms':>8} {'x WeasyPrint':>13} {'højest MB':>10} {'x WeasyPrint':>13}")
    for navn, ms in tider.items():
        forhold = hoejest[navn] / hoejest["bar WeasyPrint"]
        print(f"{navn:<24} {ms:>8.1f} {ms / bar:>13.3f} {hoejest[navn]:>10.1f} {forhold:>13.3f}")


def _udgave(papir, rettet: bool):
    """The paper made as long as 30 pages; in the later edition every fourth section says something else."""
    afsnit = [replace(a, noegle=f"{a.noegle}-{nr}") for nr in range(2) for a in papir.afsnit]
    if rettet:
        afsnit = [
            replace(a, tekst=a.tekst.replace("området", "boligområdet") + "<p>Et nyt afsnit.</p>") if nr % 4 == 0 else a
            for nr, a in enumerate(afsnit)
        ]
    return replace(papir, afsnit=tuple(afsnit))


def _dokumenter(plan, data: bytes) -> list:
    """Eleven papers of a plan with a true snapshot, each with a file of 30 pages."""
    from aftaler.queries.dokument import Udgavestempel
    from dokumenter import lager, oejebliksbillede
    from dokumenter.choices import Filart
    from dokumenter.models import Filrevision, Udgave
    from dokumenter.queries.pakke import Pakkedokument

    papir = oejebliksbillede.udkast(plan, "samarbejdsaftale")
    tid = datetime(2026, 1, 1, tzinfo=UTC)
    stempel = Udgavestempel(1, date(2026, 1, 1), tid, "")
    billede = oejebliksbillede.frossen(plan, "samarbejdsaftale", "", papir, stempel)
    indhold = oejebliksbillede.som_json(billede)
    ud = []
    for nr in range(11):
        egne = data + f"%{nr}".encode()
        navn, maerke = lager.gem(egne, "udgaver", ".pdf")
        udgave = Udgave(
            plan=plan, art="delaftale", emne=f"emne-{nr}", nummer=1, titel=f"Dokument {nr}", dokument_id=f"bench/{nr}",
            indhold=indhold, pdf_sha256=maerke, frosset=tid,
        )  # fmt: skip
        revision = Filrevision(udgave=udgave, nummer=1, art=Filart.UDSTEDT, fil=navn, sha256=maerke)
        ud.append(Pakkedokument(f"Dokument {nr}", "delaftale", f"emne-{nr}", udgave, (revision,)))
    return ud


def _sider(pdf: bytes) -> int:
    from io import BytesIO

    from pypdf import PdfReader

    return len(PdfReader(BytesIO(pdf)).pages)


def hoejest_mb(opgave: Callable) -> float:
    """Peak of what Python asked for, in MB, in one run of its own."""
    tracemalloc.start()
    opgave()
    _, top = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return top / 1e6
