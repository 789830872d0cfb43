"""Where a line of the calendar leads."""

from django import template

from kalender.queries.kalender import linjens_url

register = template.Library()
register.filter("linjens_url", linjens_url)
