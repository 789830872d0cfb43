"""The rows of a plan: added last, changed with what is below them, ordered, and never tied to another plan's."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from aftaler.actions import raekker
from aftaler.actions.raekker import FELTER
from aftaler.models import (
    Aktivitet,
    Delmaal,
    Gruppe,
    Koblingstabel,
    Lag,
    Omraade,
    Omtaltpapir,
    Part,
    Plads,
    Planparameter,
)
from helhedsplan import revisionsspor
from helhedsplan.actions import Raekkefejl, UkendtFelt, Versionskonflikt
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from moeder.actions import sammensaetning  # noqa: F401 -- hangs up the rows of its room
from moeder.models import Bestyrelsesside
from tests import factories as f
from tests.samtidighed import mens, samtidigt

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return f.HelhedsplanFactory(noegle="parken")


@pytest.fixture
def aftale(plan):
    return f.DelaftaleFactory(plan=plan, indsatsomraade__noegle="job")


def linjer(haendelse=None):
    haendelse = haendelse or Haendelse.objects.order_by("pk").last()
    return {a["felt"]: (a["foer"], a["efter"]) for a in haendelse.aendringer}


def gemt(objekt):
    return type(objekt).objects.get(pk=objekt.pk)


def opret(objekt, **valg):
    return raekker.opret(bruger=PROGRAMMET, objekt=objekt, **valg)


def ret(objekt, felter=None, **valg):
    return raekker.ret(bruger=PROGRAMMET, objekt=objekt, felter=felter or {}, **{"version": 1} | valg)


NYE = {
    Part: lambda plan, aftale: Part(plan=plan, organisation=f.OrganisationFactory()),
    Omraade: lambda plan, aftale: Omraade(plan=plan, navn="Nyt"),
    Lag: lambda plan, aftale: Lag(plan=plan, navn="Nyt", til_sagt="18 måneder"),
    Gruppe: lambda plan, aftale: Gruppe(plan=plan, navn="Ny", art="arbejdsgruppe"),
    Koblingstabel: lambda plan, aftale: Koblingstabel(plan=plan, titel="Ny", kolonne_fra="A", kolonne_til="B"),
    Planparameter: lambda plan, aftale: Planparameter(plan=plan, noegle="x", vaerdi=1, begrundelse="Aftalt"),
    Delmaal: lambda plan, aftale: Delmaal(delaftale=aftale, tekst="Nyt"),
    Aktivitet: lambda plan, aftale: Aktivitet(delaftale=aftale, navn="Ny"),
    Bestyrelsesside: lambda plan, aftale: Bestyrelsesside(plan=plan, navn="Ny"),
    Omtaltpapir: lambda plan, aftale: Omtaltpapir(plan=plan, titel="Nyt"),
}
EN_RETTELSE = {
    Part: {"underskriver": "Direktøren"},
    Omraade: {"navn": "Rettet"},
    Lag: {"navn": "Rettet"},
    Gruppe: {"navn": "Rettet"},
    Koblingstabel: {"titel": "Rettet"},
    Planparameter: {"vaerdi": 2},
    Delmaal: {"tekst": "Rettet"},
    Aktivitet: {"navn": "Rettet"},
    Bestyrelsesside: {"navn": "Rettet"},
    Omtaltpapir: {"titel": "Rettet"},
}


def test_alle_slags_raekker_er_proevet():
    assert set(NYE) == set(EN_RETTELSE) == set(FELTER)


# --- rights ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rolle", ["leder", "sekretariat", "bestyrelse", "observatoer", None])
@pytest.mark.parametrize("model", NYE)
def test_kun_den_der_skriver_planen_skriver_dens_raekker(model, rolle, plan, aftale):
    bruger = f.MedlemskabFactory(plan=plan, rolle=rolle).bruger if rolle else f.MedlemskabFactory(rolle="leder").bruger
    maa = rolle in {"leder", "sekretariat"}
    objekt = NYE[model](plan, aftale)
    if maa:
        raekker.opret(bruger=bruger, objekt=objekt)
        assert raekker.ret(bruger=bruger, objekt=objekt, felter=EN_RETTELSE[model], version=1) is True
        raekker.slet(bruger=bruger, objekt=objekt)
        assert list(Haendelse.objects.order_by("pk").values_list("handling", "bruger_id")) == [
            (handling, bruger.pk) for handling in ("oprettet", "rettet", "slettet")
        ]
        return
    with pytest.raises(PermissionDenied):
        raekker.opret(bruger=bruger, objekt=objekt)
    assert objekt.pk is None
    opret(objekt)
    with pytest.raises(PermissionDenied):
        raekker.ret(bruger=bruger, objekt=objekt, felter=EN_RETTELSE[model], version=1)
    with pytest.raises(PermissionDenied):
        raekker.slet(bruger=bruger, objekt=objekt)
    assert (gemt(objekt).version, Haendelse.objects.count()) == (1, 1)


@pytest.mark.parametrize("rolle", ["leder", "sekretariat", "bestyrelse", "observatoer", None])
def test_kun_den_der_skriver_planen_sorterer(rolle, plan, aftale):
    a, b = (f.AktivitetFactory(delaftale=aftale, noegle=n, orden=nr) for nr, n in enumerate("ab"))
    bruger = f.MedlemskabFactory(plan=plan, rolle=rolle).bruger if rolle else f.BrugerFactory()
    valg = {"bruger": bruger, "ejer": aftale, "relation": "aktiviteter"}
    if rolle in {"leder", "sekretariat"}:
        assert raekker.sorter(**valg, noegler=["b", "a"]) is True
        assert raekker.flyt(**valg, noegle="a", skridt=-1) is True
        return
    for handling, argumenter in (
        (raekker.sorter, {"noegler": ["b", "a"]}),
        (raekker.flyt, {"noegle": "a", "skridt": 1}),
        (raekker.flyt, {"noegle": "findes-ikke", "skridt": 1}),
    ):
        with pytest.raises(PermissionDenied):
            handling(**valg, **argumenter)
    assert list(aftale.aktiviteter.all()) == [a, b]


# --- adding ---------------------------------------------------------------------------------------------------------


def test_en_ny_raekke_staar_sidst_og_faar_en_noegle(plan, aftale):
    f.AktivitetFactory(delaftale=aftale, noegle="cafe", orden=7)
    f.AktivitetFactory(delaftale__plan=plan, noegle="cafe-2", orden=99)
    ny = opret(Aktivitet(delaftale=aftale, navn="Café"))
    assert (gemt(ny).noegle, gemt(ny).orden) == ("cafe-2", 8)
    assert opret(Delmaal(delaftale=aftale, tekst="Flere i job")).noegle == "flere-i-job"
    assert (opret(Omraade(plan=plan, navn="Nord")).orden, opret(Omraade(plan=plan, navn="Syd")).orden) == (1, 2)


def test_noeglen_bliver_naar_navnet_skifter(aftale):
    ny = opret(Aktivitet(delaftale=aftale, navn="Café"))
    ret(ny, {"navn": "Klub"})
    assert gemt(ny).noegle == "cafe"


def test_to_af_samme_navn_afvises_paa_dansk(plan, aftale):
    opret(Aktivitet(delaftale=aftale, navn="Café"))
    with pytest.raises(ValidationError) as fejl:
        opret(Aktivitet(delaftale=aftale, navn=" Café "))
    assert fejl.value.messages == ["Delaftalen har allerede en aktivitet med det navn."]
    opret(Aktivitet(delaftale=f.DelaftaleFactory(plan=plan), navn="Café"))


def test_en_ny_raekke_logges_med_alt_under_den(plan, aftale):
    omraade = f.OmraadeFactory(plan=plan, navn="Nord")
    delmaal = f.DelmaalFactory(delaftale=aftale, tekst="Flere i job")
    ny = opret(
        Aktivitet(delaftale=aftale, navn="Job"),
        m2m={"omraader": [omraade], "delmaal": [delmaal]},
        raekker={
            "milepaele": [{"navn": "Start", "dato": date(2026, 2, 1), "ansvarlig": ""}],
            "samarbejdsparter": [{"navn": "Jobcentret", "rolle": "Henviser"}],
        },
    )
    assert Haendelse.objects.count() == 1
    assert {k: linjer()[k] for k in ("omraader", "delmaal", "milepaele", "samarbejdsparter")} == {
        "omraader": ([], ["Nord"]),
        "delmaal": ([], ["Flere i job"]),
        "milepaele": ([], ["Start · 01.02.2026"]),
        "samarbejdsparter": ([], ["Jobcentret · Henviser"]),
    }
    assert [(p.navn, p.delaftale) for p in ny.samarbejdsparter.all()] == [("Jobcentret", aftale)]


def test_et_nyt_delmaal_med_aktiviteter(aftale):
    aktivitet = f.AktivitetFactory(delaftale=aftale, navn="Job")
    ny = opret(Delmaal(delaftale=aftale, tekst="Flere i job"), m2m={"aktiviteter": [aktivitet]})
    assert list(ny.aktiviteter.all()) == [aktivitet]
    assert linjer()["aktiviteter"] == ([], ["Job"])


def test_en_fejl_i_en_raekke_under_efterlader_intet(aftale):
    with pytest.raises(Raekkefejl) as fejl:
        opret(Aktivitet(delaftale=aftale, navn="Job"), raekker={"milepaele": [{"navn": "Start"}, {"navn": ""}]})
    ved = {nummer: list(hvad.message_dict) for nummer, hvad in fejl.value.ved.items()}
    assert (fejl.value.relation, ved) == ("milepaele", {2: ["navn"]})
    assert (Aktivitet.objects.count(), Haendelse.objects.count()) == (0, 0)


# --- changing -------------------------------------------------------------------------------------------------------


def test_ret_skriver_kun_det_formularen_har(aftale):
    aktivitet = f.AktivitetFactory(delaftale=aftale)
    for felter in ({"noegle": "x"}, {"orden": 1}, {"delaftale": aftale}, {"version": 9}):
        with pytest.raises(UkendtFelt):
            ret(aktivitet, felter)


@pytest.mark.parametrize("model", FELTER)
def test_hvert_felt_paa_listen_findes(model):
    findes = {f_.name for f_ in model._meta.get_fields()}
    assert FELTER[model] <= findes
    assert not FELTER[model] & {"id", "plan", "delaftale", "version", "orden", "noegle"}


def test_raekker_under_skiftes_ud_som_helhed(aftale):
    gruppe = f.GruppeFactory(plan=aftale.plan)
    kommune = f.OrganisationFactory(navn="Kommunen")
    nye = [
        {"titel": "Direktør", "organisation": kommune, "formand": True},
        {"titel": "Medlem", "organisation": None, "formand": False},
    ]
    assert ret(gruppe, raekker={"pladser": nye}) is True
    assert [(p.titel, p.organisation, p.formand, p.orden) for p in gruppe.pladser.all()] == [
        ("Direktør", kommune, True, 1),
        ("Medlem", None, False, 2),
    ]
    assert gemt(gruppe).version == gruppe.version == 2
    assert linjer() == {"pladser": ([], ["Direktør · Kommunen · formand", "Medlem"])}
    assert ret(gruppe, raekker={"pladser": nye[::-1]}, version=2) is True
    assert linjer() == {
        "pladser": (["Direktør · Kommunen · formand", "Medlem"], ["Medlem", "Direktør · Kommunen · formand"])
    }
    assert ret(gruppe, raekker={"pladser": []}, version=3) is True
    assert list(gruppe.pladser.all()) == []


@pytest.mark.parametrize(
    "ens",
    [
        {"navn": "Start", "dato": date(2026, 2, 1), "ansvarlig": ""},
        {"navn": "Start", "dato": date(2026, 2, 1), "ansvarlig": None},
        {"navn": "Start", "dato": date(2026, 2, 1)},
        {"navn": "  Start ", "dato": date(2026, 2, 1), "ansvarlig": "  "},
    ],
)
def test_de_samme_raekker_er_ingen_aendring(ens, aftale):
    aktivitet = f.AktivitetFactory(delaftale=aftale)
    milepael = f.MilepaelFactory(aktivitet=aktivitet, navn="Start", dato=date(2026, 2, 1), ansvarlig="")
    assert ret(aktivitet, raekker={"milepaele": [ens]}) is False
    assert (gemt(aktivitet).version, Haendelse.objects.count()) == (1, 0)
    assert list(aktivitet.milepaele.all()) == [milepael]


def test_koblingsraekker_med_maal(plan):
    omraade = f.IndsatsomraadeFactory(regelsaet=plan.regelsaet)
    et, to = (f.OverordnetMaalFactory(indsatsomraade=omraade, nummer=n, tekst=f"T{n}") for n in (1, 2))
    tabel = opret(Koblingstabel(plan=plan, titel="T", kolonne_fra="A", kolonne_til="B"), raekker={
        "raekker": [{"fra": "Politik", "til": "", "maal": [to, et]}, {"fra": "Andet", "til": "Fordi", "maal": []}]
    })  # fmt: skip
    assert [(r.fra, r.til, set(r.maal.all())) for r in tabel.raekker.all()] == [
        ("Politik", "", {et, to}), ("Andet", "Fordi", set()),
    ]  # fmt: skip
    samme = [{"fra": "Politik", "til": "", "maal": [et, to]}, {"fra": "Andet", "til": "Fordi", "maal": None}]
    assert ret(tabel, raekker={"raekker": samme}) is False
    assert ret(tabel, raekker={"raekker": [{**samme[0], "maal": [et]}, samme[1]]}) is True
    assert linjer() == {
        "raekker": (
            ["Politik · Mål 1: T1, Mål 2: T2", "Andet · Fordi"],
            ["Politik · Mål 1: T1", "Andet · Fordi"],
        )
    }


def test_felter_og_raekker_i_en_haendelse(aftale):
    aktivitet = f.AktivitetFactory(delaftale=aftale, navn="Før")
    ret(aktivitet, {"navn": "Efter"}, raekker={"milepaele": [{"navn": "Start"}], "samarbejdsparter": []})
    assert (Haendelse.objects.count(), gemt(aktivitet).version) == (1, 2)
    assert linjer() == {"navn": ("Før", "Efter"), "milepaele": ([], ["Start"])}


def test_delmaalets_aktiviteter_set_fra_delmaalet(aftale):
    delmaal = f.DelmaalFactory(delaftale=aftale)
    a, b = (f.AktivitetFactory(delaftale=aftale, navn=navn, orden=nr) for nr, navn in enumerate("AB"))
    a.delmaal.add(delmaal)
    assert ret(delmaal, {"aktiviteter": [a]}) is False
    assert ret(delmaal, {"aktiviteter": [a, b], "tekst": "Nyt"}) is True
    assert set(delmaal.aktiviteter.all()) == {a, b}
    assert linjer()["aktiviteter"] == (["A"], ["A", "B"])
    assert ret(delmaal, {"aktiviteter": []}, version=2) is True
    assert list(delmaal.aktiviteter.all()) == []


def test_en_konflikt_efterlader_intet(aftale):
    aktivitet = f.AktivitetFactory(delaftale=aftale)
    f.MilepaelFactory(aktivitet=aktivitet, navn="Min")
    delmaal = f.DelmaalFactory(delaftale=aftale)
    for objekt in (aktivitet, delmaal):
        type(objekt).objects.update(version=2)
    with pytest.raises(Versionskonflikt):
        ret(aktivitet, {"navn": "Ny"}, raekker={"milepaele": []})
    with pytest.raises(Versionskonflikt):
        ret(delmaal, {"aktiviteter": [aktivitet]})
    assert [m.navn for m in aktivitet.milepaele.all()] == ["Min"]
    assert list(delmaal.aktiviteter.all()) == []


def test_en_konflikt_gaar_forud_for_fejl_i_det_skrevne(aftale):
    """Who was too late is shown the other's text first; the fault may be gone with it."""
    aktivitet = f.AktivitetFactory(delaftale=aftale)
    Aktivitet.objects.update(version=2)
    with pytest.raises(Versionskonflikt):
        ret(aktivitet, {"navn": ""}, raekker={"milepaele": [{"navn": ""}]})


