"""Evidence that somebody has made up, in the ways that people would: none of it counts, and each says why.

The true case first: a board meeting called in time, figures in its agenda, minutes that say what was followed up, and
a member who has approved them.
"""

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from dokumenter import lager
from helhedsplan.pdf import html_til_pdf
from helhedsplan.rettigheder import PROGRAMMET
from indikatorer.actions.opfoelgning import gem_opfoelgning
from indikatorer.models import Maaling, Opfoelgning, Talbinding
from indikatorer.queries.opfoelgning import plan_maal
from moeder.actions import moedepapir as handlinger
from moeder.actions.bevis import Referatupload, traek_referat, upload_referat
from moeder.bevis.indhold import bevis
from moeder.bevis.papir import tegn
from moeder.bevis.proeve import UDEN_MOEDE, UDEN_TAL, UDSAGN
from moeder.bevis.uploadet import PROGRAMMETS
from moeder.models import Dagsordenspunkt, Moede, UploadetReferat
from tests import factories as f
from tests.moeder.test_bevis import maalet, tekst
from tests.verden import publiceret_status, verden

DAG = date(2026, 9, 3)
FOER, EFTER = datetime(2026, 8, 25, 8, tzinfo=UTC), datetime(2026, 9, 10, 8, tzinfo=UTC)
I_DAG = date(2026, 11, 21)
FULGT_OP = {"udfald": "fulgt_op", "konklusion": "Vi fortsætter vejledningen."}


@pytest.fixture
def v(db):
    v = verden()
    Opfoelgning.objects.all().delete()
    return v


def nummeret(v) -> int:
    return v.plan.indikatorer.filter(fast__isnull=False).first().fast.maal.nummer


def holdt(
    v, dato=DAG, *, dagsorden=FOER, referat=EFTER, godkendt=True, plan=None, start=None, til_stede=True, **udfald
) -> Moede:
    """A meeting of the board about the measured goal, as far as it is said to have come."""
    moede = f.MoedeFactory(plan=plan or v.plan, dato=dato, tilstand="holdt", start=start)
    if til_stede:
        f.FremmoedeFactory(moede=moede)
    raekke = {"nummer": nummeret(v), "udfald": "", "konklusion": ""}
    punkt = f.DagsordenspunktFactory(moede=moede, titel="De faste mål", maal=[raekke])
    if dagsorden:
        f.MoedepapirFactory(moede=moede, art="dagsorden", sendt=dagsorden)
    Dagsordenspunkt.objects.filter(pk=punkt.pk).update(maal=[raekke | FULGT_OP | udfald])
    if referat:
        papir = f.MoedepapirFactory(moede=moede, sendt=referat)
        if godkendt:
            f.ReferatgodkendelseFactory(papir=papir, medlem__side__plan=moede.plan)
    return moede


def skriv(v, dato=DAG, konklusion="Skrevet i dag.", data_aar=2024) -> Opfoelgning:
    maal = v.plan.indikatorer.filter(fast__isnull=False).first().fast.maal
    felter = {"maal": maal, "dato": dato, "data_aar": data_aar, "konklusion": konklusion}
    return gem_opfoelgning(bruger=PROGRAMMET, opfoelgning=Opfoelgning(plan=v.plan), felter=felter, version=None)


def linjen(v, aar=2026):
    [linje] = maalet(bevis(v.plan, aar, I_DAG), v.plan).opfoelgninger
    return linje


def test_the_true_case_is_documented_with_the_minutes_own_conclusion_and_the_agendas_figures(v):
    holdt(v)
    skriv(v, konklusion="En anden ordlyd.")
    b = bevis(v.plan, 2026, I_DAG)
    linje = linjen(v)
    assert linje.mangler == ()
    assert (linje.konklusion, linje.fra_referat) == ("Vi fortsætter vejledningen.", True)
    assert linje.talkilde == "Som de stod i dagsordenen, sendt 25. august 2026."
    assert linje.tal
    assert linje.moeder[0].punkt == "De faste mål"
    assert b.hovedlinje == f"Dokumenteret: 1 af {len(plan_maal(v.plan))} mål i 2026."
    assert "Konklusionen er referatets egen" in " ".join(linje.forbehold)
    ud = tekst(tegn(b))
    assert b.hovedlinje in ud
    assert "3. september 2026: dokumenteret" in ud


