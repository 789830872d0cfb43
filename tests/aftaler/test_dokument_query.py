"""The papers as data: everything a plan says, once, in the order of the template, with the same number of queries."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from aftaler.choices import Afsnitsart, Dokumenttype, Gruppeart
from aftaler.models import Delaftale, Helhedsplan
from aftaler.queries import dokument
from aftaler.queries.dokument import maal_i_ord
from aftaler.queries.huller import huller
from helhedsplan import actions
from tests import factories as f
from tests.verden import PROSA, en_plan

pytestmark = pytest.mark.django_db


def hentet(plan):
    return Helhedsplan.objects.select_related("regelsaet").get(pk=plan.pk)


def hentet_aftale(aftale):
    return Delaftale.objects.select_related("plan__regelsaet", "indsatsomraade").get(pk=aftale.pk)


def skabelon(plan, art, dokument=Dokumenttype.SAMARBEJDSAFTALE, **felter):
    return f.SkabelonafsnitFactory(
        regelsaet=plan.regelsaet, dokument=dokument, art=art, **{"noegle": str(art)} | felter
    )


def indhold(plan, art):
    """What the samarbejdsaftale's section of that kind holds."""
    skabelon(plan, art)
    return next(a.indhold for a in dokument.samarbejdsaftale(hentet(plan)).afsnit if a.art == art)


def indhold_i(aftale, art):
    skabelon(aftale.plan, art, Dokumenttype.DELAFTALE)
    return next(a.indhold for a in dokument.delaftale(hentet_aftale(aftale)).afsnit if a.art == art)


# --- queries --------------------------------------------------------------------------------------------------------


def stor_plan(antal):
    plan, aftale = en_plan(antal)
    for nr in range(antal):
        anden = f.DelaftaleFactory(plan=plan)
        f.AktivitetFactory(delaftale=aftale, fortsaetter=f.AktivitetFactory(delaftale__plan__regelsaet=plan.regelsaet))
        f.GruppeFactory(plan=plan, over=plan.grupper.last())
        f.OverordnetMaalFactory(indsatsomraade=anden.indsatsomraade, nummer=10 + nr)
    return plan, aftale


@pytest.mark.parametrize("antal", [1, 3])
def test_samarbejdsaftalen_koster_lige_mange_forespoergsler(antal, django_assert_num_queries):
    plan = hentet(stor_plan(antal)[0])
    with django_assert_num_queries(52):
        laest = dokument.samarbejdsaftale(plan)
    assert len(laest.omraader) == antal


@pytest.mark.parametrize("antal", [1, 3])
def test_delaftalen_koster_lige_mange_forespoergsler(antal, django_assert_num_queries):
    aftale = hentet_aftale(stor_plan(antal)[1])
    with django_assert_num_queries(20):
        laest = dokument.delaftale(aftale)
    assert len(next(a.indhold for a in laest.afsnit if a.art == Afsnitsart.AKTIVITETER)) == 2 * antal


@pytest.mark.parametrize("antal", [1, 3])
def test_oversigten_koster_lige_mange_forespoergsler(antal, django_assert_num_queries):
    plan = hentet(stor_plan(antal)[0])
    with django_assert_num_queries(3):
        assert len(dokument.delaftaleoversigt(plan)) == antal + 1


# --- the paper itself -----------------------------------------------------------------------------------------------


def test_samarbejdsaftalens_forside():
    plan = f.HelhedsplanFactory(
        noegle="parken",
        navn="Parken 2025-2029",
        omraadenavn="Parken og Engen",
        regelsaet__navn="2019-26",
        regelsaet__regulativ=date(2019, 12, 11),
    )
    f.SagsnummerFactory(plan=plan, nummer="123-4")
    f.PartFactory(
        plan=plan, orden=2, organisation__navn="Boligforeningen", administrerer=True, gaelder_fra=date(2026, 1, 1),
        gaelder_til=date(2028, 1, 1), underskriver="", underskriver_titel="Direktør",
    )  # fmt: skip
    f.PartFactory(
        plan=plan, orden=1, organisation__navn="Kommunen", organisation__art="kommune", underskriver="Borgmesteren"
    )
    f.OmraadeFactory(plan=plan, navn="Engen", orden=2)
    f.OmraadeFactory(plan=plan, navn="Parken", orden=1)
    laest = dokument.samarbejdsaftale(hentet(plan))
    assert (laest.noegle, laest.art, laest.arttekst) == ("parken", "samarbejdsaftale", "Strategisk samarbejdsaftale")
    assert (laest.titel, laest.plan_navn, laest.omraadenavn) == (
        "Strategisk samarbejdsaftale om boligsocial indsats", "Parken 2025-2029", "Parken og Engen",
    )  # fmt: skip
    assert (laest.pulje, laest.regulativ, laest.lbf_sagsnummer) == ("2019-26", date(2019, 12, 11), "123-4")
    assert (laest.periode_fra, laest.periode_til) == (date(2025, 11, 1), date(2029, 10, 31))
    assert laest.omraader == ("Parken", "Engen")
    assert [(p.navn, p.art, p.administrerer, p.underskriver, p.underskriver_titel) for p in laest.parter] == [
        ("Kommunen", "kommune", False, "Borgmesteren", "Direktør"),
        ("Boligforeningen", "boligorganisation", True, "", "Direktør"),
    ]
    assert (laest.parter[1].gaelder_fra, laest.parter[1].gaelder_til) == (date(2026, 1, 1), date(2028, 1, 1))


