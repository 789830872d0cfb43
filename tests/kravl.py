"""From page to page by the links, as a person could go."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urlsplit

from django.test import Client

from tests.formularproeve import henvisninger, laes

#: So many forms of one address (sorted, filtered, another month) are read for links, and so many are asked for.
LAESTE_UDGAVER, HENTEDE_UDGAVER = 2, 4


@dataclass
class Kravler:
    klient: Client
    start: str
    indenfor: str
    filer: set[str] = field(default_factory=set)
    """Addresses that have given a file, and are not asked for again."""
    sider: dict[str, object] = field(default_factory=dict)
    """Address -> the page as read, for those that are pages."""
    doede: dict[str, str] = field(default_factory=dict)
    """Address -> what it answered, and the page that leads there."""
    koe: list[tuple[str, str]] = field(default_factory=list)
    kendte: set[str] = field(default_factory=set)
    hentet: Counter = field(default_factory=Counter)
    laest: Counter = field(default_factory=Counter)
    ankre: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def kravl(self) -> None:
        self._i_koe(self.start, "")
        while self.koe:
            url, fra = self.koe.pop(0)
            svar = self.klient.get(url)
            if svar.status_code == 302:
                self._i_koe(svar.url, url)
            elif svar.status_code != 200:
                self.doede[url] = f"{svar.status_code} fra {fra}"
            elif svar["Content-Type"].startswith("text/html"):
                self.sider[url] = dokument = laes(svar)
                self._foelg(dokument, url)
            else:
                self.filer.add(url)
        self._proev_ankre()

    def _i_koe(self, url: str, fra: str) -> None:
        if not url.startswith("/") or url in self.kendte or url in self.filer:
            return
        self.kendte.add(url)
        sti = urlsplit(url).path
        self.hentet[sti] += 1
        if self.hentet[sti] <= HENTEDE_UDGAVER:
            self.koe.append((url, fra))

    def _foelg(self, dokument, url: str) -> None:
        sti = urlsplit(url).path
        self.laest[sti] += 1
        if self.laest[sti] > LAESTE_UDGAVER or not (url == self.start or sti.startswith(self.indenfor)):
            return
        for hel in henvisninger(dokument, url):
            uden, anker = urldefrag(hel)
            if anker:
                self.ankre.setdefault(uden, []).append((anker, url))
            self._i_koe(uden, url)

    def _proev_ankre(self) -> None:
        for url in self.ankre.keys() & self.sider.keys():
            ids = set(self.sider[url].xpath("//@id"))
            self.doede |= {
                f"{url}#{anker}": f"intet anker, fra {fra}" for anker, fra in self.ankre[url] if anker not in ids
            }


def kravl(bruger, start: str, indenfor: str, filer: set[str] | None = None) -> Kravler:
    """All that can be reached from `start` at addresses that begin with `indenfor`; other links are asked for.

    `filer` are addresses that are known to give a file, and grows.
    """
    klient = Client()
    klient.force_login(bruger)
    kravler = Kravler(klient, start, indenfor, set() if filer is None else filer)
    kravler.kravl()
    return kravler
