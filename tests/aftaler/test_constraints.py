"""The database itself refuses what one row can show, also past `full_clean`; and `full_clean` says it in Danish."""

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from aftaler.models import Omraade
from aftaler.models.navn import UDEN_LAENGDE
from aftaler.models.organisering import EN_FORMAND
from tests import factories as f

pytestmark = pytest.mark.django_db


def samme_plan(fabrik, **felter):
    plan = f.HelhedsplanFactory()
    return fabrik(plan=plan, **felter), fabrik(plan=plan)


def samme_delaftale(fabrik, **felter):
    aftale = f.DelaftaleFactory()
    return fabrik(delaftale=aftale, **felter), fabrik(delaftale=aftale)


def lig_den_anden(*felter):
    """Make the second row like the first in these fields."""

    def goer(en, anden):
        for felt in felter:
            setattr(anden, felt, getattr(en, felt))

    return goer


def saet(**felter):
    def goer(en, anden):
        for felt, vaerdi in felter.items():
            setattr(anden, felt, vaerdi)

    return goer


def to(fabrik, **felter):
    return lambda: (fabrik(**felter), fabrik(**felter))


def planer_med(fabrik, **felter):
    return lambda: samme_plan(fabrik, **felter)


def aftaler_med(fabrik, **felter):
    return lambda: samme_delaftale(fabrik, **felter)


LAGT_SAMMEN = [
    ("organisation", to(f.OrganisationFactory)),
    ("afdeling", to(f.AfdelingFactory)),
    ("omraade", planer_med(f.OmraadeFactory)),
]


def i_samme_regelsaet(fabrik, felt, foerste, anden):
    regelsaet = f.RegelsaetFactory()
    ekstra = {"pr_indsatsomraade": False} if fabrik is f.DokumentkravFactory else {}
    return tuple(fabrik(regelsaet=regelsaet, **{felt: vaerdi}, **ekstra) for vaerdi in (foerste, anden))


def afsnit(i_delaftale):
    ejer = {"delaftale": f.DelaftaleFactory()} if i_delaftale else {"plan": f.HelhedsplanFactory()}
    return f.AfsnitFactory(**ejer), f.AfsnitFactory(**ejer)


def forslag_i_samme(fabrik, navn, ejer):
    en = fabrik()
    return en, fabrik(**{navn: getattr(en, navn)})


TIDLIGT, SENT = date(2025, 1, 1), date(2026, 1, 1)

