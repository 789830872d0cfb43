"""What is told of a plan's areas: their departments, how large they are, what is done where and when; typed once and
the same on every way out."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

from aftaler.actions.efterfoelger import start_efterfoelger
from aftaler.actions.plan import vaelg_indsatsomraader
from aftaler.actions.sammenlaeg import laeg_sammen
from aftaler.blokke import blokdokument
from aftaler.choices import Afsnitsart, Dokumenttype
from aftaler.models import Afdeling, Helhedsplan, Omraade, Omraadestoerrelse, Organisation
from aftaler.planfil import Planfil, laes_filer, plan_som_data, skriv_plan
from aftaler.queries.dokument import Udgavestempel, delaftale, samarbejdsaftale
from aftaler.queries.kontrol import kontroller
from dokumenter import oejebliksbillede
from helhedsplan.blokke.model import Tabelblok, ren
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.aftaler.planfil_data import fil

pytestmark = pytest.mark.django_db
FIXTURER = Path(settings.BASE_DIR) / "fixtures"


def leder(plan):
    return f.MedlemskabFactory(plan=plan, rolle="leder").bruger


def fejl_ved(svar, felt: str) -> str:
    return " ".join(svar.context["form"].errors.get(felt, []))


# --- a department without a name --------------------------------------------------------------------------------------


@pytest.fixture
def forening(client):
    plan = f.HelhedsplanFactory()
    client.force_login(leder(plan))
    part = f.PartFactory(plan=plan)
    return plan, part.organisation


def opret_afdeling(client, plan, organisation, **felter):
    url = reverse("afdeling-opret", args=[plan.noegle, organisation.pk])
    return client.post(url, {"version": "0", "nummer": "", "navn": "", **felter})


def test_en_afdeling_kan_staa_med_sit_nummer_alene(client, forening):
    plan, organisation = forening
    assert opret_afdeling(client, plan, organisation, nummer="12").status_code == 302
    assert opret_afdeling(client, plan, organisation, nummer="14").status_code == 302

    side = client.get(reverse("indstillinger", args=[plan.noegle])).content.decode()
    assert "<li>afd. 12" in side
    assert [x for x in kontroller(plan) if x.kode == "afdeling-tvilling"] == []


def test_en_afdeling_uden_nummer_og_navn_siges_ved_navnet(client, forening):
    svar = opret_afdeling(client, *forening)
    assert svar.status_code == 422
    assert fejl_ved(svar, "navn") == "Skriv afdelingens nummer, dens navn eller begge dele."
    assert not Afdeling.objects.exists()


def test_en_afdeling_uden_navn_gaar_hele_vejen_i_planfilen(forening):
    plan, organisation = forening
    afdeling = f.AfdelingFactory(organisation=organisation, nummer="12", navn="")
    omraade = f.OmraadeFactory(plan=plan, afdelinger=[afdeling])
    f.OmraadeFactory(plan=plan, afdelinger=[afdeling])
    data = plan_som_data(plan)
    assert data["organisationer"][0]["afdelinger"] == [{"nummer": "12"}]

    besked = f"afd. 12 står i både {omraade.navn}"
    assert [x for x in kontroller(plan) if x.besked.startswith(besked)]
    foer = skriv_plan(plan)
    assert {u.hvad for u in laes_filer([fil(foer)], bruger=PROGRAMMET).udfald} == {"uændret"}


def test_en_afdeling_uden_nummer_og_navn_i_en_planfil_er_en_fejl(forening):
    plan, organisation = forening
    afdeling = f.AfdelingFactory(organisation=organisation, nummer="12", navn="")
    f.OmraadeFactory(plan=plan, afdelinger=[afdeling])
    uden = skriv_plan(plan).replace("- nummer: '12'", "- navn: ''").replace("/12]", "/]")
    beskeder = [fejl.besked for fejl in laes_filer([fil(uden)], bruger=PROGRAMMET).fejl]
    assert "Skriv afdelingens nummer, dens navn eller begge dele." in beskeder


# --- typed ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def sted(client):
    """A plan with two areas, two indsatsområder chosen, and a delaftale with an activity in the first area."""
    aftale = f.DelaftaleFactory(
        indsatsomraade__navn="Tryghed",
        plan__periode_fra=date(2025, 11, 1),
        plan__periode_til=date(2029, 10, 31),
    )
    plan = aftale.plan
    job = f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, navn="Job", nummer=aftale.indsatsomraade.nummer + 1)
    plan.indsatsomraader.add(job)
    client.force_login(leder(plan))
    forening = f.PartFactory(plan=plan, organisation__navn="Kornboligen").organisation
    nord, syd = f.OmraadeFactory(plan=plan, navn="Nord"), f.OmraadeFactory(plan=plan, navn="Syd")
    f.AktivitetFactory(delaftale=aftale, navn="Naboskab").omraader.set([nord])
    art = Afsnitsart.AKTIVITETER
    f.SkabelonafsnitFactory(regelsaet=plan.regelsaet, dokument=Dokumenttype.DELAFTALE, art=art, noegle=art.value)
    return SimpleNamespace(plan=plan, aftale=aftale, job=job, forening=forening, nord=nord, syd=syd, client=client)


def ret(sted, omraade, **felter):
    """Save the page of an area with these typed into it."""
    url = reverse("omraade-ret", args=[sted.plan.noegle, omraade.pk])
    form = sted.client.get(url).context["form"]
    data = {felt.html_name: "" if (v := felt.value()) is None else v for felt in form}
    for relation, saet in form.raekkesaet.items():
        data |= {f"{relation}-TOTAL_FORMS": 3, f"{relation}-INITIAL_FORMS": 0, f"{relation}-grundlag": saet.grundlag}
    return sted.client.post(url, data | {navn.replace("__", "-"): v for navn, v in felter.items()})


def raekkefejl(svar, relation: str) -> list[str]:
    return [tekst for tekst, _ in svar.context["form"].raekkesaet[relation].fejlliste()]


def udfyld(sted) -> None:
    """All that can be told of an area, by its page."""
    nord = f.AfdelingFactory(organisation=sted.forening, nummer="3", navn="Blok 1")
    uden_navn = f.AfdelingFactory(organisation=sted.forening, nummer="4", navn="")
    svar = ret(
        sted,
        sted.nord,
        medafdelinger__0__afdeling=nord.pk,
        medafdelinger__1__afdeling=uden_navn.pk,
        medafdelinger__1__fra="sommeren 2026",
        medafdelinger__1__til="31.12.2027",
        indsatser__0__indsatsomraade=sted.aftale.indsatsomraade.pk,
        indsatser__1__indsatsomraade=sted.job.pk,
        indsatser__1__fra="foråret 2027",
        stoerrelser__0__hvad="boliger",
        stoerrelser__0__antal="1253",
        stoerrelser__0__opgjort="1.1.2026",
        stoerrelser__0__kilde="Boligforeningen",
        stoerrelser__1__hvad="boliger",
        stoerrelser__1__antal="454",
        stoerrelser__2__hvad="beboere",
        stoerrelser__2__antal="ca.  1.550",
    )
    assert svar.status_code == 302, svar.context["form"].fejlliste()


def test_alt_om_et_omraade_skrives_paa_een_side_og_staar_som_det_er_sagt(sted):
    udfyld(sted)
    assert [(str(a.afdeling), a.tiden) for a in sted.nord.medafdelinger.all()] == [
        ("Blok 1, afd. 3", ""),
        ("afd. 4", "sommeren 2026 – 31. december 2027"),
    ]
    assert [(i.indsatsomraade.navn, i.tiden) for i in sted.nord.indsatser.all()] == [
        ("Tryghed", ""), ("Job", "fra foråret 2027"),
    ]  # fmt: skip
    assert [(s.hvad, s.antal, s.hvornaar.kort, s.kilde) for s in sted.nord.stoerrelser.all()] == [
        ("boliger", "1.253", "01.01.2026", "Boligforeningen"), ("boliger", "454", "–", ""),
        ("beboere", "ca. 1.550", "–", ""),
    ]  # fmt: skip
    senest = Haendelse.objects.om(sted.nord).last()
    assert {a["felt"] for a in senest.aendringer} == {"medafdelinger", "indsatser", "stoerrelser"}
    antal = Haendelse.objects.count()
    side = sted.client.get(reverse("indstillinger", args=[sted.plan.noegle])).content.decode()
    for ord_ in ("afd. 4 (sommeren 2026 – 31. december 2027)", "Job (fra foråret 2027)", "ca. 1.550"):
        assert ord_ in side
    assert Haendelse.objects.count() == antal


def test_det_samme_gemt_igen_aendrer_intet(sted):
    udfyld(sted)
    antal = Haendelse.objects.count()
    url = reverse("omraade-ret", args=[sted.plan.noegle, sted.nord.pk])
    form = sted.client.get(url).context["form"]
    data = {felt.html_name: "" if (v := felt.value()) is None else v for felt in form}
    for saet in form.raekkesaet.values():
        for raekke in (saet.management_form, *saet.forms):
            data |= {felt.html_name: "" if (v := felt.value()) is None else v for felt in raekke}
        data[f"{saet.prefix}-grundlag"] = saet.grundlag
    assert sted.client.post(url, data).status_code == 302
    assert Haendelse.objects.count() == antal


@pytest.mark.parametrize(
    ("relation", "felter", "besked"),
    [
        ("stoerrelser", {"0__hvad": "boliger", "0__antal": "mange"}, "»mange« kan ikke læses som et antal."),
        ("stoerrelser", {"0__hvad": "boliger", "0__antal": "454 eller 253"}, "»454 eller 253« er bagvendt"),
        ("stoerrelser", {"0__hvad": "boliger", "0__antal": "-5"}, "Skriv et helt tal fra 0 og op."),
        ("stoerrelser", {"0__hvad": "boliger", "0__antal": "12,5"}, "Skriv et helt tal fra 0 og op."),
        ("stoerrelser", {"0__hvad": "boliger", "0__antal": "99999999"}, "Der kan højst stå 9.999.999 her."),
        ("stoerrelser", {"0__antal": "5"}, "Hvad: "),
        ("stoerrelser", {"0__hvad": "boliger"}, "Antal, som oplyst: "),
        ("stoerrelser", {"0__hvad": "boliger", "0__antal": "5", "0__opgjort": "engang"}, "kan ikke læses som en dato"),
        ("indsatser", {"0__fra": "2026"}, "Indsatsområde: "),
    ],
)
def test_det_forkerte_siges_ved_sit_felt_i_sin_raekke(sted, relation, felter, besked):
    svar = ret(sted, sted.nord, **{f"{relation}__{navn}": v for navn, v in felter.items()})
    assert svar.status_code == 422
    fejl = raekkefejl(svar, relation)
    assert len(fejl) == 1
    assert besked in fejl[0]
    assert "række 1" in fejl[0]
    assert not Omraadestoerrelse.objects.exists()


@pytest.mark.parametrize(
    ("fra", "til", "besked"),
    [
        ("2.1.2027", "1.1.2027", "Det går ud, før det kommer med. Ret en af datoerne."),
        ("2028", "sommeren 2027", "Det går ud, før det kommer med. Det begynder 2028 og slutter sommeren 2027."),
    ],
)
def test_en_afdeling_der_gaar_ud_foer_den_kommer_med(sted, fra, til, besked):
    afdeling = f.AfdelingFactory(organisation=sted.forening)
    felter = {"afdeling": afdeling.pk, "fra": fra, "til": til}
    svar = ret(sted, sted.nord, **{f"medafdelinger__0__{navn}": v for navn, v in felter.items()})
    assert svar.status_code == 422
    assert [x for x in raekkefejl(svar, "medafdelinger") if besked in x and "Til" in x]
    assert not sted.nord.medafdelinger.exists()


def test_den_samme_to_gange_siges_ved_den_anden(sted):
    afdeling = f.AfdelingFactory(organisation=sted.forening)
    svar = ret(sted, sted.nord, medafdelinger__0__afdeling=afdeling.pk, medafdelinger__1__afdeling=afdeling.pk)
    assert svar.status_code == 422
    fejl = raekkefejl(svar, "medafdelinger")
    assert fejl == ["Afdelinger i området, række 2. Afdeling: Afdelingen står to gange i området."]


def test_et_indsatsomraade_der_staar_i_et_omraade_kan_ikke_vaelges_fra(sted):
    f.OmraadeindsatsFactory(omraade=sted.nord, indsatsomraade=sted.job)
    with pytest.raises(ValidationError, match=r"Job står i området Nord\. Ret området først\."):
        vaelg_indsatsomraader(
            bruger=PROGRAMMET, plan=sted.plan, valgte=[sted.aftale.indsatsomraade], version=sted.plan.version
        )


# --- the plan file ----------------------------------------------------------------------------------------------------


def test_planfilen_har_det_hele_og_kommer_byte_for_byte_tilbage(sted):
    udfyld(sted)
    data = plan_som_data(sted.plan)["omraader"][0]
    noegle = sted.forening.noegle
    assert data["afdelinger"] == [
        f"{noegle}/3",
        {"afdeling": f"{noegle}/4", "fra": "sommeren 2026", "til": "2027-12-31"},
    ]
    assert data["indsatsomraader"] == [
        sted.aftale.indsatsomraade.noegle,
        {"indsatsomraade": sted.job.noegle, "fra": "foråret 2027"},
    ]
    assert data["stoerrelser"] == [
        {"hvad": "boliger", "antal": 1253, "opgjort": "2026-01-01", "kilde": "Boligforeningen"},
        {"hvad": "boliger", "antal": 454},
        {"hvad": "beboere", "antal": "ca. 1.550"},
    ]
    foer = skriv_plan(sted.plan)
    assert {u.hvad for u in laes_filer([fil(foer)], bruger=PROGRAMMET).udfald} == {"uændret"}
    andet = foer.replace("antal: 454", "antal: 455").replace("fra: sommeren 2026", "fra: efteråret 2026")
    assert {u.hvad for u in laes_filer([fil(andet)], bruger=PROGRAMMET).udfald} == {"ændret"}
    assert skriv_plan(sted.plan) == andet


@pytest.mark.parametrize(
    ("gammelt", "nyt", "felt", "besked"),
    [
        ("antal: 454", "antal: mange", "stoerrelser[2].antal", "»mange« kan ikke læses som et antal."),
        ("hvad: beboere", "hvad: hunde", "stoerrelser[3].hvad", "Vælg mellem: boliger, beboere, afdelinger."),
        ("til: 2027-12-31", "til: 2025", "afdelinger[2].til", "Det går ud, før det kommer med."),
        ("til: 2027-12-31", "til: fire timer", "afdelinger[2].til", "kan ikke læses som en dato"),
        ("      - organisation-3/3\n", "      - organisation-3/3\n      - organisation-3/3\n", "afdelinger[2]",
         "Det samme står også i linje"),
        ("fra: foråret 2027", "fraa: foråret 2027", "indsatsomraader[2].fraa", "Mente du »fra«?"),
    ],
)  # fmt: skip
def test_det_forkerte_i_filen_siges_ved_sit_felt(sted, gammelt, nyt, felt, besked):
    Organisation.objects.filter(pk=sted.forening.pk).update(noegle="organisation-3")
    udfyld(sted)
    foer = skriv_plan(sted.plan)
    assert gammelt in foer
    fejl = laes_filer([fil(foer.replace(gammelt, nyt, 1))], bruger=PROGRAMMET).fejl
    assert [(x.felt, True) for x in fejl if besked in x.besked] == [(f"omraader[1].{felt}", True)]
    assert skriv_plan(sted.plan) == foer


def test_et_indsatsomraade_i_et_omraade_skal_vaere_valgt(sted):
    f.OmraadeindsatsFactory(omraade=sted.nord, indsatsomraade=sted.job)
    valgt = f", {sted.job.noegle}]"
    foer = skriv_plan(sted.plan)
    assert valgt in foer
    fejl = laes_filer([fil(foer.replace(valgt, "]", 1))], bruger=PROGRAMMET).fejl
    assert [x.besked for x in fejl] == [f"»{sted.job.noegle}« er ikke valgt under indsatsomraader."]


# --- the papers -------------------------------------------------------------------------------------------------------


def linjer(papir, noegle: str) -> list[str]:
    """The lines of a fact on the front page."""
    fakta = [b for b in papir.dele[0].blokke if isinstance(b, Tabelblok)]
    raekker = [r for tabel in fakta for r in tabel.raekker if r.noegle == noegle]
    return [ren(t.loeb) for r in raekker for t in r.celler[1].tekster]


def tabel(papir, slags: str) -> list[list[str]]:
    blokke = [b for del_ in papir.dele for b in del_.blokke if isinstance(b, Tabelblok) and b.slags == slags]
    return [[" / ".join(ren(t.loeb) for t in c.tekster) for c in r.celler] for b in blokke for r in b.raekker]


def test_aftalens_forside_viser_afdelinger_og_datoer(sted):
    udfyld(sted)
    papir = blokdokument(samarbejdsaftale(sted.plan))
    assert linjer(papir, "omraader") == [
        "Nord: Blok 1, afd. 3; afd. 4 (sommeren 2026 – 31. december 2027)",
        "Syd",
    ]
    assert tabel(papir, "stoerrelser") == [
        ["Område", "Boliger", "Beboere"],
        ["Nord", "1.253 / 01.01.2026, Boligforeningen / 454", "ca. 1.550"],
        ["Syd", "–", "–"],
    ]
    assert tabel(papir, "indsatser") == [
        ["Indsatsområde", "Nord", "Syd"], ["Tryghed", "Ja", "–"], ["Job", "fra foråret 2027", "–"],
    ]  # fmt: skip
    side = sted.client.get(reverse("samarbejdsaftale-vis", args=[sted.plan.noegle])).content.decode()
    for ord_ in ("sommeren 2026 – 31. december 2027", "(01.01.2026, Boligforeningen)", "fra foråret 2027"):
        assert ord_ in side


@pytest.mark.parametrize(
    ("dag", "hvor"),
    [
        (date(2025, 6, 1), {"omraader": ["Syd"], "omraader-kommer": ["Nord (2026 – 31. december 2027)"]}),
        (date(2026, 6, 1), {"omraader": ["Syd"], "omraader-uvist": ["Nord (2026 – 31. december 2027)"]}),
        (date(2027, 6, 1), {"omraader": ["Nord (2026 – 31. december 2027)", "Syd"]}),
        (date(2028, 1, 1), {"omraader": ["Syd"], "omraader-ude": ["Nord (2026 – 31. december 2027)"]}),
    ],
)
def test_en_delaftale_viser_de_omraader_den_gaelder_den_dag(sted, monkeypatch, dag, hvor):
    Omraade.objects.filter(pk=sted.nord.pk).update(starter_sagt="2026", slutter=date(2027, 12, 31))
    f.OmraadeFactory(plan=sted.plan, navn="Vest").indsatser.create(indsatsomraade=sted.job)
    monkeypatch.setattr("aftaler.queries.omraader.timezone.localdate", lambda: dag)
    papir = blokdokument(delaftale(sted.aftale))
    fundne = {n: linjer(papir, n) for n in ("omraader", "omraader-uvist", "omraader-kommer", "omraader-ude")}
    assert {n: v for n, v in fundne.items() if v} == hvor


def test_indsatsomraadets_egen_tid_i_et_omraade(sted, monkeypatch):
    f.OmraadeindsatsFactory(omraade=sted.nord, indsatsomraade=sted.aftale.indsatsomraade, fra=date(2027, 1, 1))
    monkeypatch.setattr("aftaler.queries.omraader.timezone.localdate", lambda: date(2026, 12, 31))
    assert linjer(blokdokument(delaftale(sted.aftale)), "omraader-kommer") == ["Nord (fra 1. januar 2027)"]
    monkeypatch.setattr("aftaler.queries.omraader.timezone.localdate", lambda: date(2027, 1, 1))
    assert linjer(blokdokument(delaftale(sted.aftale)), "omraader") == ["Nord (fra 1. januar 2027)", "Syd"]


def test_aktivitet_og_omraade_som_skema_paa_siden_og_i_delaftalen(sted):
    f.AktivitetFactory(delaftale=sted.aftale, navn="Uden sted")
    papir = blokdokument(delaftale(sted.aftale))
    assert tabel(papir, "aktivitetsomraader") == [
        ["Aktivitet", "Nord", "Syd"], ["Naboskab", "Ja", "Nej"], ["Uden sted", "–", "–"],
    ]  # fmt: skip
    side = sted.client.get(sted.aftale.get_absolute_url()).content.decode()
    assert '<td data-label="Nord">Ja</td><td data-label="Syd" class="sagte">Nej</td>' in side
    assert "– betyder, at det ikke er oplyst." in side


def test_et_omraade_alene_giver_intet_skema_og_siger_som_foer(sted):
    sted.syd.delete()
    dokument = delaftale(sted.aftale)
    assert (dokument.omraader, dokument.omraaderne) == (("Nord",), ())
    assert tabel(blokdokument(dokument), "aktivitetsomraader") == []
    assert samarbejdsaftale(sted.plan).omraaderne == ()


def test_en_udgave_husker_omraaderne_som_de_var(sted):
    udfyld(sted)
    papir = oejebliksbillede.udkast(sted.plan, "samarbejdsaftale")
    stempel = Udgavestempel(1, date(2026, 1, 1), datetime(2026, 1, 1, 9, tzinfo=UTC), "")
    frossen = oejebliksbillede.frossen(sted.plan, "samarbejdsaftale", "", papir, stempel)
    json = oejebliksbillede.som_json(frossen)
    sted.nord.stoerrelser.all().delete()
    assert oejebliksbillede.fra_json(json).papir.omraaderne == papir.omraaderne
    assert oejebliksbillede.som_json(oejebliksbillede.fra_json(json)) == json


def test_den_naeste_plan_faar_de_afdelinger_der_var_med_til_slut(sted):
    udfyld(sted)
    ny = start_efterfoelger(bruger=PROGRAMMET, forgaenger=sted.plan, navn="Den næste")
    nord = ny.omraader.get(navn="Nord")
    assert [(str(a.afdeling), a.har_egen_tid) for a in nord.medafdelinger.all()] == [("Blok 1, afd. 3", False)]
    assert not nord.indsatser.exists()
    assert not nord.stoerrelser.exists()


def test_to_afdelinger_laegges_sammen_med_deres_datoer(sted):
    en, anden = f.AfdelingFactory.create_batch(2, organisation=sted.forening)
    led = f.OmraadeafdelingFactory(omraade=sted.nord, afdeling=en, fra=date(2026, 1, 1))
    f.OmraadeafdelingFactory(omraade=sted.syd, afdeling=en)
    f.OmraadeafdelingFactory(omraade=sted.syd, afdeling=anden)
    laeg_sammen(bruger=PROGRAMMET, fra=en, til=anden)
    led.refresh_from_db()
    assert (led.afdeling, led.fra) == (anden, date(2026, 1, 1))
    assert list(sted.syd.afdelinger.all()) == [anden]


def test_den_opdigtede_plan_har_det_hele():
    stier = (FIXTURER / "regelsaet" / "2015-18.yaml", FIXTURER / "planer" / "alt-muligt.yaml")
    assert laes_filer([Planfil.fra(sti) for sti in stier], bruger=PROGRAMMET).fejl == []
    plan = Helhedsplan.objects.get(noegle="alt-muligt")
    aftale = blokdokument(samarbejdsaftale(plan))
    to_kilder = "253 / 2016, Ansøgningen / 454 / 2016, Kommunens områdebeskrivelse"
    assert ["Havrevænget", to_kilder, "ikke oplyst", "–"] in tabel(aftale, "stoerrelser")
    tryghed = blokdokument(delaftale(plan.delaftaler.get(indsatsomraade__noegle="tryghed-og-trivsel")))
    assert [linje[0] for linje in tabel(tryghed, "aktivitetsomraader")][1:] == [
        "Naboskab på tværs", "Beboerværter", "Trygge stier",
    ]  # fmt: skip
    assert linjer(tryghed, "omraader-ude")[0].startswith(
        "Havrevænget, også kaldet Byens Ende (beboerne), sommeren 2016 – udgangen af 2018"
    )
    assert not [x for x in kontroller(plan) if x.kode in {"led-uden-for-omraadet", "afdelinger-antal"}]
