"""Pages of the ground floor: health, accessibility statement, a person's own page, error pages."""

import re
from datetime import date

from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from helhedsplan import persondata, udbakke
from helhedsplan.actions import fjern_kladde
from helhedsplan.anonymisering import anonymiser, hindringer, tjek_administrator
from helhedsplan.choices import Brevstand
from helhedsplan.driftstjek import helbred
from helhedsplan.formats import antal
from helhedsplan.forms import AnonymiserForm, ProfilForm
from helhedsplan.kollation import sorteringsnoegle
from helhedsplan.konto import andet_trin, log_ud, logins, ret_profil
from helhedsplan.logning import maerk
from helhedsplan.models import Bruger, Udbakkebrev
from helhedsplan.ordliste import ORDLISTE
from helhedsplan.redigering import RedigerView

BREVE_PR_SIDE = 50
PERSONER_PR_SIDE = 50


@require_safe
def sundhed(request):
    """For monitoring: 503 when the site cannot be used or nothing can be kept, 200 with what is wanting when it is only
    worse off than it should be, 200 and ok when all is well."""
    try:
        stopper, mangler = helbred()
    except Exception as fejl:  # noqa: BLE001 -- whatever is wrong, the monitor gets an answer
        return JsonResponse({"status": "fejl", "aarsag": type(fejl).__name__}, status=503)
    if stopper:
        return JsonResponse({"status": "fejl", "aarsag": stopper}, status=503)
    return JsonResponse({"status": "nedsat", "mangler": mangler} if mangler else {"status": "ok"})


def _krumme(titel: str) -> list[dict]:
    """From the front page to a page right under it."""
    return [{"tekst": "Forside", "url": reverse("forside")}, {"tekst": titel, "url": ""}]


@require_safe
def was(request):
    context = {
        "organisation": settings.WAS_ORGANISATION,
        "kontakt": settings.WAS_KONTAKT,
        "dato": date.fromisoformat(settings.WAS_DATO),
    }
    return render(request, "was.html", {"was": context, "broedkrumme": _krumme("Tilgængelighedserklæring")})


@require_safe
def ordliste(request):
    liste = [(noegle, *ordet) for noegle, ordet in sorted(ORDLISTE.items(), key=lambda o: sorteringsnoegle(o[1][0]))]
    return render(request, "ordliste.html", {"ordliste": liste, "broedkrumme": _krumme("Ord, der bruges her")})


class Profil(RedigerView):
    """A person's own page; nobody else's can be reached."""

    form_class = ProfilForm
    template_name = "konto/profil.html"
    ramme = "redigering/_ramme_uden_plan.html"
    titel, gem_tekst = "Din profil", "Gem profilen"

    def hent_objekt(self) -> Bruger:
        return Bruger.objects.get(pk=self.request.user.pk)

    def gem(self, form, version):
        return ret_profil(bruger=form.instance, felter=form.felter, version=version)

    def efter_url(self) -> str:
        return reverse("profil")

    def fortryd_url(self) -> str:
        return reverse("forside")

    def get_context_data(self, **kwargs):
        egne = {"broedkrumme": _krumme(self.titel), "andet_trin": andet_trin(self.request.user)}
        return super().get_context_data(**kwargs) | egne


def _person(request, pk: int) -> Bruger:
    """The person himself, or anybody for an administrator; else nobody is there."""
    if pk != request.user.pk and not request.user.er_administrator:
        raise Http404("Der er ikke noget her.")
    return get_object_or_404(Bruger, pk=pk)


