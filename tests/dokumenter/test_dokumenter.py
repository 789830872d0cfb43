"""The documents of a plan and their pages: how far each is, who must act, what is in force, what the findings say."""

from datetime import date
from urllib.parse import quote

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from aftaler.actions.delaftale import slet_delaftale
from aftaler.actions.raekker import ret as ret_raekke
from aftaler.models import Delaftale
from aftaler.queries.kontrol import kontroller
from aftaler.queries.overblik import dokumentlinjer
from dokumenter import lager
from dokumenter.actions.udgave import forslag, frys, hent_billede, hent_papir, ret_niveau, traek
from dokumenter.blokke import af_billede
from dokumenter.kladdestand import kladdestande
from dokumenter.models import Udgave
from dokumenter.queries.dokumenter import dokument, dokumenter
from dokumenter.queries.pakke import pakkestilling
from helhedsplan.formats import kort_dato, lang_dato
from helhedsplan.fund import samlet
from helhedsplan.laest import en_side
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.dokumenter.dokumentdata import dokumentverden, frossen, godkendt, i_kraft, referat, url


@pytest.fixture
def v(db):
    return dokumentverden()


@pytest.fixture
def leder(client, v):
    client.force_login(v.brugere["leder"])
    return client


def linje(v, art, emne=""):
    return dokument(v.plan, art, emne)


def test_every_required_document_with_how_far_it_is_and_who_must_act(v):
    v.plan.bilag.all().delete()
    v.plan.risici.all().delete()
    fundne = {(li.art, li.emne): (li.trin, li.naeste, li.er_klar) for li in dokumenter(v.plan)}
    emne = v.delaftale.noegle
    assert fundne[("samarbejdsaftale", "")] == ("kladde", "Sekretariatet udfylder det, der mangler", False)
    assert fundne[("delaftale", emne)] == ("kladde", "Sekretariatet fryser en udgave", False)
    assert fundne[("budget", "bevilget")] == ("kladde", "Sekretariatet udfylder det, der mangler", False)
    assert fundne[("beredskabsplan", "")] == ("mangler", "Sekretariatet skriver dokumentet", False)
    assert fundne[("indberetningsskema", "")] == ("mangler", "Sekretariatet lægger skemaet ind som bilag", False)


def test_overview_and_package_have_one_word_for_a_paper_that_nothing_is_written_of(leder, v):
    ny = f.DelaftaleFactory(plan=v.plan)
    v.plan.indsatsomraader.add(ny.indsatsomraade)

    def ord_() -> tuple[str, str]:
        papir = next(x for x in dokumentlinjer(v.plan) if x.url == linje(v, "delaftale", ny.noegle).kladde_url)
        return papir.tilstand, linje(v, "delaftale", ny.noegle).trin

    assert ord_() == ("mangler", "mangler")
    tomt = leder.get(reverse("plan-overblik", args=[v.plan.noegle])).content.decode()
    assert "○</span> Mangler" in tomt
    assert "○</span> Mangler" in leder.get(reverse("pakke-vis", args=[v.plan.noegle])).content.decode()
    parti = f.SamarbejdspartFactory(delaftale=ny)
    assert ord_() == ("kladde", "kladde")
    parti.delete()
    skabelon = v.plan.regelsaet.skabelonafsnit.filter(dokument="delaftale", art="prosa").first()
    f.AfsnitFactory(delaftale=ny, skabelon=skabelon, tekst="<p>Mange er uden job.</p>")
    assert ord_() == ("kladde", "kladde")


def test_et_indberetningsskema_er_uploadet_og_ikke_godkendt(v):
    f.BilagFactory(plan=v.plan, art="indberetningsskema")
    linje = next(li for li in dokumenter(v.plan) if li.art == "indberetningsskema")
    assert (linje.trin.label, linje.er_klar) == ("Uploadet", True)


