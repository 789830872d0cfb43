"""A draft that was shared: dated, with whom, its bytes kept as they were, and never called an edition."""

import functools
from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from aftaler import pdf
from aftaler.queries import papirer
from dokumenter import lager
from dokumenter.actions.bilag import Fil
from dokumenter.actions.deltudkast import del_udkast, traek_delt_udkast
from dokumenter.actions.udgave import hent_billede
from dokumenter.models import Deltudkast, Udgave
from dokumenter.oejebliksbillede import tegn
from dokumenter.queries.dokumenter import dokument, frosset
from dokumenter.verificering import verificer
from helhedsplan.formats import lang_dato
from helhedsplan.models.haendelse import UforanderligFejl
from tests import factories as f
from tests.verden import verden

pytestmark = pytest.mark.django_db
I_SEPTEMBER = date(2026, 9, 11)


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def sendt() -> bytes:
    """A paper as somebody made it elsewhere, and wrote it last on a day of its own."""
    ud = BytesIO()
    with pikepdf.open(BytesIO(f.en_pdf())) as fil:
        fil.docinfo["/CreationDate"] = "D:20260910080000Z"
        fil.docinfo["/ModDate"] = "D:20261003101500+02'00'"
        fil.save(ud)
    return ud.getvalue()


def delt(v, **felter) -> Deltudkast:
    valg = {"art": "samarbejdsaftale", "emne": "", "delt_den": timezone.localdate(), "delt_med": "Følgegruppen"}
    return del_udkast(bruger=v.brugere["sekretariat"], plan=v.plan, **valg | felter)


def test_udkastet_laves_med_ordet_og_dagen_og_aendrer_sig_ikke(v, client):
    udkast = delt(v)
    data = lager.hent(udkast.fil.name, udkast.sha256)
    sider = [side.extract_text() for side in PdfReader(BytesIO(data)).pages]
    assert all(f"UDKAST · {lang_dato(timezone.localdate())}" in side for side in sider)
    v.plan.omraadenavn = "Noget helt andet"
    v.plan.save()
    client.force_login(v.brugere["observatoer"])
    svar = client.get(reverse("udkast-pdf", args=[v.plan.noegle, udkast.pk]))
    assert (svar.content, svar["Content-Type"]) == (data, "application/pdf")
    assert f'filename="samarbejdsaftale-udkast-{timezone.localdate()}.pdf"' in svar["Content-Disposition"]
    udkast.delt_med = "En anden"
    for goer in (udkast.save, udkast.delete, Deltudkast.objects.all().delete):
        with pytest.raises(UforanderligFejl):
            goer()


@pytest.mark.parametrize("art", ["budget", "delaftale", "lag", "milepaelsplan"])
def test_ethvert_papir_kan_deles(v, art):
    emne = {"budget": "bevilget", "delaftale": v.delaftale.noegle, "lag": v.plan.lag.first().noegle}.get(art, "")
    assert delt(v, art=art, emne=emne).sha256


def test_det_er_ingen_udgave(v, client):
    delt(v)
    delt(v, art="milepaelsplan", delt_med="Dem, der venter på milepælene")
    assert not Udgave.objects.filter(plan=v.plan).exists()
    linje = dokument(v.plan, "samarbejdsaftale", "")
    assert (linje.udgaver, linje.gaeldende) == ((), None)
    client.force_login(v.brugere["observatoer"])
    side = client.get(reverse("dokument-vis", args=[v.plan.noegle, "samarbejdsaftale"])).content.decode()
    delte = side[side.index('id="delte"') :]
    assert "UDKAST</span>" in delte
    assert f"Tegnet her {lang_dato(timezone.localdate())}" in delte
    assert "oplyst" not in delte[delte.index("<tbody>") :]
    assert "Følgegruppen" in delte
    assert "milepælene" not in delte
    assert "Dokumentet er ikke frosset endnu" in side
    assert "2 delte udkast" in " ".join(frosset(v.plan))


def test_det_der_blev_delt_for_laengst_er_filen_og_dagen_er_oplyst(v, sendt, client):
    udkast = delt(v, delt_den=I_SEPTEMBER, fil=Fil(sendt, "udkast.pdf"))
    assert lager.hent(udkast.fil.name, udkast.sha256) == sendt
    assert (udkast.oprindelse, udkast.tegnet, udkast.filens_dato) == ("udefra", None, date(2026, 10, 3))
    client.force_login(v.brugere["observatoer"])
    side = client.get(reverse("dokument-vis", args=[v.plan.noegle, "samarbejdsaftale"])).content.decode()
    assert f"oplyst af {v.brugere['sekretariat']}" in side
    assert "Filens egen dato: 3. oktober 2026" in side
    assert "og det er senere" in side
    assert "Tegnet her" not in side
    with pytest.raises(ValidationError) as fejl:
        delt(v, delt_den=I_SEPTEMBER, fil=Fil(sendt, "udkast.pdf"))
    assert "Det står her allerede" in str(fejl.value)


@pytest.mark.parametrize(
    ("felter", "felt", "besked"),
    [
        ({"delt_den": I_SEPTEMBER}, "fil", "er ikke det, der blev delt 11. september 2026"),
        ({"delt_den": timezone.localdate() + timedelta(days=1)}, "delt_den", "delt i fremtiden"),
        ({"delt_den": date(1999, 1, 1)}, "delt_den", "Planen begynder 1. november 2025"),
        ({"fil": Fil(b"hej", "udkast.txt")}, "fil", "Læg udkastet ind som PDF"),
        ({"fil": Fil(b"ikke en PDF", "udkast.pdf")}, "fil", ""),
        ({"delt_med": ""}, "delt_med", ""),
    ],
)
def test_det_der_ikke_kan_vaere_siges_ved_feltet(v, felter, felt, besked):
    with pytest.raises(ValidationError) as fejl:
        delt(v, **felter)
    assert besked in " ".join(fejl.value.message_dict[felt])
    assert not Deltudkast.objects.exists()


