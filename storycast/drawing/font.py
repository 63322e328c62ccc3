"""Fonts: the files of this machine, chosen by family, weight and the letters that are needed."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from shutil import which

from PIL import ImageFont

__all__ = ["NATIVE_FAMILY", "Face", "Font", "choose_face", "load_font", "printable"]

NATIVE_FAMILY = "DejaVu Sans"
"""What the browser's own lists and dialogs are lettered in; `scripts/setup` installs it."""

Font = ImageFont.FreeTypeFont

_FOLDERS = (
    Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("~/.local/share/fonts"),
    Path("~/.fonts"), Path("/Library/Fonts"), Path("/System/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)  # fmt: skip
_PROBE_PX = 24
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_UNPRINTED = {"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"}

_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\u1100-\u11ff\uac00-\ud7af]"), "ko"),
    (re.compile("[\u3400-\u9fff\uf900-\ufaff]"), "zh"),
    (re.compile("[\u0600-\u06ff]"), "ar"),
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u0900-\u097f]"), "hi"),
    (re.compile("[\u0e00-\u0e7f]"), "th"),
)
"""Languages by letters that only their scripts have, in the order in which they decide."""


@dataclass(frozen=True)
class Face:
    """A face in a font file; without a ``path`` it is the one that Pillow carries."""

    path: Path | None = None
    index: int = 0


@lru_cache(maxsize=512)
def choose_face(family: str, text: str, *, bold: bool = False) -> Face:
    """Return the face of ``family``, or where it lacks letters of ``text`` one that has more.

    ``family`` may be a font file's path. Where the machine does not have it, `NATIVE_FAMILY`
    is taken, and then Pillow's own.
    """
    face = _face(family, bold) or _face(NATIVE_FAMILY, bold) or Face()
    lacking = _lacking(face, text)
    if not lacking:
        return face
    other = _face_for(text, lacking, bold)
    return other if other and len(_lacking(other, text)) < len(lacking) else face


@lru_cache(maxsize=256)
def load_font(face: Face, size_px: int) -> Font:
    """Open a face at a size."""
    if face.path is None:
        fallback = ImageFont.load_default(size_px)
        assert isinstance(fallback, ImageFont.FreeTypeFont)  # noqa: S101 - any size but None gives one
        return fallback
    return ImageFont.truetype(str(face.path), size_px, index=face.index)


def printable(face: Face, text: str) -> str:
    """Return ``text`` on one line, without characters for which ``face`` could draw only a box."""
    text = _CONTROLS.sub(" ", text)
    lacking = _lacking(face, text)
    return "".join(letter for letter in text if letter not in lacking)


def _lacking(face: Face, text: str) -> frozenset[str]:
    return frozenset(letter for letter in text if not _has(face, letter))


@lru_cache(maxsize=8192)
def _has(face: Face, letter: str) -> bool:
    if unicodedata.category(letter) in _UNPRINTED:
        return True
    font = load_font(face, _PROBE_PX)
    return bytes(font.getmask(letter)) != _box(face)


@cache
def _box(face: Face) -> bytes:
    """What a face draws for a character that it does not have (this one never is one)."""
    return bytes(load_font(face, _PROBE_PX).getmask("\U0010fffe"))


@cache
def _face(family: str, bold: bool) -> Face | None:
    if Path(family).suffix.lower() in {".ttf", ".otf", ".ttc"}:
        return _opened(Path(family), 0)
    name = re.sub(r"\s", "", family).lower()
    wanted = [f"{name}-bold", f"{name}bd"] if bold else [name, f"{name}-regular"]
    for stem in wanted:
        if stem in _files():
            return _opened(_files()[stem], 0)
    families, found = _match(f"{family}:{'bold' if bold else 'regular'}")
    return found if family.lower() in families else None


@cache
def _files() -> dict[str, Path]:
    """The machine's font files by their names, the first of each in the order of folders."""
    found: dict[str, Path] = {}
    for folder in _FOLDERS:
        for path in sorted(folder.expanduser().rglob("*.[to]t[fc]")):
            found.setdefault(path.stem.lower(), path)
    return found


def _face_for(text: str, lacking: frozenset[str], bold: bool) -> Face | None:
    """Ask fontconfig for a face that has ``lacking``, of the language that ``text`` is in."""
    language = next((name for letters, name in _SCRIPTS if letters.search(text)), "")
    charset = " ".join(f"{ord(letter):x}" for letter in sorted(lacking)[:64])
    weight = ":bold" if bold else ""
    spoken = f":lang={language}" if language else ""
    return _match(f"sans-serif{weight}{spoken}:charset={charset}")[1]


@cache
def _match(pattern: str) -> tuple[str, Face | None]:
    """Return the families and the face that fontconfig chooses, where it is installed."""
    program = which("fc-match")
    if program is None:
        return "", None
    command = [program, "-f", "%{family}\n%{file}\n%{index}", pattern]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    parts = answer.stdout.split("\n")
    if answer.returncode or len(parts) != 3:
        return "", None
    return parts[0].lower(), _opened(Path(parts[1]), int(parts[2]) & 0xFFFF)


def _opened(path: Path, index: int) -> Face | None:
    """Return a face, unless Pillow cannot open it: some hold pictures of one size only."""
    face = Face(path, index)
    try:
        load_font(face, _PROBE_PX)
    except OSError:
        return None
    return face
