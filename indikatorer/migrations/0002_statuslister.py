from django.db import migrations, models

import helhedsplan.felter


class Migration(migrations.Migration):
    """The criteria of the state's lists hang on their list; nothing has written the old table of them."""

    dependencies = [("indikatorer", "0001_initial")]

    operations = [
        migrations.DeleteModel(name="Statuskriterium"),
        migrations.CreateModel(
            name="Statusliste",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("noegle", models.SlugField(max_length=60, verbose_name="nøgle")),
                ("navn", helhedsplan.felter.Linje(max_length=80, verbose_name="navn")),
                ("orden", models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge")),
                ("fra_aar", models.PositiveSmallIntegerField(verbose_name="fra år")),
                ("til_aar", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="til år")),
                ("mindst", models.PositiveSmallIntegerField(default=0, verbose_name="mindst af de øvrige")),
                ("bygger_paa", models.SlugField(blank=True, max_length=60, verbose_name="bygger på")),
                ("aar_i_traek", models.PositiveSmallIntegerField(default=1, verbose_name="år i træk")),
                ("kilde", helhedsplan.felter.Linje(blank=True, max_length=200, verbose_name="kilde")),
                (
                    "verificeret",
                    models.CharField(
                        choices=[("kilde", "fra kilde"), ("nej", "ikke verificeret")],
                        default="nej",
                        max_length=10,
                        verbose_name="verificeret",
                    ),
                ),
            ],
            options={
                "verbose_name": "statusliste",
                "verbose_name_plural": "statuslister",
                "ordering": ["fra_aar", "orden", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=["noegle", "fra_aar"], name="statusliste_noegle"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("til_aar__isnull", True), ("til_aar__gte", models.F("fra_aar")), _connector="OR"
                        ),
                        name="statusliste_aar_i_orden",
                        violation_error_message="Listen kan ikke slutte, før den begynder.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statuskriterium",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("noegle", models.SlugField(max_length=60, verbose_name="kriterium")),
                ("navn", helhedsplan.felter.Linje(max_length=200, verbose_name="navn")),
                ("orden", models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge")),
                (
                    "art",
                    models.CharField(
                        choices=[("over", "over"), ("mindst", "mindst"), ("under", "under")],
                        max_length=10,
                        verbose_name="opfyldt, når tallet er",
                    ),
                ),
                ("graense", models.DecimalField(decimal_places=4, max_digits=10, verbose_name="grænse")),
                (
                    "enhed",
                    models.CharField(
                        choices=[("procent", "%"), ("gange", "gange landsgennemsnittet"), ("antal", "beboere")],
                        max_length=10,
                        verbose_name="enhed",
                    ),
                ),
                ("skal", models.BooleanField(default=False, verbose_name="skal være opfyldt")),
                (
                    "liste",
                    models.ForeignKey(
                        on_delete=models.deletion.CASCADE,
                        related_name="kriterier",
                        to="indikatorer.statusliste",
                        verbose_name="liste",
                    ),
                ),
            ],
            options={
                "verbose_name": "statuskriterium",
                "verbose_name_plural": "statuskriterier",
                "ordering": ["liste_id", "orden", "pk"],
                "constraints": [models.UniqueConstraint(fields=["liste", "noegle"], name="statuskriterium_noegle")],
            },
        ),
        migrations.AddField(
            model_name="opfoelgning",
            name="tal",
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name="tallene, som de blev vist"),
        ),
        migrations.AddConstraint(
            model_name="opfoelgning",
            constraint=models.CheckConstraint(
                condition=models.Q(("data_aar__gte", 1990), ("data_aar__lte", 2100)),
                name="opfoelgning_aar_muligt",
                violation_error_message="Årstallet skal ligge mellem 1990 og 2100.",
            ),
        ),
        migrations.AddConstraint(
            model_name="omraadestatus",
            constraint=models.CheckConstraint(
                condition=models.Q(("aar__gte", 1990), ("aar__lte", 2100)),
                name="omraadestatus_aar_muligt",
                violation_error_message="Årstallet skal ligge mellem 1990 og 2100.",
            ),
        ),
        migrations.RemoveConstraint(model_name="talbinding", name="talbinding_en_pr_tal"),
        migrations.AddConstraint(
            model_name="talbinding",
            constraint=models.UniqueConstraint(fields=["afsnit", "maaling", "tekst"], name="talbinding_en_pr_tal"),
        ),
    ]
