"""The crispy template pack: what a person meets in every form."""

import re

import pytest
from crispy_forms.bootstrap import AppendedText, FormActions, InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string


class Formular(forms.Form):
    navn = forms.CharField(label="Navn", help_text="Som i aftalen.")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea)
    status = forms.ChoiceField(label="Status", choices=[("n", "Ny"), ("f", "Fortsættelse")], widget=forms.RadioSelect)
    omraader = forms.MultipleChoiceField(
        label="Områder", choices=[("a", "Parken")], required=False, widget=forms.CheckboxSelectMultiple
    )
    ansvarlig = forms.ChoiceField(label="Ansvarlig", choices=[("", "Vælg"), ("l", "Leder")])
    beloeb = forms.CharField(label="Beløb", required=False)
    faerdig = forms.BooleanField(label="Færdig", required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)


def tegn(form, *layout, **attributter):
    helper = FormHelper()
    helper.layout = Layout(*layout) if layout else None
    for navn, vaerdi in attributter.items():
        setattr(helper, navn, vaerdi)
    return " ".join(render_crispy_form(form, helper).split())


def maerke(html, begyndelse):
    """The first tag that begins so."""
    return re.search(rf"{re.escape(begyndelse)}[^>]*>", html).group()


def test_felt_uden_fejl_har_etiket_og_hjaelp_der_hoeres():
    html = tegn(Formular())

    assert '<label class="form-label" for="id_navn">Navn </label>' in html
    assert '<span class="form-hint" id="id_navn_helptext">Som i aftalen.</span>' in html
    assert 'aria-describedby="id_navn_helptext"' in maerke(html, '<input type="text" name="navn"')
    assert 'class="textinput form-input"' in maerke(html, '<input type="text" name="navn"')
    assert 'class="select form-select"' in maerke(html, '<select name="ansvarlig"')


def test_felt_med_fejl_siger_det_over_feltet_og_i_oversigten():
    html = tegn(Formular({"faerdig": "on", "navn": ""}))
    felt = maerke(html, '<input type="text" name="navn"')

    assert 'aria-invalid="true"' in felt
    assert 'aria-describedby="id_navn_helptext id_navn_error"' in felt
    assert html.index('id="id_navn_helptext"') < html.index('id="id_navn_error"') < html.index(felt)
    assert re.findall(r'<a class="function-link" href="(#[^"]+)">([^<:]+)', html) == [
        ("#id_navn", "Navn"),
        ("#id_status_0", "Status"),
        ("#id_ansvarlig", "Ansvarlig"),
    ]


def test_oversigten_viser_ogsaa_fejl_uden_felt():
    form = Formular({})
    form.add_error(None, "Perioden slutter, før den begynder.")

    assert "<li>Perioden slutter, før den begynder.</li>" in tegn(form)


def test_uden_fejl_er_der_ingen_oversigt():
    assert "error-summary" not in tegn(Formular())


@pytest.mark.parametrize(
    ("attributter", "skal_udfyldes", "frivilligt"),
    [
        ({}, 0, 3),
        ({"marker": "krav"}, 3, 0),
        ({"marker": "ingen"}, 0, 0),
        ({"form_method": "get"}, 0, 0),
    ],
)
def test_maerkning_af_krav(attributter, skal_udfyldes, frivilligt):
    """Three fields are required; of the four optional ones a check box needs no such word."""
    html = tegn(Formular(), **attributter)

    assert html.count("(skal udfyldes)") == skal_udfyldes
    assert html.count("(frivilligt)") == frivilligt


def test_valg_staar_i_feltgruppe_med_et_navn():
    html = tegn(Formular({"status": "f"}), InlineRadios("status"), "omraader")

    assert '<legend class="form-label">Status </legend>' in html
    assert html.count('<div class="form-group-radio inline">') == 2
    assert "checked" in maerke(html, '<input type="radio" class="form-radio" name="status" value="f"')
    assert "checked" not in maerke(html, '<input type="radio" class="form-radio" name="status" value="n"')
    assert '<label class="form-label" for="id_omraader_0">Parken</label>' in html


def test_layout():
    html = tegn(
        Formular(),
        Fieldset("Hvem", Row("navn", "ansvarlig")),
        AppendedText("beloeb", "kr."),
        FormActions(Submit("gem", "Gem aktivitet"), Submit("kladde", "Gem kladde", css_class="button-secondary")),
    )

    assert '<fieldset class="feltgruppe"> <legend>Hvem</legend>' in html
    assert '<div class="felter">' in html
    assert '<div class="form-input-suffix" aria-hidden="true">kr.</div>' in html
    assert re.findall(r'<button type="submit" name="(\w+)" value="[^"]+" id="[^"]+" class="([^"]+)"', html) == [
        ("gem", "button button-primary "),
        ("kladde", "button button-secondary"),
    ]


def test_formularen_lader_serveren_om_at_tale():
    """No browser balloons in the browser's language: errors come from the server, at the field."""
    assert tegn(Formular(), form_id="f").startswith('<form novalidate method="post" id="f">')


def test_skjult_felt_har_ingen_etiket():
    html = tegn(Formular(), "version")

    assert html.endswith('<input type="hidden" name="version" id="id_version"> </form>')
    assert html.count("<label") == 0


def test_kontoformularens_knap():
    html = render_to_string("_kontoformular.html", {"form": Formular(), "knap": "Log ind"})

    assert '<button class="button button-primary" type="submit">Log ind</button>' in html


def test_et_navn_i_hjaelpen_er_tekst():
    """Help may name what somebody has written."""
    form = Formular()
    form.fields["navn"].help_text = "Skriv »<script>alert(1)</script>«."
    html = tegn(form)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
