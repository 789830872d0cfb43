"""Facts are taken away from the real plans one by one: a rule may then say that it cannot be seen, and never comes with
a new fault that blames somebody for what is not told."""

from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from aftaler.choices import Milepaelsstatus, Oplysning, Organisationsart
from aftaler.models import (
    Aktivitet,
    Delmaal,
    Helhedsplan,
    Lag,
    Milepael,
    Omraade,
    Omraadeafdeling,
    Omraadeindsats,
    Omraadestoerrelse,
    Organisation,
    Part,
    Planmilepael,
    Regelsaet,
)
from aftaler.planfil import Planfil, laes_filer
from aftaler.queries.kontrol import kontroller
from budget.choices import Bidragsart, Kildeart
from budget.models import Bidrag, Budget, Finansieringskilde
from helhedsplan.choices import Alvor
from helhedsplan.rettigheder import PROGRAMMET
from kalender.models import Frist
from moeder.models import Bestyrelsesmedlem

pytestmark = pytest.mark.django_db
FIXTURES = Path(settings.BASE_DIR) / "fixtures"
PLANER = sorted(sti.stem for sti in (FIXTURES / "planer").glob("*.yaml"))
OPDIGTEDE = {"alt-muligt", "halvt-fortalt"}
#: How a date can be less than a day.
SVAR = ["", "ikke oplyst", "formentlig {}", "{:%Y}", "før {:%Y}"]
DATOER = {
    Helhedsplan: ("periode_fra", "periode_til"),
    Part: ("gaelder_fra", "gaelder_til"),
    Omraade: ("starter", "slutter"),
    Lag: ("til", "gaelder_fra"),
    Omraadeafdeling: ("fra", "til"),
    Omraadeindsats: ("fra", "til"),
    Omraadestoerrelse: ("opgjort",),
    Milepael: ("dato",),
    Planmilepael: ("dato",),
    Finansieringskilde: ("gaelder_fra", "gaelder_til"),
    Bestyrelsesmedlem: ("fra", "til"),
    Frist: ("dato",),
    Budget: ("godkendt_den",),
    Regelsaet: ("regulativ",),
}
#: Of these a few rows stand for all; and what is there, or is approved, is told to be so at some time.
FAA = {Bestyrelsesmedlem: 1, Frist: 1, Budget: 2}
ALTID_FORTALT = {Frist, Budget}
VEJ = {
    Helhedsplan: "pk",
    Bestyrelsesmedlem: "side__plan",
    Regelsaet: "planer",
    Milepael: "aktivitet__delaftale__plan",
    Bidrag: "budget__plan",
}
VEJ |= dict.fromkeys((Omraadeafdeling, Omraadeindsats, Omraadestoerrelse), "omraade__plan")


@pytest.fixture(scope="module")
def laest(django_db_setup, django_db_blocker):
    """The plans, read once for all tests of the file; each test begins with them as they were read."""
    with django_db_blocker.unblock(), transaction.atomic():
        filer = sorted((FIXTURES / "regelsaet").glob("*.yaml")) + sorted((FIXTURES / "planer").glob("*.yaml"))
        resultat = laes_filer([Planfil.fra(sti) for sti in filer], bruger=PROGRAMMET)
        assert resultat.fejl == []
        yield
        transaction.set_rollback(True)


@pytest.fixture
def planer(laest, db):
    return {plan.noegle: plan for plan in Helhedsplan.objects.all()}


class Fortryd(Exception):
    pass


@contextmanager
def proevet():
    """What is taken away inside is there again afterwards."""
    try:
        with transaction.atomic():
            yield
            raise Fortryd
    except Fortryd:
        pass


def fejl(plan) -> Counter:
    fundet = kontroller(Helhedsplan.objects.get(pk=plan.pk))
    assert "regel-stoppede" not in {en.kode for en in fundet}
    assert not [en for en in fundet if en.kan_ikke_ses and en.alvor != Alvor.NOTE]
    return Counter(en.kode for en in fundet if en.alvor == Alvor.FEJL)


def egne(plan, model):
    return model.objects.filter(**{VEJ.get(model, "plan"): plan.pk}).order_by("pk")


def datoerne(plan):
    """(what, function that takes it away) of every date that the plan has, in every way a date can be less."""
    for model, felter in DATOER.items():
        for raekke in egne(plan, model)[: FAA.get(model, 12)]:
            for felt in felter:
                if dag := getattr(raekke, felt):
                    for svar in SVAR[model in ALTID_FORTALT :]:
                        ord_ = svar.format(dag if "%" in svar else f"{dag.day}.{dag.month}.{dag.year}")
                        nye = {felt: None, f"{felt}_sagt": ord_}
                        if model is Planmilepael and not ord_:
                            nye |= {"status": Milepaelsstatus.IKKE_BEGYNDT}  # what is reached has a date
                        yield f"{model.__name__} {raekke.pk} {felt}: {ord_}", raekke, nye


