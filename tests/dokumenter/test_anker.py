"""An issued paper carries the heads of the log's chains, and the log is held against them."""

from io import StringIO

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from dokumenter import lager
from helhedsplan import revisionsspor
from helhedsplan.models import Haendelse, Kaede
from helhedsplan.revisionsspor import beregn_hash
from tests import factories as f
from tests.anker import kaeder
from tests.dokumenter.dokumentdata import dokumentverden, frossen


def proev(fil, *ord_) -> str:
    ud = StringIO()
    try:
        call_command("revisionsspor", *ord_, "--mod", str(fil), stdout=ud)
    except CommandError as fejl:
        return f"{ud.getvalue()}! {fejl}"
    return ud.getvalue()


def skriv_om(plan) -> None:
    """Change the first entry, and reckon all hashes after it again: the chain holds."""
    forrige = ""
    for haendelse in Haendelse.objects.filter(kaede=plan.noegle).order_by("nummer"):
        haendelse.handling = "noget andet" if haendelse.nummer == 1 else haendelse.handling
        haendelse.forrige_hash, nye = forrige, {"handling": haendelse.handling, "forrige_hash": forrige}
        forrige = nye["hash"] = beregn_hash(haendelse)
        QuerySet(Haendelse).filter(pk=haendelse.pk).update(**nye)
    Kaede.objects.filter(noegle=plan.noegle).update(hash=forrige)


@pytest.mark.django_db
def test_the_log_is_held_against_the_heads_of_a_paper(tmp_path):
    v = dokumentverden()
    plan = v.plan
    f.HaendelseFactory.create_batch(2, kaede=plan.noegle)
    f.HaendelseFactory(kaede=revisionsspor.FAELLES)
    udgave = frossen(v)
    fil = tmp_path / "papir.zip"  # what it is called says nothing
    fil.write_bytes(lager.hent(udgave.pdf.name, udgave.pdf_sha256))
    assert kaeder(fil.read_bytes()) == [revisionsspor.FAELLES, plan.noegle]
    nummer = (
        revisionsspor.laes_anker(revisionsspor.anker(plan.noegle))[plan.noegle][0]
        - Haendelse.objects.filter(
            kaede=plan.noegle, nummer__gte=Haendelse.objects.get(objekt_type="dokumenter.udgave").nummer
        ).count()
    )
    hel = proev(fil)
    assert f"hel, og nr. {nummer} er den, papiret har" in hel
    assert len(hel.splitlines()) == 2
    uden = tmp_path / "uden.pdf"
    with pikepdf.open(fil) as pdf:
        del pdf.docinfo["/Keywords"]
        pdf.save(uden)
    assert "har intet hoved fra revisionssporet" in proev(uden)
    uden.write_bytes(b"%PDF-1.7\nnoget andet")
    assert "kan ikke læses som PDF" in proev(uden)
    uden.write_bytes(b"noget andet")
    assert "Et papir skal være den PDF, der blev udstedt" in proev(uden)
    assert "kan ikke læses" in proev(tmp_path / "ingen.pdf")

    skriv_om(plan)
    call_command("revisionsspor", stdout=StringIO())  # it holds by itself
    assert f"Nr. {nummer} i kæden {plan.noegle} er ikke den, papiret har: kæden er skrevet om siden." in proev(fil)
    QuerySet(Haendelse).filter(kaede=plan.noegle, nummer__gte=nummer).delete()
    sidste = Haendelse.objects.filter(kaede=plan.noegle).order_by("-nummer").first()
    Kaede.objects.filter(noegle=plan.noegle).update(nummer=sidste.nummer, hash=sidste.hash)
    kortere = f"Kæden {plan.noegle} er kortere, end papiret kender den: den slutter ved nr. {nummer - 1} og havde nr. "
    assert kortere in proev(fil)
    assert f"! Brudt: {plan.noegle}." in proev(fil, plan.noegle)
    QuerySet(Haendelse).filter(kaede=plan.noegle).delete()
    Kaede.objects.filter(noegle=plan.noegle).delete()
    assert "Papiret er fra en anden installation, eller kæden er slettet." in proev(fil)
