"""Known edits to a delaftale or a milestone plan, and the summary of what has changed: those edits, and no others."""

import re
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from aftaler.choices import Afsnitsart
from aftaler.queries.dokument import Delmaalsvisning, Prosafelt, Samarbejdspartsvisning
from aftaler.queries.papirer import MILEPAELE, Milepaelslinje, efter_dato
from dokumenter.sammenlign.resume import resume
from tests.aftaler.papirproeve import afsnit, aktivitet, dokument

# --- a plan, as the queries make a paper of it: what refers to another thing says its name ----------------------------


def plan(antal):
    """Things by key, in order, and what belongs to what. Partners of several activities have one name."""
    aktiviteter, delmaal, parter = antal
    return {
        "a": {f"a{nr}": {"navn": f"Aktivitet {nr}", "ord": "Leder"} for nr in range(aktiviteter)},
        "d": {
            f"d{nr}": {
                "navn": f"Delmål {nr}",
                "ord": "≥ 6",
                "hos": [f"a{n}" for n in range(aktiviteter) if (n + nr) % 2],
            }
            for nr in range(delmaal)
        },
        "p": {
            f"p{nr}": {
                "navn": f"Part {nr % 3}",
                "ord": f"Rolle {nr}" if nr % 2 else "Henviser",
                "hos": f"a{nr // 2 % aktiviteter}" if nr else "",
            }
            for nr in range(parter)
        },
    }


def papir(p):
    navne = {k: a["navn"] for k, a in p["a"].items()}
    plads = {k: nr for nr, k in enumerate(p["a"])}
    aktiviteter = tuple(
        replace(
            aktivitet(nr),
            noegle=k,
            navn=a["navn"],
            ansvarlig=a["ord"],
            delmaal=tuple(d["navn"] for d in p["d"].values() if k in d["hos"]),
            prosa=(Prosafelt("formaal", "Formål", "<p>Vi hjælper unge.</p>"),),
            samarbejdsparter=(),
            milepaele=(),
        )
        for nr, (k, a) in enumerate(p["a"].items(), 1)
    )
    delmaal = tuple(
        Delmaalsvisning(
            k, nr, d["navn"], "Lokalt delmål", d["ord"], tuple(navne[a] for a in navne if a in d["hos"]), ""
        )
        for nr, (k, d) in enumerate(p["d"].items(), 1)
    )
    parter = sorted(p["p"].values(), key=lambda x: plads.get(x["hos"], -1))
    return dokument(
        afsnit(Afsnitsart.DELMAAL, 1, "", delmaal),
        afsnit(Afsnitsart.AKTIVITETER, 2, "", aktiviteter),
        afsnit(
            Afsnitsart.SAMARBEJDSPARTER,
            3,
            "",
            tuple(Samarbejdspartsvisning(x["navn"], x["ord"], navne.get(x["hos"], "")) for x in parter),
        ),
    )


# --- edits, each with what is to be said of it ------------------------------------------------------------------------


def fjern(p, slags, k):
    x = p[slags].pop(k)
    if slags == "a":
        for d in p["d"].values():
            d["hos"] = [a for a in d["hos"] if a != k]
        p["p"] = {n: x for n, x in p["p"].items() if x["hos"] != k}
    return [(x, "udgået")]


def tilfoej(p, slags, k):
    nyt = deepcopy(p[slags][k])
    nyt["navn"] = f"{nyt['navn']} mere"
    # A partner with the role of one that is gone could be that one by another name.
    nyt["ord"] += " også" if slags == "p" else ""
    alle = list(p[slags].items())
    alle.insert(list(p[slags]).index(k), (f"{k}-ny", nyt))
    p[slags] = dict(alle)
    if slags == "a":  # the new one serves a delmål and has a partner of its own
        next(iter(p["d"].values()))["hos"].append(f"{k}-ny")
        p["p"][f"p-{k}"] = {"navn": "Part 1", "ord": "", "hos": f"{k}-ny"}
    return [(nyt, "ny")]


