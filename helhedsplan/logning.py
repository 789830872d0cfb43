"""The log: each fault with the number that its page showed; as JSON lines when an installation says so."""

import json
import logging
import re
import secrets
from datetime import UTC, datetime

#: What is told of a request: never its address with a question, its form or who sent it.
UKENDT = "-"
#: What mail servers and PostgreSQL write of people in their own faults: addresses, and the row that was not let in.
ADRESSE = re.compile(r"[^\s@'\"<>(),;:/={}\[\]]+@[\w-]+(?:\.[\w-]+)+")
RAEKKE = re.compile(
    r"(DETAIL:\s+).*?(?=\n(?:CONTEXT|HINT|QUERY):|\n\n(?:The above exception|During handling)|\Z)", re.DOTALL
)


def nyt_nummer() -> str:
    """Short enough to read aloud on the telephone, and of no use to anybody."""
    return secrets.token_hex(4)


def maerk(request) -> str:
    """The number of the fault that stopped this request, made the first time that it is asked for."""
    if not getattr(request, "fejlnummer", ""):
        request.fejlnummer = nyt_nummer()
    return request.fejlnummer


class Fejlnummer(logging.Filter):
    """Gives every line the number of the request that it is about."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.fejlnummer = getattr(getattr(record, "request", None), "fejlnummer", UKENDT)
        return True


def uden_personer(tekst: str) -> str:
    return RAEKKE.sub(r"\1(udeladt)", ADRESSE.sub("(e-mail)", tekst))


class Tekstlinje(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return uden_personer(super().format(record))


class Jsonlinje(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        linje = {
            "tid": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "niveau": record.levelname,
            "hvor": record.name,
            "besked": uden_personer(record.getMessage()),
        }
        if (nummer := getattr(record, "fejlnummer", UKENDT)) != UKENDT:
            linje["fejlnummer"] = nummer
        if record.exc_info:
            linje["spor"] = uden_personer(self.formatException(record.exc_info))
        return json.dumps(linje, ensure_ascii=False)
