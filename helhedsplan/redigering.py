"""Edit pages: editing that loses nothing.

`RedigerView` shows a form, saves it through an action, keeps everything typed when that fails, takes up a draft, and
lets two people who edited the same thing put their changes together. Autosave writes drafts (`Kladde`), never the
object.
"""

import copy
import hashlib
import re
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseBadRequest, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from helhedsplan import actions, formats
from helhedsplan.actions import Versionskonflikt
from helhedsplan.cpr import uden_cpr
from helhedsplan.fletning import Fletning, flet, med_valg
from helhedsplan.former import UlaeseligeData
from helhedsplan.genindsend import vis_genindsend
from helhedsplan.models import Haendelse, Kladde

TILFOEJ = "tilfoej-raekke"
NOEGLE = re.compile(r"[a-z0-9_.:-]{1,200}")
VERSION = re.compile(r"[0-9]{1,9}")
KLADDE_HOEJST = 1_000_000


class RedigerView(TemplateResponseMixin, ContextMixin, View):
    """A page with one form. Subclasses give `form_class`, `hent_objekt`, `gem` and `efter_url`.

    hent_objekt() -> the object that is edited; on a page that creates, a new one that is not saved, or None.
    gem(form, version) calls the domain action; what it returns is kept as `self.gemt`.
    raekker: relation -> formset class, for the rows that are edited with the object.
    """

    template_name = "redigering/rediger.html"
    fletteskabelon = "flet.html"
    ramme = "plan_base.html"
    form_class: type
    raekker: dict = {}
    titel = ""
    gem_tekst = "Gem"

    def hent_objekt(self):
        return None

    def gem(self, form, version):
        raise NotImplementedError

    def efter_url(self) -> str:
        raise NotImplementedError

    def fortryd_url(self) -> str:
        """Where "leave without saving" goes."""
        return self.efter_url()

    def titel_tekst(self) -> str:
        return self.titel

    def i_vejen(self) -> str:
        """Why it cannot be done as things stand, whatever is typed: said instead of the form, not after it."""
        return ""

    def formargumenter(self) -> dict:
        """Further arguments of the form."""
        return {}

    def raekkeargumenter(self, relation: str) -> dict:
        """Arguments of each row's form."""
        return {}

    @cached_property
    def objekt(self):
        return self.hent_objekt()

    @cached_property
    def kladdested(self) -> str:
        """The address of the page that the draft belongs to."""
        return self.request.path

    @cached_property
    def noegle(self) -> str:
        """The draft's key: the form and the address it stands at."""
        adresse = hashlib.sha256(self.kladdested.encode()).hexdigest()[:32]
        return f"{self.form_class.__name__.lower()}:{adresse}"

    def lav_form(self, objekt, data=None, files=None):
        argumenter = {"data": data, "files": files, **self.formargumenter()}
        if objekt is not None:
            argumenter["instance"] = copy.copy(objekt)
        if self.raekker:
            argumenter["raekker"] = {r: (klasse, self.raekkeargumenter(r)) for r, klasse in self.raekker.items()}
        return self.form_class(**argumenter)

    # --- GET

    def get(self, request, *args, **kwargs):
        form, kladde = self.form_med_kladde()
        return self.vis(form, kladde=kladde)

    def form_med_kladde(self) -> tuple:
        """The form as saved, and None; or as it stands in a draft that differs from it, and the draft."""
        kladde = self.hent_kladde()
        if kladde is not None:
            form = self.lav_form(self.objekt, _sendt(kladde.data)).uproevet()
            if form.aendret():
                return form, kladde
        return self.lav_form(self.objekt), None

    def hent_kladde(self) -> Kladde | None:
        kladde = Kladde.objects.filter(bruger=self.request.user, noegle=self.noegle).first()
        return None if kladde is None or isinstance(kladde.data, UlaeseligeData) else kladde

    def vis(self, form, status: int = 200, skabelon: str = "", **kontekst):
        self.template_name = skabelon or self.template_name
        return self.render_to_response(self.get_context_data(form=form, **kontekst), status=status)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "ramme": self.ramme,
            "titel": self.titel_tekst(),
            "gem_tekst": self.gem_tekst,
            "fortryd_url": self.fortryd_url(),
            "noegle": self.noegle,
            "i_vejen": self.i_vejen(),
            "kladde": kwargs.get("kladde"),
            "kladde_er_gammel": self.er_gammel(kwargs.get("kladde")),
        }

    def er_gammel(self, kladde: Kladde | None) -> bool:
        """Somebody has saved the object since the draft was begun. What has no version cannot tell."""
        return bool(kladde and kladde.version != getattr(self.objekt, "version", kladde.version))

    # --- POST

    def post(self, request, *args, **kwargs):
        try:
            objekt = self.objekt
        except Http404:
            return vis_genindsend(request, status=404)
        data = request.POST
        if any(navn.startswith("valg-") for navn in data):
            data = med_valg(data, self.lav_form(objekt))
        if TILFOEJ in data:
            return self.vis(self.med_ny_raekke(objekt, data))
        form = self.lav_form(objekt, data, request.FILES)
        if form.is_valid():
            return self.proev(form)
        if form.ubekraeftede and (konflikt := self.proev_foerst(form)):
            return self.ved_konflikt(form, konflikt)
        return self.vis(form, status=422)

    def proev_foerst(self, form) -> Versionskonflikt | None:
        """What would be refused whatever is answered is told instead of asking, and so is what somebody else has saved
        meanwhile. Tried on a form of its own and taken back, so `gem` tells nobody of what it did before the commit:
        letters wait for it, messages for `faerdig`."""
        proeve = self.lav_form(self.hent_objekt(), form.data, form.files)
        proeve.is_valid()
        for fil in form.files.values():
            fil.seek(0)
        try:
            with transaction.atomic():
                self.gem(proeve, proeve.version)
                transaction.set_rollback(True)
        except (ValidationError, PermissionDenied) as fejl:
            form.ubekraeftede = []
            form.tilfoej_fejl(fejl if isinstance(fejl, ValidationError) else ValidationError(str(fejl)))
        except Versionskonflikt as konflikt:
            return konflikt
        return None

    def med_ny_raekke(self, objekt, data):
        """The form again with one row more, for those without script."""
        relation, ny = data[TILFOEJ], data.copy()
        total = f"{relation}-TOTAL_FORMS"
        if relation in self.raekker and re.fullmatch("[0-9]{1,6}", ny.get(total, "")):
            ny[total] = str(int(ny[total]) + 1)
        form = self.lav_form(objekt, ny).uproevet()
        if relation in form.raekkesaet:
            form.raekkesaet[relation].fokuser_sidste()
        return form

    def proev(self, form):
        """Save a valid form, or show it again with what stands in the way."""
        try:
            self.gemt = self.gem(form, form.version)
        except ValidationError as fejl:
            form.tilfoej_fejl(fejl)
            return self.vis(form, status=422)
        except PermissionDenied as fejl:
            form.tilfoej_fejl(ValidationError(str(fejl)))
            return self.vis(form, status=403)
        except Versionskonflikt as konflikt:
            return self.ved_konflikt(form, konflikt)
        return self.faerdig()

    def faerdig(self):
        actions.fjern_kladde(bruger=self.request.user, noegle=self.noegle)
        messages.success(self.request, f"Gemt kl. {formats.klokken(timezone.now())}")
        return redirect(self.efter_url())

    def ved_konflikt(self, form, konflikt: Versionskonflikt):
        senere = Haendelse.objects.om(konflikt.objekt).filter(version__gt=form.version)
        fletning = flet(form, self.lav_form(konflikt.objekt), list(senere))
        if fletning.er_ens:
            return self.faerdig()
        return self.vis_fletning(konflikt.objekt, form, fletning)

    def vis_fletning(self, objekt, form, fletning: Fletning):
        """My text in the fields, theirs beside; a draft of this page still starts from where I did."""
        ny = self.lav_form(objekt, fletning.data).uproevet()
        ny.fields["version"].widget.attrs["data-grund"] = form.version
        for relation, saet in ny.raekkesaet.items():
            saet.grund = form.raekkesaet[relation].grundlag
        felter = {k.felt.name for k in fletning.konflikter}
        relationer = {k.relation for k in fletning.raekkekonflikter}
        return self.vis(
            ny,
            status=409,
            skabelon=self.fletteskabelon,
            fletning=fletning,
            konflikter=[(k, ny[k.felt.name]) for k in fletning.konflikter],
            raekkekonflikter=[(k, ny.raekkesaet[k.relation]) for k in fletning.raekkekonflikter],
            oevrige=[felt for felt in ny.visible_fields() if felt.name not in felter],
            oevrige_raekker=[saet for relation, saet in ny.raekkesaet.items() if relation not in relationer],
        )


