"""Whether a link may be shown: no page leads to one that the person cannot open."""

from django import template

from aftaler.choices import Dokumenttype
from aftaler.models import Helhedsplan
from aftaler.queries.adgang import aabner

register = template.Library()


@register.filter
def maa_aabne(plan: Helhedsplan, url: str) -> bool:
    """Does the person's role in the plan open the page at the address."""
    return aabner(plan, url)


@register.filter
def delaftalen_har_afsnit(plan: Helhedsplan, noegle: str) -> bool:
    """Does the plan's rule set have the section in its delaftaler."""
    return plan.regelsaet.skabelonafsnit.filter(dokument=Dokumenttype.DELAFTALE, noegle=noegle).exists()
