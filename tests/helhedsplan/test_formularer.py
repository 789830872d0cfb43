"""Forms: Danish in and out, what is refused and how it is said, rows, warnings."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.template.loader import render_to_string

from aftaler.models import (
    Aktivitet,
    Delmaal,
    Gruppe,
    Koblingsraekke,
    Koblingstabel,
    Milepael,
    Organisation,
    Plads,
)
from helhedsplan.actions import Raekkefejl
from helhedsplan.choices import Alvor
from helhedsplan.cpr import CPR_BESKED
from helhedsplan.formularer import (
    Datofelt,
    Formular,
    Heltalfelt,
    Linjefelt,
    ModelFormular,
    Prosafelt,
    Raekkeform,
    Talfelt,
    Tekstfelt,
    raekkeformset,
)
from helhedsplan.fund import Fund
from helhedsplan.tallaeser import BELOEB
from tests.factories import (
    AktivitetFactory,
    DelmaalFactory,
    GruppeFactory,
    KoblingsraekkeFactory,
    KoblingstabelFactory,
    MilepaelFactory,
    OrganisationFactory,
    OverordnetMaalFactory,
    PladsFactory,
)

# --- fields ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("felt", "skrevet", "vaerdi"),
    [
        (Datofelt(), "1. november 2025", date(2025, 11, 1)),
        (Datofelt(), "1/11-2025", date(2025, 11, 1)),
        (Datofelt(), date(2025, 11, 1), date(2025, 11, 1)),
        (Datofelt(required=False), "", None),
        (Talfelt(), "1.234,5", Decimal("1234.5")),
        (Talfelt(maal=BELOEB), "0,4 mio. kr.", Decimal("400000")),
        (Talfelt(), Decimal("2.50"), Decimal("2.50")),
        (Talfelt(required=False), "", None),
        (Heltalfelt(), "1.204", 1204),
        (Heltalfelt(), 7, 7),
        (Heltalfelt(required=False), "", None),
        (Linjefelt(), "  to   ord ", "to ord"),
        (Tekstfelt(), "en\r\nto", "en\nto"),
        (Prosafelt(), "<p onclick=x()>Hej<script>x()</script></p>", "<p>Hej</p>"),
        (Prosafelt(required=False), "<p> </p>", ""),
    ],
)
def test_felter_laeser(felt, skrevet, vaerdi):
    assert felt.clean(skrevet) == vaerdi


@pytest.mark.parametrize(
    ("felt", "skrevet", "besked"),
    [
        (Datofelt(), "31.02.2025", "»31.02.2025« er ikke en dato, der findes."),
        (Talfelt(), "1.5", "»1.5« kan ikke læses som et tal. Der er to muligheder: skriv 1,5 eller 15."),
        (Heltalfelt(), "12,5", "»12,5« er ikke et helt tal. Skriv det uden decimaler."),
        (Linjefelt(), "Ring til 010190-1234", CPR_BESKED),
        (Tekstfelt(), "010190-1234", CPR_BESKED),
        (Prosafelt(), "<p>0101<strong>90-1234</strong></p>", CPR_BESKED),
    ],
)
def test_felter_siger_hvad_der_er_galt(felt, skrevet, besked):
    with pytest.raises(ValidationError) as fejl:
        felt.clean(skrevet)
    assert fejl.value.messages == [besked]


@pytest.mark.parametrize(
    ("felt", "vaerdi", "vist"),
    [
        (Datofelt(), date(2025, 11, 1), "01.11.2025"),
        (Talfelt(), Decimal("1234.5000"), "1.234,5"),
        (Talfelt(), Decimal("100"), "100"),
        (Heltalfelt(), 12000, "12.000"),
        (Talfelt(), "12 x", "12 x"),
        (Datofelt(), None, None),
    ],
)
def test_felter_viser(felt, vaerdi, vist):
    assert felt.prepare_value(vaerdi) == vist


class DelmaalForm(ModelFormular):
    class Meta:
        model = Delmaal
        fields = ("tekst", "kilde", "maaltype", "vaerdi", "enhed", "note")


class AktivitetForm(ModelFormular):
    class Meta:
        model = Aktivitet
        fields = ("navn", "indhold", "forventet_deltagertal", "omraader")


class MilepaelForm(Raekkeform):
    class Meta:
        model = Milepael
        fields = ("navn", "dato", "ansvarlig")


def test_modelfelter_faar_selv_de_danske_felter():
    felter = {**DelmaalForm.base_fields, **AktivitetForm.base_fields, **MilepaelForm.base_fields}
    assert {navn: type(felt).__name__ for navn, felt in felter.items()} == {
        "tekst": "Linjefelt",
        "kilde": "TypedChoiceField",
        "maaltype": "TypedChoiceField",
        "vaerdi": "Talfelt",
        "enhed": "Linjefelt",
        "note": "Tekstfelt",
        "navn": "Linjefelt",
        "indhold": "Prosafelt",
        "forventet_deltagertal": "Heltalfelt",
        "omraader": "ModelMultipleChoiceField",
        "dato": "Tidfelt",
        "ansvarlig": "Linjefelt",
    }
    assert [type(felter[navn].widget).__name__ for navn in ("indhold", "omraader")] == [
        "Prosawidget",
        "CheckboxSelectMultiple",
    ]


def test_hvad_formularen_selv_vaelger_gaelder():
    class Form(ModelFormular):
        class Meta:
            model = Aktivitet
            fields = ("navn",)
            widgets = {"navn": forms.Textarea}
            help_texts = {"navn": "Kort"}

    felt = Form.base_fields["navn"]
    assert (type(felt), type(felt.widget), felt.help_text) == (Linjefelt, forms.Textarea, "Kort")


def test_browseren_klipper_ikke_i_det_indsatte():
    """A maxlength on the input would drop the end of a long paste in silence."""
    assert "maxlength" not in str(DelmaalForm(instance=Delmaal())["tekst"])


# --- what is refused ------------------------------------------------------------------------------------------------


class ValgForm(Formular):
    navn = Linjefelt(max_length=5)
    art = forms.ChoiceField(choices=[("", "---------"), ("a", "A")])
    flere = forms.MultipleChoiceField(choices=[("a", "A")])
    antal = Heltalfelt(min_value=1, max_value=9)
    beloeb = Talfelt(max_digits=5, decimal_places=2)
    fil = forms.FileField()
    enig = forms.BooleanField(error_messages={"required": "Sig ja."})


def fejl_i(**sendt):
    data = QueryDict(mutable=True)
    data.update(sendt)
    form = ValgForm(data)
    return {felt: beskeder[0] for felt, beskeder in form.errors.items() if not sendt or felt in sendt}


def test_tomme_felter_siger_hvad_der_skal_ske():
    assert fejl_i() == {
        "navn": "Udfyld feltet.",
        "art": "Vælg en mulighed.",
        "flere": "Vælg mindst én mulighed.",
        "antal": "Udfyld feltet.",
        "beloeb": "Udfyld feltet.",
        "fil": "Vælg en fil.",
        "enig": "Sig ja.",
    }


def test_for_meget_og_for_lidt_siges_med_tallene():
    assert fejl_i(navn="æbletræ", art="x", antal="0", beloeb="1,2345") == {
        "navn": "Teksten er på 7 tegn. Forkort den til højst 5.",
        "art": "Det valgte findes ikke længere. Vælg igen.",
        "antal": "Skriv et tal på mindst 1.",
        "beloeb": "Skriv højst 2 decimaler.",
    }
    assert fejl_i(antal="10", beloeb="1234,5") == {
        "antal": "Skriv et tal på højst 9.",
        "beloeb": "Tallet er for stort. Skriv højst 3 cifre før kommaet.",
    }


def test_det_tomme_valg_hedder_noget():
    assert ValgForm().fields["art"].choices == [("", "Vælg"), ("a", "A")]


@pytest.mark.parametrize(
    ("kraevede", "frivillige", "marker"),
    [(1, 2, "krav"), (0, 1, "krav"), (1, 1, ""), (2, 1, ""), (1, 0, "")],
)
def test_det_faerreste_maerkes(kraevede, frivillige, marker):
    felter = {f"felt{nr}": forms.CharField(required=nr < kraevede) for nr in range(kraevede + frivillige)}
    afkrydsninger = {f"kryds{nr}": forms.BooleanField(required=False) for nr in range(4)}
    assert type("Form", (Formular,), felter | afkrydsninger)().helper.marker == marker


@pytest.mark.django_db
def test_cpr_afvises_ved_feltet_og_det_skrevne_bliver_staaende():
    aktivitet = AktivitetFactory()
    skrevet = "<p>Kontakt 010190-1234</p>"
    form = AktivitetForm({"navn": "Job", "indhold": skrevet, "version": "1"}, instance=aktivitet)

    assert not form.is_valid()
    assert form.errors == {"indhold": [CPR_BESKED]}
    assert form["indhold"].value() == skrevet
    assert form.fejlliste() == [(f"Indhold: {CPR_BESKED}", "id_indhold")]


@pytest.mark.django_db
def test_databasens_regel_siges_paa_dansk():
    delmaal = DelmaalFactory()
    form = DelmaalForm({"tekst": "Flere i job", "kilde": "lokal", "maaltype": "tal", "version": "1"}, instance=delmaal)

    assert not form.is_valid()
    assert form.fejlliste() == [("Værdi: Skriv det tal, målet gælder.", "id_vaerdi")]


@pytest.mark.django_db
def test_handlingens_fejl_staar_ved_feltet_eller_oeverst():
    form = AktivitetForm({"navn": "Job", "version": "1"}, instance=AktivitetFactory())
    assert form.is_valid()
    form.tilfoej_fejl(ValidationError({"navn": ["Navnet er taget."], "orden": ["Rækkefølgen er forkert."]}))
    form.tilfoej_fejl(ValidationError("Planen er låst."))

    assert form.fejlliste() == [
        ("Rækkefølgen er forkert.", ""),
        ("Planen er låst.", ""),
        ("Navn: Navnet er taget.", "id_navn"),
    ]


# --- version and what an action gets --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_versionen_foelger_med_men_er_ikke_et_felt():
    organisation = OrganisationFactory(version=4)

    class Form(ModelFormular):
        class Meta:
            model = Organisation
            fields = ("navn", "art")

    assert Form(instance=organisation)["version"].value() == 4
    form = Form({"navn": "Ny", "art": "kommune", "version": "4"}, instance=organisation)
    assert form.is_valid()
    assert (form.version, form.felter) == (4, {"navn": "Ny", "art": "kommune"})
    uden = Form({"navn": "Ny", "art": "kommune"}, instance=organisation)
    assert uden.errors == {"version": ["Siden er for gammel. Hent den igen, og prøv en gang til."]}


@pytest.mark.django_db
def test_en_formular_uden_model_kan_have_en_genstand():
    class Form(Formular):
        grund = Linjefelt()

    form = Form({"grund": "Fordi", "version": "2"}, instance=OrganisationFactory(version=2))
    assert form.is_valid()
    assert (form.version, form.felter) == (2, {"grund": "Fordi"})
    assert Form({"grund": "Fordi"}).is_valid()


# --- warnings -------------------------------------------------------------------------------------------------------


class MedAdvarsler(Formular):
    antal = Heltalfelt()

    def advarsler(self):
        antal = self.cleaned_data["antal"]
        fund = [Fund("mange", Alvor.ADVARSEL, "Det er mange.", "#id_antal", "")] if antal > 100 else []
        return [*fund, *([Fund("skaevt", Alvor.ADVARSEL, "Det er skævt.", "#id_antal", "")] if antal % 2 else [])]


@pytest.mark.parametrize(
    ("sendt", "gyldig", "koder"),
    [
        ("antal=2", True, []),
        ("antal=101", False, ["mange", "skaevt"]),
        ("antal=101&bekraeftede_advarsler=mange+skaevt", True, []),
        ("antal=101&bekraeftede_advarsler=mange", False, ["skaevt"]),
        ("antal=101&bekraeftede_advarsler=andet", False, ["mange", "skaevt"]),
    ],
)
def test_advarsler_skal_bekraeftes_hver_for_sig(sendt, gyldig, koder):
    form = MedAdvarsler(QueryDict(sendt))
    assert form.is_valid() is gyldig
    assert [fund.kode for fund in form.ubekraeftede] == koder


def test_bekraeftelsen_naevner_ogsaa_det_der_er_bekraeftet():
    form = MedAdvarsler(QueryDict("antal=101&bekraeftede_advarsler=mange"))
    form.is_valid()
    assert form.bekraeft == "mange skaevt"


class MedNavn(Formular):
    navn = Linjefelt()

    def advarsler(self):
        return [Fund(f"navn:{self.cleaned_data['navn']}", Alvor.ADVARSEL, "Er det rigtigt?", "", "")]


def test_en_bekraeftelse_af_ord_med_mellemrum_kan_sendes():
    form = MedNavn(QueryDict("navn=Æblehaven+Nord"))
    assert not form.is_valid()
    ja = {"bekraeftede_advarsler": form.bekraeft}
    assert MedNavn(QueryDict(urlencode({"navn": "Æblehaven Nord", **ja}))).is_valid()
    assert not MedNavn(QueryDict(urlencode({"navn": "Æblehaven Syd", **ja}))).is_valid()


def test_fejl_gaar_foer_advarsler():
    form = MedAdvarsler(QueryDict("antal=x"))
    assert not form.is_valid()
    assert form.ubekraeftede == []


# --- rows -----------------------------------------------------------------------------------------------------------

MilepaelFormset = raekkeformset(MilepaelForm, max_num=3)


def med_raekker(aktivitet, *raekker, **ekstra):
    """A bound form with the given rows: (navn, dato, ansvarlig, orden, fjern)."""
    data = QueryDict(mutable=True)
    antal = aktivitet.milepaele.count()
    data.update({"navn": "Job", "version": "1", "milepaele-TOTAL_FORMS": str(len(raekker)), **ekstra})
    data["milepaele-INITIAL_FORMS"] = str(min(antal, len(raekker)))
    for nummer, raekke in enumerate(raekker):
        for felt, vaerdi in zip(("navn", "dato", "ansvarlig", "ORDER", "DELETE"), raekke, strict=False):
            data[f"milepaele-{nummer}-{felt}"] = vaerdi
    return AktivitetForm(data, instance=aktivitet, raekker={"milepaele": (MilepaelFormset, {})})


@pytest.fixture
def aktivitet(db):
    aktivitet = AktivitetFactory()
    MilepaelFactory(aktivitet=aktivitet, navn="Første", dato=date(2026, 2, 1), orden=1)
    MilepaelFactory(aktivitet=aktivitet, navn="Anden", dato=None, orden=2)
    return aktivitet


def navne(form):
    assert form.is_valid(), form.fejlliste()
    return [raekke["navn"] for raekke in form.raekker["milepaele"]]


def test_raekkerne_viser_det_gemte(aktivitet):
    form = AktivitetForm(instance=aktivitet, raekker={"milepaele": (MilepaelFormset, {})})
    saet = form.raekkesaet["milepaele"]

    assert [[raekke[f].value() for f in ("navn", "dato", "ORDER")] for raekke in saet] == [
        ["Første", "01.02.2026", 1],
        ["Anden", None, 2],
    ]
    assert (saet.titel, saet.tilfoej) == ("Milepæle", "Tilføj milepæl")


def test_uden_raekker_er_der_en_tom_at_begynde_paa(db):
    form = AktivitetForm(instance=AktivitetFactory(), raekker={"milepaele": (MilepaelFormset, {})})
    assert [raekke["navn"].value() for raekke in form.raekkesaet["milepaele"]] == [None]


def test_raekkerne_kommer_rensede_og_i_orden(aktivitet):
    form = med_raekker(aktivitet, ("Sidst", "1. marts 2026", "", "9"), ("Først", "", "Leder", "1"), ("Ny", "", "", ""))

    assert navne(form) == ["Først", "Sidst", "Ny"]
    assert form.raekker["milepaele"][1] == {
        "navn": "Sidst",
        "dato": date(2026, 3, 1),
        "dato_sagt": "",
        "ansvarlig": "",
    }


def test_fjernet_og_toemt_er_vaek_selv_med_fejl_i(aktivitet):
    form = med_raekker(aktivitet, ("Væk", "i går", "", "1", "on"), ("", "", "", "2"), ("Ny", "", "", ""))
    assert navne(form) == ["Ny"]


class StatusmilepaelForm(Raekkeform):
    """With a choice made beforehand, as the pages have it."""

    class Meta:
        model = Milepael
        fields = ("navn", "dato", "status")


StatusmilepaelFormset = raekkeformset(StatusmilepaelForm)


def med_status(aktivitet, *raekker):
    data = QueryDict(mutable=True)
    data.update({"navn": "Job", "version": "1", "milepaele-TOTAL_FORMS": str(len(raekker))})
    data["milepaele-INITIAL_FORMS"] = str(min(aktivitet.milepaele.count(), len(raekker)))
    for nummer, (navn, dato, status, orden) in enumerate(raekker):
        for felt, vaerdi in {"navn": navn, "dato": dato, "status": status, "ORDER": orden}.items():
            data[f"milepaele-{nummer}-{felt}"] = vaerdi
    return AktivitetForm(data, instance=aktivitet, raekker={"milepaele": (StatusmilepaelFormset, {})})


@pytest.mark.parametrize(
    ("raekke", "tilbage"),
    [
        (("", "", "ikke_begyndt", ""), []),
        (("  ", "", "ikke_begyndt", ""), []),
        (("", " \t ", "ikke_begyndt", "3"), []),
        (("Start", "", "ikke_begyndt", ""), ["Start"]),
    ],
)
def test_en_raekke_som_siden_tilboed_den_er_ingen_raekke(raekke, tilbage, db):
    form = med_status(AktivitetFactory(), raekke)
    assert navne(form) == tilbage
    assert [f.errors for f in form.raekkesaet["milepaele"].forms] == [{}]


def test_en_gemt_raekke_der_er_toemt_til_det_forvalgte_er_taget_ud(aktivitet):
    form = med_status(aktivitet, ("Første", "", "ikke_begyndt", "1"), (" ", "", "ikke_begyndt", "2"))
    assert navne(form) == ["Første"]


@pytest.mark.parametrize("rest", [("", "1.1.2026", "ikke_begyndt", ""), ("", "", "naaet", "")])
def test_en_raekke_med_noget_i_mangler_sit_navn_ved_sig_selv(db, rest):
    form = med_status(AktivitetFactory(), ("", "", "ikke_begyndt", ""), rest)
    assert not form.is_valid()
    assert form.fejlliste() == [("Milepæle, række 2. Milepæl: Udfyld feltet.", "id_milepaele-1-navn")]


def test_det_en_handling_afviser_i_en_raekke_staar_ved_raekken(aktivitet):
    """Counted among the rows that remain, in their order; a row above that is blank or taken out has no number."""
    form = med_raekker(aktivitet, ("Væk", "", "", "1", "on"), ("Sidst", "", "", "9"), ("Først", "", "", "2"))
    assert form.is_valid()
    fejl = {1: ValidationError({"navn": ["Navnet er taget."]}), 2: ValidationError("Den er for sen.")}
    form.tilfoej_fejl(Raekkefejl("milepaele", fejl))

    assert form.fejlliste() == [
        ("Milepæle, række 2. Den er for sen.", "id_milepaele-1-navn"),
        ("Milepæle, række 3. Milepæl: Navnet er taget.", "id_milepaele-2-navn"),
    ]
    html = render_to_string("redigering/_raekker.html", {"raekkesaet": form.raekkesaet["milepaele"]})
    assert "Den er for sen." in html


@pytest.mark.parametrize("felt", [Datofelt(required=False), Talfelt(required=False), Heltalfelt(required=False)])
@pytest.mark.parametrize("tomt", [" ", "\t", "\u00a0"])
def test_kun_mellemrum_er_ingenting(felt, tomt):
    assert felt.clean(tomt) is None
    assert not felt.has_changed(None, tomt)


def test_det_der_skal_udfyldes_siges_i_feltet_og_ved_etiketten(db):
    class Form(Formular):
        navn = Linjefelt(label="Navn")
        note = Linjefelt(label="Note", required=False)
        antal = Heltalfelt(label="Antal", required=False)
        slags = forms.ChoiceField(label="Slags", choices=[("a", "A")], widget=forms.RadioSelect)
        betingede = {"antal": "når der er et tal"}

    html = render_crispy_form(Form())
    assert html.count(" required") == html.count('name="navn"') + html.count('name="slags"')
    assert "data-kraeves" in html
    assert "(skal udfyldes, når der er et tal)" in html


def test_fejl_i_en_raekke_staar_ved_cellen(aktivitet):
    form = med_raekker(aktivitet, ("Første", "i går", "", "1"), ("", "1.1.2026", "", "2"))

    assert not form.is_valid()
    assert form.fejlliste() == [
        (
            "Milepæle, række 1. Dato: »i går« kan ikke læses som en dato. Skriv en dag (1.11.2019), eller hvad der er "
            "oplyst: februar 2021, sommeren 2020, 2017, formentlig 1.11.2019 eller ikke oplyst.",
            "id_milepaele-0-dato",
        ),
        ("Milepæle, række 2. Milepæl: Udfyld feltet.", "id_milepaele-1-navn"),
    ]


def test_for_mange_raekker_siges(aktivitet):
    form = med_raekker(aktivitet, *[(f"Nr. {n}", "", "", str(n)) for n in range(1, 5)])
    assert not form.is_valid()
    assert form.fejlliste() == [("Milepæle: Der er for mange rækker. Der kan højst være 3.", "")]


@pytest.mark.parametrize("antal", ["", "x", "-1", "0"])
def test_raekker_der_ikke_kan_laeses_vaelter_ikke_siden(aktivitet, antal):
    form = med_raekker(aktivitet, ("A", "", "", "1"), **{"milepaele-TOTAL_FORMS": antal})
    assert not form.is_valid()
    assert form.fejlliste() == [("Milepæle: Rækkerne kunne ikke læses. Hent siden igen, og prøv en gang til.", "")]


def test_aftrykket_aendrer_sig_med_raekkerne(aktivitet):
    gemt = AktivitetForm(instance=aktivitet, raekker={"milepaele": (MilepaelFormset, {})}).raekkesaet["milepaele"]
    samme = med_raekker(aktivitet, ("Første", "1/2-2026", "", "1"), ("Anden", "", "", "2")).raekkesaet["milepaele"]
    andre = med_raekker(aktivitet, ("Første", "2/2-2026", "", "1"), ("Anden", "", "", "2")).raekkesaet["milepaele"]

    assert gemt.aftryk() == samme.aftryk() == gemt.grundlag
    assert gemt.aftryk() != andre.aftryk()


class KoblingsraekkeForm(Raekkeform):
    class Meta:
        model = Koblingsraekke
        fields = ("fra", "maal")


class PladsForm(Raekkeform):
    class Meta:
        model = Plads
        fields = ("titel", "organisation")


class GruppeForm(ModelFormular):
    class Meta:
        model = Gruppe
        fields = ("navn",)


@pytest.mark.django_db
@pytest.mark.parametrize("antal", [1, 3])
def test_antallet_af_forespoergsler_vokser_ikke_med_raekkerne(antal, django_assert_num_queries):
    gruppe = GruppeFactory()
    for _ in range(antal):
        PladsFactory(gruppe=gruppe, organisation=OrganisationFactory())

    with django_assert_num_queries(2):  # the rows, and the organisations to choose from
        form = GruppeForm(instance=gruppe, raekker={"pladser": (raekkeformset(PladsForm), {})})
        html = render_to_string("redigering/_raekker.html", {"raekkesaet": form.raekkesaet["pladser"]})
    assert html.count(" selected>") == antal + 1  # and the empty row's


@pytest.mark.django_db
@pytest.mark.parametrize("antal", [1, 3])
def test_flervalg_i_raekker_koster_det_samme(antal, django_assert_num_queries):
    tabel = KoblingstabelFactory()
    for _ in range(antal):
        KoblingsraekkeFactory(tabel=tabel, maal=[OverordnetMaalFactory(), OverordnetMaalFactory()])

    class Form(ModelFormular):
        class Meta:
            model = Koblingstabel
            fields = ("titel",)

    with django_assert_num_queries(3):  # the rows, their goals, and the goals to choose from
        form = Form(instance=tabel, raekker={"raekker": (raekkeformset(KoblingsraekkeForm), {})})
        html = render_to_string("redigering/_raekker.html", {"raekkesaet": form.raekkesaet["raekker"]})
    assert html.count(" checked") == 2 * antal


# --- drafts ---------------------------------------------------------------------------------------------------------


def test_uproevet_viser_det_skrevne_uden_fejl(aktivitet):
    form = med_raekker(aktivitet, ("", "i går", "", "1"), navn="", forventet_deltagertal="x").uproevet()

    assert form.fejlliste() == []
    assert form["forventet_deltagertal"].value() == "x"
    assert form.raekkesaet["milepaele"].forms[0]["dato"].value() == "i går"


def test_aendret_ser_felter_og_raekker_men_ikke_versionen(aktivitet):
    aktivitet.navn = "Job"
    gemte = [("Første", "1/2-2026", "", "1"), ("Anden", "", "", "2")]
    fast = {"indhold": aktivitet.indhold}

    assert [
        med_raekker(aktivitet, *gemte, **fast).aendret(),
        med_raekker(aktivitet, *gemte, **fast, version="9").aendret(),
        med_raekker(aktivitet, *gemte, **fast | {"navn": "Andet"}).aendret(),
        med_raekker(aktivitet, *gemte[:1], ("Tredje", "", "", "2"), **fast).aendret(),
    ] == [False, False, True, True]


@pytest.mark.parametrize(
    ("skrevet", "siger"),
    [
        ("ca. 40 om året", "Skriv 40."),
        ("40 deltagere hver uge", "Skriv 40."),
        ("omkring 1.200 i alt", "Skriv 1.200."),
        ("mange", "Skriv et helt tal, for eksempel 40."),
        ("hold 2 og 3", "Skriv et helt tal, for eksempel 40."),
        ("vist 3,5 om ugen", "Skriv et helt tal, for eksempel 40."),
    ],
)
def test_et_felt_til_hele_tal_siger_et_helt_tal(skrevet, siger):
    with pytest.raises(ValidationError) as fejl:
        Heltalfelt().clean(skrevet)
    assert fejl.value.messages[0].endswith(siger)
    assert "1.234,5" not in fejl.value.messages[0]
