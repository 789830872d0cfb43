"""A whole plan for tests of pages: one of everything, and one person per role beside an outsider."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from aftaler.choices import Afsnitsart, Dokumenttype
from aftaler.models import Helhedsplan
from aftaler.pdf import papir_html
from aftaler.queries.dokument import Udgavestempel
from budget.models import Medfinansieringspulje, Revision, Satsvaerdi
from dokumenter import oejebliksbillede
from dokumenter.actions.udgave import hent_billede
from dokumenter.models import Udgave, Underskriver
from helhedsplan.rettigheder import ROLLER
from helhedsplan.sikkerhedskopi.tjek import filfelter, navngivne
from indikatorer.models import Maaling, Statusliste
from indikatorer.queries.bundnetal import henvisning_til
from indikatorer.queries.kontrol import talfund
from status import oejebliksbillede as statusbilleder
from status.models import Kvartalsstatus
from status.pdf import sha256, side_html
from tests import factories as f

ALLE_ARTER = {
    Dokumenttype.SAMARBEJDSAFTALE: [
        Afsnitsart.AFTALEDOKUMENTER,
        Afsnitsart.PROSA,
        Afsnitsart.KOBLINGSTABELLER,
        Afsnitsart.ORGANISERING,
        Afsnitsart.MAAL_OG_INDIKATORER,
        Afsnitsart.PROBLEMKOMPLEKSER,
    ],
    Dokumenttype.DELAFTALE: [
        Afsnitsart.PROSA,
        Afsnitsart.DELMAAL,
        Afsnitsart.AKTIVITETER,
        Afsnitsart.SAMARBEJDSPARTER,
    ],
    Dokumenttype.KOMMISSORIUM: [Afsnitsart.PROSA, Afsnitsart.BESTYRELSE],
}
PROSA = (
    '<h3>Baggrund</h3><p>Området har 4.209 beboere.<span class="fodnote">Beboerdata 2019</span></p>'
    "<ul><li>skole</li></ul><table><thead><tr><th>År</th></tr></thead><tbody><tr><td>2019</td></tr></tbody></table>"
)

UNDERSKRIFTSSIDER = {
    "underskrift-tavle", "underskrift-paamind", "underskriver-ret", "udgave-underskriv", "udgave-upload", "udgave-scan",
    "udgave-fil", "udgave-scan-traek", "underskriver-fuldmagt", "udgave-afgoerelsesbilag",
}  # fmt: skip


#: Pages of an edition that read its snapshot.
EGNE_UDGAVER = {
    "udgave-vis", "udgave-pdf", "udgave-billede", "udgave-frys", "udgave-godkend", "udgave-ikraft", "udgave-traek",
    "udgave-niveau", "udgave-offentliggoer", "udgave-sammenlign", "udgave-word", "sammenlign-word",
    "udgave-skabelon", "udkast-del",
}  # fmt: skip


STATUSNAVNE = {"status", "statusdelaftale", "statusaktivitet", "laeselink", "spoergsmaal"}
STATUSKLADDER = {
    "status-skriv", "status-proev", "status-ret", "statusdelaftale-ret", "statusaktivitet-ret", "status-send",
    "status-tilbage", "status-publicer", "status-slet",
}  # fmt: skip


STEMMESIDER = {"punkt-stem", "punkt-afgoer", "inhabil-opret", "inhabil-slet", "fremmoede-ret"}
MOEDENAVNE = {"moede", "punkt", "dagsorden", "referat", "punktreferat", "moedepapir"}


class Fortrudt(Exception):
    """Thrown inside a transaction to take back what was written in it."""


@dataclass
class Verden:
    plan: Helhedsplan
    delaftale: object
    brugere: dict = field(default_factory=dict)
    """Role key -> user; 'fremmed' has an account but no plan, 'ude' is nobody at all."""

    def argumenter(self, navn: str) -> dict:
        """The address of one real thing for each named URL of a plan."""
        p, a = self.plan, self.delaftale
        slags, organisation = navn.partition("-")[0], p.parter.first().organisation
        foerste = {"delmaal": a.delmaal, "aktivitet": a.aktiviteter, "parameter": p.regelsaet.parametre}.get(slags)
        alle = (
            {
                "plan": p.noegle,
                "omraade": a.noegle,
                "afsnit": {
                    "delaftaleafsnit-ret": "delaftale-prosa",
                    "delaftaleafsnit-hent": "delaftale-prosa",
                    "kommissoriumafsnit-ret": "kommissorium-prosa",
                    "kommissoriumafsnit-hent": "kommissorium-prosa",
                }.get(navn, "prosa"),
                "papir": "milepaelsplan",
                "lag": p.lag.first().noegle,
                "noegle": foerste.first().noegle if foerste is not None else "",
                "afdeling": organisation.afdelinger.first().pk,
                "nummer": 1,
                "slags": "omraade",
                "endelse": "csv",
            }
            | self.budgetargumenter(navn)
            | self.indikatorargumenter(navn)
        )
        raekker = {
            "part": p.parter,
            "omraade": p.omraader,
            "navne": p.omraader,
            "lag": p.lag,
            "gruppe": p.grupper,
            "medlem": p.medlemskaber.filter(rolle="observatoer"),
            "organisation": type(organisation).objects.filter(parter__plan=p),
            "afdeling": type(organisation).objects.filter(pk=organisation.pk),
            "koblingstabel": p.koblingstabeller,
            "billede": p.afsnit.get(skabelon__noegle="prosa").billeder,
            "bilag": p.bilag,
            "omtaltpapir": p.omtalte_papirer,
            "sats": p.satser,
            "satsvaerdi": p.satser if navn == "satsvaerdi-opret" else Satsvaerdi.objects.filter(sats__plan=p),
            "konto": p.konti,
            "revision": Revision.objects.filter(budget__plan=p),
            "pulje": Medfinansieringspulje.objects.filter(organisation__parter__plan=p),
            "sted": p.steder.order_by("-orden"),
            "importfil": p.importfiler,
            "maaling": Maaling.objects.filter(indikator__plan=p, indikator__noegle="maalt"),
            "accept": p.accepter,
            "omraadestatus": p.omraadestatus,
            "opfoelgning": p.opfoelgninger,
            "tal": p.afsnit.filter(skabelon__noegle="prosa"),
            "puljetilsagn": Medfinansieringspulje.objects.filter(organisation__parter__plan=p),
            "pakke": p.pakker,
            "frist": p.frister,
        }.get(slags)
        if navn == "bevisudgave-pdf" and not p.bevisudgaver.exists():
            f.BevisudgaveFactory(plan=p)
        if navn in {"udkast-pdf", "udkast-traek"}:
            return alle | {"pk": (p.delte_udkast.first() or f.DeltudkastFactory(plan=p)).pk}
        if navn == "kalender-holdt":
            moede = f.MoedeFactory(plan=p, dato=date(2026, 3, 1))
            return alle | {"linje": f"moede-{moede.pk}"}
        if navn == "moede-referatfil":
            return alle | {"pk": f.MoedeFactory(plan=p, holdt_andetsteds=True).pk}
        if navn == "uploadetreferat-bekraeft":
            return alle | {"pk": f.UploadetReferatFactory(plan=p, bekraeftet=None).pk}
        if navn.startswith("uploadetreferat-"):
            return alle | {"pk": f.UploadetReferatFactory(plan=p).pk}
        if navn == "plan-papirkurv-gendan":
            alle |= {"pk": f.SlettetFactory(plan_nr=p.pk, kaede=p.noegle, objekt_type="budget.sats").pk}
        ens = {"pk": raekker.first().pk} if raekker is not None else {}
        egne = self.udgaveargumenter(navn) | self.statusargumenter(navn) | self.moedeargumenter(navn)
        return alle | ens | egne | self.stemmeargumenter(navn)

    def stemmeargumenter(self, navn: str) -> dict:
        """A meeting whose agenda has been sent, with one item and a member who is disqualified in it."""
        if navn.startswith("bestyrelsesside"):
            return {"pk": f.BestyrelsessideFactory(plan=self.plan).pk}
        if navn.startswith("bestyrelsesmedlem-"):
            return {"pk": f.BestyrelsesmedlemFactory(side__plan=self.plan).pk}
        if navn not in STEMMESIDER:
            return {}
        moede = f.MoedeFactory(plan=self.plan, tilstand="indkaldt")
        punkt = f.DagsordenspunktFactory(moede=moede)
        inhabil = f.InhabilitetFactory(punkt=punkt)
        return {"pk": moede.pk, "punkt": punkt.pk, "inhabil": inhabil.pk}

    def moedeargumenter(self, navn: str) -> dict:
        """A planned meeting with one item; one of its own without any, where it is to be deleted."""
        if navn.partition("-")[0] not in MOEDENAVNE:
            return {}
        if navn == "moede-slet":
            return {"pk": f.MoedeFactory(plan=self.plan).pk}
        tilstand = "holdt" if "referat" in navn or navn == "moedepapir-pdf" else "planlagt"
        moede = self.plan.moeder.filter(tilstand=tilstand).first()
        moede = moede or f.MoedeFactory(plan=self.plan, tilstand=tilstand)
        punkt = moede.punkter.first() or f.DagsordenspunktFactory(moede=moede)
        if navn == "moedepapir-pdf" and not moede.papirer.exists():
            f.MoedepapirFactory(moede=moede)
        return {"pk": moede.pk, "punkt": punkt.pk, "art": "referat", "nummer": 1}

    def indikatorargumenter(self, navn: str) -> dict:
        """The indicator with figures, except where one is to be deleted; and the finding that its figures give."""
        fund = {"fund": talfund(self.plan)[0].noegle} if navn == "accept-opret" else {}
        return {"indikator": "ledig" if navn == "indikator-slet" else "maalt"} | fund

    def statusargumenter(self, navn: str) -> dict:
        """A draft where one is written, and a published status with a true snapshot, and no real paper, elsewhere."""
        if navn.partition("-")[0] not in STATUSNAVNE:
            return {}
        if navn in STATUSKLADDER:
            status = Kvartalsstatus.objects.filter(plan=self.plan, kvartal=2).first() or en_status(self.plan, 2)
            return {"kvartal": status.noegle, "noegle": self.delaftale.aktiviteter.first().noegle}
        status = Kvartalsstatus.objects.filter(plan=self.plan, kvartal=1).first() or publiceret_status(self.plan, 1)
        svares = {"pk": f.SpoergsmaalFactory(status=status).pk} if navn == "spoergsmaal-svar" else {}
        return {"kvartal": status.noegle} | svares

    def frosset(self, art: str, emne: str = "") -> Udgave:
        """An edition with a true snapshot, in force, as it was issued; its file is no real one."""
        stempel = Udgavestempel(1, date(2026, 1, 1), datetime(2026, 1, 1, 9, tzinfo=UTC), "")
        papir = oejebliksbillede.udkast(self.plan, art, emne)
        oejebliksbillede.gem_billeder(self.plan, papir)
        billede = oejebliksbillede.frossen(self.plan, art, emne, papir, stempel)
        udgave = f.UdgaveFactory(
            plan=self.plan,
            art=art,
            emne=emne,
            nummer=1,
            titel=billede.titel,
            dokument_id=billede.stempel.dokument_id,
            indhold=oejebliksbillede.som_json(billede),
            ikraft=self.plan.periode_fra,
        )
        f.FilrevisionFactory(udgave=udgave)
        return udgave

    @cached_property
    def udgave(self) -> Udgave:
        self.frosset("delaftale", self.delaftale.noegle)
        return self.frosset("samarbejdsaftale")

    @cached_property
    def underskriver(self) -> Underskriver:
        """A party that can sign an edition and has not."""
        udgave = f.UdgaveFactory(plan=self.plan)
        f.FilrevisionFactory(udgave=udgave)
        f.GodkendelseFactory(udgave=udgave, med_bilag=True)
        return f.UnderskriverFactory(udgave=udgave, bruger=f.BrugerFactory(), med_fuldmagt=True)

    def scan_af(self, udgave: Udgave) -> int:
        """The number of a scan of the edition's paper."""
        udstedt = udgave.filrevisioner.get(nummer=1)
        return f.FilrevisionFactory(udgave=udgave, nummer=2, art="scannet", foer=udstedt).nummer

    def udgaveargumenter(self, navn: str) -> dict:
        if navn in UNDERSKRIFTSSIDER:
            udgave = self.underskriver.udgave
            afgoerelse = udgave.godkendelser.get().pk
            egne = {
                "underskriver": self.underskriver.pk,
                "afgoerelse": afgoerelse,
                "nummer": self.scan_af(udgave) if navn == "udgave-scan-traek" else 1,
            }
            return egne | {"pk": udgave.pk}
        if not navn.startswith("dokument-") and navn not in EGNE_UDGAVER:
            return {}
        billeder: dict[str, bytes] = {}
        papir_html(hent_billede(self.udgave).papir, billeder)
        delaftale = {"art": "delaftale", "emne": self.delaftale.noegle}
        return delaftale | {"pk": self.udgave.pk, "sha256": next(iter(billeder))}

    def budgetargumenter(self, navn: str) -> dict:
        """The draft applied for, except where a scenario is to be deleted."""
        slettes = {"budget-slet": "scenarie", "finansieringskilde-slet": "ledig"}
        kilde = self.plan.finansieringskilder.first()
        return {
            "budget": slettes.get(navn, "ansoegt"),
            "kilde": slettes.get(navn, kilde.noegle if kilde else ""),
            "art": "timer",
            "konto": konto.noegle if (konto := self.plan.konti.first()) else "",
            "formaal": "faelles",
            "aar": 2026,
        }