def test_1_typed_today_without_a_meeting(v):
    skriv(v)
    linje = linjen(v)
    assert linje.mangler == (UDEN_MOEDE, UDEN_TAL)
    assert "efter mødet." in " ".join(linje.forbehold)
    assert "Taget ud af programmet" in linje.talkilde
    assert linje.skrevet.startswith("Opfølgningen er skrevet ")
    assert "Dokumenteret: 0 af" in bevis(v.plan, 2026, I_DAG).hovedlinje


def test_2_a_meeting_that_was_put_in_after_its_day(v):
    holdt(v, dagsorden=EFTER)
    assert (
        "Mødet er ikke indkaldt i programmet før mødets dag: dagsordenen er sendt 10. september 2026."
        in linjen(v).mangler
    )


def test_3_another_plans_minutes(v):
    holdt(v, plan=v.plan.forgaenger)
    skriv(v)
    assert linjen(v).mangler == (UDEN_MOEDE, UDEN_TAL)
    moede = holdt(v, referat=None)
    fremmed = holdt(v, plan=v.plan.forgaenger).papirer.get(art="referat")
    papir = f.MoedepapirFactory(moede=moede, indhold=fremmed.indhold, sendt=EFTER)
    f.ReferatgodkendelseFactory(papir=papir, medlem__side__plan=v.plan)
    assert linjen(v).mangler == ("Referatet passer ikke med mødet eller er ikke det, der blev frosset.",)


def test_4_minutes_that_nobody_has_approved_and_minutes_approved_by_the_sender_alone(v):
    moede = holdt(v, godkendt=False)
    uden = "Referatet er ikke godkendt af andre end den, der sendte det."
    assert linjen(v).mangler == (uden,)
    papir = moede.papirer.get(art="referat")
    f.ReferatgodkendelseFactory(papir=papir, medlem__side__plan=v.plan, medlem__bruger=papir.sendt_af)
    assert linjen(v).mangler == (uden,)


def test_5_minutes_that_were_not_sent(v):
    holdt(v, referat=None)
    skriv(v)
    assert linjen(v).mangler == ("Referatet er ikke sendt til godkendelse.",)


def test_6_minutes_of_another_year_or_of_another_day(v):
    moede = holdt(v, date(2025, 9, 3), dagsorden=datetime(2025, 8, 25, 8, tzinfo=UTC))
    skriv(v)
    assert linjen(v).mangler == (UDEN_MOEDE, UDEN_TAL)
    Moede.objects.filter(pk=moede.pk).update(dato=DAG)  # moved once its minutes were sent
    assert linjen(v).mangler[0] == "Referatet passer ikke med mødet eller er ikke det, der blev frosset."


def test_7_an_item_that_puts_the_goal_off_proves_nothing_also_where_the_words_name_it(v):
    holdt(v, udfald="udsat", konklusion="Mål 4 tages op på næste møde.")
    skriv(v)
    [mangel] = linjen(v).mangler
    assert mangel == "Referatets punkt 1 siger om målet: udsat til et senere møde."


def test_8_a_matching_date_alone_and_words_in_the_minutes_without_an_outcome(v):
    moede = holdt(v, referat=None)
    Dagsordenspunkt.objects.update(maal=[], referat="Mål 1 er fulgt op.")
    papir = f.MoedepapirFactory(moede=moede, sendt=EFTER)
    f.ReferatgodkendelseFactory(papir=papir, medlem__side__plan=v.plan)
    skriv(v)
    assert linjen(v).mangler == ("Referatet har intet punkt, der siger, at målet er fulgt op.",)


def test_9_an_item_that_was_decided_as_put_off(v):
    moede = holdt(v, referat=None)
    f.AfgoerelseFactory(punkt=moede.punkter.get(), resultat="udsat")
    papir = f.MoedepapirFactory(moede=moede, sendt=EFTER)
    f.ReferatgodkendelseFactory(papir=papir, medlem__side__plan=v.plan)
    assert linjen(v).mangler == ("Referatets punkt 1 er udsat.",)