def test_listen_leder_til_skemaets_plads_med_navn_og_slags(v, client):
    v.plan.bilag.all().delete()
    client.force_login(v.brugere["leder"])
    html = client.get(reverse("dokument-liste", args=[v.plan.noegle])).content.decode()
    navn = next(li.navn for li in dokumenter(v.plan) if li.art == "indberetningsskema")
    sti = f"{reverse('bilag-opret', args=[v.plan.noegle])}?art=indberetningsskema&amp;titel={quote(navn)}"
    assert f'href="{sti}"' in html
    form = client.get(sti.replace("&amp;", "&")).context["form"]
    assert (form["titel"].value(), form["art"].value()) == (navn, "indberetningsskema")


def test_the_steps_of_a_document_until_it_is_in_force_and_withdrawn(v):
    udgave = frossen(v)
    assert (linje(v, "beredskabsplan").trin, linje(v, "beredskabsplan").naeste) == ("frosset", "Afventer bestyrelsen")
    godkendt(v, udgave)
    assert (linje(v, "beredskabsplan").trin, linje(v, "beredskabsplan").er_klar) == ("godkendt", True)
    i_kraft(v, udgave)
    assert linje(v, "beredskabsplan").gaeldende.udgave == udgave
    traek(bruger=PROGRAMMET, udgave=udgave, grund="Det var forkert.", version=None)
    efter = linje(v, "beredskabsplan")
    assert (efter.trin, efter.er_klar, efter.gaeldende, efter.naeste) == (
        "kladde", False, None, "Sekretariatet fryser en udgave",
    )  # fmt: skip


def test_what_must_be_signed_is_ready_only_when_all_have(v):
    emne = v.delaftale.noegle
    udgave = godkendt(v, frossen(v, "delaftale", emne))
    assert (linje(v, "delaftale", emne).trin, linje(v, "delaftale", emne).er_klar) == ("godkendt", False)
    fil = udgave.filrevisioner.first()
    udgave.underskrivere.update(metode="blaek", underskrevet=timezone.now(), filrevision=fil)
    assert (linje(v, "delaftale", emne).trin, linje(v, "delaftale", emne).er_klar) == ("underskrevet", True)


@pytest.mark.parametrize("antal", [1, 3])
def test_a_constant_number_of_queries(v, antal, django_assert_num_queries):
    for nr in range(antal):
        udgave = f.UdgaveFactory(plan=v.plan, emne=f"emne-{nr}")
        f.GodkendelseFactory.create_batch(antal, udgave=udgave)
    with (
        en_side(),
        django_assert_num_queries(39),
    ):  # ten for the gaps: every section, activity and delmål, and the board
        dokumenter(v.plan)


# --- the proposal ---------------------------------------------------------------------------------------------------


def test_an_activitys_text_is_for_the_working_group_once_the_delaftale_is_approved(v):
    emne = v.delaftale.noegle
    foerste = frossen(v, "delaftale", emne)
    assert (foerste.niveau, foerste.beroerer) == (2, ["delaftale", "karakter"])
    aktivitet = v.delaftale.aktiviteter.first()
    ret_raekke(bruger=PROGRAMMET, objekt=aktivitet, felter={"ansvarlig": "En anden"}, version=None)
    assert forslag(v.plan, "delaftale", emne).niveau.niveau == 2  # nothing is approved yet
    godkendt(v, foerste)
    anden = frossen(v, "delaftale", emne)
    assert (anden.niveau, anden.beroerer, anden.retter) == (1, ["aktivitet"], foerste)
    with pytest.raises(ValidationError, match="lavere niveau"):
        frossen(v, "samarbejdsaftale", niveau=2)
    assert frossen(v, "samarbejdsaftale", niveau=2, begrundelse="Kun en stavefejl.").niveau_foreslaaet == 3


