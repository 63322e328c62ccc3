"""A storyboard in another language: what is to be translated, and the storyboard that says it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from recorder.front_matter import FrontMatter, VoiceSettings
from recorder.storyboard import Storyboard, read_storyboard
from storycast.errors import StorycastError
from storycast.translation.unit import find_units, rewrite

if TYPE_CHECKING:
    from storycast.translation.catalogue import Catalogue, Message, Update

__all__ = ["find_languages", "list_messages", "read_told", "update_catalogue"]

_PARAMETER = "language"
"""A storyboard with this parameter is filmed once for each language."""

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")


def find_languages(path: Path) -> tuple[str, ...]:
    """Return the languages that the storyboard at ``path`` has a catalogue of beside it."""
    start = len(path.stem) + 1
    found = (file.name[start:-3] for file in path.parent.glob(f"{_escaped(path.stem)}.*.po"))
    return tuple(sorted(language for language in found if _TAG.fullmatch(language)))


def update_catalogue(path: Path, language: str) -> Update:
    """Make or update the catalogue of the storyboard at ``path``, and tell what is in it.

    Raises `StorycastError` where it is damaged or cannot be written, or there is no such language.
    """
    board = read_storyboard(path)
    _require_language(language)
    if language.lower() == board.language.lower():
        raise StorycastError(
            f"{path} is in the language {language} already.", "Give one to translate it into."
        )
    from storycast.translation.catalogue import read_catalogue  # noqa: PLC0415 - Babel takes long

    catalogue = read_catalogue(_catalogue_path(path, language), language, title=board.title)
    try:
        return catalogue.update(list_messages(board))
    except OSError as error:
        raise StorycastError(f"{catalogue.path} cannot be written: {error.strerror}.") from error


def _require_language(language: str) -> None:
    if not _TAG.fullmatch(language):
        raise StorycastError(f"{language!r} is no language.", "Give a tag such as fr, de or pt-BR.")


def list_messages(board: Storyboard) -> Iterator[Message]:
    """Yield what is to be translated of ``board``, in order."""
    from storycast.translation.catalogue import Message  # noqa: PLC0415 - see above

    for text in (board.front.title, board.front.film.end_card):
        if text:
            yield Message(text, 0, 0)
    for text in (board.front.goal, *board.front.needs, board.front.outcome):
        for unit in find_units(text):
            yield Message(unit.text, 0, 0)
    for actor in board.front.actors.values():
        if actor.name:
            yield Message(actor.name, 0, 0)
    sayings = {cell.index: tuple(_sayings(cell.source)) for cell in board.cells}
    for index in sorted({*board.texts, *sayings}):
        for unit in find_units(board.texts.get(index, "")):
            yield Message(unit.text, index + 1, unit.line + 1)
        for text, line in sayings.get(index, ()):
            yield Message(text, index + 1, line)


def read_told(path: Path, language: str = "") -> tuple[Storyboard, Update | None]:
    """Read the storyboard at ``path`` as it is told in ``language``, and what that lacks.

    Without a language, or with its own, it is the storyboard itself. Raises `StorycastError` where
    there is no catalogue of that language, or it is damaged.
    """
    board = read_storyboard(path)
    if language in ("", board.language):
        return board, None
    _require_language(language)
    from storycast.translation.catalogue import read_catalogue  # noqa: PLC0415 - see above

    catalogue = read_catalogue(_catalogue_path(path, language), language)
    if not catalogue.path.exists():
        raise StorycastError(
            f"{path} is not translated into {language}: there is no {catalogue.path.name}.",
            f"Make it with 'storycast translate --language {language} {path}', then fill it in.",
        )
    return _told(board, catalogue), catalogue.review(list_messages(board))


def _told(board: Storyboard, catalogue: Catalogue) -> Storyboard:
    def say(text: str) -> str:
        return catalogue.translate(text) if text else ""

    told = read_storyboard(board.path, lambda markdown: rewrite(markdown, catalogue.translate))
    sayings = {
        text: catalogue.translate(text) for cell in board.cells for text, _ in _sayings(cell.source)
    }
    front, language = board.front, catalogue.language
    film = front.film.model_copy(update={"end_card": say(front.film.end_card)})
    title = say(front.title)
    new = {
        "title": title,
        "goal": rewrite(front.goal, catalogue.translate),
        "needs": tuple(rewrite(each, catalogue.translate) for each in front.needs),
        "outcome": rewrite(front.outcome, catalogue.translate),
        "film": film,
        "actors": {
            key: actor.model_copy(update={"name": say(actor.name)})
            for key, actor in front.actors.items()
        },
        "voice": _voice(front, language),
        "lexicon": {},
        "language": language if _PARAMETER in board.parameters else front.language,
    }
    return replace(
        told,
        front=front.model_copy(update=new),
        title=title or told.title,
        told_in=language,
        sayings=sayings,
    )


def _voice(front: FrontMatter, language: str) -> str | VoiceSettings:
    """Who speaks a translation: as the front matter says, or else a voice of any language."""
    if language in front.voices:
        return front.voices[language]
    if isinstance(front.voice, VoiceSettings):
        return front.voice.model_copy(update={"otherwise": "pyttsx3"})
    return front.voice if front.voice in ("none", "pyttsx3") else "pyttsx3"


def _sayings(source: str) -> Iterator[tuple[str, int]]:
    """Yield what the highlights of a cell say, where that is written there, and in which line."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # such as a magic command of IPython
        return
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if isinstance(call.func, ast.Name) and call.func.id == "highlight":
            named = [each.value for each in call.keywords if each.arg == "say"]
            for value in [*call.args[1:2], *named]:
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                    yield value.value, value.lineno


def _catalogue_path(path: Path, language: str) -> Path:
    return path.with_name(f"{path.stem}.{language}.po")


def _escaped(stem: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", stem)