#: constraint -> (two rows, what makes the second wrong, what full_clean says of it; None for Django's own words)
BRUD = {
    "regelsaet_rettet_med_grund": (
        to(f.RegelsaetFactory),
        saet(rettet=TIDLIGT, rettelse=""),
        "En rettelse skal have både en dato og en grund.",
    ),
    "regelsaet_stand_kendt": (
        to(f.RegelsaetFactory), saet(stand="halv"), "Et regelsæt er en kladde eller udgivet.",
    ),
    "regelsaet_kladde_uden_udgivelse": (
        to(f.RegelsaetFactory), saet(stand="kladde", udgivet=TIDLIGT), "En kladde er ikke udgivet.",
    ),
    "regelsaet_rettelse_af_noget": (
        to(f.RegelsaetFactory),
        saet(er_rettelse=True, rettet=TIDLIGT, rettelse="En slåfejl"),
        "En rettet version er en rettelse af et regelsæt og har en dato.",
    ),
    "plan_periode_i_orden": (
        to(f.HelhedsplanFactory),
        saet(periode_fra=SENT, periode_til=TIDLIGT),
        "Perioden slutter, før den begynder. Ret en af datoerne.",
    ),
    **{
        f"{model}_{felt}_dag_eller_ord": (
            par,
            saet(**{felt: date(2198, 1, 1) if felt in ("periode_til", "til") else TIDLIGT, f"{felt}_sagt": "2020"}),
            "Skriv enten dagen eller det, der er oplyst, ikke begge dele.",
        )
        for model, par, felter in (
            ("plan", to(f.HelhedsplanFactory), ("periode_fra", "periode_til")),
            ("part", planer_med(f.PartFactory), ("gaelder_fra", "gaelder_til")),
            ("omraade", planer_med(f.OmraadeFactory), ("starter", "slutter")),
            ("lag", planer_med(f.LagFactory), ("til", "gaelder_fra")),
            ("omraadeafdeling", to(f.OmraadeafdelingFactory), ("fra", "til")),
            ("omraadeindsats", to(f.OmraadeindsatsFactory), ("fra", "til")),
            ("omraadestoerrelse", to(f.OmraadestoerrelseFactory), ("opgjort",)),
            ("behandling", to(f.BehandlingFactory), ("dato",)),
            ("milepael", to(f.MilepaelFactory), ("dato",)),
            ("planmilepael", planer_med(f.PlanmilepaelFactory), ("dato",)),
            ("navn", to(f.NavnFactory, til=SENT), ("fra", "til")),
            ("bilag", planer_med(f.BilagFactory), ("offentliggjort", "underskrevet")),
            ("omtaltpapir", planer_med(f.OmtaltpapirFactory), ("dato", "offentliggjort")),
        )
        for felt in felter
    },
    **{
        f"{model}_ikke_lagt_ind_i_sig_selv": (
            par, lambda en, anden: saet(lagt_ind_i=anden, lagt_ind=TIDLIGT)(en, anden), None,
        )
        for model, par in LAGT_SAMMEN
    },
    **{
        f"{model}_lagt_ind_med_dag": (
            par, lambda en, anden: saet(lagt_ind_i=en)(en, anden),
            "Skriv både, hvad den er lagt ind i, og hvornår (eller ikke oplyst).",
        )
        for model, par in LAGT_SAMMEN
    },
    **{
        f"{model}_lagt_ind_dag_eller_ord": (
            par, lambda en, anden: saet(lagt_ind_i=en, lagt_ind=TIDLIGT, lagt_ind_sagt="2020")(en, anden),
            "Skriv enten dagen eller det, der er oplyst, ikke begge dele.",
        )
        for model, par in LAGT_SAMMEN
    },
    "regelsaet_regulativ_dag_eller_ord": (
        to(f.RegelsaetFactory), saet(regulativ=TIDLIGT, regulativ_sagt="2020"),
        "Skriv enten dagen eller det, der er oplyst, ikke begge dele.",
    ),
    "medlemskab_periode_i_orden": (
        to(f.MedlemskabFactory), saet(fra=date(2026, 5, 2), til=date(2026, 5, 1)),
        "Adgangen slutter, før den begynder. Ret en af datoerne.",
    ),
    "udbakkebrev_sendt_eller_opgivet": (
        to(f.UdbakkebrevFactory), saet(sendt=timezone.now(), opgivet=timezone.now(), tekst=""),
        "Et brev kan ikke både være sendt og opgivet.",
    ),
    "udbakkebrev_tekst_fjernes": (
        to(f.UdbakkebrevFactory), saet(sendt=timezone.now(), tekst="Brevets tekst"),
        "Teksten i et brev, der er sendt, skal være fjernet.",
    ),
    "navn_en_ejer": (
        to(f.NavnFactory), saet(omraade=None),
        "Et navn hører til én organisation, én afdeling, ét område eller én plan.",
    ),
    "navn_slags_kendt": (to(f.NavnFactory), saet(slags="andet"), None),
    "navn_har_laengde": (to(f.NavnFactory), saet(fra=TIDLIGT, til=TIDLIGT), UDEN_LAENGDE),
    "navn_tidligere_til": (
        to(f.NavnFactory), saet(til=None), "Skriv, hvornår navnet holdt op, eller ikke oplyst.",
    ),
    "plan_ikke_sin_egen_forgaenger": (
        to(f.HelhedsplanFactory),
        lambda en, anden: setattr(anden, "forgaenger", anden),
        "En plan kan ikke være sin egen forgænger.",
    ),
    "part_en_gang": (
        planer_med(f.PartFactory), lig_den_anden("organisation"), "Organisationen er allerede part i planen.",
    ),
    "part_en_administrerer": (
        planer_med(f.PartFactory, administrerer=True),
        saet(administrerer=True),
        "En anden part står allerede som den, der administrerer helhedsplanen.",
    ),
    "part_periode_i_orden": (
        planer_med(f.PartFactory),
        saet(gaelder_fra=SENT, gaelder_til=TIDLIGT),
        "Parten ophører, før den begynder. Ret en af datoerne.",
    ),
    "sagsnummer_en_gang": (
        to(f.SagsnummerFactory), lig_den_anden("plan", "nummer", "gaelder"), "Nummeret står to gange.",
    ),
    "sideplan_en_gang": (
        to(f.SideplanFactory), lig_den_anden("plan", "navn"),
        "Der står allerede en plan ved siden af med det navn.",
    ),
    "sideplan_slags_kendt": (to(f.SideplanFactory), saet(slags="hurtig"), None),
    "gruppe_art_kendt": (to(f.GruppeFactory), saet(art="klub"), None),
    "gruppe_anden_slags_har_navn": (
        to(f.GruppeFactory), saet(art="anden"),
        "Skriv slagsen i egne ord, når den er »Anden slags«.",
    ),
    "plads_en_formand": (to(f.PladsFactory), saet(antal=2, formand=True), EN_FORMAND),
    "behandling_udfald_kendt": (to(f.BehandlingFactory), saet(udfald="måske"), None),
    "behandling_vilkaar_skrevet": (
        to(f.BehandlingFactory), saet(udfald="med_vilkaar", vilkaar=""),
        "Skriv de vilkår, som planen blev godkendt på.",
    ),
    "faelles_valg_kendte": (to(f.FaellesFactory), saet(hoerer_til="hos"), None),
    "faelles_beloeb_skrevet": (
        to(f.FaellesFactory), saet(beloeb=""), "Skriv det fælles beløb, eller ikke oplyst.",
    ),
    "lag_noegle": (planer_med(f.LagFactory), lig_den_anden("noegle"), None),
    "lag_navn": (planer_med(f.LagFactory), lig_den_anden("navn"), "Planen har allerede et lag med det navn."),
    "lag_tillaeg_uden_slutdato": (
        planer_med(f.LagFactory),
        saet(slags="tillaeg"),
        "Et tillæg flytter ikke slutdatoen. Vælg forlængelse, eller fjern slutdatoen.",
    ),
    "lag_ny_slutdato": (
        planer_med(f.LagFactory),
        saet(til=None, gaelder_fra=TIDLIGT),
        "Skriv, hvornår planen slutter nu, eller hvor meget længere den løber.",
    ),
    "lag_ophaevet_har_gaeldet": (
        planer_med(f.LagFactory),
        saet(ophaevet=TIDLIGT),
        "Kun det, der har gældet, kan ophæves. Skriv, hvornår det gælder fra.",
    ),
    "omraade_noegle": (planer_med(f.OmraadeFactory), lig_den_anden("noegle"), None),
    "omraade_navn": (
        planer_med(f.OmraadeFactory), lig_den_anden("navn"), "Planen har allerede et område med det navn.",
    ),
    "omraade_periode_i_orden": (
        planer_med(f.OmraadeFactory),
        saet(starter=SENT, slutter=TIDLIGT),
        "Området slutter, før det starter. Ret en af datoerne.",
    ),
    "omraadeafdeling_i_orden": (
        to(f.OmraadeafdelingFactory), saet(fra=SENT, til=TIDLIGT),
        "Det går ud, før det kommer med. Ret en af datoerne.",
    ),
    "omraadeindsats_i_orden": (
        to(f.OmraadeindsatsFactory), saet(fra=SENT, til=TIDLIGT), "Det går ud, før det kommer med. Ret en af datoerne.",
    ),
    "omraadeafdeling_en_gang": (
        to(f.OmraadeafdelingFactory), lig_den_anden("omraade", "afdeling"), "Afdelingen står to gange i området.",
    ),
    "omraadeindsats_en_gang": (
        to(f.OmraadeindsatsFactory),
        lig_den_anden("omraade", "indsatsomraade"),
        "Indsatsområdet står to gange i området.",
    ),
    "medlemskab_en_rolle": (
        planer_med(f.MedlemskabFactory), lig_den_anden("bruger"), "Personen har allerede en rolle i planen.",
    ),
    "planparameter_noegle": (planer_med(f.PlanparameterFactory), lig_den_anden("noegle"), None),
    "gruppe_noegle": (planer_med(f.GruppeFactory), lig_den_anden("noegle"), None),
    "delaftale_en_pr_indsatsomraade": (
        planer_med(f.DelaftaleFactory),
        lig_den_anden("indsatsomraade"),
        "Planen har allerede en delaftale om indsatsområdet.",
    ),
    "delmaal_noegle": (aftaler_med(f.DelmaalFactory), lig_den_anden("noegle"), None),
    "delmaal_retning_valgt": (
        aftaler_med(f.DelmaalFactory), saet(maaltype="retning"), "Vælg, om tallet skal stige eller falde.",
    ),
    "delmaal_til_angivet": (
        aftaler_med(f.DelmaalFactory), saet(maaltype="mellem", vaerdi=5), "Skriv også det tal, målet går til.",
    ),
    "delmaal_fra_under_til": (
        aftaler_med(f.DelmaalFactory), saet(maaltype="mellem", vaerdi=8, vaerdi_til=5),
        "Det første tal skal være mindre end det andet.",
    ),
    "delmaal_aendring_uden_fortegn": (
        aftaler_med(f.DelmaalFactory), saet(maaltype="aendring", retning="falder", vaerdi=-10),
        "Skriv procenten uden minus, og vælg, om tallet skal stige eller falde.",
    ),
    "delmaal_vaerdi_angivet": (aftaler_med(f.DelmaalFactory), saet(maaltype="tal"), "Skriv det tal, målet gælder."),
    "delmaal_sammenligning_valgt": (
        aftaler_med(f.DelmaalFactory),
        saet(maaltype="aarligt_loft", vaerdi=Decimal(6)),
        "Vælg, om målet er over eller under tallet.",
    ),
    "aktivitet_noegle": (aftaler_med(f.AktivitetFactory), lig_den_anden("noegle"), None),
    "aktivitet_navn": (
        aftaler_med(f.AktivitetFactory), lig_den_anden("navn"), "Delaftalen har allerede en aktivitet med det navn.",
    ),
    "afsnit_i_samarbejdsaftale": (lambda: afsnit(False), lig_den_anden("skabelon"), None),
    "afsnit_i_delaftale": (lambda: afsnit(True), lig_den_anden("skabelon"), None),
    "organisation_navn": (
        to(f.OrganisationFactory), lig_den_anden("navn"), "Der findes allerede en organisation med det navn.",
    ),
    "afdeling_nummer_i_organisation": (
        lambda: forslag_i_samme(f.AfdelingFactory, "organisation", None),
        lig_den_anden("nummer"),
        "Organisationen har allerede en afdeling med det nummer.",
    ),
    "afdeling_navn_uden_nummer": (
        lambda: (en := f.AfdelingFactory(nummer=""), f.AfdelingFactory(organisation=en.organisation)),
        lig_den_anden("nummer", "navn"),
        "Organisationen har allerede en afdeling uden nummer med det navn.",
    ),
    "afdeling_nummer_eller_navn": (
        to(f.AfdelingFactory), saet(nummer="", navn=""), "Skriv afdelingens nummer, dens navn eller begge dele.",
    ),
    "indsatsomraade_noegle": (
        lambda: forslag_i_samme(f.IndsatsomraadeFactory, "regelsaet", None), lig_den_anden("noegle"), None,
    ),
    "indsatsomraade_nummer": (
        lambda: forslag_i_samme(f.IndsatsomraadeFactory, "regelsaet", None), lig_den_anden("nummer"), None,
    ),
    "maal_nummer": (
        lambda: forslag_i_samme(f.OverordnetMaalFactory, "indsatsomraade", None), lig_den_anden("nummer"), None,
    ),
    "fast_indikator_noegle": (
        lambda: forslag_i_samme(f.FastIndikatorFactory, "maal", None), lig_den_anden("noegle"), None,
    ),
    "delmaalsforslag_noegle": (
        lambda: forslag_i_samme(f.DelmaalsforslagFactory, "indsatsomraade", None), lig_den_anden("noegle"), None,
    ),
    "skabelonafsnit_noegle": (
        lambda: forslag_i_samme(f.SkabelonafsnitFactory, "regelsaet", None), lig_den_anden("noegle"), None,
    ),
    "skabelonafsnit_orden": (
        lambda: forslag_i_samme(f.SkabelonafsnitFactory, "regelsaet", None), lig_den_anden("orden"), None,
    ),
    "regelparameter_noegle": (
        lambda: forslag_i_samme(f.RegelparameterFactory, "regelsaet", None), lig_den_anden("noegle"), None,
    ),
    "planmilepael_naaet_har_dato": (
        planer_med(f.PlanmilepaelFactory), saet(status="naaet", dato=None), "Skriv datoen, når milepælen er nået.",
    ),
    "risiko_grader_kendte": (planer_med(f.RisikoFactory), saet(sandsynlighed=4), None),
    "eget_maal_en_gang": (planer_med(f.EgetMaalFactory), lig_den_anden("tekst"), "Planen har allerede det mål."),
    "maalovergang_en_gang": (
        planer_med(f.MaalovergangFactory), lig_den_anden("fra"), "Det mål er der allerede sagt noget om.",
    ),
    "omtaltpapir_titel": (planer_med(f.OmtaltpapirFactory), lig_den_anden("titel"), "Papiret står der allerede."),
    "bilag_titel": (
        planer_med(f.BilagFactory), lig_den_anden("titel"), "Planen har allerede et bilag med den titel.",
    ),
    "godkendelsesregel_en_pr_beroering": (
        lambda: i_samme_regelsaet(f.GodkendelsesregelFactory, "beroerer", "oekonomi", "karakter"),
        lig_den_anden("beroerer"), "Regelsættet siger allerede, hvem der godkender det.",
    ),
    "meddelelse_gruppe_kendt": (to(f.MeddelelseFactory), saet(gruppe="andet"), None),
    "bruger_mailvalg_kendt": (to(f.BrugerFactory), saet(mail_frister="straks"), None),
    "godkendelsesregel_niveau_kendt": (to(f.GodkendelsesregelFactory), saet(niveau=4), None),
    "dokumentkrav_et_pr_dokument": (
        lambda: i_samme_regelsaet(f.DokumentkravFactory, "art", "budget", "kommissorium"),
        lig_den_anden("art"), "Regelsættet kræver allerede det dokument.",
    ),
    "dokumentkrav_fil_har_noegle": (
        to(f.DokumentkravFactory, pr_indsatsomraade=False, underskrives=False), saet(art="fil"),
        "Et papir, der lægges ind som fil, har en nøgle, og kun det.",
    ),
    "dokumentkrav_kun_delaftaler_pr_omraade": (
        to(f.DokumentkravFactory), saet(art="budget"),
        "Kun delaftaler og papirer, der er filer, laves for hvert indsatsområde.",
    ),
    "bruger_email_uden_store_bogstaver": (
        to(f.BrugerFactory), lambda en, anden: setattr(anden, "email", en.email.upper()), None,
    ),
    "kladde_en_pr_bruger_og_formular": (
        lambda: forslag_i_samme(f.KladdeFactory, "bruger", None), lig_den_anden("noegle"), None,
    ),
}  # fmt: skip
#: Tested with the audit log.
ANDETSTEDS = {"haendelse_nummer_i_kaede"}
APPS = ("helhedsplan", "aftaler")


