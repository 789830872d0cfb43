"""Comparing two papers: both must come out of the difference again, and what happened must be said as it happened."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftaler.choices import Afsnitsart
from dokumenter.blokke import blokdokument
from dokumenter.sammenlign import blokke, dele, html, sammenlign, tabel
from dokumenter.sammenlign.model import Billedforskel, Stykke, Tabelforskel
from dokumenter.sammenlign.ord import ordforskel
from dokumenter.sammenlign.parring import Kendes, efter_noegle
from helhedsplan.blokke.model import Billedblok, Blokdel, Loeb, Tabelblok, Tekstblok, celle, hoved, raekke, ren, tekst
from helhedsplan.blokke.prosa import prosablokke
from helhedsplan.tekst import Talkilde
from tests.aftaler.papirproeve import SVAER_PROSA, afsnit, aktivitet, dokument, part, svaert_dokument, tomt_dokument

# --- one side of a difference ----------------------------------------------------------------------------------------


def side(stykker, uden):
    """The words of a line without what is only in the other paper."""
    ud = ""
    for stykke in stykker:
        if stykke.note is not None:
            ud += f" ({side(stykke.note, uden)})"
        elif stykke.art != uden:
            ud += ren(stykke.loeb)
    return ud


def linjer(forskelle, uden):
    """The words of the blocks of one side, in order."""
    ud = []
    for f in forskelle:
        if isinstance(f, Tabelforskel):
            if f.titel and f.art != uden:
                ud.append(side(f.titel.stykker, uden))
            for r in f.raekker:
                if r.flyttet == "til":
                    ud += raekkelinjer(r.raekke) if uden == "slettet" else []
                elif r.art != uden:
                    ud += [side(t.stykker, uden) for c in r.celler for t in c.tekster if t.art != uden]
        elif f.art != uden:
            ud.append(f.billede.fil if isinstance(f, Billedforskel) else side(f.stykker, uden))
    return ud


def raekkelinjer(r):
    return [ren(t.loeb) for c in r.celler for t in c.tekster]


def bloklinjer(blokke_):
    ud = []
    for b in blokke_:
        if isinstance(b, Tabelblok):
            ud += [ren(b.titel)] if b.titel else []
            ud += [linje for r in b.raekker for linje in raekkelinjer(r)]
        else:
            ud.append(b.fil if isinstance(b, Billedblok) else ren(b.loeb))
    return ud


def tomme_vaek(linjer_):
    return [linje for linje in linjer_ if linje]


# --- words -----------------------------------------------------------------------------------------------------------


def ord_(tekst_, **udseende):
    return (Loeb(tekst_, **udseende),)


@pytest.mark.parametrize(
    ("foer", "efter", "ventet"),
    [
        ("", "", []),
        ("ens", "ens", [("ens", "ens")]),
        ("", "ny", [("ny", "ny")]),
        ("væk", "", [("slettet", "væk")]),
        ("en to tre", "en 2 tre", [("ens", "en "), ("slettet", "to"), ("ny", "2"), ("ens", " tre")]),
        ("to tre fire", "en to tre fire", [("ny", "en "), ("ens", "to tre fire")]),
        ("en to tre", "en to tre fire", [("ens", "en to tre"), ("ny", " fire")]),
        (
            "8 unge i job hvert år",
            "12 unge i job hvert år",
            [("slettet", "8"), ("ny", "12"), ("ens", " unge i job hvert år")],
        ),
        ("det hele er nyt", "intet står tilbage", [("slettet", "det hele er nyt"), ("ny", "intet står tilbage")]),
    ],
)
def test_ord_for_ord(foer, efter, ventet):
    assert [(s.art, ren(s.loeb)) for s in ordforskel(ord_(foer), ord_(efter))] == ventet


def test_et_kort_ord_mellem_to_aendringer_skaerer_dem_ikke_i_stykker():
    stykker = ordforskel(
        ord_("vi ser gamle og slidte huse her i området"), ord_("vi ser nye og lyse huse her i området")
    )
    assert [(s.art, ren(s.loeb)) for s in stykker] == [
        ("ens", "vi ser "), ("slettet", "gamle og slidte"), ("ny", "nye og lyse"), ("ens", " huse her i området"),
    ]  # fmt: skip


def test_et_andet_udseende_er_en_aendring():
    stykker = ordforskel(ord_("helt ens ord"), (Loeb("helt "), Loeb("ens", fed=True), Loeb(" ord")))
    assert stykker == (
        Stykke("ens", (Loeb("helt "),)),
        Stykke("slettet", (Loeb("ens"),)),
        Stykke("ny", (Loeb("ens", fed=True),)),
        Stykke("ens", (Loeb(" ord"),)),
    )


def test_en_fodnote_sammenlignes_inden_i_sig_selv():
    foer = (Loeb("Andelen falder"), Loeb(note=ord_("Beboerdata for året 2019")))
    efter = (Loeb("Andelen falder"), Loeb(note=ord_("Beboerdata for året 2020")))
    assert ordforskel(foer, efter) == (
        Stykke("ens", (Loeb("Andelen falder"),)),
        Stykke(
            "ens",
            note=(
                Stykke("ens", (Loeb("Beboerdata for året "),)),
                Stykke("slettet", (Loeb("2019"),)),
                Stykke("ny", (Loeb("2020"),)),
            ),
        ),
    )


loeb_ = st.builds(
    Loeb,
    st.lists(st.sampled_from(["a", "bo", "børn", "og", " ", " ", "\n", "."]), min_size=1, max_size=8).map("".join),
    fed=st.booleans(),
    note=st.none(),
)
noter = st.builds(lambda ord__: Loeb(note=(Loeb(ord__),)), st.sampled_from(["en", "en to", "helt andet"]))
linje_ = st.lists(st.one_of(loeb_, loeb_, noter), max_size=5).map(tuple)


@given(linje_, linje_)
def test_begge_linjer_kan_laeses_ud_af_forskellen(foer, efter):
    stykker = ordforskel(foer, efter)
    assert side(stykker, "ny") == ren(foer)
    assert side(stykker, "slettet") == ren(efter)


# --- blocks, rows, parts ---------------------------------------------------------------------------------------------

tekster = st.builds(Tekstblok, linje_, st.sampled_from(["afsnit", "punkt", "overskrift"]))
raekker = st.builds(
    lambda navn, ord__: raekke(navn, celle(*ord__), noegle=navn),
    st.sampled_from(["a", "b", "c", "d"]),
    st.lists(st.sampled_from(["en", "to tre", ""]), max_size=3),
)
tabeller = st.builds(
    lambda r, slags: Tabelblok(tuple(r), tekst("Titel").loeb, slags),
    st.lists(raekker, min_size=1, max_size=5),
    st.sampled_from(["", "fakta"]),
)
bloklister = st.lists(st.one_of(tekster, tekster, tabeller), max_size=7).map(tuple)


@given(bloklister, bloklister)
def test_begge_papirer_kan_laeses_ud_af_forskellen(foer, efter):
    forskel = blokke(foer, efter)
    assert linjer(forskel, "ny") == bloklinjer(foer)
    assert linjer(forskel, "slettet") == bloklinjer(efter)


@given(st.lists(st.sampled_from("abcdefg"), max_size=9), st.lists(st.sampled_from("abcdefg"), max_size=9))
def test_parring_efter_noegle_giver_begge_raekkefoelger(foer, efter):
    par = efter_noegle(foer, efter, Kendes(str))
    assert [p.foer for p in par if p.art in {"par", "slettet", "fra"}] == foer
    assert [p.efter for p in par if p.art in {"par", "ny", "til"}] == efter
    assert sorted(p.efter for p in par if p.art == "fra") == sorted(p.efter for p in par if p.art == "til")


def test_en_flyttet_raekke_er_flyttet_og_de_andre_staar():
    foer = Tabelblok((hoved("Navn"), *(raekke(n, noegle=n) for n in "abcd")))
    efter = Tabelblok((hoved("Navn"), *(raekke(n, noegle=n) for n in "bcda")))
    forskel = tabel(foer, efter)
    assert [(r.raekke.noegle, r.art, r.flyttet) for r in forskel.raekker] == [
        ("hoved", "ens", ""), ("a", "slettet", "fra"), ("b", "ens", ""), ("c", "ens", ""), ("d", "ens", ""),
        ("a", "ens", "til"),
    ]  # fmt: skip


def test_en_aktivitet_der_skifter_navn_og_plads_er_den_samme():
    foer = dokument(afsnit(Afsnitsart.AKTIVITETER, 1, "", tuple(aktivitet(nr) for nr in (1, 2, 3))))
    nye = (aktivitet(3), aktivitet(1), replace(aktivitet(2), navn="Et nyt navn"), aktivitet(4))
    nye = tuple(replace(a, nummer=nr) for nr, a in enumerate(nye, 1))
    efter = dokument(afsnit(Afsnitsart.AKTIVITETER, 1, "", nye))
    (aktiviteter,) = [d for d in forskel_af(foer, efter) if d.kilde.noegle == "aktiviteter"]
    assert [(u.kilde.noegle, u.art, u.flyttet, u.omdoebt) for u in aktiviteter.under] == [
        ("aktivitet-aktivitet-3", "ens", "til", False),
        ("aktivitet-aktivitet-1", "ens", "", False),
        ("aktivitet-aktivitet-2", "rettet", "", True),
        ("aktivitet-aktivitet-3", "slettet", "fra", False),
        ("aktivitet-aktivitet-4", "ny", "", False),
    ]


def forskel_af(foer, efter):
    return sammenlign(*(blokdokument(d, dokument_id="x", dato=None) for d in (foer, efter)))


def test_det_samme_papir_er_ens():
    papir = svaert_dokument()
    assert {d.art for d in forskel_af(papir, papir)} == {"ens"}


def test_fra_tomt_til_fyldt_og_tilbage():
    foer, efter = tomt_dokument(), svaert_dokument()
    nye = [d for d in forskel_af(foer, efter) if d.art == "ny"]
    slettede = [d for d in forskel_af(efter, foer) if d.art == "slettet"]
    assert {d.kilde.noegle for d in nye} == {d.kilde.noegle for d in slettede} >= {"prosa", "aktiviteter", "delmaal"}


def test_en_ny_part_og_en_ny_periode_ses_paa_forsiden():
    foer = dokument()
    efter = dokument(periode_til=date(2030, 10, 31), parter=(*foer.parter, part("Fonden")))
    (forside,) = forskel_af(foer, efter)
    (fakta,) = [b for b in forside.blokke if isinstance(b, Tabelforskel)]
    assert [r.raekke.noegle for r in fakta.raekker if r.art == "rettet"] == ["periode", "parter"]


# --- prose as blocks -------------------------------------------------------------------------------------------------


def test_svaer_prosa_bliver_til_blokke():
    alle = prosablokke(SVAER_PROSA)
    former = [(b.stil, b.niveau, ren(b.loeb)) for b in alle if isinstance(b, Tekstblok)]
    note = " (Beboerdata 2019, se kilden)"
    assert former[0] == ("overskrift", 3, f"Underoverskrift før overskriften{note}")
    assert [f for f in former if f[0] in {"punkt", "fortsat"}] == [
        ("punkt", 1, "Et"),
        ("fortsat", 1, "To"),
        ("punkt", 2, f"tre{note}"),
        ("punkt", 2, "skæv"),
        ("punkt", 1, "løs"),
        ("punkt", 1, "tre"),
    ]
    assert [b.start for b in alle if isinstance(b, Tekstblok) and b.nummereret] == [3]
    assert ("afsnit", 0, "løs tekst\nmere") in former
    assert [b.bredde for b in alle if isinstance(b, Tabelblok)] == [10, 1]


def test_skjulte_tal_er_ikke_i_blokkene_og_andre_har_deres_kilde():
    prosa = '<p>Nu <span data-tal="a/b/c">26,1 %</span> og <span data-tal="d/e/f">3</span>.</p>'
    kilder = (Talkilde("a/b/c", "Beboerdata 2024"), Talkilde("d/e/f", "Egen optælling", skjult=True))
    (blok,) = prosablokke(prosa, tal=kilder)
    assert ren(blok.loeb) == "Nu 26,1 % (Beboerdata 2024) og diskretioneret."


def test_dele_uden_noget_er_ens():
    assert dele((), ()) == ()
    assert dele((Blokdel("a", "A", 2),), (Blokdel("a", "A", 2, nummer="2"),))[0].art == "ens"


def test_raekker_af_samme_navn_parres_efter_foraelder():
    a, b = (raekke("Jobcentret", hos, noegle="Jobcentret", foraelder=hos) for hos in ("Fritidsjob", "Unge"))
    forskel = tabel(Tabelblok((hoved("Navn", "Aktivitet"), a, b)), Tabelblok((hoved("Navn", "Aktivitet"), b)))
    assert [(r.raekke.foraelder, r.art, r.flyttet) for r in forskel.raekker[1:]] == [
        ("Fritidsjob", "slettet", ""), ("Unge", "ens", ""),
    ]  # fmt: skip


#: (key, what it belongs to, what it says)
RAEKKER = Kendes(lambda x: x[0], foraelder=lambda x: x[1], indhold=lambda x: x[2])


def parret(gamle, nye):
    return [(par.art, par.foer, par.efter, par.foelger) for par in efter_noegle(gamle, nye, RAEKKER)]


def test_af_to_af_samme_navn_er_den_hos_den_samme_rettet():
    """Whatever they say: the one that went is the other activity's."""
    fritid, unge, rettet = ("Jobcentret", "Fritidsjob", "a"), ("Jobcentret", "Unge", "b"), ("Jobcentret", "Unge", "c")
    assert parret([fritid, unge], [rettet]) == [("slettet", fritid, None, False), ("par", unge, rettet, False)]
    assert parret([unge, fritid], [rettet]) == [("par", unge, rettet, False), ("slettet", fritid, None, False)]


