"""Starting a plan from the one before: all that goes on comes along, and the old plan stays as it is."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from aftaler.actions.efterfoelger import start_efterfoelger
from aftaler.choices import Dokumenttype
from aftaler.models import Afsnit, Aktivitet, Helhedsplan
from aftaler.planfil import skriv_plan
from aftaler.queries.nyt import nyt_siden_forgaenger
from helhedsplan import revisionsspor
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET, ROLLER
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def gammel():
    """A plan with everything in it that can come along, or stay behind."""
    plan = f.HelhedsplanFactory(
        noegle="gammel", navn="Gammel 2021-2025", omraadenavn="Parken", fase="i_gang",
        periode_fra=date(2021, 11, 1), periode_til=date(2025, 10, 31), note="Kun den gamle",
    )  # fmt: skip
    f.SagsnummerFactory(plan=plan, nummer="12-3")
    kommune, bolig, fond = (
        f.OrganisationFactory(navn=n, noegle=n.lower()) for n in ("Kommunen", "Boligforeningen", "Fonden")
    )
    f.PartFactory(
        plan=plan,
        organisation=bolig,
        orden=2,
        administrerer=True,
        gaelder_fra=date(2022, 1, 1),
        underskriver="Direktøren",
    )
    f.PartFactory(plan=plan, organisation=kommune, orden=1, gaelder_til=date(2025, 10, 31))
    f.PartFactory(plan=plan, organisation=fond, orden=3, gaelder_til=date(2023, 12, 31))
    afdeling = f.AfdelingFactory(organisation=bolig)
    nord = f.OmraadeFactory(
        plan=plan, noegle="nord", navn="Nord", orden=1, starter=date(2022, 1, 1), afdelinger=[afdeling]
    )
    syd = f.OmraadeFactory(plan=plan, noegle="syd", navn="Syd", orden=2, slutter=date(2025, 10, 31), note="Note")
    bestyrelse = f.GruppeFactory(plan=plan, noegle="bestyrelse", navn="Bestyrelsen", orden=2, moeder_pr_aar=4)
    team = f.GruppeFactory(plan=plan, noegle="team", navn="Team", orden=1, over=bestyrelse)
    f.PladsFactory(gruppe=bestyrelse, titel="Direktør", organisation=kommune, formand=True, orden=1)
    f.PladsFactory(gruppe=bestyrelse, titel="Medlem", orden=2)
    f.PladsFactory(gruppe=team, titel="Leder", antal=3, betingelse="Efter indstilling")
    team.omraader.set([nord])
    vision = f.SkabelonafsnitFactory(regelsaet=plan.regelsaet, noegle="vision")
    f.SkabelonafsnitFactory(regelsaet=plan.regelsaet, noegle="tom")
    problem = f.SkabelonafsnitFactory(regelsaet=plan.regelsaet, noegle="problem", dokument=Dokumenttype.DELAFTALE)
    afsnit = f.AfsnitFactory(plan=plan, skabelon=vision, tekst="<p>Vision</p>", faerdig=True)
    f.BilledeFactory(afsnit=afsnit)
    f.AfsnitFactory(plan=plan, skabelon=plan.regelsaet.skabelonafsnit.get(noegle="tom"), tekst="")
    f.PlanparameterFactory(plan=plan)
    job = f.DelaftaleFactory(plan=plan, indsatsomraade__noegle="job", indsatsomraade__navn="Job")
    f.AfsnitFactory(delaftale=job, skabelon=problem, tekst="<p>Problem</p>")
    maal = f.OverordnetMaalFactory(indsatsomraade=job.indsatsomraade)
    tabel = f.KoblingstabelFactory(plan=plan, titel="Politikker")
    f.KoblingsraekkeFactory(tabel=tabel, fra="B", til="b", orden=2)
    f.KoblingsraekkeFactory(tabel=tabel, fra="A", orden=1, maal=[maal])
    forslag = f.DelmaalsforslagFactory(indsatsomraade=job.indsatsomraade, noegle="unge")
    unge = f.DelmaalFactory(
        delaftale=job, noegle="unge", tekst="Unge i job", orden=2, kilde="lbf", forslag=forslag, maaltype="graense",
        sammenligning=">=", vaerdi=Decimal("30.5"), enhed="unge", retning="stiger", note="Delmålets note",
    )  # fmt: skip
    aeldre = f.DelmaalFactory(delaftale=job, noegle="aeldre", tekst="Ældre med", orden=1)
    klub = f.AktivitetFactory(
        delaftale=job, noegle="klub", navn="Klub", orden=2, status="ny", maalgruppe_antal=310,
        forventet_deltagertal=40, baggrund="<p>B</p>",
        formaal="<p>F</p>", maalgruppe="<p>M</p>", indhold="<p>I</p>", forankring="<p>Fo</p>", ressourcer="<p>R</p>",
        note="Aktivitetens note", ansvarlig="Leder", omraader=[nord, syd], delmaal=[unge, aeldre],
    )  # fmt: skip
    f.AktivitetFactory(
        delaftale=job, noegle="cafe", navn="Café", orden=1, fortsaetter=f.AktivitetFactory(), ansvarlig=""
    )
    f.MilepaelFactory(aktivitet=klub)
    f.SamarbejdspartFactory(aktivitet=klub, navn="Skolen", rolle="Vært", orden=1)
    f.SamarbejdspartFactory(aktivitet=klub, navn="Biblioteket", rolle="", orden=2)
    f.SamarbejdspartFactory(delaftale=job, navn="Jobcentret", rolle="Henviser")
    plan.indsatsomraader.add(f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, noegle="skole", navn="Skole"))
    f.MedlemskabFactory(plan=plan, rolle="bestyrelse")
    return plan


def start(gammel, bruger=PROGRAMMET, **valg):
    return start_efterfoelger(bruger=bruger, forgaenger=gammel, **{"navn": "Ny 2025-2029"} | valg)


def raekker(forespoergsel, *felter):
    return list(forespoergsel.values_list(*felter))


# --- what comes along -----------------------------------------------------------------------------------------------


def test_den_nye_plan_selv(gammel):
    ny = Helhedsplan.objects.get(pk=start(gammel).pk)
    assert (ny.noegle, ny.navn, ny.omraadenavn, ny.fase) == ("ny-2025-2029", "Ny 2025-2029", "Parken", "ide")
    assert (ny.forgaenger, ny.regelsaet) == (gammel, gammel.regelsaet)
    assert (ny.periode_fra, ny.periode_til) == (date(2025, 11, 1), date(2029, 10, 31))
    assert (ny.lbf_sagsnummer, ny.note) == ("", "")
    assert raekker(ny.indsatsomraader, "noegle") == [("job",), ("skole",)]


@pytest.mark.parametrize(
    ("til", "ny_fra", "ny_til"),
    [
        (date(2025, 10, 30), date(2025, 10, 31), date(2029, 10, 30)),
        (date(2024, 2, 28), date(2024, 2, 29), date(2028, 2, 28)),
        (date(2025, 12, 31), date(2026, 1, 1), date(2029, 12, 31)),
        (None, None, None),
    ],
)
def test_den_nye_plan_begynder_dagen_efter(til, ny_fra, ny_til):
    ny = start(f.HelhedsplanFactory(periode_fra=None, periode_til=til))
    assert (ny.periode_fra, ny.periode_til) == (ny_fra, ny_til)


def test_parter_der_er_med_til_enden(gammel):
    ny = start(gammel)
    felter = ("organisation__navn", "orden", "administrerer", "gaelder_fra", "gaelder_til", "underskriver")
    assert raekker(ny.parter, *felter) == [
        ("Kommunen", 1, False, None, None, ""),
        ("Boligforeningen", 2, True, None, None, "Direktøren"),
    ]


@pytest.mark.parametrize(
    ("slutter", "med"),
    [
        ({"slutter": date(2024, 1, 1)}, False),
        ({"slutter_sagt": "udgangen af 2024"}, False),
        ({"slutter_sagt": "formentlig medio 2024"}, False),
        ({"slutter": date(2025, 10, 31)}, True),
        ({"slutter_sagt": "2025"}, True),
        ({"slutter_sagt": "ikke oplyst"}, True),
    ],
)
def test_et_omraade_der_gik_ud_foer_tid_er_ikke_med_i_den_naeste_plan(gammel, slutter, med):
    """Nor in what is done in the areas; what is new tells that it is not there any more."""
    vest = f.OmraadeFactory(plan=gammel, noegle="vest", navn="Vest", orden=3, **slutter)
    gammel.grupper.get(noegle="team").omraader.add(vest)
    Aktivitet.objects.get(noegle="klub").omraader.add(vest)
    ny = start(gammel)
    assert ny.omraader.filter(navn="Vest").exists() is med
    assert ny.grupper.get(noegle="team").omraader.filter(navn="Vest").exists() is med
    assert Aktivitet.objects.get(delaftale__plan=ny, navn="Klub").omraader.filter(navn="Vest").exists() is med
    assert (nyt_siden_forgaenger(ny).ophoerte_omraader == ("Vest",)) is not med


def test_omraader_og_grupper(gammel):
    ny = start(gammel)
    assert raekker(ny.omraader, "noegle", "navn", "orden", "starter", "slutter", "note") == [
        ("nord", "Nord", 1, None, None, ""),
        ("syd", "Syd", 2, None, None, "Note"),
    ]
    assert raekker(ny.omraader, "afdelinger") == raekker(gammel.omraader, "afdelinger")
    assert raekker(ny.grupper, "noegle", "navn", "orden", "over__noegle", "moeder_pr_aar") == [
        ("team", "Team", 1, "bestyrelse", None),
        ("bestyrelse", "Bestyrelsen", 2, None, 4),
    ]
    assert {g.over.plan_id for g in ny.grupper.all() if g.over} == {ny.pk}
    pladsfelter = ("titel", "organisation__navn", "formand", "antal", "betingelse", "orden")
    assert [raekker(g.pladser, *pladsfelter) for g in ny.grupper.all()] == [
        [("Leder", None, False, 3, "Efter indstilling", 1)],
        [("Direktør", "Kommunen", True, None, "", 1), ("Medlem", None, False, None, "", 2)],
    ]
    assert [list(g.omraader.all()) for g in ny.grupper.all()] == [[ny.omraader.get(noegle="nord")], []]


def test_skrevne_afsnit_som_kladder_uden_billeder(gammel):
    ny = start(gammel)
    felter = ("skabelon__noegle", "delaftale__indsatsomraade__noegle", "tekst", "faerdig", "billeder")
    assert sorted(raekker(ny.afsnit, *felter)) == [
        ("problem", "job", "<p>Problem</p>", False, None),
        ("vision", None, "<p>Vision</p>", False, None),
    ]


def test_koblingstabeller(gammel):
    (tabel,) = start(gammel).koblingstabeller.all()
    assert tabel.titel == "Politikker"
    maal = gammel.delaftaler.get().indsatsomraade.maal.get()
    assert raekker(tabel.raekker, "fra", "til", "orden", "maal") == [("A", "", 1, maal.pk), ("B", "b", 2, None)]


def test_delmaal(gammel):
    (job,) = start(gammel).delaftaler.all()
    felter = ("noegle", "tekst", "orden", "kilde", "maaltype", "sammenligning", "vaerdi", "enhed", "retning", "note")
    assert raekker(job.delmaal, *felter) == raekker(gammel.delaftaler.get().delmaal, *felter)
    assert raekker(job.delmaal, "forslag__noegle") == [(None,), ("unge",)]


def test_aktiviteter_som_fortsaettelser_af_de_gamle(gammel):
    ny = start(gammel)
    (job,) = ny.delaftaler.all()
    felter = (
        "noegle", "navn", "orden", "maalgruppe_antal", "forventet_deltagertal", "baggrund", "formaal", "maalgruppe",
        "indhold", "forankring", "ressourcer", "note", "ansvarlig",
    )  # fmt: skip
    gamle = gammel.delaftaler.get().aktiviteter
    assert raekker(job.aktiviteter, *felter) == raekker(gamle, *felter)
    assert set(raekker(job.aktiviteter, "status")) == {("fortsaettelse",)}
    assert raekker(job.aktiviteter, "fortsaetter") == raekker(gamle, "pk")
    klub = job.aktiviteter.get(noegle="klub")
    assert raekker(klub.omraader, "noegle", "plan") == [("nord", ny.pk), ("syd", ny.pk)]
    assert sorted(raekker(klub.delmaal, "noegle", "delaftale")) == [("aeldre", job.pk), ("unge", job.pk)]
    assert raekker(klub.samarbejdsparter, "navn", "rolle", "orden", "delaftale") == [
        ("Skolen", "Vært", 1, job.pk), ("Biblioteket", "", 2, job.pk),
    ]  # fmt: skip
    assert raekker(job.egne_parter, "navn", "rolle", "orden") == [("Jobcentret", "Henviser", 1)]
    assert not klub.milepaele.exists()


def test_parametre_og_medlemmer_bliver_tilbage(gammel):
    leder = f.MedlemskabFactory(plan=gammel, rolle="sekretariat").bruger
    ny = start(gammel, bruger=leder)
    assert raekker(ny.medlemskaber, "bruger", "rolle") == [(leder.pk, "leder")]
    assert not ny.parametre.exists()


def test_intet_er_nyt_siden_forgaengeren(gammel):
    nyt = nyt_siden_forgaenger(start(gammel))
    assert (nyt.nye_parter, nyt.ophoerte_parter, nyt.nye_omraader, nyt.ophoerte_omraader) == ((), ("Fonden",), (), ())
    (job,) = nyt.indsatsomraader
    assert (job.nye, job.ophoerte, job.nye_delmaal, job.ophoerte_delmaal) == ((), (), (), ())
    assert [(a.navn, a.foer) for a in job.fortsatte] == [("Café", ()), ("Klub", ())]


# --- the old plan ---------------------------------------------------------------------------------------------------


def alt_om(plan):
    """Every column of every row of the plan."""
    samlet = {"fil": skriv_plan(plan)}
    for navn in (
        "parter",
        "omraader",
        "grupper",
        "afsnit",
        "koblingstabeller",
        "delaftaler",
        "parametre",
        "medlemskaber",
    ):
        samlet[navn] = list(getattr(plan, navn).order_by("pk").values())
    for aftale in plan.delaftaler.all():
        for navn in ("delmaal", "aktiviteter", "samarbejdsparter"):
            samlet[f"{aftale.noegle}.{navn}"] = list(getattr(aftale, navn).order_by("pk").values())
    samlet["plan"] = list(Helhedsplan.objects.filter(pk=plan.pk).values())
    samlet["spor"] = list(Haendelse.objects.filter(kaede=plan.noegle).values())
    return samlet


def test_den_gamle_plan_staar_uroert(gammel):
    foer = alt_om(gammel)
    ny = start(gammel)
    assert alt_om(gammel) == foer
    assert foer["fil"].count("Klub") >= 1
    ny.delaftaler.get().aktiviteter.filter(noegle="klub").update(navn="Noget andet")
    assert skriv_plan(gammel) == foer["fil"]


def test_alt_er_logget_i_den_nye_plans_egen_historik(gammel):
    ny = start(gammel)
    assert set(Haendelse.objects.values_list("kaede", flat=True)) == {ny.noegle}
    assert revisionsspor.brud(ny.noegle) == []
    oprettede = {
        h.objekt_navn: {a["felt"]: a["efter"] for a in h.aendringer}
        for h in Haendelse.objects.filter(handling="oprettet")
    }
    assert oprettede["Bestyrelsen"]["pladser"] == ["Direktør · Kommunen · formand", "Medlem"]
    assert oprettede["Klub"]["samarbejdsparter"] == ["Skolen · Vært", "Biblioteket"]
    assert oprettede["Klub"]["fortsaetter"] == "Klub"
    assert len(oprettede["Politikker"]["raekker"]) == 2


# --- another rule set -----------------------------------------------------------------------------------------------


def test_under_en_anden_pulje_foelger_det_med_der_har_samme_noegle(gammel):
    andet = f.RegelsaetFactory(navn="2027-30")
    job = f.IndsatsomraadeFactory(regelsaet=andet, noegle="job", navn="Job og uddannelse")
    f.DelmaalsforslagFactory(indsatsomraade=job, noegle="andet")
    f.SkabelonafsnitFactory(regelsaet=andet, noegle="vision")
    f.SkabelonafsnitFactory(regelsaet=andet, noegle="problem")  # in the samarbejdsaftale: another document
    ny = start(gammel, regelsaet=andet)
    assert (ny.regelsaet, raekker(ny.indsatsomraader, "pk")) == (andet, [(job.pk,)])
    assert raekker(ny.delaftaler, "indsatsomraade") == [(job.pk,)]
    assert raekker(ny.afsnit, "skabelon__noegle", "skabelon__regelsaet", "tekst") == [
        ("vision", andet.pk, "<p>Vision</p>")
    ]
    aftale = ny.delaftaler.get()
    assert raekker(aftale.delmaal, "noegle", "forslag") == [("aeldre", None), ("unge", None)]
    assert aftale.aktiviteter.count() == 2
    assert raekker(ny.koblingstabeller.get().raekker, "fra", "maal") == [("A", None), ("B", None)]
    assert ny.grupper.count() == 2


def test_under_en_helt_anden_pulje_foelger_rammen_med(gammel):
    ny = start(gammel, regelsaet=f.RegelsaetFactory())
    assert (ny.indsatsomraader.count(), ny.delaftaler.count(), ny.afsnit.count()) == (0, 0, 0)
    assert (ny.parter.count(), ny.omraader.count(), ny.grupper.count()) == (2, 2, 2)


# --- who may, and what is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rolle", [*ROLLER, None, "administrator"])
def test_kun_den_der_skriver_planen_begynder_den_naeste(gammel, rolle):
    if rolle in ROLLER:
        bruger = f.MedlemskabFactory(plan=gammel, rolle=rolle).bruger
    elif rolle is None:
        bruger = f.MedlemskabFactory(rolle="leder").bruger
    else:
        bruger = f.BrugerFactory(er_administrator=True)
    planer = Helhedsplan.objects.count()
    if rolle in {"leder", "sekretariat"}:
        assert start(gammel, bruger=bruger).medlemskaber.get().bruger == bruger
        return
    with pytest.raises(PermissionDenied):
        start(gammel, bruger=bruger)
    assert (Helhedsplan.objects.count(), Haendelse.objects.count()) == (planer, 0)


@pytest.mark.parametrize("navn", ["", "   "])
def test_uden_navn_ingen_plan(gammel, navn):
    planer = Helhedsplan.objects.count()
    with pytest.raises(ValidationError) as fejl:
        start(gammel, navn=navn)
    assert fejl.value.message_dict == {"navn": ["Skriv et navn til den nye plan."]}
    assert Helhedsplan.objects.count() == planer


def test_en_fejl_undervejs_efterlader_intet(gammel):
    """A text that was written before CPR numbers were looked for."""
    Afsnit.objects.filter(delaftale__isnull=False).update(tekst="<p>010180-1234</p>")
    planer = Helhedsplan.objects.count()
    with pytest.raises(ValidationError):
        start(gammel)
    assert (Helhedsplan.objects.count(), Haendelse.objects.count()) == (planer, 0)


def test_to_efterfoelgere_og_en_kaede(gammel):
    en, to = start(gammel), start(gammel)
    assert (en.noegle, to.noegle) == ("ny-2025-2029", "ny-2025-2029-2")
    igen = start(en, navn="Nyest")
    assert (igen.forgaenger, igen.periode_fra) == (en, date(2029, 11, 1))
    assert (
        raekker(igen.delaftaler.get().aktiviteter, "fortsaetter__fortsaetter__delaftale__plan__noegle")
        == [("gammel",)] * 2
    )
