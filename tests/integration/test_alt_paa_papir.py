"""Whatever is typed into a plan's texts stands on a paper, letter for letter, or freezing refuses it by name."""

import html
import itertools
import unicodedata
from collections import Counter
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml.html import fragment_fromstring

from aftaler.pdf import papir
from aftaler.queries.dokument import Udgavestempel
from bestyrelse import moedepapir
from bestyrelse import oejebliksbillede as statusbilleder
from bestyrelse import pdf as statuspapir
from bestyrelse.bevis.papir import hent_bevis
from bestyrelse.bevis.papir import tegn as tegn_bevis
from bestyrelse.bevis.samling import bevisaar
from dokumenter import oejebliksbillede
from helhedsplan import skrift
from helhedsplan.felter import Prosa
from helhedsplan.pdf import PdfFejl
from helhedsplan.tegn import rene_tegn
from tests import factories as f
from tests.helhedsplan.test_bredde import DELETEGN, tabel
from tests.verden import en_status, verden

#: Typed now and then among the plain letters: what fonts, bidi, joining and hyphenation are tried by.
SJAELDNE = "😀★→✓☎½€ℝﬁ４éñ\u0301\u0308\u00ad\u200d\u200b\u00a0\u202e\x07\x1e\ufe0fسلامשלוםΩжß你ก"
ORD = (
    st.text("abcdefgæøåABCÆØÅ.,%", min_size=1, max_size=12)
    | st.text("kvartersudviklingåø", min_size=60, max_size=80)
    | st.text("abc" + SJAELDNE, min_size=1, max_size=6)
    | st.text(st.characters(min_codepoint=1, max_codepoint=0x26FF, exclude_categories=["Cs"]), min_size=1, max_size=2)
)
BOGSTAVORD = st.text("abcdefgæøåABCÆØÅ.,%", min_size=1, max_size=12) | st.text("abcdefgå", min_size=70, max_size=80)


@st.composite
def tabeller(draw):
    kolonner = draw(st.integers(1, 20))
    celle = st.lists(BOGSTAVORD, max_size=2).map(" ".join)
    return draw(st.lists(st.lists(celle, min_size=kolonner, max_size=kolonner), min_size=2, max_size=3))


#: Joiners and the like, which a font has and nobody sees.
INTET_AT_SE = {"Cf", "Cc"}
#: Where people write at length: the rows of a plan, and their fields.
FELTER = (
    (lambda plan: plan.afsnit.all(), ("tekst",)),
    (lambda plan: under(plan.delaftaler, "aktiviteter"),
     ("baggrund", "formaal", "maalgruppe", "indhold", "forankring", "ressourcer")),
    (lambda plan: under(plan.delaftaler, "delmaal"), ("tekst",)),
    (lambda plan: plan.risici.all(), ("haandtering",)),
    (lambda plan: plan.grupper.all(), ("opgave",)),
    (lambda plan: under(plan.moeder, "punkter"),
     ("indstilling", "problemstilling", "loesning", "oekonomi", "videre_proces", "referat")),
    (lambda plan: plan.moeder.all(), ("referat",)),
    (lambda plan: plan.opfoelgninger.all(), ("konklusion",)),
    (lambda plan: plan.statusser.all(), ("sammenfatning",)),
    (lambda plan: under(plan.statusser, "linjer"), ("tekst",)),
)  # fmt: skip


def under(foraeldre, navn):
    return [raekke for foraelder in foraeldre.all() for raekke in getattr(foraelder, navn).all()]


@pytest.fixture
def plan(db):
    plan = verden().plan
    f.RisikoFactory(plan=plan)
    f.DagsordenspunktFactory(moede=f.MoedeFactory(plan=plan, tilstand="holdt"))
    en_status(plan, 3)
    return plan


def skriv(plan, ord_, tabeller_) -> list[tuple[str, str]]:
    """Fill every field; [(where, what of it is to be read on a paper)]. Each has a word of its own to be found by."""
    skrevet = []
    tabeller_ = itertools.cycle(tabeller_)
    for nr, (raekke, felt) in enumerate((r, felt) for hent, felter in FELTER for r in hent(plan) for felt in felter):
        maerke = f"mrk{nr}q"
        tekst = " ".join([maerke, *ord_])
        modelfelt = raekke._meta.get_field(felt)
        if isinstance(modelfelt, Prosa):
            raekker = next(tabeller_) if nr % 3 == 0 else [["A"], ["b"]]
            vaerdi = f"<p>{html.escape(tekst)}</p>{tabel(raekker)}"
            tekst = " ".join([tekst, *itertools.chain(*raekker)])
        else:
            vaerdi = tekst
        setattr(raekke, felt, modelfelt.clean(vaerdi, raekke))
        raekke.save()
        skrevet.append((maerke, tekst))
    return skrevet


