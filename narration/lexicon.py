"""The lexicon: how to say words that are not said as they are written."""

# ruff: noqa: RUF001 (the marks of many scripts are meant)

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

__all__ = ["Terms", "is_name", "respell", "respell_math"]

Terms = tuple[tuple[str, str], ...]
"""Words as they are written, and as they are said."""

_BEFORE = " \t\u00a0([{\"'“‘«‹„¿¡*"
_AFTER = " \t\u00a0.,;:!?()]}\"'”’»›…–—-*。，、！？؟"
_POSSESSIVE = re.compile(r"(.+)(['’]s)")
_ADDRESS = re.compile(r"(?:\w+://|www\.)([^/?#\s]+)([^?#\s]*)\S*")
_CHORD = re.compile(r"[^\s+]+(?:\+[^\s+]+)+")
_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_PATH = re.compile(r"(?:~|\.{1,2})?/?[^\s/]+(?:/[^\s/]+)*/?")
_WINDOWS_PATH = re.compile(r"(?:[A-Za-z]:)?(?:\\?[^\s\\]+)(?:\\[^\s\\]+)+\\?")
_MAIL = re.compile(r"([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")
_INITIALS = re.compile(r"\w{1,3}(?:\.[A-Z])+")
_FILE = re.compile(r"\.?[\w-]+(?:\.[\w-]+)*\.[^\W\d][\w-]*|\.[^\W\d][\w-]*")


