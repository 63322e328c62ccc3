"""The press: a guide's pictures as files, each drawn and encoded once for all times."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from recorder.take import Box, shot_path
from storycast.cache import content_name, made_once, source_digest
from storycast.guide.model import Figure
from storycast.look import Look

if TYPE_CHECKING:
    from storycast.drawing import Frame

# What draws and encodes is imported where a picture is new.

__all__ = ["Picture", "Press"]

_MAKERS = (
    "storycast.guide.picture", "storycast.guide.webp", "storycast.drawing", "storycast.people",
    "storycast.halves", "storycast.film.composite", "storycast.film.seat",
)  # fmt: skip

_WEBP_LIMIT = 16383
"""Pixels: the format has room for no more in width or height."""

_SMALL = 128_000
"""Bytes of a PNG: a guide of 12 steps with such pictures takes two megabytes and a half."""

_LARGE_SHOT = 4 * _SMALL
"""Bytes of a shot: as a picture it is not small (ours take a third of a shot's bytes or more)."""

_KEPT = 4
"""Drawn pictures: whole and cropped ones are made at about the same time, in the same order."""


@dataclass(frozen=True)
class Picture:
    """An encoded picture: ``kind`` is its media type, ``size`` its width and height on the page.

    ``size`` is in CSS pixels; the picture itself has as many times more as the take's scale.
    """

    kind: str
    data: bytes
    size: tuple[int, int]

    @property
    def name(self) -> str:
        """A file name that is another one wherever the picture is."""
        return f"{hashlib.sha256(self.data).hexdigest()[:16]}.{self.kind.removeprefix('image/')}"


@dataclass(frozen=True)
class Press:
    """What all pictures of a guide have in common, and where finished ones are kept."""

    take_folder: Path
    viewport: tuple[int, int]
    scale: int
    look: Look
    cache: Path

    def whole(self, figure: Figure) -> Picture:
        """The whole screen, for the page, which shows a part of it.

        A small PNG stays one; a larger one is worth the time that WebP takes, unless it is larger
        than a WebP file can be.
        """
        has_room = max(self.viewport) * self.scale <= _WEBP_LIMIT
        if not (has_room and self._is_large(figure)):
            packed = self._made(figure, None, "png")
            if len(packed) <= _SMALL or not has_room:
                return Picture("image/png", packed, self.viewport)
        data = self._made(figure, None, "webp")
        return Picture("image/webp", data, self.viewport)

    def _is_large(self, figure: Figure) -> bool:
        """Whether a PNG would surely be too large, and need not be tried."""
        path = shot_path(self.take_folder, figure.moment)
        return path.is_file() and path.stat().st_size > _LARGE_SHOT

    def cropped(self, figure: Figure) -> Picture:
        """What matters of the screen as lossless PNG, for documents that show that alone."""
        data = self._made(figure, figure.area, "png")
        area = figure.area
        return Picture(
            "image/png", data, (int(area.width), int(area.height)) if area else self.viewport
        )

    def _made(self, figure: Figure, area: Box | None, ending: str) -> bytes:
        name = content_name(
            figure.moment.shot,
            repr((figure.marks, area, figure.person, figure.beside)),
            repr((self.scale, self.look)),
            source_digest(*_MAKERS),
        )

        def make(draft: Path) -> None:
            from storycast.guide.picture import cut_area  # noqa: PLC0415 - see above

            frame = self._drawn(figure)
            if area is not None:
                frame = cut_area(frame, area, self.scale)
            draft.write_bytes(_encoder(ending)(frame))

        return made_once(self.cache / f"{name}.{ending}", make).read_bytes()

    @cached_property
    def _drawn(self) -> Callable[[Figure], Frame]:
        """What draws a figure, not to be changed; who wants the same one meanwhile waits for it."""
        from storycast.guide.picture import draw_figure  # noqa: PLC0415 - see above

        drawing: defaultdict[Figure, Lock] = defaultdict(Lock)

        @lru_cache(maxsize=_KEPT)
        def draw(figure: Figure) -> Frame:
            return draw_figure(figure, self.take_folder, self.scale, self.look)

        def draw_once(figure: Figure) -> Frame:
            with drawing[figure]:
                return draw(figure)

        return draw_once

    def whole_pictures(self, figures: Iterable[Figure]) -> dict[Figure, Picture]:
        """`whole` of all ``figures``."""
        return _all(self.whole, figures)

    def cropped_pictures(self, figures: Iterable[Figure]) -> dict[Figure, Picture]:
        """`cropped` of all ``figures``."""
        return _all(self.cropped, figures)


def _all(make: Callable[[Figure], Picture], figures: Iterable[Figure]) -> dict[Figure, Picture]:
    known = tuple(figures)
    with ThreadPoolExecutor() as pool:  # OpenCV and Pillow work outside of Python's lock
        return dict(zip(known, pool.map(make, known), strict=True))


def _encoder(ending: str) -> Callable[[Frame], bytes]:
    """What encodes pictures whose files end so."""
    if ending == "webp":
        from storycast.guide.webp import encode_webp  # noqa: PLC0415 - see above

        return encode_webp
    from storycast.drawing import encode_png  # noqa: PLC0415 - see above

    return encode_png
