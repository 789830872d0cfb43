"""What stood in statuses, editions and evidence from before published figures were kept is reckoned as published."""

import re

from django.db import migrations

from indikatorer.rules.trykte import EGET, Figurer, Trykt, figurer, tid, trykte_i

KALDES = {
    "kommunen": "kommune",
    "almene boliger i kommunen": "almene_i_kommunen",
    "øvrige helhedsplaner": "oevrige_helhedsplaner",
    "øvrige hhp": "oevrige_helhedsplaner",
    "den almene sektor": "almen_sektor",
    "hele landet": "land",
}
EGNE = {"omraade", "afdeling", "flere_omraader"}


def papirerne(apps, plan):
    """All that has been given out, the oldest first: (when, its figures)."""
    navne = [(f", {i.navn}, {s.navn}", i.noegle, s.noegle) for i in plan.indikatorer.all() for s in plan.steder.all()]
    alle = {
        navn: apps.get_model(*navn.split(".")).objects.filter(plan_id=plan.pk)
        for navn in (
            "dokumenter.Udgave",
            "bestyrelse.Kvartalsstatus",
            "indikatorer.Opfoelgning",
            "bestyrelse.Bevisudgave",
        )
    }
    statusser = alle["bestyrelse.Kvartalsstatus"].exclude(indhold=None)
    ud = [
        *((u.frosset.date(), list(trykte_i(u.indhold))) for u in alle["dokumenter.Udgave"]),
        *((s.publiceret_den.date(), list(trykte_i(s.indhold))) for s in statusser),
        *((o.dato, list(trykte_i(o.tal))) for o in alle["indikatorer.Opfoelgning"]),
        *(
            (b.lavet.date(), [t for li in b.linjer for t in bevistal(li, navne)])
            for b in alle["bestyrelse.Bevisudgave"]
        ),
    ]
    return sorted(ud, key=lambda par: par[0])


def bevistal(linje, navne):
    """A line of the evidence: [.., indicator, place] and "figure, when, source"."""
    om, ord_ = re.sub(r" \(\d+\)$", "", linje[0]), linje[1]
    for slut, indikator, sted in navne:
        if om.endswith(slut):
            for del_ in re.findall(r"(?<=, )(?:[^,]* )?\d{4}(?=,|$)", ord_)[:1]:
                yield Trykt(indikator, sted, del_, ord_.split(f", {del_}")[0])


def find_indikator(plan, navn):
    alle = list(plan.indikatorer.all())
    for i in alle:
        if navn in (i.noegle, i.navn):
            return i
    return next((i for i in alle if navn.startswith(f"{i.navn} (")), None)


def find_sted(apps, plan, indikator, trykt, aar):
    steder = list(plan.steder.all())
    if trykt.sted != EGET:
        art = KALDES.get(trykt.sted.lower())
        fundne = [s for s in steder if trykt.sted in (s.noegle, s.navn)] or [s for s in steder if art and s.art == art]
        return fundne[0] if len(fundne) == 1 else None
    maalte = apps.get_model("indikatorer", "Maaling").objects.filter(indikator_id=indikator.pk, aar=aar)
    med = set(maalte.values_list("sted_id", flat=True))
    egne = [s for s in steder if s.art in EGNE and s.pk in med]
    hele = set(plan.omraader.values_list("pk", flat=True))
    samlede = [s for s in egne if set(s.omraader.values_list("pk", flat=True)) == hele] if len(egne) > 1 else egne
    return samlede[0] if len(samlede) == 1 else None


def sammen(foer: Figurer, nu: Figurer) -> Figurer:
    """The newest, with what an older paper told more of the same figure."""
    ens = [a is None or b is None or a == b for a, b in zip(foer[:3], nu[:3], strict=True)]
    if not all(ens):
        return nu
    felter = [b if b is not None else a for a, b in zip(foer[:3], nu[:3], strict=True)]
    return Figurer(*felter, nu.decimaler if nu.vaerdi is not None else foer.decimaler)


def gem(apps, schema_editor=None):
    UdgivetTal = apps.get_model("indikatorer", "UdgivetTal")
    felter = ("indikator_id", "sted_id", "aar", "begivenhed")
    for plan in apps.get_model("aftaler", "Helhedsplan").objects.all():
        fundne: dict[tuple, Figurer] = {}
        for _, tallene in papirerne(apps, plan):
            for trykt in tallene:
                indikator, tiden = find_indikator(plan, trykt.indikator), tid(trykt.hvornaar)
                if indikator is None or tiden is None:
                    continue
                nu = figurer(trykt.tekst, indikator.enhed)
                sted = find_sted(apps, plan, indikator, trykt, tiden[0]) if any(n is not None for n in nu[:3]) else None
                if sted:
                    noegle = (indikator.pk, sted.pk, *tiden)
                    fundne[noegle] = sammen(fundne.get(noegle, Figurer()), nu)
        kendte = set(UdgivetTal.objects.filter(indikator__plan_id=plan.pk).values_list(*felter))
        UdgivetTal.objects.bulk_create(
            UdgivetTal(**dict(zip(felter, noegle, strict=True)), **tal._asdict())
            for noegle, tal in fundne.items()
            if noegle not in kendte
        )


class Migration(migrations.Migration):
    dependencies = [
        ("bestyrelse", "0008_uploadet_referat"),
        ("dokumenter", "0001_udgaver"),
        ("indikatorer", "0003_udgivne_tal"),
    ]

    operations = [migrations.RunPython(gem, migrations.RunPython.noop, elidable=True)]
