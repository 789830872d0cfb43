"""Every form of every page in the matrix, as a browser finds it: where it is sent, and what can be typed in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml import html

#: Nobody types these.
IKKE_SKREVET = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Sideformular:
    """A form as it stands on a page: address, method, and the values that would be sent unchanged."""

    adresse: str
    metode: str
    felter: dict[str, list[str]] = field(hash=False)

    @property
    def navne(self) -> list[str]:
        return sorted(set(self.felter) - IKKE_SKREVET)


def formularer(url: str, indhold: bytes) -> Iterator[Sideformular]:
    """The forms of a page; those of the frame around it (search, log out) too, as they are forms like others."""
    for form in html.fromstring(indhold).iter("form"):
        adresse = urljoin(url, form.get("action") or url)
        # What deletes would take a file with it that does not come back with the rows.
        if "/konto/" not in adresse and "/slet/" not in adresse and not adresse.endswith("/logout/"):
            yield Sideformular(adresse, (form.get("method") or "get").lower(), _felter(form))


def _felter(form) -> dict[str, list[str]]:
    ud: dict[str, list[str]] = {}
    for element in form.iter("input", "select", "textarea"):
        navn, art = element.get("name"), (element.get("type") or "").lower()
        if not navn or art in {"file", "submit", "button"}:
            continue
        vaerdier = ud.setdefault(navn, [])
        if element.tag == "select":
            vaerdier += [valg.get("value", "") for valg in element.iter("option") if valg.get("selected") is not None]
        elif art not in {"checkbox", "radio"} or element.get("checked") is not None:
            vaerdier.append(element.get("value", "") if element.tag != "textarea" else element.text_content())
    return ud
