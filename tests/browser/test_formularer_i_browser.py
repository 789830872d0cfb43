"""Every form as Chromium sends it: after the page's own scripts, with the browser's own checks.

The same pages as in tests/integration/test_formularer_overalt.py. The browser's requests are answered in this process,
so that what a form saves can be undone before the next is tried.
"""

import mimetypes
from contextlib import suppress
from dataclasses import dataclass, replace
from time import monotonic
from urllib.parse import urljoin, urlsplit

from django.contrib.staticfiles import finders
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from aftaler.actions.plan import opret_plan
from aftaler.models import Helhedsplan
from tests.formularproeve import Formular, Knap, dom, formularer, laes
from tests.integration.test_formularer_overalt import I_TOPPEN, SKRIVES, hel_verden
from tests.integration.test_matrix import EGNE, PLANSIDER, Fortrudt, adresse
from tests.kravl import kravl
from tests.verden import verden

VAERT = "http://localhost"
#: Seconds from the button to the request; only a form that sends nothing waits so long.
TAALMODIGHED = 5
SKRIV = """([nr, felter]) => {
  const form = document.forms[nr];
  for (const [navn, vaerdier] of felter) {
    for (const el of form.elements) {
      if (el.name !== navn) continue;
      if (el.type === 'checkbox' || el.type === 'radio') el.checked = vaerdier.includes(el.value);
      else el.value = vaerdier[0];
      el.dispatchEvent(new Event('input', { bubbles: true }));
      el.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }
}"""
SEND = """([nr, navn, vaerdi, adresse, tekst]) => {
  const form = document.forms[nr];
  const paa = (el) => (el.textContent || el.getAttribute('aria-label') || el.value).replace(/\\s+/g, ' ').trim();
  const hvorhen = (el) => el.getAttribute('formaction') || '';
  const den = (el) => el.name === navn && el.value === vaerdi && hvorhen(el) === adresse && (navn || paa(el) === tekst);
  let knap = [...form.elements].find((el) => (el.tagName === 'BUTTON' || el.type === 'submit') && den(el));
  if (knap.type === 'button') {  // the page's own script adds the row; it is left blank, and the form saved
    knap.click();
    knap = [...form.elements].find((el) => el.type === 'submit');
  }
  const standset = knap.formNoValidate || form.noValidate ? [] : [...form.elements].filter((el) => !el.checkValidity());
  if (!standset.length) form.requestSubmit(knap);
  return standset.map((el) => el.id);
}"""


@dataclass
class Browserform(Formular):
    """A form that the browser sends; `skrives` is what is written in it first, `nr` its place in the document."""

    proeve: "Proeve"
    nr: int
    skrives: list[tuple[str, list[str]]]

    def send(self, client, knap: Knap, filer: bool = False):
        proeve = self.proeve
        proeve.vent_paa(None)
        proeve.side.goto(VAERT + self.side)
        proeve.vent_paa(urlsplit(urljoin(self.side, knap.adresse or self.adresse)).path)
        if self.skrives:
            proeve.side.evaluate(SKRIV, [self.nr, self.skrives])
        if standset := proeve.side.evaluate(SEND, [self.nr, knap.navn, knap.vaerdi, knap.adresse, knap.tekst]):
            fejl = "".join(f'<p class="form-error-message" id="{id_}_error">browseren standser</p>' for id_ in standset)
            return HttpResponse(fejl, status=422)
        return proeve.faa_svar()


