import helhedsplan.felter
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aftaler", "0028_en_formand_paa_en_plads"),
    ]

    operations = [
        migrations.AddField(
            model_name="gruppe",
            name="artsnavn",
            field=helhedsplan.felter.Linje(blank=True, default="", max_length=60, verbose_name="slags i egne ord"),
        ),
        migrations.AlterField(
            model_name="gruppe",
            name="art",
            field=models.CharField(
                choices=[
                    ("bestyrelse", "Bestyrelse"),
                    ("foelgegruppe", "Følgegruppe"),
                    ("sekretariat", "Sekretariat"),
                    ("arbejdsgruppe", "Arbejdsgruppe"),
                    ("anden", "Anden slags"),
                ],
                max_length=20,
                verbose_name="art",
            ),
        ),
        migrations.AddConstraint(
            model_name="gruppe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("art__in", ["bestyrelse", "foelgegruppe", "sekretariat", "arbejdsgruppe", "anden"])
                ),
                name="gruppe_art_kendt",
                violation_error_code="art",
                violation_error_message="Vælg, hvad det er for en gruppe.",
            ),
        ),
        migrations.AddConstraint(
            model_name="gruppe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("art", "anden"), models.Q(("artsnavn", ""), _negated=True)),
                    models.Q(models.Q(("art", "anden"), _negated=True), ("artsnavn", "")),
                    _connector="OR",
                ),
                name="gruppe_anden_slags_har_navn",
                violation_error_code="artsnavn",
                violation_error_message="Skriv slagsen i egne ord, når den er »Anden slags«, og ellers ikke.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plads",
            constraint=models.CheckConstraint(
                condition=models.Q(("formand", False), ("antal__isnull", True), ("antal", 1), _connector="OR"),
                name="plads_en_formand",
                violation_error_code="antal",
                violation_error_message="En plads med formand er én plads. Skriv de øvrige som en plads for sig.",
            ),
        ),
    ]
