"""Covers: small pictures of films, made once for all times."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image, ImageOps

from storycast.cache import content_name, made_once, source_digest

__all__ = ["COVER_SIZE", "make_covers"]

COVER_SIZE = (640, 360)
"""Pixels: twice as wide as a cover is shown."""

_QUALITY = 82
_FORMATS = ("PNG", "JPEG", "WEBP")


def make_covers(posters: Mapping[str, Path], cache: Path) -> dict[str, bytes]:
    """A WebP picture of each poster, by the names given; what is no picture is left out.

    Covers are kept in ``cache``, named by the poster's place, size and time.
    """
    with ThreadPoolExecutor() as pool:  # Pillow works outside of Python's lock
        covers = pool.map(lambda poster: _make_cover(poster, cache / "covers"), posters.values())
        return {name: cover for name, cover in zip(posters, covers, strict=True) if cover}


def _make_cover(poster: Path, cache: Path) -> bytes | None:
    known = poster.stat()
    which = (poster.resolve(), known.st_ino, known.st_size, known.st_mtime_ns)
    name = content_name(*map(str, which), source_digest(__name__))
    path = cache / f"{name}.webp"
    if path.exists():
        return path.read_bytes()
    picture = _read_picture(poster)
    if picture is None:
        return None
    return made_once(path, lambda draft: _save(picture, draft)).read_bytes()


def _read_picture(poster: Path) -> Image.Image | None:
    """The middle of a picture in the size of a cover; None where it is no picture."""
    try:
        with Image.open(poster, formats=_FORMATS) as picture:
            return ImageOps.fit(picture.convert("RGB"), COVER_SIZE, Image.Resampling.BOX)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None  # Pillow tells of damage in all of these ways


def _save(picture: Image.Image, draft: Path) -> None:
    picture.save(draft, "WEBP", quality=_QUALITY, method=2)
