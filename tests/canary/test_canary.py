from __future__ import annotations

from pathlib import Path

import pytest

from tests.canary.trial import KINDS, Trial, make_canaries


@pytest.mark.long
def test_no_secret_is_found_in_anything_that_is_made(tmp_path: Path) -> None:
    found = Trial(tmp_path, make_canaries(), guarded=True).run()
    assert found == {kind: [] for kind in KINDS}


@pytest.mark.long
def test_every_secret_is_found_where_the_guards_are_taken_away(tmp_path: Path) -> None:
    found = Trial(tmp_path, make_canaries(), guarded=False).run()
    assert [kind for kind, files in found.items() if not files] == []
