"""What the status's templates draw with."""

from django import template

from status import diagrammer

register = template.Library()
register.simple_tag(diagrammer.pengebillede)
