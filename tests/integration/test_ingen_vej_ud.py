"""No way out: what a small count is cannot be found, nor computed, by anybody who does not write the plan's figures.

The plan is read twice with everything the same but what is hidden: a count of 3 or 4, the complement that would give
it away, the percent that would imply it, and the texts and the log that tell of them. Whatever a board member, a
reader or an outsider can ask for must be the same to the last byte both times: then nothing follows from it. Every
named URL is asked, from the matrix' own list, so a new page is covered the day it is made.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db.models import QuerySet
from django.urls import get_resolver, reverse
from pypdf import PdfReader

from aftaler.models import Afsnit, Aktivitet
from aftaler.queries import dokument
from aftaler.queries.historik import FOR_LAESERE, FOR_SKRIVERE, NAAR_DET_ER_UDE
from aftaler.queries.kontrol import kontroller
from dokumenter import oejebliksbillede
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import objekttype
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.actions.maaling import opret_maaling
from indikatorer.choices import Enhed
from indikatorer.models import Maaling, Omraadestatus
from indikatorer.queries.bundnetal import henvisning_til
from indikatorer.queries.opfoelgning import tallene
from moeder.models import Moedepapir
from moeder.views.svar import SESSION
from tests import factories as f
from tests.integration.test_matrix import AABNE, EGNE, PLANSIDER, SAERLIGE, adresse
from tests.udvalg import RUM
from tests.verden import verden

#: Every other role writes the plan, and sees what is hidden.
#: The rights of the pages that somebody on the board reads.
LAESES = {"læs", "læs det faglige", "se budget"}
LAESERE = ("bestyrelse", "revisor", "fagcenter", "fremmed")
#: As they stand in the plan, and as they might have stood: the sums that everybody sees are the same.
FOER = {"lille": 3, "med": 7319, "resten": 77, "procent": Decimal("3.75"), "status": "0.25"}
EFTER = {"lille": 4, "med": 7318, "resten": 76, "procent": Decimal("5.0"), "status": "0.3"}
#: The figure as a person reads it. In the middle of a hash, a key or a longer number it is not that figure.
STAAR_DER = re.compile(r"(?<!\w)(?<!\d[.,])7\.?319(?!\w)(?![.,]\d)")
AAR = 2023
#: What is written in a draft, by whatever kind of entry the log has.
HEMMELIG_HANDLING = "skrevet i kladden"


@dataclass
class Hemmeligt:
    """A plan with something to hide: `lille` and `med` are two of three areas with their sum; `resten` and `procent`
    are of 80 persons, as another figure tells."""

    v: object
    lille: Maaling
    med: Maaling
    resten: Maaling
    procent: Maaling
    status: Omraadestatus

    def maalinger(self) -> list[Maaling]:
        return [self.lille, self.med, self.resten, self.procent]

    def saet(self, tal: dict) -> None:
        """Write what is hidden wherever it stands, past the program's own ways: the log too holds what people did."""
        for navn, felt in (("lille", "antal"), ("med", "antal"), ("resten", "antal"), ("procent", "vaerdi")):
            maaling = getattr(self, navn)
            Maaling.objects.filter(pk=maaling.pk).update(**{felt: tal[navn]})
            for haendelse in Haendelse.objects.filter(objekt_type="indikatorer.maaling", objekt_id=str(maaling.pk)):
                nye = [a | {"efter": str(tal[navn])} if a["felt"] == felt else a for a in haendelse.aendringer]
                QuerySet(Haendelse).filter(pk=haendelse.pk).update(
                    aendringer=nye
                )  # past its own manager, which refuses
        Omraadestatus.objects.filter(pk=self.status.pk).update(
            vaerdier={"beboere": "1200", "ikkevestlige": tal["status"]}
        )
        self.skriv_tekster(tal)
        for haendelse in Haendelse.objects.filter(handling=HEMMELIG_HANDLING):
            nye = [{"felt": "tal", "navn": "Piger", "foer": None, "efter": str(tal["lille"])}]
            navn = f"Piger · {tal['lille']}"
            QuerySet(Haendelse).filter(pk=haendelse.pk).update(aendringer=nye, objekt_navn=navn)
        caches["sider"].clear()

    def prosa(self, tal: dict) -> str:
        return "".join(
            f'<p>Antal: <span data-tal="{henvisning_til(getattr(self, navn))}">{tal[navn]}</span></p>'
            for navn in ("lille", "med", "resten", "procent")
        )

    def skriv_tekster(self, tal: dict) -> None:
        prosa = self.prosa(tal)
        Afsnit.objects.filter(plan=self.v.plan).update(tekst=prosa)
        Aktivitet.objects.filter(delaftale__plan=self.v.plan).update(baggrund=prosa)
        for haendelse in Haendelse.objects.filter(objekt_type="aftaler.afsnit"):
            nye = [a | {"efter": prosa} if a["felt"] == "tekst" else a for a in haendelse.aendringer]
            QuerySet(Haendelse).filter(pk=haendelse.pk).update(aendringer=nye)  # past its own manager, which refuses


