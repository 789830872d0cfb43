"""One factory for each model. What hangs together comes out together: the indsatsområde of a delaftale belongs to the
rule set of its plan, the section of a plan to the template of its rule set.
"""

import hashlib
from base64 import b64decode
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from io import BytesIO

import factory
import pikepdf
from docx import Document
from factory import LazyAttribute, LazyFunction, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory, FileField, Password

from aftaler import models as aftaler
from aftaler.choices import Afsnitsart, Dokumenttype, Fase, Godkendelsesniveau, Gruppeart, Organisationsart
from budget import models as budget
from budget.choices import Bidragsart, Budgetart, Enhed, Kildeart, Revisionsart, Satsart, Status
from dokumenter import lager
from dokumenter import models as dokumenter
from dokumenter import oejebliksbillede as papirform
from dokumenter.choices import Filart, Resultat, Underskriftsmetode
from helhedsplan import models as helhedsplan
from helhedsplan import revisionsspor, udbakke
from helhedsplan.choices import Verificeret
from indikatorer import models as indikatorer
from indikatorer.choices import Enhed as Maaleenhed
from indikatorer.choices import Indikatorgruppe, Stedart, Udviklingsretning
from kalender import models as kalender
from moeder import models as moeder
from moeder import moedepapir
from status import models as status

ADGANGSKODE = "kun-til-afproevning"
#: The smallest picture: one pixel.
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")


# --- helhedsplan ----------------------------------------------------------------------------------------------------


class BrugerFactory(DjangoModelFactory):
    class Meta:
        model = helhedsplan.Bruger

    email = Sequence(lambda n: f"person{n}@eksempel.example")
    navn = Sequence(lambda n: f"Person {n}, Prøve")
    password = Password(ADGANGSKODE)


class KaedeFactory(DjangoModelFactory):
    class Meta:
        model = helhedsplan.Kaede

    noegle = Sequence(lambda n: f"kaede-{n}")


class HaendelseFactory(DjangoModelFactory):
    """Written by the log itself, so that the chain holds; takes `objekt`, and no field of the entry."""

    class Meta:
        model = helhedsplan.Haendelse

    bruger = SubFactory(BrugerFactory)
    kaede = revisionsspor.FAELLES
    handling = "rettet"
    objekt = SubFactory("tests.factories.OrganisationFactory")
    aendringer = factory.List([factory.Dict({"felt": "navn", "navn": "navn", "foer": "før", "efter": "efter"})])

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return revisionsspor.skriv(**kwargs)


class KladdeFactory(DjangoModelFactory):
    class Meta:
        model = helhedsplan.Kladde

    bruger = SubFactory(BrugerFactory)
    noegle = Sequence(lambda n: f"afsnit:{n}")
    version = 1
    data = factory.Dict({"tekst": "<p>Kladde</p>"})


class UdbakkebrevFactory(DjangoModelFactory):
    """Written as the outbox writes it; takes `til`, `emne` and `tekst`, and then any field of the row."""

    class Meta:
        model = helhedsplan.Udbakkebrev

    til = Sequence(lambda n: f"modtager{n}@eksempel.example")
    emne = "Helhedsplan: Et brev"
    tekst = "Brevets tekst"

    @classmethod
    def _create(cls, model_class, *args, til, emne, tekst, **felter):
        brev = udbakke.skriv(emne, tekst, til)
        for felt, vaerdi in felter.items():
            setattr(brev, felt, vaerdi)
        brev.tekst = "" if brev.sendt else brev.tekst
        brev.save()
        return brev


class SlettetFactory(DjangoModelFactory):
    class Meta:
        model = helhedsplan.Slettet

    kaede = revisionsspor.FAELLES
    objekt_type = "helhedsplan.kladde"
    objekt_id = Sequence(str)
    objekt_navn = "kladde"
    bruger = SubFactory(BrugerFactory)
    raekker = factory.List([factory.Dict({"model": "helhedsplan.kladde", "felter": factory.Dict({"id": 1})})])


# --- rule sets ------------------------------------------------------------------------------------------------------


class RegelsaetFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Regelsaet

    noegle = Sequence(lambda n: f"pulje-{n}")
    navn = Sequence(lambda n: f"Pulje {n}")
    regulativ = date(2019, 12, 11)
    ikraft = date(2020, 1, 1)
    verificeret = Verificeret.KILDE


class IndsatsomraadeFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Indsatsomraade

    regelsaet = SubFactory(RegelsaetFactory)
    noegle = Sequence(lambda n: f"indsatsomraade-{n}")
    nummer = Sequence(lambda n: n + 1)
    navn = Sequence(lambda n: f"Indsatsområde {n}")


class OverordnetMaalFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.OverordnetMaal

    indsatsomraade = SubFactory(IndsatsomraadeFactory)
    nummer = Sequence(lambda n: n % 99 + 1)  # a goal has a number of two figures at most
    tekst = Sequence(lambda n: f"Flere trives {n}")


class FastIndikatorFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.FastIndikator

    maal = SubFactory(OverordnetMaalFactory)
    noegle = Sequence(lambda n: f"indikator-{n}")
    nummer = Sequence(lambda n: n + 1)
    navn = Sequence(lambda n: f"Andel der trives {n}")


class DelmaalsforslagFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Delmaalsforslag

    indsatsomraade = SubFactory(IndsatsomraadeFactory)
    noegle = Sequence(lambda n: f"forslag-{n}")
    nummer = Sequence(lambda n: n + 1)
    tekst = Sequence(lambda n: f"Flere unge i job {n}")
    verificeret = Verificeret.NEJ


class SkabelonafsnitFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Skabelonafsnit

    class Params:
        i_delaftale = factory.Trait(dokument=Dokumenttype.DELAFTALE)

    regelsaet = SubFactory(RegelsaetFactory)
    dokument = Dokumenttype.SAMARBEJDSAFTALE
    noegle = Sequence(lambda n: f"afsnit-{n}")
    orden = Sequence(lambda n: n + 1)
    nummer = LazyAttribute(lambda o: str(o.orden))
    titel = Sequence(lambda n: f"Afsnit {n}")
    art = Afsnitsart.PROSA
    vejledning = "Skriv kort."


class RegelparameterFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Regelparameter

    regelsaet = SubFactory(RegelsaetFactory)
    noegle = Sequence(lambda n: f"parameter-{n}")
    navn = Sequence(lambda n: f"Parameter {n}")
    vaerdi = Decimal(25)
    enhed = "%"
    verificeret = Verificeret.NEJ


# --- organisations --------------------------------------------------------------------------------------------------


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Organisation

    class Params:
        kommune = factory.Trait(art=Organisationsart.KOMMUNE)

    noegle = Sequence(lambda n: f"organisation-{n}")
    navn = Sequence(lambda n: f"Organisation {n}")
    art = Organisationsart.BOLIGORGANISATION


class AfdelingFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Afdeling

    organisation = SubFactory(OrganisationFactory)
    nummer = Sequence(str)
    navn = Sequence(lambda n: f"Afdeling {n}")


# --- the plan -------------------------------------------------------------------------------------------------------


class HelhedsplanFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Helhedsplan
        skip_postgeneration_save = True

    noegle = Sequence(lambda n: f"plan-{n}")
    navn = Sequence(lambda n: f"Helhedsplan {n}")
    omraadenavn = Sequence(lambda n: f"Parken {n}")
    regelsaet = SubFactory(RegelsaetFactory)
    periode_fra = date(2025, 11, 1)
    periode_til = date(2029, 10, 31)
    fase = Fase.I_GANG

    @factory.post_generation
    def indsatsomraader(self, create, valgte, **kwargs):
        if create and valgte:
            self.indsatsomraader.set(valgte)


class SagsnummerFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Sagsnummer

    plan = SubFactory(HelhedsplanFactory)
    nummer = Sequence(lambda n: f"12-{n:03}")
    orden = Sequence(lambda n: n)


class SideplanFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Sideplan

    plan = SubFactory(HelhedsplanFactory)
    navn = Sequence(lambda n: f"Renovering {n}")
    beloeb = "256 mio. kr."
    kilde = "Byrådets indstilling"
    maal = "Nye badeværelser\nFærre utætte tage"
    orden = Sequence(lambda n: n)


class BehandlingFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Behandling

    plan = SubFactory(HelhedsplanFactory)
    organ = Sequence(lambda n: f"Udvalg {n}")
    punkt = "7"
    vilkaar = "Status hvert år"
    orden = Sequence(lambda n: n)


class FaellesFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Faelles

    plan = SubFactory(HelhedsplanFactory)
    slags = "beloeb"
    navn = Sequence(lambda n: f"Fælles bevilling {n}")
    beloeb = "12 mio. kr."
    kilde = "Bevillingsbrevet"
    andre = "Planen for Agerlunden"
    orden = Sequence(lambda n: n)


class LagFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Lag

    plan = SubFactory(HelhedsplanFactory)
    noegle = Sequence(lambda n: f"lag-{n}")
    navn = Sequence(lambda n: f"Forlængelse {n}")
    til = LazyAttribute(lambda lag: date(lag.plan.periode_til.year + 1, 12, 31))


class MedlemskabFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Medlemskab
        skip_postgeneration_save = True

    plan = SubFactory(HelhedsplanFactory)
    bruger = SubFactory(BrugerFactory)
    rolle = "sekretariat"

    @factory.post_generation
    def delaftaler(self, create, egne, **valg):
        if egne:
            self.delaftaler.set(egne)

    @factory.post_generation
    def aktiviteter(self, create, egne, **valg):
        if egne:
            self.aktiviteter.set(egne)


class PartFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Part

    plan = SubFactory(HelhedsplanFactory)
    organisation = SubFactory(OrganisationFactory)
    orden = Sequence(lambda n: n)
    underskriver_titel = "Direktør"


class OmraadeFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Omraade
        skip_postgeneration_save = True

    plan = SubFactory(HelhedsplanFactory)
    noegle = Sequence(lambda n: f"omraade-{n}")
    navn = Sequence(lambda n: f"Område {n}")
    orden = Sequence(lambda n: n)

    @factory.post_generation
    def afdelinger(self, create, valgte, **kwargs):
        if create and valgte:
            self.afdelinger.set(valgte)


class NavnFactory(DjangoModelFactory):
    """Of an area, unless something else is said."""

    class Meta:
        model = aftaler.Navn

    omraade = SubFactory(OmraadeFactory)
    navn = Sequence(lambda n: f"Gammelt navn {n}")
    til = date(2015, 12, 31)


class OmraadeafdelingFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Omraadeafdeling

    omraade = SubFactory(OmraadeFactory)
    afdeling = SubFactory(AfdelingFactory)


class OmraadeindsatsFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Omraadeindsats

    omraade = SubFactory(OmraadeFactory)
    indsatsomraade = SubFactory(IndsatsomraadeFactory)


class OmraadestoerrelseFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Omraadestoerrelse

    omraade = SubFactory(OmraadeFactory)
    hvad = "boliger"
    antal = "866"


class PlanparameterFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Planparameter

    class Params:
        regelparameter = SubFactory(RegelparameterFactory, regelsaet=SelfAttribute("..plan.regelsaet"))

    plan = SubFactory(HelhedsplanFactory)
    noegle = SelfAttribute("regelparameter.noegle")
    vaerdi = Decimal(10)
    begrundelse = "Aftalt i bestyrelsen."


class GruppeFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Gruppe

    plan = SubFactory(HelhedsplanFactory)
    noegle = Sequence(lambda n: f"gruppe-{n}")
    navn = Sequence(lambda n: f"Gruppe {n}")
    art = Gruppeart.ARBEJDSGRUPPE
    orden = Sequence(lambda n: n)


class PladsFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Plads

    gruppe = SubFactory(GruppeFactory)
    titel = Sequence(lambda n: f"Medlem {n}")
    orden = Sequence(lambda n: n)


# --- the agreements -------------------------------------------------------------------------------------------------


class DelaftaleFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Delaftale

    plan = SubFactory(HelhedsplanFactory)
    indsatsomraade = SubFactory(IndsatsomraadeFactory, regelsaet=SelfAttribute("..plan.regelsaet"))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        """An indsatsområde with a delaftale is one that the plan has chosen."""
        delaftale = super()._create(model_class, *args, **kwargs)
        delaftale.plan.indsatsomraader.add(delaftale.indsatsomraade)
        return delaftale


class AfsnitFactory(DjangoModelFactory):
    """A section of the samarbejdsaftale, or with `delaftale=…` of that delaftale."""

    class Meta:
        model = aftaler.Afsnit

    delaftale = None
    plan = factory.Maybe(
        "delaftale", yes_declaration=SelfAttribute("delaftale.plan"), no_declaration=SubFactory(HelhedsplanFactory)
    )
    skabelon = SubFactory(
        SkabelonafsnitFactory,
        regelsaet=SelfAttribute("..plan.regelsaet"),
        dokument=LazyAttribute(
            lambda o: Dokumenttype.DELAFTALE if o.factory_parent.delaftale else Dokumenttype.SAMARBEJDSAFTALE
        ),
    )
    tekst = "<p>Området ligger tæt på skole og bibliotek.</p>"


class BilledeFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Billede

    afsnit = SubFactory(AfsnitFactory)
    fil = FileField(filename="kort.png", data=PNG)
    sha256 = hashlib.sha256(PNG).hexdigest()
    alternativ_tekst = "Kort over området"
    orden = Sequence(lambda n: n)


class MaalovergangFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Maalovergang

    plan = SubFactory(HelhedsplanFactory)
    orden = Sequence(lambda n: n)
    fra = SubFactory(OverordnetMaalFactory)


class OmtaltpapirFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Omtaltpapir

    plan = SubFactory(HelhedsplanFactory)
    orden = Sequence(lambda n: n)
    titel = Sequence(lambda n: f"Projektbeskrivelse {n}")
    dato = date(2016, 4, 1)
    kilde = "Ansøgningen"
    offentliggjort_hvor = "havneby.dk/planer"
    offentliggjort = date(2016, 5, 1)


class EgetMaalFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.EgetMaal

    plan = SubFactory(HelhedsplanFactory)
    orden = Sequence(lambda n: n)
    tekst = Sequence(lambda n: f"Flere bliver boende {n}")
    maales_paa = Sequence(lambda n: f"Flyttefrekvensen {n}")


class KoblingstabelFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Koblingstabel

    plan = SubFactory(HelhedsplanFactory)
    titel = Sequence(lambda n: f"Politikker og mål {n}")
    kolonne_fra = "Politik"
    kolonne_til = "Mål"
    orden = Sequence(lambda n: n)


class KoblingsraekkeFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Koblingsraekke
        skip_postgeneration_save = True

    tabel = SubFactory(KoblingstabelFactory)
    fra = Sequence(lambda n: f"Politik {n}")
    orden = Sequence(lambda n: n)

    @factory.post_generation
    def maal(self, create, valgte, **kwargs):
        if create and valgte:
            self.maal.set(valgte)


class DelmaalFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Delmaal

    delaftale = SubFactory(DelaftaleFactory)
    noegle = Sequence(lambda n: f"delmaal-{n}")
    tekst = Sequence(lambda n: f"Flere unge i fritidsjob {n}")
    orden = Sequence(lambda n: n)


class AktivitetFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Aktivitet
        skip_postgeneration_save = True

    delaftale = SubFactory(DelaftaleFactory)
    noegle = Sequence(lambda n: f"aktivitet-{n}")
    navn = Sequence(lambda n: f"Aktivitet {n}")
    orden = Sequence(lambda n: n)
    maalgruppe = "<p>Unge 13-17 år</p>"
    ansvarlig = "Boligsocial medarbejder"

    @factory.post_generation
    def omraader(self, create, valgte, **kwargs):
        if create and valgte:
            self.omraader.set(valgte)

    @factory.post_generation
    def delmaal(self, create, valgte, **kwargs):
        if create and valgte:
            self.delmaal.set(valgte)


class MilepaelFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Milepael

    aktivitet = SubFactory(AktivitetFactory)
    navn = Sequence(lambda n: f"Hold {n} begynder")
    dato = date(2026, 2, 1)
    orden = Sequence(lambda n: n)


class SamarbejdspartFactory(DjangoModelFactory):
    """A partner of a delaftale, or with `aktivitet=…` of that activity."""

    class Meta:
        model = aftaler.Samarbejdspart

    aktivitet = None
    delaftale = factory.Maybe(
        "aktivitet", yes_declaration=SelfAttribute("aktivitet.delaftale"), no_declaration=SubFactory(DelaftaleFactory)
    )
    navn = Sequence(lambda n: f"Samarbejdspart {n}")
    rolle = "Henviser"
    orden = Sequence(lambda n: n)


# --- the budget -----------------------------------------------------------------------------------------------------


class FinansieringskildeFactory(DjangoModelFactory):
    """A kommune that pays its part; `lbf=True` for Landsbyggefonden."""

    class Meta:
        model = budget.Finansieringskilde

    class Params:
        lbf = factory.Trait(art=Kildeart.LBF, navn="Landsbyggefonden", noegle="landsbyggefonden")

    plan = SubFactory(HelhedsplanFactory)
    noegle = Sequence(lambda n: f"kilde-{n}")
    navn = Sequence(lambda n: f"Kilde {n}")
    art = Kildeart.KOMMUNE
    lokal = LazyAttribute(lambda o: Kildeart(o.art).er_lokal_som_udgangspunkt)
    orden = Sequence(lambda n: n)