# --- what belongs together ------------------------------------------------------------------------------------------


def test_en_aktivitet_knyttes_ikke_til_en_anden_plans_ting(plan, aftale):
    andet_sted = {
        "omraader": [f.OmraadeFactory()],
        "delmaal": [f.DelmaalFactory(delaftale__plan=plan)],
        "fortsaetter": f.AktivitetFactory(),
    }
    aktivitet = f.AktivitetFactory(delaftale=aftale)
    for felt, vaerdi in andet_sted.items():
        with pytest.raises(ValidationError, match="hører til et andet sted"):
            ret(aktivitet, {felt: vaerdi})
        ny = Aktivitet(delaftale=aftale, navn="Ny", **({felt: vaerdi} if felt == "fortsaetter" else {}))
        with pytest.raises(ValidationError, match="hører til et andet sted"):
            opret(ny, m2m={} if felt == "fortsaetter" else {felt: vaerdi})
    assert (Haendelse.objects.count(), Aktivitet.objects.filter(delaftale=aftale).count()) == (0, 1)


def test_et_delmaal_knyttes_ikke_til_en_anden_delaftales_aktivitet(plan, aftale):
    fremmed = f.AktivitetFactory(delaftale__plan=plan)
    with pytest.raises(ValidationError, match="hører til et andet sted"):
        ret(f.DelmaalFactory(delaftale=aftale), {"aktiviteter": [fremmed]})
    with pytest.raises(ValidationError, match="hører til et andet sted"):
        opret(Delmaal(delaftale=aftale, tekst="Nyt"), m2m={"aktiviteter": [fremmed]})


