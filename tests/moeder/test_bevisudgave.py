"""An edition of the evidence stands as it was handed out, and the next one tells what has changed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from dokumenter import lager
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import UforanderligFejl
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.actions.opfoelgning import gem_opfoelgning
from indikatorer.models import Opfoelgning
from indikatorer.queries.opfoelgning import plan_maal
from moeder.actions.bevis import lav_bevisudgave
from moeder.bevis.indhold import bevis
from moeder.bevis.linjer import forskelle, linjer
from moeder.models import Bevisudgave
from tests import factories as f
from tests.anker import kaeder
from tests.verden import publiceret_status, verden

I_DAG = date(2026, 11, 21)


@pytest.fixture
def v(db):
    v = verden()
    Opfoelgning.objects.all().delete()
    return v


def skriv(v, konklusion="Vi fortsætter.", dato=date(2026, 9, 3)) -> Opfoelgning:
    felter = {"maal": plan_maal(v.plan)[0], "dato": dato, "data_aar": 2024, "konklusion": konklusion}
    return gem_opfoelgning(bruger=PROGRAMMET, opfoelgning=Opfoelgning(plan=v.plan), felter=felter, version=None)


def test_an_edition_is_handed_out_byte_for_byte_whatever_is_written_since(v, client):
    leder = v.brugere["sekretariat"]
    client.force_login(leder)
    side = reverse("opfoelgningsbevis", args=[v.plan.noegle, 2026])
    assert client.post(reverse("bevisudgave-opret", args=[v.plan.noegle, 2026])).url == f"{side}#udgaver"
    udgave = Bevisudgave.objects.get()
    assert (udgave.nummer, udgave.lavet_af, udgave.aar) == (1, leder, 2026)
    fil = reverse("bevisudgave-pdf", args=[v.plan.noegle, 2026, 1])
    foer = client.get(fil).content
    assert lager.sha256(foer) == udgave.pdf_sha256
    skriv(v)
    assert client.get(fil).content == foer
    assert client.get(reverse("opfoelgningsbevis-pdf", args=[v.plan.noegle, 2026])).content != foer
    client.force_login(v.brugere["observatoer"])
    html = client.get(side).content.decode()
    assert f"af {leder}." in html
    assert f'href="{fil}"' in html
    assert udgave.pdf_sha256 in html
    assert "Gem som udgave" not in html
    assert client.get(reverse("bevisudgave-pdf", args=[v.plan.noegle, 2026, 2])).status_code == 404
    [linje] = Haendelse.objects.filter(objekt_type="bestyrelse.bevisudgave")
    assert linje.handling == "udgivet"


def test_the_next_edition_says_line_by_line_what_has_changed(v, client):
    sekretariat = v.brugere["sekretariat"]
    lav_bevisudgave(bruger=sekretariat, plan=v.plan, aar=2026)
    with pytest.raises(ValidationError, match="Der er ikke ændret noget siden udgave 1"):
        lav_bevisudgave(bruger=sekretariat, plan=v.plan, aar=2026)
    o = skriv(v)
    client.force_login(sekretariat)
    side = reverse("opfoelgningsbevis", args=[v.plan.noegle, 2026])
    om = f"Mål {o.maal.nummer}, 3. september 2026, konklusion, skrevet ind"
    nyt = f"Nyt: {om}: Vi fortsætter."
    html = client.get(side).content.decode()
    assert nyt in html
    assert "siden udgave 1:" in html
    lav_bevisudgave(bruger=sekretariat, plan=v.plan, aar=2026)
    html = client.get(side).content.decode()
    assert "Der er ikke ændret noget siden udgave 2." in html
    assert "Gem som udgave" not in html
    assert html.count(nyt) == 1
    gem_opfoelgning(bruger=PROGRAMMET, opfoelgning=o, felter={"konklusion": "Vi stopper."}, version=None)
    ord_ = [str(x) for x in forskelle(Bevisudgave.objects.get(nummer=2).linjer, linjer(bevis(v.plan, 2026, o.dato)))]
    assert f"Ændret: {om}: Vi stopper. (før: Vi fortsætter.)" in ord_
    Opfoelgning.objects.all().delete()
    nu = linjer(bevis(v.plan, 2026, timezone.localdate()))
    assert f"Udgået: {om}: Vi fortsætter." in [str(x) for x in forskelle(Bevisudgave.objects.get(nummer=2).linjer, nu)]


def test_whatever_the_evidence_says_is_in_its_lines(v):
    """Each change that a reader could see is a line: status, reading, decision, minutes, parties, and the day."""

    def siger():
        return linjer(bevis(v.plan, 2026, I_DAG))

    def ny(foer):
        nu = siger()
        assert len({om for om, _ in nu}) == len(nu)
        return [str(x) for x in forskelle(foer, nu)]

    foer = siger()
    status = publiceret_status(v.plan)
    assert any("Status for 1. kvartal 2026: publiceret 1. maj 2026" in x for x in ny(foer))
    foer = siger()
    f.LaestFactory(status=status, bruger=v.brugere["bestyrelse"])
    assert any("ikke markeret som læst)" in x for x in ny(foer))
    foer = siger()
    moede = f.MoedeFactory(plan=v.plan, dato=date(2026, 9, 3), tilstand="holdt")
    punkt = f.DagsordenspunktFactory(moede=moede, status=status, titel="Status")
    f.AfgoerelseFactory(punkt=punkt, resultat="efterretning", tekst="Vi venter.", sha256="c" * 64)
    assert any("»Status« 3. september 2026: taget til efterretning. Vi venter." in x for x in ny(foer))
    foer = siger()
    f.MoedepapirFactory(moede=moede, pdf_sha256="b" * 64)
    assert any("b" * 64 in x for x in ny(foer))
    assert siger() != linjer(bevis(v.plan, 2026, date(2026, 11, 20)))


def test_two_lines_about_the_same_are_told_apart():
    foer, nu = [["Møde", "A"], ["Møde (2)", "B"]], [["Møde", "A"]]
    assert [str(x) for x in forskelle(foer, nu)] == ["Udgået: Møde (2): B"]
    assert forskelle(nu, nu) == []


def test_an_edition_cannot_be_changed_or_deleted_nor_its_plan(v):
    f.HaendelseFactory(kaede=v.plan.noegle)
    udgave = lav_bevisudgave(bruger=v.brugere["leder"], plan=v.plan, aar=2026)
    assert kaeder(lager.hent(udgave.pdf.name, udgave.pdf_sha256))[-1] == v.plan.noegle
    udgave.pdf_sha256 = "f" * 64
    for skade in (
        udgave.save,
        udgave.delete,
        Bevisudgave.objects.all().delete,
        lambda: Bevisudgave.objects.update(nummer=2),
    ):
        with pytest.raises(UforanderligFejl):
            skade()
    plan = f.BevisudgaveFactory().plan
    with pytest.raises(ProtectedError):
        plan.delete()


def test_a_file_that_is_gone_or_another_is_said_so(v, client):
    f.BevisudgaveFactory(plan=v.plan, pdf_sha256="f" * 64)
    client.force_login(v.brugere["observatoer"])
    assert client.get(reverse("bevisudgave-pdf", args=[v.plan.noegle, 2026, 1])).status_code == 404


def test_a_reader_keeps_no_edition_and_there_is_none_of_an_unknown_year(v, client):
    with pytest.raises(PermissionDenied):
        lav_bevisudgave(bruger=v.brugere["observatoer"], plan=v.plan, aar=2026)
    client.force_login(v.brugere["leder"])
    assert client.post(reverse("bevisudgave-opret", args=[v.plan.noegle, 1999])).status_code == 404
    assert not Bevisudgave.objects.exists()
