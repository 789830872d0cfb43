from django import template

from aftaler.queries import navne

register = template.Library()
register.filter("andre_navne", navne.andre_navne)
