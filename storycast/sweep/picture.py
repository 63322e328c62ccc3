"""Reads pictures: what they say of themselves, and each of their frames as something to be read."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
from PIL import ExifTags, Image, ImageSequence, UnidentifiedImageError
from PIL.Image import DecompressionBombError

from storycast.sweep.model import Data, Item, Luma, Seen, Text, Trail, Unread

__all__ = ["read_picture"]

_MOST_PIXELS = 120_000_000
_MOST_FRAMES = 2_000


def read_picture(data: Data) -> Iterator[Item]:
    """Yield the texts that a picture carries, and its frames.

    Raises ``OSError`` and ``ValueError`` where it is damaged.
    """
    with _opened(data) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            yield Unread(data.trail, "the picture is too large")
            return
        count = getattr(picture, "n_frames", 1)
        if count > _MOST_FRAMES:
            yield Unread(data.trail, f"it has more than {_MOST_FRAMES} frames")
            return
        at_ms = 0.0
        for frame in ImageSequence.Iterator(picture):
            for luma in _lumas(frame):
                yield Seen(luma, data.trail, at_ms=at_ms if count > 1 else None)
            at_ms += float(frame.info.get("duration", 0) or 0)
        with warnings.catch_warnings(action="ignore"):
            told = tuple(_metadata(picture, data.trail))
        yield from told


def _opened(data: Data) -> Image.Image:
    try:
        with warnings.catch_warnings(action="ignore"):
            return Image.open(io.BytesIO(data.content))
    except DecompressionBombError as error:
        raise ValueError("the picture is too large") from error
    except UnidentifiedImageError as error:
        raise ValueError("it is no picture that can be read") from error


def _lumas(frame: Image.Image) -> Iterator[Luma]:
    """How bright it is; what is seen through is looked at on white, and on black."""
    if not frame.has_transparency_data:
        yield np.asarray(frame.convert("L"))
        return
    seen_through = frame.convert("RGBA")
    for ground in ("white", "black"):
        sheet = Image.new("RGBA", frame.size, ground)
        sheet.alpha_composite(seen_through)
        yield np.asarray(sheet.convert("L"))


def _metadata(picture: Image.Image, trail: Trail) -> Iterator[Text]:
    known = dict(picture.info)
    for tag, value in _exif(picture):
        known[f"exif {tag}"] = value
    for name, value in known.items():
        said = _said(value)
        if said.strip():
            yield Text(f"{name}\n{said}", (*trail, f"metadata {name}"), whole=True)


def _exif(picture: Image.Image) -> Iterator[tuple[str, object]]:
    exif = picture.getexif()
    for tag, value in exif.items():
        yield ExifTags.TAGS.get(tag, str(tag)), value
    for directory in ExifTags.IFD:
        for tag, value in exif.get_ifd(directory).items():
            yield ExifTags.TAGS.get(tag, str(tag)), value


def _said(value: object) -> str:
    if isinstance(value, bytes):
        return _letters(value)
    if isinstance(value, tuple | list):
        return "\n".join(_said(each) for each in value)
    if isinstance(value, dict):
        return "\n".join(f"{key}\n{_said(each)}" for key, each in value.items())
    return str(value)


def _letters(value: bytes) -> str:
    """The text in some bytes: Windows writes its own in two bytes a letter."""
    zeros = value.count(0)
    return value.decode("utf-16-le" if zeros * 3 > len(value) else "utf-8", errors="replace")