def test_delaftalens_forside():
    aftale = f.DelaftaleFactory(
        plan__noegle="parken", indsatsomraade__noegle="job", indsatsomraade__navn="Beskæftigelse"
    )
    laest = dokument.delaftale(hentet_aftale(aftale))
    assert (laest.noegle, laest.art, laest.arttekst, laest.titel) == (
        "parken/job", "delaftale", "Delaftale", "Delaftale: Beskæftigelse",
    )  # fmt: skip


def test_uden_omraadenavn_staar_planens_navn():
    plan = f.HelhedsplanFactory(omraadenavn="", navn="Parken 2025-2029")
    assert dokument.samarbejdsaftale(hentet(plan)).omraadenavn == "Parken 2025-2029"


def test_papirets_dato_er_den_seneste_aendring_af_det_der_staar_i_det():
    plan, bruger = f.HelhedsplanFactory(), f.BrugerFactory()
    assert dokument.samarbejdsaftale(hentet(plan)).aendret is None
    foer = timezone.now()
    actions.ret(bruger=bruger, objekt=plan, felter={"navn": "Ny"}, tilladte={"navn"})
    rettet = dokument.samarbejdsaftale(hentet(plan)).aendret
    assert foer <= rettet <= timezone.now()
    medlem = f.MedlemskabFactory.build(plan=plan, bruger=bruger)
    actions.opret(bruger=bruger, objekt=medlem)
    assert dokument.samarbejdsaftale(hentet(plan)).aendret == rettet
    actions.opret(bruger=bruger, objekt=f.OmraadeFactory.build(plan=plan))
    assert dokument.samarbejdsaftale(hentet(plan)).aendret > rettet


def test_en_anden_plans_aendringer_er_ligegyldige():
    plan, anden, bruger = f.HelhedsplanFactory(), f.HelhedsplanFactory(), f.BrugerFactory()
    actions.ret(bruger=bruger, objekt=anden, felter={"navn": "Ny"}, tilladte={"navn"})
    assert dokument.samarbejdsaftale(hentet(plan)).aendret is None


# --- sections -------------------------------------------------------------------------------------------------------


def test_afsnit_i_skabelonens_orden_med_det_der_er_skrevet():
    plan = f.HelhedsplanFactory()
    sidst = skabelon(
        plan, Afsnitsart.PROSA, noegle="b", orden=2, nummer="2", titel="Sidst", vejledning="", uddybning=""
    )
    foerst = skabelon(
        plan, Afsnitsart.PROSA, noegle="a", orden=1, nummer="1", titel="Først",
        vejledning="Kort.", uddybning="Mere.", kilde="LBF",
    )  # fmt: skip
    skabelon(plan, Afsnitsart.PROSA, Dokumenttype.DELAFTALE, noegle="c")
    skabelon(f.HelhedsplanFactory(), Afsnitsart.PROSA, noegle="d")
    afsnit = f.AfsnitFactory(plan=plan, skabelon=foerst, tekst="<p>Skrevet</p>", faerdig=True)
    f.BilledeFactory(afsnit=afsnit, alternativ_tekst="Andet", billedtekst="", orden=2)
    billede = f.BilledeFactory(afsnit=afsnit, alternativ_tekst="Kort", billedtekst="Området", orden=1)
    f.AfsnitFactory(skabelon=sidst, plan=f.HelhedsplanFactory(regelsaet=plan.regelsaet), tekst="<p>Andres</p>")
    et, to = dokument.samarbejdsaftale(hentet(plan)).afsnit
    assert (et.noegle, et.nummer, et.titel, et.art, et.har_prosa) == ("a", "1", "Først", "prosa", True)
    assert (et.vejledning, et.uddybning, et.kilde) == ("Kort.", "Mere.", "LBF")
    assert (et.tekst, et.faerdig, et.tilstand) == ("<p>Skrevet</p>", True, "udfyldt")
    assert [b.alternativ_tekst for b in et.billeder] == ["Kort", "Andet"]
    assert (et.billeder[0].id, et.billeder[0].fil, et.billeder[0].billedtekst) == (
        billede.pk,
        billede.fil.name,
        "Området",
    )
    assert (to.noegle, to.tekst, to.faerdig, to.billeder, to.indhold, to.tilstand) == ("b", "", False, (), (), "tom")