class Proeve:
    """A browser whose requests the test client answers; what is saved is undone, and the page stays where it is."""

    def __init__(self, context, side, klient: Client):
        self.side, self.klient, self.svar, self.ventet = side, klient, None, None
        context.route("**/*", self._besvar)
        side.on("dialog", lambda dialog: dialog.accept())

    def vent_paa(self, sti: str | None) -> None:
        self.svar, self.ventet = None, sti

    def faa_svar(self):
        frist = monotonic() + TAALMODIGHED
        while self.svar is None and monotonic() < frist:
            self.side.wait_for_timeout(10)
        return self.svar or HttpResponse("Formularen blev ikke sendt.", status=499)

    def _besvar(self, rute):
        kald = rute.request
        sti = urlsplit(kald.url).path
        if sti.startswith("/static/") and not sti.endswith(".js"):
            rute.abort()  # how it looks does not matter to what is sent
        elif sti.startswith("/static/"):
            rute.fulfill(path=finders.find(sti.removeprefix("/static/")), content_type=mimetypes.guess_type(sti)[0])
        elif kald.method == "GET" and sti != self.ventet:
            svar = self.klient.get(kald.url.removeprefix(VAERT))
            krop = b"".join(svar.streaming_content) if svar.streaming else svar.content
            rute.fulfill(status=svar.status_code, headers=dict(svar.items()), body=krop)
        else:
            self._proev(kald, sti)
            rute.fulfill(status=204)

    def _proev(self, kald, sti: str) -> None:
        kager = self.klient.cookies.copy()
        with suppress(Fortrudt), transaction.atomic():
            svar = self.klient.generic(
                kald.method,
                kald.url.removeprefix(VAERT),
                kald.post_data_buffer or b"",
                kald.headers.get("content-type", ""),
            )
            if sti == self.ventet:
                self.svar = svar
            raise Fortrudt
        self.klient.cookies = kager


def proev_side(proeve: Proeve, url: str, sete: set) -> dict[str, str]:
    """What is wrong with the forms of a page, by form, button and way of filling in."""
    svar = proeve.klient.get(url)
    if svar.status_code != 200 or not svar["Content-Type"].startswith("text/html"):
        return {}
    galt = {}
    for nr, form in enumerate(formularer(laes(svar), url)):
        indhold = tuple((felt.navn, *felt.vaerdier) for felt in form.felter if felt.navn != "csrfmiddlewaretoken")
        if form.adresse in map(reverse, I_TOPPEN) or (form.adresse, indhold) in sete:
            continue
        sete.add((form.adresse, indhold))
        galt |= _proev_form(proeve, nr, form)
    return galt


def _proev_form(proeve: Proeve, nr: int, form: Formular) -> dict[str, str]:
    galt = {}
    for mindst in (False, True) if form.mangler and not _vil_have_fil(form) else (False,):
        foer = {id(felt): felt.vaerdier for felt in form.felter}
        if mindst:
            form.udfyld(SKRIVES.get(resolve(urlsplit(form.side).path).url_name, {}))
        skrives = [(felt.navn, felt.vaerdier) for felt in form.felter if felt.vaerdier != foer[id(felt)]]
        for knap in dict.fromkeys(form.knapper):
            browserform = Browserform(**vars(form), proeve=proeve, nr=nr, skrives=skrives)
            # The page's script adds the row without asking; it is the saving after that which is tried.
            proevet = replace(knap, uden_krav=False) if knap.navn == "tilfoej-raekke" else knap
            if fejl := dom(proeve.klient, browserform, proevet):
                galt[f"{form.side} -> {form.adresse} {knap}{' udfyldt' if mindst else ''}"] = fejl
    return galt


def _vil_have_fil(form: Formular) -> bool:
    """The browser does not show what is in the files it sends; those forms are held by the test client."""
    return any(felt.slags == "file" for felt in form.mangler)


def test_every_form_of_a_full_plan(db, context, page, client):
    v, galt, sete = hel_verden(), {}, set()
    client.force_login(v.brugere["leder"])
    proeve = Proeve(context, page, client)
    sider = [adresse(v, navn) for navn, (metode, _) in PLANSIDER.items() if metode == "GET"]
    for url in [*sider, *map(reverse, [*EGNE, "plan-opret", "verificer"])]:
        galt |= proev_side(proeve, url, sete)
    assert not galt, "\n".join(f"{hvor}: {hvad}" for hvor, hvad in galt.items())
    assert len(sete) > 120


def test_every_form_of_a_new_plan(db, context, page, client):
    v, galt, sete = verden(), {}, set()
    leder = v.brugere["leder"]
    client.force_login(leder)
    plan = opret_plan(bruger=leder, plan=Helhedsplan(navn="Den nye", regelsaet=v.plan.regelsaet))
    proeve = Proeve(context, page, client)
    for url in kravl(leder, plan.get_absolute_url(), plan.get_absolute_url()).sider:
        galt |= proev_side(proeve, url, sete)
    assert not galt, "\n".join(f"{hvor}: {hvad}" for hvor, hvad in galt.items())
    assert len(sete) > 20
