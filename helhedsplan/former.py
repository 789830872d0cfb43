"""Whether plain data has the form that a type says: what was written long ago is asked before it is used."""

import types
from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

#: Marks a field of a paper's data that is empty unless something is told otherwise than papers could tell it before.
KUN_NAAR_SAGT = "kun_naar_sagt"
USAGT = {KUN_NAAR_SAGT: True}


def kun_naar_sagt(tomt: Any = "") -> Any:
    """Such a field of a dataclass: left out of a snapshot while it is empty, so that what is exact is kept, and hashed,
    as it always was."""
    return field(default=tomt, metadata=USAGT)


#: What a value of each kind may be read as.
ENKLE: dict[type, tuple[type, ...]] = {
    float: (float, int),
    list: (list, tuple),
    tuple: (list, tuple),
}


def passer(vaerdi: Any, form: Any) -> bool:
    """Lists and tuples are the same here, as JSON knows only one of them; a word of a choice is a text."""
    grundform, dele = get_origin(form), get_args(form)
    if grundform in (Union, types.UnionType):
        return any(passer(vaerdi, del_) for del_ in dele)
    if grundform is Literal:
        return vaerdi in dele
    if isinstance(grundform, type):
        return _sammensat(vaerdi, grundform, dele)
    if is_typeddict(form):
        return _har_felter(vaerdi, get_type_hints(form), form.__required_keys__)
    return _enkel(vaerdi, form)


def _enkel(vaerdi: Any, form: Any) -> bool:
    if form in (Any, object):
        return True
    if form is bool or isinstance(vaerdi, bool):
        return isinstance(vaerdi, bool) and form is bool
    if isinstance(form, type) and issubclass(form, Enum | str):
        return isinstance(vaerdi, str | int if issubclass(form, int) else str)
    return isinstance(vaerdi, ENKLE.get(form, (form or types.NoneType,)))


def _sammensat(vaerdi: Any, grundform: type, dele: tuple) -> bool:
    if issubclass(grundform, Mapping):
        return isinstance(vaerdi, dict) and all(passer(n, dele[0]) and passer(v, dele[1]) for n, v in vaerdi.items())
    if not isinstance(vaerdi, list | tuple):
        return False
    if grundform is tuple and dele[-1:] != (...,):
        return len(vaerdi) == len(dele) and all(map(passer, vaerdi, dele))
    return all(passer(led, dele[0]) for led in vaerdi)


def _har_felter(vaerdi: Any, felter: Mapping[str, Any], kraevede: frozenset[str]) -> bool:
    return (
        isinstance(vaerdi, dict)
        and kraevede <= vaerdi.keys() <= felter.keys()
        and all(passer(v, felter[navn]) for navn, v in vaerdi.items())
    )


# --- what does not have its form --------------------------------------------------------------------------------------


class UlaeseligeData:
    """Stands where the stored value cannot be used: empty to all who read it, and saved again as it was found."""

    raa: Any = None


class UlaeseligListe(list, UlaeseligeData):
    pass


class UlaeseligOrdbog(dict, UlaeseligeData):
    pass


def ulaeselig(vaerdi: Any, form: Any) -> UlaeseligeData:
    tom: UlaeseligeData = UlaeseligListe() if get_origin(form) is list else UlaeseligOrdbog()
    tom.raa = vaerdi
    return tom
