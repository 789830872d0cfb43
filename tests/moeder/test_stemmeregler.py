"""How votes come together: one case for each sentence of the rules, and what holds whatever the votes are."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from moeder.choices import Afstemningsregel, Fremmoedeart, Stemmevalg
from moeder.stemmeregler import (
    I_ORD,
    Deltagelse,
    Medlem,
    Stemmegrundlag,
    Stemmeside,
    mangler_for_godkendelse,
    som_data,
    stemmer_ikke,
    stilling,
)

SAMLET, PR_MEDLEM, FORMAEND = Afstemningsregel.SAMLET, Afstemningsregel.PR_MEDLEM, Afstemningsregel.FORMAEND
A1, A2 = Medlem(1, "A1", formand=True), Medlem(2, "A2")
B1, B2 = Medlem(3, "B1", formand=True), Medlem(4, "B2")
P1 = Medlem(5, "P1")
SIDER = (
    Stemmeside("Forening", True, (A1, A2)),
    Stemmeside("Kommune", True, (B1, B2)),
    Stemmeside("Politi", False, (P1,)),
)
AFBUD = Deltagelse(Fremmoedeart.AFBUD)


def ved(regel=SAMLET, sider=SIDER, **valg):
    stemmer = {int(navn[1:]): v for navn, v in valg.items() if navn.startswith("m")}
    resten = {navn: v for navn, v in valg.items() if not navn.startswith("m")}
    return Stemmegrundlag(regel, sider, stemmer, **resten)


def sidernes(g):
    return [s.stemme.value for s in stilling(g).sider]


@pytest.mark.parametrize(
    ("valg", "sider", "baaret", "enighed"),
    [
        ({}, ["ingen", "ingen", "ingen"], False, False),
        ({"m1": "for"}, ["for", "ingen", "ingen"], False, False),
        ({"m1": "for", "m3": "for"}, ["for", "for", "ingen"], True, True),
        ({"m1": "for", "m2": "for", "m3": "for", "m4": "for"}, ["for", "for", "ingen"], True, True),
        ({"m1": "for", "m2": "imod", "m3": "for"}, ["blokeret", "for", "ingen"], False, False),
        ({"m1": "for", "m2": "for", "m3": "imod"}, ["for", "imod", "ingen"], False, False),
        ({"m1": "for", "m2": "hverken", "m3": "for"}, ["for", "for", "ingen"], True, False),
        ({"m1": "for", "m3": "hverken"}, ["for", "hverken", "ingen"], False, False),
        ({"m5": "imod", "m1": "for", "m3": "for"}, ["for", "for", "ingen"], True, True),
    ],
)
def test_one_joint_vote_per_side(valg, sider, baaret, enighed):
    s = stilling(ved(**valg))
    assert ([x.stemme.value for x in s.sider], s.baaret, s.enighed) == (sider, baaret, enighed)


def test_two_members_of_one_organisation_are_one_vote():
    s = stilling(ved(m1="for", m2="for", m3="imod"))
    assert [x.grund for x in s.sider][:2] == ["Én samlet stemme, givet af A1 og A2.", "Én samlet stemme, givet af B1."]
    assert s.mangler == ("Kommune er imod.",)


def test_disagreement_inside_a_side_says_who_stands_where():
    s = stilling(ved(m1="for", m2="imod", m3="for"))
    assert s.mangler == ("Stemmen fra Forening er blokeret. Uenighed på siden: A1 er for, og A2 er imod.",)


def test_absent_without_proxy_counts_not_and_a_side_with_nobody_has_no_vote():
    g = ved(m1="for", m2="imod", m3="for", fremmoede={2: AFBUD})
    assert sidernes(g) == ["for", "for", "ingen"]
    g = ved(m1="for", m3="imod", fremmoede={3: AFBUD, 4: Deltagelse(Fremmoedeart.UDEBLEVET)})
    s = stilling(g)
    assert s.sider[1].grund == "Ingen fra siden er til stede, og ingen kan stemme ved fuldmagt."
    assert (s.sider[1].stemme, s.sider[1].afventer, s.baaret, s.enighed) == ("ingen", False, True, False)


def test_a_proxy_lets_the_absent_be_counted_until_its_holder_is_away_himself():
    g = ved(m1="for", m3="for", fremmoede={3: replace(AFBUD, fuldmagt_til=1), 4: AFBUD})
    assert sidernes(g) == ["for", "for", "ingen"]
    for ude in (replace(g, fremmoede=g.fremmoede | {1: AFBUD}), replace(g, inhabile=frozenset({1}))):
        assert sidernes(ude)[1] == "ingen"
    hos_politiet = replace(g, fremmoede={3: replace(AFBUD, fuldmagt_til=5)})
    assert stemmer_ikke(hos_politiet, SIDER[1], B1) == "Fuldmagten er givet til P1, som ikke har stemme."
    hos_en_fremmed = replace(g, fremmoede={3: replace(AFBUD, fuldmagt_til=99)})
    assert "ikke sidder i bestyrelsen" in stemmer_ikke(hos_en_fremmed, SIDER[1], B1)


def test_the_disqualified_are_not_counted():
    assert sidernes(ved(m1="for", m2="imod", m3="for", inhabile=frozenset({2}))) == ["for", "for", "ingen"]
    s = stilling(ved(m1="for", inhabile=frozenset({3, 4})))
    assert s.sider[1].grund == "Alle, der kunne stemme for siden, er inhabile."


@pytest.mark.parametrize(
    ("valg", "baaret", "mangler"),
    [
        ({"m1": "for", "m2": "for", "m3": "imod", "m4": "hverken"}, True, ()),
        ({"m1": "for", "m2": "for", "m3": "imod", "m4": "imod"}, False, ("2 for og 2 imod. Stemmerne står lige.",)),
        (
            {"m1": "for", "m2": "imod", "m3": "imod", "m4": "hverken"},
            False,
            ("1 for og 2 imod. Der er ikke flertal for.",),
        ),
        ({"m1": "for", "m2": "for"}, False, ("2 for og 0 imod. 2 medlemmer har ikke stemt.",)),
        ({"m1": "for", "m2": "for", "m3": "for"}, True, ()),
        ({"m1": "for", "m2": "for", "m3": "hverken", "m5": "imod"}, True, ()),
    ],
)
def test_a_vote_for_each_member(valg, baaret, mangler):
    s = stilling(ved(PR_MEDLEM, **valg))
    assert (s.baaret, s.mangler) == (baaret, mangler)


def test_under_votes_by_member_all_must_be_for_to_agree():
    assert stilling(ved(PR_MEDLEM, m1="for", m2="for", m3="for", m4="for")).enighed is True
    assert stilling(ved(PR_MEDLEM, m1="for", m2="for", m3="for")).enighed is False


def test_only_chairs_vote_where_the_rule_says_so():
    assert sidernes(ved(FORMAEND, m1="for", m2="imod", m3="for")) == ["for", "for", "ingen"]
    assert stemmer_ikke(ved(FORMAEND), SIDER[0], A2) == "Kun sidernes formænd stemmer."
    uden_formand = (SIDER[0], Stemmeside("Kommune", True, (B2,)))
    s = stilling(ved(FORMAEND, uden_formand, m1="for", m4="for"))
    assert s.sider[1].grund == "Siden har ingen formand, og kun formænd stemmer."


def test_nobody_at_all_approves_nothing():
    assert stilling(ved(sider=())).mangler == ("Ingen med stemme er for.",)
    assert stilling(ved(sider=(SIDER[2],), m5="for")).baaret is False
    assert stilling(ved(PR_MEDLEM, sider=())).baaret is False


# --- concluding


def test_approved_needs_votes_or_agreement_that_nobody_is_against():
    assert mangler_for_godkendelse(stilling(ved(m1="for", m3="for")), enighed=False) == ""
    assert "Kommune har ikke stemt." in mangler_for_godkendelse(stilling(ved(m1="for")), enighed=False)
    assert mangler_for_godkendelse(stilling(ved()), enighed=True) == ""
    assert "ikke godkendt ved enighed" in mangler_for_godkendelse(stilling(ved(m3="imod")), enighed=True)
    borte = {m.pk: AFBUD for m in (A1, A2, B1, B2)}
    assert "Ingen med stemme er til stede" in mangler_for_godkendelse(stilling(ved(fremmoede=borte)), enighed=True)
    assert mangler_for_godkendelse(stilling(ved(sider=())), enighed=True) == ""


def test_the_votes_are_kept_as_plain_data():
    data = som_data(stilling(ved(m1="for", m2="imod", m3="for")))
    assert (data["regel"], data["regel_i_ord"]) == ("samlet", I_ORD[SAMLET])
    assert [(s["navn"], s["stemme"], s["i_ord"]) for s in data["sider"]] == [
        ("Forening", "blokeret", "Blokeret"),
        ("Kommune", "for", "For"),
        ("Politi", "ingen", "Ingen stemme"),
    ]
    assert data["sider"][0]["medlemmer"][1] == {"navn": "A2", "valg": "imod", "i_ord": "Imod"}


# --- what holds for all votes

VALG = st.sampled_from(["", *Stemmevalg.values])
ALLE = [m.pk for s in SIDER for m in s.medlemmer]
FREMMOEDER = st.one_of(
    st.just(Deltagelse()),
    st.just(Deltagelse(Fremmoedeart.TIL_STEDE)),
    st.builds(Deltagelse, st.just("afbud"), st.one_of(st.none(), st.sampled_from([1, 2, 3, 4, 5]))),
)


@st.composite
def grundlag(draw, regler=tuple(Afstemningsregel)):
    stemmer = {pk: v for pk in ALLE if (v := draw(VALG))}
    fremmoede = {pk: draw(FREMMOEDER) for pk in ALLE}
    inhabile = frozenset(draw(st.sets(st.sampled_from(ALLE), max_size=2)))
    return Stemmegrundlag(draw(st.sampled_from(regler)), SIDER, stemmer, fremmoede, inhabile)


def billede(s):
    return ([(x.side.navn, x.stemme) for x in s.sider], s.baaret, s.enighed)


@given(grundlag(), st.randoms())
def test_the_order_of_votes_does_not_matter(g, tilfaeldig):
    blandet = list(g.stemmer.items())
    tilfaeldig.shuffle(blandet)
    assert stilling(replace(g, stemmer=dict(blandet))) == stilling(g)


@given(grundlag(), VALG, FREMMOEDER)
def test_an_observer_changes_nothing(g, valg, fremmoede):
    uden = replace(g, stemmer={pk: v for pk, v in g.stemmer.items() if pk != 5})
    med = replace(uden, stemmer=uden.stemmer | ({5: valg} if valg else {}), fremmoede=g.fremmoede | {5: fremmoede})
    assert billede(stilling(med)) == billede(stilling(replace(uden, fremmoede=g.fremmoede)))


@given(grundlag(regler=(SAMLET,)))
def test_a_further_member_who_agrees_with_his_side_changes_nothing(g):
    foer = stilling(g)
    valg = foer.sider[0].stemme.value
    assume(valg in ("for", "imod"))
    flere = (replace(SIDER[0], medlemmer=(A1, A2, Medlem(9, "A9"))), *SIDER[1:])
    efter = stilling(replace(g, sider=flere, stemmer=g.stemmer | {9: valg}))
    assert billede(efter) == billede(foer)


@given(grundlag())
def test_what_is_carried_lacks_nothing_and_agreement_is_carried(g):
    s = stilling(g)
    assert s.baaret == (not s.mangler)
    assert s.baaret or not s.enighed
    assert not (s.baaret and g.regel != PR_MEDLEM and any(x.stemme in ("imod", "blokeret") for x in s.stemmende))
