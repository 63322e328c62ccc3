"""Sound: whether every sentence is heard, when it should be, and as loud as it should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from storycast.verify.claim import Claim, Said
from storycast.verify.listen import Ear, Level, Samples, listen, read_wave
from storycast.verify.report import Check, Reading, judge, skip

__all__ = [
    "DRIFT_MS",
    "ONSET_MS",
    "Match",
    "check_sound",
    "find_cue",
    "fit_drift",
]

ONSET_MS = 45.0
"""How early or late a sentence may be: what a viewer begins to notice (ITU-R BT.1359)."""

DRIFT_MS = 10.0
"""How much later the last sentence may be than the first, by a straight line through all."""

LIKENESS = 0.5
"""The correlation of a cue with the film, 0 to 1, from which on it counts as heard."""

LOUDNESS_LUFS, LOUDNESS_LU, PEAK_DBTP = -16.0, 1.0, -1.0

_LEAST_RATE = 5000  # samples a second: a fifth of a millisecond each, and most of what speech is
_REACH_MS = 1000.0
_EQUAL = 0.97  # of the best likeness: sentences that are said twice are as alike as that


@dataclass(frozen=True)
class Match:
    """Where a cue is found: milliseconds after its place, and how like it is (0 to 1)."""

    offset_ms: float
    likeness: float


def check_sound(
    film: Path, claim: Claim, *, has_sound: bool, ear: Ear | None = None
) -> Iterator[Check]:
    """Yield the checks of what is heard, by ``ear`` where there is one that listens already.

    Raises ``VerifyError`` where a file is damaged.
    """
    names = ("cues-heard", "cue-onset", "cue-drift", "loudness", "true-peak")
    why = _why_not(claim, has_sound=has_sound)
    if why:
        yield from (skip(name, why) for name in names)
        return
    cues = tuple(_read(said) for said in claim.said)
    rate = next((rate for _, rate in cues if rate), 48000)
    every = max(rate // _LEAST_RATE, 1)
    heard, level = listen(film, rate, ear)
    coarse = _thinned(heard, every)
    matches = tuple(
        find_cue(coarse, _thinned(cue, every), said.at_ms, rate=rate / every)
        for said, (cue, _) in zip(claim.said, cues, strict=True)
    )
    yield _check_heard(claim.said, matches)
    found = [
        (said, match.offset_ms)
        for said, match in zip(claim.said, matches, strict=True)
        if match.likeness >= LIKENESS
    ]
    yield _check_onset(found)
    yield _check_drift(found)
    yield _check_loudness(level)
    yield _check_peak(level)


def _why_not(claim: Claim, *, has_sound: bool) -> str:
    if not claim.has_speech:
        return "The film has no speech."
    if not has_sound:
        return "The film has no sound stream."
    return "" if claim.said else "There is no track beside the film."


def _read(said: Said) -> tuple[Samples, int]:
    try:
        return read_wave(said.sound)
    except FileNotFoundError:
        return np.zeros(0, np.float32), 0


def _thinned(samples: Samples, every: int) -> Samples:
    """One sample for ``every`` of them: what is compared at a lower rate is found no less well."""
    whole = samples[: samples.size // every * every]
    return np.asarray(whole.reshape(-1, every).mean(axis=1), np.float32)


def find_cue(
    sound: Samples, cue: Samples, at_ms: float, *, rate: float, reach_ms: float = _REACH_MS
) -> Match:
    """Find ``cue`` in ``sound``, at most ``reach_ms`` before or after ``at_ms``.

    The likeness is the normalised cross-correlation. Of places that are as good as each other the
    nearest is taken, because a sentence may be said twice.
    """
    reach = round(reach_ms * rate / 1000)
    energy = float(np.sum(cue.astype(np.float64) ** 2))
    if not energy:
        return Match(0.0, 0.0)
    start = round(at_ms * rate / 1000) - reach
    window = _cut(sound, start, cue.size + 2 * reach)
    likeness = _correlate(window, cue) / np.sqrt(energy)
    best = float(likeness.max())
    if best <= 0:
        return Match(0.0, 0.0)
    lag = _nearest_peak(likeness, best * _EQUAL) - reach
    return Match(lag * 1000 / rate, float(likeness[lag + reach]))


def _cut(sound: Samples, start: int, length: int) -> Samples:
    """A part of ``sound``, with silence where it reaches over an end."""
    part = sound[max(start, 0) : max(start + length, 0)]
    front = min(max(-start, 0), length)
    return np.pad(part, (front, length - front - part.size))


def _correlate(window: Samples, cue: Samples) -> Samples:
    """The correlation at each lag, divided by how loud the window is there."""
    size = 1 << (window.size + cue.size - 1).bit_length()
    lags = window.size - cue.size + 1
    spectrum = np.fft.rfft(window, size) * np.conj(np.fft.rfft(cue, size))
    raw = np.fft.irfft(spectrum, size)[:lags]
    sums = np.concatenate(([0.0], np.cumsum(window.astype(np.float64) ** 2)))
    energy = sums[cue.size : cue.size + lags] - sums[:lags]
    floor = max(float(energy.max()) * 1e-4, 1e-12)  # next to silence anything is alike
    return np.asarray(raw / np.sqrt(np.maximum(energy, floor)), np.float32)


def _nearest_peak(likeness: Samples, least: float) -> int:
    """The place of the peak nearest to the middle among those that reach ``least``."""
    inner = likeness[1:-1]
    is_peak = (inner >= likeness[:-2]) & (inner >= likeness[2:]) & (inner >= least)
    peaks = np.flatnonzero(is_peak) + 1
    if not peaks.size:
        return int(likeness.argmax())
    return int(peaks[np.abs(peaks - likeness.size // 2).argmin()])


def fit_drift(found: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the straight line through (time, offset), both in milliseconds."""
    times = np.array([at_ms for at_ms, _ in found])
    offsets = np.array([offset for _, offset in found])
    spread = times - times.mean()
    return float((spread * (offsets - offsets.mean())).sum() / max((spread**2).sum(), 1.0))