def test_en_aktivitet_fortsaetter_en_i_forgaengeren_eller_i_planen_selv(aftale):
    aftale.plan.forgaenger = f.HelhedsplanFactory()
    aftale.plan.save()
    aktivitet = f.AktivitetFactory(delaftale=aftale)
    assert ret(aktivitet, {"fortsaetter": f.AktivitetFactory(delaftale__plan=aftale.plan.forgaenger)}) is True
    assert ret(aktivitet, {"fortsaetter": f.AktivitetFactory(delaftale=aftale)}, version=2) is True
    with pytest.raises(ValidationError, match="hører til et andet sted"):
        ret(aktivitet, {"fortsaetter": aktivitet}, version=3)
    assert ret(aktivitet, {"fortsaetter": None}, version=3) is True


def test_en_forbindelse_der_staar_kan_blive_staaende(aftale):
    """It may come from a plan file, or from a time when the plan had another predecessor."""
    gammel = f.AktivitetFactory()
    aktivitet = f.AktivitetFactory(delaftale=aftale, fortsaetter=gammel)
    assert ret(aktivitet, {"fortsaetter": gammel, "navn": "Nyt"}) is True


def test_en_gruppe_staar_under_en_i_samme_plan_og_aldrig_under_sig_selv(plan):
    a = f.GruppeFactory(plan=plan)
    b = f.GruppeFactory(plan=plan, over=a)
    c = f.GruppeFactory(plan=plan, over=b)
    for over, besked in (
        (a, "Gruppen ligger selv over den gruppe. Vælg en anden."),
        (c, "Gruppen ligger selv over den gruppe. Vælg en anden."),
        (f.GruppeFactory(), "Vælg en gruppe i samme plan."),
    ):
        with pytest.raises(ValidationError) as fejl:
            ret(gemt(a), {"over": over})
        assert fejl.value.message_dict == {"over": [besked]}
    assert ret(c, {"over": a}) is True


