"""Decided on, put in force, withdrawn: the guards hold on the server, and each step is in the log."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from aftaler.choices import Godkendelsesniveau
from dokumenter.actions.udgave import godkend, ret_niveau, saet_i_kraft, tjek_kan_underskrives, traek
from dokumenter.models import Udgave
from dokumenter.queries.udgave import gaeldende, hentede, stilling, vist
from helhedsplan.actions import Versionskonflikt
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.dokumenter.dokumentdata import BILAG

ARBEJDSGRUPPE, BESTYRELSE, LBF = Godkendelsesniveau
DAG = date(2026, 2, 1)


@pytest.fixture
def udgave(db):
    """Waiting for the board, with two parties to sign."""
    udgave = f.UdgaveFactory(nummer=1)
    f.FilrevisionFactory(udgave=udgave)
    f.UnderskriverFactory.create_batch(2, udgave=udgave)
    return udgave


def afgoer(udgave, niveau=BESTYRELSE, resultat="godkendt", **felter):
    data = {"dato": DAG, "besluttet_af": "Bestyrelsen", "pdf_sha256": udgave.pdf_sha256, "bilag": BILAG} | felter
    return godkend(bruger=PROGRAMMET, udgave=udgave, niveau=niveau, resultat=resultat, **data)


def underskriv_alle(udgave):
    fil = udgave.filrevisioner.first()
    udgave.underskrivere.update(metode="blaek", underskrevet=datetime(2026, 2, 2, tzinfo=UTC), filrevision=fil)


def i_kraft(udgave, dato=DAG, version=None, grund="Det er aftalt."):
    return saet_i_kraft(bruger=PROGRAMMET, udgave=udgave, dato=dato, version=version, grund=grund)


def test_the_decision_recorded_last_counts_however_it_is_read(udgave):
    afgoer(udgave, dato=DAG + timedelta(1), resultat="afvist")
    afgoer(udgave, dato=DAG, resultat="godkendt")
    (hentet,) = hentede(udgave.plan)
    for laest in (Udgave.objects.get(pk=udgave.pk), hentet):
        assert stilling(laest).afgoerelser == {BESTYRELSE: "godkendt"}


def test_from_frozen_to_in_force(udgave):
    with pytest.raises(ValidationError, match="Udgaven skal først godkendes af bestyrelsen"):
        tjek_kan_underskrives(udgave)
    with pytest.raises(ValidationError, match="Udgaven skal først godkendes af bestyrelsen"):
        i_kraft(udgave)
    afgoer(udgave)
    tjek_kan_underskrives(udgave)
    with pytest.raises(ValidationError, match="mangler underskrift"):
        i_kraft(udgave)
    underskriv_alle(udgave)
    assert vist(udgave, DAG).tilstand == "underskrevet"
    i_kraft(udgave)
    assert (vist(udgave, DAG).tilstand, gaeldende(udgave.plan, udgave.art, udgave.emne, DAG)) == ("gaeldende", udgave)
    assert gaeldende(udgave.plan, udgave.art, udgave.emne, DAG - timedelta(1)) is None
    handlinger = list(Haendelse.objects.filter(kaede=udgave.plan.noegle).values_list("handling", flat=True))
    assert handlinger == ["sat i kraft", "afgjort"]


def test_nothing_that_needs_lbf_is_in_force_without_its_date_and_reference(db):
    udgave = f.UdgaveFactory(niveau_foreslaaet=LBF, kraever_underskrift=False)
    afgoer(udgave)
    with pytest.raises(ValidationError, match="godkendes af Landsbyggefonden, med dato og reference"):
        i_kraft(udgave)
    with pytest.raises(ValidationError, match="Skriv Landsbyggefondens reference"):
        afgoer(udgave, LBF, besluttet_af="Landsbyggefonden")
    with pytest.raises(IntegrityError), transaction.atomic():
        f.GodkendelseFactory(udgave=udgave, niveau=LBF, besluttet_af="Fonden")
    afgoer(udgave, LBF, besluttet_af="Landsbyggefonden", reference="LBF 2026-17")
    assert i_kraft(udgave) is True


@pytest.mark.parametrize(
    ("felter", "besked"),
    [
        ({"pdf_sha256": "0" * 64}, "Afgørelsen gælder en anden fil end udgavens"),
        ({"dato": date(2025, 12, 31)}, "Udgaven er frosset 1. januar 2026"),
        ({"dato": timezone.localdate() + timedelta(1)}, "ikke ligge ude i fremtiden"),
        ({"niveau": 9}, "Vælg, hvem der har afgjort hvad"),
        ({"resultat": "måske"}, "Vælg, hvem der har afgjort hvad"),
        ({"besluttet_af": ""}, "kan ikke være tomt"),
        ({"note": "010203-1234"}, "CPR"),
    ],
)
def test_what_no_decision_can_be(udgave, felter, besked):
    with pytest.raises(ValidationError) as fejl:
        afgoer(udgave, **felter)
    assert fejl.match(f"(?i){besked}")
    assert not udgave.godkendelser.exists()


def test_the_latest_decision_of_a_body_counts(udgave):
    afgoer(udgave)
    afgoer(udgave, resultat="afvist")
    assert vist(udgave).tilstand == "afvist"
    with pytest.raises(ValidationError, match="Udgaven er afvist"):
        tjek_kan_underskrives(udgave)
    afgoer(udgave)
    assert vist(udgave).tilstand == "godkendt"


def test_a_decision_on_other_bytes_does_not_count(udgave):
    f.GodkendelseFactory(udgave=udgave, pdf_sha256="0" * 64)
    assert vist(udgave).tilstand == "til_godkendelse"


def test_who_must_approve_can_be_changed_until_somebody_has(udgave):
    with pytest.raises(ValidationError, match="Planen har ingen arbejds- eller følgegruppe"):
        ret_niveau(bruger=PROGRAMMET, udgave=udgave, niveau=ARBEJDSGRUPPE, begrundelse="Kun en stavefejl.", version=1)
    f.GruppeFactory(plan=udgave.plan, art="foelgegruppe")
    udgave.refresh_from_db()
    with pytest.raises(ValidationError, match="Skriv, hvorfor udgaven kan godkendes på et lavere niveau"):
        ret_niveau(bruger=PROGRAMMET, udgave=udgave, niveau=ARBEJDSGRUPPE, begrundelse=" ", version=1)
    udgave.refresh_from_db()
    ret_niveau(bruger=PROGRAMMET, udgave=udgave, niveau=ARBEJDSGRUPPE, begrundelse="Kun en stavefejl.", version=1)
    ret_niveau(bruger=PROGRAMMET, udgave=udgave, niveau=LBF, begrundelse="", version=2)
    with pytest.raises(Versionskonflikt):
        ret_niveau(bruger=PROGRAMMET, udgave=udgave, niveau=BESTYRELSE, begrundelse="", version=1)
    udgave.refresh_from_db()
    assert (udgave.niveau, udgave.niveau_foreslaaet, udgave.version) == (LBF, BESTYRELSE, 3)
    afgoer(udgave)
    with pytest.raises(ValidationError, match="allerede taget stilling"):
        ret_niveau(bruger=PROGRAMMET, udgave=udgave, niveau=BESTYRELSE, begrundelse="", version=3)


def gyldig(plan, nummer, **felter):
    udgave = f.UdgaveFactory(plan=plan, nummer=nummer, kraever_underskrift=False, **felter)
    f.GodkendelseFactory(udgave=udgave)
    return udgave


def test_the_next_edition_takes_over_and_gives_back_when_it_is_withdrawn(db):
    plan = f.HelhedsplanFactory()
    foerste, anden = gyldig(plan, 1), gyldig(plan, 2)
    i_kraft(foerste)
    with pytest.raises(ValidationError, match=r"Udgave 1 gælder fra 1\. februar 2026\. Vælg en senere dag"):
        i_kraft(anden)
    i_kraft(anden, DAG + timedelta(10))
    senere = timezone.localdate()
    assert gaeldende(plan, "delaftale", "uddannelse", DAG + timedelta(9)) == foerste
    assert gaeldende(plan, "delaftale", "uddannelse", senere) == anden
    traek(bruger=PROGRAMMET, udgave=anden, grund="Et forkert beløb.", version=None)
    assert gaeldende(plan, "delaftale", "uddannelse", senere) == foerste
    assert gaeldende(plan, "delaftale", "uddannelse", senere - timedelta(1)) == anden
    for handling in (
        lambda: traek(bruger=PROGRAMMET, udgave=anden, grund="Endnu et.", version=None),
        lambda: afgoer(anden),
    ):
        with pytest.raises(ValidationError, match="trukket tilbage"):
            handling()


def test_in_force_from_before_it_was_ready_needs_a_reason_that_is_kept(udgave):
    afgoer(udgave)
    underskriv_alle(udgave)
    foer = max(udgave.plan.periode_fra, DAG - timedelta(60))
    with pytest.raises(ValidationError) as fejl:
        i_kraft(udgave, dato=foer, grund="  ")
    (besked,) = fejl.value.message_dict["ikraft_grund"]
    for ord_ in ("frosset", "bestyrelsen godkendte den", "den sidste skrev under 2. februar 2026", "Skriv hvorfor"):
        assert ord_ in besked
    assert Udgave.objects.get(pk=udgave.pk).ikraft is None
    i_kraft(udgave, dato=foer, grund="Parterne har arbejdet efter den siden.")
    assert Udgave.objects.get(pk=udgave.pk).ikraft_grund == "Parterne har arbejdet efter den siden."


def test_a_reason_is_kept_only_where_there_is_something_to_explain(udgave):
    afgoer(udgave)
    underskriv_alle(udgave)
    i_kraft(udgave, dato=timezone.localdate())
    assert Udgave.objects.get(pk=udgave.pk).ikraft_grund == ""


def test_a_day_written_wrong_locks_nothing_when_the_edition_is_withdrawn(udgave):
    """In force from the plan's last day by mistake, withdrawn: the next one counts from any day, also from that one."""
    sidste = udgave.plan.periode_til
    afgoer(udgave)
    underskriv_alle(udgave)
    i_kraft(udgave, dato=sidste)
    ny = f.UdgaveFactory(plan=udgave.plan, nummer=2, emne=udgave.emne, art=udgave.art, kraever_underskrift=False)
    afgoer(ny)
    with pytest.raises(ValidationError, match="ingen senere kan vælges"):
        i_kraft(ny, dato=timezone.localdate())
    traek(bruger=PROGRAMMET, udgave=Udgave.objects.get(pk=udgave.pk), grund="Forkert dag", version=None)
    i_kraft(ny, dato=sidste)
    assert gaeldende(udgave.plan, udgave.art, udgave.emne, sidste).pk == ny.pk