def test_nobody_is_asked_who_is_not_there(v, leder):
    """Without a working or advisory group the board decides what such a group would have."""
    emne = v.delaftale.noegle
    godkendt(v, frossen(v, "delaftale", emne))
    ret_raekke(
        bruger=PROGRAMMET, objekt=v.delaftale.aktiviteter.first(), felter={"ansvarlig": "En anden"}, version=None
    )
    side = url(v, "udgave-frys", "delaftale", emne)
    assert "Arbejds- eller følgegruppen (foreslået)" in leder.get(side).content.decode()
    v.plan.grupper.filter(art="arbejdsgruppe").update(art="sekretariat")
    html = leder.get(side).content.decode()
    assert "Arbejds- eller følgegruppen" not in html
    assert "Bestyrelsen (foreslået)" in html
    assert "Planen har ingen arbejds- eller følgegruppe" in html
    with pytest.raises(ValidationError, match="Planen har ingen arbejds- eller følgegruppe"):
        frossen(v, "delaftale", emne, niveau=1, begrundelse="Kun en stavefejl.")
    udgave = frossen(v, "delaftale", emne)
    assert udgave.niveau == 2
    assert "Arbejds- eller følgegruppen" not in leder.get(url(v, "udgave-godkend", udgave.pk)).content.decode()
    assert "Arbejds- eller følgegruppen" not in leder.get(url(v, "udgaver-afgoer")).content.decode()
    with pytest.raises(ValidationError, match="Planen har ingen arbejds- eller følgegruppe"):
        ret_niveau(bruger=PROGRAMMET, udgave=udgave, niveau=1, begrundelse="Kun en stavefejl.", version=None)


def test_two_open_revisions_show_where_they_change_the_same(v, leder):
    emne = v.delaftale.noegle
    godkendt(v, frossen(v, "delaftale", emne))
    aktivitet = v.delaftale.aktiviteter.first()
    ret_raekke(bruger=PROGRAMMET, objekt=aktivitet, felter={"ansvarlig": "En anden"}, version=None)
    frossen(v, "delaftale", emne)
    side = url(v, "dokument-vis", "delaftale", emne)
    assert "Flere ændringer på samme tid" not in leder.get(side).content.decode()
    ret_raekke(bruger=PROGRAMMET, objekt=aktivitet, felter={"ansvarlig": "En tredje"}, version=None)
    html = leder.get(side).content.decode()
    assert "Flere ændringer på samme tid" in html
    assert f"Udgave 2 og kladden: Aktiviteten {aktivitet.navn}" in html


UDEN_AFSNIT = {"uskrevet_ja": "on", "uskrevet_begrundelse": "Skrives sammen med kommunen i juni."}


# --- pages ----------------------------------------------------------------------------------------------------------


def test_freezing_on_the_page(v, leder):
    side = url(v, "udgave-frys", "samarbejdsaftale")
    assert "Bestyrelsen og Landsbyggefonden (foreslået)" in leder.get(side).content.decode()
    svar = leder.post(side, {"niveau": "1", "niveau_begrundelse": ""})
    assert (svar.status_code, Udgave.objects.count()) == (422, 0)
    assert "Skriv, hvorfor udgaven kan godkendes på et lavere niveau" in svar.content.decode()
    svar = leder.post(side, {"niveau": "1", "niveau_begrundelse": "Kun en stavefejl.", **UDEN_AFSNIT})
    udgave = Udgave.objects.get()
    assert (svar.status_code, svar.url) == (302, udgave.get_absolute_url())
    assert (udgave.niveau, udgave.niveau_begrundelse) == (1, "Kun en stavefejl.")


def test_freezing_with_unwritten_sections_wants_a_yes_and_a_reason_and_no_number_jumps(v, leder):
    side = url(v, "udgave-frys", "samarbejdsaftale")
    for nummer in (95, 96):
        f.SkabelonafsnitFactory(regelsaet=v.plan.regelsaet, titel=f"Tomt {nummer}", orden=nummer)
    mangler = forslag(v.plan, "samarbejdsaftale").mangler
    assert mangler
    html = leder.get(side).content.decode()
    assert all(f"<li>{navn}</li>" in html for navn in mangler)

    svar = leder.post(side, {"niveau": "3", "niveau_begrundelse": ""})
    assert (svar.status_code, Udgave.objects.count()) == (422, 0)
    with pytest.raises(ValidationError, match="Skriv, hvorfor udgaven fryses uden"):
        frys(bruger=PROGRAMMET, plan=v.plan, art="samarbejdsaftale", uskrevet=" ")
    svar = leder.post(side, {"niveau": "3", "niveau_begrundelse": "", **UDEN_AFSNIT})

    udgave = Udgave.objects.get()
    assert udgave.uskrevet_begrundelse == "Skrives sammen med kommunen i juni."
    assert "Skrives sammen med kommunen i juni." in leder.get(udgave.get_absolute_url()).content.decode()
    papir = hent_papir(udgave)
    dele = af_billede(hent_billede(udgave)).dele
    assert [del_.nummer for del_ in dele if del_.nummer] == [a.nummer for a in papir.afsnit if a.nummer]
    with udgave.pdf.open() as fil:
        tekst = "".join(side.extract_text() for side in PdfReader(fil).pages)
    tomme_problemer = [p for a in papir.afsnit if a.art == "problemkomplekser" for p in a.indhold if not p.tekst]
    assert tekst.count("Ikke udfyldt i denne udgave") == len([m for m in mangler if ":" not in m]) + len(
        tomme_problemer
    )
    assert "Ikke udfyldt endnu" not in tekst


