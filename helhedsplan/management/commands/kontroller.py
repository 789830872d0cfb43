import json

from django.core.management.base import BaseCommand, CommandError

from aftaler.models import Helhedsplan
from aftaler.queries.kontrol import kontroller


class Command(BaseCommand):
    help = "Viser alle fund af alle regler for en plan, de værste først."

    def add_arguments(self, parser):
        parser.add_argument("plan", help="planens nøgle")
        parser.add_argument("--json", action="store_true", help="som liste af {kode, alvor, besked, henvisning, kilde}")

    def handle(self, *args, plan, **options):
        fundet = Helhedsplan.objects.select_related("regelsaet", "forgaenger").filter(noegle=plan).first()
        if fundet is None:
            kendte = ", ".join(Helhedsplan.objects.order_by("noegle").values_list("noegle", flat=True)) or "ingen"
            raise CommandError(f"Der er ingen plan med nøglen »{plan}«. Kendte planer: {kendte}.")
        fund = kontroller(fundet)
        if options["json"]:
            self.stdout.write(json.dumps([f.som_data() for f in fund], ensure_ascii=False, indent=2))
            return
        for f in fund:
            self.stdout.write(f"{f.alvor.label}: {f.besked} ({f.kilde_i_ord}) {f.henvisning}")
        self.stdout.write(f"{len(fund)} fund." if fund else "Ingen fund.")
