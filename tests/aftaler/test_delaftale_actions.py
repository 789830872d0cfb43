"""Delaftaler, sections and pictures: who may write them, what is refused, and what a picture may not bring along."""

import io
import struct
import zlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFile
from PIL.PngImagePlugin import PngInfo

from aftaler.actions import afsnit as afsnitactions
from aftaler.actions import billeder as billedactions
from aftaler.actions import delaftale as actions
from aftaler.actions.afsnit import hent_afsnit
from aftaler.actions.billeder import BILLEDE_HOEJST_BYTES, BILLEDE_HOEJST_PIXEL, laes_billede
from aftaler.models import Afsnit, Billede, Delaftale
from helhedsplan import papirkurv, revisionsspor
from helhedsplan.actions import UkendtFelt, Versionskonflikt
from helhedsplan.cpr import CPR_BESKED
from helhedsplan.models import Haendelse
from helhedsplan.rettigheder import PROGRAMMET, ROLLER
from tests import factories as f
from tests.factories import PNG
from tests.samtidighed import mens, samtidigt

pytestmark = pytest.mark.django_db
SKRIVERE = {"leder", "sekretariat"}


@pytest.fixture
def lager(settings, tmp_path):
    """A storage of the test's own; call it for the names of the files in it."""
    settings.MEDIA_ROOT = tmp_path

    def filer():
        return sorted(str(sti.relative_to(tmp_path)) for sti in tmp_path.rglob("*") if sti.is_file())

    return filer


def gemt(objekt):
    return type(objekt).objects.get(pk=objekt.pk)


def sidste():
    haendelse = Haendelse.objects.order_by("pk").last()
    return haendelse.handling, {a["felt"]: (a["foer"], a["efter"]) for a in haendelse.aendringer}


# --- rights ---------------------------------------------------------------------------------------------------------


def opret_delaftale(bruger, plan):
    omraade = f.IndsatsomraadeFactory(regelsaet=plan.regelsaet)
    plan.indsatsomraader.add(omraade)
    actions.opret_delaftale(bruger=bruger, plan=plan, indsatsomraade=omraade)


def slet_delaftale(bruger, plan):
    actions.slet_delaftale(bruger=bruger, delaftale=f.DelaftaleFactory(plan=plan))


def ret_samarbejdsparter(bruger, plan):
    raekker = [{"navn": "Jobcentret", "rolle": ""}]
    actions.ret_samarbejdsparter(bruger=bruger, delaftale=f.DelaftaleFactory(plan=plan), raekker=raekker, version=1)


def ret_afsnit(bruger, plan):
    afsnitactions.ret_afsnit(bruger=bruger, afsnit=f.AfsnitFactory(plan=plan), felter={"tekst": "Nyt"}, version=1)


def skriv_afsnit(bruger, plan):
    skabelon = f.SkabelonafsnitFactory(regelsaet=plan.regelsaet)
    afsnitactions.ret_afsnit(
        bruger=bruger, afsnit=hent_afsnit(plan, skabelon, None), felter={"tekst": "Nyt"}, version=0
    )


def opret_billede(bruger, plan):
    billedactions.opret_billede(bruger=bruger, afsnit=f.AfsnitFactory(plan=plan), indhold=PNG, alternativ_tekst="Kort")


def ret_billede(bruger, plan):
    billedactions.ret_billede(bruger=bruger, billede=f.BilledeFactory(afsnit__plan=plan), felter={"billedtekst": "Nyt"})


def slet_billede(bruger, plan):
    billedactions.slet_billede(bruger=bruger, billede=f.BilledeFactory(afsnit__plan=plan))


@pytest.mark.parametrize("rolle", [*ROLLER, None])
@pytest.mark.parametrize(
    "handling",
    [
        opret_delaftale,
        slet_delaftale,
        ret_samarbejdsparter,
        ret_afsnit,
        skriv_afsnit,
        opret_billede,
        ret_billede,
        slet_billede,
    ],
)
def test_hver_rolle_og_hver_handling(handling, rolle, lager):
    plan = f.HelhedsplanFactory()
    bruger = f.MedlemskabFactory(plan=plan, rolle=rolle).bruger if rolle else f.MedlemskabFactory(rolle="leder").bruger
    if rolle in SKRIVERE:
        handling(bruger, plan)
        assert set(Haendelse.objects.values_list("bruger_id", "kaede")) == {(bruger.pk, plan.noegle)}
        return
    with pytest.raises(PermissionDenied):
        handling(bruger, plan)
    assert Haendelse.objects.count() == 0