def et_budget(plan: Helhedsplan, antal: int) -> None:
    """Budgets applied for (a draft) and granted (approved), with `antal` of each thing in them, and a scenario."""
    f.FinansieringskildeFactory(plan=plan, noegle="ledig", orden=900)
    kilder = f.FinansieringskildeFactory.create_batch(antal, plan=plan)
    kilder.append(f.FinansieringskildeFactory(plan=plan, lbf=True))
    satsvaerdi = f.SatsvaerdiFactory(sats__plan=plan)
    konti = f.KontoFactory.create_batch(antal, plan=plan)
    for budget in (
        f.BudgetFactory(plan=plan, art="ansoegt", noegle="ansoegt"),
        f.BudgetFactory(plan=plan, godkendt=True, noegle="bevilget"),
    ):
        for kilde in kilder:
            f.BidragFactory(budget=budget, kilde=kilde)
        timer = {"art": "timer", "maengde": 100, "satsvaerdi": satsvaerdi, "beloeb": 35000}
        f.BidragFactory(budget=budget, kilde=kilder[0], **timer)
        for konto in konti:
            f.UdgiftFactory(budget=budget, konto=konto)
    f.BudgetFactory(plan=plan, noegle="scenarie")
    for nummer in range(1, antal + 1):
        f.RevisionslinjeFactory(revision=f.RevisionFactory(budget=budget, nummer=nummer), kilde=kilder[0], planaar=2)
        f.ForbrugFactory(plan=plan, kilde=kilder[0], kvartal=nummer)
    kommune = f.PartFactory(plan=plan, organisation=f.OrganisationFactory(kommune=True)).organisation
    pulje = f.PuljetilsagnFactory(plan=plan, pulje__organisation=kommune).pulje
    f.PuljetilsagnFactory.create_batch(antal - 1, pulje=pulje)


