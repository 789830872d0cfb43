"""Every link on every page that a person can come to answers; what does not is not shown."""

from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command

from aftaler.actions.plan import opret_plan
from aftaler.models import Helhedsplan, Medlemskab, Regelsaet
from helhedsplan.rettigheder import ROLLER
from tests import factories as f
from tests.kravl import kravl
from tests.verden import i_sporet, verden

#: Weakest first: what one may open, the next may too, so that a file is drawn but once.
PERSONER = ("observatoer", "bestyrelse", "sekretariat", "leder", "administrator")
#: Who may least and most; the others are between them, and are tried where the pages are not the same once more.
YDERST = ("observatoer", "leder")


def en_ny(v) -> Helhedsplan:
    """A plan just started, on a rule set as it is delivered."""
    call_command("indlaes", settings.BASE_DIR / "fixtures" / "regelsaet" / "2019-26.yaml")
    plan = Helhedsplan(navn="Den nye", regelsaet=Regelsaet.objects.get(noegle="2019-26"))
    plan = opret_plan(bruger=v.brugere["leder"], plan=plan)
    for rolle in ROLLER:
        Medlemskab.objects.get_or_create(plan=plan, bruger=v.brugere[rolle], defaults={"rolle": rolle})
    return plan


def begynd(plan: Helhedsplan) -> None:
    """One of what a plan begins with, each with as little as may be; a second indsatsområde is but chosen."""
    f.PartFactory(plan=plan)
    f.OmraadeFactory(plan=plan)
    aftale = f.DelaftaleFactory(plan=plan, indsatsomraade=plan.regelsaet.indsatsomraader.first())
    f.AktivitetFactory(delaftale=aftale)
    plan.indsatsomraader.add(*plan.regelsaet.indsatsomraader.all()[:2])
    f.FinansieringskildeFactory(plan=plan)
    f.MoedeFactory(plan=plan)


def luk(plan: Helhedsplan) -> None:
    fortid = {"periode_fra": date(2020, 1, 1), "periode_til": date(2023, 12, 31)}
    Helhedsplan.objects.filter(pk=plan.pk).update(fase="afsluttet", **fortid)


def doede(v, plan: Helhedsplan, filer: set[str], personer: tuple[str, ...]) -> list[str]:
    """The dead links of each person, and where they stand."""
    linjer = []
    for hvem in personer:
        fundet = kravl(v.brugere[hvem], plan.get_absolute_url(), plan.get_absolute_url(), filer)
        assert len(fundet.sider) > 30, hvem
        linjer += [f"{hvem}: {url}: {hvad}" for url, hvad in fundet.doede.items()]
        linjer += [f"{hvem}: {url}: brødkrummen går uden om {menu}" for url, menu in uden_om(fundet.sider)]
    return linjer


def uden_om(sider: dict) -> list[tuple[str, str]]:
    """(page, entry of the menu) for each page whose breadcrumb does not lead by the entry that it stands under. The
    plan's own page is the first step of all."""
    fundne = []
    for url, side in sider.items():
        aktive = side.xpath("//nav[contains(@class, 'planmenu') or @aria-label]//a[@aria-current='true']/span/text()")
        led = [" ".join(li.text_content().split()) for li in side.xpath("//nav[@aria-label='Brødkrumme']//li")]
        fundne += [(url, menu) for menu in aktive[:1] if menu != "Overblik" and menu not in led]
    return fundne


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("foerst", "dernaest"), [(en_ny, begynd), (lambda v: v.plan, luk)], ids=["ny-og-halv", "fuld-og-lukket"]
)
def test_no_link_is_dead(foerst, dernaest):
    v, filer = verden(), set()
    plan = foerst(v)
    v.brugere["administrator"] = f.BrugerFactory(er_administrator=True)
    f.MedlemskabFactory(plan=plan, bruger=v.brugere["administrator"], rolle="leder")
    for en in {plan, v.plan}:
        i_sporet(en)
    linjer = doede(v, plan, filer, PERSONER)
    dernaest(plan)
    i_sporet(plan)
    linjer += doede(v, plan, filer, YDERST)
    assert not linjer, "\n".join(linjer)
