"""The catalogues: what the code says, held against its translations, and written into them.

``python -m storycast.wording.catalogue`` brings the catalogues up to date; with ``--check`` it only
tells what is missing or wrong, and with ``--prune`` it also drops what the code no longer says.
Names of other languages start their catalogues.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from recorder.replacement import write_whole

__all__ = ["LOCALE", "Review", "extract_texts", "main", "review", "update"]

LOCALE = Path(__file__).with_name("locale")
_PACKAGE = Path(__file__).resolve().parents[1]
_METHODS = [("**.py", "python"), ("**/templates/**", "jinja2.ext:babel_extract")]
_WIDTH = 100
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms};\\n"

"""


@dataclass(frozen=True)
class Review:
    """What is ``wrong`` in a catalogue, and which texts the code does not say (``unsaid``)."""

    path: Path
    wrong: tuple[str, ...]
    unsaid: tuple[str, ...]


@cache
def extract_texts() -> Catalog:
    """Every marked text of the package, with the files that say it."""
    said = Catalog(fuzzy=False)
    found = extract_from_dir(_PACKAGE, _METHODS, comment_tags=("Translators:",))
    for name, _line, text, comments, context in found:
        place = (f"{_PACKAGE.name}/{name}", 0)
        said.add(text, locations=[place], auto_comments=comments, context=context)
    return said


def review(path: Path) -> Review:
    """Hold the catalogue at ``path`` against what the code says."""
    said, told = extract_texts(), _read(path)
    wrong = [fault for message in _messages(said) for fault in _faults(message, told)]
    unsaid = [_name(each) for each in _messages(told) if said.get(each.id, each.context) is None]
    return Review(path, tuple(wrong), tuple(unsaid))


def update(path: Path, *, prune: bool = False) -> bool:
    """Write what the code says into the catalogue at ``path``; return whether that changed it.

    New texts have no translation yet. Those that the code does not say stay, unless ``prune``.
    """
    said, told = extract_texts(), _read(path)
    merged = Catalog(locale=path.stem, fuzzy=False)
    for message in _messages(said):
        _add(merged, message, told.get(message.id, message.context))
    for message in () if prune else _messages(told):
        if said.get(message.id, message.context) is None:
            _add(merged, message, message)
    content = _dump(merged, told.plural_forms)
    if path.exists() and path.read_bytes() == content:
        return False
    write_whole(path, content)
    return True


def main(arguments: Sequence[str]) -> int:
    """Update the catalogues, or only check them; return 1 where something is wrong."""
    started = {LOCALE / f"{name}.po" for name in arguments if not name.startswith("--")}
    paths = sorted({*LOCALE.glob("*.po"), *started})
    if "--check" not in arguments:
        for path in paths:
            changed = update(path, prune="--prune" in arguments)
            _say(f"{path.name}: {'written' if changed else 'as it was'}")
    reviews = [review(path) for path in paths]
    for each in reviews:
        for fault in each.wrong:
            _say(f"{each.path.name}: {fault}")
        if each.unsaid:
            _say(f"note: {each.path.name} has {len(each.unsaid)} texts that the code does not say")
    return int(any(each.wrong for each in reviews))


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog(locale=path.stem)
    return read_po(io.BytesIO(path.read_bytes()), locale=path.stem, abort_invalid=True)


def _messages(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _add(merged: Catalog, message: Message, known: Message | None) -> None:
    added = merged.add(
        message.id,
        known.string if known else None,
        locations=message.locations if known is not message else (),
        auto_comments=message.auto_comments,
        user_comments=known.user_comments if known else (),
        context=message.context,
    )
    if known and known.fuzzy:
        added.flags.add("fuzzy")


def _dump(merged: Catalog, plural_forms: str) -> bytes:
    """The catalogue by its texts, without dates and lines: nothing else makes it differ."""
    out = io.BytesIO()
    write_po(out, merged, width=_WIDTH, sort_output=True, include_lineno=False, omit_header=True)
    header = _HEADER.format(
        language=merged.locale_identifier, plural_forms=plural_forms.rstrip(";")
    )
    return header.encode() + out.getvalue()


def _faults(message: Message, told: Catalog) -> Iterator[str]:
    """What is wrong with the translation of a text."""
    known, name = told.get(message.id, message.context), _name(message)
    if known is None:
        yield f"“{name}” is missing: run scripts/wording, then translate it"
        return
    strings = _forms(known.string)
    if not all(strings):
        yield f"“{name}” is not translated"
    elif known.fuzzy:
        yield f"“{name}” is marked as fuzzy: see whether it is right"
    elif len(strings) != (told.num_plurals if known.pluralizable else 1):
        yield f"“{name}” has {len(strings)} forms, and the language has {told.num_plurals}"
    else:
        wanted, counts = _braces(_forms(message.id)[-1]), bool(message.pluralizable)
        for string in strings:
            has = _braces(string)
            if not (has == wanted or (counts and has < wanted)):  # "one step" needs no {count}
                yield f"“{name}” has other braces than “{string}”"


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _name(message: Message) -> str:
    return _forms(message.id)[0]


def _braces(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