def test_et_ufaerdigt_afsnit_er_en_kladde():
    plan = f.HelhedsplanFactory()
    f.AfsnitFactory(plan=plan, skabelon=skabelon(plan, Afsnitsart.PROSA), faerdig=False)
    assert dokument.samarbejdsaftale(hentet(plan)).afsnit[0].tilstand == "kladde"


def test_et_afsnit_af_data_er_udfyldt_naar_der_er_nogen():
    aftale = f.DelaftaleFactory()
    skabelon(aftale.plan, Afsnitsart.DELMAAL, Dokumenttype.DELAFTALE)
    assert dokument.delaftale(hentet_aftale(aftale)).afsnit[0].tilstand == "tom"
    delmaal = f.DelmaalFactory(delaftale=aftale)
    assert dokument.delaftale(hentet_aftale(aftale)).afsnit[0].tilstand == "kladde"  # no activity serves it
    f.AktivitetFactory(delaftale=aftale).delmaal.add(delmaal)
    assert dokument.delaftale(hentet_aftale(aftale)).afsnit[0].tilstand == "udfyldt"


@pytest.mark.parametrize(
    "tekst", ["<p>.</p>", "<p>-</p>", "<p> </p>", "<p>&nbsp;–&nbsp;</p>", "<p><strong>…</strong></p>"]
)
def test_et_afsnit_uden_ord_er_ikke_udfyldt(tekst):
    plan = f.HelhedsplanFactory()
    f.AfsnitFactory(plan=plan, skabelon=skabelon(plan, Afsnitsart.PROSA), tekst=tekst, faerdig=True)
    [afsnit] = dokument.samarbejdsaftale(hentet(plan)).afsnit
    assert (afsnit.tilstand, afsnit.hul) == ("kladde", "ikke skrevet")


def test_siden_og_listen_siger_det_samme_om_hvert_afsnit():
    """The page reads the paper, the list reads the rows of all papers at once: the words are the same."""
    plan = f.HelhedsplanFactory()
    aftale, tom = f.DelaftaleFactory(plan=plan), f.DelaftaleFactory(plan=plan)
    plan.indsatsomraader.set([aftale.indsatsomraade, tom.indsatsomraade])
    for art in Afsnitsart:
        skabelon(plan, art, art.dokument or Dokumenttype.SAMARBEJDSAFTALE, titel=art.label)
    problem = skabelon(plan, Afsnitsart.PROSA, Dokumenttype.DELAFTALE, noegle="problemkompleks", titel="Problem")
    f.AfsnitFactory(delaftale=aftale, skabelon=problem, tekst="<p>Mange flytter</p>")
    f.PartFactory(plan=plan)
    f.FastIndikatorFactory.create_batch(2, maal__indsatsomraade=aftale.indsatsomraade)
    f.DelmaalFactory(delaftale=aftale)
    f.AktivitetFactory(delaftale=aftale, maalgruppe="").delmaal.add(f.DelmaalFactory(delaftale=aftale))
    f.AktivitetFactory(delaftale=aftale, formaal="<p>Flere i job</p>")
    papirer = {("samarbejdsaftale", ""): dokument.samarbejdsaftale(hentet(plan))} | {
        ("delaftale", a.noegle): dokument.delaftale(hentet_aftale(a)) for a in (aftale, tom)
    }
    paa_siden = {
        hvad: {
            f"{a.nummer} {a.titel}".strip() + ("" if a.hul == "ikke skrevet" else f": {a.hul}")
            for a in papir.afsnit
            if a.hul
        }
        for hvad, papir in papirer.items()
    }
    fundne = {hvad: set(h) for hvad, h in huller(plan, "samarbejdsaftale", "delaftale").items() if hvad in papirer}
    baseline = {"2 indikatorer mangler baseline"}
    assert baseline <= fundne["samarbejdsaftale", ""]
    fundne["samarbejdsaftale", ""] -= baseline
    maal = {h for h in paa_siden["samarbejdsaftale", ""] if h.endswith("2 indikatorer mangler baseline")}
    assert len(maal) == 1
    paa_siden["samarbejdsaftale", ""] -= maal
    assert paa_siden == fundne
    assert all(len(h) > 1 for h in fundne.values())


