"""An edition with a real paper, decided on, and two parties who sign it in the program."""

from dataclasses import dataclass

from dokumenter import lager
from dokumenter.models import Filrevision, Udgave, Underskriver
from tests import factories as f
from tests.dokumenter import signering as s


@dataclass
class Sag:
    udgave: Udgave
    underskrivere: list[Underskriver]
    leder: object

    @property
    def plan(self):
        return self.udgave.plan

    def frisk(self, nr: int = 0) -> Underskriver:
        return Underskriver.objects.select_related("udgave__plan").get(pk=self.underskrivere[nr].pk)

    def filer(self) -> list[Filrevision]:
        return list(self.udgave.filrevisioner.order_by("nummer"))

    def bytes(self, nr: int = -1) -> bytes:
        fil = self.filer()[nr]
        return lager.hent(fil.fil.name, fil.sha256)


PARTER = [("Prøve Kommune", "Formand A, Demo"), ("Boligforeningen Prøve", "Direktør B, Demo")]


def sag(*, godkendt: bool = True, plan=None, afsnit: str = "Vi samarbejder om flere unge i job.", **felter) -> Sag:
    plan = plan or f.HelhedsplanFactory()
    nummer = felter.pop("nummer", 1)
    dokument_id = f"{plan.noegle}/delaftale/uddannelse/u{nummer}-0123456789ab"
    pdf = s.papir(afsnit, dokument_id)
    navn, maerke = lager.gem(pdf, "udgaver", ".pdf")
    udgave = f.UdgaveFactory(plan=plan, nummer=nummer, dokument_id=dokument_id, pdf=navn, pdf_sha256=maerke, **felter)
    f.FilrevisionFactory(udgave=udgave, stoerrelse=len(pdf))
    if godkendt:
        f.GodkendelseFactory(udgave=udgave)
    leder = f.MedlemskabFactory(plan=plan, rolle="leder").bruger
    underskrivere = []
    for part, person in PARTER:
        bruger = f.BrugerFactory(navn=person)
        f.MedlemskabFactory(plan=plan, bruger=bruger, rolle="bestyrelse")
        underskrivere.append(f.UnderskriverFactory(udgave=udgave, part_navn=part, navn=person, bruger=bruger))
    return Sag(udgave, underskrivere, leder)