# --- order ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def fire(aftale):
    return [f.AktivitetFactory(delaftale=aftale, noegle=n, navn=n.upper(), orden=nr) for nr, n in enumerate("abcd")]


def orden(aftale):
    return "".join(aftale.aktiviteter.values_list("noegle", flat=True))


def sorter(aftale, noegler):
    return raekker.sorter(bruger=PROGRAMMET, ejer=aftale, relation="aktiviteter", noegler=list(noegler))


@pytest.mark.parametrize(
    ("noegler", "ventet"),
    [
        ("dcba", "dcba"),
        ("abcd", "abcd"),
        ("d", "dabc"),
        ("db", "dbac"),
        ("xdyb", "dbac"),
        ("", "abcd"),
        ("ddbb", "dbac"),
    ],
)
def test_sorter(aftale, fire, noegler, ventet):
    assert sorter(aftale, noegler) is (ventet != "abcd")
    assert orden(aftale) == ventet
    assert Haendelse.objects.count() == (ventet != "abcd")


def test_sorter_logges_paa_den_der_ejer_raekkerne(aftale, fire):
    sorter(aftale, "ba")
    haendelse = Haendelse.objects.get()
    assert (haendelse.handling, haendelse.objekt_type, haendelse.kaede) == ("sorteret", "aftaler.delaftale", "parken")
    assert haendelse.aendringer == [
        {
            "felt": "aktiviteter",
            "navn": "rækkefølge af aktiviteter",
            "foer": ["A", "B", "C", "D"],
            "efter": ["B", "A", "C", "D"],
        }
    ]
    assert {gemt(a).version for a in fire} == {1}
    assert gemt(aftale).version == 1