class SatsFactory(DjangoModelFactory):
    class Meta:
        model = budget.Sats

    plan = SubFactory(HelhedsplanFactory)
    noegle = Sequence(lambda n: f"sats-{n}")
    navn = Sequence(lambda n: f"Timer {n}")
    art = Satsart.TIMER
    enhed = Enhed.TIME
    orden = Sequence(lambda n: n)


class SatsvaerdiFactory(DjangoModelFactory):
    class Meta:
        model = budget.Satsvaerdi

    sats = SubFactory(SatsFactory)
    gaelder_fra = Sequence(lambda n: date(2025, 1, 1) + timedelta(days=n))
    beloeb = Decimal("350.00")
    kilde = "Aftalt i bestyrelsen"


class KontoFactory(DjangoModelFactory):
    """An account of a rule set, or with `plan=…` that plan's own."""

    class Meta:
        model = budget.Konto

    plan = None
    regelsaet = factory.Maybe(
        "plan", yes_declaration=SelfAttribute("plan.regelsaet"), no_declaration=SubFactory(RegelsaetFactory)
    )
    noegle = Sequence(lambda n: f"konto-{n}")
    navn = Sequence(lambda n: f"Konto {n}")
    orden = Sequence(lambda n: n)


class BudgetFactory(DjangoModelFactory):
    """A scenario, of which a plan may have many; `art=…` for the one applied for or granted."""

    class Meta:
        model = budget.Budget

    class Params:
        godkendt = factory.Trait(status=Status.GODKENDT, godkendt_den=date(2025, 10, 1), art=Budgetart.BEVILGET)

    plan = SubFactory(HelhedsplanFactory)
    noegle = Sequence(lambda n: f"budget-{n}")
    navn = Sequence(lambda n: f"Budget {n}")
    art = Budgetart.SCENARIE


class BidragFactory(DjangoModelFactory):
    class Meta:
        model = budget.Bidrag

    budget = SubFactory(BudgetFactory)
    kilde = SubFactory(FinansieringskildeFactory, plan=SelfAttribute("..budget.plan"))
    art = Bidragsart.KONTANT
    planaar = 1
    beloeb = Decimal("400000.00")


class UdgiftFactory(DjangoModelFactory):
    class Meta:
        model = budget.Udgift

    budget = SubFactory(BudgetFactory)
    konto = SubFactory(KontoFactory, regelsaet=SelfAttribute("..budget.plan.regelsaet"))
    planaar = 1
    beloeb = Decimal("400000.00")


class RevisionFactory(DjangoModelFactory):
    class Meta:
        model = budget.Revision

    budget = SubFactory(BudgetFactory, godkendt=True)
    nummer = Sequence(lambda n: n + 1)
    art = Revisionsart.AENDRING
    dato = date(2026, 5, 1)
    begrundelse = "En fond er kommet med."


class RevisionslinjeFactory(DjangoModelFactory):
    class Meta:
        model = budget.Revisionslinje

    revision = SubFactory(RevisionFactory)
    kilde = SubFactory(FinansieringskildeFactory, plan=SelfAttribute("..revision.budget.plan"))
    art = Bidragsart.KONTANT
    planaar = 1
    delta = Decimal("100000.00")


class ForbrugFactory(DjangoModelFactory):
    class Meta:
        model = budget.Forbrug

    plan = SubFactory(HelhedsplanFactory)
    aar = 2026
    kvartal = 1
    kilde = SubFactory(FinansieringskildeFactory, plan=SelfAttribute("..plan"))
    art = Bidragsart.KONTANT
    beloeb = Decimal("90000.00")


class MedfinansieringspuljeFactory(DjangoModelFactory):
    class Meta:
        model = budget.Medfinansieringspulje

    noegle = Sequence(lambda n: f"medfinansieringspulje-{n}")
    organisation = SubFactory(OrganisationFactory, kommune=True)
    navn = Sequence(lambda n: f"Medfinansieringspulje {n}")
    beloeb = Decimal("30000000.00")
    fra_aar = 2012
    til_aar = 2014
    hoejst_andel = Decimal("12.5")


class PuljetilsagnFactory(DjangoModelFactory):
    class Meta:
        model = budget.Puljetilsagn

    pulje = SubFactory(MedfinansieringspuljeFactory)
    plan = SubFactory(HelhedsplanFactory)
    bevilget = Decimal("1600000.00")


# --- indicators -----------------------------------------------------------------------------------------------------


class IndikatorFactory(DjangoModelFactory):
    """A local indicator; `er_fast=True` for a fixed one of the plan's rule set."""

    class Meta:
        model = indikatorer.Indikator

    class Params:
        er_fast = factory.Trait(
            gruppe=Indikatorgruppe.BASELINE,
            fast=SubFactory(FastIndikatorFactory, maal__indsatsomraade__regelsaet=SelfAttribute("....plan.regelsaet")),
        )

    plan = SubFactory(HelhedsplanFactory)
    noegle = Sequence(lambda n: f"indikator-{n}")
    navn = Sequence(lambda n: f"Andel unge i fritidsjob {n}")
    enhed = Maaleenhed.PROCENT
    retning = Udviklingsretning.OP
    orden = Sequence(lambda n: n)


class MaalstiFactory(DjangoModelFactory):
    class Meta:
        model = indikatorer.Maalsti

    indikator = SubFactory(IndikatorFactory)
    aar = Sequence(lambda n: 2026 + n % 60)
    vaerdi = Decimal("30.0")