# --- delaftaler -----------------------------------------------------------------------------------------------------


def test_en_delaftale_for_hvert_valgt_indsatsomraade():
    plan = f.HelhedsplanFactory()
    valgt, ikke_valgt = f.IndsatsomraadeFactory.create_batch(2, regelsaet=plan.regelsaet)
    plan.indsatsomraader.add(valgt)
    ny = actions.opret_delaftale(bruger=PROGRAMMET, plan=plan, indsatsomraade=valgt)
    assert list(plan.delaftaler.all()) == [ny]
    assert sidste() == ("oprettet", {"plan": (None, plan.navn), "indsatsomraade": (None, valgt.navn)})
    with pytest.raises(ValidationError) as fejl:
        actions.opret_delaftale(bruger=PROGRAMMET, plan=plan, indsatsomraade=ikke_valgt)
    assert fejl.value.messages == [f"{ikke_valgt} er ikke valgt i planen. Vælg indsatsområdet først."]
    with pytest.raises(ValidationError) as fejl:
        actions.opret_delaftale(bruger=PROGRAMMET, plan=plan, indsatsomraade=valgt)
    assert fejl.value.messages == ["Planen har allerede en delaftale om indsatsområdet."]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("saadan", [samtidigt, mens])
def test_to_opretter_den_samme_delaftale(saadan):
    plan = f.HelhedsplanFactory(noegle="parken")
    valgt = f.IndsatsomraadeFactory(regelsaet=plan.regelsaet)
    plan.indsatsomraader.add(valgt)
    svar = saadan(*[lambda: actions.opret_delaftale(bruger=PROGRAMMET, plan=plan, indsatsomraade=valgt)] * 2)
    assert [s.messages for s in svar if isinstance(s, Exception)] == [
        ["Planen har allerede en delaftale om indsatsområdet."]
    ]
    assert plan.delaftaler.count() == 1
    assert revisionsspor.brud("parken") == []


