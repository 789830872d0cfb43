"""Earlier texts of a meeting written again (helhedsplan.tilslutninger.Tekstretter)."""

from helhedsplan.models.haendelse import objekttype
from helhedsplan.tilslutninger import Tekstretter
from moeder.actions.moede import ret_moede, ret_punkt
from moeder.actions.moedepapir import REFERATFELTER, ret_punktreferat, ret_referat
from moeder.models import Dagsordenspunkt, Moede


def _ret_moede(*, objekt, felter, **valg):
    ret = ret_referat if felter.keys() <= REFERATFELTER else ret_moede
    return ret(moede=objekt, felter=felter, **valg)


def _ret_punkt(*, objekt, felter, **valg):
    ret = ret_punktreferat if "referat" in felter else ret_punkt
    return ret(punkt=objekt, felter=felter, **valg)


RETTERE = {objekttype(Moede): Tekstretter(_ret_moede), objekttype(Dagsordenspunkt): Tekstretter(_ret_punkt)}
