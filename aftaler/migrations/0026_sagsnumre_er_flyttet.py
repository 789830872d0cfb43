from django.db import migrations


class Migration(migrations.Migration):
    """In a transaction after the rows were moved: PostgreSQL does not alter a table that has checks waiting."""

    dependencies = [("aftaler", "0025_sagsnumre")]

    operations = [migrations.RemoveField(model_name="helhedsplan", name="lbf_sagsnummer")]