class _Lexicon(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    words: dict[str, str] = {}
    keys: dict[str, str] = {}
    endings: dict[str, str] = {}
    math: dict[str, str] = {}
    months: tuple[str, ...] = ()
    dot: str = ""
    slash: str = ""
    at: str = ""


@lru_cache(maxsize=10_000)
def respell(word: str, language: str = "en", terms: Terms = ()) -> str:
    """Return how ``word`` (as split by `narration.word`) is to be given to a voice.

    Punctuation around it stays, for it makes the melody. What has no sound gives "". ``terms`` go
    before the built-in words; what they give is taken as it is, and not looked up again.
    """
    lexicon = _lexicon(language.lower().replace("_", "-").partition("-")[0], terms)
    before, core, after = _strip(word)
    if abbreviation := lexicon.words.get(f"{core}."):
        return before + abbreviation + after.removeprefix(".")
    spoken = _read(core, lexicon)
    if not any(map(str.isalnum, spoken)):
        return ""
    return (before + spoken + after.replace("…", "").replace("...", "")).strip()


def respell_math(word: str, language: str = "en", terms: Terms = ()) -> str:
    """Return how a piece of TeX between two spaces is to be given to a voice.

    Powers, indices, fractions, roots and signs are said where the language has words for them; of
    all else the marks are left out.
    """
    lexicon = _lexicon(language.lower().replace("_", "-").partition("-")[0], terms)
    said = word.rstrip(".,;:!?")
    after = word[len(said) :]
    for pattern, words in lexicon.math.items():
        said = re.sub(pattern, words, said)
    said = re.sub(r"[\\{}^_$]", " ", said)
    parts = (lexicon.words.get(part, part) for part in said.split())
    return (" ".join(part for part in parts if any(map(str.isalnum, part))) + after).strip()


def is_name(word: str) -> bool:
    """Say whether ``word`` is a known name, which may start a sentence in lower case."""
    return _strip(word)[1] in _lexicon("", ()).words


def _strip(word: str) -> tuple[str, str, str]:
    tail = word.lstrip(_BEFORE)
    core = tail.rstrip(_AFTER)
    return word[: len(word) - len(tail)], core, tail[len(core) :]


def _read(core: str, lexicon: _Lexicon) -> str:
    if core in lexicon.words:
        return lexicon.words[core]
    for rule in _RULES:
        spoken = rule(core, lexicon)
        if spoken is not None:
            return spoken
    return core


def _read_possessive(core: str, lexicon: _Lexicon) -> str | None:
    match = _POSSESSIVE.fullmatch(core)
    return _read(match[1], lexicon) + match[2] if match else None


def _read_address(core: str, lexicon: _Lexicon) -> str | None:
    """Read the host, and a path where it is short: nobody can follow more by ear."""
    match = _ADDRESS.fullmatch(core)
    if not match or not lexicon.dot:
        return None
    host = _read(match[1].removeprefix("www.").replace(":", " "), lexicon)
    segments = [segment for segment in match[2].split("/") if segment]
    if len(segments) > 2:
        segments = []
    return f" {lexicon.slash} ".join([host, *(_read(segment, lexicon) for segment in segments)])


def _read_chord(core: str, lexicon: _Lexicon) -> str | None:
    """Read keys held together: "Ctrl+S"."""
    keys = core.split("+")
    if not _CHORD.fullmatch(core) or keys[0] not in lexicon.keys:
        return None
    return " ".join(lexicon.keys.get(key, key) for key in keys)


def _read_date(core: str, lexicon: _Lexicon) -> str | None:
    match = _DATE.fullmatch(core)
    if not match or not lexicon.months:
        return None
    return f"{int(match[3])} {lexicon.months[int(match[2]) - 1]} {match[1]}"


def _read_mail(core: str, lexicon: _Lexicon) -> str | None:
    match = _MAIL.fullmatch(core)
    if not match or not lexicon.at or not lexicon.dot:
        return None
    user, host = (f" {lexicon.dot} ".join(part.split(".")) for part in match.groups())
    return f"{user} {lexicon.at} {host}"


def _read_windows_path(core: str, lexicon: _Lexicon) -> str | None:
    if not _WINDOWS_PATH.fullmatch(core):
        return None
    return _read_path(re.sub(r"^[A-Za-z]:", "", core).replace("\\", "/"), lexicon)


def _read_path(core: str, lexicon: _Lexicon) -> str | None:
    """Read a path by its last two parts where it has more than three."""
    segments = [segment for segment in core.split("/") if segment not in ("", ".", "~")]
    is_path = "/" in core and _PATH.fullmatch(core) and not all(map(str.isdigit, segments))
    if not is_path or not lexicon.slash:
        return None
    if len(segments) > 3:
        segments = segments[-2:]
    return f" {lexicon.slash} ".join(_read(segment, lexicon) for segment in segments)


def _read_file(core: str, lexicon: _Lexicon) -> str | None:
    """Read a dotted name ("demo.ipynb", "frame.head"), but not "U.S." or "4.6"."""
    parts = core.split(".")
    if not lexicon.dot or not _FILE.fullmatch(core) or all(len(part) == 1 for part in parts):
        return None
    if _INITIALS.fullmatch(core):  # "Ph.D"
        return None
    *stems, ending = parts
    read = [_read(stem, lexicon) for stem in stems]
    return f" {lexicon.dot} ".join([*read, lexicon.endings.get(ending, ending)]).strip()


def _read_identifier(core: str, _lexicon: _Lexicon) -> str | None:
    """Read a name of a program: its underscores and what it begins with are silent."""
    plain = re.sub(r"^(?:-+|\$(?=[^\W\d]))", "", core).replace("_", " ").strip()
    return plain if plain != core else None


def _read_compound(core: str, lexicon: _Lexicon) -> str | None:
    parts = core.split("-")
    if not any(part in lexicon.words for part in parts):
        return None
    return "-".join(lexicon.words.get(part, part) for part in parts)


_RULES: tuple[Callable[[str, _Lexicon], str | None], ...] = (
    _read_possessive,
    _read_address,
    _read_chord,
    _read_date,
    _read_mail,
    _read_windows_path,
    _read_path,
    _read_file,
    _read_identifier,
    _read_compound,
)


@cache
def _lexicon(language: str, terms: Terms) -> _Lexicon:
    tables = tomllib.loads((files("narration") / "lexicon.toml").read_text(encoding="utf-8"))
    names = tables["names"]["words"]
    own = tables.get(language, {})
    words = names | own.get("words", {}) | dict(terms)
    return _Lexicon.model_validate(own | {"words": words})