class StedFactory(DjangoModelFactory):
    """An area of the plan; `kommunen=True` for the kommune it is held up against."""

    class Meta:
        model = indikatorer.Sted
        skip_postgeneration_save = True

    class Params:
        kommunen = factory.Trait(
            art=Stedart.KOMMUNE, omraade=None, kommune=SubFactory(OrganisationFactory, art=Organisationsart.KOMMUNE)
        )

    plan = SubFactory(HelhedsplanFactory)
    noegle = Sequence(lambda n: f"sted-{n}")
    navn = Sequence(lambda n: f"Sted {n}")
    art = Stedart.OMRAADE
    omraade = SubFactory(OmraadeFactory, plan=SelfAttribute("..plan"))
    orden = Sequence(lambda n: n)

    @factory.post_generation
    def omraader(self, create, valgte, **kwargs):
        if create and valgte:
            self.omraader.set(valgte)


class MaalingFactory(DjangoModelFactory):
    class Meta:
        model = indikatorer.Maaling

    indikator = SubFactory(IndikatorFactory)
    sted = SubFactory(StedFactory, plan=SelfAttribute("..indikator.plan"))
    aar = 2024
    vaerdi = Decimal("26.1")
    kilde = "LBF Beboerdata"


class AcceptFactory(DjangoModelFactory):
    class Meta:
        model = indikatorer.Accept

    plan = SubFactory(HelhedsplanFactory)
    kode = "grundlag-uenige"
    emne = Sequence(lambda n: f"15-29-årige/sted-{n}/2019")
    fingeraftryk = hashlib.sha256(b"").hexdigest()
    begrundelse = "Tallene er trukket på hver sin dag."


class OpfoelgningFactory(DjangoModelFactory):
    class Meta:
        model = indikatorer.Opfoelgning

    plan = SubFactory(HelhedsplanFactory)
    maal = SubFactory(OverordnetMaalFactory, indsatsomraade__regelsaet=SelfAttribute("...plan.regelsaet"))
    dato = date(2026, 3, 12)
    data_aar = 2024
    konklusion = "Området nærmer sig kommunen. Indsatsen fortsætter."


class TalbindingFactory(DjangoModelFactory):
    class Meta:
        model = indikatorer.Talbinding

    afsnit = SubFactory(AfsnitFactory)
    maaling = SubFactory(MaalingFactory, indikator__plan=SelfAttribute("...afsnit.plan"))
    tekst = "26,1 %"


class StatuslisteFactory(DjangoModelFactory):
    class Meta:
        model = indikatorer.Statusliste

    noegle = Sequence(lambda n: f"liste-{n}")
    navn = "Udsat boligområde"
    fra_aar = 2021
    mindst = 2
    kilde = "Almenboligloven § 61 a"
    verificeret = "kilde"


class StatuskriteriumFactory(DjangoModelFactory):
    class Meta:
        model = indikatorer.Statuskriterium

    liste = SubFactory(StatuslisteFactory)
    noegle = Sequence(lambda n: f"kriterium-{n}")
    navn = Sequence(lambda n: f"Kriterium {n}")
    art = "over"
    graense = Decimal("40.0")
    enhed = "procent"


class OmraadestatusFactory(DjangoModelFactory):
    class Meta:
        model = indikatorer.Omraadestatus

    plan = SubFactory(HelhedsplanFactory)
    omraade = SubFactory(OmraadeFactory, plan=SelfAttribute("..plan"))
    aar = Sequence(lambda n: 2010 + n % 20)
    kategori = "Forebyggelsesområde"
    vaerdier = factory.Dict({"grundskole": "61.2"})


class UdgivetTalFactory(DjangoModelFactory):
    class Meta:
        model = indikatorer.UdgivetTal

    indikator = SubFactory("tests.factories.IndikatorFactory")
    sted = SubFactory("tests.factories.StedFactory", plan=SelfAttribute("..indikator.plan"))
    aar = 2024
    antal = 60
    grundlag = 339


class ImportfilFactory(DjangoModelFactory):
    class Meta:
        model = indikatorer.Importfil

    plan = SubFactory(HelhedsplanFactory)
    navn = "beboerdata.csv"
    fil = FileField(filename="beboerdata.csv", data=b"OMRAADE;INDHOLD\n")
    sha256 = hashlib.sha256(b"OMRAADE;INDHOLD\n").hexdigest()


class ImportskabelonFactory(DjangoModelFactory):
    class Meta:
        model = indikatorer.Importskabelon

    plan = SubFactory(HelhedsplanFactory)
    aftryk = Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    navn = "Beboerdata"
    kobling = factory.Dict({"sted": "OMRAADE"})


# --- papers beside the agreements ------------------------------------------------------------------------------------


class PlanmilepaelFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Planmilepael

    plan = SubFactory(HelhedsplanFactory)
    orden = Sequence(lambda n: n + 1)
    navn = Sequence(lambda n: f"Midtvejsstatus {n}")
    ansvarlig = "Boligsocial leder"
    dato = date(2027, 11, 1)


class RisikoFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Risiko

    plan = SubFactory(HelhedsplanFactory)
    orden = Sequence(lambda n: n + 1)
    navn = Sequence(lambda n: f"En medarbejder rejser {n}")
    haandtering = "Opgaverne fordeles på de andre."
    ansvarlig = "Boligsocial leder"


class MeddelelseFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Meddelelse

    plan = SubFactory(HelhedsplanFactory)
    bruger = SubFactory(BrugerFactory)
    gruppe = "adgang"
    tekst = "Du har fået adgang som læser"
    sti = LazyAttribute(lambda m: m.plan.get_absolute_url())


class BilagFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Bilag

    plan = SubFactory(HelhedsplanFactory)
    orden = Sequence(lambda n: n + 1)
    art = "indberetningsskema"
    titel = Sequence(lambda n: f"Indberetningsskema {n}")
    filnavn = "skema.txt"
    fil = FileField(filename="skema.txt", data=b"Skema\n")
    sha256 = hashlib.sha256(b"Skema\n").hexdigest()
    stoerrelse = 6
    indholdstype = "text/plain"


class GodkendelsesregelFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Godkendelsesregel

    regelsaet = SubFactory(RegelsaetFactory)
    beroerer = "delaftale"
    niveau = Godkendelsesniveau.BESTYRELSE
    kilde = "Aftalen"
    verificeret = Verificeret.KILDE