def test_10_an_item_taken_out_of_the_newest_minutes(v):
    moede = holdt(v)
    skriv(v)
    Dagsordenspunkt.objects.update(maal=[])
    papir = f.MoedepapirFactory(moede=moede, nummer=2, sendt=EFTER)
    f.ReferatgodkendelseFactory(papir=papir, medlem__side__plan=v.plan)
    assert linjen(v).mangler == ("Referatet har intet punkt, der siger, at målet er fulgt op.",)


def test_11_two_goals_in_one_item_count_each_for_itself(v):
    moede = holdt(v, referat=None)
    andet = next(m for m in plan_maal(v.plan) if m.nummer != nummeret(v)) if len(plan_maal(v.plan)) > 1 else None
    if andet is None:
        egen = plan_maal(v.plan)[0]
        andet = f.OverordnetMaalFactory(indsatsomraade=egen.indsatsomraade, nummer=egen.nummer + 50)
    raekker = [
        {"nummer": nummeret(v), **FULGT_OP},
        {"nummer": andet.nummer, "udfald": "udsat", "konklusion": ""},
    ]
    Dagsordenspunkt.objects.update(maal=raekker)
    papir = f.MoedepapirFactory(moede=moede, sendt=EFTER)
    f.ReferatgodkendelseFactory(papir=papir, medlem__side__plan=v.plan)
    b = bevis(v.plan, 2026, I_DAG)
    assert maalet(b, v.plan).er_dokumenteret
    assert next(m for m in b.maal if m.nummer == andet.nummer).er_dokumenteret is False


def test_12_figures_that_came_after_the_meeting(v):
    Talbinding.objects.all().delete()
    Maaling.objects.all().delete()
    holdt(v)
    indikator = v.plan.indikatorer.filter(fast__isnull=False).first()
    sted = v.plan.steder.filter(art="omraade").first()
    f.MaalingFactory(indikator=indikator, sted=sted, aar=2024, antal=30, grundlag=80, vaerdi=Decimal("37.5"))
    skriv(v)
    linje = linjen(v)
    assert linje.mangler == (UDEN_TAL,)
    assert "De viser ikke, hvad bestyrelsen så." in linje.talkilde


def test_13_a_figure_that_was_changed_is_shown_as_it_was_then(v):
    holdt(v)
    foer = linjen(v).tal
    Maaling.objects.filter(antal__isnull=False).update(antal=79, grundlag=80, vaerdi=None)
    skriv(v)
    assert linjen(v).tal == foer


def test_14_a_meeting_that_was_cancelled_and_one_of_another_body(v):
    moede = holdt(v)
    Moede.objects.filter(pk=moede.pk).update(tilstand="aflyst", aflyst_grund="For få kunne.")
    skriv(v)
    assert linjen(v).mangler == (UDEN_MOEDE, UDEN_TAL)
    Moede.objects.filter(pk=moede.pk).update(tilstand="holdt", aflyst_grund="", art="foelgegruppe")
    assert linjen(v).mangler == (UDEN_MOEDE, UDEN_TAL)


def test_15_minutes_written_into_the_database_and_minutes_from_before_the_meeting(v):
    moede = holdt(v)
    papir = moede.papirer.get(art="referat")
    papir.indhold["billede"]["punkter"][0]["maal"][0]["konklusion"] = "En helt anden."
    with connection.cursor() as cursor:  # past the guards of the model, as a forger would
        cursor.execute("UPDATE moeder_moedepapir SET indhold = %s WHERE id = %s", [json.dumps(papir.indhold), papir.pk])
    skriv(v)
    assert linjen(v).mangler[0] == "Referatet passer ikke med mødet eller er ikke det, der blev frosset."


