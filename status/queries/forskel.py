"""What has changed from one quarter's status to the next: a pure function of the two, the weightiest first."""

from collections.abc import Iterator
from decimal import Decimal

from aftaler.choices import Milepaelsstatus
from helhedsplan.formats import kort_dato, kroner, opremsning, procent, tal
from indikatorer.choices import Udviklingsretning
from status.choices import Forskelsart, Lys, Sideafsnit
from status.queries.statusindhold import Statusaktivitet, Statusbillede, Statusforskel, Statusmilepael, Statusomraade
from status.rules import RANG, er_vaerre

#: Spending this many percent off the budget so far is news by itself.
STORT_UDSVING = 10
#: A count that moves this share, in percent, is more than noise.
STOR_BEVAEGELSE = 25

Vejet = tuple[int, Statusforskel]


def forskelle(foer: Statusbillede | None, nu: Statusbillede) -> tuple[Statusforskel, ...]:
    """Lights, milestones, kroner, figures, points and texts that differ; nothing before the first published quarter.

    Order: what has become worse first (lights, money, milestones, figures), then what has been reached, then the rest.
    """
    if foer is None:
        return ()
    alle = [*_lys(foer, nu), *_milepaele(foer, nu), *_kroner(foer, nu), *_tal(foer, nu), *_antal(foer, nu)]
    alle += [*_punkter(foer, nu), *_tekster(foer, nu)]
    return tuple(forskel for _, forskel in sorted(alle, key=lambda par: -par[0]))


def _ting(billede: Statusbillede) -> dict[str, Statusomraade | Statusaktivitet]:
    ting: dict[str, Statusomraade | Statusaktivitet] = {}
    for omraade in billede.omraader:
        ting[omraade.noegle] = omraade
        ting |= {a.noegle: a for a in omraade.aktiviteter}
    return ting


def _aktiviteter(billede: Statusbillede) -> dict[str, Statusaktivitet]:
    return {a.noegle: a for o in billede.omraader for a in o.aktiviteter}


def _lys(foer: Statusbillede, nu: Statusbillede) -> Iterator[Vejet]:
    gamle, nye = _ting(foer), _ting(nu)
    for noegle, ting in nye.items():
        forrige = gamle.get(noegle)
        if forrige is None:
            yield 30, _forskel(Forskelsart.LYS, Sideafsnit.LYS, f"{ting.navn} er kommet med.")
        elif ting.lys != forrige.lys and ting.lys and forrige.lys:
            yield _lysvaegt(forrige.lys, ting.lys, egen="/" in noegle), _lysforskel(ting, forrige.lys)
    for noegle, ting in gamle.items():
        if noegle not in nye:
            yield 30, _forskel(Forskelsart.LYS, Sideafsnit.LYS, f"{ting.navn} er ikke med mere.")


def _lysvaegt(foer: str, nu: str, *, egen: bool) -> int:
    """An area's light follows from its activities', which are told first: it does not crowd out other news."""
    if er_vaerre(nu, foer):
        return (100 if egen else 41) + 10 * RANG[Lys(nu)]
    return (52 if egen else 40) + RANG[Lys(foer)] - RANG[Lys(nu)]


def _lysforskel(ting: Statusomraade | Statusaktivitet, foer: str) -> Statusforskel:
    grund = f" {ting.begrundelse}" if er_vaerre(ting.lys, foer) and ting.begrundelse else ""
    tekst = f"{ting.navn}: fra »{Lys(foer).label}« til »{Lys(ting.lys).label}«.{grund}"
    return _forskel(Forskelsart.LYS, Sideafsnit.LYS, tekst)


def _milepaele(foer: Statusbillede, nu: Statusbillede) -> Iterator[Vejet]:
    gamle = {m.noegle: m for m in foer.milepaele}
    for m in nu.milepaele:
        forrige = gamle.get(m.noegle)
        if fundet := _milepael(m, forrige):
            vaegt, hvad = fundet
            navn = f"»{m.navn}«" + (f" ({m.hvor})" if m.hvor else "")
            yield vaegt, _forskel(Forskelsart.MILEPAEL, Sideafsnit.MILEPAELE, f"Milepælen {navn} {hvad}.")


def _milepael(m: Statusmilepael, forrige: Statusmilepael | None) -> tuple[int, str] | None:
    if m.naaet:
        return None if forrige and forrige.naaet else (50, "er nået")
    if m.tilstand == Milepaelsstatus.OPGIVET:
        return None if forrige and forrige.tilstand == m.tilstand else (80, "er opgivet")
    if forrige and m.dato and forrige.dato and m.dato != forrige.dato:
        vaegt = 78 if m.dato > forrige.dato else 35
        return vaegt, f"er flyttet fra {kort_dato(forrige.dato)} til {kort_dato(m.dato)}"
    if m.skredet and not (forrige and forrige.skredet):
        return 79, f"skulle være nået {kort_dato(m.dato)} og er det ikke"
    return None


