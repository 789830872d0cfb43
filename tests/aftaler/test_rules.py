"""Every rule: silent on a plan that is as it should be; else one finding with the figures and the way to mend it."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.urls import resolve, reverse

from aftaler import rules
from aftaler.choices import Dokumenttype, Organisationsart
from aftaler.models import Omraadeafdeling
from aftaler.queries.kontrol import aftalefund, grundlag
from aftaler.rules import REGLER, slut_efter_aar
from helhedsplan.choices import Alvor
from helhedsplan.formats import lang_dato
from tests import factories as f

pytestmark = pytest.mark.django_db
START = "/planer/parken/"


def hel_plan(**felter):
    """A plan that no rule has anything to say of."""
    plan = f.HelhedsplanFactory(
        **{"noegle": "parken", "navn": "Parken", "regelsaet__regulativ": date(2019, 12, 11)} | felter
    )
    for dokument in Dokumenttype:
        f.SkabelonafsnitFactory(
            regelsaet=plan.regelsaet, dokument=dokument, noegle=f"tekst-{dokument}", titel="Baggrund"
        )
    aftale = f.DelaftaleFactory(plan=plan, indsatsomraade__noegle="job", indsatsomraade__navn="Beskæftigelse")
    f.AktivitetFactory(
        delaftale=aftale,
        noegle="fritidsjob",
        navn="Fritidsjob",
        delmaal=[f.DelmaalFactory(delaftale=aftale, noegle="unge", tekst="Flere unge i job")],
    )
    f.PartFactory(plan=plan, organisation__art=Organisationsart.KOMMUNE, organisation__navn="Kommunen")
    f.PartFactory(plan=plan, organisation__navn="Boligforeningen", administrerer=True)
    f.OmraadeFactory(plan=plan, navn="Nord")
    for skabelon in plan.regelsaet.skabelonafsnit.all():
        i_delaftale = aftale if skabelon.dokument == Dokumenttype.DELAFTALE else None
        f.AfsnitFactory(plan=plan, delaftale=i_delaftale, skabelon=skabelon)
    return plan


def fund(plan):
    return [(en.kode, en.alvor, en.besked, en.henvisning) for en in aftalefund(plan)]


def test_en_hel_plan_giver_ingen_fund():
    assert fund(hel_plan()) == []


# --- the period -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fra", "til", "ventet", "felt"),
    [
        (None, None, "Planen har ingen startdato og slutdato endnu.", "periode_fra"),
        (date(2025, 11, 1), None, "Planen har ingen slutdato endnu.", "periode_til"),
        (None, date(2029, 10, 31), "Planen har ingen startdato endnu.", "periode_fra"),
    ],
)
def test_periode_mangler(fra, til, ventet, felt):
    plan = hel_plan(periode_fra=fra, periode_til=til)
    assert fund(plan) == [("periode-mangler", Alvor.ADVARSEL, ventet, f"{START}ret/#id_{felt}")]


@pytest.mark.parametrize(
    ("fra", "aar", "ventet"),
    [
        (date(2021, 11, 1), 4, date(2025, 10, 31)),
        (date(2025, 1, 1), 4, date(2028, 12, 31)),
        (date(2024, 3, 1), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), 4, date(2028, 2, 28)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
        (date(2025, 3, 1), 3, date(2028, 2, 29)),
    ],
)
def test_slut_efter_aar(fra, aar, ventet):
    assert slut_efter_aar(fra, aar) == ventet


@pytest.mark.parametrize(
    ("fra", "til", "ventet_slut", "slut", "forskel"),
    [
        (date(2025, 11, 1), date(2029, 10, 31), "", "", ""),
        (date(2024, 2, 29), date(2028, 2, 28), "", "", ""),
        (date(2024, 3, 1), date(2028, 2, 29), "", "", ""),
        (
            date(2025, 11, 1),
            date(2029, 10, 30),
            "31. oktober 2029",
            "30. oktober 2029",
            "1 dag før",
        ),
        (
            date(2025, 11, 1),
            date(2029, 11, 1),
            "31. oktober 2029",
            "1. november 2029",
            "1 dag efter",
        ),
        (
            date(2024, 2, 29),
            date(2028, 2, 29),
            "28. februar 2028",
            "29. februar 2028",
            "1 dag efter",
        ),
        (
            date(2025, 1, 1),
            date(2025, 12, 31),
            "31. december 2028",
            "31. december 2025",
            "1.096 dage før",
        ),
    ],
)
def test_periode_ikke_fire_aar(fra, til, ventet_slut, slut, forskel):
    plan = hel_plan(periode_fra=fra, periode_til=til)
    ventet = (
        f"Perioden er ikke fire år: fra {lang_dato(fra)} slutter fire år den {ventet_slut}, "
        f"men planen slutter den {slut}, {forskel}."
    )
    fire_aar = [("periode-ikke-fire-aar", Alvor.ADVARSEL, ventet, f"{START}ret/#id_periode_til")]
    assert fund(plan) == (fire_aar if slut else [])
    assert [en.verificeret for en in aftalefund(plan)] == ([False] if slut else [])


# --- neighbours -----------------------------------------------------------------------------------------------------


def nabo(navn, fra, til, **felter):
    return f.HelhedsplanFactory(navn=navn, periode_fra=fra, periode_til=til, **felter)


@pytest.mark.parametrize(
    ("slut", "ventet"),
    [
        (date(2025, 10, 31), None),
        (
            date(2025, 10, 30),
            (
                "periode-hul",
                "Den 31. oktober 2025 er ikke dækket af nogen plan. "
                "Gammel slutter den 30. oktober 2025, og Parken begynder den 1. november 2025.",
            ),
        ),
        (
            date(2025, 10, 29),
            (
                "periode-hul",
                "30. oktober 2025 – 31. oktober 2025 (2 dage) er ikke dækket af nogen plan. "
                "Gammel slutter den 29. oktober 2025, og Parken begynder den 1. november 2025.",
            ),
        ),
        (
            date(2021, 10, 31),
            (
                "periode-hul",
                "1. november 2021 – 31. oktober 2025 (1.461 dage) er ikke dækket af nogen plan. "
                "Gammel slutter den 31. oktober 2021, og Parken begynder den 1. november 2025.",
            ),
        ),
        (
            date(2025, 11, 1),
            (
                "periode-overlap",
                "De to planer overlapper med 1 dag. "
                "Gammel slutter den 1. november 2025, og Parken begynder den 1. november 2025.",
            ),
        ),
        (
            date(2025, 12, 31),
            (
                "periode-overlap",
                "De to planer overlapper med 61 dage. "
                "Gammel slutter den 31. december 2025, og Parken begynder den 1. november 2025.",
            ),
        ),
    ],
)
def test_dagene_mellem_planen_og_dens_forgaenger(slut, ventet):
    plan = hel_plan(
        forgaenger=nabo("Gammel", date(2021, 11, 1), slut) if slut.year > 2021 else nabo("Gammel", None, slut)
    )
    kode, besked = ventet or ("", "")
    assert fund(plan) == ([(kode, Alvor.ADVARSEL, besked, f"{START}ret/#id_periode_fra")] if ventet else [])


def test_dagene_mellem_planen_og_begge_efterfoelgere():
    plan = hel_plan()
    nabo("Ny A", date(2029, 11, 2), date(2033, 11, 1), forgaenger=plan)
    nabo("Ny B", date(2029, 10, 1), None, forgaenger=plan)
    nabo("Ny C", None, None, forgaenger=plan)
    nabo("Ny D", date(2029, 11, 1), date(2033, 10, 31), forgaenger=plan)
    assert sorted(fund(plan)) == [
        (
            "periode-hul",
            Alvor.ADVARSEL,
            "Den 1. november 2029 er ikke dækket af nogen plan. "
            "Parken slutter den 31. oktober 2029, og Ny A begynder den 2. november 2029.",
            f"{START}ret/#id_periode_til",
        ),
        (
            "periode-overlap",
            Alvor.ADVARSEL,
            "De to planer overlapper med 31 dage. "
            "Parken slutter den 31. oktober 2029, og Ny B begynder den 1. oktober 2029.",
            f"{START}ret/#id_periode_til",
        ),
    ]


def test_et_hul_ses_fra_begge_sider_samtidig():
    foer = nabo("Gammel", date(2021, 10, 31), date(2025, 10, 30))
    plan = hel_plan(forgaenger=foer)
    nabo("Ny", date(2029, 11, 2), date(2033, 11, 1), forgaenger=plan)
    assert [(kode, url) for kode, _, _, url in fund(plan)] == [
        ("periode-hul", f"{START}ret/#id_periode_fra"),
        ("periode-hul", f"{START}ret/#id_periode_til"),
    ]


def test_et_overlap_maales_paa_de_dage_begge_daekker():
    plan = hel_plan()
    nabo("Kort", date(2027, 1, 1), date(2027, 1, 10), forgaenger=plan)
    assert [(kode, besked.split(". ")[0]) for kode, _, besked, _ in fund(plan)] == [
        ("periode-overlap", "De to planer overlapper med 10 dage")
    ]


def test_en_efterfoelger_der_ligger_foer():
    plan = hel_plan()
    nabo("Bagvendt", date(2017, 1, 1), date(2020, 12, 31), forgaenger=plan)
    assert fund(plan) == [
        (
            "periode-bagvendt",
            Alvor.ADVARSEL,
            "Bagvendt skulle følge efter Parken, men ligger før den. "
            "Parken slutter den 31. oktober 2029, og Bagvendt begynder den 1. januar 2017.",
            f"{START}ret/#id_periode_til",
        )
    ]


def test_nabo_uden_datoer_siger_intet():
    assert fund(hel_plan(forgaenger=nabo("Gammel", None, None))) == []


def test_yderste_aar_kan_regnes_paa():
    plan = hel_plan(periode_fra=date(2199, 1, 1), periode_til=date(2199, 12, 31))
    assert [kode for kode, *_ in fund(plan)] == ["periode-ikke-fire-aar"]


# --- the name -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("navn", "aar"),
    [
        ("Parken", None),
        ("Parken 2025-2029", None),
        ("Parken 2025–2029", None),
        ("Parken 2025-29", None),
        ("Parken 2025/29", None),
        ("Parken 2025 - 2029", None),
        ("Parken 2025 til 2029", None),
        ("Parken 2025", None),
        ("Sag 120252029", None),
        ("Parken 2021-2025", "2021-2025"),
        ("Parken 2021–2025", "2021-2025"),
        ("Parken 2021‑2025", "2021-2025"),
        ("Parken 2021-25", "2021-2025"),
        ("Parken 2021–25", "2021-2025"),
        ("Parken 2025/28", "2025-2028"),
        ("Parken (2024-2029)", "2024-2029"),
    ],
)
def test_titel_periode(navn, aar):
    plan = hel_plan(navn=navn)
    besked = f"Navnet siger {aar}, men perioden er 1. november 2025 – 31. oktober 2029. Ret navnet eller perioden."
    assert fund(plan) == ([("titel-periode", Alvor.ADVARSEL, besked, f"{START}ret/#id_navn")] if aar else [])


def test_titel_uden_periode_at_holde_den_op_imod():
    assert [kode for kode, *_ in fund(hel_plan(navn="Parken 2021-2025", periode_til=None))] == ["periode-mangler"]


# --- parties and areas ----------------------------------------------------------------------------------------------


def test_part_mangler():
    plan = hel_plan()
    plan.parter.all().delete()
    assert fund(plan) == [
        ("part-mangler", Alvor.FEJL, "Aftalen har ingen kommune som part.", f"{START}indstillinger/parter/ny/"),
        (
            "part-mangler",
            Alvor.FEJL,
            "Aftalen har ingen boligorganisation som part.",
            f"{START}indstillinger/parter/ny/",
        ),
    ]


@pytest.mark.parametrize(("tilbage", "mangler"), [("Kommunen", "boligorganisation"), ("Boligforeningen", "kommune")])
def test_den_part_der_mangler_navngives(tilbage, mangler):
    plan = hel_plan()
    plan.parter.exclude(organisation__navn=tilbage).delete()
    plan.parter.update(administrerer=True)
    assert [besked for _, _, besked, _ in fund(plan)] == [f"Aftalen har ingen {mangler} som part."]


def test_en_anden_part_er_ikke_nok():
    plan = hel_plan()
    for part in plan.parter.all():
        part.organisation.art = Organisationsart.ANDEN
        part.organisation.save()
    assert [kode for kode, *_ in fund(plan)] == ["part-mangler", "part-mangler"]


def test_ingen_administrerer():
    plan = hel_plan()
    plan.parter.update(administrerer=False)
    besked = "Ingen af parterne står som den, der administrerer helhedsplanen."
    assert fund(plan) == [("part-administrerer", Alvor.NOTE, besked, f"{START}indstillinger/#parter")]


@pytest.mark.parametrize(
    ("felter", "ventet"),
    [
        ({"starter": date(2025, 11, 1), "slutter": date(2029, 10, 31)}, []),
        ({"starter": date(2025, 10, 31)}, [("31. oktober 2025", "starter")]),
        ({"slutter": date(2029, 11, 1)}, [("1. november 2029", "slutter")]),
        (
            {"starter": date(2020, 1, 1), "slutter": date(2030, 1, 1)},
            [("1. januar 2020", "starter"), ("1. januar 2030", "slutter")],
        ),
    ],
)
@pytest.mark.parametrize("art", ["omraade", "part"])
def test_datoer_uden_for_perioden(art, felter, ventet):
    plan = hel_plan()
    if art == "omraade":
        emne, navn, sti = plan.omraader.get(), "Nord", "omraader"
    else:
        emne, navn, sti = plan.parter.first(), "Kommunen", "parter"
        felter = {f"gaelder_{'fra' if felt == 'starter' else 'til'}": dag for felt, dag in felter.items()}
        ventet = [(dag, f"gaelder_{'fra' if felt == 'starter' else 'til'}") for dag, felt in ventet]
    type(emne).objects.filter(pk=emne.pk).update(**felter)
    assert fund(plan) == [
        (
            f"{art}-uden-for-perioden",
            Alvor.ADVARSEL,
            f"{navn}: {dag} ligger uden for planens periode, 1. november 2025 – 31. oktober 2029.",
            f"{START}indstillinger/{sti}/{emne.pk}/ret/#id_{felt}",
        )
        for dag, felt in ventet
    ]


def test_datoer_i_en_plan_med_aaben_periode():
    plan = hel_plan(periode_til=None)
    plan.omraader.update(starter=date(2020, 1, 1), slutter=date(2050, 1, 1))
    assert [(kode, besked) for kode, _, besked, _ in fund(plan)][1:] == [
        (
            "omraade-uden-for-perioden",
            "Nord: 1. januar 2020 ligger uden for planens periode, fra 1. november 2025.",
        )
    ]


# --- the delaftaler -------------------------------------------------------------------------------------------------


def test_ingen_indsatsomraader():
    plan = hel_plan()
    plan.afsnit.filter(delaftale__isnull=False).delete()
    for aktivitet in plan.delaftaler.get().aktiviteter.all():
        aktivitet.delete()
    plan.delaftaler.get().delmaal.all().delete()
    plan.delaftaler.all().delete()
    plan.indsatsomraader.clear()
    assert fund(plan) == [
        (
            "indsatsomraade-ingen",
            Alvor.FEJL,
            "Planen har ikke valgt nogen indsatsområder.",
            f"{START}indsatsomraader/",
        )
    ]


def test_indsatsomraade_uden_delaftale():
    plan = hel_plan()
    for navn in ("Uddannelse", "Medborgerskab"):
        plan.indsatsomraader.add(f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, navn=navn, noegle=navn.lower()))
    assert fund(plan) == [
        (
            "indsatsomraade-uden-delaftale",
            Alvor.FEJL,
            f"Indsatsområdet {navn} har ingen delaftale.",
            f"{START}delaftaler/#{navn.lower()}",
        )
        for navn in ("Uddannelse", "Medborgerskab")
    ]


def test_delaftale_uden_delmaal():
    plan = hel_plan()
    aftale = plan.delaftaler.get()
    aftale.aktiviteter.get().delmaal.clear()
    aftale.delmaal.all().delete()
    assert fund(plan) == [
        (
            "delaftale-uden-delmaal",
            Alvor.FEJL,
            "Delaftale om Beskæftigelse har ingen delmål.",
            f"{START}delaftaler/job/delmaal/nyt/",
        ),
        (
            "aktivitet-uden-delmaal",
            Alvor.NOTE,
            "Beskæftigelse: aktiviteten »Fritidsjob« bidrager ikke til noget delmål.",
            f"{START}delaftaler/job/delmaal/nyt/",
        ),
    ]


def test_delmaal_uden_aktivitet():
    plan = hel_plan()
    f.DelmaalFactory(delaftale=plan.delaftaler.get(), noegle="aeldre", tekst="Ældre er med")
    assert fund(plan) == [
        (
            "delmaal-uden-aktivitet",
            Alvor.ADVARSEL,
            "Beskæftigelse: delmålet »Ældre er med« har ingen aktivitet.",
            f"{START}delaftaler/job/delmaal/aeldre/ret/#id_aktiviteter",
        )
    ]


@pytest.mark.parametrize(("felt", "ord_"), [("ansvarlig", "ansvarlig"), ("maalgruppe", "målgruppe")])
def test_aktivitet_uden_ansvarlig_eller_maalgruppe(felt, ord_):
    plan = hel_plan()
    plan.delaftaler.get().aktiviteter.update(**{felt: ""})
    assert fund(plan) == [
        (
            f"aktivitet-uden-{felt}",
            Alvor.ADVARSEL,
            f"Beskæftigelse: aktiviteten »Fritidsjob« har ingen {ord_}.",
            f"{START}delaftaler/job/aktiviteter/fritidsjob/ret/#id_{felt}",
        )
    ]


@pytest.mark.parametrize("slet", [True, False])
def test_afsnit_tomt(slet):
    """Never opened, or opened and left empty: the same to the reader."""
    plan = hel_plan()
    plan.afsnit.all().delete() if slet else plan.afsnit.update(tekst="")
    assert fund(plan) == [
        (
            "afsnit-tomt",
            Alvor.NOTE,
            "Samarbejdsaftalen: afsnittet »Baggrund« er ikke skrevet endnu.",
            f"{START}samarbejdsaftale/afsnit/tekst-samarbejdsaftale/ret/#id_tekst",
        ),
        (
            "afsnit-tomt",
            Alvor.NOTE,
            "Delaftale om Beskæftigelse: afsnittet »Baggrund« er ikke skrevet endnu.",
            f"{START}delaftaler/job/afsnit/tekst-delaftale/ret/#id_tekst",
        ),
    ]


# --- what does not fit together ---------------------------------------------------------------------------------------


def test_delaftale_uden_aktiviteter_er_en_fejl():
    plan = hel_plan(regelsaet__regulativ=None)
    plan.delaftaler.get().aktiviteter.all().delete()
    assert [x for x in fund(plan) if x[0] == "delaftale-uden-aktiviteter"] == [
        (
            "delaftale-uden-aktiviteter",
            Alvor.FEJL,
            "Delaftale om Beskæftigelse har ingen aktiviteter.",
            f"{START}delaftaler/job/aktiviteter/ny/",
        )
    ]


@pytest.mark.parametrize(
    ("dag", "uden_for"),
    [(date(2029, 10, 31), False), (date(2029, 11, 1), True), (date(2025, 11, 1), False), (date(2025, 10, 31), True)],
)
def test_milepael_uden_for_perioden(dag, uden_for):
    plan = hel_plan()
    f.MilepaelFactory(aktivitet=plan.delaftaler.get().aktiviteter.get(), navn="Klubben åbner", dato=dag)
    f.PlanmilepaelFactory(plan=plan, navn="Afslutning", dato=dag)
    besked = f"Milepælen »{{}}« den {lang_dato(dag)} ligger uden for planens periode, {plan.periode}."
    ventet = [besked.format("Klubben åbner"), besked.format("Afslutning")] if uden_for else []
    assert [x[2] for x in fund(plan) if x[0] == "milepael-uden-for-perioden"] == ventet


@pytest.mark.parametrize(
    ("ud", "i_dag", "er_ude"),
    [
        (date(2027, 1, 31), date(2027, 2, 1), True),
        (date(2027, 1, 31), date(2027, 1, 31), False),
        (date(2029, 10, 31), date(2030, 1, 1), False),
        (None, date(2027, 2, 1), False),
    ],
)
def test_aktivitet_i_et_omraade_der_er_ude(ud, i_dag, er_ude):
    plan = hel_plan()
    plan.omraader.update(slutter=ud)
    plan.delaftaler.get().aktiviteter.get().omraader.set(plan.omraader.all())
    fundet = [(x.kode, x.besked) for x in rules.alle_fund(replace(grundlag(plan), i_dag=i_dag))]
    besked = "Aktiviteten »Fritidsjob« foregår i Nord, som gik ud af planen den 31. januar 2027."
    assert fundet == ([("aktivitet-i-omraade-der-er-ude", besked)] if er_ude else [])


def test_aktivitet_i_et_omraade_uden_dens_indsatsomraade():
    plan = hel_plan()
    nord = plan.omraader.get(navn="Nord")
    plan.delaftaler.get().aktiviteter.get().omraader.set([nord])
    andet = f.IndsatsomraadeFactory(regelsaet=plan.regelsaet, navn="Skole", nummer=99)
    f.OmraadeindsatsFactory(omraade=nord, indsatsomraade=andet)
    besked = "Aktiviteten »Fritidsjob« foregår i Nord, som ikke har indsatsområdet Beskæftigelse."
    assert [x[:3] for x in fund(plan)] == [("aktivitet-i-omraade-uden-indsatsomraadet", Alvor.ADVARSEL, besked)]
    f.OmraadeindsatsFactory(omraade=nord, indsatsomraade=plan.delaftaler.get().indsatsomraade)
    assert fund(plan) == []


@pytest.mark.parametrize(
    ("tid", "uden_for"),
    [
        ({"fra": date(2025, 10, 31)}, "planen"),
        ({"fra_sagt": "sommeren 2025"}, "planen"),
        ({"fra_sagt": "2025"}, ""),
        ({"fra_sagt": "formentlig 2024"}, ""),
        ({"til": date(2028, 1, 1)}, "området"),
        ({"til_sagt": "udgangen af 2027"}, ""),
        ({}, ""),
    ],
)
def test_led_uden_for_omraadet(tid, uden_for):
    plan = hel_plan()
    plan.omraader.update(slutter=date(2027, 12, 31))
    afdeling = f.AfdelingFactory(navn="Blok 1", nummer="")
    led = f.OmraadeafdelingFactory(omraade=plan.omraader.get(navn="Nord"), afdeling=afdeling, **tid)
    t = led.med_fra if led.med_til.er_mangler else led.med_til
    ventet = [f"Nord, Blok 1: {t} ligger uden for den tid, {uden_for} er med."] if uden_for else []
    assert [x[2] for x in fund(plan) if x[0] == "led-uden-for-omraadet"] == ventet


@pytest.mark.parametrize(
    ("talt", "kan_ikke_vaere"),
    [
        (["2"], False), (["3"], False), (["4"], True), (["1"], True), (["4", "3"], False), (["ca. 9"], False),
        (["mindst 5"], True), (["1 eller 4"], False), (["ikke oplyst"], False), ([], False),
    ],
)  # fmt: skip
def test_antallet_af_afdelinger(talt, kan_ikke_vaere):
    """Two are there all the time, and one came along."""
    plan = hel_plan()
    nord = plan.omraader.get(navn="Nord")
    f.OmraadeafdelingFactory.create_batch(2, omraade=nord)
    f.OmraadeafdelingFactory(omraade=nord, fra_sagt="2027")
    for antal_ in talt:
        f.OmraadestoerrelseFactory(omraade=nord, hvad="afdelinger", antal=antal_)
    besked = "Nord: antallet af afdelinger er oplyst som {}, men der står 3 afdelinger i området."
    ventet = [("afdelinger-antal", Alvor.NOTE, besked.format(talt[0]))] if kan_ikke_vaere else []
    assert [x[:3] for x in fund(plan)] == ventet


@pytest.mark.parametrize(("efter_hinanden", "ventet"), [(False, ["Blok 1 står i både Nord og Syd."]), (True, [])])
def test_afdeling_i_flere_omraader(efter_hinanden, ventet):
    plan = hel_plan()
    afdeling = f.AfdelingFactory(navn="Blok 1")
    syd = f.OmraadeFactory(plan=plan, navn="Syd", orden=9, starter=date(2027, 1, 1) if efter_hinanden else None)
    plan.omraader.filter(navn="Nord").update(orden=1, slutter=date(2026, 12, 31) if efter_hinanden else None)
    for omraade in (plan.omraader.get(navn="Nord"), syd):
        omraade.afdelinger.add(afdeling)
    assert [x[2] for x in fund(plan)] == ventet


@pytest.mark.parametrize(
    ("tekst", "datoer"),
    [
        ("<p>efter regulativ af 19. marts 2015</p>", [date(2015, 3, 19)]),
        ("<p>Regulativet fra den 19.&nbsp;marts 2015 og regulativ af 19.3.2015.</p>", [date(2015, 3, 19)]),
        ("<p>regulativ af 11. december 2019</p>", []),
        ("<p>regulativ af 31. februar 2015, og et møde den 19. marts 2015</p>", []),
    ],
)
def test_kommissorium_med_et_andet_regulativ(tekst, datoer):
    plan = hel_plan()
    plan.afsnit.filter(skabelon__dokument=Dokumenttype.KOMMISSORIUM).update(tekst=tekst)
    assert [x[:3] for x in fund(plan)] == [
        (
            "andet-regulativ",
            Alvor.ADVARSEL,
            f"Kommissorium for bestyrelsen, »Baggrund« nævner regulativet af {lang_dato(dag)}, "
            "men planen er under regulativet af 11. december 2019.",
        )
        for dag in datoer
    ]


@pytest.mark.parametrize(
    ("tekst", "aar"),
    [
        ("<p>Se 2015-regulativet.</p>", [2015]),
        ("<p>Efter regulativet fra 2015 og 2011-regulativets krav</p>", [2011, 2015]),
        ("<p>Efter regulativet fra 2019 og 2019-regulativet</p>", []),
        ("<p>Regulativet gælder fra 2015</p>", []),
    ],
)
def test_et_andet_regulativ_der_naevnes_ved_sit_aar(tekst, aar):
    plan = hel_plan()
    plan.afsnit.filter(skabelon__dokument=Dokumenttype.KOMMISSORIUM).update(tekst=tekst)
    assert sorted(x[2] for x in fund(plan)) == [
        f"Kommissorium for bestyrelsen, »Baggrund« nævner regulativet fra {et}, "
        "men planen er under regulativet af 11. december 2019."
        for et in aar
    ]


# --- all rules ------------------------------------------------------------------------------------------------------


@pytest.fixture
def fejlfuld_plan():
    """Every code at once."""
    plan = hel_plan(
        navn="Parken 2020-2024",
        periode_til=date(2029, 10, 30),
        forgaenger=nabo("Gammel", date(2021, 1, 1), date(2025, 10, 30)),
    )
    nabo("Ny", date(2029, 10, 1), None, forgaenger=plan)
    nabo("Bagvendt", date(2017, 1, 1), date(2020, 12, 31), forgaenger=plan)
    aftale = plan.delaftaler.get()
    plan.parter.filter(administrerer=True).delete()
    plan.parter.update(gaelder_fra=date(2020, 1, 1))
    plan.omraader.update(starter=date(2020, 1, 1))
    plan.afsnit.update(tekst="")
    f.DelmaalFactory(delaftale=aftale, kilde="lbf")
    forslag = f.DelmaalsforslagFactory(indsatsomraade=aftale.indsatsomraade)
    f.DelmaalFactory.create_batch(2, delaftale=aftale, forslag=forslag)
    f.AktivitetFactory(delaftale=aftale, ansvarlig="", maalgruppe="")
    plan.indsatsomraader.add(f.IndsatsomraadeFactory(regelsaet=plan.regelsaet))
    f.DelaftaleFactory(plan=plan)
    aktivitet = aftale.aktiviteter.first()
    f.MilepaelFactory(aktivitet=aktivitet, dato=date(2031, 1, 1))
    syd = f.OmraadeFactory(plan=plan, navn="Syd", slutter=date(2026, 1, 1))
    aktivitet.omraader.add(syd)
    afdeling = f.AfdelingFactory()
    for omraade in plan.omraader.all():
        omraade.afdelinger.add(afdeling)
    omraade = plan.omraader.last()
    Omraadeafdeling.objects.filter(omraade=omraade).update(fra_sagt="1999")
    f.OmraadestoerrelseFactory(omraade=omraade, hvad="afdelinger", antal="9")
    f.OmraadeindsatsFactory(omraade=omraade, indsatsomraade=f.IndsatsomraadeFactory(regelsaet=plan.regelsaet))
    f.AktivitetFactory(delaftale=plan.delaftaler.first()).omraader.add(omraade)
    plan.afsnit.filter(skabelon__dokument=Dokumenttype.KOMMISSORIUM).update(tekst="regulativ af 19.3.2015")
    f.RisikoFactory(plan=plan)
    f.SideplanFactory(plan=plan, kilde="")
    maal = f.OverordnetMaalFactory(indsatsomraade=aftale.indsatsomraade)
    f.EgetMaalFactory(plan=plan, tekst=maal.tekst)
    f.OmtaltpapirFactory(plan=plan, titel=f.BilagFactory(plan=plan).titel)
    f.BehandlingFactory(plan=plan, dato=date(2199, 2, 1), udfald="godkendt", ja=1, nej=2, orden=1)
    f.BehandlingFactory(plan=plan, dato=date(2019, 1, 1), afdeling="Blok 7", orden=2)
    f.FaellesFactory(plan=plan, navn="Brevet", andre="")
    f.FaellesFactory(navn="brevet").planer.add(plan)
    f.GruppeFactory.create_batch(2, plan=plan, navn="Følgegruppen")
    f.PlanmilepaelFactory(plan=plan, dato=date(2029, 1, 1), status="naaet")
    omraade.afdelinger.add(f.AfdelingFactory(organisation__art="ukendt"))
    plan.fase = "i_gang"
    plan.save(update_fields=["fase"])
    f.LagFactory(plan=plan, navn="Tillæg bagefter", slags="tillaeg", til=None, gaelder_fra=date(2099, 1, 1))
    return plan


def test_alle_koder_er_proevet(fejlfuld_plan):
    """The codes in the source are those of the faulty plan, and the five that cannot stand beside the others."""
    with open(rules.__file__, encoding="utf-8") as kilde:
        tekst = kilde.read()
    koder = set(re.findall(r'\bFund\(\s*f?"([a-z{}-]+)"', tekst))
    koder = {k.replace("{art}", art) for k in koder for art in ("omraade", "part")}
    koder = {k.replace("{feltnavn}", felt) for k in koder for felt in ("ansvarlig", "maalgruppe")}
    fundne = {en.kode for en in aftalefund(fejlfuld_plan)}
    assert koder - fundne == {
        "periode-mangler", "indsatsomraade-ingen", "ikke-oplyst", "lag-uden-virkning", "pulje-ikke-oplyst",
    }  # fmt: skip
    assert fundne - koder == set()


def test_hvert_fund_lander_paa_det_felt_der_skal_rettes(client, fejlfuld_plan):
    leder = f.MedlemskabFactory(plan=fejlfuld_plan, rolle="leder").bruger
    client.force_login(leder)
    henvisninger = {en.henvisning for en in aftalefund(fejlfuld_plan)}
    assert sum("#" in henvisning for henvisning in henvisninger) > 10
    for henvisning in henvisninger:
        sti, _, anker = henvisning.partition("#")
        assert resolve(sti)
        svar = client.get(sti)
        assert (henvisning, svar.status_code) == (henvisning, 200)
        assert not anker or re.search(rf'\bid="{anker}(_0)?"', svar.content.decode()), henvisning


def test_hver_regel_ser_kun_paa_sit_grundlag(fejlfuld_plan, django_assert_num_queries):
    laest = grundlag(fejlfuld_plan)
    with django_assert_num_queries(0):
        fundne = [en for regel in REGLER for en in regel(laest)]
    assert fundne == aftalefund(fejlfuld_plan)


@pytest.mark.parametrize(
    ("regulativ", "kilde"),
    [
        (date(2015, 3, 19), "Regulativ af 19. marts 2015 (ikke verificeret)"),
        (None, "Reglerne for Pulje 2011-14 (ikke verificeret)"),
        (date(2019, 12, 11), rules.KRAV),
    ],
)
def test_fund_naevner_planens_eget_regelsaet_og_bebrejder_kun_det_der_er_verificeret(regulativ, kilde):
    """A plan of 2015-18 is not measured by the regulativ of 2019, and what nobody has shown is no fault."""
    plan = hel_plan(regelsaet__regulativ=regulativ, regelsaet__navn="Pulje 2011-14")
    plan.parter.filter(administrerer=False).delete()
    verificeret = regulativ == date(2019, 12, 11)
    [fundet] = aftalefund(plan)
    ventet = (kilde, verificeret, Alvor.FEJL if verificeret else Alvor.ADVARSEL)
    assert (fundet.kilde_i_ord, fundet.verificeret, fundet.alvor) == ventet


def test_an_activity_without_a_delmaal_leads_to_where_one_can_be_chosen():
    """To the field, or where the delaftale has no delmål, to the page that makes one."""
    plan = hel_plan()
    aftale = plan.delaftaler.get()

    def henvisninger():
        return [p.henvisning for p in aftalefund(plan) if p.kode == "aktivitet-uden-delmaal"]

    f.AktivitetFactory(delaftale=aftale)
    assert [h.endswith("/ret/#id_delmaal") for h in henvisninger()] == [True]
    aftale.delmaal.all().delete()
    assert set(henvisninger()) == {reverse("delmaal-opret", args=["parken", aftale.noegle])}


def test_et_delmaal_er_fondens_naar_det_er_valgt_fra_listen_og_kun_een_gang():
    plan = hel_plan()
    aftale, delmaal = plan.delaftaler.get(), plan.delaftaler.get().delmaal.get()
    type(delmaal).objects.filter(pk=delmaal.pk).update(kilde="lbf")
    sti = reverse("delmaal-ret", args=[plan.noegle, aftale.noegle, delmaal.noegle])
    navn = "Beskæftigelse: delmålet »Flere unge i job«"
    assert fund(plan) == [
        (
            "delmaal-ikke-fra-listen",
            Alvor.ADVARSEL,
            f"{navn} har Landsbyggefondens liste som kilde, men er ikke valgt fra listen.",
            f"{sti}#id_kilde",
        )
    ]
    forslag = f.DelmaalsforslagFactory(indsatsomraade=aftale.indsatsomraade)
    type(delmaal).objects.filter(pk=delmaal.pk).update(forslag=forslag)
    assert fund(plan) == []
    nyt = f.DelmaalFactory(delaftale=aftale, noegle="igen", tekst="Igen", kilde="lbf", forslag=forslag, orden=9999)
    aftale.aktiviteter.get().delmaal.add(nyt)
    sti = reverse("delmaal-ret", args=[plan.noegle, aftale.noegle, "igen"])
    assert fund(plan) == [
        (
            "delmaal-to-gange",
            Alvor.ADVARSEL,
            "Beskæftigelse: delmålet »Igen« er det samme fra listen som »Flere unge i job«.",
            f"{sti}#id_forslag",
        )
    ]