def test_den_der_gaar_et_sted_og_kommer_et_andet_er_ikke_den_samme():
    """Both activities are there before and after, so nobody is called moved from one to the other."""
    gammel, ny = ("Jobcentret", "Fritidsjob", "a"), ("Jobcentret", "Unge", "b")
    andre = [("Skolen", "Fritidsjob", "d"), ("Skolen", "Unge", "e")]
    fundet = parret([gammel, *andre], [*andre, ny])
    assert [par for par in fundet if par[0] != "par"] == [("slettet", gammel, None, False), ("ny", None, ny, False)]


def test_den_der_hoerer_til_en_der_har_skiftet_navn_er_den_samme():
    gammel, ny = ("Jobcentret", "Fritidsjob", "a"), ("Jobcentret", "Job til unge", "b")
    assert parret([gammel], [ny]) == [("par", gammel, ny, False)]


def test_raekker_der_foelger_deres_aktivitet_har_ingen_flyttet():
    a1, a2, b = ("1", "Fritidsjob", "a"), ("2", "Fritidsjob", "b"), ("3", "Unge", "c")
    flyttet = [par for par in parret([a1, a2, b], [b, a1, a2]) if par[0] in {"fra", "til"}]
    assert [(par[0], par[3]) for par in flyttet] == [("til", True), ("fra", True)]
    alene = [par for par in parret([a1, a2], [a2, a1]) if par[0] in {"fra", "til"}]
    assert {(par[0], par[3]) for par in alene} == {("fra", False), ("til", False)}


