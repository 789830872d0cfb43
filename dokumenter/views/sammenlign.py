"""Two editions of a document, or an edition and the draft, held up against each other: on the page and in Word."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from aftaler.models import Helhedsplan
from aftaler.queries.dokument import Underskriftslinje
from aftaler.queries.navne import Navnebog
from aftaler.queries.plandele import parterne
from aftaler.views.faelles import PlanMixin, hent_plan
from dokumenter import lager, oejebliksbillede
from dokumenter.actions.udgave import hent_billede
from dokumenter.blokke import af_billede, blokdokument
from dokumenter.models import Udgave
from dokumenter.oejebliksbillede import Papir
from dokumenter.sammenlign import sammenlign
from dokumenter.sammenlign.html import viste
from dokumenter.sammenlign.resume import resume
from dokumenter.word import docx, docx_forskel
from helhedsplan.blokke.model import Billedblok, Blokdokument
from helhedsplan.formats import lang_dato
from helhedsplan.pdf import PdfFejl, arkivbillede, udkastlinje

KLADDE = "kladde"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Sammenligningsside:
    """One of the two papers: what the address calls it, what the page calls it, the paper, and what it is made of."""

    vaerdi: str
    navn: str
    dokument: Blokdokument
    papir: Papir


def hent_udgave(plan: Helhedsplan, pk: int) -> Udgave:
    udgave = Udgave.objects.filter(plan=plan, pk=pk).first()
    if udgave is None:
        raise Http404("Planen har ikke den udgave.")
    udgave.plan = plan
    return udgave


def _navn(udgave: Udgave) -> str:
    return f"Udgave {udgave.nummer} af {lang_dato(udgave.frosset.date())}"


class Udgavesammenligning:
    """What the address asks for: from one edition to another or to the draft. Raises Http404."""

    def __init__(self, plan: Helhedsplan, pk: int, valg):
        self.plan = plan
        self.udgave = hent_udgave(plan, pk)
        self.udgaver = list(Udgave.objects.let().filter(plan=plan).af(self.udgave.art, self.udgave.emne))
        foer = self.udgave.retter_id or (self.udgave.pk if len(self.udgaver) == 1 else self._foer())
        til = KLADDE if foer == self.udgave.pk else str(self.udgave.pk)
        self.fra, self.til = valg.get("fra") or str(foer), valg.get("til") or til

    def _foer(self) -> int:
        """The edition before; of the first one, itself, held up against the draft."""
        tidligere = [u.pk for u in self.udgaver if u.nummer < self.udgave.nummer]
        return tidligere[0] if tidligere else self.udgave.pk

    @property
    def valg(self) -> list[tuple[str, str]]:
        return [(KLADDE, "Kladden, som den er nu"), *((str(u.pk), _navn(u)) for u in self.udgaver)]

    @cached_property
    def sider(self) -> tuple[Sammenligningsside, Sammenligningsside]:
        """Front pages are compared without the number of the edition, which always differs."""
        return self._side(self.fra, for_word=False), self._side(self.til, for_word=False)

    def for_word(self) -> tuple[Sammenligningsside, Sammenligningsside]:
        return self._side(self.fra, for_word=True), self._side(self.til, for_word=True)

    def _side(self, vaerdi: str, for_word: bool) -> Sammenligningsside:
        if vaerdi == KLADDE:
            papir = oejebliksbillede.udkast(self.plan, self.udgave.art, self.udgave.emne)
            return Sammenligningsside(
                KLADDE,
                "Kladden",
                _kladde(self.plan, self.udgave.art, self.udgave.emne, papir, uskrevet=for_word),
                papir,
            )
        udgave = next((u for u in self.udgaver if str(u.pk) == vaerdi), None)
        if udgave is None:
            raise Http404("Dokumentet har ikke den udgave.")
        billede = hent_billede(udgave)
        blokke = af_billede(billede) if for_word else blokdokument(billede.papir)
        return Sammenligningsside(vaerdi, _navn(udgave), blokke, billede.papir)


def kladde(plan: Helhedsplan, art: str, emne: str, underskrives: bool = False) -> Blokdokument:
    """The paper as the plan has it now. underskrives: with the parties' lines to sign on."""
    return _kladde(plan, art, emne, oejebliksbillede.udkast(plan, art, emne), underskrives=underskrives)