def tal(plan: Helhedsplan, antal: int) -> None:
    """Fixed and local indicators with figures of the areas and the kommune; one figure cannot be right."""
    f.IndikatorFactory(plan=plan, noegle="ledig", navn="Uden tal", orden=900)
    f.StedFactory(plan=plan, navn="Ledigt sted", art="andet", omraade=None, orden=900)
    kommune = f.StedFactory(plan=plan, kommunen=True, navn="Kommunen")
    omraader = [f.StedFactory(plan=plan, omraade=omraade) for omraade in plan.omraader.all()]
    faste = plan.regelsaet.indsatsomraader.last().maal.last().indikatorer.all()
    maalte = [f.IndikatorFactory(plan=plan, fast=fast, gruppe="baseline", navn=fast.navn) for fast in faste]
    maalte.append(f.IndikatorFactory(plan=plan, noegle="maalt", navn="Unge i fritidsjob", retning="op"))
    f.MaalstiFactory(indikator=maalte[-1])
    for indikator in maalte:
        for aar, ekstra in ((2020, 4), (2024, 0)):
            for sted in omraader:
                felter = {"antal": 20 - ekstra, "grundlag": 80, "vaerdi": 25 - 5 * ekstra // 4}
                f.MaalingFactory(indikator=indikator, sted=sted, aar=aar, er_baseline=aar == 2020, **felter)
            f.MaalingFactory(indikator=indikator, sted=kommune, aar=aar, vaerdi=40 - ekstra)
    f.MaalingFactory(indikator=maalte[-1], sted=kommune, aar=2025, antal=20, grundlag=80, vaerdi=90)
    f.MaalingFactory(indikator=maalte[-1], sted=omraader[0], aar=2025, antal=3, grundlag=80, vaerdi=None)
    f.AcceptFactory.create_batch(antal, plan=plan)
    f.ImportskabelonFactory.create_batch(antal, plan=plan)
    overskrifter = "indikator;sted;år;begivenhed;dato;antal;grundlag;værdi;decimaler;tilstand;kilde;udtrukket;note\n"
    f.ImportfilFactory(plan=plan, fil__data=f"{overskrifter}Unge i fritidsjob;Kommunen;2023;;;;;31,5;1;;;;\n".encode())


def opfoelgning(plan: Helhedsplan, antal: int) -> None:
    """What the board has concluded, where the areas stood on the state's lists, and a figure that prose is bound to."""
    maal = plan.regelsaet.indsatsomraader.last().maal.last()
    tallet = {"indikator": maal.tekst, "sted": "Nord", "hvornaar": "2024", "tal": "16 (20 %)", "kilde": "Egen"}
    for nummer in range(1, antal + 1):
        f.OpfoelgningFactory(plan=plan, maal=maal, dato=date(2026, nummer, 12), tal=[tallet])
    liste = Statusliste.objects.first() or f.StatuskriteriumFactory(noegle="grundskole").liste
    for omraade in plan.omraader.all():
        f.OmraadestatusFactory(plan=plan, omraade=omraade, aar=2024, kategori=liste.navn)
    maaling = Maaling.objects.filter(indikator__plan=plan, indikator__noegle="maalt", aar=2020).first()
    afsnit = plan.afsnit.get(skabelon__noegle="prosa")
    afsnit.tekst += f'<p>I alt <span data-tal="{henvisning_til(maaling)}">20 %</span></p>'
    afsnit.save()
    f.TalbindingFactory(afsnit=afsnit, maaling=maaling, tekst="20 %")


def skabelon(regelsaet) -> None:
    for dokument, arter in ALLE_ARTER.items():
        for orden, art in enumerate(arter):
            i_aftalen = dokument == Dokumenttype.SAMARBEJDSAFTALE
            f.SkabelonafsnitFactory(
                regelsaet=regelsaet,
                dokument=dokument,
                noegle=art if i_aftalen else f"{dokument}-{art}",
                orden=orden,
                nummer=str(orden),
                titel=art.label,
                art=art,
                vejledning="Skriv kort og konkret.",
            )


def en_plan(antal: int = 1, **felter) -> tuple[Helhedsplan, object]:
    """A plan with one delaftale, and `antal` of each thing in it."""
    regelsaet = felter.pop("regelsaet", None) or f.RegelsaetFactory()
    if not regelsaet.skabelonafsnit.exists():
        skabelon(regelsaet)
        f.RegelparameterFactory(regelsaet=regelsaet)
        f.WordskabelonFactory(regelsaet=regelsaet)
        f.WordskabelonFactory(regelsaet=regelsaet, art="delaftale")
    plan = f.HelhedsplanFactory(regelsaet=regelsaet, **felter)
    omraade = f.IndsatsomraadeFactory(regelsaet=regelsaet)
    maal = f.OverordnetMaalFactory(indsatsomraade=omraade)
    f.FastIndikatorFactory.create_batch(antal, maal=maal)
    f.DelmaalsforslagFactory(indsatsomraade=omraade)
    aftale = f.DelaftaleFactory(plan=plan, indsatsomraade=omraade)
    afsnit = {s.noegle: s for s in regelsaet.skabelonafsnit.all()}
    tekst = f.AfsnitFactory(plan=plan, skabelon=afsnit["prosa"], tekst=PROSA)
    f.AfsnitFactory(delaftale=aftale, skabelon=afsnit["delaftale-prosa"], tekst=PROSA)
    over = f.GruppeFactory(plan=plan)
    f.SagsnummerFactory.create_batch(antal, plan=plan, gaelder="Nord")
    f.SideplanFactory.create_batch(antal, plan=plan)
    f.BehandlingFactory.create_batch(antal, plan=plan)
    f.FaellesFactory.create_batch(antal, plan=plan)
    f.PlanmilepaelFactory.create_batch(antal, plan=plan)
    f.RisikoFactory.create_batch(antal, plan=plan)
    f.BilagFactory.create_batch(antal, plan=plan)
    f.PakkeFactory.create_batch(antal, plan=plan)
    f.EgetMaalFactory.create_batch(antal, plan=plan)
    f.OmtaltpapirFactory.create_batch(antal, plan=plan)
    for nr in range(antal):
        f.FristFactory(plan=plan, titel=f"Frist {nr + 1}")
    f.AfsnitFactory(plan=plan, skabelon=afsnit["kommissorium-prosa"], tekst=PROSA)
    for _ in range(antal):
        part = f.PartFactory(plan=plan)
        afdeling = f.AfdelingFactory(organisation=part.organisation)
        boligomraade = f.OmraadeFactory(plan=plan, afdelinger=[afdeling])
        f.LagFactory(plan=plan, baggrund="Derfor længere", indhold="Hvad der sker", beloeb="2 mio. kr.")
        f.BilledeFactory(afsnit=tekst)
        f.PladsFactory(gruppe=f.GruppeFactory(plan=plan, over=over))
        f.KoblingsraekkeFactory(tabel=f.KoblingstabelFactory(plan=plan), maal=[maal])
        delmaal = f.DelmaalFactory(delaftale=aftale)
        aktivitet = f.AktivitetFactory(delaftale=aftale, omraader=[boligomraade], delmaal=[delmaal], baggrund=PROSA)
        f.MilepaelFactory(aktivitet=aktivitet)
        f.SamarbejdspartFactory(aktivitet=aktivitet)
        f.SamarbejdspartFactory(delaftale=aftale)
    et_budget(plan, antal)
    tal(plan, antal)
    opfoelgning(plan, antal)
    return plan, aftale


def verden(antal: int = 1, **felter) -> Verden:
    """A plan with a predecessor, and people in every role."""
    forgaenger, _ = en_plan(antal)
    plan, aftale = en_plan(antal, regelsaet=forgaenger.regelsaet, forgaenger=forgaenger, **felter)
    brugere = {rolle: f.BrugerFactory() for rolle in ROLLER}
    for rolle, bruger in brugere.items():
        egne = {"delaftaler": [aftale]} if rolle == "fagcenter" else {}
        f.MedlemskabFactory(plan=plan, bruger=bruger, rolle=rolle, **egne)
    return Verden(plan, aftale, brugere | {"fremmed": f.BrugerFactory()})


def filer_som_raekkerne_siger() -> None:
    """Rows made by the factories tell of files that nobody has kept, or of other bytes: keep them, as they say."""
    for fil in navngivne().values():
        if not default_storage.exists(fil.fil):
            default_storage.save(fil.fil, ContentFile(b"x"))
    for model in {model for model, _ in filfelter()}:
        for raekke in model._base_manager.all() if hasattr(model, "sha256") else ():
            with raekke.fil.open() as fil:
                sha = hashlib.sha256(fil.read()).hexdigest()
            model._base_manager.filter(pk=raekke.pk).update(sha256=sha)


def i_sporet(plan: Helhedsplan) -> None:
    """An entry in the plan's log, as all that people write leaves one; factories leave none. Pages and the bell are
    remembered until the next entry (`helhedsplan.sidecache`), so write one after what the factories change."""
    f.HaendelseFactory(kaede=plan.noegle, objekt=plan)


def en_status(plan: Helhedsplan, kvartal: int = 1, **felter) -> Kvartalsstatus:
    """The draft of a quarter of 2026 that lacks nothing."""
    status = f.KvartalsstatusFactory(plan=plan, kvartal=kvartal, sammenfatning="Det går fremad.", **felter)
    for aftale in plan.delaftaler.all():
        for aktivitet in aftale.aktiviteter.all():
            f.StatustalFactory(linje=f.StatuslinjeFactory(status=status, aktivitet=aktivitet))
    f.StatuspunktFactory(status=status, rejst=date(2026, 3, 20))
    return status


def publiceret_status(plan: Helhedsplan, kvartal: int = 1) -> Kvartalsstatus:
    """A published status with a true snapshot; its paper is no real one."""
    status = en_status(plan, kvartal)
    tid = datetime(2026, 5, 1, 9, tzinfo=UTC)
    billede = statusbilleder.frossen(statusbilleder.udkast(status, tid.date()), tid)
    papir = f.KvartalsstatusFactory.build(plan=plan, er_publiceret=True)
    side = side_html(billede)
    felter = {
        "tilstand": papir.tilstand,
        "publiceret_den": tid,
        "indhold": statusbilleder.som_json(billede),
        "indhold_sha256": statusbilleder.sha256(billede),
        "side": side,
        "side_sha256": sha256(side),
        "pdf": papir.pdf,
        "pdf_sha256": papir.pdf_sha256,
    }
    for felt, vaerdi in felter.items():
        setattr(status, felt, vaerdi)
    status.save()
    return status