def test_en_tom_delaftale_slettes_med_sine_tomme_afsnit():
    aftale = f.DelaftaleFactory()
    f.AfsnitFactory(delaftale=aftale, tekst="")
    actions.slet_delaftale(bruger=PROGRAMMET, delaftale=aftale)
    assert (Delaftale.objects.count(), Afsnit.objects.count()) == (0, 0)
    assert aftale.plan.indsatsomraader.count() == 1
    assert list(Haendelse.objects.order_by("pk").values_list("handling", "objekt_type")) == [
        ("slettet", "aftaler.afsnit"), ("slettet", "aftaler.delaftale"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("goer", "besked"),
    [
        (
            lambda a: f.AfsnitFactory(delaftale=a),
            "Delaftalen har afsnit med tekst. Tøm dem først, hvis den skal slettes.",
        ),
        (
            lambda a: f.BilledeFactory(afsnit=f.AfsnitFactory(delaftale=a, tekst="")),
            "Delaftalen har afsnit med tekst. Tøm dem først, hvis den skal slettes.",
        ),
        (
            lambda a: f.SamarbejdspartFactory(delaftale=a),
            "Delaftalen har samarbejdsparter. Fjern dem først, hvis den skal slettes.",
        ),
        (lambda a: f.DelmaalFactory(delaftale=a, tekst="Job"), "Kan ikke slettes, fordi den bruges af delmål »Job«."),
        (
            lambda a: f.AktivitetFactory(delaftale=a, navn="Klub"),
            "Kan ikke slettes, fordi den bruges af aktivitet »Klub«.",
        ),
    ],
)
def test_en_delaftale_med_indhold_slettes_ikke(goer, besked):
    aftale = f.DelaftaleFactory()
    f.AfsnitFactory(delaftale=aftale, tekst="")
    goer(aftale)
    foer = Afsnit.objects.count()
    with pytest.raises(ValidationError) as fejl:
        actions.slet_delaftale(bruger=PROGRAMMET, delaftale=aftale)
    assert fejl.value.messages == [besked]
    assert (Delaftale.objects.count(), Afsnit.objects.count(), Haendelse.objects.count()) == (1, foer, 0)


# --- partners -------------------------------------------------------------------------------------------------------


def parter(aftale, raekker, version=None):
    return actions.ret_samarbejdsparter(bruger=PROGRAMMET, delaftale=aftale, raekker=raekker, version=version)


def test_delaftalens_parter_skiftes_ud_og_aktiviteternes_bliver():
    aftale = f.DelaftaleFactory()
    i_aktivitet = f.SamarbejdspartFactory(aktivitet=f.AktivitetFactory(delaftale=aftale))
    assert parter(aftale, [{"navn": " Jobcentret ", "rolle": "Henviser"}, {"navn": "Skolen", "rolle": None}], 1) is True
    assert [(p.navn, p.rolle, p.orden) for p in aftale.egne_parter] == [
        ("Jobcentret", "Henviser", 1),
        ("Skolen", "", 2),
    ]
    assert sidste() == ("rettet", {"samarbejdsparter": ([], ["Jobcentret · Henviser", "Skolen"])})
    assert (gemt(aftale).version, aftale.version) == (2, 2)
    assert parter(aftale, [{"navn": "Jobcentret", "rolle": "Henviser "}, {"navn": "Skolen"}], 2) is False
    assert gemt(aftale).version == 2
    assert parter(aftale, [{"navn": "Skolen"}], 2) is True
    assert [p.navn for p in aftale.egne_parter] == ["Skolen"]
    assert gemt(i_aktivitet) in aftale.samarbejdsparter.all()


def test_fejl_i_en_part_efterlader_intet():
    aftale = f.DelaftaleFactory()
    part = f.SamarbejdspartFactory(delaftale=aftale)
    for raekke, felt in (({"navn": "", "rolle": "x"}, "navn"), ({"navn": "x", "rolle": "010180-1234"}, "rolle")):
        with pytest.raises(ValidationError) as fejl:
            parter(aftale, [{"navn": "Ny"}, raekke])
        assert {nummer: list(en.message_dict) for nummer, en in fejl.value.ved.items()} == {2: [felt]}
    with pytest.raises(Versionskonflikt):
        parter(aftale, [], version=7)
    assert list(aftale.egne_parter) == [part]
    assert (gemt(aftale).version, Haendelse.objects.count()) == (1, 0)


# --- sections -------------------------------------------------------------------------------------------------------


@pytest.fixture
def ukendt():
    """A section that nobody has written."""
    skabelon = f.SkabelonafsnitFactory(titel="Vision", nummer="")
    return hent_afsnit(f.HelhedsplanFactory(regelsaet=skabelon.regelsaet, noegle="parken"), skabelon, None)


def skriv(afsnit, felter, version):
    return afsnitactions.ret_afsnit(bruger=PROGRAMMET, afsnit=afsnit, felter=felter, version=version)


def test_hent_afsnit(ukendt):
    assert (ukendt.pk, ukendt.version, ukendt.tekst, Afsnit.objects.count()) == (None, 0, "", 0)
    skriv(ukendt, {"tekst": "<p>A</p>"}, 0)
    assert hent_afsnit(ukendt.plan, ukendt.skabelon, None) == ukendt
    aftale = f.DelaftaleFactory(plan=ukendt.plan)
    assert hent_afsnit(ukendt.plan, ukendt.skabelon, aftale).pk is None


def test_det_foerste_der_skrives(ukendt):
    assert skriv(ukendt, {"tekst": "<p>A</p><script>x</script>", "faerdig": True}, 0) is True
    assert (gemt(ukendt).tekst, gemt(ukendt).faerdig, gemt(ukendt).version) == ("<p>A</p>", True, 1)
    handling, felter = sidste()
    assert (handling, felter["tekst"], felter["faerdig"]) == ("oprettet", (None, "<p>A</p>"), (None, True))


def test_det_naeste_er_en_rettelse(ukendt):
    skriv(ukendt, {"tekst": "<p>A</p>"}, 0)
    afsnit = gemt(ukendt)
    assert skriv(afsnit, {"tekst": "<p>A</p>"}, 1) is False
    assert skriv(afsnit, {"tekst": "<p>B</p>"}, 1) is True
    assert sidste() == ("rettet", {"tekst": ("<p>A</p>", "<p>B</p>")})
    with pytest.raises(Versionskonflikt):
        skriv(afsnit, {"tekst": "<p>C</p>"}, 1)


def test_to_der_begge_var_de_foerste(ukendt):
    min_ = hent_afsnit(ukendt.plan, ukendt.skabelon, None)
    skriv(ukendt, {"tekst": "<p>Deres</p>"}, 0)
    with pytest.raises(Versionskonflikt) as konflikt:
        skriv(min_, {"tekst": "<p>Min</p>"}, 0)
    assert (konflikt.value.objekt.tekst, konflikt.value.objekt.version) == ("<p>Deres</p>", 1)
    assert (min_.pk, min_.tekst, min_.version) == (None, "", 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("saadan", [samtidigt, mens])
def test_to_skriver_det_samme_afsnit_paa_en_gang(saadan, ukendt):
    def foerste(tekst):
        afsnit = hent_afsnit(ukendt.plan, ukendt.skabelon, None)
        return lambda: skriv(afsnit, {"tekst": tekst}, 0)

    svar = saadan(foerste("<p>A</p>"), foerste("<p>B</p>"))
    vinder = svar.index(True)
    assert isinstance(svar[1 - vinder], Versionskonflikt)
    assert Afsnit.objects.get().tekst == ["<p>A</p>", "<p>B</p>"][vinder]
    assert revisionsspor.brud("parken") == []


@pytest.mark.parametrize("nyt", [True, False])
def test_kun_afsnittets_egne_felter_skrives(ukendt, nyt):
    if not nyt:
        skriv(ukendt, {"tekst": "A"}, 0)
    for felter in ({"plan": f.HelhedsplanFactory()}, {"skabelon": None}, {"version": 9}):
        with pytest.raises(UkendtFelt):
            skriv(ukendt, felter, 0 if nyt else 1)
    assert Afsnit.objects.count() == (0 if nyt else 1)


def test_cpr_i_et_afsnit_afvises(ukendt):
    with pytest.raises(ValidationError) as fejl:
        skriv(ukendt, {"tekst": "<p>Født 0101<strong>80-12</strong>34</p>"}, 0)
    assert fejl.value.message_dict == {"tekst": [CPR_BESKED]}
    assert (Afsnit.objects.count(), Haendelse.objects.count()) == (0, 0)


# --- pictures: what is a picture ------------------------------------------------------------------------------------


def tegning(form="RGB", stoerrelse=(40, 20)):
    """Red above, blue below, so that one sees which way is up."""
    billede = Image.new("RGB", stoerrelse, "red")
    ImageDraw.Draw(billede).rectangle([0, stoerrelse[1] // 2, *stoerrelse], fill="blue")
    return billede.convert(form)


def som(type_, billede=None, **valg):
    ud = io.BytesIO()
    (billede or tegning()).save(ud, type_, **valg)
    return ud.getvalue()


def exif(retning=None):
    data = Image.Exif()
    data[0x013B] = "Fotograf A"
    data.get_ifd(0x8825)[1] = "N"
    if retning:
        data[0x0112] = retning
    return data


def aabnet(indhold):
    billede = Image.open(io.BytesIO(indhold))
    billede.load()
    return billede


def mangler_spor(indhold):
    billede = aabnet(indhold)
    assert dict(billede.getexif()) == {}
    assert not set(billede.info) & {"exif", "xmp", "comment", "photoshop", "XML:com.adobe.xmp", "Author", "raw"}
    return not any(spor in indhold for spor in (b"Fotograf A", b"xmpmeta", b"GPS", b"Hemmelig"))


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Fotograf A GPS</x:xmpmeta>'


def png_tekst():
    tekst = PngInfo()
    tekst.add_text("Author", "Fotograf A")
    tekst.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return tekst


@pytest.mark.parametrize("form", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_en_ren_png_gemmes_som_den_er(form):
    indhold = som("PNG", tegning(form))
    assert laes_billede(indhold) == (indhold, ".png")


@pytest.mark.parametrize("form", ["L", "RGB"])
def test_en_ren_jpeg_gemmes_som_den_er(form):
    indhold = som("JPEG", tegning(form), dpi=(300, 300), progressive=True)
    assert laes_billede(indhold) == (indhold, ".jpg")


MED_SPOR = {
    "jpeg-exif": lambda: som("JPEG", exif=exif()),
    "jpeg-xmp": lambda: som("JPEG", xmp=XMP),
    "jpeg-kommentar": lambda: som("JPEG", comment=b"Hemmelig"),
    "jpeg-app13": lambda: som("JPEG")[:2] + b"\xff\xed" + struct.pack(">H", 10) + b"Hemmelig" + som("JPEG")[2:],
    "jpeg-app12": lambda: som("JPEG")[:2] + b"\xff\xec" + struct.pack(">H", 10) + b"Hemmelig" + som("JPEG")[2:],
    "jpeg-efter": lambda: som("JPEG") + b"Hemmelig",
    "jpeg-mpo": lambda: som("MPO", save_all=True, append_images=[tegning()]),
    "jpeg-cmyk": lambda: som("JPEG", tegning("CMYK"), exif=exif()),
    "png-exif": lambda: som("PNG", exif=exif()),
    "png-tekst": lambda: som("PNG", pnginfo=png_tekst()),
    "png-efter": lambda: som("PNG") + b"Hemmelig",
    "png-flere": lambda: som("PNG", save_all=True, append_images=[tegning("RGB").rotate(180)]),
    "png-palet": lambda: som("PNG", tegning("P"), exif=exif()),
    "png-alfa": lambda: som("PNG", tegning("RGBA"), exif=exif()),
}


@pytest.mark.parametrize("slags", MED_SPOR)
def test_det_kameraet_laegger_i_tages_ud(slags):
    indhold = MED_SPOR[slags]()
    renset, endelse = laes_billede(indhold)
    assert endelse == (".png" if slags.startswith("png") else ".jpg")
    assert renset != indhold
    assert mangler_spor(renset)
    billede = aabnet(renset).convert("RGB")
    assert (billede.size, getattr(aabnet(renset), "n_frames", 1)) == ((40, 20), 1)
    (roed, _, blaa), (roed_ned, _, blaa_ned) = billede.getpixel((20, 2)), billede.getpixel((20, 17))
    assert roed > 150 > blaa
    assert blaa_ned > 150 > roed_ned
    assert laes_billede(renset) == (renset, endelse)


@pytest.mark.parametrize("type_", ["JPEG", "PNG"])
@pytest.mark.parametrize(("retning", "stoerrelse", "oeverst"), [(3, (40, 20), "blaa"), (6, (20, 40), "blaa-venstre")])
def test_et_billede_holdt_paa_skraa_kommer_ret_op(type_, retning, stoerrelse, oeverst):
    billede = aabnet(laes_billede(som(type_, exif=exif(retning)))[0]).convert("RGB")
    assert billede.size == stoerrelse
    punkt = billede.getpixel((stoerrelse[0] // 2, 1) if oeverst == "blaa" else (1, stoerrelse[1] // 2))
    assert punkt[2] > 150 > punkt[0]


def test_gennemsigtighed_bliver():
    billede = tegning("RGBA")
    billede.putalpha(Image.new("L", billede.size, 128))
    renset = aabnet(laes_billede(som("PNG", billede, exif=exif()))[0])
    assert (renset.mode, renset.getpixel((1, 1))) == ("RGBA", (255, 0, 0, 128))
    palet = Image.new("P", (4, 4), 0)
    palet.putpalette([255, 0, 0, 0, 0, 255])
    renset = aabnet(laes_billede(som("PNG", palet, transparency=0, exif=exif()))[0])
    assert renset.convert("RGBA").getpixel((0, 0)) == (255, 0, 0, 0)


def test_16_bit_bliver_til_graa_og_ikke_til_hvid():
    billede = Image.new("I;16", (4, 4), 40_000)
    renset = aabnet(laes_billede(som("PNG", billede))[0])
    assert (renset.mode, renset.getpixel((0, 0))) == ("L", 155)


LAESES_IKKE = ["Filen kan ikke læses som et billede. Brug PNG eller JPEG."]
FOR_MANGE = ["Billedet har for mange punkter. Gem det mindre, og prøv igen."]


def stump(navn, data):
    return struct.pack(">I", len(data)) + navn + data + struct.pack(">I", zlib.crc32(navn + data))


def png_der_siger(bredde, hoejde, *flere):
    hoved = stump(b"IHDR", struct.pack(">IIBBBBB", bredde, hoejde, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + hoved
        + b"".join(flere)
        + stump(b"IDAT", zlib.compress(b"\0" * 100))
        + stump(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "indhold",
    [
        b"",
        b"Bare tekst",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"\xef\xbb\xbf<?xml version='1.0'?><svg/>",
        b"%PDF-1.7",
        b"PK\x03\x04",
        som("GIF"),
        som("BMP"),
        som("TIFF"),
        som("WEBP"),
        som("ICO"),
        som("PPM"),
        PNG[:20],
        som("PNG", tegning(stoerrelse=(400, 400)).effect_spread(90))[:-9000],
        som("JPEG")[:100],
        som("JPEG")[:-100],
        som("PNG").replace(b"IDAT", b"IDAX"),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xd9",
        png_der_siger(0, 0),
        png_der_siger(10, 10),
        png_der_siger(10, 10, stump(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 5_000_000))),
    ],
    ids=lambda indhold: indhold[:12].hex(),
)
@pytest.mark.parametrize("efter_pdf", [False, True])
def test_det_der_ikke_er_et_billede_afvises(indhold, efter_pdf, monkeypatch):
    """Also once the PDF engine has told Pillow to take files that are cut off."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", efter_pdf)
    with pytest.raises(ValidationError) as fejl:
        laes_billede(indhold)
    assert fejl.value.messages == LAESES_IKKE


@pytest.mark.parametrize("side", [(20_000, 20_000), (10_000, 10_000), (40_000_001, 1), (2**31 - 1, 2**31 - 1)])
def test_en_bombe_pakkes_ikke_ud(side):
    with pytest.raises(ValidationError) as fejl:
        laes_billede(png_der_siger(*side))
    assert fejl.value.messages == FOR_MANGE


def test_graensen_er_med():
    indhold = som("PNG", Image.new("1", (8000, 5000)))
    assert BILLEDE_HOEJST_PIXEL == 8000 * 5000
    assert laes_billede(indhold) == (indhold, ".png")
    with pytest.raises(ValidationError):
        laes_billede(som("PNG", Image.new("1", (8000, 5001))))


def test_for_mange_bytes():
    with pytest.raises(ValidationError) as fejl:
        laes_billede(b"\x89PNG" + b"x" * BILLEDE_HOEJST_BYTES)
    assert fejl.value.messages == ["Billedet er over 5 MB. Gem det mindre, og prøv igen."]


@settings(max_examples=200)
@given(
    grundlag=st.sampled_from([som("PNG", tegning("P")), som("JPEG", exif=exif()), som("PNG", pnginfo=png_tekst())]),
    sted=st.integers(0, 10_000),
    nyt=st.binary(max_size=8),
    laengde=st.integers(0, 8),
)
def test_et_oedelagt_billede_giver_et_billede_eller_en_besked(grundlag, sted, nyt, laengde):
    sted %= len(grundlag)
    try:
        renset, _ = laes_billede(grundlag[:sted] + nyt + grundlag[sted + laengde :])
    except ValidationError as fejl:
        svar = fejl.messages
    else:
        svar = laes_billede(renset)[0] == renset
    assert svar in (True, LAESES_IKKE, FOR_MANGE)


# --- pictures: in their place ---------------------------------------------------------------------------------------


def nyt_billede(afsnit, indhold=PNG, alternativ_tekst="Kort", **felter):
    return billedactions.opret_billede(
        bruger=PROGRAMMET, afsnit=afsnit, indhold=indhold, alternativ_tekst=alternativ_tekst, **felter
    )


def test_et_billede_gemmes_renset_under_sit_aftryk(lager):
    afsnit = f.AfsnitFactory(plan__noegle="parken")
    billede = nyt_billede(afsnit, som("JPEG", exif=exif()), billedtekst="Området")
    assert lager() == [f"billeder/{billede.sha256[:32]}.jpg"] == [billede.fil.name]
    with default_storage.open(billede.fil.name) as fil:
        assert mangler_spor(fil.read())
    andet = nyt_billede(afsnit)
    assert (billede.orden, andet.orden) == (1, 2)
    handling, felter = sidste()
    assert (handling, felter["alternativ_tekst"], felter["fil"]) == ("oprettet", (None, "Kort"), (None, andet.fil.name))


@pytest.mark.parametrize(
    "tekster", [{"alternativ_tekst": ""}, {"alternativ_tekst": "010180-1234"}, {"billedtekst": "x" * 301}]
)
def test_et_billede_med_fejl_efterlader_ingen_fil(lager, tekster):
    with pytest.raises(ValidationError) as fejl:
        nyt_billede(f.AfsnitFactory(), **tekster)
    assert list(fejl.value.message_dict) == list(tekster)
    with pytest.raises(ValidationError):
        nyt_billede(f.AfsnitFactory(), indhold=b"ikke et billede")
    assert (lager(), Billede.objects.count(), Haendelse.objects.count()) == ([], 0, 0)


def test_et_billede_i_et_afsnit_ingen_har_skrevet(lager, ukendt):
    billede = nyt_billede(ukendt)
    assert (billede.afsnit, Afsnit.objects.get().tekst) == (Afsnit.objects.get(), "")
    igen = hent_afsnit(ukendt.plan, ukendt.skabelon, None)
    igen.pk = None
    assert nyt_billede(igen).afsnit == billede.afsnit


@pytest.mark.django_db(transaction=True)
def test_to_billeder_paa_en_gang_i_et_afsnit_ingen_har_skrevet(lager, ukendt):
    def nyt(tekst):
        afsnit = hent_afsnit(ukendt.plan, ukendt.skabelon, None)
        return lambda: nyt_billede(afsnit, alternativ_tekst=tekst).alternativ_tekst

    assert samtidigt(nyt("A"), nyt("B")) == ["A", "B"]
    assert sorted(Billede.objects.values_list("orden", flat=True)) == [1, 2]
    assert Afsnit.objects.count() == 1


def test_billedets_tekster_rettes_og_intet_andet(lager):
    billede = nyt_billede(f.AfsnitFactory())
    valg = {"bruger": PROGRAMMET, "billede": billede}
    assert billedactions.ret_billede(**valg, felter={"alternativ_tekst": "Nyt", "billedtekst": ""}) is True
    assert sidste() == ("rettet", {"alternativ_tekst": ("Kort", "Nyt")})
    for felter in ({"fil": "x"}, {"sha256": "x"}, {"orden": 1}, {"afsnit": None}):
        with pytest.raises(UkendtFelt):
            billedactions.ret_billede(**valg, felter=felter)
    with pytest.raises(ValidationError):
        billedactions.ret_billede(**valg, felter={"alternativ_tekst": " "})
    assert gemt(billede).alternativ_tekst == "Nyt"


def slet(billede):
    skriver = f.MedlemskabFactory(plan=billede.plan, rolle="leder").bruger
    billedactions.slet_billede(bruger=skriver, billede=billede)


def toem_kurven():
    papirkurv.toem(foer=timezone.now() + timedelta(days=1))


def test_filen_forsvinder_naar_raekken_er_vaek_for_altid(lager, django_capture_on_commit_callbacks):
    billede = nyt_billede(f.AfsnitFactory())
    with django_capture_on_commit_callbacks() as bagefter:
        slet(billede)
    assert (Billede.objects.count(), lager()) == (0, [billede.fil.name])
    for goer in bagefter:
        goer()
    assert lager() == [billede.fil.name]  # for as long as it can be put back
    assert sidste()[0] == "slettet"
    toem_kurven()
    assert lager() == []


def test_en_fil_som_et_andet_billede_bruger_bliver(lager, django_capture_on_commit_callbacks):
    billede = nyt_billede(f.AfsnitFactory())
    andet = f.BilledeFactory(fil=billede.fil.name)
    with django_capture_on_commit_callbacks(execute=True):
        slet(billede)
    toem_kurven()
    assert lager() == [andet.fil.name]
    with django_capture_on_commit_callbacks(execute=True):
        slet(andet)
    toem_kurven()
    assert lager() == []


def test_det_samme_billede_to_gange_er_to_filer(lager, django_capture_on_commit_callbacks):
    et, to = (nyt_billede(f.AfsnitFactory()) for _ in range(2))
    assert et.sha256 == to.sha256
    with django_capture_on_commit_callbacks(execute=True):
        slet(et)
    toem_kurven()
    assert lager() == [to.fil.name]
