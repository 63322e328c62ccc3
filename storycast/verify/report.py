"""The report: what was measured in a film, and whether it is as it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict

__all__ = ["Check", "Reading", "Report", "judge", "note", "skip"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reading(_Model):
    """One value, and where in the film it was measured.

    ``step`` is the step's number, ``text`` the sentence, chapter or caption that it belongs to;
    ``value`` is None where there was nothing to be measured that should be there.
    """

    at_ms: float
    value: float | None
    step: int | None = None
    text: str = ""


class Check(_Model):
    """One thing that was looked at.

    ``value`` is what was measured (None: nothing was), ``gate`` what it has to be, ``worst`` where
    it is farthest from that. ``sentence`` tells it in words. ``advice`` marks what is good to know
    and never a fault.
    """

    name: str
    ok: bool
    sentence: str
    value: float | None = None
    unit: str = ""
    gate: str = ""
    worst: Reading | None = None
    readings: tuple[Reading, ...] = ()
    advice: bool = False


class Report(_Model):
    """All that was looked at in one film; ``ok`` where there is no fault."""

    version: Literal[1] = 1
    film: str
    duration_ms: float
    ok: bool
    checks: tuple[Check, ...]

    @property
    def faults(self) -> tuple[Check, ...]:
        """The checks that the film does not pass."""
        return tuple(check for check in self.checks if not check.ok)

    @staticmethod
    def of(film: str, duration_ms: float, checks: Iterable[Check]) -> Report:
        """Return the report of ``checks``."""
        kept = tuple(checks)
        return Report(
            film=film,
            duration_ms=round(duration_ms, 3),
            ok=all(check.ok for check in kept),
            checks=kept,
        )


def judge(
    name: str,
    readings: Iterable[Reading],
    *,
    passes: Callable[[float], bool],
    badness: Callable[[float], float],
    unit: str,
    gate: str,
    good: str,
    bad: Callable[[Reading], str],
) -> Check:
    """Return a check that is passed where every reading passes.

    ``badness`` orders values, the worst highest; a reading without a value is worse than any.
    ``good`` and ``bad`` make the sentence; the latter is given the worst reading.
    """
    kept = tuple(
        reading.model_copy(
            update={"value": None if reading.value is None else round(reading.value, 3)}
        )
        for reading in readings
    )
    worst = max(kept, key=lambda reading: _rank(reading, badness))
    failed = [reading for reading in kept if reading.value is None or not passes(reading.value)]
    more = f" So it is {len(failed)} times of {len(kept)}." if len(failed) > 1 else ""
    return Check(
        name=name,
        ok=not failed,
        sentence=bad(worst) + more if failed else good,
        value=worst.value,
        unit=unit,
        gate=gate,
        worst=worst,
        readings=kept,
    )


def _rank(reading: Reading, badness: Callable[[float], float]) -> float:
    return float("inf") if reading.value is None else badness(reading.value)


def skip(name: str, why: str) -> Check:
    """Return a check that had nothing to measure."""
    return Check(name=name, ok=True, sentence=why)


def note(name: str, text: str, value: float | None = None, unit: str = "") -> Check:
    """Return what is good to know and never a fault."""
    return Check(name=name, ok=True, sentence=text, value=value, unit=unit, advice=True)
