"""Papers of the board that hold one of everything their builders can say, and papers that hold nothing of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import ModuleType, SimpleNamespace
from unittest.mock import patch

from aftaler.models import Helhedsplan
from helhedsplan.blokke.model import Blokdokument
from moeder.models import Afgoerelse, Dagsordenspunkt, Moede
from moeder.queries.moedebillede import (
    Beslutningsbillede,
    Deltagerbillede,
    Genstandsbillede,
    Maalbillede,
    Maaltalbillede,
    Moedebillede,
    Ordskifte,
    Punktbillede,
    Talskifte,
    Taltabel,
    Tekstdel,
)
from status.choices import Lys
from status.queries.statusindhold import Pengelinje, Statusaktivitet, Statusantal, Statusmilepael, Statusomraade

SENDT = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
TABEL = Taltabel(
    "Finansiering, kr.",
    "Kilde",
    (
        Talskifte("Kommunen", Decimal(1000), Decimal("1250.50")),
        Talskifte("Ny fond", None, Decimal(10)),
        Talskifte("I alt", Decimal(1000), Decimal("1260.50"), er_sum=True),
    ),
)
GENSTAND = Genstandsbillede(
    "revision",
    "Revision 2",
    "0123456789abcdef",
    "Vi flytter.",
    (TABEL,),
    (Ordskifte("Lokal andel", "", "25 %"), Ordskifte("Kontanter", "10 kr.", "")),
    (("Kommunen, kontant", "Fælles", "År 2", Decimal(-500)),),
    ("Tag stilling.", "Beslut."),
    ("Der mangler en note.",),
    ("Økonomi er ikke skrevet.",),
    "Den kommer i maj.",
)
UDEN_TAL = Genstandsbillede("udgave", "Delaftalen, udgave 1", "fedcba", "", (), (), (), (), (), (), "Gammel grund.")
TAL = (
    Maaltalbillede("Unge i job", "Nord", "2024", "16 (20 %)", "Egen"),
    Maaltalbillede("Unge i job", "Syd", "2025", "17", ""),
)
MAAL = (Maalbillede(1, "Flere i job", "", "", "", TAL), Maalbillede(2, "Flere i skole", "", "", "", ()))
FULGT_OP = (Maalbillede(1, "Flere i job", "naaet", "Nået", "Vi fortsætter.", ()), replace(MAAL[1], tal=()))
BESLUTNING = Beslutningsbillede("Godkendt", True, "Med en note.", ("Kommunen: for", "AAB: imod"), ("Politiet",))
TEKSTER = (Tekstdel("Indstilling", "Det indstilles.\nAt."), Tekstdel("Videre proces", "Derefter."))
PUNKT = Punktbillede(11, 1, "B", "Beslutning", "Revision 2", TEKSTER, GENSTAND, "", None, MAAL)
KORT = Punktbillede(12, 2, "O", "Orientering", "Ferien", (), UDEN_TAL, "", None)
DELTAGERE = (
    Deltagerbillede("Kommunen", "Person A", "Chef", "Afbud", "Person B"),
    Deltagerbillede("AAB", "Person C", "", "", ""),
)
MOEDE = Moedebillede(
    "dagsorden", 2, "plan", "Planen", "Nord", ("Kommunen", "AAB"), "Bestyrelsesmøde", 7, date(2026, 3, 31),
    "15.00–17.00", "Beboerhuset", (PUNKT, KORT), ("Person A", "Person C"), sendt=SENDT, dokument_id="plan/moede-7",
)  # fmt: skip
REFERERET = (
    replace(PUNKT, maal=FULGT_OP, referat="Drøftet.", beslutning=BESLUTNING),
    replace(KORT, beslutning=replace(BESLUTNING, enighed=False, tekst="", stemmer=())),
    replace(PUNKT, pk=13, nummer=3, genstand=None, maal=()),
    replace(KORT, pk=14, nummer=4, genstand=None),
)


def moeder(modul: ModuleType) -> Iterator[tuple[str, Blokdokument]]:
    byg = modul.blokdokument
    yield "dagsorden", byg(MOEDE)
    kladde = replace(MOEDE, nummer=1, klokken="", sted="", modtagere=(), sendt=None, dokument_id="")
    yield "kort dagsorden som kladde", byg(replace(kladde, punkter=(replace(KORT, genstand=None),)))
    oekonomi = (*TEKSTER, Tekstdel("Økonomi", "Ingen."))
    yield "dagsorden med ord om penge", byg(replace(kladde, punkter=(replace(PUNKT, tekster=oekonomi),)))
    referat = replace(MOEDE, art="referat", punkter=REFERERET, indledning="Velkommen.", andre_deltagere="Gæst D")
    yield "referat", byg(replace(referat, deltagere=DELTAGERE))
    yield "kort referat", byg(replace(kladde, art="referat", punkter=()))
    yield from _indstillinger(modul)


def _indstillinger(modul: ModuleType) -> Iterator[tuple[str, Blokdokument]]:
    plan = Helhedsplan(noegle="plan", navn="Planen", omraadenavn="Nord")
    moede = Moede(plan=plan, art="bestyrelse", dato=date(2026, 3, 31), start=time(15))
    punkt = Dagsordenspunkt(
        moede=moede, slags="B", titel="Revision 2", indstilling="Det indstilles.", problemstilling="Penge.",
        loesning="Flyt.", oekonomi="Ingen.", videre_proces="Derefter.",
    )  # fmt: skip
    yield "indstilling", modul.indstilling(punkt, GENSTAND)
    ekstra = Moede(plan=Helhedsplan(navn="Kun navn"), navn="Ekstra", dato=date(2026, 4, 1))
    tomt = Dagsordenspunkt(moede=ekstra, slags="O", titel="Ferien")
    yield "indstilling, der ikke kan læses", modul.indstilling(tomt, None, "Papiret kan ikke læses.")
    yield "indstilling, der er afgjort andetsteds", modul.indstilling(tomt, None, "", "Udgaven er godkendt 1. april.")
    Afgoerelse(
        punkt=tomt, resultat="godkendt", enighed=True, dato=date(2026, 4, 1), tekst="Som indstillet.",
        stilling={"fravaerende": ["Politiet"]},
    )  # fmt: skip
    yield "indstilling, der er besluttet", modul.indstilling(tomt, UDEN_TAL)


# --- for residents ----------------------------------------------------------------------------------------------------

INGEN = Statusantal("Deltagere", None, False)
AKTIVITETER = tuple(Statusaktivitet(navn, navn, "groen", "", "", "", INGEN, ()) for navn in ("Fritidsjob", "Mentor"))
OMRAADER = tuple(
    Statusomraade(lys, f"Område {lys}", lys, "", "", "", AKTIVITETER if nr else ())
    for nr, lys in enumerate((*Lys.values, ""))
)
MILEPAELE = [Statusmilepael("", f"Milepæl {nr}", "", date(2026, nr, 1), "", False) for nr in (7, 8, 9, 10)]
LINJE = Pengelinje("I alt", Decimal(9_940_000), None, Decimal(1_460_000), None, 0, 0)
STATUS = SimpleNamespace(
    navn="2. kvartal 2026", plan_navn="Planen", kort_navn="Nord", publiceret=SENDT, lys=Lys.GROEN,
    til_beboere="Kom og vær med.\nDet er gratis.", omraader=OMRAADER, naeste_milepaele=MILEPAELE,
    penge=SimpleNamespace(i_alt=LINJE), forbehold=("Forbrug: et kvartal mangler.",),
)  # fmt: skip


class Raekker(list):
    """What a plan has of something, without a database."""

    def all(self):
        return self

    def select_related(self, *navne):
        assert navne
        assert all(hasattr(led, navn.partition("__")[0]) for led in self for navn in navne)
        return self

    prefetch_related = select_related


def kort(modul: ModuleType) -> list[tuple[str, Blokdokument]]:
    tom = SimpleNamespace(**vars(STATUS) | {"lys": "", "til_beboere": "", "naeste_milepaele": [], "omraader": ()})
    uden_forbrug = SimpleNamespace(**vars(tom) | {"penge": SimpleNamespace(i_alt=replace(LINJE, forbrug=None))})
    fuldt = SimpleNamespace(**vars(tom) | {"forbehold": ("Et andet forbehold.",)})
    uden_penge = SimpleNamespace(**vars(tom) | {"penge": SimpleNamespace(i_alt=None)})
    ud = [
        ("kort status", modul.kort_status(STATUS)),
        ("kort status, der næsten er tom", modul.kort_status(fuldt)),
        ("kort status uden forbrug", modul.kort_status(uden_forbrug)),
        ("kort status uden penge", modul.kort_status(uden_penge)),
    ]
    planer = [("kort plan", Decimal(12_300_000), _plan()), ("kort plan, tom", None, _tom_plan())]
    planer.append(("kort plan uden parter", Decimal(12_300_000), _tom_plan()))
    for navn, i_alt, plan in planer:
        svar = SimpleNamespace(i_alt=SimpleNamespace(budget_i_alt=i_alt))
        som_nu = patch.object(modul, "Navnebog", lambda _: lambda ting: ting.navn)
        hentet = patch.object(modul, "delaftaler_med_aktiviteter", lambda plan: plan.delaftaler)
        with som_nu, hentet, patch.object(modul, "opfoelgning", lambda _, svar=svar: svar):
            ud.append((navn, modul.kort_plan(plan)))
    return ud


def _plan() -> SimpleNamespace:
    lang = f"<p>At komme i gang. Og blive. {'Ord ' * 37}slut. For meget.</p><p>Mere.</p>"
    aktiviteter = Raekker(
        [SimpleNamespace(navn="Fritidsjob", formaal=lang), SimpleNamespace(navn="Mentor", formaal="")]
    )
    job, skole = (SimpleNamespace(noegle=navn.lower(), navn=navn) for navn in ("Job", "Skole"))
    aftaler = [(job, aktiviteter), (skole, Raekker())]
    return SimpleNamespace(
        navn="Planen",
        omraadenavn="Nord",
        periode="2026–2029",
        parter=Raekker(SimpleNamespace(organisation=o) for o in _navngivne("Kommunen", "AAB")),
        omraader=Raekker(_navngivne("Nord", "Syd")),
        delaftaler=Raekker(SimpleNamespace(indsatsomraade=o, aktiviteter=a) for o, a in aftaler),
    )


def _navngivne(*navne: str) -> list[SimpleNamespace]:
    return [SimpleNamespace(navn=navn, lagt_ind_i=None) for navn in navne]


def _tom_plan() -> SimpleNamespace:
    return SimpleNamespace(
        navn="Planen", omraadenavn="", periode="2026–2029", parter=Raekker(), omraader=Raekker(), delaftaler=Raekker()
    )