def vist(foer, efter):
    (del_,) = html.viste(dele((Blokdel("a", "A", 2, prosablokke(foer)),), (Blokdel("a", "A", 2, prosablokke(efter)),)))
    return del_.html


def test_nummererede_punkter_staar_med_deres_numre():
    foer = '<ol start="3"><li>Vi måler<ol><li>før</li><li>efter</li></ol></li><li>Vi gemmer tal</li></ol>'
    efter = '<ol start="3"><li>Vi måler<ol><li>efter</li></ol></li><li>Helt nyt punkt</li><li>Vi gemmer tal</li></ol>'
    vist_ = vist(foer, efter)
    numre = re.findall(r'forskel-tegn">([^<]*)</span> (?:<(ins|del)>)?', vist_)
    assert numre == [("3.", ""), ("1.", "del"), ("1.", ""), ("4.", "ins"), ("5.", "")]
    assert "#" not in vist_


def test_numre_i_en_tabelcelle_begynder_forfra():
    celler = "<table><tr><td><ol><li>a</li><li>b</li></ol></td><td><ol><li>c</li></ol></td></tr></table>"
    assert re.findall(r'forskel-tegn">([^<]*)<', vist(celler, celler)) == ["1.", "2.", "1."]


def test_nye_ord_til_et_billede_ses():
    foer, efter = (Blokdel("a", "A", 2, (Billedblok("f", "Kort", tekst_),)) for tekst_ in ("Gammel", "Ny"))
    (forskel,) = dele((foer,), (efter,))
    assert forskel.art == "rettet"
    (del_,) = html.viste((forskel,))
    assert "[Slettet: </span>Gammel – Kort" in del_.html
    assert "[Tilføjet: </span>Ny – Kort" in del_.html