def test_hver_delaftale_har_sine_egne_afsnit():
    plan = f.HelhedsplanFactory()
    fri = skabelon(plan, Afsnitsart.PROSA, Dokumenttype.DELAFTALE, noegle="fri")
    en, anden = f.DelaftaleFactory(plan=plan), f.DelaftaleFactory(plan=plan)
    f.AfsnitFactory(delaftale=en, skabelon=fri, tekst="<p>En</p>")
    f.AfsnitFactory(delaftale=anden, skabelon=fri, tekst="<p>Anden</p>")
    tekster = [[a.tekst for a in dokument.delaftale(hentet_aftale(x)).afsnit] for x in (en, anden)]
    assert tekster == [["<p>En</p>"], ["<p>Anden</p>"]]
    assert dokument.samarbejdsaftale(hentet(plan)).afsnit == ()


# --- the sections made from data ------------------------------------------------------------------------------------


def test_aftaledokumenter():
    plan = f.HelhedsplanFactory()
    for nummer, navn in ((2, "Uddannelse"), (1, "Beskæftigelse")):
        plan.indsatsomraader.add(f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, nummer=nummer, navn=navn))
    assert indhold(plan, Afsnitsart.AFTALEDOKUMENTER) == (
        "Delaftale om Beskæftigelse", "Delaftale om Uddannelse", "Budget", "Beredskabsplan", "Milepælsplan",
        "Kommissorium for bestyrelsen", "Indberetningsskema", "Organisationsdiagram",
    )  # fmt: skip


def test_koblingstabeller():
    plan = f.HelhedsplanFactory()
    omraade = f.IndsatsomraadeFactory(regelsaet=plan.regelsaet)
    to, et = (f.OverordnetMaalFactory(indsatsomraade=omraade, nummer=n, tekst=f"Tekst {n}") for n in (2, 1))
    f.KoblingstabelFactory(plan=plan, titel="Sidst", orden=2)
    tabel = f.KoblingstabelFactory(plan=plan, titel="Først", orden=1, kolonne_fra="Politik", kolonne_til="Mål")
    f.KoblingsraekkeFactory(tabel=tabel, orden=2, fra="B", til="")
    f.KoblingsraekkeFactory(tabel=tabel, orden=1, fra="A", til="Forklaring", maal=[to, et])
    f.KoblingstabelFactory()
    foerst, sidst = indhold(plan, Afsnitsart.KOBLINGSTABELLER)
    assert (foerst.id, foerst.titel, foerst.kolonne_fra, foerst.kolonne_til) == (tabel.pk, "Først", "Politik", "Mål")
    assert [(r.fra, r.til, r.maal) for r in foerst.raekker] == [
        ("A", "Forklaring", ("Mål 1: Tekst 1", "Mål 2: Tekst 2")),
        ("B", "", ()),
    ]
    assert (sidst.titel, sidst.raekker) == ("Sidst", ())


