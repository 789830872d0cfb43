"""The pictures: told in words, by hatching and not by colour, with no style in them."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from budget.diagrammer import Diagrampunkt, finansieringsbillede, forbrugsbillede, medfinansieringsbar
from budget.models import Finansieringskilde
from budget.queries.finansieringstabel import Krydstabel
from budget.rules.celler import Cellenoegle, Formaal, Vaerdi
from budget.rules.medfinansiering import medfinansiering

LBF = Finansieringskilde(pk=1, navn="Landsbyggefonden", art="lbf", lokal=False)
KOMMUNE = Finansieringskilde(pk=2, navn="Kommunen <& co>", art="kommune", lokal=True)
MIO = Decimal(1_000_000)


def kryds():
    celler = ((25 * MIO, 2 * MIO), (Decimal(0), MIO))
    return Krydstabel(
        ("kontant", "timer"), (LBF.navn, KOMMUNE.navn), celler, (27 * MIO, MIO), (25 * MIO, 3 * MIO), 28 * MIO
    )


def bar(lokal, gulv=Decimal(25)):
    celler = {
        Cellenoegle(1, "kontant", Formaal(), 1): Vaerdi(10 * MIO - lokal),
        Cellenoegle(2, "kontant", Formaal(), 1): Vaerdi(lokal),
    }
    return medfinansieringsbar(medfinansiering(celler, {1: LBF, 2: KOMMUNE}, gulv))


def farver(svg):
    return set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg)) - {"none"}


def test_the_bars_say_who_gives_what_and_how_much():
    svg = finansieringsbillede(kryds())
    assert "28 mio. kr. i alt" in svg.replace("\xa0", " ")
    assert "Kommunen &lt;&amp; co&gt;: kontant 2.000.000 kr., medarbejdertimer 1.000.000 kr." in svg.replace(
        "\xa0", " "
    )
    bredder = [float(b) for b in re.findall(r'<rect x="[\d.]+" y="36" width="([\d.]+)"', svg)]
    lille = [float(b) for b in re.findall(r'<rect x="[\d.]+" y="72" width="([\d.]+)"', svg)]
    assert len(bredder) == 1
    assert [round(b / bredder[0], 2) for b in lille] == [0.08, 0.04]


def test_pictures_hold_under_the_security_policy_and_in_greyscale():
    for svg in (finansieringsbillede(kryds()), bar(3 * MIO), forbrugsbillede([Diagrampunkt("2026K1", MIO, MIO, MIO)])):
        assert svg.count("<title") == 1
        assert "style" not in svg
        assert "opacity" not in svg
        assert farver(svg) <= {"#1a1a1a", "#595959", "#8e8e8e", "#fff"}


def test_nothing_gives_no_picture():
    tom = Krydstabel((), (), (), (), (), Decimal(0))
    assert finansieringsbillede(tom) == ""
    assert medfinansieringsbar(medfinansiering({}, {}, Decimal(25))) == ""
    assert forbrugsbillede([]) == ""


def test_the_floor_stands_where_it_is_and_a_lack_is_not_rounded_away():
    svg = bar(Decimal("2499600.00"))
    assert "M180 18v6m0 30v6" in svg
    assert "24,99" in svg
    assert "25,00" not in svg


def test_the_fill_is_seen_to_pass_the_floor():
    """25,60 % is 4,3 of the picture's points past the mark: nothing white may lie over the end of it."""
    svg = bar(Decimal(2_560_000))
    assert re.search(r'<rect x="0.5" y="24" width="183.8" height="30" fill="#595959"/>', svg)
    assert '<path d="M180 24v30" stroke="#fff"/>' in svg
    assert not re.search(r'stroke="#fff" stroke-width', svg)
    for naer in (Decimal(2_500_000), Decimal(2_530_000), Decimal(2_470_000)):
        assert "M180 24v30" not in bar(naer)


def test_a_long_name_stands_on_two_lines_and_is_not_cut():
    langt = "Boligorganisationerne i Vejleåparken i fællesskab"
    svg = finansieringsbillede(replace(kryds(), kilder=(LBF.navn, langt)))
    assert "…" not in svg
    assert [t for t in re.findall(r">([^<]+)</text>", svg) if t in langt] == [
        "Boligorganisationerne i",
        "Vejleåparken i fællesskab",
    ]


def test_burn_is_drawn_as_far_as_it_is_reported():
    svg = forbrugsbillede([Diagrampunkt("2026K1", MIO, MIO / 2), Diagrampunkt("2026K2", 2 * MIO, None)])
    assert "forbrugt 0,5 mio. kr. til og med 2026K1" in svg.replace("\xa0", " ")
    hele = re.findall(r'<path d="(M[^"]*)" fill="none" stroke="#1a1a1a" stroke-width="2"/>', svg)
    assert hele[-1].count("L") == 0


def test_a_long_financier_is_written_out_and_its_lines_stand_apart():
    lang = "Boligorganisationernes fælles pulje til boligsociale helhedsplaner i hovedstadsområdet og på Vestegnen"
    svg = finansieringsbillede(replace(kryds(), kilder=(lang, LBF.navn)))
    ord_ = [(float(y), t) for x, y, t in re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<', svg) if x == "0"]
    assert " ".join(t for _, t in ord_) == f"{lang} {LBF.navn}"
    assert all(b - a >= 16 for (a, _), (b, _) in pairwise(ord_))
    assert ord_[-1][0] < float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', svg)[1])


def test_paa_en_telefon_er_hele_soejlen_og_dens_tal_inden_for_billedet():
    """Names stand over their bars, and nothing stands further out than the picture is wide."""
    svg = finansieringsbillede(kryds(), "smalt", smalt=True)
    bredde = float(re.search(r'viewBox="0 0 ([\d.]+) ', svg)[1])
    assert bredde < 360
    felter = [(float(x), float(w)) for x, w in re.findall(r'<rect x="([\d.]+)"[^>]*? width="([\d.]+)"', svg)]
    assert felter
    assert max(x + w for x, w in felter) + 110 <= bredde
    tal = [float(x) for x, ord_ in re.findall(r'<text x="([\d.]+)"[^>]*>([^<]*)</text>', svg) if "mio" in ord_]
    assert tal
    assert max(tal) + 110 <= bredde + 8