class Personer(TemplateView):
    """All accounts, for administrators."""

    template_name = "konto/personer.html"

    def dispatch(self, request, *args, **kwargs):
        tjek_administrator(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        soegt = self.request.GET.get("q", "")[:200].strip()
        alle = Bruger.objects.filter(Q(navn__icontains=soegt) | Q(email__icontains=soegt))
        side = Paginator(alle, PERSONER_PR_SIDE).get_page(self.request.GET.get("side"))
        egne = {"side": side, "soegt": soegt, "broedkrumme": _krumme("Personer")}
        return super().get_context_data(**kwargs) | egne


class Oplysninger(TemplateView):
    """What is kept of a person, by kind; the file has it all."""

    template_name = "konto/oplysninger.html"

    def get_context_data(self, **kwargs):
        person = _person(self.request, kwargs["pk"])
        egen = person.pk == self.request.user.pk
        return super().get_context_data(**kwargs) | {
            "person": person,
            "dele": persondata.dele(person),
            "maa_anonymisere": self.request.user.er_administrator and not egen and not person.anonymiseret,
            "broedkrumme": _krumme(f"Oplysninger om {person}"),
        }


@require_safe
def oplysninger_fil(request, pk):
    person = _person(request, pk)
    navn = f"oplysninger-{person.pk}-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(persondata.som_fil(person), as_attachment=True, filename=navn)


class Anonymiser(RedigerView):
    """Make a former user anonymous, after the name has been typed."""

    form_class = AnonymiserForm
    template_name = "konto/anonymiser.html"
    ramme = "redigering/_ramme_uden_plan.html"
    titel, gem_tekst = "Anonymisér", "Anonymisér for altid"

    def dispatch(self, request, *args, **kwargs):
        tjek_administrator(request.user)
        self.person = get_object_or_404(Bruger, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def formargumenter(self):
        return {"hedder": self.person.navn}

    def titel_tekst(self):
        return f"Anonymisér {self.person}"

    def i_vejen(self):
        return " ".join(hindringer(bruger=self.request.user, person=self.person))

    def gem(self, form, version):
        return anonymiser(bruger=self.request.user, person=self.person)

    def faerdig(self):
        fjern_kladde(bruger=self.request.user, noegle=self.noegle)
        messages.success(self.request, f"Kontoen er anonymiseret og hedder nu »{self.gemt}«.")
        return redirect("person-oplysninger", self.person.pk)

    def efter_url(self):
        return reverse("person-oplysninger", args=[self.person.pk])

    def get_context_data(self, **kwargs):
        egne = {"broedkrumme": _krumme(self.titel_tekst()), "person": self.person}
        egne["steder"] = list(persondata.steder(self.person)) if self.request.method == "GET" else []
        return super().get_context_data(**kwargs) | egne


class Logins(TemplateView):
    """Where the person is logged in, and out of there with one press."""

    template_name = "konto/logins.html"

    def get_context_data(self, **kwargs):
        egne = logins(self.request.user, self.request.session.session_key)
        return super().get_context_data(**kwargs) | {"logins": egne, "broedkrumme": _krumme("Hvor du er logget ind")}

    def post(self, request):
        """ "overalt" ends this one too."""
        overalt = request.POST.get("hvor") == "overalt"
        antal_ = log_ud(bruger=request.user, undtagen="" if overalt else request.session.session_key)
        if overalt:
            logout(request)
            return redirect("account_login")
        messages.success(request, f"Du er logget ud {antal(antal_, 'andet sted', 'andre steder')}.")
        return redirect("logins")


class Udbakke(TemplateView):
    """The program's letters, for administrators: what waits, what was given up and why. Never what is in them."""

    template_name = "konto/udbakke.html"

    def dispatch(self, request, *args, **kwargs):
        udbakke.tjek_administrator(request.user)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        stand = self.request.GET.get("stand", "")
        stand = Brevstand(stand) if stand in Brevstand.values else Brevstand.VENTER
        breve = Udbakkebrev.objects.i_stand(stand).defer("tekst").annotate(har_tekst=~Q(tekst=""))
        antal_i = udbakke.antal_i_hver()
        return super().get_context_data(**kwargs) | {
            "side": Paginator(breve, BREVE_PR_SIDE).get_page(self.request.GET.get("side")),
            "stand": stand,
            "stande": [(s, antal_i[s]) for s in Brevstand],
            "holdt": antal_i[Brevstand.HOLDT],
            "gemmes": settings.OPBEVARING_BREVE,
            "broedkrumme": _krumme("Udbakke"),
        }

    def post(self, request):
        """One letter tried again, or all let go that are held back."""
        if request.POST.get("slip"):
            sluppet = antal(udbakke.slip_alle(bruger=request.user), "brev", "breve")
            messages.success(request, f"{sluppet} er på vej.")
            return redirect("udbakke")
        nummer = request.POST.get("brev", "")
        brev = Udbakkebrev.objects.filter(pk=int(nummer)).first() if re.fullmatch(r"[0-9]{1,18}", nummer) else None
        if brev is None or not udbakke.proev_igen(bruger=request.user, brev=brev):
            messages.warning(request, "Brevet er sendt imens, eller det kan ikke sendes mere.")
        else:
            messages.success(request, f"Brevet til {brev.til} prøves igen nu.")
        return redirect("udbakke")


class BekraeftMedPasskey(ReauthenticateWebAuthnView):
    """allauth's own sends who had no luck with his passkey to the login page, and forgets where he was going."""

    def form_invalid(self, form):
        for besked in form.errors.get("credential", []):
            messages.error(self.request, besked)
        return redirect(self.request.get_full_path())


@require_safe
def bekraeftet(request):
    """The person has said once more who he is: back to where he was, or the file that he asked for."""
    fil = request.GET.get("fil", "")
    egen = url_has_allowed_host_and_scheme(fil, allowed_hosts=None) and fil.startswith("/")
    return render(request, "konto/bekraeftet.html", {"fil": fil if egen else ""})


def _fejl(request, kode: int, overskrift: str, besked: str):
    return render(request, "fejl.html", {"kode": kode, "overskrift": overskrift, "besked": besked}, status=kode)


def fejl_400(request, exception=None):
    return _fejl(request, 400, "Siden kunne ikke læse det, der blev sendt", "Gå tilbage, og prøv igen.")


def fejl_403(request, exception=None):
    return _fejl(
        request,
        403,
        "Det har du ikke adgang til",
        str(exception or "") or "Din rolle i planen giver ikke ret til det. Spørg planens leder.",
    )


def fejl_404(request, exception=None):
    return _fejl(
        request, 404, "Siden findes ikke", "Adressen er forkert, eller også har du ikke adgang til det, den viser."
    )


def fejl_papir(request, besked: str):
    return _fejl(request, 422, "Papiret kan ikke laves", besked)


def fejl_lager(request):
    return _fejl(request, 503, "Filerne kan ikke nås lige nu", "Lageret, de ligger i, svarer ikke. Prøv igen om lidt.")


def fejl_500(request):
    """Drawn without the request: whatever broke may break again while the page asks who is logged in."""
    return render(
        None,
        "fejl.html",
        {
            "kode": 500,
            "overskrift": "Noget gik galt hos os",
            "besked": "Prøv igen om lidt. Det, der var gemt, er der stadig.",
            "nummer": maerk(request),
        },
        status=500,
    )
