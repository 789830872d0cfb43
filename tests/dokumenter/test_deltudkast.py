"""A draft that was shared: dated, with whom, its bytes kept as they were, and never called an edition."""

from datetime import date, timedelta
from io import BytesIO

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
from dokumenter.actions.deltudkast import del_udkast
from dokumenter.models import Deltudkast, Udgave
from dokumenter.queries.dokumenter import dokument, frosset
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
def sendt(v) -> bytes:
    """A paper as somebody had it before."""
    return pdf.papir(papirer.milepaelsplan(v.plan)).data


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
    client.force_login(v.brugere["laeser"])
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
    client.force_login(v.brugere["laeser"])
    side = client.get(reverse("dokument-vis", args=[v.plan.noegle, "samarbejdsaftale"])).content.decode()
    delte = side[side.index('id="delte"') :]
    assert "UDKAST</span>" in delte
    assert "Følgegruppen" in delte
    assert "milepælene" not in delte
    assert "Dokumentet er ikke frosset endnu" in side
    assert "2 delte udkast" in " ".join(frosset(v.plan))


def test_det_der_blev_delt_for_laengst_er_filen(v, sendt):
    udkast = delt(v, delt_den=I_SEPTEMBER, fil=Fil(sendt, "udkast.pdf"))
    assert lager.hent(udkast.fil.name, udkast.sha256) == sendt
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
