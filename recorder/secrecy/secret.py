"""Secrets: values that nobody may read, and what hides them wherever text is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from recorder.secrecy.form import expression, plain_forms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

__all__ = ["DOTS", "HIDDEN", "Secret", "Secrets"]

HIDDEN = "***"
"""Stands for a secret wherever it would be told."""

DOTS = "•" * 8
"""Stands for a secret that is typed, however long it is."""


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
        self._beginnings: tuple[str, ...] = ()
        for name, value in (values or {}).items():
            self.add(name, value)

    def __repr__(self) -> str:
        return f"Secrets({', '.join(self.values)})"

    def __bool__(self) -> bool:
        return bool(self.values or self.patterns)

    @property
    def lines(self) -> tuple[str, ...]:
        """The values, those of several lines line by line; the longest first."""
        lines = {line.strip() for value in self.values.values() for line in value.splitlines()}
        return tuple(sorted(lines - {""}, key=lambda line: (-len(line), line)))

    def add(self, name: str, value: str) -> None:
        """Hide this value from now on."""
        self.values[name] = value
        lines = self.lines
        self._values = re.compile("|".join(map(expression, lines))) if lines else None
        self._beginnings = tuple(sorted({each for line in lines for each in plain_forms(line)}))

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
        a mapping.
        """
        if not self:
            return told
        keeps = keep if callable(keep) else keep.__contains__
        return self._walk(told, keeps)

    def may_begin(self, text: str) -> int:
        """How many characters at the end of ``text`` may be the beginning of a value."""
        folded = text.lower()
        return max(self._ends(folded), default=0)

    def _ends(self, folded: str) -> Iterator[int]:
        for form in self._beginnings:
            beginning = form.lower()
            most = min(len(beginning) - 1, len(folded))
            yield next((n for n in range(most, 0, -1) if folded.endswith(beginning[:n])), 0)

    def _under(self, key: object, told: Any, keeps: Callable[[str], bool]) -> Any:
        if isinstance(key, str) and keeps(key) and not isinstance(told, dict):
            return told
        return self._walk(told, keeps)

    def _walk(self, told: Any, keeps: Callable[[str], bool]) -> Any:
        if isinstance(told, str):
            return self.hide(told)
        if isinstance(told, dict):
            return {key: self._under(key, each, keeps) for key, each in told.items()}
        if isinstance(told, (list, tuple)):
            return type(told)(self._walk(each, keeps) for each in told)
        return told
