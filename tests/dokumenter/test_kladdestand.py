"""Changed since it was frozen or signed: seen in list, overview and package; and the phase follows when asked."""

import pytest
from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aftaler.actions.afsnit import ret_afsnit
from aftaler.actions.papirer import ret_tabel
from aftaler.actions.raekker import opret, slet
from aftaler.models import Delmaal
from dokumenter.actions.fase import skift_fase
from dokumenter.actions.udgave import forslag
from dokumenter.choices import Kladdestand
from dokumenter.kladdestand import med_kladdestand, overblik
from dokumenter.queries.dokumenter import dokumenter
from dokumenter.queries.fase import papirernes_fase
from helhedsplan.rettigheder import PROGRAMMET
from tests import factories as f
from tests.dokumenter.dokumentdata import dokumentverden, frossen, godkendt, i_kraft, url


@pytest.fixture
def v(db):
    return dokumentverden()


@pytest.fixture
def leder(client, v):
    client.force_login(v.brugere["leder"])
    return client


def ret_risici(v):
    raekker = [{"navn": "Oversvømmelse", "sandsynlighed": 1, "konsekvens": 1, "haandtering": "", "ansvarlig": ""}]
    ret_tabel(bruger=PROGRAMMET, plan=v.plan, papir="beredskabsplan", raekker=raekker, version=None)


def linje(v, art):
    return next(li for li in med_kladdestand(v.plan, dokumenter(v.plan)) if li.art == art)


def test_en_kladde_der_er_rettet_ses_i_listen_i_pakken_og_paa_overblikket(v, leder):
    udgave = godkendt(v, frossen(v))
    assert linje(v, "beredskabsplan").aendret == ""
    assert leder.get(url(v, "dokument-liste")).content.decode().count("Ændret siden udgave 1") == 0
    ret_risici(v)
    assert linje(v, "beredskabsplan").aendret == "Ændret siden udgave 1"
    sammenlign = f"{url(v, 'udgave-sammenlign', udgave.pk)}?fra={udgave.pk}&amp;til=kladde"
    for side in ("dokument-liste", "pakke-vis"):
        html = leder.get(url(v, side)).content.decode()
        assert html.count("Ændret siden udgave 1") == 1
        assert sammenlign in html
    assert leder.get(v.plan.get_absolute_url()).content.decode().count("Ændret siden udgave 1") == 1


def test_det_siges_at_den_er_underskrevet_eller_gaelder(v):
    i_kraft(v, godkendt(v, frossen(v)))
    ret_risici(v)
    assert linje(v, "beredskabsplan").aendret == "Ændret siden den gældende udgave 1"
    udgave = godkendt(v, frossen(v, "samarbejdsaftale"))
    fil = udgave.filrevisioner.first()
    udgave.underskrivere.update(metode="blaek", underskrevet=timezone.now(), filrevision=fil)
    f.HaendelseFactory(kaede=v.plan.noegle, objekt=v.plan)
    v.plan.parter.update(underskriver_titel="Ny titel")
    v.plan.omraader.update(navn="Et andet navn")
    assert linje(v, "samarbejdsaftale").aendret == "Ændret siden den underskrevne udgave 1"


def test_pakken_holdes_op_mod_den_udgave_der_er_i_den(v):
    """The newest edition says what the draft says; the one that is approved, and goes into the package, does not."""
    godkendt(v, frossen(v))
    ret_risici(v)
    frossen(v)
    fundet = linje(v, "beredskabsplan")
    assert (fundet.aendret, fundet.pakken_aendret) == ("", "Ændret siden udgave 1")


def test_en_kladde_der_er_slettet_er_ikke_et_link(v, leder):
    tom = f.DelaftaleFactory(plan=v.plan)
    frossen(v, "delaftale", tom.noegle)
    tom.delete()
    f.HaendelseFactory(kaede=v.plan.noegle, objekt=v.plan)
    html = leder.get(url(v, "dokument-liste")).content.decode()
    assert "Slettet siden udgave 1" in html
    assert "til=kladde" not in html