def test_organiseringen_er_et_trae_i_orden():
    plan = f.HelhedsplanFactory()
    bestyrelse = f.GruppeFactory(
        plan=plan, noegle="b", navn="Bestyrelsen", art=Gruppeart.BESTYRELSE, orden=2, moeder_pr_aar=4, opgave="Leder."
    )
    f.GruppeFactory(plan=plan, navn="Først", orden=1)
    sekretariat = f.GruppeFactory(plan=plan, navn="Sekretariatet", over=bestyrelse, orden=4)
    f.GruppeFactory(plan=plan, navn="Følgegruppen", over=bestyrelse, orden=3)
    f.GruppeFactory(plan=plan, navn="Team", over=sekretariat, orden=0)
    f.PladsFactory(gruppe=bestyrelse, titel="Medlem", orden=2)
    f.PladsFactory(
        gruppe=bestyrelse, titel="Direktør", orden=1, formand=True, organisation=f.OrganisationFactory(navn="Kommunen")
    )
    f.GruppeFactory()
    foerst, b = indhold(plan, Afsnitsart.ORGANISERING)
    assert (foerst.navn, foerst.under, foerst.pladser) == ("Først", (), ())
    assert (b.noegle, b.navn, b.art, b.moeder_pr_aar, b.opgave) == ("b", "Bestyrelsen", "Bestyrelse", 4, "Leder.")
    assert [(p.titel, p.organisation, p.formand) for p in b.pladser] == [
        ("Direktør", "Kommunen", True),
        ("Medlem", "", False),
    ]
    assert [(g.navn, [u.navn for u in g.under]) for g in b.under] == [("Følgegruppen", []), ("Sekretariatet", ["Team"])]


def test_maal_og_indikatorer_for_de_valgte_indsatsomraader():
    plan = f.HelhedsplanFactory()
    valgt = f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, nummer=2, navn="Valgt")
    andet = f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, nummer=1, navn="Andet")
    maal = f.OverordnetMaalFactory(indsatsomraade=valgt, nummer=2, tekst="To")
    f.OverordnetMaalFactory(indsatsomraade=andet, nummer=1, tekst="Et")
    f.FastIndikatorFactory(maal=maal, nummer=2, navn="B")
    f.FastIndikatorFactory(maal=maal, nummer=1, navn="A")
    f.OverordnetMaalFactory()
    ingen_valgt = indhold(plan, Afsnitsart.MAAL_OG_INDIKATORER)
    assert [(m.nummer, m.tekst, m.indsatsomraade, m.indikatorer) for m in ingen_valgt] == [
        (1, "Et", "Andet", ()), (2, "To", "Valgt", ("A", "B")),
    ]  # fmt: skip
    plan.indsatsomraader.add(valgt)
    afsnit = dokument.samarbejdsaftale(hentet(plan)).afsnit[0]
    assert [m.nummer for m in afsnit.indhold] == [2]


def test_problemkomplekser_skrives_i_delaftalen_og_ses_i_samarbejdsaftalen():
    plan = f.HelhedsplanFactory()
    problem = skabelon(plan, Afsnitsart.PROSA, Dokumenttype.DELAFTALE, noegle="problemkompleks")
    anden_tekst = skabelon(plan, Afsnitsart.PROSA, Dokumenttype.DELAFTALE, noegle="revision")
    skrevet = f.DelaftaleFactory(
        plan=plan, indsatsomraade__nummer=3, indsatsomraade__navn="C", indsatsomraade__noegle="c"
    )
    f.DelaftaleFactory(plan=plan, indsatsomraade__nummer=2, indsatsomraade__navn="B", indsatsomraade__noegle="b")
    plan.indsatsomraader.add(f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, nummer=1, navn="A", noegle="a"))
    afsnit = f.AfsnitFactory(delaftale=skrevet, skabelon=problem, tekst=PROSA)
    f.AfsnitFactory(delaftale=skrevet, skabelon=anden_tekst, tekst="<p>Andet</p>")
    fremmed = f.DelaftaleFactory(plan__regelsaet=plan.regelsaet, indsatsomraade=skrevet.indsatsomraade)
    f.AfsnitFactory(delaftale=fremmed, skabelon=problem, tekst="<p>Andres</p>")
    fundne = indhold(plan, Afsnitsart.PROBLEMKOMPLEKSER)
    assert [(p.indsatsomraade, p.noegle, p.har_delaftale, p.tekst) for p in fundne] == [
        ("A", "a", False, ""), ("B", "b", True, ""), ("C", "c", True, PROSA),
    ]  # fmt: skip
    actions.ret(bruger=f.BrugerFactory(), objekt=afsnit, felter={"tekst": "<p>Rettet</p>"}, tilladte={"tekst"})
    i_aftalen = dokument.samarbejdsaftale(hentet(plan)).afsnit[0].indhold[2].tekst
    i_delaftalen = next(
        a.tekst for a in dokument.delaftale(hentet_aftale(skrevet)).afsnit if a.noegle == "problemkompleks"
    )
    assert i_aftalen == i_delaftalen == "<p>Rettet</p>"


