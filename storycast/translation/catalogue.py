"""Catalogues: what a storyboard says in another language, as gettext's PO files."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from babel.core import UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from recorder.replacement import write_whole
from storycast.errors import StorycastError

__all__ = ["UNTRANSLATED", "Catalogue", "Message", "Update", "read_catalogue"]

UNTRANSLATED = "⚠ "
"""Stands before what is not translated: it is seen in captions and guide, and not spoken."""

_NAMES = re.compile(r"\*\*((?:(?!\*\*).)+)\*\*")
_STRING = re.compile(r"\s*(?:#~\s*)?(?:msg\w+(?:\[\d+\])?\s*)?\"")
_CLOSED = re.compile(r'[^"]*"(?:[^"\\]|\\.)*"')
_WIDTH = 100


@dataclass(frozen=True)
class Message:
    """A sentence to be translated, and where it stands: cells and lines count from 1."""

    text: str
    cell: int
    line: int

    @property
    def place(self) -> str:
        """Where it stands, in words; 0 is the notebook's metadata."""
        return f"cell {self.cell}, line {self.line}" if self.cell else "the notebook's metadata"


@dataclass(frozen=True)
class Update:
    """What has come of making or updating a catalogue.

    ``missing`` have no translation, ``fuzzy`` one that was another sentence's; ``gone`` is how many
    are no longer said. ``doubtful`` tells of translations that lack what is bold.
    """

    path: Path
    total: int
    missing: tuple[Message, ...]
    fuzzy: tuple[Message, ...]
    gone: int
    doubtful: tuple[str, ...] = ()
    is_written: bool = False

    def lines(self) -> Iterator[str]:
        """Tell it to people, each sentence with its place."""
        done = self.total - len(self.missing) - len(self.fuzzy)
        written = "written" if self.is_written else "as it was"
        told = f"{self.path} ({written}): {done} of {self.total} sentences are translated"
        for count, what in (
            (len(self.missing), "missing"),
            (len(self.fuzzy), "fuzzy"),
            (self.gone, "no longer said"),
        ):
            told += f", {count} {what}" if count else ""
        yield told
        for kind, messages in (("missing", self.missing), ("fuzzy", self.fuzzy)):
            for message in messages:
                yield f"  {kind}: {message.place}: {message.text}"
        yield from (f"  doubtful: {told}" for told in self.doubtful)

    @property
    def facts(self) -> dict[str, object]:
        """The same for machines."""
        return {
            "catalogue": str(self.path),
            "sentences": self.total,
            "missing": [asdict(message) for message in self.missing],
            "fuzzy": [asdict(message) for message in self.fuzzy],
            "gone": self.gone,
            "doubtful": list(self.doubtful),
            "written": self.is_written,
        }

    def notes(self) -> Iterator[str]:
        """Tell whoever makes the translation's film what it says in the storyboard's language."""
        for what, messages in (("not translated", self.missing), ("fuzzy", self.fuzzy)):
            if messages:
                first, count = messages[0], len(messages)
                more = f" and {count - 1} more" if count > 1 else ""
                yield f"{what} in {self.path.name}: “{first.text}” ({first.place}){more}"
        for told in self.doubtful:
            yield f"{self.path.name}, {told}"