def test_withdrawing_needs_a_reason(udgave):
    with pytest.raises(ValidationError, match="Skriv, hvorfor udgaven trækkes tilbage"):
        traek(bruger=PROGRAMMET, udgave=udgave, grund="  ", version=None)
    udgave.refresh_from_db()
    assert udgave.trukket is None


@pytest.mark.parametrize("rolle", ["sekretariat", "bestyrelse", "observatoer"])
def test_only_the_leader_decides(udgave, rolle):
    bruger = f.MedlemskabFactory(plan=udgave.plan, rolle=rolle).bruger
    for handling in (
        lambda: godkend(
            bruger=bruger, udgave=udgave, niveau=2, resultat="godkendt", dato=DAG, besluttet_af="x",
            pdf_sha256=udgave.pdf_sha256,
        ),
        lambda: saet_i_kraft(bruger=bruger, udgave=udgave, dato=DAG, version=None, grund="Det er aftalt."),
        lambda: traek(bruger=bruger, udgave=udgave, grund="Et forkert beløb.", version=None),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            handling()


class TestHistorier(TestCase):
    """Whatever people do in whatever order: never two in force, the newest wins, and one counts from the first day on
    while none is withdrawn."""

    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["i kraft", "i kraft", "træk", "afvis"]), st.integers(0, 4), st.integers(-5, 200)
            ),
            max_size=12,
        )
    )
    def test_one_answer_to_what_is_in_force(self, trin):
        plan = f.HelhedsplanFactory()
        udgaver = [gyldig(plan, nummer) for nummer in range(1, 6)]
        for hvad, hvilken, dage in trin:
            udgave = Udgave.objects.get(pk=udgaver[hvilken].pk)
            try:
                with transaction.atomic():
                    if hvad == "i kraft":
                        i_kraft(udgave, plan.periode_fra + timedelta(dage))
                    elif hvad == "træk":
                        traek(bruger=PROGRAMMET, udgave=udgave, grund="Et forkert beløb.", version=None)
                    else:
                        afgoer(udgave, resultat="afvist")
            except ValidationError:
                pass
        gemte = list(Udgave.objects.filter(plan=plan, ikraft__isnull=False).order_by("nummer"))
        dage = [u.ikraft for u in gemte if not u.trukket]
        assert dage == sorted(set(dage))
        for dag in [plan.periode_fra + timedelta(n) for n in range(0, 1461, 73)]:
            fundet = gaeldende(plan, "delaftale", "uddannelse", dag)
            i_kraft_da = [u for u in gemte if u.ikraft <= dag and not (u.trukket and u.trukket.date() <= dag)]
            assert fundet == (i_kraft_da[-1] if i_kraft_da and dag <= plan.periode_til else None)
            if gemte and not any(u.trukket for u in gemte):
                assert (fundet is None) == (dag < gemte[0].ikraft or dag > plan.periode_til)


