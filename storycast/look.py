"""The look: how everything is drawn that the page itself does not show, and the theme files."""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from importlib import resources
from pathlib import Path

from recorder.errors import nearest
from storycast.errors import StorycastError

__all__ = ["DEFAULT_LOOK", "Colour", "Logo", "Look", "load_look"]

Colour = tuple[int, int, int]
"""Red, green and blue, each 0 to 255."""


@dataclass(frozen=True)
class Logo:
    """A picture file, which is the same logo wherever it lies: ``digest`` tells its content."""

    path: Path = field(repr=False, compare=False)
    digest: str


@dataclass(frozen=True)
class Look:
    """Colours, measures and lettering of all that is drawn; lengths are CSS pixels.

    A ring's middle line lies ``ring_padding`` outside its target; ``casing_width`` is the pale
    line on both of its sides that parts it from pages of its own colour. ``halo_strength`` is how
    much the halo covers next to the ring, 0 to 1. Arrows and badges have the ring's colours, and
    ``badge_text`` is a badge's number. ``spotlight_strength`` is how dark a spotlight makes what
    lies outside of it, 0 to 1, and ``spotlight_softness`` how wide its edge is.

    ``actor_colours`` are those of actors who have none of their own, in the order in which they
    come: of their pointers, marks and name tags.

    ``cap_*`` are the caps of pressed keys on their ``tray_colour``. ``panel_*`` are the lists and
    dialogs that the browser draws by itself: ``panel_faint`` is text that cannot be chosen, and
    ``accent_colour`` under ``accent_text`` is what is lit or pressed. ``card_*`` are cards.

    ``font`` names a family or is the path of a font file; browsers' lists and dialogs do not
    follow it. ``logo`` stands on the first and the last card. ``background`` fills what the
    page's shape leaves free of the film's.
    """

    ring_colour: Colour = (234, 88, 12)
    ring_width: float = 3.0
    ring_padding: float = 6.0
    ring_radius: float = 9.0
    casing_colour: Colour = (255, 255, 255)
    casing_width: float = 1.25
    halo_width: float = 14.0
    halo_strength: float = 0.4
    arrow_length: float = 84.0
    badge_radius: float = 13.0
    badge_text: Colour = (255, 255, 255)
    spotlight_strength: float = 0.55
    spotlight_softness: float = 10.0
    pointer_height: float = 28.0
    pointer_colour: Colour = (255, 255, 255)
    pointer_outline: Colour = (24, 26, 32)
    ripple_colour: Colour = (234, 88, 12)
    ripple_radius: float = 26.0
    ripple_width: float = 3.0
    actor_colours: tuple[Colour, ...] = (
        (34, 93, 229),
        (224, 74, 0),
        (178, 54, 129),
        (25, 166, 109),
        (110, 110, 110),
        (191, 57, 57),
    )
    cap_colour: Colour = (255, 255, 255)
    cap_edge: Colour = (196, 201, 211)
    cap_text: Colour = (31, 36, 48)
    tray_colour: Colour = (31, 36, 48)
    tray_strength: float = 0.78
    panel_colour: Colour = (255, 255, 255)
    panel_edge: Colour = (203, 208, 217)
    panel_text: Colour = (32, 36, 44)
    panel_faint: Colour = (154, 160, 171)
    accent_colour: Colour = (26, 103, 210)
    accent_text: Colour = (255, 255, 255)
    card_colour: Colour = (250, 250, 248)
    card_heading: Colour = (24, 28, 38)
    card_text: Colour = (92, 99, 114)
    card_accent: Colour = (234, 88, 12)
    background: Colour = (22, 24, 29)
    font: str = "DejaVu Sans"
    logo: Logo | None = None


DEFAULT_LOOK = Look()
"""The look that is used where none is asked for: the theme ``light``."""

_THEMES = ("dark", "light")
_FONT_FILES = (".ttf", ".otf", ".ttc")