def test_formularen(v, sendt, client):
    client.force_login(v.brugere["sekretariat"])
    side = reverse("udkast-del", args=[v.plan.noegle, "samarbejdsaftale"])
    assert client.get(side).status_code == 200
    svar = client.post(side, {"version": "0", "delt_med": "Høring", "delt_den": "11.09.2026"})
    assert svar.status_code == 422
    assert 'value="Høring"' in svar.content.decode()
    fil = SimpleUploadedFile("delt.pdf", sendt, "application/pdf")
    svar = client.post(side, {"version": "0", "delt_med": "Høring", "delt_den": "11.09.2026", "fil": fil})
    assert svar.status_code == 302, svar.context["form"].errors
    assert Deltudkast.objects.get().delt_den == I_SEPTEMBER
    anden = f.HelhedsplanFactory()
    client.force_login(f.MedlemskabFactory(plan=anden, rolle="leder").bruger)
    assert client.get(reverse("udkast-pdf", args=[anden.noegle, Deltudkast.objects.get().pk])).status_code == 404


def test_programmets_egne_papirer_har_den_dag_de_selv_har(v):
    delt_plan = functools.partial(delt, v, art="milepaelsplan")
    tegnet = delt_plan()
    assert (tegnet.oprindelse, timezone.localdate(tegnet.tegnet)) == ("her", timezone.localdate())
    egen = Fil(lager.hent(tegnet.fil.name, tegnet.sha256), "delt.pdf")
    for fil in (egen, _uden_samme_bytes(egen)):
        with pytest.raises(ValidationError) as fejl:
            delt_plan(delt_den=I_SEPTEMBER, fil=fil, delt_med="Byrådet")
        assert "Skriv den dag, eller læg den fil ind, der blev delt 11. september" in str(fejl.value.message_dict)
    # The same bytes, shared with others that day, are still the program's; those that it has not kept are not.
    assert delt_plan(fil=egen, delt_med="Byrådet").tegnet == tegnet.tegnet
    assert delt_plan(fil=_uden_samme_bytes(egen), delt_med="Byrådet").oprindelse == "maerket"
    andet = Fil(pdf.papir(papirer.beredskabsplan(v.plan)).data, "plan.pdf")
    udgave = v.frosset("milepaelsplan")
    frosset = Fil(tegn(hent_billede(udgave)), "udgave.pdf")
    kendt = Fil(lager.hent(tegnet.fil.name, tegnet.sha256) + b"\n", "scan.pdf")
    f.FilrevisionFactory(
        udgave=udgave, nummer=2, art="scannet", foer=udgave.filrevisioner.get(), sha256=lager.sha256(kendt.data)
    )
    for fil, besked in (
        (andet, "et andet af programmets papirer"),
        (frosset, "Udgaver står for sig"),
        (kendt, "er en udgave"),
    ):
        with pytest.raises(ValidationError) as fejl:
            delt_plan(delt_den=I_SEPTEMBER, fil=fil)
        assert besked in " ".join(fejl.value.message_dict["fil"])


def _uden_samme_bytes(fil: Fil) -> Fil:
    """The same pages in a file that nobody has kept, as another program saves it."""
    ud = BytesIO()
    with pikepdf.open(BytesIO(fil.data)) as en:
        en.docinfo["/Producer"] = "Et andet program"
        en.save(ud)
    return Fil(ud.getvalue(), fil.navn)


def test_det_der_er_lagt_ind_ved_en_fejl_traekkes_tilbage_og_staar(v, sendt, client):
    udkast = delt(v, delt_den=I_SEPTEMBER, fil=Fil(sendt, "udkast.pdf"))
    udkast_svar = verificer(sendt)
    assert (udkast_svar.udfald, udkast_svar.er_i_orden) == ("udkast", False)
    assert "udkast, delt 11. september 2026 (oplyst), ikke underskrevet" in udkast_svar.besked
    assert "Følgegruppen" not in udkast_svar.besked
    side = reverse("udkast-traek", args=[v.plan.noegle, udkast.pk])
    client.force_login(v.brugere["sekretariat"])
    assert client.get(side).status_code == 200
    assert client.post(side, {"version": "0", "trukket_grund": ""}).status_code == 422
    svar = client.post(side, {"version": "0", "trukket_grund": "Det var et andet udkast."})
    assert svar.status_code == 302, svar.context["form"].errors
    udkast.refresh_from_db()
    assert (udkast.trukket_grund, udkast.trukket_af) == ("Det var et andet udkast.", str(v.brugere["sekretariat"]))
    vist = client.get(reverse("dokument-vis", args=[v.plan.noegle, "samarbejdsaftale"])).content.decode()
    assert "Trukket tilbage" in vist
    assert "Det var et andet udkast." in vist
    assert side not in vist
    with pytest.raises(ValidationError, match="allerede trukket"):
        traek_delt_udkast(bruger=v.brugere["sekretariat"], udkast=udkast, grund="Det var et andet udkast.")
    assert "Det blev trukket tilbage" in verificer(sendt).besked
    delt(v, delt_den=I_SEPTEMBER, fil=Fil(sendt, "udkast.pdf"))
    assert verificer(sendt).udfald == "udkast"
