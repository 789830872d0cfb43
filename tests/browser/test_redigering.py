"""Editing in a real browser: the editor, autosave, the session that runs out, two people at once."""

from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from helhedsplan.models import Kladde
from helhedsplan.tekst import rens
from tests.factories import ADGANGSKODE, AfsnitFactory, AktivitetFactory, MedlemskabFactory, MilepaelFactory

SAGER = Path(__file__).parent.parent / "sager"
INDHOLD = "\n".join(
    [
        "<h3>Området</h3>",
        "<p>Der bor <strong>mange</strong> børn og <em>unge</em>, se "
        '<a href="https://www.lbf.dk/?a=1&amp;b=2">fonden</a>.<span class="fodnote">Opgjort 2025, <em>foreløbigt</em>'
        '</span><span class="fodnote">Og en til</span></p>',
        "<h4>Skoler</h4>",
        "<ul><li>En<ul><li>Under</li></ul></li><li><p>To</p><p>afsnit</p></li></ul>",
        '<ol start="3"><li>Tre</li></ol>',
        "<blockquote><p>Et citat<br>i to linjer</p></blockquote>",
        "<table><caption>Beboere</caption><thead>"
        '<tr><th scope="col">År</th><th scope="col" colspan="2">Antal &amp; andel</th></tr></thead>'
        '<tbody><tr><th scope="row">2025</th><td>1.204</td><td>5&nbsp;%</td></tr></tbody></table>',
        "<p>Slut &lt;her&gt;</p>",
    ]
)


@pytest.fixture
def afsnit():
    return AfsnitFactory(tekst=INDHOLD)


@pytest.fixture
def sekretaer(afsnit):
    return MedlemskabFactory(plan=afsnit.plan, bruger__navn="Sekretær A, Demo").bruger


def adresse(afsnit):
    return reverse("afsnit-ret", args=[afsnit.plan.noegle, afsnit.skabelon.noegle])


@pytest.fixture
def editor(side_som, sekretaer, afsnit):
    """The page with the section open, and the text field as people meet it."""
    side = side_som(sekretaer)
    side.goto(adresse(afsnit))
    side.get_by_role("textbox", name="Tekst").wait_for()
    return side


@pytest.fixture
def tom(side_som, sekretaer, afsnit):
    """The same page with nothing written, and the cursor in the field."""
    afsnit.tekst = ""
    afsnit.save()
    side = side_som(sekretaer)
    side.goto(f"{adresse(afsnit)}#id_tekst")
    side.locator("#id_tekst:focus").wait_for()
    return side


def gem(side):
    side.get_by_role("button", name="Gem afsnittet").click()
    side.get_by_text("Gemt kl.").first.wait_for()


def test_uroert_indhold_gemmes_uaendret(editor, afsnit):
    gem(editor)

    afsnit.refresh_from_db()
    assert (afsnit.tekst, afsnit.version) == (INDHOLD, 1)


def test_editorens_html_er_den_der_gemmes(editor, afsnit):
    """What the editor sends after a change is what the server keeps, and differs from before by the change alone."""
    felt = editor.get_by_role("textbox", name="Tekst")
    felt.get_by_text("Slut <her>").click()
    editor.keyboard.press("End")
    editor.keyboard.type(" og nu")

    html = sendt(editor)
    assert html == INDHOLD.replace("&lt;her&gt;", "&lt;her&gt; og nu")
    assert rens(html) == html


def prosa_i(vaerdi):
    """Every text with mark-up in a plan file."""
    if isinstance(vaerdi, str):
        return [vaerdi] if "</" in vaerdi else []
    dele = vaerdi.values() if isinstance(vaerdi, dict) else vaerdi if isinstance(vaerdi, list) else []
    return [tekst for del_ in dele for tekst in prosa_i(del_)]


EDITORENS_HTML = """async (tekster) => {
    const { Editor } = await import('/static/django_prose_editor/editor.js');
    const { EXTENSIONS } = await import('/static/js/editor/udvidelser.js');
    const { toStored } = await import('/static/js/editor/html.js');
    return tekster.map((content) => {
        const editor = new Editor({ extensions: EXTENSIONS, content, injectCSS: false });
        return toStored(editor.getHTML());
    });
}"""


