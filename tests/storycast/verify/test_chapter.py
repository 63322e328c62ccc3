from __future__ import annotations

import pytest

from storycast.timeline import Chapter
from storycast.verify.chapter import check_chapters, find_gap
from storycast.verify.claim import Text
from storycast.verify.report import Check

_PLAN = (
    Chapter(title="One", start_ms=0, end_ms=12000),
    Chapter(title="Two & a half", start_ms=12000, end_ms=24000),
    Chapter(title="Three", start_ms=24000, end_ms=36000),
)


def _check(
    *inside: Chapter, beside: tuple[Text, ...] | None = None, plan: tuple[Chapter, ...] = _PLAN
) -> dict[str, Check]:
    return {check.name: check for check in check_chapters(plan, inside, beside)}


def test_the_planned_chapters_have_no_fault() -> None:
    checks = _check(*_PLAN)
    assert list(checks) == ["chapters"]
    assert checks["chapters"].ok


def test_another_title_is_a_fault() -> None:
    other = _PLAN[1].model_copy(update={"title": "Two"})
    check = _check(_PLAN[0], other, _PLAN[2])["chapters"]
    assert not check.ok
    assert "“Two & a half”" in check.sentence


@pytest.mark.parametrize(
    ("chapters", "says"),
    [
        ((Chapter(title="One", start_ms=500, end_ms=900),), "chapter 1 does not follow"),
        ((_PLAN[0], _PLAN[2]), "chapter 2 does not follow"),
        ((Chapter(title="One", start_ms=0, end_ms=0),), "chapter 1 does not follow"),
        ((Chapter(title=" ", start_ms=0, end_ms=900),), "chapter 1 has no title"),
    ],
)
def test_chapters_follow_one_another_from_the_start(
    chapters: tuple[Chapter, ...], says: str
) -> None:
    gap = find_gap(chapters)
    assert gap is not None
    assert gap.text.startswith(says)


def test_list_beside_the_film_is_compared_too() -> None:
    listed = tuple(Text(each.start_ms, each.end_ms, (each.title,)) for each in _PLAN)
    assert _check(*_PLAN, beside=listed)["chapters-beside"].ok
    assert not _check(*_PLAN, beside=listed[:2])["chapters-beside"].ok


def test_what_youtube_asks_for_is_advice() -> None:
    few = _check(*_PLAN[:2], plan=_PLAN[:2])["chapters-youtube"]
    short = tuple(
        Chapter(title=str(number), start_ms=number * 5000, end_ms=number * 5000 + 5000)
        for number in range(3)
    )
    hasty = _check(*short, plan=short)["chapters-youtube"]
    assert few.ok
    assert few.advice
    assert hasty.ok
    assert "“0” is shorter than 10 s" in hasty.sentence