def test_an_edition_is_read_as_it_was_and_fetched_from_storage(v, leder):
    udgave = frossen(v, "samarbejdsaftale")
    v.plan.afsnit.update(tekst="<p>Helt nyt.</p>")
    html = leder.get(udgave.get_absolute_url()).content.decode()
    assert udgave.pdf_sha256 in html
    assert "Området har 4.209 beboere." in html
    assert "Helt nyt." not in html
    assert "billede:" not in html
    pdf = leder.get(url(v, "udgave-pdf", udgave.pk))
    assert lager.sha256(pdf.content) == udgave.pdf_sha256
    assert pdf["Content-Disposition"] == f'inline; filename="samarbejdsaftale-{v.plan.noegle}-udgave-1.pdf"'


def test_the_page_of_an_edition_says_which_file_it_gives_and_leads_to_the_scan(v, leder):
    udgave = frossen(v)
    side = udgave.get_absolute_url()
    scannet = url(v, "udgave-fil", udgave.pk, 2)
    assert "Udstedt" in leder.get(side).content.decode()
    assert scannet not in leder.get(side).content.decode()
    foerste = udgave.filrevisioner.get()
    f.FilrevisionFactory(udgave=udgave, nummer=2, art="scannet", foer=foerste)
    html = leder.get(side).content.decode()
    assert scannet in html
    assert "Scannet papir med underskrift" in html


def test_a_file_that_is_not_what_was_kept_is_not_handed_out(v, leder):
    udgave = frossen(v)
    with udgave.pdf.storage.open(udgave.pdf.name, "ab") as fil:
        fil.write(b"x")
    svar = leder.get(url(v, "udgave-pdf", udgave.pk))
    assert svar.status_code == 409
    assert "ikke den, der blev gemt" in svar.content.decode()


def test_deciding_and_putting_in_force_on_the_pages(v, leder):
    udgave = frossen(v)
    i_dag = timezone.localdate().strftime("%d.%m.%Y")
    trin = url(v, "udgave-ikraft", udgave.pk)
    assert "Udgaven skal først godkendes af bestyrelsen." in leder.get(trin).content.decode()
    assert leder.post(trin, {"ikraft": i_dag, "version": "1"}).status_code == 422
    data = {"niveau": "2", "resultat": "godkendt", "dato": i_dag, "besluttet_af": "Bestyrelsen", "version": "1"}
    afgoer = url(v, "udgave-godkend", udgave.pk)
    assert leder.post(afgoer, data | {"pdf_sha256": "0" * 64, "bilag_fil": referat()}).status_code == 422
    assert leder.post(afgoer, data | {"pdf_sha256": udgave.pdf_sha256, "bilag_fil": referat()}).status_code == 302
    assert leder.post(trin, {"ikraft": "i morgen", "version": "1"}).status_code == 422
    assert leder.post(trin, {"ikraft": i_dag, "version": "1"}).status_code == 302
    udgave.refresh_from_db()
    assert udgave.ikraft == timezone.localdate()
    traekker = url(v, "udgave-traek", udgave.pk)
    assert leder.post(traekker, {"trukket_grund": "", "version": "2"}).status_code == 422
    assert leder.post(traekker, {"trukket_grund": "Det var forkert.", "version": "2"}).status_code == 302
    assert "Trukket tilbage" in leder.get(udgave.get_absolute_url()).content.decode()


