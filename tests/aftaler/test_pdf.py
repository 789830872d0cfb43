"""The papers: what stands in them, that it can be found again, and that they hold to both standards."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.urls import reverse
from pypdf import PdfReader

from aftaler import pdf
from aftaler.blokke import aktivitet, blokdokument
from aftaler.choices import Afsnitsart
from aftaler.models import Billede, Helhedsplan
from aftaler.planfil import Planfil, laes_filer
from aftaler.queries.dokument import Antalsfelt, Udgavestempel, Underskriftslinje
from helhedsplan.blokke import tegn
from helhedsplan.blokke.model import ren
from helhedsplan.laest import en_side
from helhedsplan.pdf import PdfFejl
from helhedsplan.rettigheder import PROGRAMMET
from tests.aftaler import papirproeve as proeve
from tests.factories import DelaftaleFactory, HelhedsplanFactory
from tests.vera import vera_fejl
from tests.verden import en_plan, verden


def laest(papir):
    return PdfReader(io.BytesIO(papir.data))


def tekst(papir):
    return "\n".join(side.extract_text() for side in laest(papir).pages)


def html(dokument, **valg):
    return pdf.papir_html(dokument, {}, **valg)


def bogmaerker(laes):
    """(title, page number, those under it) as nested lists."""

    def gaa(linjer):
        ud = []
        for linje in linjer:
            if isinstance(linje, list):
                ud[-1][2].extend(gaa(linje))
            else:
                ud.append((linje.title, laes.get_destination_page_number(linje) + 1, []))
        return ud

    return gaa(laes.outline)


# --- both standards --------------------------------------------------------------------------------------------------


@pytest.fixture
def planer(db):
    filer = [*sorted(settings.BASE_DIR.glob("fixtures/regelsaet/*.yaml"))]
    filer += sorted(settings.BASE_DIR.glob("fixtures/planer/*.yaml"))
    assert laes_filer([Planfil.fra(fil) for fil in filer], bruger=PROGRAMMET).fejl == []
    return {plan.noegle: plan for plan in Helhedsplan.objects.all()}


def test_de_rigtige_planer_og_de_svaereste_overholder_begge_standarder(planer, tmp_path):
    vejleaaparken, ishoej = planer["vejleaaparken-2021-2025"], planer["ishoej-2025-2029"]
    papirer = [
        pdf.samarbejdsaftale(vejleaaparken),
        pdf.delaftale(ishoej.delaftaler.get(indsatsomraade__noegle="kriminalitetsforebyggelse")),
        pdf.papir(replace(proeve.svaert_dokument(), noegle="svaer")),
        pdf.papir(replace(proeve.tomt_dokument(), noegle="tom")),
        pdf.papir(proeve.dokument(noegle="helt-tom")),
    ]
    for papir in papirer:
        (tmp_path / papir.filnavn).write_bytes(papir.data)

    filer = sorted(tmp_path.iterdir())
    assert [fil.name for fil in filer] == [
        "delaftale-ishoej-2025-2029-kriminalitetsforebyggelse.pdf",
        "samarbejdsaftale-helt-tom.pdf",
        "samarbejdsaftale-svaer.pdf",
        "samarbejdsaftale-tom.pdf",
        "samarbejdsaftale-vejleaaparken-2021-2025.pdf",
    ]
    assert vera_fejl(*filer) == {fil: [] for fil in filer}


# --- what stands in them ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def aftale():
    """Three sections, one of them with two activities; small, since it is drawn once and read by many."""
    return proeve.dokument(
        proeve.afsnit(Afsnitsart.PROSA, 1, f"<h3>Bebyggelsen</h3><p>Om området.{proeve.NOTE}</p>"),
        proeve.afsnit(Afsnitsart.AKTIVITETER, 2, "", (proeve.aktivitet(1), proeve.aktivitet(2))),
        proeve.afsnit(Afsnitsart.SAMARBEJDSPARTER, 3),
    )


@pytest.fixture(scope="module")
def papir(aftale):
    return pdf.papir(aftale)


def test_forsiden_siger_hvem_hvad_og_hvornaar(papir):
    forside = " ".join(laest(papir).pages[0].extract_text().split())

    for ventet in [
        "Boligsocial helhedsplan Eksempel 2025-2029 Strategisk samarbejdsaftale Eksempelparken",
        "Periode 1. november 2025 – 31. oktober 2029",
        "Parter Eksempel Kommune Boligforeningen Eksempel, der administrerer helhedsplanen",
        "Områder Eksempelparken",
        "Pulje 2019-26, regulativ af 11. december 2019",
        "Senest ændret 1. februar 2026",
        "Underskrifter For Dato Navn Eksempel Kommune Borgmester",
    ]:
        assert ventet in forside


def test_hver_side_har_id_og_nummer_og_alle_paa_naer_forsiden_et_hoved(papir):
    sider = [side.extract_text() for side in laest(papir).pages]

    fodder = [re.search(r"Dokument-id (\S+)\s+side (\d+) af (\d+)", side).groups() for side in sider]
    assert {id_ for id_, _nr, _alle in fodder} == {fodder[0][0]}
    assert re.fullmatch(r"eksempel-2025-2029/[0-9a-f]{12}", fodder[0][0])
    assert [(int(nr), int(alle)) for _id, nr, alle in fodder] == [(nr, len(sider)) for nr in range(1, len(sider) + 1)]
    hoveder = ["Strategisk samarbejdsaftale · Eksempelparken" in side for side in sider]
    assert hoveder == [False, *[True] * (len(sider) - 1)]


def test_bogmaerker_og_indhold_peger_paa_de_samme_sider(papir):
    laes = laest(papir)

    (forside,) = bogmaerker(laes)
    afsnit = forside[2][1:]
    assert [(titel, [del_[0] for del_ in dele]) for titel, _side, dele in afsnit] == [
        ("1 Tekst", ["Bebyggelsen"]),
        ("2 Aktiviteter", [f"2.{nr} Aktivitet {nr} {proeve.LANGT_ORD}" for nr in (1, 2)]),
        ("3 Samarbejdsparter", []),
    ]
    indhold = laes.pages[1].extract_text().partition("1 Tekst")[2]
    linjer = ["1 Tekst " + indhold.splitlines()[0].strip(), *indhold.splitlines()[1:5]]
    numre = [linje for titel, side, dele in afsnit for linje in [(titel, side), *(d[:2] for d in dele)]]
    assert linjer == [f"{titel} {side}" for titel, side in numre if titel != "Bebyggelsen"]


def test_filen_hedder_og_kender_sig_selv(papir):
    laes = laest(papir)

    assert papir.filnavn == "samarbejdsaftale-eksempel-2025-2029.pdf"
    assert laes.metadata.title == "Strategisk samarbejdsaftale – Boligsocial helhedsplan Eksempel 2025-2029"
    assert laes.metadata.author == "Eksempel Kommune, Boligforeningen Eksempel"
    assert laes.metadata.modification_date.isoformat() == "2026-01-31T23:30:00+00:00"
    assert laes.trailer["/Root"]["/Lang"] == "da"


def test_aktiviteten_staar_med_alt_hvad_der_er_skrevet_om_den(papir):
    trykt = " ".join(tekst(papir).split())

    for ventet in [
        "Status Revideret Fortsætter Den gamle (Den forrige plan) Områder Nord, Syd og Vest Delmål Delmål 1 Delmål 2",
        "Ansvarlig Boligsocial medarbejder Målgruppe, antal 3.100 Forventet deltagertal 1.200",
        "Samarbejdspart Rolle Skolen Henviser",
        "Milepæl Dato Ansvarlig Første hold 01.02.2026 – Uden dato – Leder",
    ]:
        assert ventet in trykt


def test_noterne_staar_under_deres_afsnit_og_nummereres_gennem_papiret():
    fodnoter = [re.findall(r'<li id="(note-\d+)">', del_) for del_ in html(proeve.svaert_dokument()).split("<h2")]

    alle = [note for noter in fodnoter for note in noter]
    assert alle == [f"note-{nr}" for nr in range(1, len(alle) + 1)]
    assert [bool(noter) for noter in fodnoter[3:]] == [True, True, False, False, True, False, True, False]


def test_tomme_felter_udelades():
    aktivitet = replace(
        proeve.aktivitet(1),
        status="",
        fortsaetter="",
        ansvarlig="",
        antal=(),
        omraader=(),
        delmaal=(),
        prosa=(),
        samarbejdsparter=(),
        milepaele=(),
    )

    del_ = html(proeve.dokument(proeve.afsnit(Afsnitsart.AKTIVITETER, 1, "", (aktivitet,))))

    assert re.findall(r"<(?:table|h4|dl)", del_.split("<main>")[1]) == []


def test_tomt_afsnit_siges_i_en_kladde_og_udelades_af_en_sammenligning():
    tomt = proeve.dokument(
        proeve.afsnit(Afsnitsart.PROSA, 1), proeve.afsnit(Afsnitsart.DELMAAL, 2, "", (proeve.delmaal(1),))
    )

    kladde, sammenlignet = html(tomt), tegn.papir(blokdokument(tomt), {})
    assert (kladde.count("Ikke udfyldt endnu"), kladde.count("<h2")) == (1, 4)
    assert (sammenlignet.count("Ikke udfyldt endnu"), sammenlignet.count("<h2")) == (0, 1)


@pytest.mark.parametrize("udgave", [False, True])
def test_tekster_der_ikke_er_oplyst_er_ikke_ved_at_blive_skrevet(udgave):
    """What people write, that is: an empty table waits for its rows."""
    tomt = proeve.dokument(
        proeve.afsnit(Afsnitsart.PROSA, 1),
        proeve.afsnit(Afsnitsart.PROBLEMKOMPLEKSER, 2, "", (proeve.problem("Job", ""),)),
        replace(proeve.afsnit(Afsnitsart.DELMAAL, 3), har_prosa=False),
    )
    hvordan = {"stempel": med_underskrivere(0)} if udgave else {"uskrevet": True}
    ord_ = [
        [tegn.papir(blokdokument(papir, **hvordan), {}).count(et) for et in ("Ikke oplyst", "Ikke udfyldt")]
        for papir in (tomt, replace(tomt, tekster_ikke_oplyst=True))
    ]
    assert ord_ == [[0, 3], [2, 1]]


def test_deltagertal_nul_er_et_tal():
    nul = Antalsfelt("forventet_deltagertal", "Forventet deltagertal", 0)
    (tabel,) = aktivitet(replace(proeve.aktivitet(1), antal=(nul,)), "1").blokke
    assert [ren(r.celler[1].tekster[0].loeb) for r in tabel.raekker if r.noegle == nul.felt] == ["0"]


def test_part_kan_gaelde_en_del_af_perioden(aftale):
    part = replace(aftale.parter[0], gaelder_fra=aftale.periode_fra)

    assert "<p>Eksempel Kommune (fra 1. november 2025)</p>" in html(replace(aftale, parter=(part,)))


# --- the same and not the same ---------------------------------------------------------------------------------------


def test_samme_indhold_er_samme_bytes_og_andet_indhold_et_andet_id(aftale, papir):
    rettet = pdf.papir(replace(aftale, lbf_sagsnummer="12-345"))

    assert pdf.papir(aftale).data == papir.data
    id_foer, id_efter = (re.search(r"Dokument-id (\S+)", tekst(p))[1] for p in (papir, rettet))
    assert id_foer != id_efter


def test_billedets_indhold_er_en_del_af_papirets_id(db):
    afsnit = proeve.afsnit(Afsnitsart.PROSA, 1, "", billeder=(proeve.billede("kort.png", "RGB"),))
    andet = replace(afsnit, billeder=(replace(proeve.billede("kort.png", "RGBA"), id=1),))

    assert html(proeve.dokument(afsnit)) != html(proeve.dokument(andet))


def test_billede_der_mangler_standser_papiret_og_naevnes():
    afsnit = proeve.afsnit(Afsnitsart.PROSA, 1, "", billeder=(proeve.billede("vaek.png"),))
    default_storage.delete(afsnit.billeder[0].fil)

    with pytest.raises(PdfFejl, match=r"^Billedet vaek\w*\.png findes ikke mere\. Hent det op igen\.$"):
        pdf.papir(proeve.dokument(afsnit))


# --- page and command ------------------------------------------------------------------------------------------------


def test_siden_siger_hvorfor_papiret_ikke_kan_laves(client, db):
    denne = verden()
    client.force_login(denne.brugere["sekretariat"])
    sti = reverse("samarbejdsaftale-pdf", args=[denne.plan.noegle])
    assert client.get(sti)["Content-Type"] == "application/pdf"

    for billede in Billede.objects.all():
        billede.fil.storage.delete(billede.fil.name)
    svar = client.get(sti)

    assert svar.status_code == 409
    assert "findes ikke mere. Hent det op igen." in svar.content.decode()


@pytest.mark.parametrize("papirnavn", ["samarbejdsaftale", "delaftale:omraadet"])
def test_kommandoen_skriver_papiret(db, tmp_path, papirnavn, capsys):
    aftale = DelaftaleFactory(plan__noegle="planen", indsatsomraade__noegle="omraadet")
    ud = tmp_path / "papir.pdf"

    call_command("pdf", "planen", papirnavn, ud=str(ud))

    lav = {"samarbejdsaftale": lambda: pdf.samarbejdsaftale(aftale.plan)}.get(papirnavn, lambda: pdf.delaftale(aftale))
    assert ud.read_bytes() == lav().data
    assert capsys.readouterr().out == f"{papirnavn} for planen er skrevet til {ud}.\n"


@pytest.mark.parametrize(
    ("plan", "papirnavn", "besked"),
    [
        ("plann", "samarbejdsaftale", "Planen »plann« findes ikke. Mente du planen?"),
        ("planen", "regnskab", "Papiret »regnskab« findes ikke. Vælg mellem "),
        ("planen", "samarbejdsaftale:x", "Planen har kun én samarbejdsaftale."),
        ("planen", "delaftale:x", "Planen har ingen delaftale »x«. Den har: delaftale:omraadet."),
        ("planen", "delaftale", "Planen har ingen delaftale »«. Den har: delaftale:omraadet."),
        ("ny", "delaftale:omraadet", "Planen har ingen delaftale »omraadet«. Den har: ingen delaftaler."),
    ],
)
def test_kommandoen_siger_hvad_der_er_galt_og_skriver_intet(db, tmp_path, plan, papirnavn, besked):
    DelaftaleFactory(plan__noegle="planen", indsatsomraade__noegle="omraadet")
    HelhedsplanFactory(noegle="ny")

    with pytest.raises(CommandError, match="^" + re.escape(besked)):
        call_command("pdf", plan, papirnavn, ud=str(tmp_path / "papir.pdf"))

    assert list(tmp_path.iterdir()) == []


def test_kommandoen_siger_naar_filen_ikke_kan_skrives(db, tmp_path):
    DelaftaleFactory(plan__noegle="planen")

    with pytest.raises(CommandError, match=r"kan ikke skrives\.$"):
        call_command("pdf", "planen", "samarbejdsaftale", ud=str(tmp_path))


# --- cost ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("antal", [1, 3])
def test_papiret_laeses_i_et_fast_antal_forespoergsler(db, django_assert_num_queries, antal):
    plan, _aftale = en_plan(antal)
    plan = Helhedsplan.objects.select_related("regelsaet").get(pk=plan.pk)

    # The paper, and its figures: the baseline table, those in prose, and what is hidden of both.
    with en_side(), django_assert_num_queries(44):
        pdf.papir_html(pdf.forespoergsler.samarbejdsaftale(plan), {})


# --- where pages break, and what is not printed -----------------------------------------------------------------


def sider(dokument, **valg):
    return [side.extract_text() for side in laest(pdf.papir(dokument, **valg)).pages]


def med_underskrivere(antal, part="Part", titel="Borgmester"):
    linjer = tuple(Underskriftslinje(f"{part} {nr}", f"Person {nr}", titel) for nr in range(1, antal + 1))
    return Udgavestempel(1, date(2026, 1, 1), datetime(2026, 1, 1, 9, tzinfo=UTC), "eksempel/u1", linjer)


def test_otte_parters_underskrifter_staar_paa_en_side():
    dokument = proeve.dokument(proeve.afsnit(Afsnitsart.PROSA, 1, "<p>Tekst.</p>"))
    *_, sidste = sider(dokument, stempel=med_underskrivere(8))
    assert [nr for nr in range(1, 9) if f"Part {nr}" in sidste and f"Person {nr}" in sidste] == list(range(1, 9))
    assert "Underskrifter" in sidste


def test_otte_parter_med_lange_navne_og_titler_staar_ogsaa_paa_en_side():
    part = "Boligorganisationen Eksempel og Omegns Almene Boligselskab, afdeling for udvikling"
    titel = "Borgmester og formand for det fælles udvalg for byens udvikling"
    dokument = proeve.dokument(proeve.afsnit(Afsnitsart.PROSA, 1, "<p>Tekst.</p>"))
    *_, sidste = sider(dokument, stempel=med_underskrivere(8, part, titel))
    assert [nr for nr in range(1, 9) if f"Person {nr}" in sidste] == list(range(1, 9))
    assert "Underskrifter" in sidste


def test_linjer_til_blaek_staar_kun_paa_kladden_af_det_der_underskrives():
    aftale, plan = proeve.dokument(), proeve.dokument(art="milepaelsplan")
    assert html(aftale).count('class="underskrifter') == 1
    assert html(plan).count('class="underskrifter') == 0
    udgave = html(aftale, stempel=med_underskrivere(2))
    assert (udgave.count('class="underskrifter'), udgave.count("til-blaek")) == (1, 0)


def test_et_delmaal_med_fyrre_aktiviteter_staar_under_sin_overskrift():
    mange = replace(proeve.delmaal(1), aktiviteter=tuple(f"Aktivitet nummer {nr}" for nr in range(1, 61)))
    fyld = "<p>Linje.</p>" * 12
    dokument = proeve.dokument(
        proeve.afsnit(Afsnitsart.PROSA, 1, fyld), proeve.afsnit(Afsnitsart.DELMAAL, 2, "", (mange,))
    )
    alle = sider(dokument)
    (side,) = [s for s in alle[2:] if "Mål i ord" in s and "Lokalt delmål" in s]
    assert "Aktivitet nummer 1" in side
    assert [nr for nr in range(1, 61) if f"Aktivitet nummer {nr}\n" not in "\n".join(alle) + "\n"] == []
    assert not any("2 Delmål" in " ".join(s.split()) and "Aktivitet nummer" not in s for s in alle[2:])


def test_den_sidste_side_har_mere_end_de_sidste_linjer():
    """However long what stands before it is, a short last section stands together."""
    for linjer in range(20, 44, 2):
        dokument = proeve.dokument(
            proeve.afsnit(Afsnitsart.PROSA, 1, "<p>Linje.</p>" * linjer),
            replace(proeve.afsnit(Afsnitsart.PROSA, 2, "<p>Sidste.</p>" * 6), titel="Revision"),
        )
        paa_siderne = [side.count("Sidste.") for side in sider(dokument)]
        assert [antal for antal in paa_siderne if antal] == [6], (linjer, paa_siderne)


def test_ogsaa_foer_underskrifterne_staar_det_sidste_afsnit_samlet():
    for linjer in range(16, 40, 3):
        dokument = proeve.dokument(
            proeve.afsnit(Afsnitsart.PROSA, 1, "<p>Linje.</p>" * linjer),
            replace(proeve.afsnit(Afsnitsart.PROSA, 2, "<p>Sidste.</p>" * 8), titel="Revision"),
        )
        paa_siderne = [side.count("Sidste.") for side in sider(dokument, stempel=med_underskrivere(2))]
        assert [antal for antal in paa_siderne if antal] == [8], (linjer, paa_siderne)


def test_pile_og_bemaerkninger_til_kladden_trykkes_ikke():
    papir = tekst(pdf.papir(proeve.svaert_dokument()))
    assert "Delmål 1" in papir
    assert "↩" not in papir
    assert "Note\nto" not in papir


def test_noterne_skilles_ikke_fra_deres_afsnit():
    """Wherever on the page the section ends."""
    naeste = [proeve.afsnit(Afsnitsart.PROSA, nr, "<p>Linje.</p>" * 9) for nr in (2, 3)]
    for linjer in range(18, 32, 2):
        tekst_ = "<p>Fyld.</p>" * linjer + f"<p>Det sidste ord.{proeve.NOTE}</p>"
        alle = sider(proeve.dokument(proeve.afsnit(Afsnitsart.PROSA, 1, tekst_), *naeste))
        (siden,) = [side for side in alle if "Noter" in side]
        assert "Det sidste ord." in siden, linjer
