from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.storycast.drift.lab import Lab, Sight, open_lab
from tests.storycast.drift.mutations import PLAIN, PLAIN_QUIET, Mutation

_PAGE = (Path(__file__).parent / "pages" / "plain.html").as_uri()


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with open_lab() as opened:
        yield opened


@pytest.fixture(scope="module")
def before(lab: Lab) -> Sight:
    lab.browser.get(_PAGE)
    return lab.look()


@pytest.mark.parametrize("mutation", PLAIN, ids=lambda each: each.name)
def test_change_is_told_once_and_rightly(lab: Lab, before: Sight, mutation: Mutation) -> None:
    lab.browser.get(_PAGE)
    outcome = lab.run(before, mutation)
    assert outcome.has_right_kind, outcome.sentences
    assert outcome.has_right_sentence, outcome.sentences


@pytest.mark.parametrize("mutation", PLAIN_QUIET, ids=lambda each: each.name)
def test_what_nobody_sees_is_not_told(lab: Lab, before: Sight, mutation: Mutation) -> None:
    lab.browser.get(_PAGE)
    assert lab.run(before, mutation).sentences == ()
