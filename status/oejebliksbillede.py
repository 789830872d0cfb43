"""The snapshot of a quarterly status: all that its page and its paper show, as JSON that is read for ever.

The form is that of the editions (`dokumenter.oejebliksbillede`), with a number and readers of its own: a new form gets
a new number, and the old reader stays. The same snapshot gives the same page and the same bytes of PDF, whatever is
changed in the plan afterwards.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from dokumenter import oejebliksbillede as form
from indikatorer.diagrammer import lille_diagram
from indikatorer.queries.oversigt import Oversigt, oversigt
from status.models import Kvartalsstatus
from status.queries import statusindhold as billeddele
from status.queries.forskel import forskelle
from status.queries.fulgt import fulgt
from status.queries.oversigt import forrige_publicerede
from status.queries.statusindhold import Statusbillede, statusbillede

SKEMA = 3
#: What the first form had not got: the money's reservations.
NYT_I_2 = {"forbehold": [], "begrundelse": ""}
#: And the first two: how many figures a line of the money lacks. What was frozen then is shown as it was.
NYT_I_3 = {"mangler": 0, "ventede": 0}
form.kend(billeddele)


def udkast(status: Kvartalsstatus, opgjort: date) -> Statusbillede:
    """The status as it stands now, as everybody may see it: for the draft's page, and to be frozen."""
    forrige = forrige_publicerede(status)
    foer = form.hvis_laeselig(hent, forrige)[0] if forrige else None
    tallene = oversigt(status.plan)
    billede = _med_diagrammer(statusbillede(status, foer, tallene, opgjort), tallene)
    steder = [(a.noegle, a.navn) for o in billede.omraader for a in o.aktiviteter]
    return replace(billede, forskelle=forskelle(fulgt(foer, steder), billede))


def _med_diagrammer(billede: Statusbillede, tallene: Oversigt) -> Statusbillede:
    """The pictures of the fixed indicators are kept as they are drawn, so that they never move."""
    faste = {linje.billede.indikator.noegle: linje.billede for g in tallene.grupper for linje in g.linjer}
    indikatorer = tuple(
        replace(i, diagram=str(lille_diagram(faste[i.noegle], f"maal-{i.noegle}", trykt=True))) if i.fast else i
        for i in billede.indikatorer
    )
    return replace(billede, indikatorer=indikatorer)


def frossen(billede: Statusbillede, publiceret: datetime) -> Statusbillede:
    """With its time and its id: plan, quarter, edition, and twelve digits of the hash of what it says."""
    uden_id = replace(billede, publiceret=publiceret, dokument_id="")
    navn = f"status-{billede.kvartalet}-u{billede.udgave}-{sha256(uden_id)[:12]}"
    return replace(uden_id, dokument_id=f"{billede.plan}/{navn}")


def som_json(billede: Statusbillede) -> dict:
    return {"skema": SKEMA, "billede": form.papir_som_json(billede)}


def sha256(billede: Statusbillede) -> str:
    return form.sha256(som_json(billede))


def fra_json(data: Any, hvad: str = "Statussen") -> Statusbillede:
    """The snapshot as it was frozen. Raises Skemafejl."""
    return form.laest(data, LAESERE, Statusbillede, hvad)


def hent(status: Kvartalsstatus) -> Statusbillede:
    """The snapshot of a published status. Raises Skemafejl."""
    return fra_json(status.indhold, str(status))


def _fra_1(data: Any) -> Any:
    return _fra_2(NYT_I_2 | data)


def _fra_2(data: Any) -> Any:
    penge = data["penge"]
    linjer = [NYT_I_3 | linje for linje in penge["linjer"]]
    i_alt = penge["i_alt"] and NYT_I_3 | penge["i_alt"]
    return form.papir_fra_json(data | {"penge": penge | {"linjer": linjer, "i_alt": i_alt}})


#: A reader for each form that has ever been written.
LAESERE: dict[Any, Callable[[Any], Any]] = {1: _fra_1, 2: _fra_2, 3: form.papir_fra_json}
