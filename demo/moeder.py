"""A made-up board for the plan of `demo`: who sits on it, one meeting that was held, and one to come.

Made by the actions that people use, so that every hash and vote is a true one. Names are roles; the texts are invented
and say so. Nothing is touched in a plan that has a board already.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from aftaler.actions import raekker
from aftaler.choices import Dokumentart, Organisationsart
from aftaler.models import Helhedsplan
from demo.statusser import PLAN
from demo.tal import OPDIGTET, OPFOELGNINGER
from dokumenter.actions.udgave import frys
from helhedsplan.models import Bruger
from moeder.actions import afstemning, moede, moedepapir
from moeder.actions.moedepapir import Forsendelse
from moeder.actions.sammensaetning import opret_medlem
from moeder.choices import Fremmoedeart, Maaludfald, Moedeart, Punktresultat, Punktslags, Stemmevalg
from moeder.models import Bestyrelsesmedlem, Bestyrelsesside, Dagsordenspunkt, Moede
from status.models import Kvartalsstatus

STED = "Beboerhuset i Vejleåparken"
HOLDT, KOMMENDE = date(2026, 9, 17), date(2026, 12, 10)
#: Side -> (kind of organisation, has a vote, its members: name, title, chair, number of the demo's board account).
SIDER: list[tuple[str, str, bool, list[tuple[str, str, bool, int | None]]]] = [
    (
        "Boligforeningen AAB", Organisationsart.BOLIGORGANISATION.value, True,
        [("Formand A, Demo", "Formand for bestyrelsen", True, 0), ("Chef B, Demo", "Social chef", False, 1)],
    ),
    (
        "Ishøj Kommune", Organisationsart.KOMMUNE.value, True,
        [("Direktør C, Demo", "Velfærdsdirektør", True, 2), ("Centerchef D, Demo", "Centerchef", False, None)],
    ),
    ("Politiet", "", False, [("Kommissær E, Demo", "Lokalpolitiet", True, None)]),
]  # fmt: skip


def sikr_moeder(leder: Bruger, medlemmer: Sequence[Bruger]) -> bool:
    """Make the board and its meetings once; True when they were made. medlemmer: the accounts of board members."""
    plan = Helhedsplan.objects.select_related("regelsaet").filter(noegle=PLAN).first()
    if plan is None or plan.bestyrelsessider.exists() or plan.moeder.exists():
        return False
    pladser = _bestyrelse(plan, leder, medlemmer)
    _holdt(plan, leder, pladser)
    _kommende(plan, leder)
    return True


def _bestyrelse(plan: Helhedsplan, leder: Bruger, konti: Sequence[Bruger]) -> list[Bestyrelsesmedlem]:
    organisationer = {p.organisation.art: p.organisation for p in plan.parter.select_related("organisation")}
    pladser = []
    for navn, art, har_stemme, medlemmer in SIDER:
        side = Bestyrelsesside(plan=plan, navn=navn, organisation=organisationer.get(art), har_stemme=har_stemme)
        raekker.opret(bruger=leder, objekt=side)
        for medlemsnavn, titel, formand, konto in medlemmer:
            medlem = Bestyrelsesmedlem(
                side=side,
                navn=medlemsnavn,
                titel=titel,
                formand=formand,
                bruger=None if konto is None else konti[konto],
                fra=plan.periode_fra,
            )
            pladser.append(opret_medlem(bruger=leder, medlem=medlem))
    return pladser


def _om_maal(*numre: int) -> list[dict]:
    return [{"nummer": nummer, "udfald": "", "konklusion": ""} for nummer in numre]


def _fulgt_op() -> list[dict]:
    """What the meeting did with the goals: three were followed up, and the fourth put off."""
    gjorte = [
        {"nummer": nummer, "udfald": Maaludfald.FULGT_OP.value, "konklusion": f"{konklusion} {OPDIGTET}"}
        for dag, nummer, _, konklusion in OPFOELGNINGER[PLAN]
        if dag == HOLDT
    ]
    udsat = {"nummer": 4, "udfald": Maaludfald.UDSAT.value, "konklusion": "Tages op på næste møde."}
    return [*gjorte, udsat]


def _moede(plan: Helhedsplan, leder: Bruger, dato: date, punkter: list[dict]) -> tuple[Moede, list[Dagsordenspunkt]]:
    """A meeting of the board with its agenda, not yet sent."""
    nyt = Moede(plan=plan, art=Moedeart.BESTYRELSE, dato=dato, start=time(15), slut=time(17), sted=STED)
    moede.opret_moede(bruger=leder, moede=nyt)
    return nyt, [moede.opret_punkt(bruger=leder, punkt=Dagsordenspunkt(moede=nyt, **felter)) for felter in punkter]


def _holdt(plan: Helhedsplan, leder: Bruger, pladser: list[Bestyrelsesmedlem]) -> None:
    """One side votes as one, an absent member has given a proxy, and the observers do not vote."""
    status = Kvartalsstatus.objects.filter(plan=plan, aar=2026, kvartal=1).first()
    nyt, punkter = _moede(
        plan,
        leder,
        HOLDT,
        [
            {"titel": "Status for 1. kvartal 2026", "slags": Punktslags.ORIENTERING, "status": status},
            {
                "titel": "Åbningstid i CykelVærestedet",
                "indstilling": "Det indstilles, at CykelVærestedet holder åbent til kl. 19 om torsdagen.",
                "problemstilling": f"Flere voksne vil gerne komme efter arbejde. {OPDIGTET}",
                "oekonomi": "Ingen. Timerne flyttes fra tirsdag.",
            },
            {"titel": "Opfølgning på de faste mål", "slags": Punktslags.ORIENTERING, "maal": _om_maal(1, 2, 3, 4)},
        ],
    )
    moedepapir.send_dagsorden(
        bruger=leder, moede=nyt, version=None, til=Forsendelse(hvornaar=datetime(2026, 9, 8, 8, tzinfo=UTC))
    )
    formand, chef, direktoer, centerchef, _ = pladser
    fremmoede = [{"medlem": m, "art": Fremmoedeart.TIL_STEDE, "fuldmagt_til": None} for m in pladser if m != centerchef]
    fremmoede.append({"medlem": centerchef, "art": Fremmoedeart.AFBUD, "fuldmagt_til": direktoer})
    afstemning.ret_fremmoede(bruger=leder, moede=nyt, raekker=[raekke | {"version": None} for raekke in fremmoede])
    aabningstid = Dagsordenspunkt.objects.get(pk=punkter[1].pk)
    for medlem in (formand, chef, direktoer, centerchef):
        afstemning.stem(
            bruger=leder, punkt=aabningstid, medlem=medlem, valg=Stemmevalg.FOR, sha256=aabningstid.genstand_sha256
        )
    nyt.refresh_from_db()
    moedepapir.hold(bruger=leder, moede=nyt)
    status_punkt, aabningstid, maalene = (Dagsordenspunkt.objects.get(pk=p.pk) for p in punkter)
    for punkt, resultat, tekst in (
        (status_punkt, Punktresultat.EFTERRETNING, "Bestyrelsen holder øje med ventetiden i rådgivningen."),
        (aabningstid, Punktresultat.GODKENDT, "Den nye åbningstid prøves i et halvt år."),
        (maalene, Punktresultat.EFTERRETNING, "Målene 1, 2 og 3 er drøftet. Mål 4 tages op på næste møde."),
    ):
        afstemning.afgoer(
            bruger=leder,
            punkt=punkt,
            resultat=resultat,
            dato=HOLDT,
            enighed=True,
            tekst=tekst,
            sha256=punkt.genstand_sha256,
        )
    felter = {"referat": f"Formanden bød velkommen. {OPDIGTET}"}
    moedepapir.ret_referat(bruger=leder, moede=nyt, felter=felter, version=None)
    moedepapir.ret_punktreferat(bruger=leder, punkt=maalene, felter={"maal": _fulgt_op()}, version=None)
    til = Forsendelse(hvornaar=datetime(2026, 9, 24, 8, tzinfo=UTC))
    referat = moedepapir.send_referat(bruger=leder, moede=nyt, version=None, til=til)
    for medlem in pladser:
        if medlem.bruger:
            moedepapir.svar_paa_referat(bruger=medlem.bruger, papir=referat, godkendt=True)


def _kommende(plan: Helhedsplan, leder: Bruger) -> None:
    """A delaftale waits for the board's decision, and may not be signed before it."""
    udgave = frys(bruger=leder, plan=plan, art=Dokumentart.DELAFTALE, emne="beskaeftigelse")
    status = Kvartalsstatus.objects.filter(plan=plan, aar=2026, kvartal=3).first()
    nyt, _ = _moede(
        plan,
        leder,
        KOMMENDE,
        [
            {"titel": "Delaftale om beskæftigelse", "udgave": udgave},
            {
                "titel": "En vikar i rådgivningen",
                "indstilling": "Det indstilles, at 120.000 kr. flyttes fra aktiviteter til en vikar.",
                "problemstilling": f"Stillingen har ikke kunnet besættes, og ventetiden er tre uger. {OPDIGTET}",
            },
            {"titel": "Status for 3. kvartal 2026", "slags": Punktslags.ORIENTERING, "status": status},
            {"titel": "Opfølgning på mål 4", "slags": Punktslags.ORIENTERING, "maal": _om_maal(4)},
        ],
    )
    moedepapir.send_dagsorden(bruger=leder, moede=nyt, version=None, til=Forsendelse())