def load_look(name_or_path: str, beside: Path) -> Look:
    """Return the look of a theme: ``light``, ``dark`` or a TOML file in the folder ``beside``.

    Raises ``StorycastError``, which names file and key, where there is no such file, or a key or
    value in it that no look has.
    """
    if name_or_path in _THEMES:
        return _shipped(name_or_path)
    path = beside / name_or_path
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        message = f"The theme {path} cannot be read: {error.strerror}."
        hint = f"A theme is {' or '.join(_THEMES)}, or a TOML file beside the storyboard."
        raise StorycastError(message, hint) from error
    except UnicodeDecodeError as error:
        raise StorycastError(f"The theme {path} is not text in UTF-8.") from error
    return _read(text, path)


def _shipped(name: str) -> Look:
    file = resources.files("storycast") / "themes" / f"{name}.toml"
    return _read(file.read_text(encoding="utf-8"), Path(str(file)))


def _read(text: str, path: Path) -> Look:
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise StorycastError(f"The theme {path} is not valid TOML: {error}.") from error
    base = _base(entries, path)
    kinds = {item.name: str(item.type) for item in fields(Look)}
    values: dict[str, object] = {}
    for key, value in entries.items():
        if key == "base":
            continue
        if key not in kinds:
            message = f"The theme {path} has an unknown key {key!r}."
            raise StorycastError(message, nearest(key, ("base", *kinds)))
        try:
            values[key] = _READERS[kinds[key]](key, value, path)
        except (TypeError, ValueError, OSError) as error:
            message = f"The theme {path} has a bad value for {key!r}: {value!r}."
            raise StorycastError(message, str(error)) from error
    return replace(base, **values)  # type: ignore[arg-type]  # each was read by its field's type


def _base(entries: Mapping[str, object], path: Path) -> Look:
    name = entries.get("base")
    if name is None:
        return DEFAULT_LOOK
    if name not in _THEMES:
        message = f"The theme {path} has a bad value for 'base': {name!r}."
        raise StorycastError(message, nearest(str(name), _THEMES))
    return _shipped(str(name))


def _colour(_key: str, value: object, _path: Path) -> Colour:
    text = value if isinstance(value, str) else ""
    if len(text) != 7 or text[0] != "#" or not set(text[1:].lower()) <= set("0123456789abcdef"):
        raise ValueError('A colour is written "#rrggbb".')
    red, green, blue = bytes.fromhex(text[1:])
    return red, green, blue


def _colours(key: str, value: object, path: Path) -> tuple[Colour, ...]:
    if not isinstance(value, list) or not value:
        raise ValueError('It must be a list of colours, such as ["#225de5"].')
    return tuple(_colour(key, each, path) for each in value)


def _number(key: str, value: object, _path: Path) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError("It must be a number.")
    most = 1 if key.endswith("_strength") else 200
    if not math.isfinite(value) or not 0 <= value <= most:
        raise ValueError(f"It must be a number from 0 to {most}.")
    return float(value)


def _font(_key: str, value: object, path: Path) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("It must be a font's family or file.")
    if not value.lower().endswith(_FONT_FILES):
        return value
    file = path.parent / value
    if not file.is_file():
        raise ValueError(f"There is no font file {file}.")
    return str(file)


def _logo(_key: str, value: object, path: Path) -> Logo:
    if not isinstance(value, str) or not value:
        raise ValueError("It must be the path of a picture, from the theme's folder.")
    file = path.parent / value
    from PIL import Image  # noqa: PLC0415 - few themes have a logo

    with Image.open(file) as picture:
        picture.verify()
    return Logo(file, hashlib.sha256(file.read_bytes()).hexdigest())


_READERS: dict[str, Callable[[str, object, Path], object]] = {
    "Colour": _colour,
    "tuple[Colour, ...]": _colours,
    "float": _number,
    "str": _font,
    "Logo | None": _logo,
}