def test_a_day_far_ahead_is_asked_about_and_said_in_the_list(v, leder):
    udgave = frossen(v)
    data = {"niveau": "2", "resultat": "godkendt", "dato": timezone.localdate().strftime("%d.%m.%Y"), "version": "1"}
    data |= {"besluttet_af": "Bestyrelsen", "pdf_sha256": udgave.pdf_sha256, "bilag_fil": referat()}
    assert leder.post(url(v, "udgave-godkend", udgave.pk), data).status_code == 302
    trin, dag = url(v, "udgave-ikraft", udgave.pk), v.plan.periode_til
    data = {"ikraft": dag.strftime("%d.%m.%Y"), "version": "1"}
    svar = leder.post(trin, data | {"ikraft": "01.01.2060"})  # refused whatever is answered
    assert "ligger uden for planens periode" in svar.content.decode()
    assert "Er det rigtigt?" not in svar.content.decode()
    svar = leder.post(trin, data)
    assert svar.status_code == 422
    assert f"Udgaven gælder først fra {lang_dato(dag)}." in svar.content.decode()
    assert leder.post(trin, data | {"bekraeftede_advarsler": "ikraft-langt-ude"}).status_code == 302
    assert f"Først fra {kort_dato(dag)}" in leder.get(url(v, "dokument-liste")).content.decode()


@pytest.mark.parametrize(
    ("pr", "status", "tekst"),
    [
        ("2026-03-31", 200, "udgave 1"),
        ("31. marts 2026", 200, "udgave 1"),
        ("2026-01-31", 200, "Ingen udgave af dokumentet gjaldt eller gælder 31. januar 2026"),
        ("2026-02-30", 400, "er ikke en dato, der findes"),
        ("x" * 500, 400, "kan ikke læses som en dato"),
        ("0001-01-01", 400, "Året skal ligge mellem"),
    ],
)
def test_what_was_in_force_on_a_day(v, leder, pr, status, tekst):
    udgave = f.UdgaveFactory(
        plan=v.plan, art="beredskabsplan", emne="", nummer=1, titel="Beredskabsplan", ikraft=date(2026, 2, 1)
    )
    f.FilrevisionFactory(udgave=udgave)
    svar = leder.get(url(v, "dokument-gaeldende", "beredskabsplan"), {"pr": pr})
    assert svar.status_code == status
    assert tekst in svar.content.decode()
    fil = leder.get(url(v, "dokument-gaeldende-pdf", "beredskabsplan"), {"pr": pr})
    ventet = 400 if status == 400 else 200 if "udgave 1" in tekst else 404
    assert fil.status_code == ventet


@pytest.mark.parametrize(
    "sti", ["ukendt/", "budget/", "delaftale/findes-ikke/", "kommissorium/emne/", "indberetningsskema/"]
)
def test_what_is_no_document_is_not_found(v, leder, sti):
    assert leder.get(url(v, "dokument-liste") + sti).status_code == 404


# --- findings and deletion ------------------------------------------------------------------------------------------


def koder(v):
    return {x.kode: x for x in kontroller(v.plan) if x.kode in {"dokument-aldrig-frosset", "udgave-bagud"}}


def test_a_required_document_that_was_never_frozen(v):
    aldrig = [x for x in kontroller(v.plan) if x.kode == "dokument-aldrig-frosset"]
    assert [x.besked for x in aldrig][-1] == "Beredskabsplan er skrevet, men aldrig frosset."
    linjer = [linje.besked for linje in samlet(aldrig)]
    assert linjer == ["3 dokumenter er skrevet, men aldrig frosset:", "Beredskabsplan er skrevet, men aldrig frosset."]
    assert [x.verificeret for x in aldrig] == [True] * (len(aldrig) - 1) + [False]
    frossen(v)
    assert len([x for x in kontroller(v.plan) if x.kode == "dokument-aldrig-frosset"]) == len(aldrig) - 1
    v.plan.fase = "ide"
    assert "dokument-aldrig-frosset" not in koder(v)


