"""The forms that a value takes in text: as it is, in addresses, in JSON, in HTML, in base64."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

__all__ = ["coded_forms", "expression", "plain_forms", "sources_of"]

_SHORT = 4
_LEAST_CODED = 6
"""A shorter piece of base64 stands in others by chance."""

_SIX, _EIGHT = 6, 8
_FLAGS = {re.IGNORECASE: "i", re.MULTILINE: "m", re.DOTALL: "s"}
_OPENING_FLAGS = re.compile(r"^\(\?[aimsux]+\)")


def plain_forms(value: str) -> frozenset[str]:
    """How ``value`` is written in text, whatever the case of its letters."""
    in_address = quote(value, safe="")
    in_html = html.escape(value)
    return frozenset(
        {
            value,
            quote(value),
            in_address,
            quote_plus(value),
            quote(in_address, safe=""),
            json.dumps(value)[1:-1],
            json.dumps(value, ensure_ascii=False)[1:-1],
            repr(value)[1:-1],
            html.escape(value, quote=False),
            in_html,
            in_html.replace("&#x27;", "&#39;"),
        }
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
    plain = "|".join(re.escape(form) for form in sorted(plain_forms(value), key=_by_length))
    plain = _alone(plain) if _is_word(value) else plain
    coded = [re.escape(form) for form in sorted(coded_forms(value), key=_by_length)]
    return "|".join([f"(?i:{plain})", *coded])


def sources_of(lines: Iterable[str], patterns: Iterable[re.Pattern[str]]) -> list[tuple[str, str]]:
    """Regular expressions of JavaScript, [source, flags], for these values and patterns."""
    found = []
    for line in lines:
        plain = "|".join(_spaced(form) for form in sorted(plain_forms(line), key=_by_length))
        found.append((_alone(plain) if _is_word(line) else plain, "gi"))
        if coded := sorted(coded_forms(line), key=_by_length):
            found.append(("|".join(map(re.escape, coded)), "g"))
    return [*found, *(_of_javascript(pattern) for pattern in patterns)]


def _of_javascript(pattern: re.Pattern[str]) -> tuple[str, str]:
    """A regular expression as JavaScript writes it: groups and flags are written otherwise."""
    flags = "".join(sign for flag, sign in _FLAGS.items() if pattern.flags & flag)
    source = _OPENING_FLAGS.sub("", pattern.pattern)
    source = source.replace("(?P<", "(?<").replace(r"\A", "^").replace(r"\Z", "$")
    return re.sub(r"\(\?P=(\w+)\)", r"\\k<\1>", source), f"g{flags}"


def _spaced(form: str) -> str:
    """Pages write one blank for several, and a line's end for one."""
    return r"\s+".join(re.escape(word) for word in form.split())


def _is_word(value: str) -> bool:
    return value.isalpha() or len(value) < _SHORT


def _alone(source: str) -> str:
    return rf"(?<!\w)(?:{source})(?!\w)"


def _by_length(form: str) -> tuple[int, str]:
    return -len(form), form
