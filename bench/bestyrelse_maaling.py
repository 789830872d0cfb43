"""The board's room against the floor: pages at 1 and at 1,000 plans with 16 quarters, on a phone, and on paper.

The quarters are copies of the newest published status of the demo. In the plan that is shown each is whole; in the
other plans only the newest is, since no page reads their older ones.
"""

import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import StringIO

PLAN = "ishoej-2025-2029"
KVARTALER = 16
RUNDER = 7
#: What Lighthouse calls a slow 4G phone: milliseconds, bits per second, and times slower than this machine.
FORSINKELSE, NED, OP, LANGSOMMERE = 562.5, 1_474_560, 675_000, 4
CHROMIUM = "/usr/bin/chromium"


def maal() -> None:
    """Needs the database that `bench.__main__` has made."""
    from django.contrib.auth import get_user_model

    from aftaler.models import Helhedsplan
    from bench.__main__ import logget_ind
    from status.queries.oversigt import publicerede

    plan = Helhedsplan.objects.get(noegle=PLAN)
    status = publicerede(plan)[0]
    status.plan = plan
    hent = logget_ind(get_user_model().objects.get(email="sekretariat1@demo.example"))
    stier = {
        "forside": "/",
        "bestyrelsens side": f"/planer/{PLAN}/bestyrelse/",
        "publiceret status": status.get_absolute_url(),
        "alle kvartaler": f"/planer/{PLAN}/status/",
    }
    print(f"\nBestyrelsen, medianer af {RUNDER} runder")
    lav_kvartaler(status, [plan], hele=KVARTALER)
    foer = vis_sider(hent, stier, "1 plan, 16 kvartaler")
    lav_kvartaler(status, list(Helhedsplan.objects.filter(noegle__startswith="maaleplan")), hele=1)
    efter = vis_sider(hent, stier, "1.000 planer")
    forskelle = {navn: (foer[navn], efter[navn]) for navn in stier if foer[navn] != efter[navn]}
    print(f"Antal forespørgsler ved 1 og 1.000 planer: {forskelle or 'det samme'}")
    maal_telefon(hent, stier)
    maal_papir(status)
    maal_daglig()


def lav_kvartaler(forlaeg, planer: list, *, hele: int) -> None:
    """Sixteen quarters in each plan; of those made here, the `hele` newest hold a snapshot and a page."""
    from status.models import Kvartalsstatus
    from status.rules import planens_kvartaler

    har = set(Kvartalsstatus.objects.values_list("plan", "aar", "kvartal"))
    felter = {f.attname: getattr(forlaeg, f.attname) for f in Kvartalsstatus._meta.concrete_fields if f.name != "id"}
    for plan in planer:
        kvartaler = planens_kvartaler(plan.periode_fra, plan.periode_til)[:KVARTALER]
        nye = [k for k in kvartaler if (plan.pk, k.aar, k.nummer) not in har]
        Kvartalsstatus.objects.bulk_create(
            Kvartalsstatus(
                **felter
                | {"plan_id": plan.pk, "aar": k.aar, "kvartal": k.nummer, "frist": k.frist}
                | ({} if nr < hele else {"indhold": {}, "side": ""})
            )
            for nr, k in enumerate(reversed(nye))
        )


def vis_sider(hent, stier: dict[str, str], overskrift: str) -> dict[str, int]:
    """As it is when nothing has been written since; last, drawn anew each time."""
    from django.core.cache import caches

    from bench.__main__ import GULV
    from bench.maaling import antal_forespoergsler, medianer

    def hent_nyt(sti: str) -> None:
        caches["sider"].clear()
        hent(sti)

    alle = {GULV: "/gulv/"} | stier
    tider = medianer({navn: partial(hent, sti) for navn, sti in alle.items()}, RUNDER)
    nyt = medianer({navn: partial(hent_nyt, sti) for navn, sti in alle.items()}, RUNDER, 1)
    for sti in alle.values():
        hent(sti)
    antal = {navn: antal_forespoergsler(hent, sti) for navn, sti in alle.items()}
    print(f"{overskrift:<26} {'ms':>8} {'x gulv':>8} {'forespørgsler':>14} {'tegnet på ny, ms':>17} {'x gulv':>8}")
    for navn, ms in tider.items():
        print(f"{navn:<26} {ms:>8.1f} {ms / tider[GULV]:>8.2f} {antal[navn]:>14}", end=" ")
        print(f"{nyt[navn]:>17.1f} {nyt[navn] / nyt[GULV]:>8.2f}")
    return antal


# --- on a phone -------------------------------------------------------------------------------------------------------


