"""Covers: small pictures of films, made once for all times."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from storycast.cache import content_name, made_once, source_digest

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["COVER_SIZE", "make_covers"]

COVER_SIZE = (640, 360)
"""Pixels: twice as wide as a cover is shown."""

_QUALITY = 82
_EFFORT = 1  # of 6: two more win a tenth of the bytes in twice the time
_FORMATS = ("PNG", "JPEG", "WEBP")


def make_covers(posters: Mapping[str, Path], cache: Path) -> dict[str, Path]:
    """A WebP file of each poster, by the names given; what is no picture is left out.

    Covers are kept in ``cache``, named by the poster's place, size and time.
    """
    kept = {name: cache / "covers" / _name_cover(poster) for name, poster in posters.items()}
    new = {path: posters[name] for name, path in kept.items() if not path.exists()}
    if new:
        with ThreadPoolExecutor() as pool:  # Pillow works outside of Python's lock
            list(pool.map(_make_cover, new.values(), new))
    return {name: path for name, path in kept.items() if path not in new or path.exists()}


def _name_cover(poster: Path) -> str:
    known = poster.stat()
    which = (poster.absolute(), known.st_ino, known.st_size, known.st_mtime_ns)
    return f"{content_name(*map(str, which), source_digest(__name__))}.webp"


def _make_cover(poster: Path, path: Path) -> None:
    picture = _read_picture(poster)
    if picture is not None:
        made_once(path, lambda draft: _save(picture, draft))


def _read_picture(poster: Path) -> Image.Image | None:
    """The middle of a picture in the size of a cover; None where it is no picture."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - most libraries have all covers

    try:
        with Image.open(poster, formats=_FORMATS) as picture:
            picture.load()
            whole = picture if picture.mode == "RGB" else picture.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None  # Pillow tells of damage in all of these ways
    times = min(there // here for there, here in zip(whole.size, COVER_SIZE, strict=True))
    # The usual sizes of films are whole multiples of a cover's, and are read just once for it.
    return ImageOps.fit(whole.reduce(times) if times > 1 else whole, COVER_SIZE)


def _save(picture: Image.Image, draft: Path) -> None:
    picture.save(draft, "WEBP", quality=_QUALITY, method=_EFFORT)
