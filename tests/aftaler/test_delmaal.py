"""Targets as people write them: typed, refused at the field with what is wrong, and said in words."""

from decimal import Decimal

import pytest
from django.urls import reverse

from aftaler.forms.delaftale import DelmaalForm
from aftaler.models import Delmaal
from aftaler.queries.dokument import maal_i_ord
from tests import factories as f

pytestmark = pytest.mark.django_db
FALDER = {"maaltype": "aendring", "retning": "falder"}


def skrevet(**data):
    grund = {"tekst": "Færre går i stå", "kilde": "lokal", "version": "1"}
    return DelmaalForm(grund | data, instance=Delmaal(delaftale=f.DelaftaleFactory()))


@pytest.mark.parametrize(
    ("data", "fejl"),
    [
        (
            {"maaltype": "mellem", "vaerdi": "8", "vaerdi_til": "5"},
            {"vaerdi_til": ["Det første tal skal være mindre end det andet."]},
        ),
        ({"maaltype": "mellem", "vaerdi": "5"}, {"vaerdi_til": ["Skriv også det tal, målet går til."]}),
        ({"maaltype": "mellem", "vaerdi_til": "5"}, {"vaerdi": ["Skriv det tal, målet gælder."]}),
        ({"maaltype": "aendring", "vaerdi": "10 %"}, {"retning": ["Vælg, om tallet skal stige eller falde."]}),
        (
            FALDER | {"vaerdi": "-10"},
            {"vaerdi": ["Skriv procenten uden minus, og vælg, om tallet skal stige eller falde."]},
        ),
        ({"maaltype": "tal"}, {"vaerdi": ["Skriv det tal, målet gælder."]}),
        (FALDER | {"vaerdi": "150 %"}, {"vaerdi": ["Noget kan højst falde 100 %."]}),
        (
            {"maaltype": "mellem", "vaerdi": "30", "vaerdi_til": "40", "gennemsnit": "55"},
            {"gennemsnit": ["Når hvert år holder målet, kan gennemsnittet ikke blive det."]},
        ),
        (
            {"maaltype": "aarligt_loft", "sammenligning": "<=", "vaerdi": "5", "gennemsnit": "9"},
            {"gennemsnit": ["Når hvert år holder målet, kan gennemsnittet ikke blive det."]},
        ),
        (
            {"maaltype": "graense", "sammenligning": ">=", "vaerdi": "5", "gennemsnit": "4"},
            {"gennemsnit": ["Når hvert år holder målet, kan gennemsnittet ikke blive det."]},
        ),
        ({"maaltype": "graense", "vaerdi": "6"}, {"sammenligning": ["Vælg, om målet er over eller under tallet."]}),
    ],
)
def test_what_is_wrong_with_a_target_is_told_at_its_field(data, fejl):
    assert dict(skrevet(**data).errors) == fejl


@pytest.mark.parametrize(
    ("data", "ord_"),
    [
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
        (FALDER | {"vaerdi": "0", "vaerdi_til": "10 %"}, "må ikke stige og skal helst falde op til 10\xa0%"),
        (
            {"maaltype": "graense", "sammenligning": ">=", "vaerdi": "30", "gennemsnit": "35"},
            "mindst 30 og 35 i gennemsnit",
        ),
        (FALDER | {"vaerdi": "12,5 %", "mod": "2019"}, "skal falde 12,5\xa0% i forhold til 2019"),
        (
            {"maaltype": "tal", "vaerdi": "30", "enhed": "unge om året", "gennemsnit": "200"},
            "30 unge om året og 200 i gennemsnit",
        ),
    ],
)
def test_a_target_is_taken_as_it_is_typed_and_said_in_words(data, ord_):
    form = skrevet(**data)
    assert form.errors == {}
    assert maal_i_ord(form.instance) == ord_


def test_the_page_keeps_what_was_typed_beside_the_message(client):
    aftale = f.DelaftaleFactory()
    client.force_login(f.MedlemskabFactory(plan=aftale.plan).bruger)
    adresse = reverse("delmaal-opret", args=[aftale.plan.noegle, aftale.noegle])
    data = {"tekst": "Færre går i stå", "kilde": "lokal", "maaltype": "mellem", "vaerdi": "8", "vaerdi_til": "5,5"}
    svar = client.post(adresse, data | {"version": "1"})
    assert svar.status_code == 422
    siden = svar.content.decode()
    assert 'value="5,5"' in siden
    assert "Det første tal skal være mindre end det andet." in siden
    assert client.post(adresse, data | {"vaerdi_til": "12", "version": "1"}).status_code == 302
    delmaal = Delmaal.objects.get()
    assert (delmaal.vaerdi, delmaal.vaerdi_til, maal_i_ord(delmaal)) == (Decimal(8), Decimal(12), "mellem 8 og 12")
