"""Covers: small pictures of films, made once for all times."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PIL import Image

from storycast.cache import content_name, made_once, source_digest

__all__ = ["COVER_SIZE", "make_covers"]

COVER_SIZE = (640, 360)
"""Pixels: twice as wide as a cover is shown."""

_QUALITY = 82


def make_covers(posters: Mapping[str, Path], cache: Path) -> dict[str, bytes]:
    """A WebP picture of each poster, by the names given; what is no picture is left out.

    Covers are kept in ``cache``, named by what is in the poster.
    """
    with ThreadPoolExecutor() as pool:  # OpenCV and Pillow work outside of Python's lock
        covers = pool.map(lambda poster: _make_cover(poster, cache / "covers"), posters.values())
        return {name: cover for name, cover in zip(posters, covers, strict=True) if cover}


def _make_cover(poster: Path, cache: Path) -> bytes | None:
    content = poster.read_bytes()
    name = content_name(hashlib.sha256(content).hexdigest(), source_digest(__name__))
    path = cache / f"{name}.webp"
    if path.exists():
        return path.read_bytes()
    picture = _read_picture(poster)
    if picture is None:
        return None
    return made_once(path, lambda draft: _save(picture, draft)).read_bytes()


def _read_picture(poster: Path) -> Image.Image | None:
    """The middle of a picture in the size of a cover; OpenCV scales several times as fast."""
    import cv2  # noqa: PLC0415 - most runs find all covers in the cache, and OpenCV loads slowly

    pixels = cv2.imread(str(poster), cv2.IMREAD_COLOR)
    if pixels is None:
        return None
    height, width = pixels.shape[:2]
    kept = min(width, height * COVER_SIZE[0] // COVER_SIZE[1])
    tall = min(height, width * COVER_SIZE[1] // COVER_SIZE[0])
    left, top = (width - kept) // 2, (height - tall) // 2
    small = cv2.resize(
        pixels[top : top + tall, left : left + kept], COVER_SIZE, interpolation=cv2.INTER_AREA
    )
    return Image.fromarray(cv2.cvtColor(small, cv2.COLOR_BGR2RGB))


def _save(picture: Image.Image, draft: Path) -> None:
    picture.save(draft, "WEBP", quality=_QUALITY, method=2)
