from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.storycast.drift.lab import open_lab
from tests.storycast.drift.mutations.mutation import Mutation
from tests.storycast.drift.mutations.plain import PLAIN
from tests.storycast.drift.stages import STAGES, Bench


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    with STAGES["plain"].start() as opening, open_lab(PLAIN) as lab:
        yield Bench(lab, opening)


@pytest.mark.parametrize("mutation", PLAIN.told, ids=lambda each: each.name)
def test_change_is_told_once_and_rightly(bench: Bench, mutation: Mutation) -> None:
    outcome = bench.run(mutation)
    assert outcome.has_right_kind, outcome.sentences
    assert outcome.has_right_sentence, outcome.sentences


@pytest.mark.parametrize("mutation", PLAIN.quiet, ids=lambda each: each.name)
def test_what_nobody_sees_is_not_told(bench: Bench, mutation: Mutation) -> None:
    assert bench.run(mutation).sentences == ()
