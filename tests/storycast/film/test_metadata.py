from __future__ import annotations

import pytest

from storycast.film.metadata import film_metadata, language_code
from storycast.timeline import Chapter, Timeline


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en", "eng"), ("de-AT", "deu"), ("pt_BR", "por"), ("FR", "fra"), ("gsw", "und"), ("", "und")],
)
def test_language_is_known_by_three_letters(tag: str, code: str) -> None:
    assert language_code(tag) == code


def test_signs_that_mean_something_in_metadata_are_escaped() -> None:
    chapter = Chapter(title="a=b; #c\\d\ne", start_ms=0, end_ms=400)
    timeline = Timeline(title="x=y", language="en", viewport=(1, 1), clips=(), chapters=(chapter,))
    assert film_metadata(timeline).splitlines() == [
        ";FFMETADATA1",
        r"title=x\=y",
        "[CHAPTER]",
        "TIMEBASE=1/1000",
        "START=0",
        "END=400",
        r"title=a\=b\; \#c\\d e",
    ]
