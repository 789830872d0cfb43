"""The samarbejdsaftale as PDF against bare WeasyPrint on the same HTML and CSS."""

from decimal import Decimal

PLAN = "vejleaaparken-2021-2025"
RUNDER = 5
MAAL = 10


def maal() -> dict[str, float]:
    """Needs the database that `bench.__main__` has made. Prints and returns the medians in milliseconds.

    Our share is everything that is not WeasyPrint: queries, HTML, pictures, unknown characters. The whole paper may
    still be quicker than bare WeasyPrint, since the gateway turns garbage collection off.
    """
    from aftaler import pdf
    from aftaler.models import Helhedsplan
    from aftaler.queries import dokument
    from bench.maaling import medianer
    from helhedsplan.formats import tal
    from helhedsplan.pdf import kun_kendte_tegn

    plan = Helhedsplan.objects.select_related("regelsaet").get(noegle=PLAN)

    def byg() -> tuple[str, dict[str, bytes]]:
        billeder: dict[str, bytes] = {}
        return kun_kendte_tegn(pdf.papir_html(dokument.samarbejdsaftale(plan), billeder)), billeder

    html, billeder = byg()
    tider = medianer(
        {
            "bar WeasyPrint": lambda: bar_weasyprint(html, billeder),
            "samarbejdsaftale": lambda: pdf.samarbejdsaftale(plan),
            "heraf vores del": byg,
        },
        RUNDER,
        1,
    )
    bar = tider["bar WeasyPrint"]
    print(f"\nPDF af samarbejdsaftalen, medianer af {RUNDER} runder")
    for navn, ms in tider.items():
        print(f"{navn:<22} {ms:>8.1f} {ms / bar:>8.2f} x bar WeasyPrint")
    andel = tider["heraf vores del"] / bar
    print(f"Vores del er {tal(Decimal(andel * 100), 1)} % (mål: højst {MAAL} %)")
    return tider


def bar_weasyprint(html: str, billeder: dict[str, bytes]) -> bytes:
    from weasyprint import HTML

    from helhedsplan.pdf import henter

    return HTML(string=html, url_fetcher=henter(billeder)).write_pdf(pdf_variant="pdf/a-3a", presentational_hints=True)