def test_16_a_status_published_before_the_meeting_proves_the_figures_and_one_after_does_not(v):
    moede = holdt(v, dagsorden=None)
    f.MoedepapirFactory(moede=moede, art="dagsorden", sendt=FOER, indhold={"skema": 99})
    status = publiceret_status(v.plan)
    assert linjen(v).talkilde == "Som de stod i »Status for 1. kvartal 2026«, publiceret 1. maj 2026."
    type(status).objects.filter(pk=status.pk).update(publiceret_den=EFTER)
    assert UDEN_TAL in linjen(v).mangler


@pytest.mark.parametrize(
    ("sendt", "start", "mangel"),
    [
        (datetime(2026, 9, 3, 5, 59, tzinfo=UTC), time(8), ""),
        (
            datetime(2026, 9, 3, 9, 35, tzinfo=UTC),
            time(8),
            "før det begyndte kl. 08.00: dagsordenen er sendt samme dag",
        ),
        (datetime(2026, 9, 3, 5, 59, tzinfo=UTC), None, "det har intet klokkeslæt: dagsordenen er sendt samme dag"),
        (datetime(2026, 9, 2, 9, tzinfo=UTC), None, ""),
    ],
)
def test_an_agenda_that_went_out_when_the_meeting_had_begun(v, sendt, start, mangel):
    holdt(v, dagsorden=sendt, start=start)
    publiceret_status(v.plan)
    assert mangel in " ".join(linjen(v).mangler)
    assert linjen(v).er_dokumenteret is not bool(mangel)


def test_a_meeting_where_nobody_is_noted_as_present(v):
    moede = holdt(v, til_stede=False)
    uden = "Referatet siger ikke, at nogen af bestyrelsens medlemmer var til stede."
    assert linjen(v).mangler == (uden,)
    f.FremmoedeFactory(moede=moede, art="udeblevet")
    papir = f.MoedepapirFactory(moede=moede, nummer=2, sendt=EFTER)
    f.ReferatgodkendelseFactory(papir=papir, medlem__side__plan=v.plan)
    assert linjen(v).mangler == (uden,)


@pytest.mark.parametrize(
    "konklusion",
    [
        "Udsat. Mål 4 tages op på næste møde.",
        "Bestyrelsen nåede ikke målet.",
        "Målet blev ikke drøftet.",
        "Punktet er udskudt til december.",
        "Vi ser på målet på næste møde.",
        "Der blev spist rugbrød. Målet er udsat.",
        ".",
        "ok",
    ],
)
def test_a_conclusion_that_says_nothing_or_the_opposite(v, client, konklusion):
    moede = holdt(v, konklusion=konklusion)
    [mangel] = linjen(v).mangler
    assert mangel.startswith("Referatets punkt 1: konklusionen ")
    punkt, nr = moede.punkter.get(), nummeret(v)
    client.force_login(v.brugere["sekretariat"])
    svar = client.post(
        reverse("punktreferat-ret", args=[v.plan.noegle, moede.pk, punkt.pk]),
        {"version": punkt.version, "referat": "Frokost.", f"maal_{nr}": "fulgt_op", f"konklusion_{nr}": konklusion},
    )
    assert svar.status_code == 422
    assert "Skriv, hvad bestyrelsen gjorde, eller vælg et andet udfald." in svar.content.decode()
    felter = {"maal": [{"nummer": nr, "udfald": "fulgt_op", "konklusion": konklusion}]}
    with pytest.raises(ValidationError, match="Konklusionen om mål"):
        handlinger.ret_punktreferat(bruger=PROGRAMMET, punkt=punkt, felter=felter, version=None)


@pytest.mark.parametrize(
    "konklusion",
    [
        "Bestyrelsen har drøftet tallene. Budgettet tages op på næste møde.",
        "Området er et udsat boligområde, og indsatsen fortsætter.",
        "Udsatte unge får en mentor.",
    ],
)
def test_a_conclusion_that_concludes_beside_what_comes_later(v, konklusion):
    holdt(v, konklusion=konklusion)
    assert linjen(v).mangler == ()


