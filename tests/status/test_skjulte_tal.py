"""A small count stays hidden all the way out of the house: page, paper, reading link, residents' version, evidence."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from dokumenter.actions.udgave import frys
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.actions.opfoelgning import gem_opfoelgning
from indikatorer.models import Opfoelgning, UdgivetTal
from indikatorer.queries import graense
from indikatorer.queries.graense import PARAMETER
from indikatorer.queries.tal import tal_for
from moeder.bevis.papir import bestil
from status.actions import laesning
from status.actions import status as handlinger
from tests import factories as f
from tests.verden import en_status, verden

#: What would give three people away: all but three of those who came, and how many the three were among.
ROEBER = ("7.916", "6.841")
AABENT = "7.919"
KANALER = ["siden", "PDF", "læselinket", "beboernes side", "beboernes PDF", "bevisets side", "bevisets PDF"]


def tekst(pdf: bytes) -> str:
    return "\n".join(side.extract_text() for side in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def v(db):
    v = verden()
    indikator = v.plan.indikatorer.filter(fast__isnull=False).first()
    sted = v.plan.steder.filter(art="omraade").first()
    f.MaalingFactory(indikator=indikator, sted=sted, aar=2025, antal=3, grundlag=6841, vaerdi=None)
    felter = {"maal": indikator.fast.maal, "dato": date(2026, 8, 1), "data_aar": 2025, "konklusion": "Fortsæt."}
    v.maalt = felter
    return v


def ud_af_huset(v, client, til_beboere: str = "Alt går godt.") -> dict[str, str]:
    """Publish and follow up, and read what leaves the house, by channel."""
    gem_opfoelgning(bruger=PROGRAMMET, opfoelgning=Opfoelgning(plan=v.plan), felter=v.maalt, version=None)
    status = en_status(v.plan, til_beboere=til_beboere)
    linje = status.linjer.first()
    linje.taellinger.all().delete()
    felter = {"deltagere": 7919, "taellinger": [{"navn": "Fra området", "antal": 7916}]}
    handlinger.ret_status(bruger=PROGRAMMET, status=status, felter={}, linjer=[(linje, felter)], version=None)
    handlinger.publicer(begrundelse="Det er kendt.", bruger=v.brugere["leder"], status=status, version=None)
    status.refresh_from_db()
    client.force_login(v.brugere["bestyrelse"])
    args = [v.plan.noegle, status.noegle]
    aar = timezone.localdate().year
    return {
        "siden": client.get(status.get_absolute_url()).content.decode(),
        "PDF": tekst(client.get(reverse("status-pdf", args=args)).content),
        "læselinket": _laeselinket(v, client, status),
        "beboernes side": client.get(reverse("status-beboere", args=args)).content.decode(),
        "beboernes PDF": tekst(client.get(reverse("status-beboere-pdf", args=args)).content),
        "bevisets side": client.get(reverse("opfoelgningsbevis", args=[v.plan.noegle, aar])).content.decode(),
        "bevisets PDF": tekst(bestil(v.plan, str(aar)).data),
    }


def _laeselinket(v, client, status) -> str:
    stier = []

    def sti(token):
        stier.append(reverse("laeselink", args=[token]))
        return stier[-1]

    laesning.send_links(
        bruger=v.brugere["leder"],
        status=status,
        modtagere=[v.brugere["bestyrelse"]],
        absolut=lambda adresse: f"http://localhost{adresse}",
        sti=sti,
    )
    return client.post(stier[0], follow=True).content.decode()


def laekager(kanaler: dict[str, str]) -> list[str]:
    return [navn for navn, indhold in kanaler.items() if any(tal in indhold for tal in ROEBER)]


def test_a_small_count_leaves_the_house_nowhere(v, client):
    kanaler = ud_af_huset(v, client)
    assert list(kanaler) == KANALER
    assert laekager(kanaler) == []
    assert "diskretioneret" in kanaler["siden"]
    assert "skjult" in kanaler["bevisets PDF"]
    for navn in ("siden", "PDF", "læselinket"):
        assert AABENT in kanaler[navn]


def test_a_leak_would_be_found_in_every_channel(v, client, monkeypatch):
    """The threshold taken away, and a count written to the residents: the test above must be able to fail."""
    monkeypatch.setattr(graense, "MINDST", 0)
    regel = f.RegelparameterFactory(regelsaet=v.plan.regelsaet, noegle=PARAMETER, vaerdi=Decimal(5))
    f.PlanparameterFactory(plan=v.plan, regelparameter=regel, vaerdi=Decimal(0))
    assert laekager(ud_af_huset(v, client, til_beboere="Der kom 7.916.")) == KANALER


@pytest.fixture
def delt(v):
    """All and the boys of them are out in a status; the three girls are hidden, and nothing is told of how they belong
    together."""
    sted = f.StedFactory(plan=v.plan, navn="Hele planen", art="flere_omraader", omraade=None)
    sted.omraader.set(v.plan.omraader.all())
    for navn, antal in (("Alle sigtede", 7717), ("Sigtede drenge", 7714), ("Sigtede piger", 3)):
        noegle = navn.lower().replace(" ", "-")
        i = f.IndikatorFactory(plan=v.plan, navn=navn, noegle=noegle, enhed="antal", persongruppe=navn)
        f.MaalingFactory(indikator=i, sted=sted, aar=2024, antal=antal, grundlag=antal + 90, vaerdi=None)
    status = en_status(v.plan)
    handlinger.publicer(begrundelse="Det er kendt.", bruger=v.brugere["leder"], status=status, version=None)
    v.plan.indikatorer.filter(noegle="sigtede-piger").update(
        hele=v.plan.indikatorer.get(noegle="alle-sigtede"), opdeling="køn"
    )
    return status


def fortael(v, client):
    """The boys are a part of all: what is out then tells of the girls."""
    i, alle = v.plan.indikatorer.get(noegle="sigtede-drenge"), v.plan.indikatorer.get(noegle="alle-sigtede")
    client.force_login(v.brugere["leder"])
    svar = client.post(
        reverse("indikator-ret", args=[v.plan.noegle, i.noegle]),
        {
            "navn": i.navn, "gruppe": "lokal", "enhed": "antal", "retning": "ned", "version": i.version,
            "persongruppe": i.persongruppe, "hele": alle.pk, "opdeling": "køn", "maalsti-TOTAL_FORMS": 0,
            "maalsti-INITIAL_FORMS": 0,
        },
    )  # fmt: skip
    assert svar.status_code == 302, svar.context["form"].errors
    side = client.get(svar.url)
    return [str(b) for b in side.context["messages"] if "været vist" in str(b)], side.content.decode()


def test_the_leader_who_hides_what_is_out_is_told_in_which_papers_it_stands(v, client, delt):
    [advarsel], side = fortael(v, client)
    assert advarsel.startswith("Tallet har været vist og er nu skjult: Sigtede drenge, Hele planen, 2024.")
    assert f'ikke ændres: <a href="{delt.get_absolute_url()}">{delt}</a>. Programmet' in advarsel
    assert f'<a href="{delt.get_absolute_url()}">{delt}</a>' in side, "as a link"


def test_a_paper_that_does_not_show_the_figure_is_not_named(v, client, delt):
    andet = {"billede": {"navn": "Sigtede drenge", "vist": "2024: 77.714"}}
    type(delt).objects.filter(pk=delt.pk).update(indhold=andet)
    [advarsel], _ = fortael(v, client)
    assert "<a" not in advarsel


def test_what_a_status_has_published_is_known_when_a_small_count_comes_later(v):
    """North and south are out; then east is three, and all three are told. Today's figures alone would have the 20
    hidden, which is no use: the sum must be too."""
    i = f.IndikatorFactory(plan=v.plan, navn="Flyttede", noegle="flyttede", enhed="antal")
    steder = [f.StedFactory(plan=v.plan, navn=navn) for navn in ("N", "S", "E")]
    alle = f.StedFactory(plan=v.plan, navn="Alle tre", art="flere_omraader", omraade=None)
    alle.omraader.set([s.omraade for s in steder])
    for sted, antal in zip(steder[:2], (40, 20), strict=True):
        f.MaalingFactory(indikator=i, sted=sted, aar=2024, antal=antal, grundlag=None, vaerdi=None)
    status = en_status(v.plan)
    handlinger.publicer(begrundelse="Det er kendt.", bruger=v.brugere["leder"], status=status, version=None)
    for sted, antal in ((steder[2], 3), (alle, 63)):
        f.MaalingFactory(indikator=i, sted=sted, aar=2024, antal=antal, grundlag=None, vaerdi=None)
    skjult = {t.antal for t in tal_for(v.plan, se_skjulte=True, indikatorer={i.pk}) if t.skjult}
    assert skjult == {3, 20, 63}
    UdgivetTal.objects.all().delete()
    uden = {t.antal for t in tal_for(v.plan, se_skjulte=True, indikatorer={i.pk}) if t.skjult}
    assert uden == {3, 20}


def test_what_is_shown_on_the_day_is_kept_when_a_status_or_an_edition_goes_out(v, client):
    """Of the measurements that everybody could see; the three people are not among them."""
    f.MaalingFactory(indikator=v.plan.indikatorer.first(), sted=v.plan.steder.first(), aar=2019, antal=77, vaerdi=None)
    frys(bruger=PROGRAMMET, plan=v.plan, art="samarbejdsaftale", uskrevet="Til prøven.")
    assert UdgivetTal.objects.i(v.plan).filter(antal=77).count() == 1
    f.MaalingFactory(indikator=v.plan.indikatorer.first(), sted=v.plan.steder.first(), aar=2018, antal=78, vaerdi=None)
    ud_af_huset(v, client)
    assert UdgivetTal.objects.i(v.plan).filter(antal__in=[77, 78]).count() == 2
    assert not UdgivetTal.objects.filter(antal=3).exists()