def test_de_rigtige_planers_prosa_staar_uroert_i_editoren(editor):
    """So that the first word written in a section changes that word and nothing else."""
    planer = sorted((settings.BASE_DIR / "fixtures" / "planer").glob("*.yaml"))
    tekster = [tekst for plan in planer for tekst in prosa_i(yaml.safe_load(plan.read_text()))]

    assert len(tekster) > 100
    assert editor.evaluate(EDITORENS_HTML, tekster) == tekster


def test_fortryd_giver_det_gemte_tilbage(editor):
    editor.get_by_role("textbox", name="Tekst").click()
    editor.keyboard.type("x")
    editor.get_by_role("button", name="Fortryd", exact=True).click()

    assert sendt(editor) == INDHOLD


@pytest.fixture
def log_ind(context, sekretaer):
    """log_ind(link): the login page in the tab that the link opens, filled in and sent."""

    def log_ind(link):
        with context.expect_page() as ny:
            link.click()
        ny.value.get_by_label("E-mail").fill(sekretaer.email)
        ny.value.get_by_label("Adgangskode").fill(ADGANGSKODE)
        ny.value.get_by_role("button", name="Log ind", exact=True).click()
        ny.value.get_by_text(sekretaer.navn).first.wait_for()
        ny.value.close()

    return log_ind


@pytest.fixture
def ny_browser(new_context, live_server):
    """ny_browser(bruger): a page in somebody else's browser."""

    def aabn(bruger):
        klient = Client()
        klient.force_login(bruger)
        anden = new_context()
        vaerdi = klient.cookies[settings.SESSION_COOKIE_NAME].value
        anden.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": vaerdi, "url": live_server.url}])
        return anden.new_page()

    return aabn


# --- writing --------------------------------------------------------------------------------------------------------


def knap(side, navn):
    return side.get_by_role("toolbar").get_by_role("button", name=navn, exact=True)


def skriv(side, *linjer):
    for nummer, linje in enumerate(linjer):
        if nummer:
            side.keyboard.press("Enter")
        side.keyboard.type(linje)


def sendt(side):
    """What the form would send, when any question has been answered."""
    side.locator("dialog").wait_for(state="detached")
    return side.locator("textarea[name=tekst]").input_value()


def test_overskrifter_skrift_lister_og_citat(tom):
    knap(tom, "Overskrift").click()
    skriv(tom, "Området", "Der er ")
    knap(tom, "Fed").click()
    skriv(tom, "mange")
    knap(tom, "Fed").click()
    knap(tom, "Kursiv").click()
    skriv(tom, " unge")
    tom.keyboard.press("Enter")
    knap(tom, "Kursiv").click()
    knap(tom, "Punktliste").click()
    skriv(tom, "en", "to", "", "sagt")
    knap(tom, "Citat").click()

    assert sendt(tom) == (
        "<h3>Området</h3>\n<p>Der er <strong>mange</strong><em> unge</em></p>\n"
        "<ul><li>en</li><li>to</li></ul>\n<blockquote><p>sagt</p></blockquote>"
    )
    assert knap(tom, "Citat").get_attribute("aria-pressed") == "true"
    assert knap(tom, "Fed").get_attribute("aria-pressed") == "false"


def test_what_is_typed_the_moment_a_question_is_answered_is_kept(tom):
    """The text has the focus, and the answer stands in it, before the next key can come."""
    skriv(tom, "Der bor 1.204.")
    knap(tom, "Fodnote").click()
    tom.get_by_label("Fodnotens tekst").fill("Opgjort 2024")
    knappen = tom.get_by_role("button", name="Indsæt fodnoten")
    assert knappen.evaluate(
        """async (button) => {
          button.click();
          for (let turn = 0; turn < 10; turn++) await null;
          const { activeElement } = document;
          return [activeElement.getAttribute('role'), activeElement.textContent];
        }"""
    ) == ["textbox", "Der bor 1.204.Opgjort 2024"]