@pytest.mark.parametrize("noegle", PLANER)
def test_ingen_dato_mindre_giver_en_ny_fejl(planer, noegle):
    plan, nye, antal = planer[noegle], [], 0
    foer = fejl(plan)
    for hvad, raekke, felter in datoerne(plan):
        antal += 1
        with proevet():
            type(raekke).objects.filter(pk=raekke.pk).update(**felter)
            if mere := fejl(plan) - foer:
                nye.append((hvad, dict(mere)))
    assert antal >= (0 if noegle in OPDIGTEDE else 10)  # the made-up plans have few dates in full
    assert nye == []


@pytest.mark.parametrize("noegle", PLANER)
def test_ingen_ejer_der_ikke_er_oplyst_giver_en_ny_fejl(planer, noegle):
    plan, nye = planer[noegle], []
    foer = fejl(plan)
    ejere = Organisation.objects.filter(afdelinger__medomraader__omraade__plan=plan).distinct()
    for ejer in ejere.order_by("pk")[:2]:
        with proevet():
            Organisation.objects.filter(pk=ejer.pk).update(art=Organisationsart.UKENDT)
            if mere := fejl(plan) - foer:
                nye.append((str(ejer), dict(mere)))
    assert nye == []


@pytest.mark.parametrize("noegle", PLANER)
def test_ingen_betaler_eller_art_der_ikke_er_oplyst_giver_en_ny_fejl(planer, noegle):
    plan, nye = planer[noegle], []
    foer = fejl(plan)
    uden_sats = {"maengde": None, "satsvaerdi": None}
    for kilde in egne(plan, Finansieringskilde):
        for lokal in {kilde.lokal, False}:
            with proevet():
                Finansieringskilde.objects.filter(pk=kilde.pk).update(
                    art=Kildeart.UKENDT, lokal=lokal, organisation=None, afdeling=None
                )
                if mere := fejl(plan) - foer:
                    nye.append((f"{kilde}, lokal {lokal}", dict(mere)))
        with proevet():
            for bidrag in egne(plan, Bidrag).filter(kilde=kilde):
                samme = Bidrag.objects.exclude(pk=bidrag.pk).filter(
                    budget=bidrag.budget, kilde=kilde, planaar=bidrag.planaar, delaftale=bidrag.delaftale,
                    aktivitet=bidrag.aktivitet, art=Bidragsart.UKENDT,
                )  # fmt: skip
                if samme.exists():
                    sum_ = samme.get().beloeb + bidrag.beloeb
                    samme.update(beloeb=sum_)
                    bidrag.delete()
                else:
                    Bidrag.objects.filter(pk=bidrag.pk).update(art=Bidragsart.UKENDT, **uden_sats)
            if mere := fejl(plan) - foer:
                nye.append((f"{kilde}, arten", dict(mere)))
    assert nye == []


@pytest.mark.parametrize("noegle", PLANER)
def test_intet_der_er_sagt_ikke_at_vaere_oplyst_giver_en_ny_fejl(planer, noegle):
    plan, nye = planer[noegle], []
    foer = fejl(plan)
    tages = {
        Oplysning.PARTER: lambda: plan.parter.all().delete(),
        Oplysning.DELMAAL: lambda: Delmaal.objects.filter(delaftale__plan=plan).update(maaltype=""),
        Oplysning.ANSVARLIGE: lambda: Aktivitet.objects.filter(delaftale__plan=plan).update(ansvarlig=""),
        Oplysning.MAALGRUPPER: lambda: Aktivitet.objects.filter(delaftale__plan=plan).update(maalgruppe=""),
        Oplysning.TEKSTER: lambda: plan.afsnit.update(tekst=""),
        Oplysning.INDSATSOMRAADER: plan.indsatsomraader.clear,
    }
    for oplysning in Oplysning:
        with proevet():
            Helhedsplan.objects.filter(pk=plan.pk).update(
                ikke_oplyst=[*dict.fromkeys([*plan.ikke_oplyst, oplysning.value])]
            )
            tages.get(oplysning, lambda: None)()
            if mere := fejl(plan) - foer:
                nye.append((oplysning.label, dict(mere)))
    with proevet():
        Helhedsplan.objects.filter(pk=plan.pk).update(ikke_oplyst=[o.value for o in Oplysning])
        plan.parter.all().delete()
        assert not {en.kode for en in kontroller(Helhedsplan.objects.get(pk=plan.pk))} & {"part-mangler", "afsnit-tomt"}
    assert nye == []


@pytest.mark.parametrize("noegle", PLANER)
def test_et_budget_hvor_kun_noget_er_oplyst_beskylder_ingen(planer, noegle):
    plan, nye = planer[noegle], []
    foer = fejl(plan)
    sagt = [("over 1 mio. kr.", "25 %"), ("ikke oplyst", "højst 75 %"), ("ca. 13 mio.", "ikke oplyst"), ("", "")]
    for i_alt, andel in sagt:
        with proevet():
            for budget in Budget.objects.filter(plan=plan):
                budget.bidrag.all().delete()
                budget.udgifter.all().delete()
            Budget.objects.filter(plan=plan, lag=None).update(
                oplyst_i_alt=None, oplyst_afrundet_til=None, oplyst_i_alt_sagt=i_alt, oplyst_andel_sagt=andel
            )
            if mere := fejl(plan) - foer:
                nye.append((i_alt, andel, dict(mere)))
    assert nye == []
