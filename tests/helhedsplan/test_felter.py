"""The model fields: text is trimmed, prose sanitised, CPR numbers refused, wherever it is written from."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection

from aftaler.models import Afsnit, Helhedsplan, Omraade
from helhedsplan.cpr import CPR_BESKED
from helhedsplan.felter import Linje, Prosa, Tekst
from helhedsplan.formularer import Datofelt, Linjefelt, Tekstfelt
from tests.factories import OmraadeFactory

NAVN, NOTE, PROSA = (
    Helhedsplan._meta.get_field("navn"),
    Omraade._meta.get_field("note"),
    Afsnit._meta.get_field("tekst"),
)


@pytest.mark.parametrize(
    ("felt", "skrevet", "gemt"),
    [
        (NAVN, "  To   ord\t\n her ", "To ord her"),
        (NAVN, "To\u00a0ord", "To ord"),
        (NOTE, "  Linje 1\r\nLinje  2\rLinje 3  ", "Linje 1\nLinje  2\nLinje 3"),
        (NOTE, "<b>ikke opmærkning</b>", "<b>ikke opmærkning</b>"),
        (PROSA, "<p>Ord</p><script>x()</script>", "<p>Ord</p>"),
        (PROSA, "<p></p>", ""),
        (PROSA, "Bar tekst", "<p>Bar tekst</p>"),
    ],
)
def test_renses(felt, skrevet, gemt):
    assert felt.clean(skrevet, None) == gemt
    assert felt.clean(gemt, None) == gemt


@pytest.mark.parametrize("felt", [NAVN, NOTE, PROSA])
@pytest.mark.parametrize("skrevet", ["Ring til 010180-1234", "0101\u200b80 - 1234"])
def test_cpr_afvises(felt, skrevet):
    with pytest.raises(ValidationError) as fejl:
        felt.clean(skrevet, None)
    assert fejl.value.messages == [CPR_BESKED]


def test_cpr_gemt_i_opmaerkning_afvises():
    with pytest.raises(ValidationError) as fejl:
        PROSA.clean("<p>0101<strong>80-12</strong>34</p>", None)
    assert fejl.value.messages == [CPR_BESKED]


@pytest.mark.parametrize(
    ("felt", "skrevet", "gemt"),
    [
        (NAVN, "a\x00b", "ab"),
        (NAVN, "To\x0bord\x1eher\ufffe", "To ord-her"),
        (NOTE, "a\x00b\x0bc\u2028d\ud800e\U0001ffffe", "ab\nc\nde" + "e"),
        (PROSA, "<p>a\x0bb</p>", "<p>a<br>b</p>"),
        (PROSA, "a\x0bb\x0b\x0bc", "<p>a<br>b</p><p>c</p>"),
        (PROSA, "<p>a&#11;b&#x1;c</p>", "<p>a\nbc</p>"),
    ],
)
def test_styretegn_bliver_til_det_der_var_ment(felt, skrevet, gemt):
    assert felt.clean(skrevet, None) == gemt


@pytest.mark.parametrize("felt", [NAVN, NOTE, PROSA])
def test_et_ord_der_ikke_kan_tegnes_afvises_med_sin_begyndelse(felt):
    with pytest.raises(ValidationError, match=r"Ordet, der begynder med »abcabcabc.* er på over 1000 tegn"):
        felt.run_validators("abc" * 33_333)


def test_tom_linje_er_ingen_linje():
    with pytest.raises(ValidationError) as fejl:
        NAVN.clean("   ", None)
    assert fejl.value.error_list[0].code == "blank"


USYNLIGE = [
    "\u200b",
    " \u200b\u200c\u200d ",
    "\u2060\ufeff",
    "\u00ad",
    "\u3164",
    "\u115f\u1160",
    "\u2800",
    "\u0301",
    "\u00a0",
]


@pytest.mark.parametrize("tekst", USYNLIGE)
def test_det_ingen_kan_se_er_ingenting(tekst):
    for felt in (Linje("navn"), Tekst("note")):
        with pytest.raises(ValidationError):
            felt.clean(tekst, None)
    assert Linje("navn", blank=True).clean(tekst, None) == ""
    assert Tekst("note", blank=True).clean(tekst, None) == ""
    for felt in (Linjefelt(), Tekstfelt()):
        with pytest.raises(ValidationError):
            felt.clean(tekst)
    assert Linjefelt(required=False).clean(tekst) == ""
    assert Datofelt(required=False).clean(tekst) is None


def test_et_navn_er_det_man_ser():
    """What has no width would make two names of one, and what turns the direction would make it read as another."""
    assert Linjefelt().clean("Fritids\u200bjob") == Linje("navn").clean("\ufeffFritids\u2060job", None) == "Fritidsjob"
    assert Linjefelt().clean("Æble\u202eHAVEN\u2069") == "ÆbleHAVEN"
    assert Tekstfelt().clean("Æble\u202eHAVEN") == "ÆbleHAVEN"
    assert Linje("navn").clean("e\u0301", None) == "e\u0301"


def test_laengden_maales_paa_det_rensede():
    assert NAVN.clean(f"{'a' * 100}{' ' * 200}{'b' * 99}", None) == f"{'a' * 100} {'b' * 99}"
    with pytest.raises(ValidationError) as fejl:
        NAVN.clean("a" * 201, None)
    assert fejl.value.error_list[0].code == "max_length"


def test_det_der_ikke_er_tekst_bliver_det_foerst():
    assert NAVN.clean(5, None) == "5"


@pytest.mark.parametrize(("klasse", "laengde"), [(Linje, 200), (Tekst, None), (Prosa, None)])
def test_felterne_kan_skrives_i_en_migration(klasse, laengde):
    felt = klasse("navn")
    _, sti, argumenter, valg = felt.deconstruct()
    assert (sti, valg.get("max_length")) == (f"helhedsplan.felter.{klasse.__name__}", laengde)
    assert type(klasse(*argumenter, **valg)) is klasse


def test_et_nummer_som_ingen_database_kan_holde_findes_ikke(db):
    nummer = int("9" * 30)
    assert list(Helhedsplan.objects.filter(pk__in=[nummer])) == []
    with pytest.raises(ValidationError, match="Marker en gyldig valgmulighed"):
        forms.ModelMultipleChoiceField(Helhedsplan.objects.all()).clean(["9" * 30])


def test_det_der_ligger_gemt_med_styretegn_laeses_uden(db):
    """Rows from before the door was there: every way out reads the model, so no paper or workbook meets them."""
    omraade = OmraadeFactory(note="før")
    with connection.cursor() as markoer:
        markoer.execute("UPDATE aftaler_omraade SET note = %s", ["Et\x0bto\x01tre\ufffe"])
    omraade.refresh_from_db()
    assert omraade.note == "Et\ntotre"
    assert Omraade.objects.values_list("note", flat=True).get() == "Et\ntotre"
