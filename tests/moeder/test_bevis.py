"""The auditor's evidence: every fixed goal with date and data year, from records that can be known again."""

import io
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from lxml.html import fromstring
from pypdf import PdfReader

from aftaler.models import Helhedsplan
from aftaler.planfil import Planfil, laes_filer
from demo.tal import sikr_opfoelgninger
from helhedsplan.pdf import PdfFejl, html_til_pdf
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.actions.opfoelgning import gem_opfoelgning
from indikatorer.models import Opfoelgning
from indikatorer.queries.opfoelgning import plan_maal
from moeder.bevis.indhold import bevis, bevisaar
from moeder.bevis.papir import bestil, hent_bevis, tegn
from tests import factories as f
from tests.vera import vera_fejl
from tests.verden import publiceret_status, verden

FIXTURES = Path(__file__).parents[2] / "fixtures"
VEJLEAAPARKEN = "vejleaaparken-2021-2025"
I_DAG = date(2026, 11, 21)
FORESPOERGSLER = 16


def tekst(papir) -> str:
    """What the paper says, with the words that are divided at the ends of lines put together."""
    sider = "\n".join(side.extract_text() for side in PdfReader(io.BytesIO(papir.data)).pages)
    return " ".join(re.sub(r"(?<=[a-zæøå])[-\u2010]\n(?=[a-zæøå])", "", sider).split())


def henvisninger(papir) -> set[str]:
    """The addresses that the paper links to."""
    noter = [note.get_object() for side in PdfReader(io.BytesIO(papir.data)).pages for note in side.get("/Annots", [])]
    return {note["/A"]["/URI"] for note in noter if "/URI" in note.get("/A", {})}


@pytest.fixture
def vejleaaparken(db) -> Helhedsplan:
    """The fixture's plan with the demo's follow-ups."""
    filer = [FIXTURES / "regelsaet/2015-18.yaml", FIXTURES / "regelsaet/2019-26.yaml"]
    filer += [FIXTURES / "planer/vejleaaparken-2017-2021.yaml", FIXTURES / f"planer/{VEJLEAAPARKEN}.yaml"]
    resultat = laes_filer([Planfil.fra(sti) for sti in filer], bruger=PROGRAMMET)
    assert not resultat.fejl
    assert sikr_opfoelgninger(VEJLEAAPARKEN) is True
    assert sikr_opfoelgninger(VEJLEAAPARKEN) is False
    return Helhedsplan.objects.select_related("regelsaet").get(noegle=VEJLEAAPARKEN)


def test_the_paper_of_2023_names_every_fixed_goal_with_date_and_data_year(vejleaaparken):
    b = hent_bevis(vejleaaparken, 2023)
    assert [(m.nummer, [(o.dato, o.data_aar) for o in m.opfoelgninger]) for m in b.maal] == [
        (1, [(date(2023, 3, 14), 2020)]),
        (2, [(date(2023, 3, 14), 2020)]),
        (3, [(date(2023, 9, 12), 2020)]),
        (4, [(date(2023, 9, 12), 2020)]),
    ]
    ud = tekst(bestil(vejleaaparken, "2023"))
    for m in plan_maal(vejleaaparken):
        assert f"Mål {m.nummer}: {m.indsatsomraade.navn}" in ud
        assert m.tekst.partition(" ")[0] in ud
    assert "Dokumenteret: 0 af 4 mål i 2023. Ikke dokumenteret: mål 1, mål 2, mål 3, mål 4." in ud
    assert ud.count("Der er ikke holdt noget bestyrelsesmøde i programmet den dag.") == 4
    for dag in ("14. marts 2023", "12. september 2023"):
        assert ud.count(f"{dag}: ikke dokumenteret") == 2
    assert "266 (88,4 %)" in ud
    assert "Folketingsvalg 2019 68,5 %" in ud
    assert all(kilde.sha256 in ud.replace(" ", "") for kilde in b.kilder)
    assert len(b.kilder) == 4


def test_a_goal_that_was_not_followed_up_stands_there_and_is_a_finding(vejleaaparken):
    b = hent_bevis(vejleaaparken, 2024)
    assert [m.nummer for m in b.maal if not m.opfoelgninger] == [4]
    assert [x.besked for m in b.maal for x in m.fund] == [
        "Bestyrelsen har ikke fulgt op på mål 4 siden 12. september 2023. Der må højst gå 12 måneder."
    ]
    ud = tekst(tegn(b))
    assert "Dokumenteret: 0 af 4 mål i 2024." in ud
    assert "Mål 4: Sammenhængskraft og medborgerskab Ikke fulgt op Nej" in ud
    assert "Ikke fulgt op i 2024. Sidste opfølgning før det var 12. september 2023." in ud
    assert "Ved udgangen af 31. december 2024:" in ud
    [sen] = [o for m in hent_bevis(vejleaaparken, 2025).maal for o in m.opfoelgninger if o.for_sent]
    assert (sen.dato, sen.forrige) == (date(2025, 3, 11), date(2023, 9, 12))


