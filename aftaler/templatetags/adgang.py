"""Whether a link may be shown: no page leads to one that the person cannot open."""

from urllib.parse import urlsplit

from django import template
from django.urls import resolve

from aftaler.choices import Dokumenttype
from aftaler.models import Helhedsplan
from helhedsplan.rettigheder import Rettighed

register = template.Library()


@register.filter
def maa_aabne(plan: Helhedsplan, url: str) -> bool:
    """Does the person's role in the plan open the page at the address. A page that names no right asks to be read."""
    klasse = getattr(resolve(urlsplit(url).path).func, "view_class", None)
    return getattr(klasse, "rettighed", Rettighed.SE) in plan.rettigheder


@register.filter
def delaftalen_har_afsnit(plan: Helhedsplan, noegle: str) -> bool:
    """Does the plan's rule set have the section in its delaftaler."""
    return plan.regelsaet.skabelonafsnit.filter(dokument=Dokumenttype.DELAFTALE, noegle=noegle).exists()