MAERKE = re.compile(r'<span class="maerke[^>]*>([^<]*)</span>')


def prosatabel(*raekker):
    return f"<table><tr><th>Tilbud</th></tr>{''.join(f'<tr><td>{navn}</td></tr>' for navn in raekker)}</table>"


def test_en_raekke_der_staar_et_andet_sted_i_en_skrevet_tabel_er_flyttet():
    vist_ = vist(prosatabel("Lektiecafé", "Cykler", "Fodbold"), prosatabel("Fodbold", "Lektiecafé", "Cykler", "Skak"))
    assert MAERKE.findall(vist_) == ["Flyttet hertil", "Flyttet herfra", "Ny"]


def test_af_to_ens_raekker_er_den_ene_flyttet_og_den_anden_ny():
    vist_ = vist(prosatabel("A", "B", "C"), prosatabel("C", "A", "B", "D", "C"))
    assert sorted(MAERKE.findall(vist_)) == ["Ny", "Ny"]


def test_en_flyttet_raekke_skjuler_ikke_et_rettet_tal_i_en_anden():
    """The 22 % that became 23 % is marked as such and nothing else, whatever row was moved."""
    raekker = [("0-17-årige", "31 %"), ("18-29-årige uden job", "22 %"), ("30-59-årige", "15 %"), ("60+", "9 %")]
    nye = [(raekker[1][0], "23 %"), raekker[2], raekker[3], raekker[0]]
    vist_ = vist(to_spalter(*raekker), to_spalter(*nye))
    assert MAERKE.findall(vist_) == ["Flyttet herfra", "Flyttet hertil"]
    assert ord_i(vist_, "ins") == ["23"]
    assert ord_i(vist_, "del") == ["0-17-årige", "31 %", "22"]