@pytest.mark.parametrize("antal", [1, 3])
def test_to_foresporgsler_naar_intet_er_skrevet_siden(v, antal):
    """However many editions; and one for the state of the plan when it is asked again."""
    f.HaendelseFactory(kaede=v.plan.noegle, objekt=v.plan)
    for nr in range(antal):
        f.UdgaveFactory(plan=v.plan, emne=f"emne-{nr}", frosset=timezone.now())
    linjer = dokumenter(v.plan)
    caches["sider"].clear()
    for ventet in (2, 1):
        with CaptureQueriesContext(
            connection,
        ) as sete:
            med_kladdestand(v.plan, linjer)
        assert len(sete) == ventet


def test_overblikket_er_det_samme_naar_regelsaettet_intet_kraever(v):
    v.plan.regelsaet.dokumentkrav.all().delete()
    assert overblik(v.plan) is None


# --- the phase --------------------------------------------------------------------------------------------------------


def saet_fase(v, fase):
    v.plan.fase = fase
    v.plan.save(update_fields=["fase"])


def test_papirerne_siger_bevilget_og_i_gang_og_aldrig_tilbage(v):
    saet_fase(v, "ide")
    assert papirernes_fase(v.plan) is None
    udgave = godkendt(v, frossen(v, "samarbejdsaftale"))
    assert papirernes_fase(v.plan) is None
    godkendt(v, udgave, niveau=3)
    assert papirernes_fase(v.plan)[0] == "bevilget"
    saet_fase(v, "bevilget")
    assert papirernes_fase(v.plan) is None
    udgave.underskrivere.update(metode="blaek", underskrevet=timezone.now(), filrevision=udgave.filrevisioner.first())
    i_kraft(v, udgave)
    assert papirernes_fase(v.plan)[0] == "i_gang"
    saet_fase(v, "afsluttet")
    assert papirernes_fase(v.plan) is None


def test_underskrevet_af_alle_er_en_ansoegning_og_en_udloebet_periode_en_afslutning(v):
    saet_fase(v, "ide")
    udgave = godkendt(v, frossen(v, "samarbejdsaftale"))
    udgave.underskrivere.update(metode="blaek", underskrevet=timezone.now(), filrevision=udgave.filrevisioner.first())
    assert papirernes_fase(v.plan)[0] == "ansoegning"
    saet_fase(v, "i_gang")
    assert papirernes_fase(v.plan, v.plan.periode_til.replace(year=v.plan.periode_til.year + 1))[0] == "afsluttet"


def test_fasen_skiftes_med_et_klik_og_kun_til_det_der_blev_tilbudt(v, leder, client):
    saet_fase(v, "ide")
    godkendt(v, godkendt(v, frossen(v, "samarbejdsaftale")), niveau=3)
    side = v.plan.get_absolute_url()
    assert "Papirerne siger »Bevilget«" in leder.get(side).content.decode()
    with pytest.raises(ValidationError, match="noget andet"):
        skift_fase(bruger=v.brugere["leder"], plan=v.plan, fase="i_gang")
    leder.post(url(v, "plan-fase"), {"fase": "bevilget"})
    v.plan.refresh_from_db()
    assert v.plan.fase == "bevilget"
    assert "Papirerne siger" not in leder.get(side).content.decode()
    assert skift_fase(bruger=v.brugere["leder"], plan=v.plan, fase="bevilget") is False
    client.force_login(v.brugere["observatoer"])
    assert client.post(url(v, "plan-fase"), {"fase": "i_gang"}).status_code == 403


