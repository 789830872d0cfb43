from django.db import migrations


def del_formandens_plads(apps, schema_editor):
    """A chairman in a seat that is there several times has one of them; the rest are seats without him."""
    Plads = apps.get_model("aftaler", "Plads")
    for plads in Plads.objects.filter(formand=True, antal__gt=1):
        Plads.objects.create(
            gruppe_id=plads.gruppe_id,
            titel=plads.titel,
            organisation_id=plads.organisation_id,
            antal=plads.antal - 1,
            betingelse=plads.betingelse,
            orden=plads.orden,
        )
        plads.antal = 1
        plads.save(update_fields=["antal"])


class Migration(migrations.Migration):
    dependencies = [("aftaler", "0027_sideplaner")]

    operations = [migrations.RunPython(del_formandens_plads, migrations.RunPython.noop)]