def modeller():
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


def test_hver_regel_i_databasen_er_proevet():
    navne = {regel.name for model in modeller() for regel in model._meta.constraints}
    assert navne == set(BRUD) | ANDETSTEDS


@pytest.mark.parametrize("regel", BRUD)
def test_databasen_afviser_ogsaa_uden_om_full_clean(regel):
    lav, goer, _ = BRUD[regel]
    en, anden = lav()
    goer(en, anden)
    with pytest.raises(IntegrityError), transaction.atomic():
        anden.save()
    en.save()


@pytest.mark.parametrize("regel", BRUD)
def test_full_clean_siger_det_foerst(regel):
    lav, goer, besked = BRUD[regel]
    en, anden = lav()
    anden.full_clean()
    goer(en, anden)
    with pytest.raises(ValidationError) as fejl:
        anden.full_clean()
    assert besked is None or fejl.value.messages == [besked]


@pytest.mark.parametrize(
    "lovlig",
    [
        lambda: f.HelhedsplanFactory(periode_fra=None, periode_til=TIDLIGT),
        lambda: f.HelhedsplanFactory(periode_fra=TIDLIGT, periode_til=None),
        lambda: f.OmraadeFactory(starter=TIDLIGT, slutter=TIDLIGT),
        lambda: f.PartFactory(gaelder_fra=TIDLIGT, gaelder_til=TIDLIGT),
        lambda: samme_plan(f.PartFactory)[1],
        lambda: f.DelmaalFactory(maaltype="retning", retning="falder"),
        lambda: f.DelmaalFactory(maaltype="tal", vaerdi=0),
        lambda: f.DelmaalFactory(maaltype="graense", vaerdi=0, sammenligning="<"),
        lambda: f.PartFactory(organisation=f.PartFactory().organisation, administrerer=True),
        lambda: f.AfdelingFactory(organisation=f.AfdelingFactory(nummer="").organisation, nummer=""),
    ],
)
def test_det_lovlige_gaar_igennem(lovlig):
    objekt = lovlig()
    objekt.full_clean()
    objekt.save()


