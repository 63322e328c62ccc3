"""Secrets: values that nobody may read, and what hides them wherever text is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from recorder.secrecy.form import BEGUN_ESCAPE, expression, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

__all__ = ["DOTS", "HIDDEN", "LEAST", "Secret", "Secrets"]

HIDDEN = "***"
"""Stands for a secret wherever it would be told."""

DOTS = "•" * 8
"""Stands for a secret that is typed, however long it is."""


LEAST = 4
"""How many characters a secret has at least: a shorter text stands in others by chance."""

_LONGEST_ESCAPE = 12
"""How many characters a single one becomes, as in ``&amp;quot;``."""


class Secret(str):
    """A text that can be typed and joined to others; what shows it for itself shows ``***``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"'{HIDDEN}'"


class Secrets:
    """Values by their names, and patterns of text, that nobody may read; all of them grow.

    ``values`` are not shown with it.
    """

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self.values: dict[str, str] = {}
        self.patterns: dict[str, re.Pattern[str]] = {}
        self._values: re.Pattern[str] | None = None
        self._pieces: tuple[tuple[re.Pattern[str], ...], ...] = ()
        for name, value in (values or {}).items():
            self.add(name, value)

    def __repr__(self) -> str:
        return f"Secrets({', '.join(self.values)})"

    def __bool__(self) -> bool:
        return bool(self.values or self.patterns)

    @property
    def lines(self) -> tuple[str, ...]:
        """The values, those of several lines line by line; the longest first.

        A line of a few characters stands in other texts by chance, and gives nothing away.
        """
        found: set[str] = set()
        for value in self.values.values():
            lines = [line.strip() for line in value.strip().splitlines()]
            found.update(line for line in lines if len(lines) == 1 or len(line) >= LEAST)
        return tuple(sorted(found - {""}, key=lambda line: (-len(line), line)))

    def add(self, name: str, value: str) -> None:
        """Hide this value from now on."""
        self.values[name] = value
        lines = self.lines
        self._values = re.compile("|".join(map(expression, lines))) if lines else None
        self._pieces = tuple(tuple(map(_compile, pieces(line))) for line in lines)

    def add_pattern(self, pattern: str) -> None:
        """Hide what matches this regular expression from now on."""
        self.patterns[pattern] = re.compile(pattern)

    def hide(self, text: str, sign: str = HIDDEN) -> str:
        """The text with ``sign`` for each of the values, in all their forms, and patterns."""
        if self._values is not None:
            text = self._values.sub(sign, text)
        for pattern in self.patterns.values():
            text = pattern.sub(lambda found: sign if found[0] else "", text)
        return text

    def has_value(self, text: str) -> bool:
        """Whether one of the values is in ``text``."""
        return self._values is not None and self._values.search(text) is not None

    def hide_all(self, told: Any, keep: Collection[str] | Callable[[str], bool] = ()) -> Any:
        """The same mappings, sequences and texts, with nothing in them to be read.

        What stands under a key in ``keep``, or for which that is true, stays as it is, unless it is
        a mapping. Keys stay, too, but for those that somebody chose: below a media type.
        """
        if not self:
            return told
        keeps = keep if callable(keep) else keep.__contains__
        return self._walk(told, keeps, chosen=False)

    def may_begin(self, text: str) -> int:
        """How many characters at the end of ``text`` may be the beginning of a value."""
        most = max((len(each) for each in self._pieces), default=0) * _LONGEST_ESCAPE
        starts = range(max(0, len(text) - most), len(text))
        return next((len(text) - at for at in starts if self._is_begun(text, at)), 0)

    def _is_begun(self, text: str, at: int) -> bool:
        return any(_begins(value, text, at) for value in self._pieces)

    def _walk(self, told: Any, keeps: Callable[[str], bool], *, chosen: bool) -> Any:
        if isinstance(told, str):
            return self.hide(told)
        if isinstance(told, dict):
            walked = {}
            for key, each in told.items():
                is_kept = isinstance(key, str) and keeps(key) and not isinstance(each, dict)
                shown = self.hide(key) if chosen and isinstance(key, str) else key
                below = chosen or "/" in str(key)
                walked[shown] = each if is_kept else self._walk(each, keeps, chosen=below)
            return walked
        if isinstance(told, (list, tuple)):
            return type(told)(self._walk(each, keeps, chosen=chosen) for each in told)
        return told


def _compile(piece: str) -> re.Pattern[str]:
    return re.compile(piece, re.IGNORECASE)


def _begins(value: Sequence[re.Pattern[str]], text: str, at: int) -> bool:
    """Whether ``text`` from ``at`` on is the beginning of a value, of which these are the pieces.

    It may end in the middle of an escaped character, and is not all of the value.
    """
    for piece in value:
        if at == len(text) or BEGUN_ESCAPE.fullmatch(text, at):
            return True
        found = piece.match(text, at)
        if found is None:
            return False
        at = found.end()
    return False
