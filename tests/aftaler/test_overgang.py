"""Moving on under the next pulje: what of the old answers to what in the new, proposed and decided."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from aftaler.actions.efterfoelger import start_efterfoelger
from aftaler.models import Helhedsplan
from aftaler.planfil import Planfil, laes_filer, plan_som_data, skriv_plan
from aftaler.queries.nyt import nyt_siden_forgaenger
from aftaler.queries.overgang import Overgang, foreslaa, foreslaa_maal, foreslaa_omraader
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def gammel():
    """A plan with three indsatsområder, a delaftale about each, and a table that names two goals."""
    plan = f.HelhedsplanFactory(noegle="gammel", navn="Gammel", regelsaet__navn="2019-26")
    for nr, (noegle, navn) in enumerate(
        [("job", "Beskæftigelse"), ("skole", "Uddannelse"), ("tryghed", "Tryghed og trivsel")], 1
    ):
        omraade = f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, noegle=noegle, navn=navn, nummer=nr)
        f.OverordnetMaalFactory(indsatsomraade=omraade, nummer=nr, tekst=f"Mål om {navn.lower()}")
        aftale = f.DelaftaleFactory(plan=plan, indsatsomraade=omraade)
        f.AktivitetFactory(delaftale=aftale, noegle="klub", navn="Klub", indhold=f"<p>{navn}</p>")
        f.DelmaalFactory(delaftale=aftale, noegle="flere", tekst=f"Flere i {navn.lower()}")
        f.SamarbejdspartFactory(delaftale=aftale, navn="Jobcentret", rolle="Henviser")
    tabel = f.KoblingstabelFactory(plan=plan)
    maal = [a.indsatsomraade.maal.get() for a in plan.delaftaler.all()]
    f.KoblingsraekkeFactory(tabel=tabel, fra="A", maal=maal[:2])
    return plan


@pytest.fixture
def nyt():
    """The next pulje: one key is the same, one name, one name is like an old one."""
    regelsaet = f.RegelsaetFactory(noegle="2027-30", navn="2027-30")
    for nr, (noegle, navn) in enumerate(
        [("tryghed", "Fællesskab"), ("laering", "Uddannelse"), ("arbejde", "Beskæftigelsen"), ("kultur", "Kultur")], 1
    ):
        omraade = f.IndsatsomraadeFactory(regelsaet=regelsaet, noegle=noegle, navn=navn, nummer=nr)
        f.OverordnetMaalFactory(indsatsomraade=omraade, nummer=nr, tekst=f"Mål om {navn.lower()}")
    return regelsaet


def om(regelsaet, noegle):
    return regelsaet.indsatsomraader.get(noegle=noegle)


def forslagene(forslag):
    return [(str(et.fra), str(et.til) if et.til else "", et.grund) for et in forslag]


def test_forslag_ad_noegle_saa_navn_saa_lighed(gammel, nyt):
    assert forslagene(foreslaa_omraader(gammel, nyt)) == [
        ("Beskæftigelse", "Beskæftigelsen", "navnet ligner"),
        ("Uddannelse", "Uddannelse", "samme navn"),
        ("Tryghed og trivsel", "Fællesskab", "samme nøgle"),
    ]
    assert forslagene(foreslaa_maal(gammel, nyt)) == [
        ("Mål 1: Mål om beskæftigelse", "Mål 3: Mål om beskæftigelsen", "navnet ligner"),
        ("Mål 2: Mål om uddannelse", "Mål 2: Mål om uddannelse", "samme navn"),
        ("Mål 3: Mål om tryghed og trivsel", "", ""),
    ]
    assert {o.navn for o in foreslaa(gammel, nyt).omraader.values()} == {"Uddannelse", "Fællesskab"}


def test_et_maal_med_samme_nummer_er_ikke_det_samme(gammel, nyt):
    """Under the same key and number stands another goal in the next pulje."""
    om(nyt, "tryghed").maal.update(nummer=3, tekst="Noget helt andet end før")
    tabel = gammel.koblingstabeller.get()
    f.KoblingsraekkeFactory(tabel=tabel, fra="B", maal=[gammel.regelsaet.indsatsomraader.get(nummer=3).maal.get()])
    assert forslagene(foreslaa_maal(gammel, nyt))[2] == ("Mål 3: Mål om tryghed og trivsel", "", "")


def test_to_delaftaler_bliver_til_en_og_en_foelger_ikke_med(gammel, nyt):
    job, skole, _tryghed = gammel.regelsaet.indsatsomraader.all()
    til = om(nyt, "laering")
    overgang = Overgang({job.pk: til, skole.pk: til}, {job.maal.get().pk: til.maal.get()})
    ny = start_efterfoelger(bruger=PROGRAMMET, forgaenger=gammel, navn="Ny", regelsaet=nyt, overgang=overgang)
    assert [o.noegle for o in ny.indsatsomraader.all()] == ["laering"]
    (aftale,) = ny.delaftaler.all()
    assert [a.noegle for a in aftale.fortsaetter.order_by("indsatsomraade__nummer")] == ["job", "skole"]
    assert list(aftale.aktiviteter.values_list("noegle", "navn", "indhold")) == [
        ("klub", "Klub", "<p>Beskæftigelse</p>"),
        ("klub-2", "Klub (Uddannelse)", "<p>Uddannelse</p>"),
    ]
    assert list(aftale.delmaal.values_list("noegle", "tekst")) == [
        ("flere", "Flere i beskæftigelse"), ("flere-2", "Flere i uddannelse"),
    ]  # fmt: skip
    assert list(aftale.egne_parter.values_list("navn", "rolle")) == [("Jobcentret", "Henviser")]
    assert [str(m) for m in ny.koblingstabeller.get().raekker.get().maal.all()] == ["Mål 2: Mål om uddannelse"]
    nyheder = nyt_siden_forgaenger(Helhedsplan.objects.get(pk=ny.pk))
    laering, vaek = nyheder.indsatsomraader
    assert (laering.foer, laering.ophoerte, laering.nye) == (("Beskæftigelse",), (), ())
    assert (vaek.navn, vaek.er_ophoert, vaek.ophoerte) == ("Tryghed og trivsel", True, ("Klub",))
    assert plan_som_data(ny)["delaftaler"][0]["fortsaetter"] == ["gammel/job", "gammel/skole"]


def test_hvad_der_ikke_er_af_den_nye_pulje_afvises(gammel, nyt):
    job = gammel.regelsaet.indsatsomraader.first()
    for overgang in (Overgang({job.pk: job}), Overgang({}, {1: job.maal.get()})):
        with pytest.raises(ValidationError):
            start_efterfoelger(bruger=PROGRAMMET, forgaenger=gammel, navn="Ny", regelsaet=nyt, overgang=overgang)
    assert Helhedsplan.objects.count() == 1


def test_to_parter_og_to_omraader_der_er_blevet_til_en_foelger_med_som_den(gammel):
    storbo = f.OrganisationFactory(navn="Storbo")
    for nr, administrerer in enumerate((False, True)):
        lagt = f.OrganisationFactory(lagt_ind_i=storbo, lagt_ind_sagt="2020")
        f.PartFactory(plan=gammel, organisation=lagt, administrerer=administrerer, orden=nr)
    hel = f.OmraadeFactory(plan=gammel, noegle="hel", navn="Hele vejen")
    f.NavnFactory(omraade=hel, navn="Gamle vej")
    halv = f.OmraadeFactory(plan=gammel, noegle="halv", lagt_ind_i=hel, lagt_ind_sagt="2020")
    gammel.delaftaler.first().aktiviteter.get().omraader.set([hel, halv])
    ny = start_efterfoelger(bruger=PROGRAMMET, forgaenger=gammel, navn="Ny")
    assert list(ny.parter.values_list("organisation__navn", "administrerer")) == [("Storbo", True)]
    (omraade,) = ny.omraader.all()
    assert (omraade.noegle, omraade.lagt_ind_i, [str(n) for n in omraade.navne.all()]) == ("hel", None, ["Gamle vej"])
    assert list(ny.delaftaler.first().aktiviteter.get().omraader.all()) == [omraade]


def test_under_samme_pulje_foelger_alt_sig_selv(gammel):
    ny = start_efterfoelger(bruger=PROGRAMMET, forgaenger=gammel, navn="Ny")
    assert [[g.noegle for g in a.fortsaetter.all()] for a in ny.delaftaler.all()] == [["job"], ["skole"], ["tryghed"]]
    assert ny.koblingstabeller.get().raekker.get().maal.count() == 2


def test_planfilen_baerer_hvad_en_delaftale_fortsaetter(gammel, nyt):
    ny = start_efterfoelger(bruger=PROGRAMMET, forgaenger=gammel, navn="Ny", regelsaet=nyt)
    fil = skriv_plan(ny)
    aftale = ny.delaftaler.get(indsatsomraade__noegle="laering")
    aftale.fortsaetter.clear()
    assert not laes_filer([Planfil("ny", fil.encode())], bruger=PROGRAMMET).fejl
    assert skriv_plan(Helhedsplan.objects.get(pk=ny.pk)) == fil
    for vej, besked in (
        ("gammel", "Skriv plan/indsatsområde"),
        ("ny/laering", "kom før"),
        ("ukendt/skole", "findes ikke"),
        ("gammel/ukendt", "Delaftalen »gammel/ukendt« findes ikke"),
    ):
        [fejl] = laes_filer([Planfil("ny", fil.replace("[gammel/skole]", f"[{vej}]").encode())], bruger=PROGRAMMET).fejl
        assert besked in fejl.besked


def test_en_plan_laeses_efter_den_dens_delaftaler_fortsaetter(gammel, nyt):
    ny = start_efterfoelger(bruger=PROGRAMMET, forgaenger=gammel, navn="Ny", regelsaet=nyt)
    Helhedsplan.objects.filter(pk=ny.pk).update(forgaenger=None)
    ny.delaftaler.get(indsatsomraade__noegle="laering").aktiviteter.update(fortsaetter=None)
    ny.delaftaler.get(indsatsomraade__noegle="tryghed").aktiviteter.update(fortsaetter=None)
    filer = [Planfil("a-ny", skriv_plan(ny).encode()), Planfil("b-gammel", skriv_plan(gammel).encode())]
    data = [plan_som_data(p) for p in (ny, gammel)]
    for plan in (ny, gammel):
        slet_alt(plan)
    assert not laes_filer(filer, bruger=PROGRAMMET).fejl
    assert [plan_som_data(Helhedsplan.objects.get(noegle=d["noegle"])) for d in data] == data


def slet_alt(plan):
    from aftaler.actions.sletplan import slet_plan

    slet_plan(bruger=PROGRAMMET, plan=Helhedsplan.objects.get(pk=plan.pk), navn=plan.navn)


# --- what became of the pulje's goals ---------------------------------------------------------------------------------


def med_alle_valgt(gammel):
    gammel.indsatsomraader.set(gammel.regelsaet.indsatsomraader.all())
    return gammel


def test_hvad_puljens_maal_blev_til_bliver_husket_og_staar_i_nyt_siden(gammel, nyt, client):
    job, skole, tryghed = med_alle_valgt(gammel).regelsaet.indsatsomraader.all()
    til = {o.noegle: o.maal.get() for o in nyt.indsatsomraader.all()}
    valgt = {job.maal.get().pk: til["arbejde"], skole.maal.get().pk: til["laering"]}
    omraader = {job.pk: om(nyt, "arbejde"), skole.pk: om(nyt, "laering"), tryghed.pk: om(nyt, "tryghed")}
    overgang = Overgang(omraader, valgt)
    ny = start_efterfoelger(bruger=PROGRAMMET, forgaenger=gammel, navn="Ny", regelsaet=nyt, overgang=overgang)
    assert [str(m) for m in ny.maalovergange.all()] == [
        "Mål 1: Mål om beskæftigelse → Mål 3: Mål om beskæftigelsen",
        "Mål 2: Mål om uddannelse → Mål 2: Mål om uddannelse",
        "Mål 3: Mål om tryghed og trivsel → udgået",
    ]
    maal = nyt_siden_forgaenger(Helhedsplan.objects.get(pk=ny.pk)).maal
    assert maal.nye == ("Mål 1: Mål om fællesskab",)
    assert maal.blev_til == (("Mål 1: Mål om beskæftigelse", "Mål 3: Mål om beskæftigelsen"),)
    assert maal.ophoerte == ("Mål 3: Mål om tryghed og trivsel",)
    client.force_login(f.MedlemskabFactory(plan=ny, rolle="leder").bruger)
    side = client.get(reverse("plan-nyt", args=[ny.noegle])).content.decode()
    assert "Puljens faste mål" in side
    assert "før: Mål 1: Mål om beskæftigelse" in side


def test_over_tre_puljer_foelges_maalene_hele_vejen(gammel, nyt):
    """The first step was decided against the words; the second never was: there the same words are the same goal."""
    med_alle_valgt(gammel)
    ny = start_efterfoelger(bruger=PROGRAMMET, forgaenger=gammel, navn="Ny", regelsaet=nyt)
    uddannelse = ny.maalovergange.get(fra__nummer=2).til
    ny.maalovergange.filter(fra__nummer=2).update(til=None)
    ny.maalovergange.filter(fra__nummer=1).update(til=uddannelse)
    naeste = f.RegelsaetFactory(navn="2031-34")
    f.OverordnetMaalFactory(
        indsatsomraade=f.IndsatsomraadeFactory(regelsaet=naeste), nummer=8, tekst="Mål om uddannelse"
    )
    sidste = f.HelhedsplanFactory(regelsaet=naeste, forgaenger=ny)
    maal = nyt_siden_forgaenger(sidste, "gammel").maal
    assert maal.blev_til == (("Mål 1: Mål om beskæftigelse", "Mål 8: Mål om uddannelse"),)
    assert maal.ophoerte == ("Mål 2: Mål om uddannelse", "Mål 3: Mål om tryghed og trivsel")


def test_under_samme_regelsaet_er_der_ikke_noget_at_sige_om_maalene(gammel):
    ny = start_efterfoelger(bruger=PROGRAMMET, forgaenger=med_alle_valgt(gammel), navn="Ny")
    assert not ny.maalovergange.exists()
    assert not nyt_siden_forgaenger(Helhedsplan.objects.get(pk=ny.pk)).maal.er_der_noget


def test_planfilen_baerer_hvad_maalene_blev_til(gammel, nyt):
    ny = start_efterfoelger(bruger=PROGRAMMET, forgaenger=med_alle_valgt(gammel), navn="Ny", regelsaet=nyt)
    fra = gammel.regelsaet.noegle
    assert plan_som_data(ny)["samarbejdsaftale"]["maalovergange"] == [
        {"fra": f"{fra}/1"}, {"fra": f"{fra}/2", "til": 2}, {"fra": f"{fra}/3"},
    ]  # fmt: skip
    fil = skriv_plan(ny)
    ny.maalovergange.all().delete()
    assert not laes_filer([Planfil("ny", fil.encode())], bruger=PROGRAMMET).fejl
    assert skriv_plan(Helhedsplan.objects.get(pk=ny.pk)) == fil
    for vej, besked in (
        ("3", "Skriv regelsæt/nummer"),
        (f"{fra}/9", "findes ikke"),
        (f"{fra}/2", "Det samme står også i linje"),
    ):
        daarlig = fil.replace(f"fra: {fra}/3", f"fra: '{vej}'")
        fejl = laes_filer([Planfil("ny", daarlig.encode())], bruger=PROGRAMMET).fejl
        assert fejl
        assert besked in fejl[0].besked


# --- the page ---------------------------------------------------------------------------------------------------------


def test_siden_foreslaar_spoerger_og_laver_det_der_er_rettet(gammel, nyt, client):
    client.force_login(f.MedlemskabFactory(plan=gammel, rolle="leder").bruger)
    url = reverse("plan-efterfoelger", args=["gammel"])
    assert not client.get(url).context["form"].forslag_til
    data = {"navn": "Ny plan", "regelsaet": nyt.pk}
    svar = client.post(url, data)
    assert (svar.status_code, Helhedsplan.objects.count()) == (422, 1)
    form = svar.context["form"]
    navne = {et.fra.noegle: navn for navn, et in form.forslag_til if navn.startswith("omraade")}
    assert [str(form[navn].value()) for navn in navne.values()] == [
        str(om(nyt, noegle).pk) for noegle in ("arbejde", "laering", "tryghed")
    ]
    side = svar.content.decode()
    assert "Foreslået: samme navn." in side
    assert "Følger ikke med" in side
    rettet = data | {navne["job"]: om(nyt, "kultur").pk, navne["skole"]: "", "bekraeftede_advarsler": form.bekraeft}
    assert client.post(url, rettet | {navne["tryghed"]: "999999"}).status_code == 422
    assert client.post(url, rettet).status_code == 302
    ny = Helhedsplan.objects.get(navn="Ny plan")
    assert [o.noegle for o in ny.indsatsomraader.all()] == ["tryghed", "kultur"]
    assert [[g.noegle for g in a.fortsaetter.all()] for a in ny.delaftaler.all()] == [["tryghed"], ["job"]]


def test_samme_pulje_spoerger_ikke(gammel, client):
    client.force_login(f.MedlemskabFactory(plan=gammel, rolle="leder").bruger)
    svar = client.post(reverse("plan-efterfoelger", args=["gammel"]), {"navn": "Ny", "regelsaet": gammel.regelsaet_id})
    assert svar.status_code == 302
