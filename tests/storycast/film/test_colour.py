from __future__ import annotations

import subprocess

import numpy as np
import pytest

from storycast.drawing import Frame
from storycast.film.colour import Planes

SIZE = (64, 36)


def _noise(seed: int) -> Frame:
    return np.random.default_rng(seed).integers(0, 256, (SIZE[1], SIZE[0], 3), np.uint8)


def _by_ffmpeg(frame: Frame) -> Frame:
    raw = ("-f", "rawvideo", "-s", f"{SIZE[0]}x{SIZE[1]}")
    exact = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd+full_chroma_int"
    command = ("ffmpeg", "-v", "error", *raw, "-pix_fmt", "rgb24", "-i", "-", "-vf", exact)
    done = subprocess.run(
        (*command, "-pix_fmt", "yuv420p", "-f", "rawvideo", "-"),
        input=frame.tobytes(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return np.frombuffer(done.stdout, np.uint8)


def _filled(planes: Planes, frame: Frame) -> Frame:
    return np.frombuffer(planes.fill(frame), np.uint8).copy()


def test_colours_are_those_that_ffmpeg_makes() -> None:
    for colour in _noise(1)[0, :12]:
        frame = np.broadcast_to(colour, (SIZE[1], SIZE[0], 3)).copy()
        ours, theirs = _filled(Planes(SIZE), frame), _by_ffmpeg(frame)
        assert np.abs(ours.astype(int) - theirs).max() <= 1


def test_four_pixels_share_their_middle_colour() -> None:
    frame = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    frame[::2, ::2, 0] = 200
    flat = np.zeros_like(frame)
    flat[..., 0] = 50
    pixels = SIZE[0] * SIZE[1]
    shared, middle = (_filled(Planes(SIZE), each)[pixels:] for each in (frame, flat))
    assert np.abs(shared.astype(int) - middle).max() <= 1


@pytest.mark.parametrize("rows", [(0, 1), (7, 8), (11, 30), (35, 36), (0, 36)])
def test_rows_that_change_are_made_anew(rows: tuple[int, int]) -> None:
    planes, frame = Planes(SIZE), _noise(1)
    planes.fill(frame)
    frame[slice(*rows)] = _noise(2)[slice(*rows)]
    assert np.array_equal(_filled(planes, frame), _filled(Planes(SIZE), frame))


def test_frame_that_stays_is_the_same() -> None:
    planes, frame = Planes(SIZE), _noise(1)
    assert np.array_equal(_filled(planes, frame), _filled(planes, frame.copy()))