def to_spalter(*raekker):
    celler = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in raekker)
    return f"<table><tr><th>Alder</th><th>Andel</th></tr>{celler}</table>"


def ord_i(html_, maerke):
    return re.findall(rf"<{maerke}><span[^>]*>[^<]*</span>([^<]*)<", html_)


NAVNE = ("Nordparken", "Sydparken", "Østergård", "Vestergård", "Midtbyen", "Havnen")


@given(
    st.lists(st.integers(10, 99), min_size=6, max_size=6, unique=True),
    st.permutations(range(6)),
    st.integers(0, 5),
    st.sampled_from(["intet", "flyt", "samme", "ny", "ud"]),
)
def test_et_rettet_tal_i_en_skrevet_tabel_er_den_ene_celle(tal, orden, rettet, hvad):
    """One cell is changed, and that row or another is moved, or another is new or gone: each is told once."""
    foer = [(NAVNE[nr], str(tal[nr])) for nr in range(6)]
    efter = [(navn, "100" if nr == rettet else ord__) for nr, (navn, ord__) in enumerate(foer)]
    anden = next(nr for nr in orden if nr != rettet)
    if hvad == "flyt":
        efter.insert(orden[0], efter.pop(anden))
    elif hvad == "samme":
        efter.insert(orden[0], efter.pop(rettet))
    elif hvad == "ny":
        efter.insert(orden[0], ("Helt nyt sted", "7"))
    elif hvad == "ud":
        efter.pop(anden)
    (forskel,) = blokke(prosablokke(to_spalter(*foer)), prosablokke(to_spalter(*efter)))
    celler = [
        (r.raekke.celler[0].tekster[0].loeb[0].tekst, nr)
        for r in forskel.raekker
        for nr, c in enumerate(r.celler)
        if r.art == "rettet" and any(t.art != "ens" for t in c.tekster)
    ]
    assert celler == [(NAVNE[rettet], 1)]
    arter = sorted(
        r.art if not r.flyttet else r.flyttet for r in forskel.raekker if r.flyttet or r.art in {"ny", "slettet"}
    )
    # Of two that have changed places either may be the one that was moved.
    mulige = {
        "intet": [[]],
        "ny": [["ny"]],
        "ud": [["slettet"]],
        "flyt": [["fra", "til"], []],
        "samme": [["fra", "til"], []],
    }
    assert arter in mulige[hvad]