def test_en_plan_paa_en_dag_er_ingen_plan():
    with pytest.raises(IntegrityError), transaction.atomic():
        f.HelhedsplanFactory(periode_fra=TIDLIGT, periode_til=TIDLIGT)


def test_indholdet_af_en_plan_kan_ikke_slettes_under_den():
    plan = f.OmraadeFactory().plan
    with pytest.raises(models.ProtectedError):
        plan.delete()
    with pytest.raises(models.ProtectedError):
        plan.regelsaet.delete()


def test_fremmednoegler_holder_ogsaa_i_sqlite():
    f.OmraadeFactory()

    @transaction.atomic
    def peg_ud_i_det_blaa():
        Omraade.objects.update(plan=999_999)
        connection.check_constraints()

    with pytest.raises(IntegrityError):
        peg_ud_i_det_blaa()


# --- policy ---------------------------------------------------------------------------------------------------------


def test_kun_raekker_under_en_rod_foelger_med_den():
    """That nothing else does is held for every room by tests/test_arkitektur.py."""
    fremmednoegler = [(m, felt) for m in modeller() for felt in m._meta.fields if isinstance(felt, models.ForeignKey)]
    kaskader = [(m, felt) for m, felt in fremmednoegler if felt.remote_field.on_delete is models.CASCADE]
    assert {f"{m.__name__}.{felt.name}" for m, felt in kaskader} == {
        "Kladde.bruger", "Koblingsraekke.tabel", "Meddelelse.plan", "Milepael.aktivitet", "Navn.afdeling",
        "Navn.helhedsplan", "Navn.omraade", "Navn.organisation", "Omraadeafdeling.omraade", "Omraadeindsats.omraade",
        "Omraadestoerrelse.omraade", "Plads.gruppe",
        "Samarbejdspart.aktivitet", "Samarbejdspart.delaftale",
    }  # fmt: skip


def test_navne_i_modellerne_staar_med_smaat():
    """As in the middle of a sentence; LBF and the like keep their capitals."""
    assert len(modeller()) > 20
    for model in modeller():
        navne = [model._meta.verbose_name, model._meta.verbose_name_plural]
        navne += [felt.verbose_name for felt in model._meta.fields if felt.name not in {"id", "password", "last_login"}]
        for navn in map(str, navne):
            assert navn[0].islower() or navn.startswith(("SHA", "Landsbyggefonden")), f"{model.__name__}: {navn}"
