import django.db.models.deletion
from django.db import migrations, models

import helhedsplan.felter


def saet_orden(apps, schema_editor):
    """As plan files have had them: by organisation, and by number or name."""
    raekker = apps.get_model("aftaler", "Omraadeafdeling").objects.select_related("afdeling__organisation")
    pr_omraade = {}
    for raekke in raekker:
        afdeling = raekke.afdeling
        sted = f"{afdeling.organisation.noegle}/{afdeling.nummer or afdeling.navn}"
        pr_omraade.setdefault(raekke.omraade_id, []).append((sted, raekke))
    for fundne in pr_omraade.values():
        for orden, (_, raekke) in enumerate(sorted(fundne, key=lambda par: par[0]), 1):
            raekke.orden = orden
            raekke.save(update_fields=["orden"])


class Migration(migrations.Migration):
    dependencies = [("aftaler", "0022_lagets_beloeb")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE aftaler_omraade_afdelinger RENAME TO aftaler_omraadeafdeling",
                    "ALTER TABLE aftaler_omraadeafdeling RENAME TO aftaler_omraade_afdelinger",
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Omraadeafdeling",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "omraade",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="medafdelinger",
                                to="aftaler.omraade",
                                verbose_name="område",
                            ),
                        ),
                        (
                            "afdeling",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="medomraader",
                                to="aftaler.afdeling",
                                verbose_name="afdeling",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "afdeling i et område",
                        "verbose_name_plural": "afdelinger i områder",
                        "unique_together": {("omraade", "afdeling")},
                    },
                ),
                migrations.AlterField(
                    model_name="omraade",
                    name="afdelinger",
                    field=models.ManyToManyField(
                        blank=True,
                        related_name="omraader",
                        through="aftaler.Omraadeafdeling",
                        to="aftaler.afdeling",
                        verbose_name="afdelinger",
                    ),
                ),
            ],
        ),
        migrations.AlterUniqueTogether(name="omraadeafdeling", unique_together=set()),
        migrations.CreateModel(
            name="Omraadeindsats",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("orden", models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge")),
                ("fra", models.DateField(blank=True, null=True, verbose_name="med fra")),
                (
                    "fra_sagt",
                    helhedsplan.felter.Linje(blank=True, default="", max_length=80, verbose_name="med fra, som oplyst"),
                ),
                ("til", models.DateField(blank=True, null=True, verbose_name="til")),
                (
                    "til_sagt",
                    helhedsplan.felter.Linje(blank=True, default="", max_length=80, verbose_name="til, som oplyst"),
                ),
            ],
            options={
                "verbose_name": "indsatsområde i et område",
                "verbose_name_plural": "indsatsområder i områder",
                "ordering": ["omraade_id", "orden", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Omraadestoerrelse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("orden", models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge")),
                (
                    "hvad",
                    models.CharField(
                        choices=[("boliger", "Boliger"), ("beboere", "Beboere"), ("afdelinger", "Afdelinger")],
                        max_length=20,
                        verbose_name="hvad",
                    ),
                ),
                ("antal", helhedsplan.felter.Linje(max_length=60, verbose_name="antal")),
                ("opgjort", models.DateField(blank=True, null=True, verbose_name="opgjort")),
                (
                    "opgjort_sagt",
                    helhedsplan.felter.Linje(blank=True, default="", max_length=80, verbose_name="opgjort, som oplyst"),
                ),
                ("kilde", helhedsplan.felter.Linje(blank=True, max_length=200, verbose_name="kilde")),
            ],
            options={
                "verbose_name": "størrelse",
                "verbose_name_plural": "størrelser",
                "ordering": ["omraade_id", "orden", "pk"],
            },
        ),
        migrations.AddField(
            model_name="omraadeafdeling",
            name="fra",
            field=models.DateField(blank=True, null=True, verbose_name="med fra"),
        ),
        migrations.AddField(
            model_name="omraadeafdeling",
            name="fra_sagt",
            field=helhedsplan.felter.Linje(blank=True, default="", max_length=80, verbose_name="med fra, som oplyst"),
        ),
        migrations.AddField(
            model_name="omraadeafdeling",
            name="orden",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="rækkefølge"),
        ),
        migrations.AddField(
            model_name="omraadeafdeling",
            name="til",
            field=models.DateField(blank=True, null=True, verbose_name="til"),
        ),
        migrations.AddField(
            model_name="omraadeafdeling",
            name="til_sagt",
            field=helhedsplan.felter.Linje(blank=True, default="", max_length=80, verbose_name="til, som oplyst"),
        ),
        migrations.AddConstraint(
            model_name="omraadeafdeling",
            constraint=models.UniqueConstraint(
                fields=("omraade", "afdeling"),
                name="omraadeafdeling_en_gang",
                violation_error_code="afdeling",
                violation_error_message="Afdelingen står to gange i området.",
            ),
        ),
        migrations.AddConstraint(
            model_name="omraadeafdeling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fra__isnull", True), ("til__isnull", True), ("til__gte", models.F("fra")), _connector="OR"
                ),
                name="omraadeafdeling_i_orden",
                violation_error_code="til",
                violation_error_message="Det går ud, før det kommer med. Ret en af datoerne.",
            ),
        ),
        migrations.AddConstraint(
            model_name="omraadeafdeling",
            constraint=models.CheckConstraint(
                condition=models.Q(("fra__isnull", True), ("fra_sagt", ""), _connector="OR"),
                name="omraadeafdeling_fra_dag_eller_ord",
                violation_error_message="Skriv enten dagen eller det, der er oplyst, ikke begge dele.",
            ),
        ),
        migrations.AddConstraint(
            model_name="omraadeafdeling",
            constraint=models.CheckConstraint(
                condition=models.Q(("til__isnull", True), ("til_sagt", ""), _connector="OR"),
                name="omraadeafdeling_til_dag_eller_ord",
                violation_error_message="Skriv enten dagen eller det, der er oplyst, ikke begge dele.",
            ),
        ),
        migrations.AddField(
            model_name="omraadeindsats",
            name="indsatsomraade",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="omraader",
                to="aftaler.indsatsomraade",
                verbose_name="indsatsområde",
            ),
        ),
        migrations.AddField(
            model_name="omraadeindsats",
            name="omraade",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="indsatser",
                to="aftaler.omraade",
                verbose_name="område",
            ),
        ),
        migrations.AddField(
            model_name="omraadestoerrelse",
            name="omraade",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="stoerrelser",
                to="aftaler.omraade",
                verbose_name="område",
            ),
        ),
        migrations.AddConstraint(
            model_name="omraadeindsats",
            constraint=models.UniqueConstraint(
                fields=("omraade", "indsatsomraade"),
                name="omraadeindsats_en_gang",
                violation_error_code="indsatsomraade",
                violation_error_message="Indsatsområdet står to gange i området.",
            ),
        ),
        migrations.AddConstraint(
            model_name="omraadeindsats",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("fra__isnull", True), ("til__isnull", True), ("til__gte", models.F("fra")), _connector="OR"
                ),
                name="omraadeindsats_i_orden",
                violation_error_code="til",
                violation_error_message="Det går ud, før det kommer med. Ret en af datoerne.",
            ),
        ),
        migrations.AddConstraint(
            model_name="omraadeindsats",
            constraint=models.CheckConstraint(
                condition=models.Q(("fra__isnull", True), ("fra_sagt", ""), _connector="OR"),
                name="omraadeindsats_fra_dag_eller_ord",
                violation_error_message="Skriv enten dagen eller det, der er oplyst, ikke begge dele.",
            ),
        ),
        migrations.AddConstraint(
            model_name="omraadeindsats",
            constraint=models.CheckConstraint(
                condition=models.Q(("til__isnull", True), ("til_sagt", ""), _connector="OR"),
                name="omraadeindsats_til_dag_eller_ord",
                violation_error_message="Skriv enten dagen eller det, der er oplyst, ikke begge dele.",
            ),
        ),
        migrations.AddConstraint(
            model_name="omraadestoerrelse",
            constraint=models.CheckConstraint(
                condition=models.Q(("opgjort__isnull", True), ("opgjort_sagt", ""), _connector="OR"),
                name="omraadestoerrelse_opgjort_dag_eller_ord",
                violation_error_message="Skriv enten dagen eller det, der er oplyst, ikke begge dele.",
            ),
        ),
        migrations.AlterModelOptions(
            name="omraadeafdeling",
            options={
                "ordering": ["omraade_id", "orden", "pk"],
                "verbose_name": "afdeling i et område",
                "verbose_name_plural": "afdelinger i områder",
            },
        ),
        migrations.RunPython(saet_orden, migrations.RunPython.noop),
    ]
