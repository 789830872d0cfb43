from helhedsplan.models.bruger import Bruger
from helhedsplan.models.faelles import Versioneret
from helhedsplan.models.haendelse import Haendelse, Kaede
from helhedsplan.models.kladde import Kladde
from helhedsplan.models.slettet import Slettet
from helhedsplan.models.udbakke import Udbakkebrev

__all__ = ["Bruger", "Haendelse", "Kaede", "Kladde", "Slettet", "Udbakkebrev", "Versioneret"]
