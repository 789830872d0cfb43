"""Uploaded minutes count by the file's own words and by a second person, and keep a warning when they came late."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from helhedsplan.formats import lang_dato
from helhedsplan.models import Haendelse
from helhedsplan.pdf import html_til_pdf
from indikatorer.models import Opfoelgning
from indikatorer.queries.opfoelgning import plan_maal
from moeder.actions.bevis import Referatupload, bekraeft_referat, traek_referat, upload_referat
from moeder.bevis.dele import Bevistal
from moeder.bevis.filord import IKKE_REFERAT, er_moedereferat, linjer_om, naevner_dag, naevnte_maal, udskudte_maal
from moeder.bevis.fund import bevisfund
from moeder.bevis.indhold import bevis
from moeder.bevis.papir import tegn
from moeder.bevis.proeve import ForelagteTal, proev
from moeder.models import UploadetReferat
from status.models import Kvartalsstatus
from tests import factories as f
from tests.moeder.test_bevis import maalet, tekst
from tests.moeder.test_bevis_forfalsket import DAG, I_DAG, holdt, nummeret, skriv
from tests.verden import publiceret_status, verden

IKKE_BEKRAEFTET = "ikke bekræftet."


@pytest.fixture
def v(db):
    v = verden()
    Opfoelgning.objects.all().delete()
    publiceret_status(v.plan)
    return v


def lagt_ind(v, ord_: str, dato=DAG, rolle="leder") -> UploadetReferat:
    data = html_til_pdf(f'<html lang="da"><p>{ord_}</p></html>', titel="Referat", identifikator="x")
    ind = Referatupload(dato, data, "referat.pdf", {nummeret(v): "Vi fortsætter."})
    return upload_referat(bruger=v.brugere[rolle], plan=v.plan, upload=ind)


def rigtige_ord(v, dato=DAG) -> str:
    return f"Referat af bestyrelsesmøde den {lang_dato(dato)}. Mål {nummeret(v)}: vi fortsætter."


def linjen(v, i_dag=I_DAG):
    b = bevis(v.plan, 2026, i_dag)
    return next(o for o in maalet(b, v.plan).opfoelgninger if o.ved_upload), b.hovedlinje


def senere(v) -> date:
    return max(I_DAG, timezone.localdate())


def test_an_unrelated_file_counts_for_nothing_also_when_it_is_confirmed(v):
    r = lagt_ind(v, "Opskrift på kage")
    linje, hoved = linjen(v, senere(v))
    assert linje.mangler[:3] == (
        "Filens egne ord nævner ikke mødets dag, 3. september 2026.",
        IKKE_REFERAT,
        f"Filens egne ord nævner ikke mål {nummeret(v)}.",
    )
    assert linje.mangler[3].endswith(IKKE_BEKRAEFTET)
    assert not linje.venter
    assert "venter" not in hoved
    bekraeft_referat(bruger=v.brugere["sekretariat"], referat=r)
    linje, hoved = linjen(v, senere(v))
    assert len(linje.mangler) == 3
    assert hoved.startswith("Dokumenteret: 0 af ")


def test_a_file_without_words_counts_for_nothing(v):
    f.UploadetReferatFactory(
        plan=v.plan,
        maal=[{"nummer": nummeret(v), "konklusion": "Vi fortsætter med det."}],
        laest={"tekst": False, "dag": False, "moede": False, "maal": [], "udskudt": []},
    )
    linje, hoved = linjen(v)
    assert linje.mangler == ("Filen har ingen tekst, der kan læses, så den dokumenterer ikke noget i sig selv.",)
    assert hoved.startswith("Dokumenteret: 0 af ")


def test_right_minutes_wait_for_another_person_and_count_when_she_has_confirmed(v, client):
    r = lagt_ind(v, rigtige_ord(v))
    antal, side = len(plan_maal(v.plan)), reverse("opfoelgningsbevis", args=[v.plan.noegle, 2026])
    adresse = reverse("uploadetreferat-bekraeft", args=[v.plan.noegle, r.pk])
    linje, hoved = linjen(v, senere(v))
    dag = lang_dato(timezone.localdate())
    assert linje.mangler == (f"Referatet er uploadet af {v.brugere['leder']} d. {dag}, ikke bekræftet.",)
    assert hoved == f"Dokumenteret: 0 af {antal} mål i 2026 (1 venter på bekræftelse)."
    assert hoved in tekst(tegn(bevis(v.plan, 2026, senere(v))))
    for rolle, ser in (("leder", False), ("observatoer", False), ("sekretariat", True), ("bestyrelse", True)):
        client.force_login(v.brugere[rolle])
        assert (adresse in client.get(side).content.decode()) is ser
    assert client.post(adresse, {"tilbage": side}).url == side
    r.refresh_from_db()
    assert r.bekraeftet_af == v.brugere["bestyrelse"]
    assert Haendelse.objects.filter(objekt_type="bestyrelse.uploadetreferat", handling="bekræftet").count() == 1
    linje, hoved = linjen(v, senere(v))
    assert linje.mangler == ()
    assert "0 ved programmets referat, 1 ved uploadet referat" in hoved
    assert adresse not in client.get(side).content.decode()


def test_who_may_not_confirm_and_what_cannot_be_confirmed(v):
    r = lagt_ind(v, rigtige_ord(v))
    with pytest.raises(ValidationError, match="Du har selv uploadet"):
        bekraeft_referat(bruger=v.brugere["leder"], referat=r)
    for rolle in ("observatoer", "oekonomi", "revisor"):
        with pytest.raises(PermissionDenied):
            bekraeft_referat(bruger=v.brugere[rolle], referat=r)
    with pytest.raises(IntegrityError), transaction.atomic():
        UploadetReferat.objects.filter(pk=r.pk).update(bekraeftet=timezone.now(), bekraeftet_af=r.uploadet_af)
    bekraeft_referat(bruger=v.brugere["sekretariat"], referat=r)
    with pytest.raises(ValidationError, match="allerede bekræftet"):
        bekraeft_referat(bruger=v.brugere["bestyrelse"], referat=r)
    andet = lagt_ind(v, rigtige_ord(v) + " Igen.")
    traek_referat(bruger=v.brugere["leder"], referat=andet)
    with pytest.raises(ValidationError, match="trukket tilbage"):
        bekraeft_referat(bruger=v.brugere["sekretariat"], referat=andet)


def test_a_file_from_before_words_were_read_is_read_when_it_is_confirmed(v):
    data = html_til_pdf('<html lang="da"><p>Opskrift på kage</p></html>', titel="R", identifikator="x")
    maal = [{"nummer": nummeret(v), "konklusion": "Vi fortsætter med det."}]
    r = f.UploadetReferatFactory(plan=v.plan, maal=maal, data=data, laest=None, bekraeftet=None)
    assert linjen(v)[0].venter
    bekraeft_referat(bruger=v.brugere["sekretariat"], referat=r)
    r.refresh_from_db()
    assert r.laest == {"tekst": True, "dag": False, "moede": False, "maal": [], "udskudt": []}
    assert len(linjen(v)[0].mangler) == 3


@pytest.mark.parametrize(("dage", "sent"), [(14, False), (15, True)])
def test_minutes_that_came_late_keep_a_warning_when_they_are_confirmed(v, client, dage, sent):
    tid = datetime(2026, 9, 3, 9, tzinfo=UTC) + timedelta(days=dage)
    f.UploadetReferatFactory(
        plan=v.plan, maal=[{"nummer": nummeret(v), "konklusion": "Vi fortsætter med det."}], uploadet=tid
    )
    linje, hoved = linjen(v)
    assert linje.er_dokumenteret
    assert linje.sent_upload == ("Referatet er uploadet mere end 14 dage efter mødet." if sent else "")
    assert (", heraf 1 uploadet sent." in hoved) is sent
    client.force_login(v.brugere["observatoer"])
    html = client.get(reverse("opfoelgningsbevis", args=[v.plan.noegle, 2026])).content.decode()
    assert ("▲</span> Referatet er uploadet mere end 14 dage" in html) is sent


def test_the_overview_keeps_its_warning_until_the_minutes_are_confirmed(v):
    i_dag = timezone.localdate()
    skriv(v, dato=i_dag)
    r = lagt_ind(v, rigtige_ord(v, i_dag), i_dag)
    nr = nummeret(v)
    [fund] = bevisfund(v.plan)
    assert "1 venter på bekræftelse" in fund.besked
    assert f"om mål {nr}, kan ikke dokumenteres." in fund.besked
    bekraeft_referat(bruger=v.brugere["sekretariat"], referat=r)
    assert bevisfund(v.plan) == []


def test_the_overview_keeps_its_warning_when_the_minutes_came_late(v, monkeypatch):
    monkeypatch.setattr("moeder.bevis.fund.timezone", SimpleNamespace(localdate=lambda: I_DAG))
    skriv(v)
    nr = nummeret(v)
    tid = datetime(2026, 9, 23, 9, tzinfo=UTC)
    f.UploadetReferatFactory(plan=v.plan, maal=[{"nummer": nr, "konklusion": "Vi fortsætter med det."}], uploadet=tid)
    [fund] = bevisfund(v.plan)
    assert fund.besked.endswith(f"heraf 1 uploadet sent. Referatet om mål {nr} er uploadet sent.")


def test_the_programs_own_minutes_of_the_year_stand_beside(v):
    holdt(v, date(2026, 6, 2), udfald="udsat", konklusion="Næste gang.")
    holdt(v, date(2026, 5, 5))
    f.UploadetReferatFactory(plan=v.plan, maal=[{"nummer": nummeret(v), "konklusion": "Vi fortsætter med det."}])
    ud = " ".join(linjen(v)[0].forbehold)
    assert "2. juni 2026: Referatets punkt 1 siger om målet: udsat til et senere møde." in ud
    assert "5. maj 2026: Referatets punkt 1 konkluderer: »Vi fortsætter vejledningen.«" in ud


@pytest.mark.parametrize(
    ("ord_", "svar"),
    [
        ("Møde den 3. september 2026", True),
        ("Møde 3. SEPT. 26", True),
        ("d. 03.09.2026", True),
        ("3/9-26", True),
        ("3/9 2026", True),
        ("2026-09-03", True),
        ("13. september 2026", False),
        ("3. september 2025", False),
        ("03.10.2026", False),
        ("3. september", False),
    ],
)
def test_the_day_in_danish_forms(ord_, svar):
    assert naevner_dag(ord_, DAG) is svar


def test_the_goals_by_number_and_by_title(v):
    maalene = plan_maal(v.plan)
    nr = nummeret(v)
    [maal] = [m for m in maalene if m.nummer == nr]
    for ord_ in (f"Mål {nr} blev drøftet", f"mål nr. {nr}", f"målene 98, 99 og {nr}", maal.indsatsomraade.navn.upper()):
        assert nr in naevnte_maal(ord_, maalene), ord_
    for ord_ in (f"Mål {nr}7", f"punkt {nr}", "Opskrift på kage", ""):
        assert nr not in naevnte_maal(ord_, maalene), ord_


def test_a_newsletter_with_the_day_and_a_goal_of_football_is_no_minutes(v, client):
    nr = nummeret(v)
    ord_ = f"Nyhedsbrev {lang_dato(DAG)}. Holdet vandt, da der faldt mål {nr} i sidste minut."
    r = lagt_ind(v, ord_)
    side = reverse("opfoelgningsbevis", args=[v.plan.noegle, 2026])
    for rolle, ser in (("leder", False), ("observatoer", False), ("sekretariat", True)):
        client.force_login(v.brugere[rolle])
        assert ("»Nyhedsbrev 3. september 2026." in client.get(side).content.decode()) is ser
    bekraeft_referat(bruger=v.brugere["sekretariat"], referat=r)
    linje, hoved = linjen(v, senere(v))
    assert linje.mangler == (IKKE_REFERAT,)
    assert hoved.startswith("Dokumenteret: 0 af ")
    UploadetReferat.objects.filter(pk=r.pk).update(laest={"tekst": True, "dag": True, "maal": [nr]})
    assert linjen(v, senere(v))[0].mangler == (IKKE_REFERAT,)  # read before it was asked for


def test_minutes_that_put_the_goal_off_in_its_own_sentence(v):
    nr = nummeret(v)
    r = lagt_ind(v, f"Referat af bestyrelsesmøde {lang_dato(DAG)}. Mål {nr} tages op på næste møde.")
    bekraeft_referat(bruger=v.brugere["sekretariat"], referat=r)
    assert linjen(v, senere(v))[0].mangler == (f"Filens egne ord siger, at mål {nr} ikke er behandlet.",)


def test_a_goal_that_is_documented_by_a_file_is_not_said_to_be_without_a_follow_up(v):
    r = lagt_ind(v, rigtige_ord(v))
    assert maalet(bevis(v.plan, 2026, senere(v)), v.plan).fund
    bekraeft_referat(bruger=v.brugere["sekretariat"], referat=r)
    assert maalet(bevis(v.plan, 2026, senere(v)), v.plan).fund == ()


@pytest.mark.parametrize("konklusion", [".", "Udsat til næste møde."])
def test_a_typed_conclusion_about_a_file_that_says_nothing_or_the_opposite(v, konklusion):
    nr = nummeret(v)
    f.UploadetReferatFactory(plan=v.plan, maal=[{"nummer": nr, "konklusion": konklusion}])
    [mangel] = linjen(v)[0].mangler
    assert mangel.startswith(f"Konklusionen om mål {nr} ")


@pytest.mark.parametrize(
    ("ord_", "svar"),
    [
        ("Referat af møde i bestyrelsen", True),
        ("PROJEKTBESTYRELSESMØDET den 3.", True),
        ("Bestyrelsens beslutningsreferat", True),
        ("Bestyrelsen holder ferie", False),
        ("Referat af afdelingsmødet", False),
    ],
)
def test_what_speaks_of_a_boards_meeting(ord_, svar):
    assert er_moedereferat(ord_) is svar


def test_the_goals_that_a_file_puts_off(v):
    maalene, nr = plan_maal(v.plan), nummeret(v)
    for ord_ in (
        f"Mål {nr} blev ikke behandlet.", f"Mål {nr}: Udsat.", f"Punkt 3. Mål {nr}: Medborgerskab. Punktet er udskudt.",
        f"Vi tager mål {nr} næste gang.",
    ):  # fmt: skip
        assert udskudte_maal(ord_, maalene) == [nr], ord_
    for ord_ in (f"Mål {nr}: Vi fortsætter. Næste møde er 3. december.", f"Mål {nr} er drøftet. Mål 99 er udsat."):
        assert udskudte_maal(ord_, maalene) == [], ord_
    assert linjer_om(f"Nyt\nMål {nr}\ner udsat\nAndet\n3. september 2026", DAG, maalene) == [
        f"Mål {nr}", "er udsat", "3. september 2026",
    ]  # fmt: skip


def statustal(navn, publiceret, hvornaar):
    return ForelagteTal(navn, publiceret, None, (Bevistal("Andel", "", hvornaar, "42", ""),))


def test_the_newest_figures_known_by_the_day_count_and_not_the_newest_paper():
    gammel = statustal("Nyeste status", datetime(2026, 10, 1, 9, tzinfo=UTC), "2024")
    ny = statustal("Ældre status", datetime(2026, 9, 8, 9, tzinfo=UTC), "2025")
    for_sent = statustal("Senere status", datetime(2026, 10, 9, 9, tzinfo=UTC), "2026")
    linje = proev(
        dag=date(2026, 10, 5), nummer=1, skrevet=None, sager=[], statustal=[gammel, ny, for_sent], siden=(None, 12)
    )
    assert linje.data_aar == 2025
    assert linje.talkilde == "Som de stod i »Ældre status«, publiceret 8. september 2026."


def test_the_agenda_of_an_earlier_meeting_has_figures_known_by_the_day(v):
    Kvartalsstatus.objects.filter(plan=v.plan).update(publiceret_den=datetime(2026, 12, 1, 9, tzinfo=UTC))
    holdt(v, date(2026, 9, 1), dagsorden=datetime(2026, 8, 20, 9, tzinfo=UTC))
    f.UploadetReferatFactory(plan=v.plan, maal=[{"nummer": nummeret(v), "konklusion": "Vi fortsætter med det."}])
    linje = linjen(v)[0]
    assert linje.mangler == ()
    assert linje.talkilde == "Som de stod i dagsordenen, sendt 20. august 2026."