def test_byttede_punkter_er_flyttet_og_ikke_slettet_og_skrevet_igen():
    vist_ = vist("<ol><li>Vi spørger</li><li>Vi måler</li></ol>", "<ol><li>Vi måler</li><li>Vi spørger</li></ol>")
    assert sorted(MAERKE.findall(vist_)) == ["Flyttet herfra", "Flyttet hertil"]
    assert ord_i(vist_, "ins") == []


NAVN = st.sampled_from(NAVNE)


@given(st.lists(NAVN, min_size=2, max_size=6, unique=True), st.data())
def test_en_omdoebt_raekke_staar_som_rettet(navne, data):
    nr = data.draw(st.integers(0, len(navne) - 1))
    nye = [f"{n} Ny" if i == nr else n for i, n in enumerate(navne)]
    foer, efter = (
        Tabelblok(
            (hoved("Part", "Rolle"), *(raekke(n, "Henviser", noegle=n, navn=n) for n in alle)), slags="samarbejdsparter"
        )
        for alle in (navne, nye)
    )
    assert [(r.raekke.noegle, r.art) for r in tabel(foer, efter).raekker if r.art != "ens"] == [(nye[nr], "rettet")]


def test_en_anden_rolle_eller_et_andet_sted_er_en_anden_part():
    foer = [raekke(n, rolle, noegle=n, navn=n) for n, rolle in (("A", "x"), ("B", "y"), ("C", "z"))]
    for nye in ([("A2", "x2"), ("B", "y"), ("C", "z")], [("B", "y"), ("C", "z"), ("A2", "x")]):
        efter = [raekke(n, rolle, noegle=n, navn=n) for n, rolle in nye]
        forskel = tabel(*(Tabelblok((hoved("Part", "Rolle"), *alle)) for alle in (foer, efter)))
        assert sorted(r.art for r in forskel.raekker if r.art != "ens") == ["ny", "slettet"]


def test_at_noget_helt_er_nyt_siges_en_gang():
    foer = dokument(afsnit(Afsnitsart.AKTIVITETER, 1, "", (aktivitet(1),)))
    efter = dokument(afsnit(Afsnitsart.AKTIVITETER, 1, "", (aktivitet(1), aktivitet(2))))
    for fra, til, ord_ in ((foer, efter, "Ny"), (efter, foer, "Udgået")):
        (vist_,) = (d for d in html.viste(forskel_af(fra, til)) if d.aendret)
        assert MAERKE.findall(vist_.html) == [ord_]
    assert MAERKE.findall(vist("<p>a</p>", f"<p>a</p>{prosatabel('b', 'c')}")) == []


def test_der_siges_hvad_det_flyttede_nu_staar_som():
    foer = dokument(afsnit(Afsnitsart.AKTIVITETER, 1, "", (aktivitet(1), aktivitet(2), aktivitet(3))))
    efter = dokument(
        afsnit(Afsnitsart.AKTIVITETER, 1, "", (aktivitet(2), aktivitet(3), replace(aktivitet(1), nummer=3)))
    )
    (vist_,) = (d for d in html.viste(forskel_af(foer, efter)) if d.aendret)
    assert re.findall("Står nu som »([^«]*)«", vist_.html) == [f"1.3 {aktivitet(1).navn}"]