class DokumentkravFactory(DjangoModelFactory):
    class Meta:
        model = aftaler.Dokumentkrav

    regelsaet = SubFactory(RegelsaetFactory)
    art = "delaftale"
    navn = "Delaftale"
    pr_indsatsomraade = True
    underskrives = True
    kilde = "Aftalen"
    verificeret = Verificeret.KILDE


# --- editions -------------------------------------------------------------------------------------------------------

PDF = b"%PDF-1.7\n%%EOF\n"


class DeltudkastFactory(DjangoModelFactory):
    """A draft of the samarbejdsaftale that was shared. Its file is no real one."""

    class Meta:
        model = dokumenter.Deltudkast

    plan = SubFactory(HelhedsplanFactory)
    art = "samarbejdsaftale"
    titel = "Samarbejdsaftale"
    delt_den = date(2025, 9, 11)
    delt_med = Sequence(lambda n: f"Følgegruppe {n}")
    fil = LazyAttribute(lambda u: lager.gem(PDF, "udkast", ".pdf")[0])
    sha256 = hashlib.sha256(PDF).hexdigest()
    oprindelse = "udefra"
    lagt_ind = datetime(2025, 9, 12, 9, tzinfo=UTC)
    lagt_ind_af = "Sekretær"


class UdgaveFactory(DjangoModelFactory):
    """A delaftale's edition waiting for approval. Its snapshot and file are no real ones."""

    class Meta:
        model = dokumenter.Udgave

    plan = SubFactory(HelhedsplanFactory)
    art = "delaftale"
    emne = "uddannelse"
    nummer = Sequence(lambda n: n + 1)
    titel = "Delaftale: Uddannelse"
    dokument_id = LazyAttribute(lambda u: "/".join(filter(None, [u.plan.noegle, u.art, u.emne, f"u{u.nummer}"])))
    skema = 1
    indhold = factory.Dict({"skema": 1})
    indhold_sha256 = hashlib.sha256(b"{}").hexdigest()
    pdf = LazyAttribute(lambda u: lager.gem(PDF, "udgaver", ".pdf")[0])
    pdf_sha256 = hashlib.sha256(PDF).hexdigest()
    frosset = datetime(2026, 1, 1, 9, tzinfo=UTC)
    niveau_foreslaaet = Godkendelsesniveau.BESTYRELSE
    niveau = SelfAttribute("niveau_foreslaaet")
    kraever_underskrift = True


class GodkendelseFactory(DjangoModelFactory):
    class Meta:
        model = dokumenter.Godkendelse

    class Params:
        lbf = factory.Trait(niveau=Godkendelsesniveau.LBF, reference="LBF 12345", besluttet_af="Landsbyggefonden")
        med_bilag = factory.Trait(
            bilag_fil=factory.LazyFunction(lambda: lager.gem(en_pdf(), "afgoerelser", ".pdf")[0]),
            bilag_navn="referat.pdf",
            bilag_sha256=factory.LazyFunction(lambda: hashlib.sha256(en_pdf()).hexdigest()),
        )

    udgave = SubFactory(UdgaveFactory)
    niveau = Godkendelsesniveau.BESTYRELSE
    pdf_sha256 = SelfAttribute("udgave.pdf_sha256")
    resultat = Resultat.GODKENDT
    dato = date(2026, 1, 15)
    besluttet_af = "Bestyrelsen"


class FilrevisionFactory(DjangoModelFactory):
    class Meta:
        model = dokumenter.Filrevision

    udgave = SubFactory(UdgaveFactory)
    nummer = 1
    art = Filart.UDSTEDT
    fil = SelfAttribute("udgave.pdf.name")
    sha256 = SelfAttribute("udgave.pdf_sha256")
    stoerrelse = len(PDF)


class UnderskriverFactory(DjangoModelFactory):
    class Meta:
        model = dokumenter.Underskriver

    class Params:
        har_underskrevet = factory.Trait(
            metode=Underskriftsmetode.BLAEK,
            underskrevet=datetime(2026, 2, 1, 9, tzinfo=UTC),
            filrevision=SubFactory(FilrevisionFactory, udgave=SelfAttribute("..udgave")),
        )
        med_fuldmagt = factory.Trait(
            fuldmagt_fra="Bestyrelsesformand B, Demo",
            fuldmagt_dato=date(2026, 1, 10),
            fuldmagt_fil=factory.LazyFunction(lambda: lager.gem(en_pdf(), "fuldmagter", ".pdf")[0]),
            fuldmagt_filnavn="fuldmagt.pdf",
            fuldmagt_sha256=factory.LazyFunction(lambda: hashlib.sha256(en_pdf()).hexdigest()),
        )

    udgave = SubFactory(UdgaveFactory)
    part_navn = Sequence(lambda n: f"Boligorganisation {n}")
    navn = "Direktør A, Demo"
    titel = "Direktør"


@lru_cache
def wordfil(*afsnit: str) -> bytes:
    """A .docx with those paragraphs."""
    word = Document()
    for tekst in afsnit:
        word.add_paragraph(tekst)
    ud = BytesIO()
    word.save(ud)
    return ud.getvalue()


class WordskabelonFactory(DjangoModelFactory):
    class Meta:
        model = dokumenter.Wordskabelon

    regelsaet = SubFactory(RegelsaetFactory)
    art = "samarbejdsaftale"
    filnavn = "skabelon.docx"
    fil = LazyAttribute(lambda s: lager.gem(wordfil("{{ titel }} for {{ plan }}"), "wordskabeloner", ".docx")[0])
    sha256 = LazyAttribute(lambda s: lager.sha256(lager.hent(s.fil)))