@dataclass
class Catalogue:
    """A PO file that was read."""

    path: Path
    language: str
    entries: Catalog
    _said: dict[str, str] = field(default_factory=dict)

    def translate(self, text: str) -> str:
        """Return ``text`` in the language; marked with `UNTRANSLATED` where it is not in it."""
        return self.find(text) or UNTRANSLATED + text

    def find(self, text: str) -> str:
        """Return the translation of ``text``; empty where there is none, or a fuzzy one."""
        entry = self.entries.get(text)
        return "" if entry is None or entry.fuzzy else _text(entry.string)

    def review(self, messages: Iterable[Message], *, gone: int = 0) -> Update:
        """Tell what of ``messages`` is missing, fuzzy or doubtful."""
        told = {message.text: message for message in messages}
        missing, fuzzy, doubtful = [], [], []
        for text, message in told.items():
            entry = self.entries.get(text)
            if entry is None or not _text(entry.string):
                missing.append(message)
            elif entry.fuzzy:
                fuzzy.append(message)
            else:
                lost = _lost(text, _text(entry.string))
                if lost:
                    doubtful.append(f"{message.place}: {lost}")
        return Update(self.path, len(told), tuple(missing), tuple(fuzzy), gone, tuple(doubtful))

    def update(self, messages: Iterable[Message]) -> Update:
        """Take over ``messages``, and write the file where that changes it.

        What is translated stays so; a new sentence that is like one that is gone gets its
        translation, marked fuzzy; what is no longer said is kept at the end.
        """
        messages = tuple(messages)
        template = Catalog(fuzzy=False)
        for message in messages:
            entry = template.add(message.text, auto_comments=[message.place])
            entry.flags.discard("python-format")  # a percent sign is one
        before, date = _dump(self.entries), self.entries.creation_date
        for text in {message.text for message in messages} & self.entries.obsolete.keys():
            again = self.entries.obsolete.pop(text)
            if text not in self.entries:
                self.entries.add(text, again.string, flags=again.flags)
        known = {entry.id for entry in self.entries if entry.id}
        self.entries.update(template)
        self.entries.fuzzy = False
        self.entries.creation_date = date
        now = {message.text for message in messages}
        gone = sum(1 for text in known if text not in now)
        review = self.review(messages, gone=gone)
        content = _dump(self.entries)
        changed = content != before or not self.path.exists()
        if changed:
            write_whole(self.path, content)
        return Update(
            review.path,
            review.total,
            review.missing,
            review.fuzzy,
            gone,
            review.doubtful,
            is_written=changed,
        )


def read_catalogue(path: Path, language: str, *, title: str = "") -> Catalogue:
    """Read the PO file at ``path``; without one the catalogue is empty.

    Raises `StorycastError` where it is damaged, or of another language.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Catalogue(path, language, _new(language, title))
    except OSError as error:
        raise StorycastError(f"{path} cannot be read: {error.strerror}.") from error
    hint = "Mend it by hand or with a PO editor; 'msgfmt --check' tells what is wrong."
    try:
        text = content.decode("utf-8-sig")
        _check_quotes(text)
        entries = read_po(io.StringIO(text), abort_invalid=True)
    except UnicodeDecodeError as error:
        raise StorycastError(f"{path} is not UTF-8.", "Save it as UTF-8.") from error
    except PoFileError as error:
        place = f"{path}, line {error.lineno + 1}"
        raise StorycastError(f"{place} is no gettext catalogue: {error}.", hint) from error
    except (ValueError, UnknownLocaleError, IndexError, LookupError) as error:
        raise StorycastError(f"{path} is no gettext catalogue: {error}.", hint) from error
    named = entries.locale_identifier
    if named and named.replace("_", "-").lower() != language.replace("_", "-").lower():
        raise StorycastError(
            f"{path} is named for the language {language}, and says that it is {named}.",
            "Correct the line 'Language:' in it, or its name.",
        )
    return Catalogue(path, language, entries)


def _new(language: str, title: str) -> Catalog:
    now = datetime.now(UTC)
    return Catalog(
        locale=language.replace("-", "_"),
        project=title or None,
        version="1",
        header_comment="",
        creation_date=now,
        revision_date=now,
        fuzzy=False,
    )


def _check_quotes(text: str) -> None:
    """Raise ``PoFileError`` where a text is not closed: Babel would take what it finds."""
    for number, line in enumerate(text.splitlines()):
        if _STRING.match(line) and not _CLOSED.fullmatch(line.strip()):
            raise PoFileError("the quotes do not match", Catalog(), line, number)


def _dump(catalog: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalog, width=_WIDTH, include_previous=True)
    return out.getvalue()


def _text(said: str | Sequence[str] | None) -> str:
    return said if isinstance(said, str) else "".join((said or ())[:1])


def _lost(source: str, told: str) -> str:
    """Say which bold names of a sentence its translation has not, or as many others."""
    names, kept = _NAMES.findall(source), _NAMES.findall(told)
    if len(names) <= len(kept):
        return ""
    lacking = list((Counter(names) - Counter(kept)).elements()) or names
    return f"the translation lacks what is bold: “{lacking[0]}”"
