"""References: what a frame should look like, drawn from the take's shots."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from recorder.take import Box
from storycast.timeline import Picture
from storycast.verify.camera import Area, Camera
from storycast.verify.frame import Luma

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Shots"]

# ITU-R BT.709, 8 bit with video range: what the film's brightness is made by; blue first.
_LUMA = np.array([[0.0722, 0.7152, 0.2126, 0.0]]) * 219 / 255 + np.array([[0, 0, 0, 16.0]])


class Shots:
    """The shots in ``folder``, as they are seen by ``camera``."""

    def __init__(self, folder: Path, camera: Camera) -> None:
        self._folder = folder
        self._camera = camera
        self._read = lru_cache(maxsize=2)(self._read_now)

    def draw(
        self, pictures: Sequence[Picture], framing: Box | None = None, page: Area | None = None
    ) -> Luma | None:
        """Return the page that ``pictures`` show, as large as it is in the film.

        The first is a whole shot, the others lie over it; ``framing`` is what the camera frames
        of it (None: all), ``page`` where it lies (None: it is the only one). None where a shot is
        missing.
        """
        drawn = self._read(pictures[0].shot)
        if drawn is None:
            return None
        drawn = drawn.copy() if len(pictures) > 1 else drawn
        for picture in pictures[1:]:
            patch = self._read(picture.shot)
            if patch is None or picture.box is None:
                return None
            self._lay(drawn, patch, picture)
        page = page or self._camera.page
        size = (page.right - page.left, page.bottom - page.top)
        fitted = self._near(drawn, framing, size) if framing else _fit(drawn, size)
        return np.asarray(cv2.transform(fitted, _LUMA), np.uint8).reshape(size[1], size[0])

    def _near(
        self, drawn: NDArray[np.uint8], framing: Box, size: tuple[int, int]
    ) -> NDArray[np.uint8]:
        """The part in ``framing``; it seldom lies on whole pixels, so that it is interpolated."""
        scale = drawn.shape[1] / self._camera.viewport[0]
        across, down = framing.width * scale / size[0], framing.height * scale / size[1]
        left, top = framing.x * scale + across / 2 - 0.5, framing.y * scale + down / 2 - 0.5
        matrix = np.array([[across, 0, left], [0, down, top]])
        way = (cv2.INTER_LINEAR if across >= 1 else cv2.INTER_CUBIC) | cv2.WARP_INVERSE_MAP
        edge = cv2.BORDER_REPLICATE
        near = cv2.warpAffine(drawn, matrix, size, flags=way, borderMode=edge)
        return np.asarray(near, np.uint8)

    def _lay(self, drawn: NDArray[np.uint8], patch: NDArray[np.uint8], picture: Picture) -> None:
        assert picture.box is not None  # noqa: S101 - whoever calls has looked
        scale = drawn.shape[1] / self._camera.viewport[0]
        left, top = round(picture.box.x * scale), round(picture.box.y * scale)
        part = drawn[top : top + patch.shape[0], left : left + patch.shape[1]]
        part[:] = patch[: part.shape[0], : part.shape[1]]

    def _read_now(self, shot: str) -> NDArray[np.uint8] | None:
        path = self._folder / f"{shot}.png"
        packed = np.frombuffer(path.read_bytes(), np.uint8) if path.exists() else None
        picture = None if packed is None else cv2.imdecode(packed, cv2.IMREAD_COLOR)
        return None if picture is None else np.asarray(picture, np.uint8)


def _fit(drawn: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    way = cv2.INTER_AREA if size[0] <= drawn.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(drawn, size, interpolation=way), np.uint8)