def flyt(p, slags, k):
    """To the far end, past at least two that stay: nobody can say that the others moved."""
    alle = list(p[slags].items())
    fra = list(p[slags]).index(k)
    til = len(alle) - 1 if fra < len(alle) / 2 else 0
    if slags == "p" or abs(til - fra) < len(MAADER):
        return []
    alle.insert(til, alle.pop(fra))
    p[slags] = dict(alle)
    return [(p[slags][k], "flyttet")]


def omdoeb(p, slags, k):
    gammelt = p[slags][k]["navn"]
    if slags == "p":  # a partner is known by its name, and then by a role that no other has
        if p[slags][k]["ord"] == "Henviser":
            return []
        foer = dict(p[slags][k])
        p[slags][k]["navn"] = f"{gammelt} omdøbt"
        return [(foer, f"hedder nu {gammelt} omdøbt")]
    p[slags][k]["navn"] = f"{gammelt} omdøbt"
    return [({"navn": gammelt}, f"hedder nu {gammelt} omdøbt")] if slags == "a" else [(p[slags][k], "rettet")]


def ret(p, slags, k):
    p[slags][k]["ord"] += " x"
    return [(p[slags][k], "ansvarlig rettet" if slags == "a" else "rettet")]


def ret_og_flyt(p, slags, k):
    return [*flyt(p, slags, k), *ret(p, slags, k)]


MAADER = {"fjern": fjern, "tilføj": tilfoej, "omdøb": omdoeb, "ret": ret, "flyt": flyt, "ret og flyt": ret_og_flyt}


@st.composite
def udgaver(draw):
    """Two editions, and what was done between them: each thing at most once, and one thing of each kind moved, past
    more than are edited besides."""
    foer = plan(draw(st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))))
    efter, sagt, flyttet, roert = deepcopy(foer), [], set(), {"a0", "d0", "p0"}
    for _ in range(draw(st.integers(0, 3))):
        slags = draw(st.sampled_from("adp"))
        mulige = sorted(k for k in efter[slags] if k not in roert and "-" not in k)
        maade = draw(st.sampled_from([m for m in MAADER if "flyt" not in m or slags not in flyttet]))
        if not mulige:
            continue
        k = draw(st.sampled_from(mulige))
        hos = {n for n, x in (foer["p"] | efter["p"]).items() if x["hos"] == k}
        if maade == "fjern" and hos & roert:
            continue
        roert |= {k, *(hos if maade == "fjern" else ())}
        flyttet |= {slags} if "flyt" in maade else set()
        sagt += MAADER[maade](efter, slags, k)
    return foer, efter, sagt


def sagt_i_ord(foer, efter, sagt):
    """Names as the summary says them: of partners with one name by what they belong to. Those of an activity that went
    are not told of, nor those of a new one, but its partners have their names."""
    ejere = {}
    for p in (foer, efter):
        for x in p["p"].values():
            if x["hos"] and x["hos"] not in efter["a"]:
                continue
            ejere.setdefault(x["navn"], set()).add(x["hos"])
    navne = {k: a["navn"] for p in (foer, efter) for k, a in p["a"].items()}
    ud = set()
    for x, hvad in sagt:
        hos = x.get("hos")
        part = isinstance(hos, str) and hos and len(ejere[x["navn"]]) > 1
        if hvad.startswith("hedder nu"):  # the old name is told apart only from what still has it
            part = part and x["navn"] in {y["navn"] for y in efter["p"].values()}
        ud.add((f"{x['navn']} ({navne[hos]})" if part else x["navn"], hvad))
    return ud


ORD = "Aktiviteten|Aktiviteterne|Delmålet|Delmålene|Samarbejdsparten|Samarbejdsparterne|Milepælen|Milepælene"
SAETNING = re.compile(rf"(?:{ORD}) (.*) er (nyt|nye|ny|udgået|flyttet|rettet)")