def test_fodnote_skrives_rettes_og_slettes(tom):
    skriv(tom, "Der bor 1.204.")
    knap(tom, "Fodnote").click()
    tom.get_by_label("Fodnotens tekst").fill("Opgjort 2024")
    tom.get_by_role("button", name="Indsæt fodnoten").click()
    skriv(tom, " Flere kommer til.")
    assert sendt(tom) == '<p>Der bor 1.204.<span class="fodnote">Opgjort 2024</span> Flere kommer til.</p>'

    tom.get_by_text("Opgjort 2024").click()
    knap(tom, "Fodnote").click()
    assert tom.get_by_label("Fodnotens tekst").input_value() == "Opgjort 2024"
    tom.get_by_label("Fodnotens tekst").fill("Opgjort 2025")
    tom.get_by_role("button", name="Ret fodnoten").click()
    assert sendt(tom) == '<p>Der bor 1.204.<span class="fodnote">Opgjort 2025</span> Flere kommer til.</p>'

    tom.get_by_text("Opgjort 2025").click()
    knap(tom, "Fodnote").click()
    tom.get_by_role("button", name="Slet fodnoten").click()
    assert sendt(tom) == "<p>Der bor 1.204. Flere kommer til.</p>"


def test_tabel_bygges_og_far_tekst(tom):
    knap(tom, "Tabel").click()
    for celle in ["År", "Antal", "Andel", "2025", "12", "5 %"]:
        tom.keyboard.type(celle)
        tom.keyboard.press("Tab")
    knap(tom, "Slet række").click()
    tom.get_by_role("textbox", name="Tekst").get_by_text("12", exact=True).click()
    knap(tom, "Kolonne efter").click()
    knap(tom, "Slet kolonne").click()
    tom.get_by_role("textbox", name="Tekst").get_by_text("2025").click()
    knap(tom, "Overskriftscelle").click()
    knap(tom, "Tabeltekst").click()
    tom.get_by_label("Hvad viser tabellen?").fill("Beboere")
    tom.get_by_role("button", name="Gem tabelteksten").click()

    assert sendt(tom) == (
        '<table><caption>Beboere</caption><thead><tr><th scope="col">År</th><th scope="col"></th>'
        '<th scope="col">Andel</th></tr></thead><tbody><tr><th scope="row">2025</th><td></td><td>5 %</td></tr></tbody>'
        "</table>"
    )


@pytest.mark.parametrize(
    ("skrevet", "adresse_", "tekst"),
    [
        ("www.lbf.dk", "https://www.lbf.dk", "www.lbf.dk"),
        ("http://lbf.dk/x", "http://lbf.dk/x", "http://lbf.dk/x"),
        ("info@lbf.dk", "mailto:info@lbf.dk", "info@lbf.dk"),
    ],
)
def test_link(tom, skrevet, adresse_, tekst):
    knap(tom, "Link").click()
    tom.get_by_label("Adresse").fill(skrevet)
    tom.keyboard.press("Enter")

    assert sendt(tom) == f'<p><a href="{adresse_}">{tekst}</a></p>'


def test_en_adresse_der_ikke_kan_bruges_siges_fra_i_dialogen(tom):
    knap(tom, "Link").click()
    tom.get_by_label("Adresse").fill("javascript:alert(1)")
    tom.keyboard.press("Enter")

    tom.get_by_text("Adressen kan ikke bruges.").wait_for()
    assert tom.get_by_label("Adresse").input_value() == "javascript:alert(1)"
    tom.keyboard.press("Escape")
    assert sendt(tom) == ""


def test_skrevet_tekst_gemmes_og_kan_aabnes_igen(tom, afsnit):
    skriv(tom, "Første", "Anden")
    gem(tom)
    afsnit.refresh_from_db()
    assert (afsnit.tekst, afsnit.version) == ("<p>Første</p>\n<p>Anden</p>", 2)

    tom.goto(adresse(afsnit))
    assert tom.get_by_role("textbox", name="Tekst").inner_text() == "Første\n\nAnden"