def test_a_year_that_is_not_over_says_so_and_one_outside_the_plan_is_none(vejleaaparken):
    b = bevis(vejleaaparken, 2025, date(2025, 5, 1))
    assert (b.er_forbi, b.opgjort) == (False, date(2025, 5, 1))
    assert "2025 er ikke forbi. Beviset viser, hvad der er sket til og med 1. maj 2025." in tekst(tegn(b))
    assert bevis(vejleaaparken, 2025, I_DAG).opgjort == date(2025, 10, 30)
    assert bevisaar(vejleaaparken, I_DAG) == [2025, 2024, 2023, 2022, 2021]
    with pytest.raises(ValidationError, match="Planen har ikke noget opfølgningsbevis for 1999"):
        hent_bevis(vejleaaparken, 1999)
    with pytest.raises(PdfFejl, match=r"for 1999\. Det findes for 2021, 2022, 2023, 2024 og 2025\."):
        bestil(vejleaaparken, "1999")
    with pytest.raises(PdfFejl, match="opfoelgningsbevis:2025, opfoelgningsbevis:2024"):
        bestil(vejleaaparken, "i-aar")


def test_the_same_records_give_the_same_bytes_and_both_standards_hold(vejleaaparken, tmp_path):
    papirer = [bestil(vejleaaparken, aar) for aar in ("2021", "2023", "2024")]
    assert papirer[1].data == bestil(vejleaaparken, "2023").data
    stier = [tmp_path / papir.filnavn for papir in papirer]
    for sti, papir in zip(stier, papirer, strict=True):
        sti.write_bytes(papir.data)
    assert stier[1].name == f"opfoelgningsbevis-{VEJLEAAPARKEN}-2023.pdf"
    assert vera_fejl(*stier) == {sti: [] for sti in stier}
    fil = tmp_path / "bestilt.pdf"
    call_command("pdf", VEJLEAAPARKEN, "opfoelgningsbevis:2023", ud=str(fil))
    assert fil.read_bytes() == papirer[1].data
    Opfoelgning.objects.filter(dato=date(2023, 3, 14), maal__nummer=1).update(konklusion="En anden.")
    assert bestil(vejleaaparken, "2023").data != papirer[1].data


# --- statuses and meetings --------------------------------------------------------------------------------------------


@pytest.fixture
def v(db):
    return verden()


def maalet(b, plan):
    """The goal that the plan measures."""
    nummer = plan.indikatorer.filter(fast__isnull=False).first().fast.maal.nummer
    return next(m for m in b.maal if m.nummer == nummer)


def test_a_published_status_is_told_with_its_figures_and_is_no_follow_up(v):
    status = publiceret_status(v.plan)
    f.LaestFactory(status=status, bruger=v.brugere["bestyrelse"], tidspunkt=datetime(2026, 5, 3, 9, tzinfo=UTC))
    Opfoelgning.objects.all().delete()
    b = bevis(v.plan, 2026, I_DAG)
    m = maalet(b, v.plan)
    [s] = m.forelagt
    assert (s.navn, s.publiceret, s.laest, s.trukket) == (
        "Status for 1. kvartal 2026", date(2026, 5, 1), (date(2026, 5, 3),), False,
    )  # fmt: skip
    assert [(t.hvornaar, t.tal) for t in s.tal] == [
        ("2024", "25,0 % (20 af 80) mod kommunen 40,0 % (2024)".replace(" %", "\u00a0%"))
    ]
    assert m.er_dokumenteret is False
    assert status.indhold_sha256 in [k.sha256 for k in b.kilder]
    ud = tekst(tegn(b))
    assert "Læst af 1 person, første gang 3. maj 2026." in ud
    assert "Den har ikke været på dagsordenen til et bestyrelsesmøde i 2026." in ud


def test_a_meeting_is_told_with_what_it_concluded_and_its_newest_minutes(v, client, tmp_path):
    status = publiceret_status(v.plan)
    moede = f.MoedeFactory(plan=v.plan, dato=date(2026, 9, 3), tilstand="holdt")
    punkt = f.DagsordenspunktFactory(moede=moede, status=status, titel="Status", slags="O")
    f.AfgoerelseFactory(punkt=punkt, resultat="efterretning", tekst="Vi venter på tallene.", sha256="c" * 64)
    f.MoedepapirFactory(moede=moede, pdf_sha256="a" * 64)
    f.MoedepapirFactory(moede=moede, nummer=2, pdf_sha256="b" * 64)
    f.MoedepapirFactory(moede=moede, art="dagsorden", pdf_sha256="d" * 64)
    f.MoedepapirFactory(moede__plan=v.plan, moede__art="foelgegruppe", moede__tilstand="holdt", pdf_sha256="e" * 64)
    gjort = f.OpfoelgningFactory(plan=v.plan, maal=plan_maal(v.plan)[0], dato=moede.dato)
    b = bevis(v.plan, 2026, I_DAG)
    m = next(m for m in b.maal if m.nummer == gjort.maal.nummer)
    [r] = m.opfoelgninger[-1].moeder
    referat = reverse("moedepapir-pdf", args=[v.plan.noegle, moede.pk, "referat", 2])
    assert (r.nummer, r.sha256, r.url) == (2, "b" * 64, referat)
    [x] = m.forelagt[0].behandlinger
    assert (x.punkt, x.resultat, x.tekst) == ("Status", "Taget til efterretning", "Vi venter på tallene.")
    assert {k.sha256 for k in b.kilder} >= {status.indhold_sha256, "b" * 64, "c" * 64}
    assert {k.sha256 for k in b.kilder}.isdisjoint({"a" * 64, "d" * 64, "e" * 64})
    assert "taget til efterretning. Vi venter på tallene." in tekst(tegn(b))
    client.force_login(v.brugere["observatoer"])
    assert f'href="{referat}"' in client.get(reverse("opfoelgningsbevis", args=[v.plan.noegle, 2026])).content.decode()
    papir = tegn(b)
    assert f"{settings.SIDENS_ADRESSE.rstrip('/')}{referat}" in henvisninger(papir)
    sti = tmp_path / papir.filnavn
    sti.write_bytes(papir.data)
    assert vera_fejl(sti) == {sti: []}


