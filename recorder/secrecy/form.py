"""The forms that a value takes in text: as it is, in addresses, in JSON, in HTML, in base64."""

from __future__ import annotations

import base64
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from html.entities import html5
from itertools import groupby

__all__ = ["BEGUN_ESCAPE", "coded_forms", "expression", "pieces", "sources_of"]

_SHORT = 4
_LEAST_CODED = 6
"""A shorter piece of base64 stands in others by chance."""

_SIX, _EIGHT = 6, 8
_MOST = 8
"""How many backslashes stand for one, or before another character, that is escaped repeatedly."""

_ASCII = 0x7F
_FLAGS = {re.IGNORECASE: "i", re.MULTILINE: "m", re.DOTALL: "s"}
_OPENING_FLAGS = re.compile(r"^\(\?[aimsux]+\)")

BEGUN_ESCAPE = re.compile(
    r"(?:%[0-9a-f]*)+|&(?:amp;)*#?\w*|(?:\\+(?:[ux][0-9a-f]*)?)+", re.IGNORECASE
)
"""What an escaped character may begin with."""


def pieces(value: str) -> tuple[str, ...]:
    """Regular expressions for the characters of ``value``, one after the other, escaped or not.

    Who writes an address, JSON or HTML escapes another set of characters each time: any of them may
    be escaped, more than once, while its neighbours are not. Blanks that follow each other are one
    piece, for pages write one for several; so are backslashes. Python and JavaScript read the
    expressions alike.
    """
    signs = (" " if sign.isspace() else sign for sign in value)
    return tuple(
        piece for sign, run in groupby(signs) for piece in _pieces_of(sign, len(list(run)))
    )


def coded_forms(value: str) -> frozenset[str]:
    """What is always there of ``value`` in base64, whatever stands around it; and it as hex."""
    packed = value.encode()
    found = {packed.hex(), packed.hex().upper()}
    for before in range(3):
        padded = bytes(before) + packed + bytes(-(before + len(packed)) % 3)
        start = -(-before * _EIGHT // _SIX)
        end = (before + len(packed)) * _EIGHT // _SIX
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            found.add(encode(padded).decode()[start:end])
    return frozenset(each for each in found if len(each) >= _LEAST_CODED)


def expression(value: str) -> str:
    """A regular expression for all forms of ``value``.

    What is made of letters alone, or is short, has to be a word of its own: to hide a part of
    another word would give it away.
    """
    coded = [re.escape(form) for form in sorted(coded_forms(value), key=_by_length)]
    return "|".join([f"(?i:{_plain(value)})", *coded])


def sources_of(lines: Iterable[str], patterns: Iterable[re.Pattern[str]]) -> list[tuple[str, str]]:
    """Regular expressions of JavaScript, [source, flags], for these values and patterns."""
    found = []
    for line in lines:
        found.append((_plain(line), "gi"))
        if coded := sorted(coded_forms(line), key=_by_length):
            found.append(("|".join(map(re.escape, coded)), "g"))
    return [*found, *(_of_javascript(pattern) for pattern in patterns)]


def _of_javascript(pattern: re.Pattern[str]) -> tuple[str, str]:
    """A regular expression as JavaScript writes it: groups and flags are written otherwise."""
    flags = "".join(sign for flag, sign in _FLAGS.items() if pattern.flags & flag)
    source = _OPENING_FLAGS.sub("", pattern.pattern)
    source = source.replace("(?P<", "(?<").replace(r"\A", "^").replace(r"\Z", "$")
    return re.sub(r"\(\?P=(\w+)\)", r"\\k<\1>", source), f"g{flags}"


def _plain(value: str) -> str:
    source = "".join(pieces(value))
    return _alone(source) if value.isalpha() or len(value) < _SHORT else source


def _alone(source: str) -> str:
    return rf"(?<!\w)(?:{source})(?!\w)"


def _pieces_of(sign: str, count: int) -> Iterator[str]:
    if sign == " ":
        yield rf"(?:\s|\+|\\{{1,{_MOST}}}t|{'|'.join([*_escapes(sign), *_escapes(chr(0xA0))])})+"
    elif sign == "\\":
        yield rf"(?:{'|'.join(_escapes(sign))}|\\){{{count},{_MOST * count}}}"
    else:
        yield from [_piece(sign)] * count


@cache
def _piece(sign: str) -> str:
    if ord(sign) <= _ASCII and sign.isalnum():  # nobody escapes these
        return sign
    raw = rf"\\{{0,{_MOST}}}{re.escape(sign)}" if ord(sign) <= _ASCII else sign
    return f"(?:{'|'.join([*_escapes(sign), raw])})"  # the longest first


@cache
def _escapes(sign: str) -> tuple[str, ...]:
    """How a character is written in addresses, in HTML and in JSON."""
    code = ord(sign)
    in_address = "".join(f"%(?:25)*{byte:02x}" for byte in sign.encode(errors="surrogatepass"))
    names = [f"#0*{code}", f"#x0*{code:x}", *_entities()[sign]]
    wide = sign.encode("utf-16-be", errors="surrogatepass").hex()
    escape = rf"\\{{1,{_MOST}}}"
    in_json = "".join(rf"{escape}u{wide[at : at + 4]}" for at in range(0, len(wide), 4))
    in_script = [rf"{escape}u\{{0*{code:x}\}}"] + ([f"{escape}x{code:02x}"] if code <= 0xFF else [])
    return (in_address, f"&(?:amp;)*(?:{'|'.join(names)});", in_json, *in_script)


@cache
def _entities() -> dict[str, list[str]]:
    """The names that HTML has for characters."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, signs in html5.items():
        if name.endswith(";"):
            found[signs].add(name[:-1].lower())  # in whatever case
    return defaultdict(list, {signs: sorted(names) for signs, names in found.items()})


def _by_length(form: str) -> tuple[int, str]:
    return -len(form), form
