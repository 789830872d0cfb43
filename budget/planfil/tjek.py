"""What no single value of the section shows: which cells may be, and that nothing approved is changed by a file."""

from collections.abc import Iterator

from aftaler.choices import Organisationsart
from aftaler.models import Helhedsplan
from aftaler.planfil.filmodel import UKENDT, Post
from aftaler.planfil.planform import tjek_ring
from budget.actions.budget import LAGET_GODKENDES, UDEN_BEVILLING
from budget.choices import Bidragsart, Budgetart, Status
from budget.models import Budget, Satsvaerdi
from budget.planfil.form import Budgetfil, Revisionsfil
from budget.queries.revisioner import fejl_i
from budget.rules.celler import beloeb_af_sats


def tjek(laeser, plan: Helhedsplan, poster: dict[str, list[Post]], *, ny: bool) -> None:
    for budget in poster["budgetter"]:
        for post in (*budget.lister["bidrag"], *budget.lister["udgifter"]):
            _tjek_sted(laeser, post)
        for post in budget.lister["bidrag"]:
            _tjek_sats(laeser, post)
        for revision in budget.lister["revisioner"]:
            _tjek_revisionslinjer(laeser, budget, revision)
    tjek_ring(laeser, poster["budgetter"], "grundlag", "Budgettet kommer til at bygge på sig selv.")
    for post in poster["puljer"]:
        if post.opslaaet["organisation"].laest["art"] != Organisationsart.KOMMUNE:
            _fejl(laeser, post, "organisation", "En medfinansieringspulje hører til en kommune.")
    for art in (Budgetart.ANSOEGT, Budgetart.BEVILGET):
        af_arten = [p for p in poster["budgetter"] if p.laest["art"] == art]
        for post in af_arten[1:]:
            besked = f"Planen har allerede et {art.label.lower()} budget. Se linje {af_arten[0].linje('art')}."
            laeser.fejl(post.linje("art"), post.sti("art"), besked)
    _tjek_lag(laeser, poster["budgetter"])
    if not ny:
        _tjek_laaste(laeser, plan, poster)


def _tjek_lag(laeser, budgetter: list[Post]) -> None:
    """Money on top belongs to one layer, which has one budget, and lies on top of what was granted."""
    brugte: dict[str, Post] = {}
    bevilget = any(p.laest["art"] == Budgetart.BEVILGET for p in budgetter)
    for post in budgetter:
        er_lag = post.laest["art"] == Budgetart.LAG
        laget = next((skalar.tekst for skalar in post.henvist.get("lag", [])), "")
        if er_lag and not laget:
            _fejl(
                laeser, post, "art", "Skriv også lag: nøglen på den forlængelse eller det tillæg, pengene kommer med."
            )
        elif laget and not er_lag:
            _fejl(laeser, post, "lag", "Kun et budget af arten lag hører til en forlængelse eller et tillæg.")
        elif er_lag and not bevilget:
            _fejl(laeser, post, "art", UDEN_BEVILLING)
        elif er_lag and laget in brugte:
            _fejl(laeser, post, "lag", f"Laget har allerede et budget. Se linje {brugte[laget].linje('lag')}.")
        elif er_lag:
            brugte[laget] = post
        if er_lag and post.laest["status"] != Status.KLADDE:
            _fejl(laeser, post, "status", LAGET_GODKENDES)


def _fejl(laeser, post: Post, felt: str, besked: str) -> None:
    laeser.fejl(post.linje(felt), post.sti(felt), besked)


def _tjek_sted(laeser, post: Post) -> None:
    if "delaftale" in post.henvist and "aktivitet" in post.henvist:
        _fejl(laeser, post, "aktivitet", "Skriv enten en aktivitet eller en delaftale.")


def _tjek_sats(laeser, post: Post) -> None:
    """Hours x price: the amount is what the rate gives, and the rate is of the right kind."""
    vaerdi, maengde = post.opslaaet.get("satsvaerdi"), post.laest["maengde"]
    art = post.laest["art"]
    if (maengde is not None or vaerdi is not None) and art not in {Bidragsart.TIMER, Bidragsart.LOKALER}:
        _fejl(laeser, post, "art", "Kun medarbejdertimer og lokaler regnes med en sats.")
    elif vaerdi is None or vaerdi is UKENDT:
        return
    elif vaerdi.over.laest["art"] != art:
        _fejl(laeser, post, "satsvaerdi", "Satsen er ikke til denne slags bidrag.")
    elif maengde is None:
        _fejl(laeser, post, "satsvaerdi", "Skriv også maengde, når beløbet er regnet med en sats.")
    elif beloeb_af_sats(maengde, vaerdi.laest["beloeb"]) != post.laest["beloeb"]:
        _fejl(laeser, post, "beloeb", "Beløbet er ikke maengde gange sats.")