# --- drafts ---------------------------------------------------------------------------------------------------------


def _sendt(data: dict) -> QueryDict:
    """A draft's fields as they would come from the browser."""
    sendt = QueryDict(mutable=True)
    for navn, vaerdier in data.items():
        sendt.setlist(navn, vaerdier)
    return sendt


def _afvist(data: dict) -> str:
    """Why a draft cannot be kept, or ""."""
    alt = [vaerdi for vaerdier in data.values() for vaerdi in vaerdier]
    if sum(map(len, alt)) > KLADDE_HOEJST:
        return "Teksten er for lang til at gemme som kladde. Tryk på Gem."
    try:
        for vaerdi in alt:
            uden_cpr(vaerdi)
    except ValidationError as fejl:
        return fejl.message
    return ""


@require_POST
def kladde_gem(request, noegle):
    """Autosave: keep what stands in the form for the person who typed it."""
    if not NOEGLE.fullmatch(noegle):
        return HttpResponseBadRequest()
    felter = {navn: v for navn, v in request.POST.lists() if navn != "csrfmiddlewaretoken"}
    data = {navn: [tekst.replace("\x00", "") for tekst in v] for navn, v in felter.items()}
    if besked := _afvist(data):
        return JsonResponse({"besked": besked}, status=422)
    version = request.POST.get("version", "")
    kladde = actions.gem_kladde(
        bruger=request.user, noegle=noegle, version=int(version) if VERSION.fullmatch(version) else 0, data=data
    )
    return JsonResponse({"gemt": formats.klokken(kladde.gemt)})


@require_POST
def kladde_kasser(request, noegle):
    """Drop a draft and go back to the form as saved."""
    naeste = request.POST.get("naeste", "")
    egen = url_has_allowed_host_and_scheme(naeste, allowed_hosts=None) and urlsplit(naeste).path.startswith("/")
    sted = naeste if egen else ""
    plan = _plan_i(sted)
    side = urlsplit(sted).path if plan else ""
    actions.kasser_kladde(bruger=request.user, noegle=noegle, kaede=plan, sted=side)
    return redirect(sted or reverse("forside"))


def _plan_i(sted: str) -> str:
    """The key of the plan that a page is of; '' outside a plan."""
    try:
        return str(resolve(urlsplit(sted).path).kwargs.get("plan", ""))[:120] if sted else ""
    except Resolver404:
        return ""