# --- pasting --------------------------------------------------------------------------------------------------------

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} --></style></head><body lang=DA><!--StartFragment-->
<h1 style='margin-top:12pt'><span style='color:#2F5496'>Problemkompleks<o:p></o:p></span></h1>
<p class=MsoNormal>Området har <b>mange</b> <span style='font-style:italic'>unge</span><a style='mso-footnote-id:ftn1'
href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'>
<![if !supportFootnotes]>[1]<![endif]></span></span></a> uden job.<o:p></o:p></p>
<h2>Skoler</h2>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Lektiehjælp<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;</span></span><![endif]>Om tirsdagen<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·</span><![endif]>Fritidsjob<o:p></o:p></p>
<p class=MsoNormal>Og så:</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>
&nbsp;</span></span><![endif]>Først</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr><td width=200 valign=top rowspan=2
style='width:150pt;border:solid'><p class=MsoNormal>2025<o:p></o:p></p></td><td><p class=MsoNormal>12</p></td></tr>
<tr><td><p class=MsoNormal>13</p></td></tr></table>
<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a
style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a>
Opgjort 2025</p></div></div><!--EndFragment--></body></html>"""

GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-guid-1"><h2 dir="ltr">'
    '<span style="font-size:16pt">Mål</span></h2><p dir="ltr" style="line-height:1.38"><span style="font-weight:700">'
    'Flere</span><span style="font-weight:400"> i job</span></p><ul><li dir="ltr" aria-level="1">'
    '<p role="presentation"><span>Først</span></p></li></ul></b>'
)


def indsaet(side, html):
    side.get_by_role("textbox", name="Tekst").evaluate(
        """(element, html) => {
            const data = new DataTransfer();
            data.setData('text/html', html);
            element.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )


def test_tekst_fra_word(tom):
    indsaet(tom, WORD)

    assert sendt(tom) == (
        "<h3>Problemkompleks</h3>\n<p>Området har <strong>mange</strong> <em>unge</em>"
        '<span class="fodnote">Opgjort 2025</span> uden job.</p>\n<h4>Skoler</h4>\n'
        "<ul><li>Lektiehjælp<ul><li>Om tirsdagen</li></ul></li><li>Fritidsjob</li></ul>\n<p>Og så:</p>\n"
        "<ol><li>Først</li></ol>\n<table><tbody><tr><td>2025</td><td>12</td></tr><tr><td></td><td>13</td></tr></tbody>"
        "</table>"
    )


def test_lodret_flettede_celler_skubber_ikke_tallene(tom):
    indsaet(tom, (SAGER / "indsaet-tabel-med-lodret-flettet-celle.html").read_text())

    assert sendt(tom) == (
        '<table><thead><tr><th scope="col">Aktivitet</th><th scope="col">År</th><th scope="col">Deltagere</th></tr>'
        "</thead><tbody><tr><td>Lektiecafé</td><td>2023</td><td>12</td></tr>"
        "<tr><td></td><td>2024</td><td>15</td></tr></tbody></table>"
    )


def test_slettede_ord_kommentarer_og_skjult_tekst_fra_word_kommer_ikke_med(tom):
    indsaet(
        tom,
        (SAGER / "indsaet-sporede-aendringer-og-kommentar.html").read_text()
        + "<p>Tredje<span style='display:none;mso-hide:all'>skjult</span>"
        "<span style='color:red;text-decoration:line-through'> streget</span> ord</p>",
    )

    assert sendt(tom) == "<p>Vi helt sikkert når målet.</p>\n<p>Tredje ord</p>"


def test_tekst_fra_google_dokumenter(tom):
    indsaet(tom, GOOGLE)

    assert sendt(tom) == "<h3>Mål</h3>\n<p><strong>Flere</strong> i job</p>\n<ul><li>Først</li></ul>"


def test_script_i_det_indsatte_forsvinder(tom):
    indsaet(tom, "<p onclick='x()'>Her<script>alert(1)</script><img src=x onerror=alert(1)><style>p{}</style></p>")

    assert sendt(tom) == "<p>Her</p>"


