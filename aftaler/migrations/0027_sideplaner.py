import django.db.models.deletion
import helhedsplan.felter
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aftaler", "0026_sagsnumre_er_flyttet"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sideplan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("orden", models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge")),
                ("navn", helhedsplan.felter.Linje(max_length=200, verbose_name="navn")),
                (
                    "slags",
                    models.CharField(
                        choices=[
                            ("fysisk", "Fysisk helhedsplan"),
                            ("udviklingsplan", "Udviklingsplan"),
                            ("anden", "Anden plan"),
                        ],
                        default="fysisk",
                        max_length=20,
                        verbose_name="slags",
                    ),
                ),
                ("beloeb", helhedsplan.felter.Linje(blank=True, max_length=80, verbose_name="beløb")),
                ("kilde", helhedsplan.felter.Linje(blank=True, max_length=200, verbose_name="kilde")),
                ("maal", helhedsplan.felter.Tekst(blank=True, verbose_name="planens egne mål")),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sideplaner",
                        to="aftaler.helhedsplan",
                        verbose_name="helhedsplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "plan ved siden af",
                "verbose_name_plural": "planer ved siden af",
                "ordering": ["plan_id", "orden", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "navn"),
                        name="sideplan_en_gang",
                        violation_error_code="navn",
                        violation_error_message="Der står allerede en plan ved siden af med det navn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slags__in", ["fysisk", "udviklingsplan", "anden"])),
                        name="sideplan_slags_kendt",
                        violation_error_code="slags",
                        violation_error_message="Vælg, hvad det er for en plan.",
                    ),
                ],
            },
        ),
    ]
