from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aftaler", "0035_behandling_og_faelles"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="gruppe",
            name="gruppe_anden_slags_har_navn",
        ),
        migrations.AddConstraint(
            model_name="gruppe",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("art", "anden"), _negated=True),
                    models.Q(("artsnavn", ""), _negated=True),
                    _connector="OR",
                ),
                name="gruppe_anden_slags_har_navn",
                violation_error_code="artsnavn",
                violation_error_message="Skriv slagsen i egne ord, når den er »Anden slags«.",
            ),
        ),
    ]
