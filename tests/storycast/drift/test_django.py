from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from recorder.errors import StageError
from tests.storycast.drift.lab import open_lab
from tests.storycast.drift.mutations.mutation import Mutation, Page
from tests.storycast.drift.stages import STAGES, Bench

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

_DJANGO = STAGES["django"]
_SOME = 3


def _cases(kind: str) -> list[ParameterSet]:
    """All changes of a kind, every third of which is made on every change of the code."""
    return [
        pytest.param(
            page, mutation, id=mutation.name, marks=pytest.mark.long if place % _SOME else ()
        )
        for page in _DJANGO.pages
        for place, mutation in enumerate(getattr(page, kind))
    ]


@pytest.fixture(scope="module")
def benches() -> Iterator[dict[Page, Bench]]:
    """A bench for each page; they share one library."""
    with ExitStack() as stack:
        try:
            opening = stack.enter_context(_DJANGO.start())
        except StageError as error:
            if "No matching distribution" in str(error):
                pytest.skip(f"Django cannot be installed here: {error}")
            raise
        yield {page: Bench(stack.enter_context(open_lab(page)), opening) for page in _DJANGO.pages}


@pytest.mark.parametrize(("page", "mutation"), _cases("told"))
def test_change_of_django_is_told_once_and_rightly(
    benches: dict[Page, Bench], page: Page, mutation: Mutation
) -> None:
    outcome = benches[page].run(mutation)
    assert outcome.has_right_kind, outcome.sentences
    assert outcome.has_right_sentence, outcome.sentences
    assert outcome.has_right_weight, outcome.sentences


@pytest.mark.parametrize(("page", "mutation"), _cases("quiet"))
def test_what_nobody_sees_of_django_is_not_told(
    benches: dict[Page, Bench], page: Page, mutation: Mutation
) -> None:
    assert benches[page].run(mutation).sentences == ()
