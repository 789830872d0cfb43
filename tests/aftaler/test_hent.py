"""Sections, rows and whole delaftaler copied from a plan one may read: what comes along, what stays, what is asked."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from aftaler.actions import hent as actions
from aftaler.actions.afsnit import hent_afsnit
from aftaler.models import Afsnit, Aktivitet, Billede, Delaftale, Delmaal, Planmilepael
from aftaler.queries.hent import RAEKKER, mulige_raekker
from helhedsplan.actions import Versionskonflikt
from helhedsplan.models import Haendelse
from tests import factories as f
from tests.verden import en_plan, verden

TAL = '<p>Der er <span data-tal="ledige/nord/2019">88,4 %</span> ledige.</p>'


@pytest.fixture
def v(db):
    return verden()


@pytest.fixture
def kilde(v):
    """The plan before, which the leader may read and the secretariat may not; with pictures, and a measured figure."""
    fra = v.plan.forgaenger
    fra.periode_fra, fra.periode_til = date(2021, 11, 1), date(2025, 10, 31)
    fra.save()
    v.plan.periode_fra, v.plan.periode_til = date(2025, 11, 1), date(2029, 10, 31)
    v.plan.save()
    f.MedlemskabFactory(plan=fra, bruger=v.brugere["leder"], rolle="observatoer")
    afsnit = fra.afsnit.get(skabelon__noegle="prosa")
    Afsnit.objects.filter(pk=afsnit.pk).update(tekst=TAL)
    return Afsnit.objects.get(pk=afsnit.pk)


def prosa(v) -> Afsnit:
    return v.plan.afsnit.get(skabelon__noegle="prosa")


def indhold(billede) -> bytes:
    with billede.fil.open("rb") as fil:
        return fil.read()


def hentet_fra(objekt) -> list[str]:
    return [a["efter"] for h in Haendelse.objects.om(objekt) for a in h.aendringer if a["felt"] == "hentet_fra"]


# --- an activity that is there --------------------------------------------------------------------------------------


@pytest.fixture
def fortsat(v, kilde):
    """An activity with a text of its own and a partner, that goes on from one of the plan before."""
    fra = kilde.plan.delaftaler.get().aktiviteter.get()
    Aktivitet.objects.filter(pk=fra.pk).update(indhold=TAL, formaal="<p>Før.</p>", note="Kun til os.")
    fra.milepaele.all().delete()
    fra.samarbejdsparter.all().delete()
    f.MilepaelFactory(aktivitet=fra, navn="Åbner", dato=date(2022, 2, 1), status="naaet")
    for navn in ("Skolen", "Biblioteket"):
        f.SamarbejdspartFactory(aktivitet=fra, delaftale=fra.delaftale, navn=navn, rolle="Lokaler")
    til = f.AktivitetFactory(delaftale=v.delaftale, fortsaetter=fra, formaal="<p>Nu.</p>")
    f.SamarbejdspartFactory(aktivitet=til, delaftale=v.delaftale, navn="skolen", rolle="Vært")
    return til


def udfyld_url(v, aktivitet) -> str:
    return reverse("aktivitet-udfyld", args=[v.plan.noegle, v.delaftale.noegle, aktivitet.noegle])


def test_an_activity_that_goes_on_takes_over_what_it_lacks_with_one_yes(v, fortsat, client):
    client.force_login(v.brugere["leder"])
    html = client.get(udfyld_url(v, fortsat)).content.decode()
    assert [ord_ in html for ord_ in ("[tal] ledige", "01.02.2026", "Biblioteket", "88,4", "Kun til os.")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    fra = fortsat.fortsaetter
    valg = {
        "felter": ["indhold"],
        "milepaele": [fra.milepaele.get().pk],
        "samarbejdsparter": [fra.samarbejdsparter.get(navn="Biblioteket").pk],
    }
    svar = client.post(udfyld_url(v, fortsat), valg | {"version": fortsat.version})
    assert svar.status_code == 302
    til = Aktivitet.objects.get(pk=fortsat.pk)
    assert (til.indhold, til.formaal, til.note) == ("<p>Der er [tal] ledige.</p>", "<p>Nu.</p>", "")
    assert list(til.milepaele.values_list("navn", "dato", "status")) == [("Åbner", date(2026, 2, 1), "ikke_begyndt")]
    parter = list(til.samarbejdsparter.values_list("navn", "rolle"))
    assert parter == [("skolen", "Vært"), ("Biblioteket", "Lokaler")]
    assert hentet_fra(til) == [f"{fra.navn} ({fra.plan.navn})"]


def test_a_written_text_is_replaced_only_after_a_yes_of_its_own(v, fortsat, client):
    client.force_login(v.brugere["leder"])
    valg = {"felter": ["formaal"], "version": fortsat.version}
    svar = client.post(udfyld_url(v, fortsat), valg)
    assert (svar.status_code, Aktivitet.objects.get(pk=fortsat.pk).formaal) == (422, "<p>Nu.</p>")
    svar = client.post(udfyld_url(v, fortsat), valg | {"bekraeftede_advarsler": "erstat-formaal"})
    assert (svar.status_code, Aktivitet.objects.get(pk=fortsat.pk).formaal) == (302, "<p>Før.</p>")


def test_the_one_it_goes_on_from_is_read_only_by_who_may_read_it(v, fortsat, client):
    client.force_login(v.brugere["sekretariat"])
    html = client.get(udfyld_url(v, fortsat)).content.decode()
    assert "ledige" not in html
    assert client.get(udfyld_url(v, fortsat), {"fra": fortsat.fortsaetter_id}).status_code == 404
    client.post(udfyld_url(v, fortsat), {"felter": ["indhold"], "version": fortsat.version})
    assert Aktivitet.objects.get(pk=fortsat.pk).indhold == ""


# --- a section ------------------------------------------------------------------------------------------------------


def test_a_text_comes_after_the_one_that_stands_with_its_pictures_and_without_figures(v, kilde, client):
    Afsnit.objects.filter(pk=prosa(v).pk).update(tekst="<p>Vores.</p>", faerdig=True)
    Billede.objects.filter(afsnit=prosa(v)).delete()
    client.force_login(v.brugere["leder"])
    url = reverse("afsnit-hent", args=[v.plan.noegle, "prosa"])
    valg = {"fra": kilde.pk, "maade": "efter", "billeder": "on", "version": prosa(v).version}
    svar = client.post(f"{url}?fra={kilde.plan.noegle}", valg)
    html = svar.content.decode()
    assert (svar.status_code, "[tal] ledige" in html, "88,4" in html) == (422, True, False)
    assert prosa(v).tekst == "<p>Vores.</p>"
    ja = {"bekraeftede_advarsler": f"hent-{kilde.pk}"}
    assert client.post(f"{url}?fra={kilde.plan.noegle}", valg | ja).status_code == 302
    ny = prosa(v)
    assert (ny.tekst, ny.faerdig) == ("<p>Vores.</p>\n<p>Der er [tal] ledige.</p>", False)
    billeder = [(b.sha256, b.alternativ_tekst) for b in kilde.billeder.all()]
    assert [(b.sha256, b.alternativ_tekst) for b in ny.billeder.all()] == billeder
    assert indhold(ny.billeder.get()) == indhold(kilde.billeder.get())
    assert hentet_fra(ny)[0].endswith(f"({kilde.plan.navn})")


def test_a_text_in_place_of_another_is_asked_about(v, kilde, client):
    client.force_login(v.brugere["leder"])
    url = f"{reverse('afsnit-hent', args=[v.plan.noegle, 'prosa'])}?fra={kilde.plan.noegle}"
    foer = prosa(v).tekst
    valg = {"fra": kilde.pk, "maade": "i_stedet", "version": prosa(v).version}
    svar = client.post(url, valg | {"bekraeftede_advarsler": f"hent-{kilde.pk}"})
    assert (svar.status_code, prosa(v).tekst) == (422, foer)
    assert client.post(url, valg | {"bekraeftede_advarsler": f"hent-{kilde.pk} erstat"}).status_code == 302
    assert prosa(v).tekst == "<p>Der er [tal] ledige.</p>"


def test_a_section_nobody_has_written_is_made_and_one_that_was_saved_meanwhile_is_kept(v, kilde):
    skabelon = f.SkabelonafsnitFactory(regelsaet=v.plan.regelsaet, dokument="samarbejdsaftale", art="prosa")
    argumenter = {"bruger": v.brugere["leder"], "fra": kilde}
    actions.hent_tekst(til=hent_afsnit(v.plan, skabelon, None), version=0, med_billeder=True, **argumenter)
    nyt = v.plan.afsnit.get(skabelon=skabelon)
    assert (nyt.tekst, nyt.billeder.count()) == ("<p>Der er [tal] ledige.</p>", kilde.billeder.count())
    with pytest.raises(Versionskonflikt):
        actions.hent_tekst(til=nyt, version=nyt.version - 1, **argumenter)


def test_a_picture_whose_file_is_gone_is_left_and_one_that_stands_here_comes_once(v, kilde):
    [billede] = kilde.billeder.all()
    argumenter = {"bruger": v.brugere["leder"], "fra": kilde, "med_billeder": True}
    Billede.objects.filter(afsnit=prosa(v)).delete()
    for _ in range(2):
        actions.hent_tekst(til=prosa(v), version=prosa(v).version, **argumenter)
    assert prosa(v).billeder.count() == 1
    Billede.objects.filter(afsnit=prosa(v)).delete()
    Billede.objects.filter(pk=billede.pk).update(fil="billeder/findes-ikke.png")
    actions.hent_tekst(til=prosa(v), version=prosa(v).version, **argumenter)
    assert prosa(v).billeder.count() == 0


def test_only_from_a_plan_one_reads_to_one_that_one_writes(v, kilde, client):
    til = {"til": prosa(v), "version": prosa(v).version}
    with pytest.raises(PermissionDenied):
        actions.hent_tekst(bruger=v.brugere["sekretariat"], fra=kilde, **til)
    with pytest.raises(PermissionDenied):
        actions.hent_tekst(bruger=v.brugere["leder"], fra=prosa(v), til=kilde, version=kilde.version)
    client.force_login(v.brugere["sekretariat"])
    url = reverse("afsnit-hent", args=[v.plan.noegle, "prosa"])
    assert client.get(url, {"fra": kilde.plan.noegle}).status_code == 404
    foer = prosa(v).tekst
    valg = {"fra": kilde.pk, "maade": "efter", "version": prosa(v).version}
    svar = client.post(url, valg | {"bekraeftede_advarsler": f"hent-{kilde.pk}"})
    assert (svar.status_code, prosa(v).tekst) == (422, foer)


def test_what_is_frozen_stays_and_only_the_draft_is_written(v, kilde):
    frossen = v.frosset("samarbejdsaftale")
    foer = (frossen.indhold, frossen.dokument_id)
    actions.hent_tekst(bruger=v.brugere["leder"], fra=kilde, til=prosa(v), version=prosa(v).version)
    frossen.refresh_from_db()
    assert (frossen.indhold, frossen.dokument_id) == foer
    assert "[tal]" in prosa(v).tekst
    assert "[tal]" not in frossen.indhold


# --- rows -----------------------------------------------------------------------------------------------------------


URLNAVNE = {
    "delmaal": "delmaal-hent",
    "samarbejdsparter": "samarbejdsparter-hent",
    "milepaelsplan": "milepaelsplan-hent",
    "beredskabsplan": "beredskabsplan-hent",
    "koblingstabeller": "koblingstabel-hent",
    "grupper": "gruppe-hent",
}


def test_every_kind_of_row_has_its_page():
    assert URLNAVNE.keys() == RAEKKER.keys() == actions.SKRIVERE.keys()


@pytest.mark.parametrize("slags", URLNAVNE)
def test_chosen_rows_are_copied_and_then_offered_no_more(v, kilde, client, slags):
    ejer = v.delaftale if slags in ("delmaal", "samarbejdsparter") else v.plan
    for nr, raekke in enumerate(RAEKKER[slags].alle().filter(**{RAEKKER[slags].vej: kilde.plan})):
        felt = {"delmaal": "tekst", "koblingstabeller": "titel"}.get(slags, "navn")
        setattr(raekke, felt, f"Fra den gamle {nr}")
        raekke.save()
    mulige, _ = mulige_raekker(slags, kilde.plan, ejer)
    argumenter = [v.plan.noegle, *([v.delaftale.noegle] if ejer is v.delaftale else [])]
    url = f"{reverse(URLNAVNE[slags], args=argumenter)}?fra={kilde.plan.noegle}"
    client.force_login(v.brugere["leder"])
    assert "Fra den gamle 0" in client.get(url).content.decode()
    assert client.post(url, {"version": ejer.version}).status_code == 422
    svar = client.post(url, {"raekker": [mulige[0].pk], "version": ejer.version})
    assert svar.status_code == 302
    igen, staar_her = mulige_raekker(slags, kilde.plan, ejer)
    assert (len(igen), staar_her) == (len(mulige) - 1, ["Fra den gamle 0"])
    with pytest.raises(ValidationError, match="står her nu"):
        actions.hent_raekker(
            bruger=v.brugere["leder"], slags=slags, fra=kilde.plan, til=ejer, valgte=[mulige[0].pk], version=None
        )
    ekstra = [a for h in Haendelse.objects.all() for a in h.aendringer if a["felt"] == "hentet_fra"]
    assert [a["efter"] for a in ekstra] == [f"Fra den gamle 0 ({kilde.plan.navn})"]


def test_rows_of_a_plan_one_may_not_read_are_neither_shown_nor_copied(v, kilde, client):
    fremmed, _ = en_plan()
    raekke = fremmed.planmilepaele.first()
    client.force_login(v.brugere["leder"])
    url = reverse("milepaelsplan-hent", args=[v.plan.noegle])
    assert client.get(url, {"fra": fremmed.noegle}).status_code == 404
    svar = client.post(f"{url}?fra={kilde.plan.noegle}", {"raekker": [raekke.pk], "version": v.plan.version})
    assert svar.status_code == 422
    with pytest.raises(PermissionDenied):
        actions.hent_raekker(
            bruger=v.brugere["leder"], slags="milepaelsplan", fra=fremmed, til=v.plan, valgte=[raekke.pk], version=None
        )


def test_a_milestone_is_moved_with_the_plans_and_is_not_reached(v, kilde):
    m = f.PlanmilepaelFactory(plan=kilde.plan, navn="Ansat", dato=date(2022, 1, 31), status="naaet")
    foer = list(v.plan.planmilepaele.values_list("navn", flat=True))
    actions.hent_raekker(
        bruger=v.brugere["leder"], slags="milepaelsplan", fra=kilde.plan, til=v.plan, valgte=[m.pk], version=None
    )
    ny = Planmilepael.objects.get(plan=v.plan, navn="Ansat")
    assert (ny.dato, ny.status) == (date(2026, 1, 31), "ikke_begyndt")
    assert list(v.plan.planmilepaele.values_list("navn", flat=True)) == [*foer, "Ansat"]


def test_a_delmaal_that_is_not_on_the_list_here_is_a_local_one(v, kilde):
    forslag = f.DelmaalsforslagFactory(indsatsomraade=kilde.plan.delaftaler.get().indsatsomraade, noegle="kun-der")
    d = f.DelmaalFactory(delaftale=kilde.plan.delaftaler.get(), kilde="lbf", forslag=forslag, note="Internt")
    actions.hent_raekker(
        bruger=v.brugere["leder"], slags="delmaal", fra=kilde.plan, til=v.delaftale, valgte=[d.pk], version=None
    )
    ny = Delmaal.objects.get(delaftale=v.delaftale, tekst=d.tekst)
    assert (ny.kilde, ny.forslag, ny.note) == ("lokal", None, "")


# --- a whole delaftale ----------------------------------------------------------------------------------------------


def test_a_whole_delaftale_is_shown_and_copied_to_an_indsatsomraade_of_the_plan(v, kilde, client):
    fra = kilde.plan.delaftaler.get()
    nyt = f.IndsatsomraadeFactory(regelsaet=v.plan.regelsaet)
    v.plan.indsatsomraader.add(v.delaftale.indsatsomraade, nyt)
    client.force_login(v.brugere["leder"])
    url = f"{reverse('delaftale-hent', args=[v.plan.noegle])}?fra={kilde.plan.noegle}"
    dele = ["afsnit", "billeder", "delmaal", "aktiviteter", "samarbejdsparter"]
    valg = {"fra": fra.pk, "til": nyt.pk, "dele": dele, "version": v.plan.version}
    svar = client.post(url, valg)
    html = svar.content.decode()
    assert (svar.status_code, fra.aktiviteter.get().navn in html, fra.delmaal.get().tekst in html) == (422, True, True)
    assert not Delaftale.objects.filter(plan=v.plan, indsatsomraade=nyt).exists()
    kode = f"hent-{fra.pk}-{nyt.pk}-{'-'.join(sorted(dele))}"
    svar = client.post(url, valg | {"bekraeftede_advarsler": kode})
    ny = Delaftale.objects.get(plan=v.plan, indsatsomraade=nyt)
    assert svar.url == ny.get_absolute_url()
    [aktivitet] = ny.aktiviteter.all()
    gammel = fra.aktiviteter.get()
    assert (aktivitet.navn, aktivitet.fortsaetter, aktivitet.omraader.count()) == (gammel.navn, gammel, 0)
    assert [d.tekst for d in aktivitet.delmaal.all()] == [d.tekst for d in fra.delmaal.all()]
    assert [p.navn for p in ny.egne_parter] == [p.navn for p in fra.egne_parter]
    assert [(a.skabelon.noegle, a.tekst) for a in ny.afsnit.all()] == [
        (a.skabelon.noegle, a.tekst) for a in fra.afsnit.all()
    ]
    assert hentet_fra(ny)[0] == f"{fra} ({kilde.plan.navn})"


def test_what_stands_in_a_delaftale_stays_unless_it_is_to_be_replaced(v, kilde):
    fra = kilde.plan.delaftaler.get()
    v.plan.indsatsomraader.add(v.delaftale.indsatsomraade)
    egen = v.delaftale.afsnit.get()
    Afsnit.objects.filter(pk=egen.pk).update(tekst="<p>Vores.</p>")
    Afsnit.objects.filter(delaftale=fra).update(tekst="<p>Deres.</p>")
    f.AktivitetFactory(delaftale=v.delaftale, navn=fra.aktiviteter.get().navn.upper())
    antal = v.delaftale.aktiviteter.count()
    argumenter = {"bruger": v.brugere["leder"], "fra": fra, "plan": v.plan, "til": v.delaftale.indsatsomraade}
    with pytest.raises(ValidationError, match="ikke noget at kopiere"):
        actions.hent_delaftale(dele=["afsnit", "aktiviteter"], erstat=False, **argumenter)
    assert (v.delaftale.afsnit.get().tekst, v.delaftale.aktiviteter.count()) == ("<p>Vores.</p>", antal)
    actions.hent_delaftale(dele=["afsnit", "aktiviteter"], erstat=True, **argumenter)
    assert (v.delaftale.afsnit.get().tekst, v.delaftale.aktiviteter.count()) == ("<p>Deres.</p>", antal)


def test_a_delaftale_comes_only_from_a_plan_one_reads_and_to_a_chosen_indsatsomraade(v, kilde):
    fra = kilde.plan.delaftaler.get()
    valgt = {"fra": fra, "plan": v.plan, "dele": ["delmaal"], "erstat": False}
    with pytest.raises(PermissionDenied):
        actions.hent_delaftale(bruger=v.brugere["sekretariat"], til=v.delaftale.indsatsomraade, **valgt)
    egen = {"fra": v.delaftale, "til": v.delaftale.indsatsomraade}
    with pytest.raises(ValidationError, match="samme delaftale"):
        actions.hent_delaftale(bruger=v.brugere["leder"], **valgt | egen)
    nyt = f.IndsatsomraadeFactory(regelsaet=v.plan.regelsaet)
    with pytest.raises(ValidationError, match="ikke valgt i planen"):
        actions.hent_delaftale(bruger=v.brugere["leder"], til=nyt, **valgt)


def test_the_doors_stand_where_one_is(v, kilde, client):
    client.force_login(v.brugere["leder"])
    p, d = v.plan.noegle, v.delaftale.noegle
    v.plan.indsatsomraader.add(v.delaftale.indsatsomraade)
    doere = {
        reverse("delaftale-liste", args=[p]): ["delaftale-hent"],
        reverse("afsnit-ret", args=[p, "prosa"]): ["afsnit-hent"],
        reverse("milepaelsplan-vis", args=[p]): ["milepaelsplan-hent"],
        reverse("indstillinger", args=[p]): ["gruppe-hent"],
    }
    for side, navne in doere.items():
        html = client.get(side).content.decode()
        for navn in navne:
            ekstra = ["prosa"] if navn == "afsnit-hent" else []
            assert f'href="{reverse(navn, args=[p, *ekstra])}"' in html, side
    html = client.get(v.delaftale.get_absolute_url()).content.decode()
    for navn in ("delmaal-hent", "samarbejdsparter-hent", "aktivitet-hent"):
        assert f'href="{reverse(navn, args=[p, d])}"' in html