# --- keyboard and ear -----------------------------------------------------------------------------------------------


def test_vaerktoejslinjen_med_tastatur(tom):
    skriv(tom, "Fed")
    tom.keyboard.press("Control+a")
    tom.keyboard.press("Alt+F10")
    assert tom.evaluate("document.activeElement.textContent") == "Overskrift"
    tom.keyboard.press("ArrowRight")
    tom.keyboard.press("ArrowRight")
    tom.keyboard.press("Enter")
    assert sendt(tom) == "<p><strong>Fed</strong></p>"

    tom.keyboard.press("Alt+F10")
    assert tom.evaluate("document.activeElement.textContent") == "Fed"
    tom.keyboard.press("End")
    assert tom.evaluate("document.activeElement.textContent") == "Gentag"
    tom.keyboard.press("ArrowRight")
    assert tom.evaluate("document.activeElement.textContent") == "Overskrift"
    tom.keyboard.press("Escape")
    assert tom.evaluate("document.activeElement.id") == "id_tekst"


def test_dialogen_giver_fokus_tilbage(tom):
    skriv(tom, "Her")
    tom.keyboard.press("Control+k")
    assert tom.evaluate("document.activeElement.labels[0].textContent") == "Adresse"
    tom.keyboard.press("Escape")
    tom.locator("dialog").wait_for(state="detached")
    skriv(tom, " igen")

    assert sendt(tom) == "<p>Her igen</p>"


def test_tab_kommer_ud_af_tabellen(tom):
    knap(tom, "Tabel").click()
    for _ in range(9):
        tom.keyboard.press("Tab")

    assert tom.evaluate("document.activeElement.name") == "faerdig"


def test_hele_vejen_med_tastatur(tom, afsnit):
    """From the field through the tick to the button, and saved by Enter."""
    skriv(tom, "Kun tastatur")
    tom.keyboard.press("Tab")
    tom.keyboard.press("Space")
    tom.keyboard.press("Tab")
    assert tom.evaluate("document.activeElement.textContent") == "Gem afsnittet"
    tom.keyboard.press("Enter")
    tom.get_by_text("Gemt kl.").first.wait_for()

    afsnit.refresh_from_db()
    assert (afsnit.tekst, afsnit.faerdig) == ("<p>Kun tastatur</p>", True)


def test_etiket_og_henvisning_fra_en_anden_side_giver_editoren_fokus(editor, afsnit):
    editor.locator("label", has_text="Tekst").first.click()
    assert editor.evaluate("document.activeElement.id") == "id_tekst"

    editor.goto("about:blank")
    editor.goto(adresse(afsnit) + "#id_tekst")
    editor.locator("#id_tekst:focus").wait_for()


@pytest.mark.parametrize("bredde", [1280, 390])
def test_axe(editor, axe_fejl, bredde):
    editor.set_viewport_size({"width": bredde, "height": 800})
    editor.get_by_role("textbox", name="Tekst").locator("td").first.click()
    assert axe_fejl(editor) == []

    knap(editor, "Fodnote").click()
    assert axe_fejl(editor) == []


# --- autosave -------------------------------------------------------------------------------------------------------


def test_kladden_gemmes_af_sig_selv_med_klokkeslaet(tom, afsnit):
    skriv(tom, "Halvfærdig")
    tom.get_by_role("status").get_by_text("Kladde gemt kl. ").wait_for()

    assert Kladde.objects.get().data["tekst"] == ["<p>Halvfærdig</p>"]
    afsnit.refresh_from_db()
    assert afsnit.version == 1

    tom.goto(adresse(afsnit))
    tom.get_by_role("heading", name="Du har en kladde fra").wait_for()
    assert tom.get_by_role("textbox", name="Tekst").inner_text() == "Halvfærdig"
    tom.get_by_role("button", name="Kassér kladden").click()
    tom.get_by_role("heading", name="Du har en kladde fra").wait_for(state="detached")
    assert Kladde.objects.count() == 0


