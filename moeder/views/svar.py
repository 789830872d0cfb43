"""A member answers by a link from his own mail: asks, votes, approves minutes, reads the meetings' papers.

The page where a link is asked for says the same to everybody. The letter leads to a page with one button, whose POST
opens a session that holds the link's number alone; mail scanners that follow links open nothing.
"""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dokumenter.lager import Lagerfejl
from dokumenter.views.udgave import filsvar
from helhedsplan import breve
from moeder import moedepapir
from moeder.actions import svarlink as handlinger
from moeder.actions.afstemning import stem as afgiv_stemme
from moeder.actions.moedepapir import svar_paa_referat
from moeder.forms.moede import GODKENDT, SvarForm
from moeder.forms.svar import BestilForm
from moeder.models import Moedepapir, Svarlink
from moeder.queries import svar as forespoergsler
from moeder.queries.moede import venter_paa_mit_svar
from moeder.views.moedepapir import pdf_svar
from status.actions.laesning import aftryk
from status.actions.laesning import spoerg as stil_spoergsmaal
from status.forms.laesning import SpoergsmaalForm
from status.models import Spoergsmaal

SESSION = "svarlink"
GYLDIG_SEKUNDER = 4 * 60 * 60
UKENDT = "Linket er ikke et, vi kender. Se efter, at hele adressen er kommet med fra mailen."
SLUT = "Siden er lukket. Åbn linket i mailen igen, eller bed om et nyt."
FOR_MANGE = "Der er bedt om mange links på kort tid. Vent lidt, og prøv igen."


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bestil(request):
    """Ask for a link to one's own address. The answer is the same whoever has the address, or nobody."""
    form = BestilForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return render(request, "moeder/svar/bestil.html", {"form": form, "sendt": False})
    if not form.is_valid():
        return render(request, "moeder/svar/bestil.html", {"form": form, "sendt": False}, status=422)
    email = form.cleaned_data["email"]
    if not ratelimit.consume(request, action="svarlink", key=email.lower()):
        form.add_error("email", FOR_MANGE)
        return render(request, "moeder/svar/bestil.html", {"form": form, "sendt": False}, status=429)
    absolut = request.build_absolute_uri
    breve.ved_siden_af(
        lambda: handlinger.send_til(email, absolut=absolut, sti=lambda token: reverse("svarlink", args=[token]))
    )
    return render(request, "moeder/svar/bestil.html", {"form": form, "sendt": True})


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def aabn(request, token):
    """The letter's page (GET, writes nothing), and the opening on this device (POST)."""
    link = Svarlink.objects.select_related("plan", "bruger").filter(token_sha256=aftryk(token)).first()
    if link is None:
        return _afvis(request, UKENDT, 404)
    grund = handlinger.aabn(link=link) if request.method == "POST" else handlinger.mangler(link)
    if grund:
        return _afvis(request, grund, 410)
    if request.method != "POST":
        return render(request, "moeder/svar/aabn.html", {"link": link})
    request.session.cycle_key()
    request.session[SESSION] = link.pk
    if not request.user.is_authenticated:
        request.session.set_expiry(GYLDIG_SEKUNDER)
    return redirect("svar-vis")


def _afvis(request, besked: str, status: int):
    return render(request, "moeder/svar/afvist.html", {"besked": besked}, status=status)


def _aabnet(request) -> Svarlink | None:
    """The session's link, while it opens."""
    link = Svarlink.objects.select_related("plan", "bruger").filter(pk=request.session.get(SESSION)).first()
    return link if link is not None and not handlinger.mangler(link) else None


@login_not_required
@never_cache
@require_safe
def vis(request):
    link = _aabnet(request)
    return _vis(request, link) if link else _afvis(request, SLUT, 403)


def _vis(request, link: Svarlink, *, spoergsmaal=None, referat: dict | None = None, status: int = 200):
    """The page; a form that was not accepted stands on it with what was typed."""
    plan, bruger = link.plan, link.bruger
    maa = handlinger.kan_svare(plan)
    skema, ubesvarede = referat or {}, venter_paa_mit_svar(plan, bruger) if maa else []
    kontekst = {
        "link": link,
        "plan": plan,
        "maa_svare": maa,
        "punkter": forespoergsler.stemmepunkter(plan, bruger) if maa else [],
        "referater": [(p, skema.get(p.pk) or SvarForm(auto_id=f"id_{p.pk}_%s")) for p in ubesvarede],
        "papirer": forespoergsler.moedepapirer(plan),
        "udgaver": forespoergsler.moedeudgaver(plan),
        "status": forespoergsler.nyeste_status(plan),
        "spoergsmaal": spoergsmaal or SpoergsmaalForm(),
    }
    return render(request, "moeder/svar/vis.html", kontekst, status=status)