def maal(indikator, sted, **felter) -> Maaling:
    """A figure as people write it, with its entry in the log."""
    felter = {"vaerdi": None, "kilde": "Egen optælling", **felter}
    maaling = Maaling(indikator=indikator, sted=sted, aar=AAR, **felter)
    return opret_maaling(bruger=PROGRAMMET, maaling=maaling)


@pytest.fixture
def hemmeligt(db):
    v = verden()
    plan = v.plan
    omraader = [f.OmraadeFactory(plan=plan) for _ in range(3)]
    nord, syd, vest = (f.StedFactory(plan=plan, omraade=omraade) for omraade in omraader)
    alle = f.StedFactory(plan=plan, art="flere_omraader", omraade=None, omraader=omraader)
    fast = plan.indikatorer.get(fast__isnull=False)
    Maaling.objects.filter(indikator=fast).delete()
    egen = f.IndikatorFactory(plan=plan, noegle="egen", enhed=Enhed.ANTAL)
    lille = maal(egen, nord, antal=FOER["lille"], note="Talt op i hånden")
    med = maal(egen, vest, antal=FOER["med"])
    maal(egen, syd, antal=8040)
    maal(egen, alle, antal=FOER["lille"] + FOER["med"] + 8040)
    gruppe = {"plan": plan, "persongruppe": "18-24-årige"}
    maal(f.IndikatorFactory(noegle="grundlag", enhed=Enhed.ANTAL, **gruppe), syd, antal=40, grundlag=80)
    resten = maal(f.IndikatorFactory(noegle="resten", enhed=Enhed.ANTAL, **gruppe), syd, antal=FOER["resten"])
    type(fast).objects.filter(pk=fast.pk).update(persongruppe="18-24-årige")
    procent = maal(fast, syd, vaerdi=FOER["procent"], decimaler=2, er_baseline=True)
    f.StatuskriteriumFactory(liste__fra_aar=2014, liste__noegle="ghetto", noegle="ikkevestlige")
    f.StatuskriteriumFactory(liste__fra_aar=2014, liste__noegle="gammel", noegle="beboere", art="mindst", enhed="antal")
    status = f.OmraadestatusFactory(plan=plan, omraade=omraader[0], aar=2016)
    ud = Hemmeligt(v, lille, med, resten, procent, status)
    for afsnit in Afsnit.objects.filter(plan=plan):
        aendring = {"felt": "tekst", "navn": "tekst", "foer": "", "efter": ud.prosa(FOER)}
        f.HaendelseFactory(kaede=plan.noegle, objekt=afsnit, aendringer=[aendring])
    for art in [*FOR_SKRIVERE, *NAAR_DET_ER_UDE, "et.nyt"]:
        haendelse = f.HaendelseFactory(kaede=plan.noegle, handling=HEMMELIG_HANDLING)
        QuerySet(Haendelse).filter(pk=haendelse.pk).update(objekt_type=art, objekt_id="1")
    ud.saet(FOER)
    return ud


# --- what a reader gets ----------------------------------------------------------------------------------------------

SKIFTER = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')


def indhold(svar):
    """What a response tells: pages without the keys that are new each time, files as what stands in them."""
    data = b"".join(svar.streaming_content) if svar.streaming else svar.content
    type_ = svar.get("Content-Type", "")
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as fil:
            return {navn: fil.read(navn) for navn in fil.namelist() if not navn.startswith("docProps/")}
    if type_.startswith("application/pdf") and data != f.PDF:
        return "\n".join(side.extract_text() for side in PdfReader(io.BytesIO(data)).pages), data
    return SKIFTER.sub("", data.decode()) if type_.startswith(("text/", "application/json")) else data


