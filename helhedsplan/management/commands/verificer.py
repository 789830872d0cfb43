import json
from pathlib import Path

from django.core.management.base import BaseCommand

from dokumenter.verificering import Udfald, Verificeringssvar, verificer


class Command(BaseCommand):
    help = (
        "Siger, om en PDF-fil er ægte og uændret, hvem der har skrevet under, og om den stadig gælder. "
        "Slutkode 0: uændret og den nyeste. 1: ændret, ukendt eller uden de nyeste underskrifter. 2: kan ikke læses."
    )

    def add_arguments(self, parser):
        parser.add_argument("fil", metavar="FIL", help="sti til en PDF-fil")
        parser.add_argument("--json", action="store_true", help="svaret som JSON")

    def handle(self, *, fil, json: bool, **options):
        try:
            svar = verificer(Path(fil).read_bytes())
        except OSError as fejl:
            self.stderr.write(f"{fil}: Filen kan ikke åbnes: {fejl.strerror}.")
            raise SystemExit(2) from None
        self._vis(svar, json)
        if not svar.er_i_orden:
            raise SystemExit(2 if svar.udfald in {Udfald.ULAESELIG, Udfald.FOR_TUNG} else 1)

    def _vis(self, svar: Verificeringssvar, som_json: bool) -> None:
        if som_json:
            self.stdout.write(json.dumps(svar.som_data(), ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{svar.overskrift}. {svar.besked}")
        for hvad in svar.tilfoejet:
            self.stdout.write(f"  {hvad}")
        if d := svar.dokument:
            self.stdout.write(f"{d.plan}: {d.dokument}, udgave {d.udgave} ({d.dokument_id})")
            for u in d.underskrifter:
                stand = f"underskrevet ({u.metode})" if u.dato else "ikke underskrevet"
                self.stdout.write(f"  {u.part}: {', '.join(filter(None, [u.navn, stand]))}")
            erstattet = f", erstattet af udgave {d.erstattet_af}" if d.erstattet_af else ""
            self.stdout.write(f"  {d.tilstand}{erstattet}")
        for dom in svar.underskrifter:
            self.stdout.write(f"  Underskrift i filen: {dom.hvem}: {dom.besked or 'gyldig'}")
