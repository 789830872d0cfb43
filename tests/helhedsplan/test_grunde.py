"""What counts as a reason: the same wherever one is asked for."""

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError

from helhedsplan.formularer import Formular, Grundfelt, Grundlinje
from helhedsplan.grunde import er_grund, er_spoergsmaal, tjek_grund


@pytest.mark.parametrize(
    "tekst",
    [
        None, "", "   ", "\n\t", "x", "-", "ja", "Nej.", "...", "ja ja", "xxxxxxxx xxxxxxxx", "1234 5678 90",
        "\u200b\u200b", "Fordi", "a b c d e f g h i j k", "?????????? ??????????", "skrivefejl",
        "fordi fordi", "fejl fejl", "Fejl, fejl - FEJL!", "forkert forkert forkert",
    ],
)  # fmt: skip
def test_one_letter_or_one_word_is_no_reason(tekst):
    assert not er_grund(tekst)


@pytest.mark.parametrize(
    "tekst",
    [
        "Det haster.",
        "Beløbet er forkert",
        "Tallene er rigtige: se referatet.",
        "Ægtefælle til ejeren",
        "Øl og vand er dyrt",
    ],
)
def test_a_short_sentence_is(tekst):
    assert er_grund(tekst)


@pytest.mark.parametrize(
    ("tekst", "er"),
    [
        (".", False), ("?", False), ("", False), ("???", False), ("a?", False), ("fejl fejl", False), ("Nej", False),
        ("Hvorfor", False), ("Hvorfor?", True), ("Hvem siger det?", True), ("Det er godt gået.", True),
        ("\u200b", False),
    ],
)  # fmt: skip
def test_a_question_asks_something(tekst, er):
    assert er_spoergsmaal(tekst) is er


def test_the_field_says_it_and_an_empty_one_what_is_asked_for():
    besked = "Skriv grunden som en sætning, andre kan forstå: mindst 2 forskellige ord og 8 bogstaver."
    for ord_ in ("x", "ved ikke"):  # two words, and too few letters
        with pytest.raises(ValidationError) as fejl:
            tjek_grund(ord_, "grund", "Skriv, hvorfor.")
        assert fejl.value.message_dict == {"grund": [besked]}
    with pytest.raises(ValidationError) as fejl:
        tjek_grund(" ", "grund", "Skriv, hvorfor.")
    assert fejl.value.message_dict == {"grund": ["Skriv, hvorfor."]}


#: Words of a field's name or label that ask for a reason.
SPOERGER = ("grund", "hvorfor", "begrundelse")
#: Not a reason for anything done: what a budget is for is free text; `grundlag` and the hidden numbers are no texts.
IKKE_GRUNDE = {("NytBudgetForm", "begrundelse"), ("BudgetForm", "begrundelse"), ("ScenarieForm", "begrundelse")}


def alle_formularer(klasse=forms.BaseForm):
    for under in klasse.__subclasses__():
        yield under
        yield from alle_formularer(under)


def test_every_field_that_asks_for_a_reason_is_one_that_knows_what_a_reason_is():
    for app in apps.get_app_configs():
        if app.name in {"aftaler", "status", "moeder", "kalender", "budget", "dokumenter", "indikatorer"}:
            __import__(f"{app.name}.urls")
    fundet = set()
    for form in alle_formularer():
        if not issubclass(form, Formular) and form.__module__.split(".")[0] not in {
            "aftaler",
            "budget",
            "status",
            "moeder",
            "kalender",
        }:
            continue
        for navn, felt in form.base_fields.items():
            spoerger = any(ord_ in f"{navn} {felt.label or ''}".lower() for ord_ in SPOERGER)
            tekst = isinstance(felt, forms.CharField) and not isinstance(felt, Grundfelt | Grundlinje)
            if spoerger and tekst and "grundlag" not in navn and "baggrund" not in navn:
                fundet.add((form.__name__, navn))
    assert fundet == IKKE_GRUNDE
