"""The few ways a row is written: right or not at all, once, and with an entry that tells what happened."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from aftaler.models import Aktivitet, Helhedsplan, Omraade, Organisation
from helhedsplan import actions, revisionsspor
from helhedsplan.actions import Aendring, UkendtFelt, Versionskonflikt, aendringer_til
from helhedsplan.cpr import CPR_BESKED
from helhedsplan.models import Haendelse, Kladde
from tests import factories as f
from tests.samtidighed import mens, samtidigt

pytestmark = pytest.mark.django_db


@pytest.fixture
def bruger():
    return f.BrugerFactory(navn="Sekretær A, Prøve")


def linjer(haendelse):
    return {a["felt"]: (a["navn"], a["foer"], a["efter"]) for a in haendelse.aendringer}


def gemt(objekt):
    return type(objekt).objects.get(pk=objekt.pk)


OMRAADEFELTER = {"navn", "starter", "slutter", "note", "afdelinger"}


# --- opret ----------------------------------------------------------------------------------------------------------


def test_opret_gemmer_og_logger_det_udfyldte(bruger):
    plan, afdeling = f.HelhedsplanFactory(noegle="parken", navn="Parken"), f.AfdelingFactory(navn="Nord", nummer="7")
    objekt = Omraade(plan=plan, noegle="nord", navn="  Nord  ", orden=1, starter=date(2026, 1, 1))
    svar = actions.opret(bruger=bruger, objekt=objekt, m2m={"afdelinger": [afdeling]})
    assert svar is objekt
    assert (gemt(objekt).navn, list(gemt(objekt).afdelinger.all()), objekt.version) == ("Nord", [afdeling], 1)
    haendelse = Haendelse.objects.get()
    assert (haendelse.handling, haendelse.kaede, haendelse.version) == ("oprettet", "parken", 1)
    assert (haendelse.objekt_type, haendelse.objekt_id, haendelse.objekt_navn) == (
        "aftaler.omraade",
        str(objekt.pk),
        "Nord",
    )
    assert linjer(haendelse) == {
        "plan": ("helhedsplan", None, "Parken"),
        "noegle": ("nøgle", None, "nord"),
        "navn": ("navn", None, "Nord"),
        "orden": ("rækkefølge", None, 1),
        "starter": ("starter", None, "2026-01-01"),
        "afdelinger": ("afdelinger", [], ["Nord, afd. 7"]),
    }


def test_opret_uden_plan_staar_i_den_faelles_kaede(bruger):
    actions.opret(bruger=bruger, objekt=f.OrganisationFactory.build(), handling="indlæst")
    assert list(Haendelse.objects.values_list("kaede", "handling")) == [(revisionsspor.FAELLES, "indlæst")]


def test_opret_tager_raekker_under_sig_med_i_samme_haendelse(bruger):
    gruppe = f.GruppeFactory.build(plan=f.HelhedsplanFactory())

    def under():
        f.PladsFactory(gruppe=gruppe, titel="Formand")
        return [Aendring("pladser", "pladser", [], ["Formand"])]

    actions.opret(bruger=bruger, objekt=gruppe, under=under)
    assert linjer(Haendelse.objects.get())["pladser"] == ("pladser", [], ["Formand"])


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        ({"navn": ""}, {"navn": ["Dette felt kan ikke være tomt."]}),
        ({"navn": "Ring 010180-1234"}, {"navn": [CPR_BESKED]}),
        ({"noegle": "to ord"}, {"noegle": None}),
        (
            {"starter": date(2026, 2, 1), "slutter": date(2026, 1, 1)},
            {"__all__": ["Området slutter, før det starter. Ret en af datoerne."]},
        ),
    ],
)
def test_opret_med_fejl_efterlader_intet(bruger, felter, ventet):
    plan = f.HelhedsplanFactory()
    objekt = Omraade(**{"plan": plan, "noegle": "nord", "navn": "Nord"} | felter)
    with pytest.raises(ValidationError) as fejl:
        actions.opret(bruger=bruger, objekt=objekt)
    assert {felt: beskeder if ventet[felt] else None for felt, beskeder in fejl.value.message_dict.items()} == ventet
    assert (Omraade.objects.count(), Haendelse.objects.count(), objekt.pk) == (0, 0, None)


def test_opret_der_fejler_undervejs_efterlader_intet(bruger):
    def under():
        raise ValidationError("Rækken kan ikke læses.")

    with pytest.raises(ValidationError):
        actions.opret(bruger=bruger, objekt=f.GruppeFactory.build(plan=f.HelhedsplanFactory()), under=under)
    assert Haendelse.objects.count() == 0
    assert not f.GruppeFactory._meta.model.objects.exists()


# --- ret ------------------------------------------------------------------------------------------------------------


def test_ret_gemmer_det_der_er_aendret_og_logger_foer_og_efter(bruger):
    omraade = f.OmraadeFactory(navn="Nord", starter=date(2026, 1, 1), note="")
    felter = {"navn": " Syd ", "starter": None, "note": "Ny", "slutter": None}
    assert actions.ret(bruger=bruger, objekt=omraade, felter=felter, version=1, tilladte=OMRAADEFELTER) is True
    frisk = gemt(omraade)
    assert (frisk.navn, frisk.starter, frisk.note, frisk.version) == ("Syd", None, "Ny", 2)
    assert (omraade.navn, omraade.starter, omraade.note, omraade.version) == ("Syd", None, "Ny", 2)
    haendelse = Haendelse.objects.get()
    assert (haendelse.handling, haendelse.version, haendelse.objekt_navn) == ("rettet", 2, "Syd")
    assert (haendelse.bruger_id, haendelse.bruger_navn) == (bruger.pk, "Sekretær A, Prøve")
    assert linjer(haendelse) == {
        "navn": ("navn", "Nord", "Syd"),
        "starter": ("starter", "2026-01-01", None),
        "note": ("note", "", "Ny"),
    }


def test_ret_skriver_kun_de_aendrede_kolonner(bruger):
    """What another has written in a column that the form does not have stays."""
    omraade = f.OmraadeFactory(navn="Nord", note="min")
    Omraade.objects.update(orden=99)
    actions.ret(bruger=bruger, objekt=omraade, felter={"navn": "Syd"}, tilladte=OMRAADEFELTER)
    assert (gemt(omraade).navn, gemt(omraade).orden) == ("Syd", 99)


@pytest.mark.parametrize("felter", [{}, {"navn": "Nord"}, {"navn": "  Nord "}, {"starter": None}, {"afdelinger": None}])
def test_ret_uden_aendring_er_ingenting(bruger, felter):
    omraade = f.OmraadeFactory(navn="Nord", afdelinger=[f.AfdelingFactory()])
    if "afdelinger" in felter:
        felter = {"afdelinger": omraade.afdelinger.all()}
    assert actions.ret(bruger=bruger, objekt=omraade, felter=felter, version=1, tilladte=OMRAADEFELTER) is False
    assert (gemt(omraade).version, omraade.version, Haendelse.objects.count()) == (1, 1, 0)


def test_ret_sammenligner_vaerdier_og_ikke_skrivemaader(bruger):
    delmaal = f.DelmaalFactory(vaerdi=Decimal("30.0000"))
    assert actions.ret(bruger=bruger, objekt=delmaal, felter={"vaerdi": Decimal(30)}, tilladte={"vaerdi"}) is False
    assert actions.ret(bruger=bruger, objekt=delmaal, felter={"vaerdi": Decimal(31)}, tilladte={"vaerdi"}) is True
    assert linjer(Haendelse.objects.get()) == {"vaerdi": ("værdi", "30", "31")}


def test_ret_af_mange_til_mange(bruger):
    organisation = f.OrganisationFactory()
    a, b, c = (f.AfdelingFactory(organisation=organisation, navn=navn, nummer="") for navn in "ABC")
    omraade = f.OmraadeFactory(afdelinger=[a, b])
    actions.ret(bruger=bruger, objekt=omraade, felter={"afdelinger": [b, c]}, version=1, tilladte=OMRAADEFELTER)
    assert set(gemt(omraade).afdelinger.all()) == {b, c}
    assert (gemt(omraade).version, omraade.version) == (2, 2)
    assert linjer(Haendelse.objects.get()) == {"afdelinger": ("afdelinger", ["A", "B"], ["B", "C"])}
    actions.ret(bruger=bruger, objekt=omraade, felter={"afdelinger": []}, version=2, tilladte=OMRAADEFELTER)
    assert list(gemt(omraade).afdelinger.all()) == []


def test_ret_med_ekstra_loefter_versionen(bruger):
    omraade = f.OmraadeFactory()
    ekstra = [Aendring("raekker", "rækker", ["a"], ["b"])]
    assert actions.ret(bruger=bruger, objekt=omraade, felter={}, version=1, tilladte=set(), ekstra=ekstra) is True
    assert gemt(omraade).version == 2
    assert linjer(Haendelse.objects.get()) == {"raekker": ("rækker", ["a"], ["b"])}


def test_ret_af_versionsloes(bruger):
    medlem = f.MedlemskabFactory(rolle="observatoer")
    assert actions.ret(bruger=bruger, objekt=medlem, felter={"rolle": "leder"}, tilladte={"rolle"}) is True
    assert (gemt(medlem).rolle, Haendelse.objects.get().version) == ("leder", None)


def test_ret_af_en_relation_logger_navne(bruger):
    gruppe = f.GruppeFactory()
    over = f.GruppeFactory(plan=gruppe.plan, navn="Bestyrelsen")
    actions.ret(bruger=bruger, objekt=gruppe, felter={"over": over}, tilladte={"over"})
    assert linjer(Haendelse.objects.get()) == {"over": ("hører under", None, "Bestyrelsen")}


def test_ret_med_ukendt_felt_er_en_fejl_i_programmet(bruger):
    omraade = f.OmraadeFactory(navn="Nord")
    with pytest.raises(UkendtFelt, match=r"aftaler\.Omraade skrives ikke med \['noegle', 'plan'\]"):
        actions.ret(
            bruger=bruger,
            objekt=omraade,
            felter={"navn": "Syd", "plan": None, "noegle": "x"},
            tilladte=OMRAADEFELTER,
        )
    assert (gemt(omraade).navn, omraade.navn, Haendelse.objects.count()) == ("Nord", "Nord", 0)


def test_ret_med_gammel_version_er_en_konflikt(bruger):
    omraade = f.OmraadeFactory(navn="Nord")
    min_ = gemt(omraade)
    actions.ret(bruger=bruger, objekt=omraade, felter={"navn": "Syd"}, version=1, tilladte=OMRAADEFELTER)
    with pytest.raises(Versionskonflikt) as konflikt:
        actions.ret(bruger=bruger, objekt=min_, felter={"note": "Min"}, version=1, tilladte=OMRAADEFELTER)
    assert (konflikt.value.objekt.navn, konflikt.value.objekt.version, konflikt.value.forventet) == ("Syd", 2, 1)
    assert str(konflikt.value) == "Syd er gemt af en anden, siden du åbnede den."
    assert (min_.navn, min_.note, min_.version) == ("Nord", "", 1)
    assert (gemt(omraade).note, gemt(omraade).version, Haendelse.objects.count()) == ("", 2, 1)


def test_ret_uden_version_er_ligeglad(bruger):
    omraade = f.OmraadeFactory(navn="Nord", version=7)
    assert actions.ret(bruger=bruger, objekt=omraade, felter={"navn": "Syd"}, tilladte=OMRAADEFELTER) is True
    assert (gemt(omraade).version, omraade.version) == (8, 8)


@pytest.mark.parametrize(
    ("felter", "felt"),
    [({"navn": ""}, "navn"), ({"note": "010180-1234"}, "note"), ({"slutter": date(2020, 1, 1)}, "__all__")],
)
def test_ret_med_fejl_efterlader_intet(bruger, felter, felt):
    afdeling = f.AfdelingFactory()
    omraade = f.OmraadeFactory(navn="Nord", starter=date(2026, 1, 1), afdelinger=[afdeling])
    with pytest.raises(ValidationError) as fejl:
        actions.ret(
            bruger=bruger, objekt=omraade, felter={**felter, "afdelinger": []}, version=1, tilladte=OMRAADEFELTER
        )
    assert list(fejl.value.message_dict) == [felt]
    frisk = gemt(omraade)
    assert (frisk.navn, frisk.note, frisk.slutter, frisk.version) == ("Nord", "", None, 1)
    assert list(frisk.afdelinger.all()) == [afdeling]
    assert Haendelse.objects.count() == 0


def test_ret_af_noget_der_er_slettet(bruger):
    omraade = f.OmraadeFactory()
    Omraade.objects.all().delete()
    with pytest.raises(ValidationError) as fejl:
        actions.ret(bruger=bruger, objekt=omraade, felter={"navn": "Syd"}, version=1, tilladte=OMRAADEFELTER)
    assert fejl.value.messages == ["En anden har slettet det, siden du åbnede siden."]
    assert Haendelse.objects.count() == 0


def test_ret_er_en_transaktion(bruger, monkeypatch):
    """No change without its entry."""
    omraade = f.OmraadeFactory(navn="Nord")
    monkeypatch.setattr(revisionsspor, "skriv", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.ret(bruger=bruger, objekt=omraade, felter={"navn": "Syd"}, tilladte=OMRAADEFELTER)
    assert (gemt(omraade).navn, gemt(omraade).version) == ("Nord", 1)


def test_aendringer_til():
    plan = f.HelhedsplanFactory(navn="Parken")
    assert aendringer_til(plan, {"navn": "Parken", "note": ""}) == []
    assert aendringer_til(plan, {"navn": "Engen"}) == [Aendring("navn", "navn", "Parken", "Engen")]


# --- slet -----------------------------------------------------------------------------------------------------------


def test_slet_logger_hvad_der_stod(bruger):
    plan = f.HelhedsplanFactory(noegle="parken", navn="Parken")
    omraade = f.OmraadeFactory(
        plan=plan, navn="Nord", noegle="nord", orden=3, afdelinger=[f.AfdelingFactory(navn="A", nummer="")]
    )
    pk = omraade.pk
    actions.slet(bruger=bruger, objekt=omraade)
    assert not Omraade.objects.exists()
    haendelse = Haendelse.objects.get()
    assert (haendelse.handling, haendelse.kaede, haendelse.objekt_id, haendelse.objekt_navn) == (
        "slettet", "parken", str(pk), "Nord",
    )  # fmt: skip
    assert linjer(haendelse) == {
        "plan": ("helhedsplan", "Parken", None),
        "noegle": ("nøgle", "nord", None),
        "navn": ("navn", "Nord", None),
        "orden": ("rækkefølge", 3, None),
        "medafdelinger": ("afdelinger i områder", ["Nord: A"], []),
    }


def test_slet_logger_de_raekker_der_gaar_med(bruger):
    gruppe = f.GruppeFactory()
    f.PladsFactory(gruppe=gruppe, titel="Formand")
    f.PladsFactory(gruppe=gruppe, titel="Næstformand")
    actions.slet(bruger=bruger, objekt=gruppe)
    assert linjer(Haendelse.objects.get())["pladser"] == ("pladser", ["Formand", "Næstformand"], [])


def test_slet_af_delmaal_logger_dets_aktiviteter(bruger):
    delmaal = f.DelmaalFactory()
    aktivitet = f.AktivitetFactory(delaftale=delmaal.delaftale, navn="Job", delmaal=[delmaal])
    actions.slet(bruger=bruger, objekt=delmaal)
    assert linjer(Haendelse.objects.get())["aktiviteter"] == ("aktiviteter", ["Job"], [])
    assert list(aktivitet.delmaal.all()) == []


def test_slet_af_det_andre_bruger_afvises_og_navngiver_dem(bruger):
    organisation = f.OrganisationFactory(navn="Boligforeningen")
    part = f.PartFactory(organisation=organisation)
    f.AfdelingFactory(organisation=organisation, navn="Nord", nummer="")
    with pytest.raises(ValidationError) as fejl:
        actions.slet(bruger=bruger, objekt=organisation)
    assert fejl.value.messages == ["Kan ikke slettes, fordi den bruges af afdeling »Nord« og part »Boligforeningen«."]
    assert fejl.value.code == "bruges"
    assert Organisation.objects.get(pk=organisation.pk) == part.organisation
    assert (organisation.pk, Haendelse.objects.count()) == (part.organisation_id, 0)


def test_slet_navngiver_hoejst_fem(bruger):
    delaftale = f.DelaftaleFactory()
    for nummer in range(7):
        f.AktivitetFactory(delaftale=delaftale, navn=f"A{nummer}")
    with pytest.raises(ValidationError) as fejl:
        actions.slet(bruger=bruger, objekt=delaftale)
    navne = ", ".join(f"aktivitet »A{nummer}«" for nummer in range(5))
    assert fejl.value.messages == [f"Kan ikke slettes, fordi den bruges af {navne} og 2 mere."]


def test_slet_to_gange(bruger):
    omraade, igen = f.OmraadeFactory(), Omraade.objects.get()
    actions.slet(bruger=bruger, objekt=omraade)
    with pytest.raises(ValidationError) as fejl:
        actions.slet(bruger=bruger, objekt=igen)
    assert fejl.value.messages == ["En anden har slettet det, siden du åbnede siden."]
    assert Haendelse.objects.count() == 1


# --- drafts ---------------------------------------------------------------------------------------------------------


def test_kladder_er_ens_egne_og_logges_ikke(bruger):
    anden = f.BrugerFactory()
    actions.gem_kladde(bruger=bruger, noegle="a", version=1, data={"navn": ["x"]})
    kladde = actions.gem_kladde(bruger=bruger, noegle="a", version=2, data={"navn": ["y"]})
    actions.gem_kladde(bruger=anden, noegle="a", version=1, data={})
    assert (kladde.version, kladde.data) == (2, {"navn": ["y"]})
    assert Kladde.objects.count() == 2
    actions.fjern_kladde(bruger=bruger, noegle="a")
    actions.fjern_kladde(bruger=bruger, noegle="a")
    assert list(Kladde.objects.values_list("bruger", flat=True)) == [anden.pk]
    assert Haendelse.objects.count() == 0


# --- several at once ------------------------------------------------------------------------------------------------


def ret_navn(bruger, pk, navn, version=1):
    omraade = Omraade.objects.get(pk=pk)
    return lambda: actions.ret(
        bruger=bruger, objekt=omraade, felter={"navn": navn}, version=version, tilladte=OMRAADEFELTER
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("saadan", [samtidigt, mens])
def test_to_gemmer_samme_version_og_kun_en_vinder(bruger, saadan):
    omraade = f.OmraadeFactory(navn="Nord")
    svar = saadan(*[ret_navn(bruger, omraade.pk, navn) for navn in ("Øst", "Vest")])
    vinder = svar.index(True)
    assert vinder == 0 or saadan is samtidigt
    assert isinstance(svar[1 - vinder], Versionskonflikt)
    assert (gemt(omraade).navn, gemt(omraade).version) == (["Øst", "Vest"][vinder], 2)
    assert svar[1 - vinder].objekt.navn == gemt(omraade).navn
    assert [linjer(h)["navn"][2] for h in Haendelse.objects.all()] == [gemt(omraade).navn]


@pytest.mark.django_db(transaction=True)
def test_otte_gemmer_samme_version_og_kun_en_vinder(bruger):
    omraade = f.OmraadeFactory(navn="Nord", plan=f.HelhedsplanFactory(noegle="parken"))
    svar = samtidigt(*[ret_navn(bruger, omraade.pk, f"Nr. {nummer}") for nummer in range(8)])
    assert sum(s is True for s in svar) == 1
    assert sum(isinstance(s, Versionskonflikt) for s in svar) == 7
    assert gemt(omraade).version == 2
    assert revisionsspor.brud("parken") == []


@pytest.mark.django_db(transaction=True)
def test_otte_gemmer_uden_version_og_alle_taeller(bruger):
    """Also when nobody cares who was first, no save is lost and no version skipped."""
    omraade = f.OmraadeFactory(navn="Nord", plan=f.HelhedsplanFactory(noegle="parken"))
    svar = samtidigt(*[ret_navn(bruger, omraade.pk, f"Nr. {nummer}", version=None) for nummer in range(8)])
    assert svar == [True] * 8
    assert gemt(omraade).version == 9
    assert sorted(Haendelse.objects.values_list("version", flat=True)) == list(range(2, 10))
    assert revisionsspor.brud("parken") == []
    senest = Haendelse.objects.order_by("nummer").last()
    assert linjer(senest)["navn"][2] == gemt(omraade).navn


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("saadan", [samtidigt, mens])
def test_to_opretter_det_samme_og_den_anden_faar_besked(bruger, saadan):
    plan = f.HelhedsplanFactory(noegle="parken")

    def opret():
        return actions.opret(bruger=bruger, objekt=Omraade(plan=plan, noegle="nord", navn="Nord"))

    svar = saadan(opret, opret)
    fejl = [s for s in svar if isinstance(s, ValidationError)]
    assert [s for s in svar if isinstance(s, Omraade)] == [Omraade.objects.get()]
    assert [e.messages[-1] for e in fejl] == ["Planen har allerede et område med det navn."]
    assert revisionsspor.brud("parken") == []


@pytest.mark.django_db(transaction=True)
def test_to_tager_samme_navn_og_den_anden_faar_besked(bruger):
    plan = f.HelhedsplanFactory()
    et, to = f.OmraadeFactory(plan=plan, navn="Et"), f.OmraadeFactory(plan=plan, navn="To")
    svar = mens(ret_navn(bruger, et.pk, "Nyt"), ret_navn(bruger, to.pk, "Nyt"))
    assert svar[0] is True
    assert svar[1].messages == ["Planen har allerede et område med det navn."]
    assert (gemt(to).navn, gemt(to).version) == ("To", 1)


@pytest.mark.django_db(transaction=True)
def test_den_der_retter_noget_der_netop_slettes_faar_besked(bruger):
    omraade, samme = f.OmraadeFactory(), Omraade.objects.get()
    svar = mens(lambda: actions.slet(bruger=bruger, objekt=omraade), ret_navn(bruger, samme.pk, "Nyt"))
    assert svar[0] is None
    assert svar[1].messages == ["En anden har slettet det, siden du åbnede siden."]


@pytest.mark.django_db(transaction=True)
def test_den_der_retter_en_raekke_staar_ikke_i_vejen_for_dem_under_den(bruger):
    """A row that is being changed can be pointed to meanwhile."""
    plan = f.HelhedsplanFactory()
    ret = {"objekt": Helhedsplan.objects.get(), "felter": {"navn": "Ny"}, "version": 1, "tilladte": {"navn"}}
    svar = mens(
        lambda: actions.ret(bruger=bruger, **ret),
        lambda: actions.opret(bruger=bruger, objekt=f.OmraadeFactory.build(plan=plan)),
    )
    assert (svar[0], type(svar[1])) == (True, Omraade)
    assert revisionsspor.brud(plan.noegle) == []


@pytest.mark.django_db(transaction=True)
def test_to_der_peger_paa_hinandens_raekker_laaser_ikke(bruger):
    """One edits an activity and gives it a delmål, another edits that delmål and gives it the activity."""
    delmaal = f.DelmaalFactory(delaftale__plan__noegle="parken")
    aktivitet = f.AktivitetFactory(delaftale=delmaal.delaftale)
    andet = f.AktivitetFactory(delaftale=delmaal.delaftale)

    def ret_aktivitet():
        objekt = Aktivitet.objects.get(pk=aktivitet.pk)
        return actions.ret(
            bruger=bruger, objekt=objekt, felter={"navn": "Ny", "delmaal": [delmaal]}, tilladte={"navn", "delmaal"}
        )

    def ret_delmaal():
        with transaction.atomic():
            laast = actions.laas(delmaal)
            laast.aktiviteter.add(andet)
            return actions.ret(bruger=bruger, objekt=laast, felter={"tekst": "Nyt"}, tilladte={"tekst"})

    for _ in range(5):
        assert not [s for s in samtidigt(ret_aktivitet, ret_delmaal) if isinstance(s, Exception)]
    assert revisionsspor.brud("parken") == []


def test_en_fejl_i_databasen_uden_forklaring_gaar_videre(bruger, monkeypatch):
    """What full_clean cannot explain is a fault in the program and must be seen."""
    objekt = f.OmraadeFactory.build(plan=f.HelhedsplanFactory())
    monkeypatch.setattr(Omraade, "full_clean", lambda self: None)
    f.OmraadeFactory(plan=objekt.plan, noegle=objekt.noegle)
    with pytest.raises(IntegrityError):
        actions.opret(bruger=bruger, objekt=objekt)
