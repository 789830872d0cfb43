"""The table of the shared cache: counts of tries, which nothing is lost with."""

from django.core.management import call_command
from django.db import migrations


def lav(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("helhedsplan", "0001_samlet")]

    operations = [migrations.RunPython(lav, migrations.RunPython.noop)]
