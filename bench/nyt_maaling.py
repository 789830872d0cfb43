"""What is new since the plan before, and since the one before that, each of 100 activities under another pulje."""

from collections.abc import Sequence

from bench.maaling import Hentning, antal_forespoergsler, medianer

AFTALER, AKTIVITETER, DELMAAL, RUNDER = 4, 25, 10, 15


def maal() -> None:
    """Needs the database that `bench.__main__` has made."""
    from django.test import Client
    from django.urls import reverse

    from aftaler.models import Helhedsplan, Medlemskab
    from aftaler.queries.nyt import nyt_siden_forgaenger
    from helhedsplan.models import Bruger
    from helhedsplan.wsgi import application

    planer = lav_generationer()
    bruger = Bruger.objects.create_user("bench-nyt@bench.example", "x", navn="Nyt")
    Medlemskab.objects.create(plan=planer[-1], bruger=bruger, rolle="sekretariat")
    klient = Client()
    klient.force_login(bruger)
    hent = Hentning(application, "; ".join(f"{k}={v.value}" for k, v in klient.cookies.items()))
    siden = reverse("plan-nyt", args=[planer[-1].noegle])
    sider = {
        "gulv": "/gulv/",
        "siden forrige plan": siden,
        "over tre generationer": f"{siden}?siden={planer[0].noegle}",
    }
    tider = medianer({navn: lambda sti=sti: hent(sti) for navn, sti in sider.items()}, RUNDER)
    print(f"\nNyt siden forrige plan: {AFTALER * AKTIVITETER} aktiviteter i hver plan, median af {RUNDER} runder")
    for navn, sti in sider.items():
        ms, antal = tider[navn], antal_forespoergsler(hent, sti)
        print(f"{navn:<24} {ms:>7.1f} ms {ms / tider['gulv']:>6.1f} x {antal:>5} forespørgsler")
    plan = Helhedsplan.objects.get(pk=planer[-1].pk)
    tre, to = (
        medianer({"svar": lambda siden=siden: nyt_siden_forgaenger(plan, siden)}, RUNDER)["svar"]
        for siden in (planer[0].noegle, "")
    )
    print(f"{'svaret alene':<24} {to:>7.1f} ms; over tre generationer {tre:>6.1f} ms, {tre / to:>4.2f} x")


def lav_generationer() -> Sequence:
    """Three plans under three rule sets, each made of the one before; a fifth of the activities is new in each."""
    from aftaler.models import Aktivitet, Delaftale, Delmaal, Helhedsplan, Indsatsomraade, Regelsaet

    planer: list[Helhedsplan] = []
    foer: list[Delaftale] = []
    for g in range(3):
        regelsaet = Regelsaet.objects.create(noegle=f"bench-nyt-{g}", navn=f"Pulje {g}", verificeret="nej")
        plan = Helhedsplan.objects.create(
            noegle=f"bench-nyt-{g}", navn=f"Generation {g}", regelsaet=regelsaet, forgaenger=planer[-1] if g else None
        )
        aftaler = [
            Delaftale.objects.create(
                plan=plan,
                indsatsomraade=Indsatsomraade.objects.create(
                    regelsaet=regelsaet, noegle=f"o{g}-{nr}", nummer=nr, navn=f"Indsats {g}.{nr}"
                ),
            )
            for nr in range(AFTALER)
        ]
        for nr, aftale in enumerate(aftaler):
            gamle = list(foer[nr].aktiviteter.order_by("orden")) if foer else []
            if foer:
                aftale.fortsaetter.set([foer[nr]])
            Aktivitet.objects.bulk_create(
                Aktivitet(
                    delaftale=aftale, noegle=f"a{n}", navn=f"Aktivitet {g if n % 3 else 0}.{n}", orden=n,
                    fortsaetter=gamle[n] if gamle and n % 5 else None,
                )
                for n in range(AKTIVITETER)
            )  # fmt: skip
            Delmaal.objects.bulk_create(
                Delmaal(delaftale=aftale, noegle=f"d{n}", tekst=f"Delmål {n}, {g if n % 4 else 0}", orden=n)
                for n in range(DELMAAL)
            )
        planer.append(plan)
        foer = aftaler
    return planer