def _tjek_revisionslinjer(laeser, budget: Post, revision: Post) -> None:
    if budget.laest["art"] != Budgetart.BEVILGET or budget.laest["status"] != Status.GODKENDT:
        _fejl(laeser, revision, "", "Kun et godkendt bevilget budget har revisioner.")
    for post in revision.lister["linjer"]:
        _tjek_sted(laeser, post)
        if ("kilde" in post.henvist) == ("konto" in post.henvist) or ("kilde" in post.henvist) != bool(
            post.laest["art"]
        ):
            _fejl(laeser, post, "", "Skriv enten en kilde med art eller en konto.")


def tjek_revision(laeser, post: Post) -> None:
    """What an approved revision must hold, held up against the budget without it."""
    if post.laest["status"] == Status.GODKENDT:
        for besked in fejl_i(post.objekt):
            _fejl(laeser, post, "linjer", besked)


LAAST = "Er godkendt og kan ikke ændres af en fil."


def _tjek_laaste(laeser, plan: Helhedsplan, poster: dict[str, list[Post]]) -> None:
    """What is approved in the database stands in the file as it is: budgets, revisions, and what they lean on."""
    budgetter = {post.laest["noegle"]: post for post in poster["budgetter"]}
    for budget in (b for b in plan.budgetter.all() if b.er_laast):
        post = budgetter.get(budget.noegle)
        if post is None:
            linje = laeser.plan.knude.linje
            laeser.fejl(linje, "budget", f"Budgettet »{budget.noegle}« er godkendt og mangler i filen.")
            continue
        if _uden_revisioner(post.data()) != _uden_revisioner(Budgetfil.som_data(budget)):
            _fejl(laeser, post, "", LAAST)
        _tjek_laaste_revisioner(laeser, post, budget)
        _tjek_laaste_kilder(laeser, budget, poster)


def _uden_revisioner(data: dict) -> dict:
    """A budget's data with its cells in one order."""
    celler = {liste: sorted(data.get(liste, []), key=repr) for liste in ("bidrag", "udgifter")}
    return {noegle: vaerdi for noegle, vaerdi in data.items() if noegle != "revisioner"} | celler


def _tjek_laaste_revisioner(laeser, post: Post, budget: Budget) -> None:
    revisioner = {p.laest["nummer"]: p for p in post.lister["revisioner"]}
    for revision in (r for r in budget.revisioner.all() if r.er_laast):
        fundet = revisioner.get(revision.nummer)
        if fundet is None:
            _fejl(laeser, post, "revisioner", f"Revision {revision.nummer} er godkendt og mangler i filen.")
            continue
        i_filen, gemt = fundet.data(), Revisionsfil.som_data(revision)
        if sorted(i_filen.pop("linjer", []), key=repr) != sorted(gemt.pop("linjer", []), key=repr) or i_filen != gemt:
            _fejl(laeser, fundet, "", LAAST)


def _tjek_laaste_kilder(laeser, budget: Budget, poster: dict[str, list[Post]]) -> None:
    """A financier's kind, and the rates, that an approved budget was reckoned with."""
    kilder = {post.laest["noegle"]: post for post in poster["finansieringskilder"]}
    for kilde in {bidrag.kilde for bidrag in budget.bidrag.all()}:
        post = kilder.get(kilde.noegle)
        for felt in ("art", "lokal"):
            if post and post.laest[felt] != getattr(kilde, felt):
                _fejl(laeser, post, felt, "Kilden indgår i et godkendt budget og kan ikke ændres.")
    for vaerdi, post in _brugte_satser(budget, poster["satser"]):
        if post.laest["beloeb"] != vaerdi.beloeb:
            _fejl(laeser, post, "beloeb", "Et godkendt budget er regnet ud med satsen. Tilføj en ny værdi.")


def _brugte_satser(budget: Budget, satser: list[Post]) -> Iterator[tuple[Satsvaerdi, Post]]:
    i_filen = {(s.laest["noegle"], v.laest["gaelder_fra"]): v for s in satser for v in s.lister["vaerdier"]}
    for vaerdi in {bidrag.satsvaerdi for bidrag in budget.bidrag.all() if bidrag.satsvaerdi}:
        if post := i_filen.get((vaerdi.sats.noegle, vaerdi.gaelder_fra)):
            yield vaerdi, post
