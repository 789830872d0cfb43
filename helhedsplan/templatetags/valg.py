"""A field with nothing to choose among, by name in templates."""

from django import template

from helhedsplan import tomme_valg

register = template.Library()


@register.simple_tag(takes_context=True)
def tomt_valg(context, felt):
    """The TomtValg of a field, None where there is something to choose."""
    return tomme_valg.tomt_valg(felt, context.get("plan"), er_filter=context.get("form_method") == "get")