def test_an_edition_in_force_that_the_draft_has_left_behind(v):
    udgave = i_kraft(v, godkendt(v, frossen(v)))
    assert "udgave-bagud" not in koder(v)
    f.HaendelseFactory(kaede=v.plan.noegle, objekt=v.plan)
    assert "udgave-bagud" not in koder(v)  # something was written, but not here
    v.plan.risici.update(haandtering="Noget helt andet")
    f.HaendelseFactory(kaede=v.plan.noegle, objekt=v.plan)
    fund = koder(v)["udgave-bagud"]
    assert fund.besked.startswith("Beredskabsplan er ændret siden udgave 1 af ")
    assert fund.henvisning == url(v, "dokument-vis", "beredskabsplan")
    frossen(v)
    assert "udgave-bagud" not in koder(v)  # a newer one is on its way
    assert kladdestande(v.plan, dokumenter(v.plan))[udgave.pk] == "aendret"


def test_deleting_what_a_frozen_paper_is_of_leaves_the_edition(v, leder):
    tom = f.DelaftaleFactory(plan=v.plan)
    udgave = frossen(v, "delaftale", tom.noegle)
    slet_delaftale(bruger=PROGRAMMET, delaftale=tom)
    assert not Delaftale.objects.filter(pk=tom.pk).exists()
    assert leder.get(udgave.get_absolute_url()).status_code == 200
    assert leder.get(url(v, "dokument-vis", "delaftale", udgave.emne)).status_code == 200
    assert [li.findes for li in dokumenter(v.plan) if li.emne == udgave.emne] == [False]


def test_a_hollow_delaftale_is_frozen_with_a_reason_only_and_the_package_says_so(v, leder):
    """It is written, and nobody does anything under it."""
    emne = v.delaftale.noegle
    aftale = f.DelaftaleFactory(plan=v.plan)
    v.plan.indsatsomraader.add(aftale.indsatsomraade)
    hvad = ("delaftale", aftale.noegle)
    mangler = forslag(v.plan, *hvad).mangler
    assert any("ingen aktiviteter" in m for m in mangler)
    assert not any("ingen aktiviteter" in m for m in forslag(v.plan, "delaftale", emne).mangler)
    assert any("ingen aktiviteter" in m for m in pakkestilling(v.plan).mangler)
    with pytest.raises(ValidationError, match="ingen aktiviteter"):
        frys(bruger=PROGRAMMET, plan=v.plan, art=hvad[0], emne=hvad[1], uskrevet="")
    udgave = frys(bruger=PROGRAMMET, plan=v.plan, art=hvad[0], emne=hvad[1], uskrevet="Aftales i juni.")
    assert udgave.uskrevet_begrundelse == "Aftales i juni."
    godkendt(v, udgave)
    (forbehold,) = pakkestilling(v.plan).forbehold
    assert forbehold.endswith("Begrundelse: Aftales i juni.")
    assert all(mangel in forbehold and mangel in udgave.forbehold for mangel in mangler)
    assert udgave.mangler == list(mangler)
    with pytest.raises(ValidationError, match="som en sætning"):
        frys(bruger=PROGRAMMET, plan=v.plan, art=hvad[0], emne=hvad[1], uskrevet="x")


def test_the_list_says_that_a_frozen_document_is_frozen_and_who_decided_once(v, leder):
    udgave = frossen(v)
    html = leder.get(url(v, "dokument-liste")).content.decode()
    assert "Frosset, ikke godkendt" in html
    assert "1 er frosset og venter" in " ".join(html.split())
    data = {"niveau": "1", "resultat": "godkendt", "dato": f"{timezone.localdate():%d.%m.%Y}", "version": "1"}
    svar = leder.post(url(v, "udgave-godkend", udgave.pk), data | {"pdf_sha256": udgave.pdf_sha256})
    assert svar.status_code == 302
    assert udgave.godkendelser.get().besluttet_af == "Arbejds- eller følgegruppen"
    html = leder.get(udgave.get_absolute_url()).content.decode()
    assert html.count("Arbejds- eller følgegruppen</td>") == 1
