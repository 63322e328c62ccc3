"""One Firefox for all of these tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from recorder.firefox.driver import FilmedFirefox
from tests.recorder.conftest import Reel


@pytest.fixture(scope="session")
def own_reel(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reel]:
    """Firefox in place of the browser that `reel` gives elsewhere."""
    reel = Reel(site, tmp_path_factory.mktemp("firefox"))
    reel.browser = FilmedFirefox(watch=reel.watch)
    yield reel
    reel.browser.quit()
