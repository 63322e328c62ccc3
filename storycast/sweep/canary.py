"""Canaries: values that are known and must be nowhere, in every form that they may take."""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from storycast.errors import StorycastError

__all__ = ["LEAST", "Canary", "Needle", "make_canaries", "read_secrets"]

LEAST = 6
"""A shorter one is found everywhere by chance."""

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252", "shift_jis", "gb18030")
_SIX, _EIGHT = 6, 8


@dataclass(frozen=True)
class Needle:
    """What to look for: ``text``, in lower case unless its case counts; ``form`` says what it is.

    It counts only by itself where it ``stands_alone``: no letter may come before or after.
    """

    form: str
    text: str = field(repr=False)
    has_case: bool = False
    stands_alone: bool = False


@dataclass(frozen=True)
class Canary:
    """A value that must be nowhere, and what it is called."""

    name: str
    value: str = field(repr=False)

    @cached_property
    def plain(self) -> str:
        """The value in lower case, with letters of the same look made one."""
        return unicodedata.normalize("NFKC", self.value).casefold()

    @cached_property
    def is_word(self) -> bool:
        """Whether it could be a part of an ordinary word: it is made of letters alone."""
        return self.plain.isalpha()

    @cached_property
    def needles(self) -> tuple[Needle, ...]:
        """All forms of it that no decoding of the text gives back."""
        packed = self.value.encode()
        pairs = [f"{byte:02x}" for byte in packed]
        hexed = (Needle("as hex", gap.join(pairs)) for gap in ("", " ", ":", ", 0x"))
        coded = (Needle("as base64", each, has_case=True) for each in sorted(_base64(packed)))
        backwards = Needle("reversed", self.plain[::-1], stands_alone=self.is_word)
        return (
            Needle("", self.plain, stands_alone=self.is_word),
            *hexed,
            *coded,
            *((backwards,) if backwards.text != self.plain else ()),
        )

    @cached_property
    def raw(self) -> tuple[bytes, ...]:
        """Its bytes in the usual encodings."""
        found = set()
        for encoding in _ENCODINGS:
            try:
                found.add(self.value.encode(encoding))
            except UnicodeEncodeError:
                continue
        return tuple(sorted(found))


def make_canaries(secrets: Sequence[tuple[str, str]]) -> tuple[Canary, ...]:
    """Make what is searched of names and values. Raises ``StorycastError`` where one is short."""
    for name, value in secrets:
        if len(value.strip()) < LEAST:
            raise StorycastError(
                f"{name} has fewer than {LEAST} characters, so it would be found by chance.",
                f"Give a secret of {LEAST} characters or more.",
            )
    return tuple(Canary(name, value.strip()) for name, value in secrets)


def read_secrets(path: Path, swept: Sequence[Path]) -> tuple[tuple[str, str], ...]:
    """The secrets in a file, one a line. Raises ``StorycastError`` where it is itself swept."""
    hint = "Keep it elsewhere: what is swept is about to be published."
    real = path.resolve()
    for folder in swept:
        if real.is_relative_to(folder.resolve()):
            raise StorycastError(f"{path} holds the secrets and lies in {folder}.", hint)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise StorycastError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError:
        raise StorycastError(f"{path} is not UTF-8.", "Write a secret a line, as text.") from None
    return tuple(
        (f"the secret in line {number} of {path.name}", line)
        for number, line in enumerate(lines, 1)
        if line.strip()
    )


def _base64(packed: bytes) -> Iterator[str]:
    """What is always there of a value in base64, whatever comes before and after it."""
    for before in range(3):
        padded = bytes(before) + packed + bytes(-(before + len(packed)) % 3)
        start = -(-before * _EIGHT // _SIX)
        end = (before + len(packed)) * _EIGHT // _SIX
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(padded).decode()[start:end]