def advarsel(side, tekst):
    alarm = side.get_by_role("alert").filter(has_text=tekst)
    alarm.wait_for()
    return alarm


def test_logget_ud_undervejs_siges_hoejt_og_teksten_bliver(tom, log_ind, axe_fejl):
    Session.objects.all().delete()
    skriv(tom, "Vigtigt")
    alarm = advarsel(tom, "Du er logget ud.")
    assert alarm.get_by_role("link").get_attribute("target") == "_blank"
    assert axe_fejl(tom) == []

    skriv(tom, " og mere")
    tom.wait_for_timeout(2500)
    assert (alarm.count(), sendt(tom)) == (1, "<p>Vigtigt og mere</p>")

    log_ind(alarm.get_by_role("link"))
    tom.evaluate("window.dispatchEvent(new Event('focus'))")
    tom.get_by_role("status").get_by_text("Kladde gemt kl. ").wait_for()
    assert (alarm.count(), Kladde.objects.get().data["tekst"]) == (0, ["<p>Vigtigt og mere</p>"])


def test_uden_forbindelse_siges_det_og_der_proeves_igen(tom, context):
    context.set_offline(True)
    skriv(tom, "I toget")
    alarm = advarsel(tom, "Der er ingen forbindelse til serveren.")
    context.set_offline(False)
    alarm.wait_for(state="detached")

    assert Kladde.objects.get().data["tekst"] == ["<p>I toget</p>"]


def test_fejl_paa_serveren_siges(tom):
    tom.route("**/kladde/**", lambda rute: rute.fulfill(status=500, body="fejl"))
    skriv(tom, "Her")

    advarsel(tom, "Serveren kunne ikke gemme (fejl 500).")


def test_cpr_i_kladden_siges_og_forsvinder_naar_det_rettes(tom):
    skriv(tom, "010190-1234")
    alarm = advarsel(tom, "ligner et CPR-nummer")
    tom.keyboard.press("Backspace")
    alarm.wait_for(state="detached")

    assert Kladde.objects.get().data["tekst"] == ["<p>010190-123</p>"]


def test_siden_forlades_ikke_med_noget_der_ikke_er_gemt(tom):
    spurgt = []
    tom.on("dialog", lambda dialog: (spurgt.append(dialog.type), dialog.accept()))
    skriv(tom, "Her")
    tom.get_by_role("link", name="Helhedsplan", exact=True).click()
    tom.wait_for_url("**/")
    assert spurgt == ["beforeunload"]


def test_efter_kladden_er_gemt_kan_siden_forlades(tom):
    skriv(tom, "Her")
    tom.get_by_role("status").get_by_text("Kladde gemt kl. ").wait_for()
    tom.on("dialog", lambda dialog: pytest.fail(dialog.type))
    tom.get_by_role("link", name="Helhedsplan", exact=True).click()
    tom.wait_for_url("**/")


# --- the session runs out before "Gem" ------------------------------------------------------------------------------


def test_gem_efter_at_vaere_logget_ud(tom, afsnit, log_ind, axe_fejl):
    """The page that comes back holds the text; after login elsewhere one press sends it, with the key of that login."""
    skriv(tom, "Skrevet længe")
    Session.objects.all().delete()
    tom.get_by_role("button", name="Gem afsnittet").click()
    tom.get_by_role("heading", name="Det, du skrev, er ikke gemt endnu").wait_for()
    assert tom.locator("dd").all_inner_texts() == ["Skrevet længe"]
    assert axe_fejl(tom) == []

    log_ind(tom.get_by_role("link", name="Log ind i et nyt faneblad"))
    tom.get_by_role("button", name="Send igen").click()
    tom.get_by_text("Gemt kl.").first.wait_for()
    afsnit.refresh_from_db()
    assert afsnit.tekst == "<p>Skrevet længe</p>"


# --- two at once ----------------------------------------------------------------------------------------------------


