import django.core.validators
import django.db.models.deletion
import helhedsplan.felter
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aftaler", "0034_maalovergange"),
    ]

    operations = [
        migrations.CreateModel(
            name="Behandling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("orden", models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge")),
                ("organ", helhedsplan.felter.Linje(max_length=200, verbose_name="organ")),
                ("afdeling", helhedsplan.felter.Linje(blank=True, max_length=200, verbose_name="afdeling")),
                (
                    "dato",
                    models.DateField(
                        blank=True, null=True, validators=[helhedsplan.felter.i_vores_tid], verbose_name="dato"
                    ),
                ),
                (
                    "dato_sagt",
                    helhedsplan.felter.Linje(blank=True, default="", max_length=80, verbose_name="dato, som oplyst"),
                ),
                ("punkt", helhedsplan.felter.Linje(blank=True, max_length=60, verbose_name="punkt")),
                (
                    "udfald",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Ikke behandlet endnu"),
                            ("godkendt", "Godkendt"),
                            ("med_vilkaar", "Godkendt på vilkår"),
                            ("ikke_godkendt", "Ikke godkendt"),
                            ("udsat", "Udsat"),
                            ("orienteret", "Taget til orientering"),
                            ("ukendt", "Udfaldet er ikke oplyst"),
                        ],
                        default="",
                        max_length=20,
                        verbose_name="udfald",
                    ),
                ),
                (
                    "ja",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999)],
                        verbose_name="stemmer for",
                    ),
                ),
                (
                    "nej",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(99999)],
                        verbose_name="stemmer imod",
                    ),
                ),
                ("vilkaar", helhedsplan.felter.Tekst(blank=True, verbose_name="vilkår")),
                (
                    "andre",
                    helhedsplan.felter.Linje(
                        blank=True, max_length=200, verbose_name="også for planer, der ikke er her"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="behandlinger",
                        to="aftaler.helhedsplan",
                        verbose_name="helhedsplan",
                    ),
                ),
                (
                    "planer",
                    models.ManyToManyField(
                        blank=True,
                        related_name="behandlet_med",
                        to="aftaler.helhedsplan",
                        verbose_name="også for planerne",
                    ),
                ),
            ],
            options={
                "verbose_name": "behandling",
                "verbose_name_plural": "behandlinger",
                "ordering": ["plan_id", "orden", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "udfald__in",
                                ["", "godkendt", "med_vilkaar", "ikke_godkendt", "udsat", "orienteret", "ukendt"],
                            )
                        ),
                        name="behandling_udfald_kendt",
                        violation_error_code="udfald",
                        violation_error_message="Vælg, hvad udfaldet var.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("udfald", "med_vilkaar"), _negated=True),
                            models.Q(("vilkaar", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="behandling_vilkaar_skrevet",
                        violation_error_code="vilkaar",
                        violation_error_message="Skriv de vilkår, som planen blev godkendt på.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dato__isnull", True), ("dato_sagt", ""), _connector="OR"),
                        name="behandling_dato_dag_eller_ord",
                        violation_error_message="Skriv enten dagen eller det, der er oplyst, ikke begge dele.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Faelles",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("orden", models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge")),
                (
                    "slags",
                    models.CharField(
                        choices=[("beloeb", "Beløb"), ("sekretariat", "Sekretariat"), ("andet", "Andet")],
                        max_length=20,
                        verbose_name="slags",
                    ),
                ),
                ("navn", helhedsplan.felter.Linje(max_length=200, verbose_name="hvad")),
                ("beloeb", helhedsplan.felter.Linje(blank=True, max_length=80, verbose_name="beløb")),
                ("kilde", helhedsplan.felter.Linje(blank=True, max_length=200, verbose_name="kilde")),
                (
                    "hoerer_til",
                    models.CharField(
                        choices=[("her", "Denne plan"), ("der", "Den anden plan")],
                        default="her",
                        max_length=10,
                        verbose_name="hører til",
                    ),
                ),
                (
                    "andre",
                    helhedsplan.felter.Linje(
                        blank=True, max_length=200, verbose_name="fælles med planer, der ikke er her"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="faelles",
                        to="aftaler.helhedsplan",
                        verbose_name="helhedsplan",
                    ),
                ),
                (
                    "planer",
                    models.ManyToManyField(
                        blank=True,
                        related_name="faelles_med",
                        to="aftaler.helhedsplan",
                        verbose_name="fælles med planerne",
                    ),
                ),
            ],
            options={
                "verbose_name": "fælles med andre planer",
                "verbose_name_plural": "fælles med andre planer",
                "ordering": ["plan_id", "orden", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hoerer_til__in", ["her", "der"]), ("slags__in", ["beloeb", "sekretariat", "andet"])
                        ),
                        name="faelles_valg_kendte",
                        violation_error_code="slags",
                        violation_error_message="Vælg, hvad der er fælles, og hvor det hører til.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("slags", "beloeb"), _negated=True),
                            models.Q(("beloeb", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="faelles_beloeb_skrevet",
                        violation_error_code="beloeb",
                        violation_error_message="Skriv det fælles beløb, eller ikke oplyst.",
                    ),
                ],
            },
        ),
    ]
