"""Chapters: whether the film has those that its timeline names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from storycast.timeline import Chapter
from storycast.verify.claim import Text
from storycast.verify.report import Check, Reading, judge, note, skip

__all__ = ["check_chapters", "find_gap"]

_TOGETHER_MS = 1.0
_LEAST, _SHORTEST_MS = 3, 10_000
"""What YouTube asks for before it shows chapters."""


def check_chapters(
    planned: Sequence[Chapter], inside: Sequence[Chapter], beside: Sequence[Text] | None
) -> Iterator[Check]:
    """Yield the checks of chapters: ``planned`` on the timeline, ``inside`` the film, ``beside``.

    ``beside`` is what chapters.vtt lists (None: there is no such file).
    """
    if not planned and not inside:
        yield skip("chapters", "The film has no chapters.")
        return
    yield _check_same("chapters", "The film", planned, inside)
    if beside is not None:
        listed = [
            Chapter(
                title=" ".join(text.lines), start_ms=round(text.start_ms), end_ms=round(text.end_ms)
            )
            for text in beside
        ]
        yield _check_same("chapters-beside", "chapters.vtt", planned, listed)
    yield from _advise(inside)


def _check_same(
    name: str, where: str, planned: Sequence[Chapter], found: Sequence[Chapter]
) -> Check:
    if len(found) != len(planned):
        return Check(
            name=name,
            ok=False,
            sentence=f"{where} has {len(found)} chapters, and its timeline {len(planned)}.",
            value=float(len(found)),
            unit="chapters",
            gate=str(len(planned)),
        )
    gap = find_gap(found)
    if gap is not None:
        return Check(
            name=name,
            ok=False,
            sentence=f"{where}: {gap.text}.",
            value=gap.value,
            unit="ms",
            gate="no gap",
            worst=gap,
        )
    return judge(
        name,
        [
            Reading(at_ms=plan.start_ms, value=_apart_ms(plan, chapter), text=plan.title)
            for plan, chapter in zip(planned, found, strict=True)
        ],
        passes=lambda value: value <= _TOGETHER_MS,
        badness=lambda value: value,
        unit="ms apart",
        gate=f"same title, <= {_TOGETHER_MS:.0f}",
        good=f"{where} has the timeline's {len(found)} chapters.",
        bad=lambda worst: f"{where} has another title or time for “{worst.text}”.",
    )


def find_gap(chapters: Sequence[Chapter]) -> Reading | None:
    """Return where ``chapters`` do not follow one another from 0 on, or one has no title."""
    end_ms = 0
    for number, chapter in enumerate(chapters, start=1):
        apart = chapter.start_ms - end_ms
        if abs(apart) > _TOGETHER_MS or chapter.end_ms <= chapter.start_ms:
            what = f"chapter {number} does not follow the one before"
            return Reading(at_ms=chapter.start_ms, value=apart, text=what)
        if not chapter.title.strip():
            return Reading(at_ms=chapter.start_ms, value=0, text=f"chapter {number} has no title")
        end_ms = chapter.end_ms
    return None


def _apart_ms(plan: Chapter, found: Chapter) -> float | None:
    if " ".join(plan.title.split()) != " ".join(found.title.split()):
        return None
    return max(abs(plan.start_ms - found.start_ms), abs(plan.end_ms - found.end_ms))


def _advise(chapters: Sequence[Chapter]) -> Iterator[Check]:
    if 0 < len(chapters) < _LEAST:
        yield note(
            "chapters-youtube",
            f"YouTube shows chapters where there are {_LEAST} or more.",
            float(len(chapters)),
            "chapters",
        )
        return
    shortest = min(chapters, key=_lasts_ms, default=None)
    if shortest is not None and _lasts_ms(shortest) < _SHORTEST_MS:
        yield note(
            "chapters-youtube",
            f"YouTube shows no chapters, because “{shortest.title}” is shorter than 10 s.",
            _lasts_ms(shortest) / 1000,
            "s",
        )


def _lasts_ms(chapter: Chapter) -> int:
    return chapter.end_ms - chapter.start_ms