def test_a_follow_up_that_came_too_late_is_in_the_headline(v):
    skriv(v, dato=date(2025, 3, 1))
    holdt(v)
    b = bevis(v.plan, 2026, I_DAG)
    assert linjen(v).for_sent
    assert b.hovedlinje == f"Dokumenteret: 1 af {len(b.maal)} mål i 2026, heraf 1 fulgt op for sent."


def test_minutes_sent_after_the_year_and_an_objection_are_told(v):
    moede = holdt(v, referat=datetime(2027, 1, 4, 8, tzinfo=UTC))
    papir = moede.papirer.get(art="referat")
    f.ReferatgodkendelseFactory(papir=papir, medlem__side__plan=v.plan, godkendt=False, bemaerkning="Nej.")
    assert linjen(v).forbehold == (
        "Referat 1 er sendt 4. januar 2027, efter årets udgang.", "1 medlem har en indsigelse mod referatet.",
    )  # fmt: skip


# --- minutes of meetings outside the program --------------------------------------------------------------------------


def uploadet(v, **felter) -> UploadetReferat:
    maal = [{"nummer": nummeret(v), "konklusion": "Vi fortsætter."}]
    return f.UploadetReferatFactory(**{"plan": v.plan, "maal": maal} | felter)


def test_17_uploaded_minutes_count_as_a_persons_statement_when_the_figures_were_frozen_by_the_day(v, client):
    publiceret_status(v.plan)
    r = uploadet(v)
    linje, b = linjen(v), bevis(v.plan, 2026, I_DAG)
    assert (linje.mangler, linje.ved_upload, linje.fra_referat) == ((), True, False)
    assert UDSAGN in linje.forbehold
    assert (linje.konklusion, linje.talkilde[:20]) == ("Vi fortsætter.", "Som de stod i »Statu")
    ord_ = f"referat uploadet den 5. september 2026, af {r.uploadet_af}, 2 dage efter mødet"
    ord_ += f", bekræftet den 6. september 2026 af {r.bekraeftet_af}"
    assert linje.moeder[0].uploadet == ord_
    antal = len(b.maal)
    assert b.hovedlinje == (
        f"Dokumenteret: 1 af {antal} mål i 2026: 0 ved programmets referat, 1 ved uploadet referat."
    )
    assert r.pdf_sha256 in [k.sha256 for k in b.kilder]
    ud = tekst(tegn(b))
    assert ord_ in ud
    assert "3. september 2026: dokumenteret ved uploadet referat" in ud
    assert "(en persons udsagn): Vi fortsætter." in ud
    client.force_login(v.brugere["observatoer"])
    fil = reverse("uploadetreferat-pdf", args=[v.plan.noegle, r.pk])
    assert fil in client.get(reverse("opfoelgningsbevis", args=[v.plan.noegle, 2026])).content.decode()
    svar = client.get(fil)
    assert lager.sha256(svar.content) == r.pdf_sha256
    assert svar["Content-Disposition"].startswith("attachment")


def test_18_uploaded_minutes_without_figures_frozen_by_the_day(v):
    uploadet(v)
    skriv(v)
    assert linjen(v).mangler == (UDEN_TAL,)
    assert "Dokumenteret: 0 af" in bevis(v.plan, 2026, I_DAG).hovedlinje


@pytest.mark.parametrize(
    ("uploadet_den", "mangel"),
    [
        (datetime(2027, 1, 4, 8, tzinfo=UTC), "Referatet er uploadet 4. januar 2027, efter årets udgang."),
        (datetime(2026, 9, 1, 8, tzinfo=UTC), "Referatet er uploadet 1. september 2026, før mødet."),
    ],
)
def test_19_uploaded_after_the_years_end_or_before_the_meeting(v, uploadet_den, mangel):
    publiceret_status(v.plan)
    uploadet(v, uploadet=uploadet_den)
    assert linjen(v).mangler == (mangel,)