def _kroner(foer: Statusbillede, nu: Statusbillede) -> Iterator[Vejet]:
    a, b = foer.penge.i_alt, nu.penge.i_alt
    if b is None:
        return
    if a is not None and a.budget_i_alt != b.budget_i_alt:
        hvad = f"Budgettet er ændret fra {kroner(a.budget_i_alt)} til {kroner(b.budget_i_alt)}"
        yield 85, _forskel(Forskelsart.KRONER, Sideafsnit.PENGE, hvad)
    foer_brugt = a.forbrug if a and a.forbrug is not None else Decimal(0)
    if b.forbrug is not None and b.forbrug != foer_brugt:
        skaevt = b.brugt_pct is not None and abs(b.brugt_pct - 100) > STORT_UDSVING
        andel = f", {procent(b.brugt_pct, 0)} af budgettet til dato" if b.brugt_pct is not None else ""
        andel = f" ({b.huller})" if b.huller else andel
        hvad = f"Forbruget er gået fra {kroner(foer_brugt)} til {kroner(b.forbrug)}{andel}."
        yield (75 if skaevt else 45), _forskel(Forskelsart.KRONER, Sideafsnit.PENGE, hvad)


def _tal(foer: Statusbillede, nu: Statusbillede) -> Iterator[Vejet]:
    gamle = {i.noegle: i for i in foer.indikatorer}
    for i in nu.indikatorer:
        forrige = gamle.get(i.noegle)
        if forrige is None or i.vaerdi is None or (i.vaerdi, i.hvornaar) == (forrige.vaerdi, forrige.hvornaar):
            continue
        fra = f"fra {forrige.vist} ({forrige.hvornaar}) " if forrige.vaerdi is not None else ""
        vaegt = (60 if i.fast else 58) if _daarligere(forrige.vaerdi, i.vaerdi, i.retning) else (48 if i.fast else 46)
        afsnit = Sideafsnit.MAAL if i.fast else Sideafsnit.LOKALE
        yield vaegt, _forskel(Forskelsart.TAL, afsnit, f"{i.navn}: {fra}til {i.vist} ({i.hvornaar}).")


def _daarligere(foer: Decimal | None, nu: Decimal, retning: str) -> bool:
    if foer is None or not retning or foer == nu:
        return False
    return (nu < foer) == (retning == Udviklingsretning.OP)


def _antal(foer: Statusbillede, nu: Statusbillede) -> Iterator[Vejet]:
    """Participants; a hidden number is not held up against anything."""
    gamle = _aktiviteter(foer)
    for noegle, a in _aktiviteter(nu).items():
        forrige = gamle[noegle].deltagere.antal if noegle in gamle else None
        if forrige is None or a.deltagere.antal is None or forrige == a.deltagere.antal:
            continue
        stor = forrige == 0 or abs(a.deltagere.antal - forrige) * 100 >= STOR_BEVAEGELSE * forrige
        tekst = f"{a.navn}: deltagere fra {tal(forrige, 0)} til {tal(a.deltagere.antal, 0)}."
        yield (34 if stor else 20), _forskel(Forskelsart.TAL, Sideafsnit.LYS, tekst)


def _punkter(foer: Statusbillede, nu: Statusbillede) -> Iterator[Vejet]:
    aabne = {p.tekst for p in foer.punkter if not p.svar}
    for p in nu.punkter:
        if p.svar and p.tekst in aabne:
            yield 55, _forskel(Forskelsart.PUNKT, Sideafsnit.BESLUT, f"Lukket: {p.tekst} Svar: {p.svar}")
        elif not p.svar and p.tekst not in aabne:
            yield 25, _forskel(Forskelsart.PUNKT, Sideafsnit.BESLUT, f"Nyt punkt: {p.tekst}")


def _tekster(foer: Statusbillede, nu: Statusbillede) -> Iterator[Vejet]:
    """The names of those with another text, in one line."""
    gamle = _ting(foer)
    navne = [t.navn for n, t in _ting(nu).items() if n in gamle and t.tekst != gamle[n].tekst and t.tekst]
    if foer.sammenfatning != nu.sammenfatning:
        navne.insert(0, "planen som helhed")
    if navne:
        yield 10, _forskel(Forskelsart.TEKST, Sideafsnit.LYS, f"Ny tekst om {opremsning(navne)}.")


def _forskel(art: Forskelsart, afsnit: Sideafsnit, tekst: str) -> Statusforskel:
    return Statusforskel(art.value, afsnit.value, tekst)