def laest(resume_):
    """(what, what happened to it) of each sentence of a summary; one of another form is itself."""
    ud = set()
    for saetning in re.split(r"(?<=\.)\s(?=[A-ZÆØÅ»])", resume_):
        hel = saetning.removesuffix(".")
        navne = re.findall(r"»([^«]*)«", hel)
        if fund := SAETNING.fullmatch(hel):
            ud |= {(navn, {"nyt": "ny", "nye": "ny"}.get(fund[2], fund[2])) for navn in navne}
        elif fund := re.fullmatch(r"Aktiviteten .* er flyttet fra »([^«]*)« til »([^«]*)«", hel):
            ud.add((navne[0], f"flyttet fra {fund[1]} til {fund[2]}"))
        elif " hedder nu " in hel:
            ud.add((navne[0], f"hedder nu {navne[1]}"))
        elif fund := re.fullmatch(r"I aktiviteten »[^«]*« er (.*) rettet", hel):
            ud.add((navne[0], f"{fund[1]} rettet"))
        elif hel != "Intet er ændret":
            ud.add((hel, ""))
    return ud


@settings(max_examples=200)
@given(udgaver())
def test_kendte_rettelser_er_netop_det_der_siges(tilfaelde):
    foer, efter, sagt = tilfaelde
    assert laest(resume(papir(foer), papir(efter))) == sagt_i_ord(foer, efter, sagt)


# --- the milestone plan: by delaftale, and in order of date -----------------------------------------------------------

TITLER = ("Tryghed", "Uddannelse", "Beskæftigelse")


def milepaelsplan(linjer):
    """linjer: {key: (name, days, activity)} and which delaftale each activity is of."""
    milepaele, hos = linjer
    alle = []
    for nr, titel in enumerate(TITLER):
        egne = [
            Milepaelslinje(m["navn"], m["ord"], date(2026, 1, 1) + timedelta(m["dag"]), "", f"Aktivitet {m['hos']}")
            for m in milepaele.values()
            if hos[m["hos"]] == nr
        ]
        fast = Milepaelslinje(f"Fast {titel}", "", date(2026, 6, 1), "", f"Fast {titel}")
        skema = afsnit(Afsnitsart.PROSA, nr + 1)
        indhold = tuple(sorted([fast, *egne], key=efter_dato))
        alle.append(replace(skema, noegle=titel.lower(), titel=titel, art=MILEPAELE, har_prosa=False, indhold=indhold))
    return dokument(*alle)


@st.composite
def milepaelsplaner(draw):
    hos = {nr: draw(st.integers(0, 2)) for nr in range(draw(st.integers(1, 5)))}
    milepaele = {
        nr: {"navn": f"Milepæl {nr}", "ord": "Leder", "dag": draw(st.integers(0, 400)), "hos": nr % len(hos)}
        for nr in range(draw(st.integers(len(hos), 9)))
    }
    nye, nye_hos, sagt = deepcopy(milepaele), dict(hos), set()
    for nr in draw(st.sets(st.sampled_from(sorted(milepaele)), max_size=3)):
        hvad = draw(st.sampled_from(["dag", "ord", "ud", "ind"]))
        navn = milepaele[nr]["navn"]
        if hvad == "dag":
            nye[nr]["dag"] += draw(st.sampled_from([-300, -1, 1, 300]))
        elif hvad == "ord":
            nye[nr]["ord"] = "Medarbejder"
        elif hvad == "ud" and sum(m["hos"] == milepaele[nr]["hos"] for m in nye.values()) > 1:
            del nye[nr]
        else:
            nye[100 + nr] = milepaele[nr] | {"navn": f"{navn} mere"}
        if nr not in nye:
            sagt.add((navn, "udgået"))
        else:
            sagt.add((f"{navn} mere", "ny") if 100 + nr in nye else (navn, "rettet"))
    for nr in draw(st.sets(st.sampled_from(sorted(hos)), max_size=1)):
        nye_hos[nr] = (hos[nr] + 1) % 3
        sagt.add((f"Aktivitet {nr}", f"flyttet fra {TITLER[hos[nr]]} til {TITLER[nye_hos[nr]]}"))
    return (milepaele, hos), (nye, nye_hos), sagt


@settings(max_examples=200)
@given(milepaelsplaner())
def test_en_aktivitet_der_skifter_delaftale_er_flyttet_en_gang_og_en_ny_dato_flytter_intet(tilfaelde):
    foer, efter, sagt = tilfaelde
    assert laest(resume(milepaelsplan(foer), milepaelsplan(efter))) == sagt