def test_delmaal_med_deres_aktiviteter_i_orden():
    aftale = f.DelaftaleFactory()
    sidst = f.DelmaalFactory(delaftale=aftale, orden=2, tekst="Sidst", kilde="lbf", note="Note")
    foerst = f.DelmaalFactory(
        delaftale=aftale,
        orden=1,
        noegle="unge",
        tekst="Først",
        maaltype="tal",
        vaerdi=30,
        enhed="unge",
        retning="stiger",
    )
    f.AktivitetFactory(delaftale=aftale, navn="B", orden=2, delmaal=[foerst])
    f.AktivitetFactory(delaftale=aftale, navn="A", orden=1, delmaal=[foerst, sidst])
    f.DelmaalFactory(delaftale__plan=aftale.plan)
    assert [
        (d.nummer, d.tekst, d.kilde, d.maal_i_ord, d.aktiviteter, d.note) for d in indhold_i(aftale, Afsnitsart.DELMAAL)
    ] == [
        (1, "Først", "Lokalt delmål", "skal stige til 30 unge", ("A", "B"), ""),
        (2, "Sidst", "Landsbyggefondens liste", "", ("A",), "Note"),
    ]


def test_en_aktivitet_med_alt():
    aftale = f.DelaftaleFactory(indsatsomraade__navn="Beskæftigelse")
    nord, syd = (f.OmraadeFactory(plan=aftale.plan, navn=navn, orden=n) for n, navn in ((1, "Nord"), (2, "Syd")))
    delmaal = f.DelmaalFactory(delaftale=aftale, tekst="Flere i job")
    gammel = f.AktivitetFactory(navn="Job før", delaftale__plan__navn="Gammel plan")
    aktivitet = f.AktivitetFactory(
        delaftale=aftale, noegle="job", navn="Job nu", status="revideret", fortsaetter=gammel, ansvarlig="Medarbejder",
        maalgruppe_antal=0,
        forventet_deltagertal=40, omraader=[syd, nord], delmaal=[delmaal], formaal="<p>F</p>", maalgruppe="<p>M</p>",
        indhold="<p>I</p>", baggrund="<p>B</p>", forankring="", ressourcer="<p>R</p>", note="Kun til os selv",
    )  # fmt: skip
    f.MilepaelFactory(aktivitet=aktivitet, navn="Slut", dato=None, ansvarlig="", orden=2)
    f.MilepaelFactory(aktivitet=aktivitet, navn="Start", dato=date(2026, 2, 1), ansvarlig="Leder", orden=1)
    f.SamarbejdspartFactory(aktivitet=aktivitet, navn="Jobcentret", rolle="Henviser")
    (vist,) = indhold_i(aftale, Afsnitsart.AKTIVITETER)
    assert (vist.noegle, vist.nummer, vist.navn, vist.status) == ("job", 1, "Job nu", "Revideret")
    assert (vist.fortsaetter, vist.ansvarlig, [(x.felt, x.navn, x.antal) for x in vist.antal]) == (
        "Job før (Gammel plan)",
        "Medarbejder",
        [("maalgruppe_antal", "Målgruppe, antal", 0), ("forventet_deltagertal", "Forventet deltagertal", 40)],
    )
    assert (vist.omraader, vist.delmaal) == (("Nord", "Syd"), ("Flere i job",))
    assert [(p.felt, p.navn, p.tekst) for p in vist.prosa] == [
        ("baggrund", "Baggrund", "<p>B</p>"), ("formaal", "Formål", "<p>F</p>"),
        ("maalgruppe", "Målgruppe", "<p>M</p>"), ("indhold", "Indhold", "<p>I</p>"),
        ("ressourcer", "Ressourcer", "<p>R</p>"),
    ]  # fmt: skip
    assert [(m.navn, m.dato, m.ansvarlig) for m in vist.milepaele] == [
        ("Start", date(2026, 2, 1), "Leder"), ("Slut", None, ""),
    ]  # fmt: skip
    assert [(p.navn, p.rolle) for p in vist.samarbejdsparter] == [("Jobcentret", "Henviser")]
    assert "Kun til os selv" not in str(dokument.delaftale(hentet_aftale(aftale)))