# --- what the database itself refuses ---------------------------------------------------------------------------------


BRUD = {
    "udgave_nummer": lambda u: f.UdgaveFactory(plan=u.plan, nummer=u.nummer, dokument_id="andet"),
    "udgave_ikraft": lambda u: [f.UdgaveFactory(plan=u.plan, ikraft=DAG) for _ in range(2)],
    "udgave_nummer_fra_1": lambda u: f.UdgaveFactory(nummer=0),
    "udgave_kan_fryses": lambda u: f.UdgaveFactory(art="indberetningsskema", emne=""),
    "udgave_emne": lambda u: f.UdgaveFactory(art="kommissorium", emne="uddannelse"),
    "udgave_niveau_kendt": lambda u: f.UdgaveFactory(niveau=4),
    "udgave_lavere_niveau_begrundet": lambda u: f.UdgaveFactory(niveau=1),
    "udgave_offentliggjort_dag_eller_ord": lambda u: f.UdgaveFactory(
        offentliggjort=date(2026, 5, 1), offentliggjort_sagt="2026"
    ),
    "udgave_trukket_med_grund": lambda u: f.UdgaveFactory(trukket=timezone.now()),
    "godkendelse_niveau_kendt": lambda u: f.GodkendelseFactory(udgave=u, niveau=0),
    "godkendelse_lbf_reference": lambda u: f.GodkendelseFactory(udgave=u, niveau=LBF),
    "godkendelse_bilag_med_aftryk": lambda u: f.GodkendelseFactory(udgave=u, med_bilag=True, bilag_sha256=""),
    "filrevision_nummer": lambda u: f.FilrevisionFactory(udgave=u),
    "filrevision_trukket_scanning_med_grund": lambda u: f.FilrevisionFactory(udgave=u, trukket=timezone.now()),
    "filrevision_foerste_er_udstedt": lambda u: f.FilrevisionFactory(udgave=u, nummer=2),
    "underskriver_en_pr_part": lambda u: f.UnderskriverFactory(udgave=u, part_navn=u.underskrivere.first().part_navn),
    "underskriver_helt_eller_slet_ikke": lambda u: f.UnderskriverFactory(udgave=u, metode="blaek"),
    "underskriver_fuldmagt_fra_og_dato": lambda u: f.UnderskriverFactory(udgave=u, fuldmagt_fra="En formand"),
    "pakke_en_gang": lambda u: f.PakkeFactory.create_batch(2, plan=u.plan, sha256="0" * 64),
    "pakke_uploadet_den_og_af": lambda u: f.PakkeFactory(uploadet_den=DAG),
    "deltudkast_en_gang": lambda u: f.DeltudkastFactory.create_batch(2, plan=u.plan, delt_med="Følgegruppen"),
    "deltudkast_kendt_dokument": lambda u: f.DeltudkastFactory(plan=u.plan, art="andet"),
    "deltudkast_emne": lambda u: f.DeltudkastFactory(plan=u.plan, emne="job"),
    "deltudkast_tegnet_her": lambda u: f.DeltudkastFactory(plan=u.plan, oprindelse="her"),
    "deltudkast_trukket_med_grund": lambda u: f.DeltudkastFactory(plan=u.plan, trukket_grund="Ved en fejl"),
}


@pytest.mark.parametrize("regel", BRUD)
def test_the_database_refuses(udgave, regel):
    with pytest.raises(IntegrityError) as fejl, transaction.atomic():
        BRUD[regel](udgave)
    assert regel in str(fejl.value) or "UNIQUE" in str(fejl.value)


#: Tested with the templates for Word.
ANDETSTEDS = {"wordskabelon_en_pr_dokument", "wordskabelon_kendt_dokument"}


def test_every_rule_of_the_database_is_tried():
    modeller = apps.get_app_config("dokumenter").get_models()
    kendte = {regel.name for model in modeller for regel in model._meta.constraints}
    assert kendte == set(BRUD) | ANDETSTEDS