class PakkeFactory(DjangoModelFactory):
    class Meta:
        model = dokumenter.Pakke

    plan = SubFactory(HelhedsplanFactory)
    fil = Sequence(lambda n: lager.gem(f"pakke {n}".encode(), "pakker", ".zip")[0])
    sha256 = LazyAttribute(lambda p: lager.sha256(lager.hent(p.fil)))
    linjer = factory.List([factory.Dict({"navn": "Delaftale", "sha256": "0" * 64})])


# --- the board ------------------------------------------------------------------------------------------------------


class KvartalsstatusFactory(DjangoModelFactory):
    """A draft of the first quarter of 2026; `er_publiceret=True` for one that says it is frozen, with no real paper."""

    class Meta:
        model = status.Kvartalsstatus

    class Params:
        er_publiceret = factory.Trait(
            tilstand="publiceret",
            publiceret_den=datetime(2026, 5, 1, 9, tzinfo=UTC),
            indhold=factory.Dict({"skema": 1}),
            indhold_sha256="0" * 64,
            side_sha256="0" * 64,
            pdf=LazyAttribute(lambda s: lager.gem(PDF, "status", ".pdf")[0]),
            pdf_sha256=hashlib.sha256(PDF).hexdigest(),
        )

    plan = SubFactory(HelhedsplanFactory)
    aar = 2026
    kvartal = 1
    frist = date(2026, 5, 15)


class StatuslinjeFactory(DjangoModelFactory):
    class Meta:
        model = status.Statuslinje

    status = SubFactory(KvartalsstatusFactory)
    aktivitet = SubFactory(AktivitetFactory, delaftale__plan=SelfAttribute("...status.plan"))
    delaftale = SelfAttribute("aktivitet.delaftale")
    lys = "paa-sporet"
    tekst = "Holdet er i gang."
    deltagere = 12


class StatustalFactory(DjangoModelFactory):
    class Meta:
        model = status.Statustal

    linje = SubFactory(StatuslinjeFactory)
    navn = "Samtaler"
    antal = 30


class StatuspunktFactory(DjangoModelFactory):
    class Meta:
        model = status.Statuspunkt

    status = SubFactory(KvartalsstatusFactory)
    orden = Sequence(lambda n: n + 1)
    tekst = Sequence(lambda n: f"Tag stilling til forslag {n}")


class LaestFactory(DjangoModelFactory):
    class Meta:
        model = status.Laest

    status = SubFactory(KvartalsstatusFactory, er_publiceret=True)
    bruger = SubFactory(BrugerFactory)
    tidspunkt = datetime(2026, 5, 2, 9, tzinfo=UTC)


class SpoergsmaalFactory(DjangoModelFactory):
    class Meta:
        model = status.Spoergsmaal

    status = SubFactory(KvartalsstatusFactory, er_publiceret=True)
    afsnit = "penge"
    tekst = "Hvorfor er der brugt mindre end ventet?"
    bruger = SubFactory(BrugerFactory)
    stillet = datetime(2026, 5, 2, 9, tzinfo=UTC)


class LaeselinkFactory(DjangoModelFactory):
    class Meta:
        model = status.Laeselink

    status = SubFactory(KvartalsstatusFactory, er_publiceret=True)
    bruger = SubFactory(BrugerFactory)
    token_sha256 = Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    sendt = datetime(2026, 5, 2, 9, tzinfo=UTC)
    udloeber = datetime(2026, 5, 16, 9, tzinfo=UTC)


class ForretningsordenFactory(DjangoModelFactory):
    class Meta:
        model = moeder.Forretningsorden

    plan = SubFactory(HelhedsplanFactory)


class BestyrelsessideFactory(DjangoModelFactory):
    class Meta:
        model = moeder.Bestyrelsesside

    plan = SubFactory(HelhedsplanFactory)
    noegle = Sequence(lambda n: f"side-{n}")
    orden = Sequence(lambda n: n + 1)
    navn = Sequence(lambda n: f"Side {n}")


class BestyrelsesmedlemFactory(DjangoModelFactory):
    """A member with an account and access to the plan's pages."""

    class Meta:
        model = moeder.Bestyrelsesmedlem

    side = SubFactory(BestyrelsessideFactory)
    bruger = LazyAttribute(lambda m: MedlemskabFactory(plan=m.side.plan, rolle="bestyrelse").bruger)
    navn = Sequence(lambda n: f"Medlem {n}, Prøve")
    titel = "Chef"


class FristFactory(DjangoModelFactory):
    class Meta:
        model = kalender.Frist

    plan = SubFactory(HelhedsplanFactory)
    dato = date(2026, 12, 1)
    titel = "Send regnskabet til revisor"


class PaamindelseFactory(DjangoModelFactory):
    class Meta:
        model = kalender.Paamindelse

    plan = SubFactory(HelhedsplanFactory)
    bruger = SubFactory(BrugerFactory)
    noegle = Sequence(lambda n: f"frist-{n}:snart")
    sendt = datetime(2026, 11, 2, 6, tzinfo=UTC)


class KalenderabonnementFactory(DjangoModelFactory):
    class Meta:
        model = kalender.Kalenderabonnement

    bruger = SubFactory(BrugerFactory)
    plan = SubFactory(HelhedsplanFactory)
    token_sha256 = Sequence(lambda n: hashlib.sha256(f"kalender {n}".encode()).hexdigest())
    oprettet = datetime(2026, 11, 2, 6, tzinfo=UTC)


class MoedeFactory(DjangoModelFactory):
    class Meta:
        model = moeder.Moede

    class Params:
        holdt_andetsteds = factory.Trait(
            tilstand="holdt",
            uden_for_programmet=True,
            referatfil=factory.LazyFunction(lambda: lager.gem(en_pdf(), "referater", ".pdf")[0]),
            referatfil_navn="referat.pdf",
            referatfil_sha256=factory.LazyFunction(lambda: hashlib.sha256(en_pdf()).hexdigest()),
        )

    plan = SubFactory(HelhedsplanFactory)
    dato = date(2026, 12, 10)
    sted = "Beboerhuset"


