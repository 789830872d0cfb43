"""A calendar beside a date field, and a grid's box of faults that goes when they are mended."""

from playwright.sync_api import expect

from tests.verden import verden


def test_calendar_writes_the_date(transactional_db, side_som, axe_fejl):
    v = verden()
    side = side_som(v.brugere["leder"])
    side.goto(f"/planer/{v.plan.noegle}/ret/")
    felt = side.locator("input[data-dato]").first
    knap = side.get_by_role("button", name="Vælg dato: ").first
    expect(knap).to_be_visible()
    felt.fill("1.1.2027")
    kalender = side.locator(".datofelt > [type=date]").first
    # The browser's own calendar cannot be seen from the page; that it is opened, and on which day, can.
    side.evaluate("HTMLInputElement.prototype.showPicker = function () { document.title = this.value; }")
    knap.click()
    expect(side).to_have_title("2027-01-01")
    kalender.evaluate("el => { el.value = '2027-03-09'; el.dispatchEvent(new Event('change', { bubbles: true })); }")
    expect(felt).to_have_value("09.03.2027")
    expect(felt).to_be_focused()
    assert axe_fejl(side) == []
    side.emulate_media(media="print")
    assert not side.locator("button:visible").count()


def test_faults_of_a_grid_go_when_mended(transactional_db, side_som):
    v = verden()
    side = side_som(v.brugere["leder"])
    side.goto(f"/planer/{v.plan.noegle}/budget/budgetter/ansoegt/beloeb/")
    celler = side.locator(".gitter tbody input")
    for nr in (0, 1):
        celler.nth(nr).fill("mange")
    side.get_by_role("button", name="Gem").last.click()
    overskrift = side.get_by_role("heading", name="Intet er gemt. Ret dette først")
    expect(overskrift).to_be_visible()
    for nr, staar in ((0, 1), (1, 0)):
        for skrevet, fejl in (("mange", staar + 1), ("1.000", staar)):
            celler.nth(nr).fill(skrevet)
            celler.nth(nr).press("Tab")
            for sted in (".alert-error li", ".gitter-fejl", ".gitter [aria-invalid]", ".gitter [aria-describedby]"):
                expect(side.locator(sted)).to_have_count(fejl)
    expect(overskrift).to_have_count(0)