def maal_telefon(hent, stier: dict[str, str]) -> None:
    """First paint with nothing remembered, and bytes on the wire; then again with styles and fonts remembered."""
    from playwright.sync_api import sync_playwright

    from bench.__main__ import GULV

    print(f"\nTelefon, 390 px, {LANGSOMMERE} x langsommere, {NED // 1000} kbit/s, {FORSINKELSE:.0f} ms forsinkelse")
    print(f"{'':<26} {'første billede, ms':>19} {'x gulv':>8} {'kB':>6} {'igen, ms':>9} {'kB':>6}")
    navn, _, noegle = hent.cookie.partition("=")
    with server(hent.app) as adresse, sync_playwright() as p:
        valg = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
        browser = p.chromium.launch(executable_path=CHROMIUM, args=valg)
        gulv = 0.0
        for side, sti in ({GULV: "/gulv/"} | {s: stier[s] for s in ("bestyrelsens side", "publiceret status")}).items():
            besoeg = [paa_telefon(browser, adresse, sti, (navn, noegle)) for _ in range(3)]
            foerst, bytes_foerst, igen, bytes_igen = (statistics.median(tal) for tal in zip(*besoeg, strict=True))
            gulv = gulv or foerst
            print(
                f"{side:<26} {foerst:>19.0f} {foerst / gulv:>8.2f} {bytes_foerst / 1000:>6.0f} "
                f"{igen:>9.0f} {bytes_igen / 1000:>6.0f}"
            )
        browser.close()


def paa_telefon(browser, adresse: str, sti: str, cookie: tuple[str, str]) -> tuple[float, int, float, int]:
    """(first contentful paint in milliseconds, bytes received), for a first and a second visit."""
    kontekst = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=3, is_mobile=True)
    kontekst.add_cookies([{"name": cookie[0], "value": cookie[1], "url": adresse}])
    side = kontekst.new_page()
    cdp = kontekst.new_cdp_session(side)
    modtaget: list[int] = []
    cdp.on("Network.loadingFinished", lambda svar: modtaget.append(svar["encodedDataLength"]))
    cdp.send("Network.enable")
    netvaerk = {"latency": FORSINKELSE, "downloadThroughput": NED / 8, "uploadThroughput": OP / 8}
    cdp.send("Network.emulateNetworkConditions", {"offline": False} | netvaerk)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": LANGSOMMERE})
    ud: list = []
    for _ in range(2):
        modtaget.clear()
        side.goto(adresse + sti, wait_until="networkidle")
        side.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        ud += [
            side.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"),
            int(sum(modtaget)),
        ]
    kontekst.close()
    return tuple(ud)


@contextmanager
def server(app) -> Iterator[str]:
    """The application behind a socket of this machine, on a free port."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    class Stille(WSGIRequestHandler):
        def log_message(self, *_):
            pass

    lytter = ThreadedWSGIServer(("127.0.0.1", 0), Stille)
    lytter.set_app(app)
    threading.Thread(target=lytter.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{lytter.server_port}"
    finally:
        lytter.shutdown()
        lytter.server_close()


# --- on paper, and every day ------------------------------------------------------------------------------------------


def maal_papir(status) -> None:
    """The paper of a status against bare WeasyPrint on the same HTML and CSS."""
    from django.template.loader import render_to_string

    from bench.maaling import medianer
    from bench.pdf_maaling import bar_weasyprint
    from helhedsplan.pdf import kun_kendte_tegn
    from status import oejebliksbillede, pdf

    def byg() -> str:
        billede = oejebliksbillede.hent(status)
        return kun_kendte_tegn(render_to_string("pdf/status/status.html", {"s": billede}))

    html = byg()
    tider = medianer(
        {
            "bar WeasyPrint": lambda: bar_weasyprint(html, {}),
            "status som PDF": lambda: pdf.tegn(oejebliksbillede.hent(status)),
            "heraf vores del": byg,
        },
        5,
        1,
    )
    print("\nPDF af en status, medianer af 5 runder")
    for navn, ms in tider.items():
        print(f"{navn:<26} {ms:>8.1f} {ms / tider['bar WeasyPrint']:>8.2f} x bar WeasyPrint")


def maal_daglig() -> None:
    """The day's reminders for all plans, and the second run, which has nothing to send."""
    from django.core.management import call_command

    from aftaler.models import Helhedsplan

    print(f"\nmanage.py daglig, {Helhedsplan.objects.count()} planer")
    for navn in ("første gang", "anden gang"):
        svar = StringIO()
        start = time.perf_counter()
        call_command("daglig", stdout=svar)
        print(f"{navn:<26} {(time.perf_counter() - start) * 1000:>8.0f} ms: {svar.getvalue().strip()}")
