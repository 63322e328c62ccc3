from __future__ import annotations

import io

import numpy as np
from PIL import Image

from storycast.drawing import Frame
from storycast.guide.webp import encode_webp


def _decode(packed: bytes) -> Frame:
    with Image.open(io.BytesIO(packed)) as read:
        assert read.format == "WEBP"
        return np.array(read.convert("RGB"))


def _page() -> Frame:
    """A white page with lines of black: text, as far as a file is concerned."""
    page = np.full((900, 1200, 3), 255, np.uint8)
    page[40:880:20, 40:560:3] = 0
    return page


def _photograph() -> Frame:
    """Something without any two pixels alike, and no edges."""
    noise = np.random.default_rng(1).normal(0, 12, (900, 600, 3))
    slope = np.linspace(40, 200, 600)[None, :, None]
    return np.clip(slope + noise, 0, 255).astype(np.uint8)


def test_page_loses_nothing() -> None:
    assert np.array_equal(_decode(encode_webp(_page())), _page())


def test_small_photograph_loses_nothing() -> None:
    small = np.ascontiguousarray(_photograph()[:200, :200])
    assert np.array_equal(_decode(encode_webp(small)), small)


def test_large_photograph_loses_little_and_the_text_beside_it_nothing() -> None:
    page = _page()
    page[:, 608:] = _photograph()[:, :592]
    packed = encode_webp(page)
    shown = _decode(packed)
    assert np.array_equal(shown[:, :576], page[:, :576])
    assert np.abs(shown.astype(int) - page).max() <= 4
    plain = io.BytesIO()
    Image.fromarray(page).save(plain, "WEBP", lossless=True, method=1, quality=0)
    assert len(packed) < 0.7 * len(plain.getvalue())


def test_same_pixels_give_the_same_bytes() -> None:
    assert encode_webp(_photograph()) == encode_webp(_photograph())