ARTER = ("samarbejdsaftale", "kommissorium", "beredskabsplan", "organisationsdiagram")


def aftaler(plan):
    alle = [(art, "") for art in ARTER] + [("delaftale", aftale.noegle) for aftale in plan.delaftaler.all()]
    ud = {f"{art} {emne}": oejebliksbillede.udkast(plan, art, emne) for art, emne in alle}
    for dokument in ud.values():
        oejebliksbillede.gem_billeder(plan, dokument)
    return ud


def udkast(plan) -> dict[str, bytes]:
    """Every paper that has the plan's texts in it, as a draft."""
    ud = {navn: papir(dokument).data for navn, dokument in aftaler(plan).items()}
    for moede in plan.moeder.all():
        for art in ("dagsorden", "referat"):
            ud[f"{art} {moede.pk}"] = moedepapir.tegn(moedepapir.udkast(moede, art))
    for status in plan.statusser.all():
        ud[f"status {status.pk}"] = statuspapir.tegn(statusbilleder.udkast(status, date(2026, 9, 30)))
    for aar in bevisaar(plan, date(2026, 9, 30)):
        ud[f"bevis {aar}"] = tegn_bevis(hent_bevis(plan, aar)).data
    return ud


def bogstaver(tekst: str) -> Counter:
    """The letters that are to be seen, however they are joined, ordered and broken over lines."""
    synlige = skrift.uden_styretegn(rene_tegn(tekst)).translate(DELETEGN)
    alle = unicodedata.normalize("NFKD", synlige)
    return Counter(t for t in alle if unicodedata.category(t) not in INTET_AT_SE and not t.isspace())


def laest(data: bytes) -> str:
    return "".join(side.get_textpage().get_text_range() for side in pypdfium2.PdfDocument(data))


@settings(
    max_examples=2, derandomize=True, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(ord_=st.lists(ORD, min_size=3, max_size=8), tabeller_=st.lists(tabeller(), min_size=2, max_size=4))
def test_hvert_bogstav_i_hvert_felt_staar_paa_et_papir(plan, ord_, tabeller_):
    ukendte = skrift.uden_skrift(rene_tegn(" ".join(ord_)))
    skrevet = skriv(plan, ord_, tabeller_)
    fryses_eller_siger_hvorfor(plan, ukendte)
    trykt = {navn: laest(data) for navn, data in udkast(plan).items()}
    sammen = {navn: "".join(tekst.split()) for navn, tekst in trykt.items()}
    mangler = {}
    for maerke, tekst in skrevet:
        med = [navn for navn, tekst_ in sammen.items() if maerke in tekst_]
        # What no font has is drawn as its number in brackets, in a draft.
        ventet = bogstaver("".join(t for t in tekst if t not in ukendte))
        if not med or not all(ventet <= bogstaver(trykt[navn]) for navn in med):
            mangler[maerke] = (med, [ventet - bogstaver(trykt[navn]) for navn in med])
    assert not mangler


def fryses_eller_siger_hvorfor(plan, ukendte):
    """An edition holds every letter as well, or is not made, and the refusal names the signs or the table."""
    stempel = Udgavestempel(1, date(2026, 1, 1), datetime(2026, 1, 1, 9, tzinfo=UTC), "x/1")
    dokument = aftaler(plan)["samarbejdsaftale "]
    try:
        data = papir(dokument, stempel=stempel).data
    except PdfFejl as fejl:
        grund = str(fejl)
        assert all(skrift.navn(t) in grund for t in ukendte[:5]) if ukendte else "for bred" in grund, grund
        return
    assert not ukendte
    skrevet = [a.tekst for a in dokument.afsnit]
    assert sum(map(bogstaver, map(uden_maerker, skrevet)), Counter()) <= bogstaver(laest(data))


def uden_maerker(tekst: str) -> str:
    return "".join(fragment_fromstring(tekst, create_parent=True).itertext())
