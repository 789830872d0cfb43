"""Whether a plan asks those who write in it for a login in two steps."""

from aftaler.models import Helhedsplan
from helhedsplan.formularer import ModelFormular


class ToTrinForm(ModelFormular):
    class Meta:
        model = Helhedsplan
        fields = ("kraever_to_trin",)
