from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aftaler", "0035_behandling_og_faelles"),
        ("budget", "0005_penge_oven_paa"),
    ]

    operations = [
        migrations.AddField(
            model_name="puljetilsagn",
            name="faelles_med",
            field=models.ManyToManyField(
                blank=True,
                related_name="puljetilsagn_med",
                to="aftaler.helhedsplan",
                verbose_name="fælles med planerne",
            ),
        ),
    ]
