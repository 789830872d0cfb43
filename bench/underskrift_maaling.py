"""The samarbejdsaftale is frozen and fetched, against bare WeasyPrint on the same paper; two parties sign it and the
file is checked, against bare pyHanko on the same bytes.
"""

import io
from pathlib import Path

PLAN = "vejleaaparken-2021-2025"
RUNDER = 5


def maal() -> dict[str, float]:
    """Needs the database that `bench.__main__` has made. Prints and returns the medians in milliseconds."""
    from django.conf import settings

    from bench.maaling import medianer
    from dokumenter import lager
    from dokumenter.underskrift.certifikater import segl
    from dokumenter.underskrift.isoleret import undersoeg
    from dokumenter.underskrift.valider import valider

    settings.UNDERSKRIFT["DEMOMAPPE"] = Path(settings.MEDIA_ROOT) / "underskrift"
    udgave = en_udgave()
    udstedt = lager.hent(udgave.pdf.name, udgave.pdf_sha256)
    with segl() as valgt:
        signer, roedder = valgt.signer, valgt.roedder
    underskrevet = bar_pyhanko(udstedt, signer)
    underskriv = {
        "bar pyHanko, to underskrifter": lambda: bar_pyhanko(udstedt, signer),
        "to parter i programmet": lambda: to_parter(udgave),
    }
    kontrol = {
        "bar pyHanko, kontrol": lambda: bar_kontrol(underskrevet, roedder),
        "vores kontrol": lambda: valider(underskrevet, roedder),
        "fremmed fil, egen proces": lambda: undersoeg(underskrevet, roedder),
    }
    frys_den = frysning(udgave)
    tider: dict[str, float] = {}
    for overskrift, opgaver in {
        "Frysning og hentning af samarbejdsaftalen": frys_den,
        f"Underskrift af samarbejdsaftalen ({len(udstedt) // 1024} kB)": underskriv,
        "Kontrol af underskrifterne": kontrol,
    }.items():
        maalt = medianer(opgaver, RUNDER, 1)
        vis(overskrift, maalt, opgaver)
        tider |= maalt
    return tider


def vis(overskrift: str, tider: dict[str, float], opgaver: dict) -> None:
    """Time and the peak of what Python asks for in this process, each also as so many times the first task's."""
    from bench.sammenlign_maaling import hoejest_mb

    megabyte = {navn: hoejest_mb(opgave) for navn, opgave in opgaver.items()}
    bar = next(iter(tider))
    print(f"\n{overskrift}, medianer af {RUNDER} runder")
    print(f"{'':<32} {'ms':>8} {'x bar':>8} {'højest MB':>10} {'x bar':>8}")
    for navn, ms in tider.items():
        print(
            f"{navn:<32} {ms:>8.1f} {ms / tider[bar]:>8.3f} "
            f"{megabyte[navn]:>10.1f} {megabyte[navn] / megabyte[bar]:>8.3f}"
        )


def frysning(udgave) -> dict:
    """Freezing with all that belongs to it, and the file fetched from storage as the web server hands it out."""
    from django.urls import reverse

    from aftaler import pdf
    from bench.__main__ import logget_ind
    from bench.pdf_maaling import bar_weasyprint
    from dokumenter.actions.udgave import hent_billede
    from helhedsplan.pdf import kun_kendte_tegn

    billeder: dict[str, bytes] = {}
    billede = hent_billede(udgave)
    html = kun_kendte_tegn(pdf.papir_html(billede.papir, billeder, stempel=billede.stempel))
    hent = logget_ind(udgave.plan.medlemskaber.first().bruger)
    adresse = reverse("udgave-pdf", args=[udgave.plan.noegle, udgave.pk])
    return {
        "bar WeasyPrint": lambda: bar_weasyprint(html, billeder),
        "frys: billede, PDF, rækker, log": lambda: frys_og_fortryd(udgave.plan),
        "anden hentning, fra lageret": lambda: hent(adresse),
    }


def frys_og_fortryd(plan) -> None:
    from django.db import transaction

    from dokumenter.actions.udgave import frys
    from helhedsplan.rettigheder import PROGRAMMET

    with transaction.atomic():
        frys(bruger=PROGRAMMET, plan=plan, art="samarbejdsaftale")
        transaction.set_rollback(True)


def en_udgave():
    """The agreement frozen and decided on, with two who can sign it."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from aftaler.choices import Godkendelsesniveau
    from aftaler.models import Helhedsplan
    from dokumenter import lager
    from dokumenter.actions.bilag import Fil
    from dokumenter.actions.udgave import frys, godkend
    from dokumenter.actions.underskrift import vaelg_underskriver
    from dokumenter.choices import Resultat
    from helhedsplan.rettigheder import PROGRAMMET

    plan = Helhedsplan.objects.get(noegle=PLAN)
    udgave = frys(bruger=PROGRAMMET, plan=plan, art="samarbejdsaftale")
    godkend(
        bruger=PROGRAMMET,
        udgave=udgave,
        niveau=Godkendelsesniveau.BESTYRELSE,
        resultat=Resultat.GODKENDT,
        dato=timezone.localdate(),
        besluttet_af="Bestyrelsen",
        pdf_sha256=udgave.pdf_sha256,
        bilag=Fil(lager.hent(udgave.pdf.name, udgave.pdf_sha256), "referat.pdf"),
    )
    brugere = get_user_model().objects.filter(email__startswith="bestyrelse").order_by("email")
    for underskriver, bruger in zip(udgave.underskrivere.all(), brugere, strict=False):
        vaelg_underskriver(bruger=PROGRAMMET, underskriver=underskriver, felter={"bruger": bruger}, version=None)
    return udgave


def to_parter(udgave) -> None:
    """Both sign, with lock, files, rows and log; then all of it is undone for the next round."""
    from django.db import transaction

    from dokumenter.actions.underskrift import underskriv
    from dokumenter.models import Underskriver

    with transaction.atomic():
        for underskriver in (
            Underskriver.objects.filter(udgave=udgave).exclude(bruger=None).select_related("bruger")[:2]
        ):
            underskriv(bruger=underskriver.bruger, underskriver=underskriver)
        transaction.set_rollback(True)


def bar_pyhanko(pdf: bytes, signer) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    for felt in ("Underskrift1", "Underskrift2"):
        metadata = PdfSignatureMetadata(field_name=felt, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256")
        pdf = PdfSigner(metadata, signer=signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf))).getvalue()
    return pdf


def bar_kontrol(pdf: bytes, roedder: tuple) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    for underskrift in PdfFileReader(io.BytesIO(pdf)).embedded_signatures:
        validate_pdf_signature(underskrift, ValidationContext(trust_roots=list(roedder)))
