import django.db.models.deletion
from django.db import migrations, models


def find_flyttede(apps, schema_editor):
    """Until now an item that was moved on was known by its title."""
    Dagsordenspunkt = apps.get_model("bestyrelse", "Dagsordenspunkt")
    uafgjorte = Dagsordenspunkt.objects.filter(moede__tilstand="holdt", slags="B", afgoerelse=None)
    for punkt in uafgjorte.select_related("moede").order_by("moede__dato", "pk"):
        moede = punkt.moede
        senere = Dagsordenspunkt.objects.filter(
            moede__plan=moede.plan_id, moede__art=moede.art, moede__dato__gte=moede.dato, titel=punkt.titel
        )
        senere = senere.exclude(moede=moede).exclude(moede__tilstand="aflyst").order_by("moede__dato", "pk")
        if (nyt := senere.first()) and nyt.flyttet_fra_id is None:
            Dagsordenspunkt.objects.filter(pk=nyt.pk).update(flyttet_fra=punkt)


class Migration(migrations.Migration):
    dependencies = [
        ("bestyrelse", "0012_bekraeftet_referat"),
    ]

    operations = [
        migrations.AddField(
            model_name="dagsordenspunkt",
            name="flyttet_fra",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="flyttet_til",
                to="bestyrelse.dagsordenspunkt",
                verbose_name="flyttet fra punktet",
            ),
        ),
        migrations.RunPython(find_flyttede, migrations.RunPython.noop, elidable=True),
    ]
