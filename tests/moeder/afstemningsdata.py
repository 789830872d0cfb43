"""A board for tests: two organisations with a vote, one of them with two members, and the police without one."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from moeder.actions import afstemning
from moeder.models import Dagsordenspunkt
from moeder.queries.punktets_papir import genstand_sha256
from tests import factories as f


@dataclass
class Bestyrelse:
    plan: object
    leder: object
    sekretaer: object
    moede: object
    medlemmer: dict = field(default_factory=dict)

    def punkt(self, **felter) -> Dagsordenspunkt:
        """An item of the agenda that was sent."""
        punkt = f.DagsordenspunktFactory(moede=self.moede, **felter)
        return self.send(punkt)

    def send(self, punkt) -> Dagsordenspunkt:
        Dagsordenspunkt.objects.filter(pk=punkt.pk).update(genstand_sha256=genstand_sha256(punkt))
        return Dagsordenspunkt.objects.select_related("moede__plan").get(pk=punkt.pk)

    def stem(self, punkt, navn: str, valg: str, bruger=None, sha256: str = ""):
        medlem = self.medlemmer[navn]
        return afstemning.stem(
            bruger=bruger or medlem.bruger,
            punkt=punkt,
            medlem=medlem,
            valg=valg,
            sha256=sha256 or punkt.genstand_sha256,
        )

    def hold(self) -> None:
        """The meeting has been held, and everybody came of whom nothing else is written."""
        type(self.moede).objects.filter(pk=self.moede.pk, tilstand="indkaldt").update(tilstand="holdt")
        self.moede.refresh_from_db(fields=["tilstand"])
        skrevne = set(self.moede.fremmoeder.values_list("medlem", flat=True)) if self.moede.er_bestyrelsens else None
        for medlem in self.medlemmer.values():
            if skrevne is not None and medlem.pk not in skrevne and medlem.side.plan_id == self.plan.pk:
                f.FremmoedeFactory(moede=self.moede, medlem=medlem)

    def afgoer(self, punkt, resultat="godkendt", bruger=None, **felter):
        self.hold()
        standard = {"dato": timezone.localdate(), "enighed": False, "sha256": punkt.genstand_sha256}
        return afstemning.afgoer(bruger=bruger or self.leder, punkt=punkt, resultat=resultat, **standard | felter)


def en_bestyrelse(plan=None, **moede) -> Bestyrelse:
    """Boligforeningen with A1 (chair) and A2, Kommunen with B1 (chair), Politiet with P1; the agenda was sent."""
    plan = plan or f.HelhedsplanFactory()
    b = Bestyrelse(
        plan,
        f.MedlemskabFactory(plan=plan, rolle="leder").bruger,
        f.MedlemskabFactory(plan=plan, rolle="sekretariat").bruger,
        f.MoedeFactory(plan=plan, **{"tilstand": "indkaldt", "dato": timezone.localdate() - timedelta(days=1)} | moede),
    )
    for nr, (navn, stemme, medlemmer) in enumerate(
        [("Boligforeningen", True, ["A1", "A2"]), ("Kommunen", True, ["B1"]), ("Politiet", False, ["P1"])], 1
    ):
        side = f.BestyrelsessideFactory(plan=plan, navn=navn, noegle=navn.lower(), orden=nr, har_stemme=stemme)
        for medlem in medlemmer:
            b.medlemmer[medlem] = f.BestyrelsesmedlemFactory(
                side=side, navn=f"{medlem}, Prøve", formand=medlem.endswith("1")
            )
    return b