def test_en_godkendt_udgave_er_hel_selv_om_kladden_er_blevet_hul(v, leder):
    emne = v.delaftale.noegle
    godkendt(v, frossen(v, "delaftale", emne))
    [foer] = [li for li in med_kladdestand(v.plan, dokumenter(v.plan)) if (li.art, li.emne) == ("delaftale", emne)]
    assert foer.kladden_hul == ""
    for aktivitet in v.delaftale.aktiviteter.all():
        aktivitet.milepaele.all().delete()
        slet(bruger=PROGRAMMET, objekt=aktivitet)
    [nu] = [li for li in med_kladdestand(v.plan, dokumenter(v.plan)) if (li.art, li.emne) == ("delaftale", emne)]
    assert nu.er_klar == foer.er_klar
    assert nu.kladden_hul.startswith("Udgave 1 er hel; kladden har mangler: ")
    assert "ingen aktiviteter" in nu.kladden_hul
    for side in ("dokument-liste", "pakke-vis"):
        assert leder.get(url(v, side)).content.decode().count("Udgave 1 er hel; kladden har mangler") == 1
    assert "udgaverne er hele" in leder.get(url(v, "dokument-liste")).content.decode()
    assert "Udgave 1 er hel" in leder.get(v.plan.get_absolute_url()).content.decode()


def test_et_afsnit_der_er_toemt_siden_og_et_papir_der_er_slettet_er_ogsaa_mangler(v):
    kommissorium = v.plan.afsnit.get(skabelon__dokument="kommissorium")
    for art in ("kommissorium", "beredskabsplan"):
        godkendt(v, frossen(v, art))
        assert linje(v, art).kladden_hul == ""
    ret_afsnit(bruger=PROGRAMMET, afsnit=kommissorium, felter={"tekst": ""}, version=kommissorium.version)
    ret_tabel(bruger=PROGRAMMET, plan=v.plan, papir="beredskabsplan", raekker=[], version=None)
    assert linje(v, "beredskabsplan").kladden_hul.endswith("der er ikke skrevet noget")
    assert "kladden har mangler" in linje(v, "kommissorium").kladden_hul


def test_et_afsnit_der_er_toemt_i_en_delaftale_der_staar_er_en_mangel(v):
    afsnit = v.delaftale.afsnit.get()
    godkendt(v, frossen(v, "delaftale", v.delaftale.noegle))
    ret_afsnit(bruger=PROGRAMMET, afsnit=afsnit, felter={"tekst": ""}, version=afsnit.version)
    assert linje(v, "delaftale").kladden_hul.endswith(
        f"kladden har mangler: {afsnit.skabelon.nummer} {afsnit.skabelon.titel}"
    )


def test_en_udgave_der_er_frosset_med_mangler_kaldes_ikke_hel(v):
    aftale = f.DelaftaleFactory(plan=v.plan)
    v.plan.indsatsomraader.add(aftale.indsatsomraade)
    godkendt(v, frossen(v, "delaftale", aftale.noegle, uskrevet="Aftales senere."))
    opret(bruger=PROGRAMMET, objekt=Delmaal(delaftale=aftale, tekst="Flere unge kommer i gang"))
    [nu] = [li for li in med_kladdestand(v.plan, dokumenter(v.plan)) if li.emne == aftale.noegle]
    assert nu.huller
    assert (nu.pakkens, nu.kladden_hul) == (Kladdestand.AENDRET, "")


@pytest.mark.parametrize(("udgifter", "siger"), [(False, "ingen beløb"), (True, "har ingen finansiering")])
def test_et_budget_der_fryses_proeves_selv_og_ikke_det_der_taeller(v, udgifter, siger):
    """What counts is the granted one; what is frozen here is another."""
    hult = v.plan.budgetter.get(noegle="ansoegt")
    hult.bidrag.all().delete()
    if not udgifter:
        hult.udgifter.all().delete()
    mangler = forslag(v.plan, "budget", hult.noegle).mangler
    assert any(siger in m for m in mangler), mangler
    with pytest.raises(ValidationError):
        frossen(v, "budget", hult.noegle, uskrevet="")
