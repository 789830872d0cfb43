import django.db.models.deletion
from django.db import migrations, models

import helhedsplan.felter


def flyt(apps, schema_editor):
    """The one number that a plan had is the first on its list."""
    Sagsnummer = apps.get_model("aftaler", "Sagsnummer")
    planer = apps.get_model("aftaler", "Helhedsplan").objects.exclude(lbf_sagsnummer="")
    Sagsnummer.objects.bulk_create([Sagsnummer(plan=plan, nummer=plan.lbf_sagsnummer, orden=1) for plan in planer])


def flyt_tilbage(apps, schema_editor):
    for sagsnummer in apps.get_model("aftaler", "Sagsnummer").objects.order_by("-orden").select_related("plan"):
        sagsnummer.plan.lbf_sagsnummer = sagsnummer.nummer
        sagsnummer.plan.save(update_fields=["lbf_sagsnummer"])


class Migration(migrations.Migration):
    dependencies = [("aftaler", "0024_gruppers_graenser")]

    operations = [
        migrations.CreateModel(
            name="Sagsnummer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("orden", models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge")),
                ("nummer", helhedsplan.felter.Linje(max_length=60, verbose_name="nummer")),
                ("gaelder", helhedsplan.felter.Linje(blank=True, verbose_name="gælder")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sagsnumre",
                        to="aftaler.helhedsplan",
                        verbose_name="helhedsplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "sagsnummer hos Landsbyggefonden",
                "verbose_name_plural": "sagsnumre hos Landsbyggefonden",
                "ordering": ["plan_id", "orden", "pk"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="sagsnummer",
            constraint=models.UniqueConstraint(
                fields=("plan", "nummer", "gaelder"),
                name="sagsnummer_en_gang",
                violation_error_code="nummer",
                violation_error_message="Nummeret står to gange.",
            ),
        ),
        migrations.RunPython(flyt, flyt_tilbage),
    ]
