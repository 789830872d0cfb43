from django import template

from helhedsplan.prosa import Fodnoter

register = template.Library()


@register.simple_tag(takes_context=True)
def prosa(context, tekst: str, niveau: int = 3):
    """Prose with its footnotes numbered through the page; the page lists `fodnoter.liste` where its text ends."""
    fodnoter = context.get("fodnoter") or Fodnoter()
    return fodnoter.til_side(tekst, niveau)
