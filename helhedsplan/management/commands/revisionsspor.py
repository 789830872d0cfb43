from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from helhedsplan import revisionsspor
from helhedsplan.formats import antal
from helhedsplan.models import Haendelse
from helhedsplan.sikkerhedskopi import kopifil
from helhedsplan.sikkerhedskopi.oejeblik import Kopifejl

#: Within so many bytes a PDF says that it is one.
PDFHOVED = 1024
#: {chain: (number, hash)}
Hoveder = dict[str, tuple[int, str]]


class Command(BaseCommand):
    help = "Efterprøver revisionssporets kæder. Slutter med kode 1, når en af dem er brudt."

    def add_arguments(self, parser):
        parser.add_argument(
            "--mod",
            metavar="FIL",
            type=Path,
            help="hold kæderne op mod de hoveder, der står i en sikkerhedskopi eller i et udstedt papir (PDF)",
        )
        parser.add_argument("plan", nargs="?", help="planens nøgle; uden den prøves alle kæder, eller dem, papiret har")

    def handle(self, *args, plan, mod, **options):
        kendte = revisionsspor.kaeder()
        hoveder, hvem = laes_hoveder(mod) if mod else ({}, "")
        if plan and plan not in {*kendte, *hoveder}:
            raise CommandError(f"Ingen kæde hedder »{plan}«. Kendte kæder: {', '.join(kendte) or 'ingen'}.")
        alle = hoveder if hvem == PAPIR else {*kendte, *hoveder}
        valgte = [plan] if plan else sorted(alle)
        brudte = [kaede for kaede in valgte if self._brudt(kaede, hoveder.get(kaede), hvem)]
        if brudte:
            raise CommandError(f"Brudt: {', '.join(brudte)}.")

    def _brudt(self, kaede: str, hoved: tuple[int, str] | None, hvem: str) -> bool:
        fejl = revisionsspor.brud(kaede)
        if hoved and (afvigelse := revisionsspor.afvigelse(kaede, *hoved, hvem)):
            fejl.append(afvigelse)
        haendelser = antal(Haendelse.objects.filter(kaede=kaede).count(), "hændelse", "hændelser")
        passer = f", og nr. {hoved[0]} er den, {hvem} har" if hoved and hoved[0] and not fejl else ""
        self.stdout.write(f"{kaede}: {haendelser}, {'brudt' if fejl else 'hel'}{passer}")
        for linje in fejl:
            self.stdout.write(f"  {linje}")
        return bool(fejl)


PAPIR, KOPI = "papiret", "kopien"


def laes_hoveder(fil: Path) -> tuple[Hoveder, str]:
    """The heads that a file has, and what it is; its content tells, not its name. Raises CommandError."""
    try:
        with fil.open("rb") as aaben:
            begyndelse = aaben.read(PDFHOVED)
    except OSError as fejl:
        raise CommandError(f"{fil} kan ikke læses: {fejl.strerror or fejl}.") from fejl
    if b"%PDF-" in begyndelse:
        return papirets_hoveder(fil), PAPIR
    try:
        with kopifil.aabn(fil) as kopi:
            return {noegle: (h.nummer, h.hash) for noegle, h in kopi.manifest.kaeder.items()}, KOPI
    except Kopifejl as fejl:
        raise CommandError(f"{fejl} Et papir skal være den PDF, der blev udstedt.") from fejl


def papirets_hoveder(fil: Path) -> Hoveder:
    """Raises CommandError when it cannot be read, or has none."""
    import pikepdf

    try:
        with pikepdf.open(fil) as pdf:
            noegleord = str(pdf.docinfo.get("/Keywords", ""))
    except (pikepdf.PdfError, OSError, ValueError, RuntimeError) as fejl:
        raise CommandError(
            f"{fil} kan ikke læses som PDF ({type(fejl).__name__}). Brug den fil, der blev udstedt."
        ) from fejl
    if not (hoveder := revisionsspor.laes_anker(noegleord.split(","))):
        raise CommandError(
            f"{fil} har intet hoved fra revisionssporet: papiret er en kladde, er udstedt, før hovedet blev sat i "
            "papirerne, eller er ikke herfra."
        )
    return hoveder