def _svar(udfoer):
    """A POST of an opened link that the plan's rules let answer; `udfoer` says what to show, or raises."""

    @login_not_required
    @never_cache
    @require_POST
    def view(request, **kwargs):
        link = _aabnet(request)
        if link is None:
            return _afvis(request, SLUT, 403)
        handlinger.tjek_kan_svare(link)
        try:
            vist = udfoer(request, link, **kwargs)
        except ValidationError as fejl:
            for besked in fejl.messages:
                messages.error(request, besked)
            vist = None
        return vist or redirect("svar-vis")

    return view


@_svar
def stem(request, link: Svarlink, punkt: int):
    """One's own vote, or that of one who has given the person a proxy; never what a secretary could write down."""
    fundet = next((p for p in forespoergsler.stemmepunkter(link.plan, link.bruger) if p.punkt.pk == punkt), None)
    if fundet is None:
        raise ValidationError("Der kan ikke stemmes om punktet nu.")
    plads = next((p for p in fundet.pladser if str(p.medlem.pk) == request.POST.get("medlem")), None)
    if plads is None:
        raise PermissionDenied("Du kan kun stemme for dig selv og for dem, der har givet dig fuldmagt.")
    stemme = afgiv_stemme(
        bruger=link.bruger,
        punkt=fundet.punkt,
        medlem=plads.medlem,
        valg=request.POST.get("valg", ""),
        sha256=request.POST.get("sha256", ""),
        med_link=True,
    )
    messages.success(request, f"Din stemme er gemt: {stemme.get_valg_display().lower()}.")


@_svar
def referat(request, link: Svarlink, papir: int):
    fundet = next((p for p in venter_paa_mit_svar(link.plan, link.bruger) if p.pk == papir), None)
    if fundet is None:
        raise ValidationError("Du har allerede svaret på referatet, eller det er rettet imens.")
    form = SvarForm(request.POST, auto_id=f"id_{papir}_%s")
    if not form.is_valid():
        return _vis(request, link, referat={papir: form}, status=422)
    svar_paa_referat(
        bruger=link.bruger,
        papir=fundet,
        godkendt=form.felter["svar"] == GODKENDT,
        bemaerkning=form.felter["bemaerkning"],
        med_link=True,
    )
    messages.success(request, "Dit svar på referatet er gemt.")
    return None


@_svar
def spoerg(request, link: Svarlink):
    status = forespoergsler.nyeste_status(link.plan)
    if status is None:
        raise ValidationError("Planen har ingen status at spørge til.")
    form = SpoergsmaalForm(request.POST, instance=Spoergsmaal(status=status))
    if not form.is_valid():
        return _vis(request, link, spoergsmaal=form, status=422)
    stil_spoergsmaal(bruger=link.bruger, status=status, **form.felter)
    messages.success(request, "Dit spørgsmål er sendt til sekretariatet. Du får besked, når der er svar.")
    return None


@login_not_required
@never_cache
@require_safe
def papir_pdf(request, pk):
    """An agenda or minutes of the link's plan, byte for byte as it was sent."""
    link = _aabnet(request)
    if link is None:
        return _afvis(request, SLUT, 403)
    papir: Moedepapir | None = next((p for p in forespoergsler.moedepapirer(link.plan) if p.pk == pk), None)
    if papir is None:
        raise Http404("Papiret findes ikke.")
    try:
        return pdf_svar(moedepapir.hent_pdf(papir), moedepapir.filnavn(papir))
    except Lagerfejl as fejl:
        raise Http404(str(fejl)) from None


@login_not_required
@never_cache
@require_safe
def udgave_pdf(request, pk):
    """An edition that a meeting of the link's plan is or was called to decide on."""
    link = _aabnet(request)
    if link is None:
        return _afvis(request, SLUT, 403)
    udgave = next((u for u in forespoergsler.moedeudgaver(link.plan) if u.pk == pk), None)
    if udgave is None:
        raise Http404("Papiret findes ikke.")
    return filsvar(request, udgave)