def test_sorter_rydder_op_i_ens_numre(aftale, fire):
    Aktivitet.objects.update(orden=5)
    assert sorter(aftale, "dcba") is True
    assert list(aftale.aktiviteter.values_list("orden", flat=True)) == [1, 2, 3, 4]


def test_sorter_uden_raekker(aftale):
    assert sorter(aftale, "ab") is False


def test_raekker_uden_noegle_sorteres_efter_nummer(plan):
    en, to = f.PartFactory.create_batch(2, plan=plan)
    assert raekker.sorter(bruger=PROGRAMMET, ejer=plan, relation="parter", noegler=[str(to.pk), str(en.pk)]) is True
    assert list(plan.parter.all()) == [to, en]


@pytest.mark.parametrize(
    ("noegle", "skridt", "ventet"),
    [
        ("b", -1, "bacd"),
        ("b", 1, "acbd"),
        ("a", -1, "abcd"),
        ("d", 1, "abcd"),
        ("a", 99, "bcda"),
        ("d", -99, "dabc"),
        ("x", 1, "abcd"),
        ("b", 0, "abcd"),
    ],
)
def test_flyt(aftale, fire, noegle, skridt, ventet):
    svar = raekker.flyt(bruger=PROGRAMMET, ejer=aftale, relation="aktiviteter", noegle=noegle, skridt=skridt)
    assert svar is (ventet != "abcd")
    assert orden(aftale) == ventet


