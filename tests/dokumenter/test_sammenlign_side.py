"""The page that shows two editions against each other, and the Word files: for those who see the plan."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from docx import Document

from dokumenter import oejebliksbillede
from dokumenter.actions.udgave import hent_billede
from helhedsplan.formats import lang_dato
from tests import factories as f
from tests.dokumenter.ordbehandler import efter_bogen, linjer
from tests.verden import verden


@pytest.fixture
def v(db):
    return verden()


@pytest.fixture
def to(v):
    """The samarbejdsaftale as it was frozen, and again with another word and another edition number."""
    foerste = v.udgave
    afsnit = v.plan.afsnit.get(skabelon__noegle="prosa")
    afsnit.tekst = afsnit.tekst.replace("4.209 beboere", "<strong>4.300</strong> beboere").replace(
        "skole", "skole & SFO"
    )
    afsnit.save()
    papir = oejebliksbillede.udkast(v.plan, "samarbejdsaftale")
    stempel = replace(hent_billede(foerste).stempel, nummer=2, frosset=datetime(2026, 3, 1, 9, tzinfo=UTC))
    billede = oejebliksbillede.frossen(v.plan, "samarbejdsaftale", "", papir, stempel)
    anden = f.UdgaveFactory(
        plan=v.plan, art="samarbejdsaftale", emne="", nummer=2, titel=billede.titel, retter=foerste,
        dokument_id=billede.stempel.dokument_id, indhold=oejebliksbillede.som_json(billede),
        frosset=billede.stempel.frosset,
    )  # fmt: skip
    return foerste, anden


@pytest.fixture
def laeser(v, client):
    client.force_login(v.brugere["observatoer"])
    return client


def adresse(navn, udgave, **valg):
    side = reverse(navn, args=[udgave.plan.noegle, udgave.pk])
    return f"{side}?{'&'.join(f'{k}={v}' for k, v in valg.items())}"


def test_siden_viser_hvad_der_er_aendret_med_ord_for_dem_der_hoerer(laeser, to):
    html = laeser.get(adresse("udgave-sammenlign", to[1])).content.decode()
    assert (
        '<ins><span class="sr-only">[Tilføjet: </span><strong>4.300</strong><span class="sr-only">]</span></ins>'
        in html
    )
    assert '<del><span class="sr-only">[Slettet: </span>4.209<span class="sr-only">]</span></del>' in html
    assert "skole &amp; SFO" not in html
    assert "&amp; SFO" in html
    assert "Teksten er rettet i afsnittet »Tekst«." in html


def test_kun_det_aendrede_er_aabent(laeser, to):
    svar = laeser.get(adresse("udgave-sammenlign", to[1]))
    assert [d.navn for d in svar.context["aendrede"]] == ["Tekst"]
    assert svar.content.decode().count('<details class="forskel-del" id="del-') == len(svar.context["dele"])
    aabne = [d for d in svar.content.decode().split("<details")[1:] if d.split(">")[0].endswith("open")]
    assert len(aabne) == 1


def test_baglaens_og_mod_kladden(laeser, to, v):
    omvendt = laeser.get(adresse("udgave-sammenlign", to[1], fra=to[1].pk, til=to[0].pk)).content.decode()
    assert "[Slettet: </span><strong>4.300" in omvendt
    ens = laeser.get(adresse("udgave-sammenlign", to[1], fra=to[1].pk, til="kladde"))
    assert ens.context["aendrede"] == []
    assert "Intet er ændret." in ens.content.decode()


def test_den_foerste_udgave_sammenlignes_med_kladden(laeser, v):
    svar = laeser.get(adresse("udgave-sammenlign", v.udgave))
    assert (svar.context["fra"].vaerdi, svar.context["til"].vaerdi) == (str(v.udgave.pk), "kladde")


@pytest.mark.parametrize("valg", [{"fra": "x"}, {"til": "999999"}, {"fra": "-1"}])
def test_en_udgave_der_ikke_findes_er_404(laeser, to, valg):
    assert laeser.get(adresse("udgave-sammenlign", to[1], **valg)).status_code == 404


def test_en_udgave_af_et_andet_dokument_er_404(laeser, to, v):
    delaftale = v.plan.udgaver.get(art="delaftale")
    assert laeser.get(adresse("udgave-sammenlign", to[1], fra=delaftale.pk)).status_code == 404


@pytest.mark.parametrize("navn", ["udgave-sammenlign", "sammenlign-word", "udgave-word"])
def test_en_fremmed_ser_intet(v, to, client, navn):
    client.force_login(v.brugere["fremmed"])
    assert client.get(adresse(navn, to[1])).status_code == 404


def test_farlig_tekst_i_et_navn_bliver_ikke_til_maerker(laeser, v):
    organisation = v.plan.parter.first().organisation
    organisation.navn = "<img src=x>"
    organisation.save()
    html = laeser.get(adresse("udgave-sammenlign", v.udgave)).content.decode()
    assert "<img src=x>" not in html
    assert "&lt;img" in html


# --- Word -------------------------------------------------------------------------------------------------------------


def test_word_med_rettelser_bliver_til_den_ene_eller_den_anden_udgave(laeser, to):
    foer, efter = (linjer(laeser.get(adresse("udgave-word", u)).content) for u in to)
    sporet = laeser.get(adresse("sammenlign-word", to[1]))
    assert sporet["Content-Disposition"].endswith('-aendringer.docx"')
    assert linjer(efter_bogen(sporet.content, accepter=True)) == efter
    assert linjer(efter_bogen(sporet.content, accepter=False)) == foer
    assert foer != efter


def test_word_af_udgaven_har_dens_id_og_udgave(laeser, to):
    word = Document(io.BytesIO(laeser.get(adresse("udgave-word", to[1])).content))
    assert word.core_properties.identifier == to[1].dokument_id
    assert ["Udgave", f"2 af {lang_dato(hent_billede(to[1]).stempel.dato)}"] in [
        [celle.text for celle in raekke.cells] for tabel in word.tables for raekke in tabel.rows
    ]


@pytest.mark.parametrize(
    "art", ["samarbejdsaftale", "milepaelsplan", "beredskabsplan", "kommissorium", "organisationsdiagram"]
)
def test_kladden_som_word(laeser, v, art):
    svar = laeser.get(reverse("dokument-word", args=[v.plan.noegle, art]))
    assert svar["Content-Disposition"] == f'attachment; filename="{art}-{v.plan.noegle}-kladde.docx"'
    parter = [p.organisation.navn for p in v.plan.parter.select_related("organisation")]
    assert set(parter) <= set(linjer(svar.content))


@pytest.mark.parametrize(("art", "emne"), [("delaftale", ""), ("budget", "bevilget")])
def test_kladden_af_en_delaftale_og_et_budget_som_word(laeser, v, art, emne):
    emne = emne or v.delaftale.noegle
    svar = laeser.get(reverse("dokument-word", args=[v.plan.noegle, art, emne]))
    assert Document(io.BytesIO(svar.content)).core_properties.language == "da-DK"


@pytest.mark.parametrize(("art", "emne"), [("findes-ikke", ""), ("delaftale", "ukendt"), ("budget", "ukendt")])
def test_en_kladde_der_ikke_findes_er_404(laeser, v, art, emne):
    args = [v.plan.noegle, art, *([emne] if emne else [])]
    assert laeser.get(reverse("dokument-word", args=args)).status_code == 404