def test_20_a_file_that_is_gone_or_is_another_and_one_that_was_withdrawn(v):
    publiceret_status(v.plan)
    r = uploadet(v)
    sti = r.pdf.storage.path(r.pdf.name)
    with open(sti, "wb") as fil:
        fil.write(b"En anden.")
    [mangel] = linjen(v).mangler
    assert mangel.startswith("Det uploadede referat findes ikke mere, eller det er ikke den fil")
    r.pdf.storage.delete(r.pdf.name)
    assert linjen(v).mangler == (mangel,)
    egen = uploadet(v, dato=date(2026, 10, 1), uploadet=datetime(2026, 10, 1, 8, tzinfo=UTC))
    sidste = maalet(bevis(v.plan, 2026, I_DAG), v.plan).opfoelgninger[-1]
    assert sidste.mangler == ()
    assert ", på mødets dag, bekræftet" in sidste.moeder[0].uploadet
    traek_referat(bruger=v.brugere["sekretariat"], referat=egen)
    [mangel] = maalet(bevis(v.plan, 2026, I_DAG), v.plan).opfoelgninger[-1].mangler
    assert "er trukket tilbage" in mangel


def test_21_the_programs_own_minutes_of_the_day_win_over_uploaded_ones(v):
    holdt(v, udfald="udsat", konklusion="Næste gang.")
    uploadet(v)
    linje = linjen(v)
    assert linje.mangler == ("Referatets punkt 1 siger om målet: udsat til et senere møde.",)
    assert PROGRAMMETS in linje.forbehold
    assert linje.ved_upload is False


def test_22_uploaded_minutes_of_another_plan(v):
    publiceret_status(v.plan)
    uploadet(v, plan=v.plan.forgaenger)
    assert maalet(bevis(v.plan, 2026, I_DAG), v.plan).opfoelgninger == ()


def et_referat(tekst="Referat af mødet") -> bytes:
    html = f'<html lang="da"><p>{tekst}</p></html>'
    return html_til_pdf(html, titel="Referat", identifikator="x")


def upload(v, data: bytes, dato=DAG, navn="referat.pdf", konklusion="Vi fortsætter."):
    ind = Referatupload(dato, data, navn, {nummeret(v): konklusion})
    return upload_referat(bruger=v.brugere["sekretariat"], plan=v.plan, upload=ind)


def test_23_a_file_is_the_minutes_of_one_meeting_here_and_in_every_plan(v):
    dag, brugt = timezone.localdate(), "Filen er allerede brugt som referat"
    data = et_referat()
    upload(v, data, dag)
    with pytest.raises(ValidationError, match=brugt):
        upload(v, data, dag - timedelta(days=1))
    andet = et_referat("Et andet møde")
    fremmed = f.UploadetReferatFactory(plan=v.plan.forgaenger, data=andet)
    assert fremmed.pdf_sha256 == lager.sha256(andet)
    with pytest.raises(ValidationError, match=brugt):
        upload(v, andet, dag)
    programmets = et_referat("Programmets")
    f.MoedepapirFactory(moede__plan=v.plan.forgaenger, pdf_sha256=lager.sha256(programmets))
    with pytest.raises(ValidationError, match=brugt):
        upload(v, programmets, dag)
    assert UploadetReferat.objects.filter(plan=v.plan).count() == 1


def test_24_a_file_with_a_cpr_number_no_pdf_a_day_to_come_and_no_goal_are_refused(v):
    i_dag = timezone.localdate()
    med_cpr = et_referat("Borger 010190-1234 deltog")
    for data, dato, navn, konklusion, felt in (
        (med_cpr, i_dag, "referat.pdf", "Ja.", "fil"),
        (b"Referat", i_dag, "referat.txt", "Ja.", "fil"),
        (b"Referat", i_dag, "referat.pdf", "Ja.", "fil"),
        (b"", i_dag + timedelta(days=1), "referat.pdf", "Ja.", "dato"),
        (b"", date(1999, 1, 1), "referat.pdf", "Ja.", "dato"),
        (b"", i_dag, "referat.pdf", " ", "__all__"),
    ):
        with pytest.raises(ValidationError) as fejl:
            upload(v, data, dato, navn, konklusion)
        assert list(getattr(fejl.value, "error_dict", {"__all__": 0})) == [felt]
    assert not UploadetReferat.objects.exists()