def _kladde(
    plan: Helhedsplan, art: str, emne: str, papir: Papir, *, underskrives: bool = False, uskrevet: bool = True
) -> Blokdokument:
    """uskrevet: with the sections that nobody has written."""
    hedder = Navnebog(plan)
    linjer = [Underskriftslinje(hedder(p.organisation), p.underskriver, p.underskriver_titel) for p in parterne(plan)]
    noegle = "/".join(filter(None, [plan.noegle, art, emne, KLADDE]))
    return blokdokument(papir, dokument_id=noegle, underskrivere=linjer if underskrives else (), uskrevet=uskrevet)


class Sammenlign(PlanMixin, TemplateView):
    """The redline: only what has changed is open."""

    template_name = "dokumenter/sammenlign.html"

    @cached_property
    def sammenligning(self) -> Udgavesammenligning:
        return Udgavesammenligning(self.plan, self.kwargs["pk"], self.request.GET)

    def krummer(self):
        udgave = self.sammenligning.udgave
        return [(str(udgave), udgave.get_absolute_url()), "Hvad er ændret"]

    def get_context_data(self, **kwargs):
        s = self.sammenligning
        fra, til = s.sider
        forskel = sammenlign(fra.dokument, til.dokument)
        dele = viste(forskel)
        return super().get_context_data(**kwargs) | {
            "udgave": s.udgave,
            "fra": fra,
            "til": til,
            "valg": s.valg,
            "resume": resume(fra.papir, til.papir),
            "dele": dele,
            "aendrede": [del_ for del_ in dele if del_.aendret],
        }


# --- Word -----------------------------------------------------------------------------------------------------------


def billedhenter(plan: Helhedsplan):
    """The bytes of a picture: the edition's own copy, or for a draft the plan's file with the same content."""

    def hent(billede: Billedblok) -> bytes:
        try:
            data = lager.hent(billede.fil)
        except lager.Lagerfejl:
            data = _efter_indhold(plan, billede.fil)
        return arkivbillede(data, billede.fil)[1]

    return hent


def _efter_indhold(plan: Helhedsplan, navn: str) -> bytes:
    for afsnit in plan.afsnit.prefetch_related("billeder"):
        for billede in afsnit.billeder.all():
            data = lager.hent(billede.fil.name)
            if lager.sha256(data) in navn:
                return data
    raise PdfFejl("Et billede i dokumentet findes ikke mere. Hent det op igen.")


def _svar(data: bytes, filnavn: str) -> HttpResponse:
    svar = HttpResponse(data, content_type=DOCX)
    svar["Content-Disposition"] = f'attachment; filename="{filnavn}"'
    return svar


@require_safe
def sammenlign_word(request, plan, pk):
    """The redline as tracked changes: accept all gives the new paper, reject all the old one."""
    fundet = hent_plan(request, plan)
    s = Udgavesammenligning(fundet, pk, request.GET)
    fra, til = s.for_word()
    dato = til.dokument.dato or fra.dokument.dato
    data = docx_forskel(
        fra.dokument,
        til.dokument,
        billedhenter(fundet),
        forfatter=til.navn,
        dato=dato,
        udkast=udkastlinje(str(request.user)),
    )
    stamme = s.udgave.filnavn.rpartition("-udgave-")[0]
    return _svar(data, f"{stamme}-aendringer.docx")


@require_safe
def udgave_word(request, plan, pk):
    """An edition as a Word document."""
    fundet = hent_plan(request, plan)
    udgave = hent_udgave(fundet, pk)
    data = docx(af_billede(hent_billede(udgave)), billedhenter(fundet))
    return _svar(data, f"{udgave.filnavn.removesuffix('.pdf')}.docx")


@require_safe
def dokument_word(request, plan, art, emne=""):
    """The draft as a Word document."""
    fundet = hent_plan(request, plan)
    data = docx(
        kladde(fundet, art, emne, underskrives=True), billedhenter(fundet), udkast=udkastlinje(str(request.user))
    )
    return _svar(data, f"{'-'.join(filter(None, [art, emne, fundet.noegle, KLADDE]))}.docx")