def adresser(hemmeligt: Hemmeligt) -> dict[str, str]:
    """Every page of the plan that is asked for with GET, for each indicator where it is about one; and the site's."""
    v = hemmeligt.v
    ud = {reverse(navn): navn for navn in EGNE | AABNE if not _argumenter(navn)}
    ud |= {reverse("soeg") + f"?q={q}": "soeg" for q in ("3", "4", "7319", "egen", "unge")}
    for navn, (metode, _) in PLANSIDER.items():
        if metode == "GET":
            url = adresse(v, navn)
            ud[url] = navn
            if "indikator" in _argumenter(navn):
                ud |= {url.replace("/tal/maalt/", f"/tal/{i.noegle}/"): navn for i in v.plan.indikatorer.all()}
    historik = reverse("plan-historik", args=[v.plan.noegle])
    ud |= {f"{historik}?objekt={art}:1": "plan-historik" for art in [*FOR_SKRIVERE, *NAAR_DET_ER_UDE, "et.nyt"]}
    ud |= {f"{historik}?objekt=indikatorer.maaling:{m.pk}": "plan-historik" for m in hemmeligt.maalinger()}
    ud |= {reverse("svar-vis"): "svar-vis"}
    papirer = Moedepapir.objects.filter(moede__plan=v.plan)
    ud |= {reverse("svar-papir", args=[papir.pk]): "svar-papir" for papir in papirer}
    ud |= {reverse("svar-udgave", args=[udgave.pk]): "svar-udgave" for udgave in v.plan.udgaver.all()}
    ud |= {f"{historik}?side={side}": "plan-historik" for side in (1, 2)}
    return ud


def _argumenter(navn: str) -> list[str]:
    return list(next(iter(get_resolver().reverse_dict.getlist(navn)))[0][0][1])


def hent_alt(client, v, urler, roller=LAESERE) -> dict[tuple[str, str], object]:
    ud = {}
    for rolle in roller:
        client.force_login(v.brugere[rolle])
        session = client.session
        session[SESSION] = f.SvarlinkFactory(plan=v.plan, bruger=v.brugere[rolle]).pk
        session.save()
        for url in urler:
            svar = client.get(url)
            ud[rolle, url] = (svar.status_code, svar.get("Location", ""), indhold(svar))
    return ud


def forskel(foer, efter) -> list[str]:
    """The first lines that differ, for whoever has to find the way out."""
    a, b = (str(svar).replace("\\n", "\n").splitlines() for svar in (foer, efter))
    return [f"{x[:200]} | {y[:200]}" for x, y in zip(a, b, strict=False) if x != y][:3]


def uden_om_siderne(v) -> dict[str, object]:
    """What goes to everybody without a page of its own: papers' data, the evidence of a follow-up, findings."""
    maalene = v.plan.regelsaet.indsatsomraader.last().maal.all()
    return {
        "samarbejdsaftalen": dokument.samarbejdsaftale(v.plan),
        "delaftalen": dokument.delaftale(v.delaftale),
        "en udgave": oejebliksbillede.udkast(v.plan, "samarbejdsaftale", ""),
        "beviset": [tallene(v.plan, maal_, aar) for maal_ in maalene for aar in (AAR, 2025)],
        "fund": kontroller(v.plan),
    }


def test_ingen_kan_finde_eller_regne_det_skjulte_ud(client, hemmeligt):
    v = hemmeligt.v
    urler = adresser(hemmeligt)
    hemmeligt.saet(FOER)
    foer, papirer_foer = hent_alt(client, v, urler), uden_om_siderne(v)
    hemmeligt.saet(EFTER)
    efter, papirer_efter = hent_alt(client, v, urler), uden_om_siderne(v)

    assert [
        (urler[url], forskel(foer[rolle, url], efter[rolle, url]))
        for rolle, url in foer
        if foer[rolle, url] != efter[rolle, url]
    ] == []
    assert papirer_foer == papirer_efter
    kan_laeses = {urler[url] for (rolle, url), (status, *_) in foer.items() if (rolle, status) == ("bestyrelse", 200)}
    assert {
        navn for navn, (hvad, hvem) in PLANSIDER.items() if hvad == "GET" and hvem in LAESES
    } | MED_LINK <= kan_laeses
    alt = "".join(str(svar) for svar in foer.values())
    for sagt_af_den_der_spurgte in ("q=7319", 'value="7319"', "»7319«"):
        alt = alt.replace(sagt_af_den_der_spurgte, "")
    assert STAAR_DER.findall("7319 7.319") == ["7319", "7.319"]
    assert STAAR_DER.findall(alt) == []


def test_proeven_kan_falde(client, hemmeligt):
    """Those who write see the hidden figures, so the same comparison finds the ways in for them."""
    v = hemmeligt.v
    ret_sider = {
        reverse(navn, args=[v.plan.noegle, *resten])
        for navn, *resten in (("indikator-vis", "egen"), ("samarbejdsaftale-vis",), ("plan-fil",), ("indikator-json",))
    }
    hemmeligt.saet(FOER)
    foer = hent_alt(client, v, ret_sider, ["leder"])
    hemmeligt.saet(EFTER)
    efter = hent_alt(client, v, ret_sider, ["leder"])

    assert ret_sider - {url for (_, url), svar in foer.items() if svar != efter["leder", url]} == set()
    assert "7.319" in str(foer["leder", reverse("indikator-vis", args=[v.plan.noegle, "egen"])])


