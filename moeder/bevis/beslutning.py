"""Where the board's decision on a budget revision stands: on an item of a meeting, or in minutes put in as a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from aftaler.models import Helhedsplan
from aftaler.queries.indstillinger import parameter
from budget.models import Revision
from dokumenter import lager
from dokumenter.choices import TO_PAR_OEJNE
from helhedsplan.formats import lang_dato
from helhedsplan.models import Haendelse
from helhedsplan.models.haendelse import objekttype
from moeder.bevis.filord import filens_ord, referatets_mangler
from moeder.choices import Moedeart, Moedetilstand, Punktresultat, Punktslags
from moeder.models import Afgoerelse, Moede, UploadetReferat

IKKE_EFTERSET = "Referatet er ikke efterset: »{}« er lagt ind som fil, og ingen anden har bekræftet det."


@dataclass(frozen=True)
class Referatkilde:
    """Minutes that somebody has put in as a file. bekraeftet: another person has said that they are the minutes."""

    dag: date
    filnavn: str
    pdf: str
    sha256: str
    lagt_ind_af: int | None
    bekraeftet: bool

    def mangler(self) -> tuple[str, ...]:
        """What the file's own words lack as minutes of a board's meeting that day."""
        try:
            data = lager.hent(self.pdf, self.sha256)
        except lager.Lagerfejl:
            return ("Filen findes ikke mere, eller det er ikke den fil, der blev lagt ind.",)
        return referatets_mangler(filens_ord(data, self.dag, ()), self.dag)


def beslutning_mangler(revision: Revision, dag: date, bruger=None) -> str:
    """Why the board has not decided a revision that day, as far as is known here; '' when it has: on the revision's own
    item or one of its own text, or at a meeting elsewhere whose minutes are at hand and speak of it. `bruger`: who
    approves, where the plan demands that somebody else has seen the minutes."""
    plan = revision.plan
    if _afgjorte(plan, [revision]).filter(dato=dag).exists():
        return ""
    kilder = _kilder(plan, {dag})
    if not kilder:
        return (
            f"Beslutningsregistret har ingen beslutning fra bestyrelsen {lang_dato(dag)}, som kan gælde revisionen. "
            "Sæt den på en dagsorden, eller meld mødet holdt i kalenderen med referatet som fil."
        )
    to_par = bool(parameter(plan, TO_PAR_OEJNE))
    grunde = [_hvorfor_ikke(k, bruger if to_par else None) for k in kilder]
    return "" if "" in grunde else grunde[0]


def _hvorfor_ikke(k: Referatkilde, anden_end) -> str:
    if mangler := k.mangler():
        return f"Referatet »{k.filnavn}« kan ikke bruges. {' '.join(mangler)}"
    if anden_end and not k.bekraeftet and k.lagt_ind_af in (None, anden_end.pk):
        return (
            f"Planen kræver to par øjne: Den, der har lagt referatet »{k.filnavn}« ind, godkender ikke selv revisionen."
        )
    return ""


def beslutningsmaerker(plan: Helhedsplan, revisioner: Sequence[Revision]) -> dict[int, str]:
    """What to say of each approved revision whose decision stands in a file that nobody else has seen, by its key.
    Three queries where any has been decided by the board."""
    besluttede = [r for r in revisioner if r.bestyrelse_den]
    if not besluttede:
        return {}
    afgjorte = list(_afgjorte(plan, besluttede).values_list("dato", "punkt__revision"))
    kilder = _kilder(plan, {r.bestyrelse_den for r in besluttede}, med_hvem=False)
    maerker = {}
    for r in besluttede:
        egne = [k for k in kilder if k.dag == r.bestyrelse_den]
        paa_moede = any(dag == r.bestyrelse_den and pk in (None, r.pk) for dag, pk in afgjorte)
        if egne and not paa_moede and not any(k.bekraeftet for k in egne):
            maerker[r.pk] = IKKE_EFTERSET.format(egne[0].filnavn)
    return maerker


def _afgjorte(plan: Helhedsplan, revisioner: Sequence[Revision]):
    return Afgoerelse.objects.filter(
        punkt__moede__plan=plan,
        punkt__moede__art=Moedeart.BESTYRELSE,
        punkt__slags=Punktslags.BESLUTNING,
        punkt__udgave=None,
        punkt__status=None,
        resultat=Punktresultat.GODKENDT,
    ).filter(Q(punkt__revision=None) | Q(punkt__revision__in=revisioner))


def _kilder(plan: Helhedsplan, dage: Iterable[date | None], *, med_hvem: bool = True) -> list[Referatkilde]:
    moeder = Moede.objects.filter(plan=plan, art=Moedeart.BESTYRELSE, tilstand=Moedetilstand.HOLDT, dato__in=dage)
    moeder = moeder.exclude(referatfil="").order_by("pk")
    hvem = _lagt_ind(plan) if med_hvem and moeder else {}
    uploadede = UploadetReferat.objects.filter(plan=plan, trukket=None, dato__in=dage).order_by("pk")
    return [
        *(
            Referatkilde(m.dato, m.referatfil_navn, m.referatfil.name, m.referatfil_sha256, hvem.get(str(m.pk)), False)
            for m in moeder
        ),
        *(
            Referatkilde(r.dato, r.filnavn, r.pdf.name, r.pdf_sha256, r.uploadet_af_id, bool(r.bekraeftet))
            for r in uploadede
        ),
    ]


def _lagt_ind(plan: Helhedsplan) -> dict[str, int | None]:
    """Who has said last that a meeting was held, by its id in the log."""
    meldte = Haendelse.objects.filter(
        kaede=plan.noegle, objekt_type=objekttype(Moede), handling="meldt holdt"
    ).order_by("nummer")
    return dict(meldte.values_list("objekt_id", "bruger_id"))