class DagsordenspunktFactory(DjangoModelFactory):
    class Meta:
        model = moeder.Dagsordenspunkt

    moede = SubFactory(MoedeFactory)
    orden = Sequence(lambda n: n + 1)
    titel = Sequence(lambda n: f"Punkt {n}")
    indstilling = "Det indstilles, at bestyrelsen godkender forslaget."


class FremmoedeFactory(DjangoModelFactory):
    class Meta:
        model = moeder.Fremmoede

    moede = SubFactory(MoedeFactory)
    medlem = SubFactory(BestyrelsesmedlemFactory, side__plan=SelfAttribute("...moede.plan"))


class InhabilitetFactory(DjangoModelFactory):
    class Meta:
        model = moeder.Inhabilitet

    punkt = SubFactory(DagsordenspunktFactory)
    medlem = SubFactory(BestyrelsesmedlemFactory, side__plan=SelfAttribute("...punkt.moede.plan"))
    grund = "Er ansat hos modtageren af pengene."


class StemmeFactory(DjangoModelFactory):
    class Meta:
        model = moeder.Stemme

    punkt = SubFactory(DagsordenspunktFactory)
    medlem = SubFactory(BestyrelsesmedlemFactory, side__plan=SelfAttribute("...punkt.moede.plan"))
    valg = "for"
    sha256 = "0" * 64
    afgivet = datetime(2026, 12, 10, 9, tzinfo=UTC)
    afgivet_af = SelfAttribute("medlem.bruger")


class AfgoerelseFactory(DjangoModelFactory):
    class Meta:
        model = moeder.Afgoerelse

    punkt = SubFactory(DagsordenspunktFactory)
    resultat = "godkendt"
    sha256 = "0" * 64
    dato = date(2026, 12, 10)
    skrevet = datetime(2026, 12, 10, 9, tzinfo=UTC)
    skrevet_af = SubFactory(BrugerFactory)


class SvarlinkFactory(DjangoModelFactory):
    class Meta:
        model = moeder.Svarlink

    plan = SubFactory(HelhedsplanFactory)
    bruger = SubFactory(BrugerFactory)
    token_sha256 = Sequence(lambda n: f"{n:064x}")
    sendt = LazyFunction(lambda: datetime.now(UTC))
    udloeber = LazyAttribute(lambda link: link.sendt + timedelta(hours=24))


class MoedepapirFactory(DjangoModelFactory):
    """Minutes with a true snapshot of the meeting as it stands, and no real paper."""

    class Meta:
        model = moeder.Moedepapir

    moede = SubFactory(MoedeFactory)
    art = "referat"
    indhold = LazyAttribute(lambda p: moedepapir.som_json(moedepapir.udkast(p.moede, p.art)))
    indhold_sha256 = LazyAttribute(lambda p: papirform.sha256(p.indhold))
    pdf = LazyAttribute(lambda s: lager.gem(PDF, "moeder", ".pdf")[0])
    pdf_sha256 = hashlib.sha256(PDF).hexdigest()
    sendt = datetime(2026, 12, 12, 9, tzinfo=UTC)
    sendt_af = SubFactory(BrugerFactory)


class BevisudgaveFactory(DjangoModelFactory):
    """An edition of the evidence with no real paper."""

    class Meta:
        model = moeder.Bevisudgave

    plan = SubFactory(HelhedsplanFactory)
    aar = 2026
    nummer = 1
    hovedlinje = "Dokumenteret: 0 af 1 mål i 2026."
    linjer = [["Hovedlinjen", "Dokumenteret: 0 af 1 mål i 2026."]]
    pdf = LazyAttribute(lambda s: lager.gem(PDF, "beviser", ".pdf")[0])
    pdf_sha256 = hashlib.sha256(PDF).hexdigest()
    lavet = datetime(2026, 12, 14, 9, tzinfo=UTC)
    lavet_af = SubFactory(BrugerFactory)


@lru_cache
def en_pdf() -> bytes:
    """A real one, of a page with a black bar on it and no words."""
    with pikepdf.new() as dokument:
        side = dokument.add_blank_page()
        side.Contents = dokument.make_stream(b"0 g 100 100 300 40 re f")
        ud = BytesIO()
        dokument.save(ud)
    return ud.getvalue()


class UploadetReferatFactory(DjangoModelFactory):
    """Minutes of a meeting outside the program, put in two days after; each file is another."""

    class Meta:
        model = moeder.UploadetReferat

    class Params:
        data = Sequence(lambda n: en_pdf() + b"%% referat %d" % n)

    plan = SubFactory(HelhedsplanFactory)
    dato = date(2026, 9, 3)
    maal = [{"nummer": 1, "konklusion": "Vi fortsætter vejledningen."}]
    filnavn = "referat.pdf"
    pdf = LazyAttribute(lambda r: lager.gem(r.data, "referater", ".pdf")[0])
    pdf_sha256 = LazyAttribute(lambda r: hashlib.sha256(r.data).hexdigest())
    uploadet = datetime(2026, 9, 5, 9, tzinfo=UTC)
    uploadet_af = SubFactory(BrugerFactory)
    laest = LazyAttribute(
        lambda r: {"tekst": True, "dag": True, "moede": True, "maal": [m["nummer"] for m in r.maal], "udskudt": []}
    )
    bekraeftet = datetime(2026, 9, 6, 9, tzinfo=UTC)
    bekraeftet_af = LazyAttribute(lambda r: BrugerFactory() if r.bekraeftet else None)


class ReferatgodkendelseFactory(DjangoModelFactory):
    class Meta:
        model = moeder.Referatgodkendelse

    papir = SubFactory(MoedepapirFactory)
    medlem = SubFactory(BestyrelsesmedlemFactory, side__plan=SelfAttribute("...papir.moede.plan"))
    godkendt = True
    tidspunkt = datetime(2026, 12, 13, 9, tzinfo=UTC)