@pytest.mark.parametrize("antal", [1, 3])
def test_the_evidence_asks_as_often_whatever_there_is(db, antal, django_assert_num_queries):
    v = verden(antal)
    for kvartal in range(1, antal + 1):
        punkt = f.DagsordenspunktFactory(
            moede__plan=v.plan,
            moede__tilstand="holdt",
            moede__dato=date(2026, 9, kvartal),
            status=publiceret_status(v.plan, kvartal),
        )
        f.AfgoerelseFactory(punkt=punkt)
        f.MoedepapirFactory(moede=punkt.moede)
    with django_assert_num_queries(FORESPOERGSLER):
        bevis(v.plan, 2026, I_DAG)


def test_the_page_shows_the_year_and_leads_to_the_form_where_a_follow_up_is_missing(v, client):
    url = reverse("opfoelgningsbevis", args=[v.plan.noegle, timezone.localdate().year])
    Opfoelgning.objects.all().delete()
    client.force_login(v.brugere["sekretariat"])
    assert f"{reverse('opfoelgning-opret', args=[v.plan.noegle])}?maal=" in client.get(url).content.decode()
    client.force_login(v.brugere["observatoer"])
    html = client.get(url).content.decode()
    assert "er ikke forbi" in html
    assert "Skriv en opfølgning" not in html
    assert client.get(reverse("opfoelgningsbevis", args=[v.plan.noegle, 1999])).status_code == 404
    assert client.get(reverse("opfoelgningsbevis-pdf", args=[v.plan.noegle, 1999])).status_code == 404


def test_a_hidden_figure_stays_hidden_in_the_evidence(v):
    indikator = v.plan.indikatorer.filter(fast__isnull=False).first()
    sted = v.plan.steder.filter(art="omraade").first()
    f.MaalingFactory(indikator=indikator, sted=sted, aar=2025, antal=3, grundlag=80, vaerdi=None)
    felter = {"maal": indikator.fast.maal, "dato": date(2026, 8, 1), "data_aar": 2025, "konklusion": "Fortsæt."}
    gem_opfoelgning(bruger=PROGRAMMET, opfoelgning=Opfoelgning(plan=v.plan), felter=felter, version=None)
    ud = tekst(tegn(bevis(v.plan, 2026, I_DAG)))
    assert f"{sted.navn} 2025 skjult" in ud
    assert "3 (3,8 %)" not in ud


def test_tallene_staar_under_deres_overskrift_til_hoejre(v, client):
    client.force_login(v.brugere["observatoer"])
    side = fromstring(client.get(reverse("opfoelgningsbevis", args=[v.plan.noegle, 2026])).content.decode())
    talspalter = 0
    for tabel in side.iter("table"):
        overskrifter = tabel.xpath("./thead/tr[last()]/th")
        for nr in [nr for nr, th in enumerate(overskrifter) if "tal" in th.get("class", "").split()]:
            celler = [raekke.xpath("./th|./td")[nr] for raekke in tabel.xpath("./tbody/tr")]
            assert [c.text_content() for c in celler if "tal" not in c.get("class", "").split()] == []
            talspalter += bool(celler)
    assert talspalter


def test_statussernes_tal_trykker_ikke_indikatoren_sammen():
    """Figures that are words may break, or the name of the indicator stands one word to a line."""
    tal = [
        {"indikator": "Andel stemmeberettigede, der har stemt", "hvornaar": "2024", "kilde": "Opdigtet til demo",
         "tal": "13,0 % mod kommunen 12,0 % (2024)"}
    ]  # fmt: skip
    m = {"nummer": 4, "har_statustal": True, "forelagt": [{"kvartal": "4. kvartal 2025", "tal": tal}]}
    krop = render_to_string("moeder/bevis/_statustal.html", {"m": m})
    hoved = '<title>Prøve</title><link rel="stylesheet" href="statisk:pdf/papir.css">'
    html = f'<html lang="da"><head>{hoved}</head><body><h1>Prøve</h1>{krop}</body></html>'
    data = html_til_pdf(html, identifikator="proeve", titel="Prøve")
    assert "Andel stemmeberettigede" in PdfReader(io.BytesIO(data)).pages[0].extract_text()