def test_the_form_takes_the_file_and_the_page_lets_it_be_withdrawn_once(v, client):
    client.force_login(v.brugere["sekretariat"])
    dag = timezone.localdate()
    data = et_referat()
    url = reverse("uploadetreferat-opret", args=[v.plan.noegle])
    fil = SimpleUploadedFile("referat.pdf", data, content_type="application/pdf")
    svar = client.post(url, {"dato": f"{dag:%d.%m.%Y}", "fil": fil, f"konklusion_{nummeret(v)}": "Vi fortsætter."})
    side = reverse("opfoelgningsbevis", args=[v.plan.noegle, dag.year])
    assert svar.url == side
    r = UploadetReferat.objects.get()
    assert (r.dato, r.uploadet_af, r.maal) == (
        dag, v.brugere["sekretariat"], [{"nummer": nummeret(v), "konklusion": "Vi fortsætter."}],
    )  # fmt: skip
    traek = reverse("uploadetreferat-traek", args=[v.plan.noegle, r.pk])
    assert traek in client.get(side).content.decode()
    client.post(traek)
    html = client.get(side).content.decode()
    assert "trukket tilbage" in html
    assert traek not in html
    with pytest.raises(ValidationError, match="allerede trukket"):
        traek_referat(bruger=v.brugere["sekretariat"], referat=r)


# --- how the minutes say it -------------------------------------------------------------------------------------------


def test_the_form_of_an_items_minutes_records_the_goals_and_asks_for_a_conclusion(v, client):
    moede = holdt(v, referat=None)
    punkt = moede.punkter.get()
    nr = nummeret(v)
    url = reverse("punktreferat-ret", args=[v.plan.noegle, moede.pk, punkt.pk])
    client.force_login(v.brugere["sekretariat"])
    svar = client.post(url, {"version": punkt.version, "referat": "Kort.", f"maal_{nr}": "fulgt_op"})
    assert "Skriv, hvad bestyrelsen konkluderede." in svar.content.decode()
    data = {"version": punkt.version, "referat": "Kort.", f"maal_{nr}": "udsat", f"konklusion_{nr}": "Næste gang."}
    assert client.post(url, data).status_code == 302
    punkt.refresh_from_db()
    assert [r for r in punkt.maal if r["udfald"]] == [{"nummer": nr, "udfald": "udsat", "konklusion": "Næste gang."}]
    felter = {"maal": [{"nummer": nr, "udfald": "fulgt_op", "konklusion": " "}]}
    with pytest.raises(ValidationError, match="konkluderede om mål"):
        handlinger.ret_punktreferat(bruger=PROGRAMMET, punkt=punkt, felter=felter, version=None)


def test_sending_the_minutes_writes_the_follow_up_once(v):
    moede = holdt(v, referat=None)
    handlinger.send_referat(
        bruger=v.brugere["sekretariat"], moede=moede, version=None, til=handlinger.Forsendelse(hvornaar=EFTER)
    )
    [o] = Opfoelgning.objects.filter(plan=v.plan)
    assert (o.dato, o.konklusion, o.data_aar) == (DAG, "Vi fortsætter vejledningen.", 2024)
    handlinger.send_referat(
        bruger=v.brugere["sekretariat"], moede=moede, version=None, til=handlinger.Forsendelse(hvornaar=EFTER)
    )
    assert Opfoelgning.objects.filter(plan=v.plan).count() == 1


def test_the_four_ways_say_the_same(v, client, capsys):
    """Page, paper, the board's page and the check."""
    skriv(v, dato=timezone.localdate().replace(month=1, day=5))
    aar = timezone.localdate().year
    linje = bevis(v.plan, aar, timezone.localdate()).hovedlinje
    client.force_login(v.brugere["observatoer"])
    assert linje in client.get(reverse("opfoelgningsbevis", args=[v.plan.noegle, aar])).content.decode()
    assert linje in client.get(reverse("bestyrelse", args=[v.plan.noegle])).content.decode()
    assert linje in tekst(tegn(bevis(v.plan, aar, timezone.localdate())))
    call_command("kontroller", v.plan.noegle)
    assert linje in capsys.readouterr().out
