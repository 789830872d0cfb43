"""A thousand plans of ordinary size, made straight in the database."""

import hashlib
from datetime import date

from aftaler.models import (
    Aktivitet,
    Delaftale,
    Delmaal,
    Helhedsplan,
    Medlemskab,
    Omraade,
    Organisation,
    Part,
    Regelsaet,
)
from helhedsplan.models import Kaede

DELMAAL_PR_DELAFTALE = 4
AKTIVITETER_PR_DELAFTALE = 5


def lav_planer(antal: int, bruger) -> None:
    """Plans with two parties, two areas, four delaftaler each; the person writes them all.

    Each has the head of an audit chain, as every plan in life, so that what is drawn of it is used again.
    """
    regelsaet = Regelsaet.objects.get(noegle="2019-26")
    indsatsomraader = list(regelsaet.indsatsomraader.all())
    organisationer = list(Organisation.objects.all()[:2])
    planer = Helhedsplan.objects.bulk_create(
        Helhedsplan(
            noegle=f"maaleplan-{nr}", navn=f"Måleplan {nr:04}", regelsaet=regelsaet, fase="i_gang",
            periode_fra=date(2025, 1, 1), periode_til=date(2028, 12, 31),
        )
        for nr in range(antal)
    )  # fmt: skip
    Kaede.objects.bulk_create(
        Kaede(noegle=p.noegle, nummer=1, hash=hashlib.sha256(p.noegle.encode()).hexdigest()) for p in planer
    )
    Medlemskab.objects.bulk_create(Medlemskab(plan=p, bruger=bruger, rolle="sekretariat") for p in planer)
    Part.objects.bulk_create(Part(plan=p, organisation=o) for p in planer for o in organisationer)
    Omraade.objects.bulk_create(
        Omraade(plan=p, noegle=f"omraade-{n}", navn=f"Område {n}") for p in planer for n in (1, 2)
    )
    Helhedsplan.indsatsomraader.through.objects.bulk_create(
        Helhedsplan.indsatsomraader.through(helhedsplan_id=p.pk, indsatsomraade_id=o.pk)
        for p in planer
        for o in indsatsomraader
    )
    aftaler = Delaftale.objects.bulk_create(
        Delaftale(plan=p, indsatsomraade=o) for p in planer for o in indsatsomraader
    )
    Delmaal.objects.bulk_create(
        Delmaal(delaftale=a, noegle=f"delmaal-{n}", tekst=f"Delmål {n}", orden=n)
        for a in aftaler
        for n in range(DELMAAL_PR_DELAFTALE)
    )
    Aktivitet.objects.bulk_create(
        Aktivitet(delaftale=a, noegle=f"aktivitet-{n}", navn=f"Aktivitet {n}", orden=n, indhold="<p>Indhold.</p>")
        for a in aftaler
        for n in range(AKTIVITETER_PR_DELAFTALE)
    )
