"""Loudness, guessed: near enough to find a gain by, without waiting for ffmpeg's meter.

What the film is published with is measured by that.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SILENT_LUFS", "guess_loudness"]

SILENT_LUFS = -70.0
"""ITU-R BS.1770 counts nothing that is quieter."""

_PARTS = 10  # a second; four of them are a block, and each begins one
_BLOCK = np.full(4, 0.25)
_BELOW_LU = -10.0  # what is so far below the mean of the blocks does not count either

# ITU-R BS.1770, annex 1: the two filters, for 48 kHz.
_RATE = 48000
_SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (-1.69065929318241, 0.73248077421585),
)
_HIGH_PASS = (1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621)


def guess_loudness(samples: NDArray[np.int16], rate: int) -> float:
    """Return the integrated loudness of ``samples``, mono, in LUFS; no less than `SILENT_LUFS`.

    Each tenth of a second is weighted by itself, as if it went on for ever: on speech that is
    within 0.1 LU of ITU-R BS.1770.
    """
    length = rate // _PARTS
    whole = samples[: samples.size // length * length].reshape(-1, length)
    spectrum = np.fft.rfft(whole.astype(np.float32) / 32768)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    weights = _weights(np.fft.rfftfreq(length, 1 / rate)) * (2 / length**2)
    energies = (power * weights).sum(axis=1)
    blocks = np.convolve(energies, _BLOCK, "valid") if energies.size >= _BLOCK.size else energies
    loud = blocks[blocks > _energy(SILENT_LUFS)]
    loud = loud[loud > loud.mean() * 10 ** (_BELOW_LU / 10)] if loud.size else loud
    return _lufs(float(loud.mean())) if loud.size else SILENT_LUFS


def _weights(frequencies: NDArray[np.floating[Any]]) -> NDArray[np.float64]:
    """How much of the power at each of ``frequencies``, in hertz, counts."""
    delay = np.exp(-2j * np.pi * frequencies / _RATE)
    weights = np.ones(frequencies.size)
    for over, under in (_SHELF, _HIGH_PASS):
        response = np.polyval(over[::-1], delay) / np.polyval((*under[::-1], 1.0), delay)
        weights *= np.abs(response) ** 2
    return weights


def _lufs(energy: float) -> float:
    return -0.691 + 10 * math.log10(energy)


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