def _reading(said: Said, value: float | None) -> Reading:
    return Reading(at_ms=said.at_ms, value=value, step=said.step, text=said.text)


def _where(reading: Reading) -> str:
    return f"“{reading.text}” (step {reading.step}, {reading.at_ms / 1000:.2f} s)"


def _check_heard(said: Sequence[Said], matches: Sequence[Match]) -> Check:
    return judge(
        "cues-heard",
        [_reading(cue, match.likeness) for cue, match in zip(said, matches, strict=True)],
        passes=lambda value: value >= LIKENESS,
        badness=lambda value: -value,
        unit="correlation",
        gate=f">= {LIKENESS}",
        good=f"All {len(said)} sentences are heard.",
        bad=lambda worst: f"{_where(worst)} is not heard within a second of its time.",
    )


def _check_onset(found: Sequence[tuple[Said, float]]) -> Check:
    if not found:
        return skip("cue-onset", "No sentence is heard whose time could be measured.")
    return judge(
        "cue-onset",
        [_reading(said, offset) for said, offset in found],
        passes=lambda value: abs(value) <= ONSET_MS,
        badness=abs,
        unit="ms",
        gate=f"within {ONSET_MS:.0f}",
        good=f"Each of {len(found)} sentences begins when the timeline says.",
        bad=lambda worst: f"{_where(worst)} begins {_late(worst.value or 0)}.",
    )


def _late(offset_ms: float) -> str:
    return f"{abs(offset_ms):.0f} ms too {'late' if offset_ms > 0 else 'early'}"


def _check_drift(found: Sequence[tuple[Said, float]]) -> Check:
    if len(found) < 3:  # through two a line always fits
        return skip("cue-drift", "Fewer than three sentences are heard.")
    slope = fit_drift([(said.at_ms, offset) for said, offset in found])
    grown = slope * (found[-1][0].at_ms - found[0][0].at_ms)
    ok = abs(grown) <= DRIFT_MS
    rate = f"{slope * 60000:+.2f} ms a minute"
    good = f"Sound and picture do not drift apart: {rate}."
    return Check(
        name="cue-drift",
        ok=ok,
        sentence=good if ok else f"The sound drifts away from the picture by {rate}.",
        value=round(grown, 3),
        unit="ms",
        gate=f"within {DRIFT_MS:.0f}",
        worst=_reading(*found[-1]),
    )


def _check_loudness(level: Level) -> Check:
    off = level.lufs - LOUDNESS_LUFS
    ok = abs(off) <= LOUDNESS_LU
    wrong = f"{abs(off):.1f} LU too {'loud' if off > 0 else 'quiet'}"
    return Check(
        name="loudness",
        ok=ok,
        sentence="It is as loud as it should be." if ok else f"The film is {wrong}.",
        value=level.lufs,
        unit="LUFS",
        gate=f"{LOUDNESS_LUFS:.0f} ± {LOUDNESS_LU:.0f}",
    )


def _check_peak(level: Level) -> Check:
    ok = level.peak_db <= PEAK_DBTP
    bad = "The sound is so loud in places that players distort it."
    return Check(
        name="true-peak",
        ok=ok,
        sentence="No player has to clip it." if ok else bad,
        value=level.peak_db,
        unit="dBTP",
        gate=f"<= {PEAK_DBTP:.0f}",
    )
