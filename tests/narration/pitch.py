"""How high a voice is, measured in its sound."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from narration.voice import Samples

__all__ = ["measure_pitch"]

_STEP_S, _LOWEST_HZ, _HIGHEST_HZ = 0.04, 60, 400


def measure_pitch(samples: Samples, rate: int) -> float:
    """Return the median of the fundamental frequency where there is one, in hertz."""
    step = round(2 * _STEP_S * rate)
    found = []
    for start in range(0, samples.size - step, step):
        part = samples[start : start + step].astype(float)
        part -= part.mean()
        alike = np.correlate(part, part, "full")[step - 1 :]
        lags = slice(rate // _HIGHEST_HZ, rate // _LOWEST_HZ)
        lag = int(alike[lags].argmax()) + lags.start
        if alike[0] > 0 and alike[lag] > 0.5 * alike[0]:
            found.append(rate / lag)
    return float(np.median(found))