def test_en_aktivitet_i_to_omraader_er_en_aktivitet():
    aftale = f.DelaftaleFactory()
    omraader = f.OmraadeFactory.create_batch(2, plan=aftale.plan)
    delmaal = f.DelmaalFactory.create_batch(2, delaftale=aftale)
    f.AktivitetFactory(delaftale=aftale, navn="Begge steder", omraader=omraader, delmaal=delmaal)
    vist = indhold_i(aftale, Afsnitsart.AKTIVITETER)
    assert [(a.nummer, a.navn, len(a.omraader)) for a in vist] == [(1, "Begge steder", 2)]
    (linje,) = dokument.delaftaleoversigt(hentet(aftale.plan))
    assert (linje.antal_aktiviteter, linje.antal_delmaal) == (1, 2)


def test_aktiviteter_i_orden_og_kun_delaftalens_egne():
    aftale = f.DelaftaleFactory()
    for orden, navn in ((3, "C"), (1, "A"), (2, "B")):
        f.AktivitetFactory(delaftale=aftale, orden=orden, navn=navn)
    f.AktivitetFactory(delaftale__plan=aftale.plan)
    assert [(a.nummer, a.navn) for a in indhold_i(aftale, Afsnitsart.AKTIVITETER)] == [(1, "A"), (2, "B"), (3, "C")]


def test_samarbejdsparter_delaftalens_egne_foerst():
    aftale = f.DelaftaleFactory()
    sidst, foerst = (
        f.AktivitetFactory(delaftale=aftale, orden=n, navn=navn) for n, navn in ((2, "Sidst"), (1, "Først"))
    )
    f.SamarbejdspartFactory(aktivitet=sidst, navn="D", rolle="")
    f.SamarbejdspartFactory(aktivitet=foerst, navn="C", rolle="Vært", orden=2)
    f.SamarbejdspartFactory(aktivitet=foerst, navn="B2", rolle="", orden=1)
    f.SamarbejdspartFactory(delaftale=aftale, navn="B", rolle="", orden=2)
    f.SamarbejdspartFactory(delaftale=aftale, navn="A", rolle="Ejer", orden=1)
    f.SamarbejdspartFactory(delaftale__plan=aftale.plan)
    assert [(p.navn, p.rolle, p.aktivitet) for p in indhold_i(aftale, Afsnitsart.SAMARBEJDSPARTER)] == [
        ("A", "Ejer", ""), ("B", "", ""), ("B2", "", "Først"), ("C", "Vært", "Først"), ("D", "", "Sidst"),
    ]  # fmt: skip


# --- targets in words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        ({}, ""),
        ({"maaltype": "retning", "retning": "stiger"}, "skal stige"),
        ({"maaltype": "retning", "retning": "falder"}, "skal falde"),
        ({"maaltype": "retning", "retning": "falder", "vaerdi": "5"}, "skal falde"),
        ({"maaltype": "tal", "vaerdi": "30"}, "30"),
        ({"maaltype": "tal", "vaerdi": "30", "enhed": "%"}, "30 %"),
        (
            {"maaltype": "tal", "vaerdi": "1200.5000", "enhed": "timer", "retning": "stiger"},
            "skal stige til 1.200,5 timer",
        ),
        ({"maaltype": "tal", "vaerdi": "0", "enhed": "sager", "retning": "falder"}, "skal falde til 0 sager"),
        ({"maaltype": "graense", "sammenligning": "<", "vaerdi": "6", "enhed": "%"}, "under 6 %"),
        ({"maaltype": "graense", "sammenligning": "<=", "vaerdi": "6"}, "højst 6"),
        ({"maaltype": "graense", "sammenligning": ">=", "vaerdi": "100", "enhed": "unge"}, "mindst 100 unge"),
        ({"maaltype": "graense", "sammenligning": ">", "vaerdi": "6"}, "over 6"),
        (
            {"maaltype": "aarligt_loft", "sammenligning": "<", "vaerdi": "6", "enhed": "udsættelser"},
            "under 6 udsættelser om året",
        ),
        (
            {"maaltype": "aarligt_loft", "sammenligning": "<=", "vaerdi": "10", "enhed": "unge på 18-24 år"},
            "højst 10 unge på 18-24 år om året",
        ),
        (
            {"maaltype": "aarligt_loft", "sammenligning": "<=", "vaerdi": "10", "enhed": "sårbare familier"},
            "højst 10 sårbare familier om året",
        ),
        (
            {"maaltype": "aarligt_loft", "sammenligning": "<", "vaerdi": "6", "enhed": "udsættelser om året"},
            "under 6 udsættelser om året",
        ),
        (
            {"maaltype": "aarligt_loft", "sammenligning": "<", "vaerdi": "6", "enhed": "sager pr. år"},
            "under 6 sager pr. år",
        ),
        (
            {
                "maaltype": "mellem",
                "vaerdi": "5",
                "vaerdi_til": "8",
                "enhed": "procentpoint",
                "mod": "en kontrolgruppe",
            },
            "mellem 5 og 8 procentpoint i forhold til en kontrolgruppe",
        ),
        ({"maaltype": "aendring", "retning": "falder", "vaerdi": "12.5"}, "skal falde 12,5\xa0%"),
        (
            {"maaltype": "aendring", "retning": "stiger", "vaerdi": "5", "vaerdi_til": "10", "mod": "2019"},
            "skal stige 5-10\xa0% i forhold til 2019",
        ),
        (
            {"maaltype": "aendring", "retning": "falder", "vaerdi": "0", "vaerdi_til": "10"},
            "må ikke stige og skal helst falde op til 10\xa0%",
        ),
        (
            {"maaltype": "aendring", "retning": "stiger", "vaerdi": "0", "vaerdi_til": "10"},
            "må ikke falde og skal helst stige op til 10\xa0%",
        ),
        (
            {"maaltype": "tal", "vaerdi": "30", "enhed": "om året", "gennemsnit": "200"},
            "30 om året og 200 i gennemsnit",
        ),
        ({"maaltype": "retning", "retning": "stiger", "mod": "kommunen"}, "skal stige i forhold til kommunen"),
        ({"maaltype": "tal", "vaerdi": "30", "vaerdi_til": "40", "enhed": "unge"}, "30-40 unge"),
        ({"maaltype": "retning", "retning": "stiger", "vaerdi_til": "40"}, "skal stige op til 40"),
        ({"gennemsnit": "200", "mod": "kommunen"}, "200 i gennemsnit i forhold til kommunen"),
    ],
)
def test_maal_i_ord(felter, ventet):
    tallene = {f: Decimal(felter[f]) for f in ("vaerdi", "vaerdi_til", "gennemsnit") if f in felter}
    assert maal_i_ord(f.DelmaalFactory(**felter | tallene)) == ventet


