"""The usual shapes of what must not be published: tokens, keys, addresses, cards."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from stdnum import iban, luhn

__all__ = ["Match", "find_shapes", "is_allowed"]

_SHAPES = Path(__file__).with_name("shapes.toml")
_LEAST_PLAIN = 20  # an IBAN without spaces that is shorter is a number of something else
_RESERVED = (  # RFC 2606, RFC 6761; and what gettext writes into every new catalogue
    "ll@li.org",
    *(f"*@{start}example.{end}" for start in ("", "*.") for end in ("com", "net", "org")),
    *(f"*@*.{end}" for end in ("test", "example", "invalid", "localhost")),
)
_FILES = frozenset(
    [
        "png",
        "jpg",
        "jpeg",
        "gif",
        "svg",
        "webp",
        "avif",
        "ico",
        "css",
        "js",
        "mjs",
        "map",
        "html",
        "json",
        "ipynb",
        "woff",
    ]
)
_PLACEHOLDER = re.compile(r"(.)\1*|[x*.…]+|your[\w-]*|<.*|\$.*|\{.*", re.IGNORECASE)
# Which first digits cards have, and how many in all (ISO/IEC 7812, the issuers' own lists).
_CARDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}"
    r"|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}"
    r"|62\d{14,17}"
)


@dataclass(frozen=True)
class Match:
    """A value of a usual shape; ``start`` and ``end`` are where in the text it is."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Shape:
    kind: str
    hint: str
    pattern: re.Pattern[str]
    group: int
    check: Callable[[str], bool]


def find_shapes(text: str) -> Iterator[Match]:
    """Yield all in ``text`` that looks like a secret, a card's number, an e-mail address."""
    taken: list[tuple[int, int]] = []
    for shape in _shapes():
        for found in shape.pattern.finditer(text) if shape.hint in text else ():
            start, end = found.span(shape.group)
            if any(start < stop and begin < end for begin, stop in taken):
                continue  # such as a password before the @ of an address
            if shape.check(found[shape.group]):
                taken.append((start, end))
                yield Match(shape.kind, found[shape.group], start, end)


def is_allowed(value: str, allow: Sequence[str]) -> bool:
    """Whether a value may be seen: it is reserved for examples, or matches one of ``allow``."""
    folded = value.casefold()
    return any(fnmatchcase(folded, pattern.casefold()) for pattern in (*_RESERVED, *allow))


@cache
def _shapes() -> tuple[_Shape, ...]:
    told = tomllib.loads(_SHAPES.read_text(encoding="utf-8"))
    return tuple(
        _Shape(
            kind=each["kind"],
            hint=each["hint"],
            pattern=re.compile(each["pattern"]),
            group=each.get("group", 0),
            check=_CHECKS[each.get("check", "value")],
        )
        for each in told["shape"]
    )


def _is_value(value: str) -> bool:
    return not _PLACEHOLDER.fullmatch(value)


def _is_email(value: str) -> bool:
    ending = value.rpartition(".")[2]
    return ending.lower() not in _FILES and ".." not in value


def _is_card(value: str) -> bool:
    digits = re.sub(r"[ -]", "", value)
    return bool(_CARDS.fullmatch(digits)) and len(set(digits)) > 1 and luhn.is_valid(digits)


def _is_iban(value: str) -> bool:
    return (" " in value or len(value) >= _LEAST_PLAIN) and bool(iban.is_valid(value))


_CHECKS = {"value": _is_value, "email": _is_email, "card": _is_card, "iban": _is_iban}
