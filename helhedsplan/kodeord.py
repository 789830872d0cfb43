"""Passwords that are long enough and easy to guess all the same."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

#: As they lie on a Danish and an English keyboard; runs of letters and digits are read along them.
RAEKKER = ("abcdefghijklmnopqrstuvwxyzæøå", "01234567890", "qwertyuiopå", "asdfghjklæø", "zxcvbnm,.-")
#: So many different characters, and so many that are in no run, are asked of one.
FORSKELLIGE, UDEN_FOR_RAEKKE = 5, 6
#: A run is so many in a row.
LOEB = 4


class LetAtGaette:
    """Refuses what repeats itself, what is few characters, what runs along the keys, and a common word with something
    put on it."""

    def validate(self, password: str, user=None) -> None:
        ordet = "".join(password.casefold().split())
        if len(set(ordet)) < FORSKELLIGE:
            raise ValidationError("Kodeordet har for få forskellige tegn.", code="faa_tegn")
        if (ordet + ordet).find(ordet, 1) < len(ordet):
            raise ValidationError("Kodeordet gentager sig selv.", code="gentagelse")
        if len(uden_loeb(ordet)) < UDEN_FOR_RAEKKE:
            raise ValidationError("Kodeordet følger tasterne eller alfabetet.", code="raekke")
        CommonPasswordValidator().validate(re.sub(r"^[^a-zæøå]+|[^a-zæøå]+$", "", ordet), user)

    def get_help_text(self) -> str:
        return "Brug gerne fire tilfældige ord. Ikke det samme flere gange, og ikke tasterne i rækkefølge."


def uden_loeb(ordet: str) -> str:
    """What is left when runs along the keys, forward or back, are taken out."""
    rest, fra = [], 0
    while fra < len(ordet):
        laengde = _loeb(ordet, fra)
        if laengde < LOEB:
            laengde = 1
            rest.append(ordet[fra])
        fra += laengde
    return "".join(rest)


def _loeb(ordet: str, fra: int) -> int:
    """How many characters from here follow one another along a row."""
    return max(_langs(ordet[fra:], r) for raekke in RAEKKER for r in (raekke, raekke[::-1]))


def _langs(ordet: str, raekke: str) -> int:
    sted = raekke.find(ordet[0])
    laengde = 0
    while sted >= 0 and laengde < len(ordet) and raekke[sted : sted + 1] == ordet[laengde]:
        laengde, sted = laengde + 1, sted + 1
    return laengde