#: What a member reads by a link from his mail, asked above with an open link.
MED_LINK = {"svar-vis", "svar-papir"}
#: Named URLs that are not in the matrix' list of a plan's pages -> why they tell a reader nothing more.
UDEN_FOR = {
    "svar-udgave": "asked above; the very file of `udgave-pdf`, and there only where a sent agenda has it",
    "plan-opret": "an empty form",
    "kommunelogin": "leads to the kommune's own login",
    "plan-indlaes": "takes a file of one's own and shows what is in it",
    "udbakke": "whom letters went to and what they were called, for administrators only",
    "planer-uden-leder": "names of plans, for administrators only",
    "kladde-gem": "takes what one has typed oneself",
    "kladde-kasser": "drops what one has typed oneself",
    "maaling-vis": "an address that leads to the table, or for those who write to the form",
    "verificer-id": "says of an edition that it exists, and nothing of its content",
    "laeselink": "leads to the page below",
    "laesning-vis": "the frozen status, which `status-vis` shows too",
    "status-egne": "a form of one's own rows; tried in tests/integration/test_roller.py",
    "status-ret": "an old address that leads those who write to the page of today",
    "statusdelaftale-ret": "as `status-ret`",
    "statusaktivitet-ret": "as `status-ret`",
    "svarlink-bestil": "takes an address, and says the same whatever it is",
    "svarlink": "names the plan and whom the letter went to, and leads to `svar-vis`",
    "svar-stem": "takes a vote, and leads back to `svar-vis`",
    "svar-referat": "takes what a member says of minutes, and shows `svar-vis`",
    "svar-spoerg": "takes a question, and shows `svar-vis`",
    "referat-svar": "an empty form about minutes that a member was sent",
    "laesning-efterretning": "takes what a member says, and leads back to the page above",
    "kalender-feed": "dates and titles of the calendar, whose page is asked above, and no figures",
}


def test_hver_vej_er_proevet_eller_har_sin_grund():
    """A new page outside the list above must be thought of here."""
    assert SAERLIGE - set(UDEN_FOR) - MED_LINK == set()


#: Rows that are logged with what they stand below, or in no plan's chain, or not at all.
UDEN_EGET_SPOR = {
    "aftaler.dokumentkrav", "aftaler.delmaalsforslag", "aftaler.egetmaal", "aftaler.fastindikator",
    "aftaler.godkendelsesregel", "aftaler.indsatsomraade", "aftaler.koblingsraekke", "aftaler.maalovergang",
    "aftaler.meddelelse",
    "aftaler.milepael",
    "aftaler.navn", "aftaler.omraadeafdeling", "aftaler.omraadeindsats", "aftaler.omraadestoerrelse",
    "aftaler.overordnetmaal", "aftaler.behandling", "aftaler.faelles", "aftaler.sagsnummer", "aftaler.sideplan",
    "aftaler.planmilepael", "aftaler.plads", "aftaler.regelparameter", "aftaler.regelsaet", "aftaler.risiko",
    "aftaler.samarbejdspart", "aftaler.skabelonafsnit", "bestyrelse.statuspunkt", "bestyrelse.statustal",
    "budget.bidrag", "budget.revisionslinje", "budget.udgift", "dokumenter.wordskabelon", "helhedsplan.bruger",
    "helhedsplan.haendelse", "helhedsplan.kaede", "helhedsplan.kladde", "helhedsplan.udbakkebrev",
    "indikatorer.maalsti", "indikatorer.statuskriterium", "indikatorer.statusliste", "indikatorer.udgivettal",
}  # fmt: skip


def test_hver_slags_i_historikken_har_sin_laeser():
    """A new model must be thought of: who may read what the log says of it? Until then only those who write."""
    alle = {objekttype(m) for m in apps.get_models() if m._meta.app_label in RUM}
    delt = [FOR_LAESERE, set(FOR_SKRIVERE), set(NAAR_DET_ER_UDE), UDEN_EGET_SPOR]
    assert set().union(*delt) == alle
    assert sum(map(len, delt)) == len(alle), "each stands in one place"


def test_en_kladdes_tal_staar_kun_i_skriverens_historik(client, hemmeligt):
    url = reverse("plan-historik", args=[hemmeligt.v.plan.noegle]) + "?objekt=bestyrelse.statuslinje:1"
    svar = {}
    for rolle in (*LAESERE[:2], "leder"):
        client.force_login(hemmeligt.v.brugere[rolle])
        svar[rolle] = "Piger · 3" in client.get(url).content.decode()
    assert svar == {"bestyrelse": False, "revisor": False, "leder": True}
