"""What a decision stands on: the meeting's item or its minutes, Landsbyggefonden's letter; and two pairs of eyes."""

import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from dokumenter.actions.bilag import Fil
from dokumenter.actions.udgave import frys, godkend
from moeder.actions.afstemning import afgoer
from tests import factories as f
from tests.dokumenter.dokumentdata import BILAG, dokumentverden, frossen, referat, url
from tests.factories import en_pdf


@pytest.fixture
def v(db):
    return dokumentverden()


@pytest.fixture
def udgave(v):
    return frossen(v)


def registrer(v, udgave, niveau=2, hvem="leder", **felter):
    valg = {"resultat": "godkendt", "dato": timezone.localdate(), "besluttet_af": "x", "reference": "LBF 1"} | felter
    return godkend(bruger=v.brugere[hvem], udgave=udgave, niveau=niveau, pdf_sha256=udgave.pdf_sha256, **valg)


@pytest.mark.parametrize(("niveau", "besked"), [(2, "skrives på mødets punkt"), (3, "Læg Landsbyggefondens brev ved")])
@pytest.mark.parametrize("resultat", ["godkendt", "afvist"])
def test_bestyrelsens_og_fondens_afgoerelse_kraever_bilag(v, udgave, niveau, besked, resultat):
    with pytest.raises(ValidationError, match=besked):
        registrer(v, udgave, niveau, resultat=resultat)
    fundet = registrer(v, udgave, niveau, resultat=resultat, bilag=BILAG)
    assert (fundet.bilag_navn, fundet.er_udokumenteret) == ("referat.pdf", False)


def test_et_referat_hvori_der_ikke_staar_noget_er_intet_referat(v, udgave):
    with pikepdf.new() as tom:
        tom.add_blank_page()
        tom.save(ud := io.BytesIO())
    with pytest.raises(ValidationError) as fejl:
        registrer(v, udgave, bilag=Fil(ud.getvalue(), "referat.pdf"))
    assert fejl.value.message_dict["bilag"] == ["Der står ikke noget på side 1 i filen. Vælg den rigtige fil."]
    assert not udgave.godkendelser.exists()


@pytest.mark.parametrize("niveau", [1, 2, 3])
@pytest.mark.parametrize("navn", ["referat.txt", "referat.csv"])
def test_en_tekstfil_er_intet_papir(v, udgave, niveau, navn):
    with pytest.raises(ValidationError) as fejl:
        registrer(v, udgave, niveau, bilag=Fil(b"Bestyrelsen har godkendt udgaven.", navn))
    assert fejl.value.message_dict["bilag"] == ["Læg papiret ved som PDF, Word eller billede."]
    assert not udgave.godkendelser.exists()


def test_den_samme_godkender_ikke_en_udgave_to_gange(v, udgave):
    registrer(v, udgave, bilag=BILAG)
    with pytest.raises(ValidationError, match="Bestyrelsen har allerede godkendt udgaven"):
        registrer(v, udgave, bilag=BILAG)
    registrer(v, udgave, niveau=3, bilag=BILAG)
    assert udgave.godkendelser.count() == 2


def test_arbejdsgruppen_tages_paa_ordet(v, udgave):
    assert registrer(v, udgave, niveau=1).er_udokumenteret is False


def test_moedets_punkt_er_dokumentation(client, v, udgave):
    moede = f.MoedeFactory(plan=v.plan, tilstand="holdt", dato=timezone.localdate())
    f.FremmoedeFactory(moede=moede)
    punkt = f.DagsordenspunktFactory(moede=moede, udgave=udgave, genstand_sha256=udgave.pdf_sha256)
    afgoer(
        bruger=v.brugere["leder"], punkt=punkt, resultat="godkendt", dato=timezone.localdate(), enighed=True,
        sha256=udgave.pdf_sha256,
    )  # fmt: skip
    assert udgave.godkendelser.get().er_udokumenteret is False
    client.force_login(v.brugere["observatoer"])
    html = client.get(udgave.get_absolute_url()).content.decode()
    assert f'href="{moede.get_absolute_url()}#punkt-{punkt.pk}"' in html
    assert "Ikke dokumenteret" not in html


def test_en_gammel_afgoerelse_uden_bilag_gaelder_og_siges_ikke_dokumenteret(client, v, udgave):
    f.GodkendelseFactory(udgave=udgave, pdf_sha256=udgave.pdf_sha256)
    client.force_login(v.brugere["observatoer"])
    html = client.get(udgave.get_absolute_url()).content.decode()
    assert "Ikke dokumenteret" in html
    assert "Godkendt" in html
    assert "Udgaven skal først godkendes" not in html


def test_siden_siger_det_ved_feltet_og_giver_filen_igen(client, v, udgave):
    client.force_login(v.brugere["leder"])
    side = url(v, "udgave-godkend", udgave.pk)
    data = {
        "niveau": "2", "resultat": "godkendt", "dato": f"{timezone.localdate():%d.%m.%Y}",
        "besluttet_af": "Bestyrelsen", "pdf_sha256": udgave.pdf_sha256, "version": udgave.version,
    }  # fmt: skip
    svar = client.post(side, data)
    assert svar.status_code == 422
    assert list(svar.context["form"].errors) == ["bilag_fil"]
    assert client.post(side, data | {"bilag_fil": referat()}).status_code == 302
    bilag = url(v, "udgave-afgoerelsesbilag", udgave.pk, udgave.godkendelser.get().pk)
    assert bilag in client.get(udgave.get_absolute_url()).content.decode()
    assert client.get(bilag).content == en_pdf()


# --- two pairs of eyes ------------------------------------------------------------------------------------------------


def to_par_oejne(v, vaerdi=1):
    f.RegelparameterFactory(regelsaet=v.plan.regelsaet, noegle="to_par_oejne", vaerdi=vaerdi)
    anden = f.BrugerFactory()
    f.MedlemskabFactory(plan=v.plan, bruger=anden, rolle="leder")
    v.brugere["anden"] = anden


def test_den_der_froes_registrerer_ikke_selv_godkendelsen(v):
    to_par_oejne(v)
    egen = frys(bruger=v.brugere["leder"], plan=v.plan, art="beredskabsplan")
    with pytest.raises(ValidationError, match="Planen kræver to par øjne"):
        registrer(v, egen, bilag=BILAG)
    assert registrer(v, egen, bilag=BILAG, resultat="afvist").resultat == "afvist"
    assert registrer(v, egen, bilag=BILAG, hvem="anden").resultat == "godkendt"


def test_uden_indstillingen_er_et_par_nok(v):
    to_par_oejne(v, vaerdi=0)
    egen = frys(bruger=v.brugere["leder"], plan=v.plan, art="beredskabsplan")
    assert registrer(v, egen, bilag=BILAG).resultat == "godkendt"


def test_heller_ikke_gennem_moedets_punkt(v):
    to_par_oejne(v)
    egen = frys(bruger=v.brugere["leder"], plan=v.plan, art="beredskabsplan")
    moede = f.MoedeFactory(plan=v.plan, tilstand="holdt", dato=timezone.localdate())
    f.FremmoedeFactory(moede=moede)
    punkt = f.DagsordenspunktFactory(moede=moede, udgave=egen, genstand_sha256=egen.pdf_sha256)
    valg = {"resultat": "godkendt", "dato": timezone.localdate(), "enighed": True, "sha256": egen.pdf_sha256}
    with pytest.raises(ValidationError, match="to par øjne"):
        afgoer(bruger=v.brugere["leder"], punkt=punkt, **valg)
    afgoer(bruger=v.brugere["anden"], punkt=punkt, **valg)
