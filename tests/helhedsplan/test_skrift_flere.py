"""Characters that cannot be printed: five are named, and the rest are counted."""

import pytest
from django.core.exceptions import ValidationError

from helhedsplan.formularer import kan_trykkes


@pytest.mark.parametrize(("antal", "sagt"), [(5, ""), (6, " og 1 til kan ikke"), (9, " og 4 til kan ikke")])
def test_de_tegn_der_ikke_naevnes_taelles(antal, sagt):
    with pytest.raises(ValidationError) as fejl:
        kan_trykkes("".join(map(chr, range(0x12000, 0x12000 + antal))))
    assert sagt in fejl.value.messages[0]
    assert (" til kan" in fejl.value.messages[0]) == bool(sagt)
