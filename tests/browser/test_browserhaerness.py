"""The browser part of the harness sees what it is there to see."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

SIDE = """<!doctype html><html lang="{sprog}"><head><title>Prøve</title></head>
<body><main><h1>Prøve</h1><p id="p">før</p></main>{script}</body></html>"""


@login_not_required
def side(request):
    return HttpResponse(SIDE.format(sprog=request.GET.get("sprog", ""), script=request.GET.get("script", "")))


@login_not_required
def script(request):
    return HttpResponse("ikke.defineret()", content_type="text/javascript")


urlpatterns = [path("side/", side), path("fejl.js", script)]


@pytest.fixture(autouse=True)
def _egne_adresser():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_inline_script_koeres_ikke_og_ses(page, browserfejl):
    page.goto("/side/?script=<script>document.getElementById('p').textContent='efter'</script>")

    assert page.inner_text("#p") == "før"
    assert [("inline script" in fejl) for fejl in browserfejl] == [True]
    browserfejl.clear()


def test_fejl_i_script_ses(page, browserfejl):
    page.goto("/side/?script=<script src=/fejl.js></script>")

    assert browserfejl == ["ikke is not defined"]
    browserfejl.clear()


def test_axe_finder_manglende_sprog(page, axe_fejl):
    page.goto("/side/")
    assert [fejl.partition(":")[0] for fejl in axe_fejl(page)] == ["html-has-lang"]
    page.goto("/side/?sprog=da")
    assert axe_fejl(page) == []


def test_browseren_naar_ikke_ud_af_maskinen(page):
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")