# --- deleting -------------------------------------------------------------------------------------------------------


def test_det_der_bruges_slettes_ikke(plan, aftale):
    gammel = f.AktivitetFactory(delaftale=aftale, navn="Før")
    f.AktivitetFactory(fortsaetter=gammel, navn="Nu")
    with pytest.raises(ValidationError) as fejl:
        raekker.slet(bruger=PROGRAMMET, objekt=gammel)
    assert fejl.value.messages == ["Kan ikke slettes, fordi den bruges af aktivitet »Nu«."]
    over = f.GruppeFactory(plan=plan)
    f.GruppeFactory(plan=plan, over=over, navn="Team")
    with pytest.raises(ValidationError) as fejl:
        raekker.slet(bruger=PROGRAMMET, objekt=over)
    assert fejl.value.messages == ["Kan ikke slettes, fordi den bruges af gruppe »Team«."]


# --- several at once ------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_mange_opretter_paa_en_gang_og_faar_hver_sin_plads_og_noegle():
    aftale = f.DelaftaleFactory(plan__noegle="parken")
    svar = samtidigt(*[lambda: opret(Delmaal(delaftale=aftale, tekst="Flere i job"))] * 6)
    assert [s for s in svar if isinstance(s, Exception)] == []
    assert sorted(aftale.delmaal.values_list("orden", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert set(aftale.delmaal.values_list("noegle", flat=True)) == {"flere-i-job"} | {
        f"flere-i-job-{n}" for n in range(2, 7)
    }
    assert revisionsspor.brud("parken") == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("saadan", [samtidigt, mens])
def test_to_retter_de_samme_raekker_og_kun_en_vinder(saadan):
    gruppe = f.GruppeFactory(plan__noegle="parken")

    def pladser(titel):
        objekt = Gruppe.objects.get(pk=gruppe.pk)
        return lambda: ret(objekt, raekker={"pladser": [{"titel": titel}]})

    svar = saadan(pladser("En"), pladser("To"))
    assert sorted(type(s) for s in svar if s is not True) == [Versionskonflikt]
    assert [p.titel for p in gruppe.pladser.all()] == [["En", "To"][svar.index(True)]]
    assert revisionsspor.brud("parken") == []


@pytest.mark.django_db(transaction=True)
def test_to_flytter_paa_en_gang_og_intet_gaar_tabt():
    aftale = f.DelaftaleFactory(plan__noegle="parken")
    for nr, noegle in enumerate("abcdef"):
        f.AktivitetFactory(delaftale=aftale, noegle=noegle, orden=nr)

    def flyt(noegle, skridt):
        valg = {"bruger": PROGRAMMET, "ejer": aftale, "relation": "aktiviteter"}
        return lambda: raekker.flyt(**valg, noegle=noegle, skridt=skridt)

    assert samtidigt(flyt("a", 1), flyt("f", -1), flyt("c", 1)) == [True] * 3
    assert sorted(orden(aftale)) == list("abcdef")
    assert sorted(aftale.aktiviteter.values_list("orden", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert Haendelse.objects.count() == 3
    assert revisionsspor.brud("parken") == []


@pytest.mark.django_db(transaction=True)
def test_den_ene_retter_aktiviteten_og_den_anden_delmaalet():
    """Each ties to the other's row; neither is stopped."""
    delmaal = f.DelmaalFactory(delaftale__plan__noegle="parken")
    a, b = f.AktivitetFactory.create_batch(2, delaftale=delmaal.delaftale)
    svar = samtidigt(
        lambda: ret(Aktivitet.objects.get(pk=a.pk), {"delmaal": [delmaal]}),
        lambda: ret(Delmaal.objects.get(pk=delmaal.pk), {"aktiviteter": [b], "tekst": "Nyt"}),
    )
    assert svar == [True, True]
    assert b in delmaal.aktiviteter.all()
    assert revisionsspor.brud("parken") == []


@pytest.mark.parametrize(
    ("objekt", "felt"),
    [(Gruppe(moeder_pr_aar=400), "moeder_pr_aar"), (Plads(antal=99_999), "antal"), (Plads(antal=0), "antal")],
)
def test_en_gruppes_pladser_og_moeder_har_graenser(objekt, felt):
    with pytest.raises(ValidationError) as fejl:
        objekt.clean_fields()
    assert fejl.value.message_dict[felt]
    setattr(objekt, felt, {"moeder_pr_aar": 365, "antal": 99}[felt])
    with pytest.raises(ValidationError) as fejl:
        objekt.clean_fields()
    assert felt not in fejl.value.message_dict
