from django import template

from aftaler import diagram

register = template.Library()
register.simple_tag(diagram.organisationsdiagram)
