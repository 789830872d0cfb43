"""Two parties sign the samarbejdsaftale, and the file is checked, against bare pyHanko on the same bytes."""

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
    tider = medianer(
        {
            "bar pyHanko, to underskrifter": lambda: bar_pyhanko(udstedt, signer),
            "to parter i programmet": lambda: to_parter(udgave),
            "bar pyHanko, kontrol": lambda: bar_kontrol(underskrevet, roedder),
            "vores kontrol": lambda: valider(underskrevet, roedder),
            "fremmed fil, egen proces": lambda: undersoeg(underskrevet, roedder),
        },
        RUNDER,
        1,
    )
    print(f"\nUnderskrift af samarbejdsaftalen ({len(udstedt) // 1024} kB), medianer af {RUNDER} runder")
    for navn, ms in tider.items():
        bar = tider["bar pyHanko, to underskrifter" if "part" in navn or "to u" in navn else "bar pyHanko, kontrol"]
        print(f"{navn:<32} {ms:>8.1f} {ms / bar:>8.2f} x bar pyHanko")
    return tider


def en_udgave():
    """The agreement frozen and decided on, with two who can sign it."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from aftaler.choices import Godkendelsesniveau
    from aftaler.models import Helhedsplan
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