# --- the list of delaftaler -----------------------------------------------------------------------------------------


def test_delaftaleoversigt():
    plan = f.HelhedsplanFactory()
    aftale = f.DelaftaleFactory(
        plan=plan, indsatsomraade__nummer=2, indsatsomraade__noegle="job", indsatsomraade__navn="Job"
    )
    f.OverordnetMaalFactory(indsatsomraade=aftale.indsatsomraade, tekst="Flere i job")
    plan.indsatsomraader.add(f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, nummer=1, noegle="skole", navn="Skole"))
    f.IndsatsomraadeFactory(regelsaet=plan.regelsaet)
    f.DelmaalFactory.create_batch(2, delaftale=aftale)
    f.AktivitetFactory.create_batch(3, delaftale=aftale)
    assert [
        (o.noegle, o.navn, o.maal, o.har_delaftale, o.antal_delmaal, o.antal_aktiviteter)
        for o in dokument.delaftaleoversigt(hentet(plan))
    ] == [("skole", "Skole", (), False, 0, 0), ("job", "Job", ("Flere i job",), True, 2, 3)]


def test_et_afsnit_der_gemmes_uskrevet_er_ikke_et_afsnit(client):
    """To open what nobody has written and save it as it stands changes nothing."""
    plan = f.HelhedsplanFactory()
    skabelon = f.SkabelonafsnitFactory(regelsaet=plan.regelsaet, dokument="samarbejdsaftale", art="prosa")
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    url = f"/planer/{plan.noegle}/samarbejdsaftale/afsnit/{skabelon.noegle}/ret/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"tekst": "", "version": "0"}).status_code == 302
    assert not plan.afsnit.exists()


def test_et_afsnit_som_papiret_ikke_kan_vise_vaelter_det_ikke(client):
    plan = f.HelhedsplanFactory()
    for art, titel in (("delmaal", "Forkert sted"), ("prosa", "Bestyrelsens opgave")):
        f.SkabelonafsnitFactory(regelsaet=plan.regelsaet, dokument="kommissorium", art=art, titel=titel)
    client.force_login(f.MedlemskabFactory(plan=plan, rolle="leder").bruger)
    svar = client.get(f"/planer/{plan.noegle}/dokumenter/kladder/kommissorium/")
    assert svar.status_code == 200
    assert "Bestyrelsens opgave" in svar.content.decode()
    assert "Forkert sted" not in svar.content.decode()