def test_to_retter_det_samme(editor, afsnit, axe_fejl, ny_browser):
    """Both texts are on the page; mine is edited there and saved."""
    kollega = ny_browser(MedlemskabFactory(plan=afsnit.plan, bruger__navn="Sekretær B, Demo").bruger)
    kollega.goto(adresse(afsnit))
    for side, tekst in [(kollega, " fra B"), (editor, " fra A")]:
        side.get_by_role("textbox", name="Tekst").get_by_text("Slut <her>").click()
        side.keyboard.press("End")
        skriv(side, tekst)
        side.get_by_role("button", name="Gem afsnittet").click()
        if side is kollega:
            side.get_by_text("Gemt kl.").first.wait_for()

    editor.get_by_role("heading", name="Der er gemt en anden rettelse, mens du skrev").wait_for()
    assert editor.evaluate("document.activeElement.getAttribute('role')") == "alert"
    felt = editor.get_by_role("textbox", name="Tekst")
    assert felt.inner_text().endswith("Slut <her> fra A")
    assert editor.locator(".forskel ins").text_content() == "[nyt:  fra B]"
    assert axe_fejl(editor) == []

    felt.get_by_text("Slut <her> fra A").click()
    editor.keyboard.press("End")
    skriv(editor, " og B")
    editor.get_by_role("button", name="Gem afsnittet").last.click()
    editor.get_by_text("Gemt kl.").first.wait_for()
    afsnit.refresh_from_db()
    assert afsnit.tekst == INDHOLD.replace("&lt;her&gt;", "&lt;her&gt; fra A og B")


# --- rows -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def aktivitet(afsnit):
    aktivitet = AktivitetFactory(delaftale__plan=afsnit.plan)
    for nummer in (1, 2):
        MilepaelFactory(aktivitet=aktivitet, navn=f"Trin {nummer}", orden=nummer)
    return aktivitet


@pytest.fixture
def skema(side_som, sekretaer, aktivitet):
    aftale = aktivitet.delaftale
    side = side_som(sekretaer)
    side.goto(reverse("aktivitet-ret", args=[aftale.plan.noegle, aftale.noegle, aktivitet.noegle]))
    return side


def test_raekker_tilfoejes_flyttes_og_fjernes(skema, aktivitet, axe_fejl):
    skema.get_by_role("button", name="Tilføj en milepæl").click()
    assert skema.evaluate("document.activeElement.name") == "milepaele-2-navn"
    skriv(skema, "Trin 3")
    skema.get_by_role("button", name="Flyt op: Milepæl, række 3").press("Enter")
    skema.get_by_role("button", name="Flyt op: Milepæl, række 3").press("Enter")
    skema.get_by_label("Fjern, række 2").last.check()
    assert axe_fejl(skema) == []
    skema.get_by_role("button", name="Gem aktiviteten").last.click()
    skema.get_by_text("Gemt kl.").first.wait_for()

    assert [str(m) for m in aktivitet.milepaele.all()] == ["Trin 3", "Trin 1"]


def test_enter_i_et_felt_gemmer(skema, aktivitet):
    """And does not add a row, though that button stands before."""
    skema.get_by_role("textbox", name="Milepæl, række 1").press("Enter")
    skema.get_by_text("Gemt kl.").first.wait_for()
    assert aktivitet.milepaele.count() == 2


def test_uden_script_er_feltet_html_og_raekker_kommer_med_en_tur_til_serveren(browser, live_server, skema, aktivitet):
    uden = browser.new_context(java_script_enabled=False, storage_state=skema.context.storage_state())
    side = uden.new_page()
    side.goto(skema.url)
    side.locator("textarea[name=indhold]").fill("<p>Uden script</p>")
    side.get_by_role("button", name="Tilføj en milepæl").click()
    side.get_by_label("Milepæl, række 3").fill("Trin 3")
    side.get_by_label("Rækkefølge, række 3").last.fill("1")
    side.get_by_label("Milepæl, række 3").press("Enter")
    side.get_by_text("Gemt kl.").first.wait_for()
    uden.close()

    aktivitet.refresh_from_db()
    assert aktivitet.indhold == "<p>Uden script</p>"
    assert [str(m) for m in aktivitet.milepaele.all()] == ["Trin 1", "Trin 3", "Trin 2"]
