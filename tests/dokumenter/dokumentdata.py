"""A plan whose rule set asks for papers, and the steps of an edition: frozen, approved, in force."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dokumenter.actions.bilag import Fil
from dokumenter.actions.udgave import frys, godkend, saet_i_kraft
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.factories import en_pdf
from tests.verden import verden


def referat() -> SimpleUploadedFile:
    """Minutes as a browser sends them."""
    return SimpleUploadedFile("referat.pdf", en_pdf(), "application/pdf")


BILAG = Fil(en_pdf(), "referat.pdf")


def dokumentverden():
    v = verden(fase="i_gang")
    regelsaet = v.plan.regelsaet
    for orden, (art, felter) in enumerate(
        {
            "samarbejdsaftale": {"underskrives": True},
            "delaftale": {"underskrives": True, "pr_indsatsomraade": True},
            "budget": {},
            "beredskabsplan": {"verificeret": "nej"},
            "indberetningsskema": {},
        }.items()
    ):
        valg = {"underskrives": False, "pr_indsatsomraade": False, "navn": art.capitalize()} | felter
        f.DokumentkravFactory(regelsaet=regelsaet, art=art, orden=orden, **valg)
    for beroerer, niveau in {"aktivitet": 1, "delaftale": 2, "karakter": 2, "samarbejdsaftale": 3}.items():
        f.GodkendelsesregelFactory(regelsaet=regelsaet, beroerer=beroerer, niveau=niveau)
    f.GodkendelsesregelFactory(regelsaet=regelsaet, beroerer="stoerre", niveau=3)
    return v


def url(v, navn, *args):
    return reverse(navn, args=[v.plan.noegle, *args])


def frossen(v, art="beredskabsplan", emne="", **valg):
    return frys(bruger=PROGRAMMET, plan=v.plan, art=art, emne=emne, **valg)


def godkendt(v, udgave, niveau=2):
    godkend(
        bruger=PROGRAMMET, udgave=udgave, niveau=niveau, resultat="godkendt", dato=timezone.localdate(),
        besluttet_af="Bestyrelsen", pdf_sha256=udgave.pdf_sha256, reference="LBF 1", bilag=BILAG,
    )  # fmt: skip
    return udgave


def i_kraft(v, udgave, dage=0):
    dag = timezone.localdate() + timedelta(dage)
    saet_i_kraft(bruger=PROGRAMMET, udgave=udgave, dato=dag, version=None, grund="Det er aftalt." if dage < 0 else "")
    return udgave
