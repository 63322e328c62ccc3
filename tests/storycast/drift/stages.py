"""Stages of pages that are changed on purpose: where they stand, and how they are opened."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from recorder.front_matter import StageSettings
from recorder.stage import open_stage
from recorder.storyboard import read_storyboard
from storycast.drift import FilmedTake
from tests.storycast.drift.lab import Lab, Outcome
from tests.storycast.drift.mutations.django_form import DJANGO_FORM
from tests.storycast.drift.mutations.django_list import DJANGO_LIST
from tests.storycast.drift.mutations.jupyterlab import JUPYTERLAB
from tests.storycast.drift.mutations.large import LARGE
from tests.storycast.drift.mutations.mutation import Mutation, Page
from tests.storycast.drift.mutations.plain import PLAIN

__all__ = ["STAGES", "Bench", "Opener", "Setting"]

_ROOT = Path(__file__).resolve().parents[3]
_PLAIN = Path(__file__).with_name("pages") / "plain.html"
_LIBRARY = _ROOT / "tests" / "applications" / "library" / "start.py"
_BOARD = _ROOT / "storyboards" / "jupyterlab-first-notebook.ipynb"
_LOADED = (".jp-LauncherCard", ".jp-DirListing-headerItemText")
_REST_S = 1.5
_LOAD_S = 60
_INSTALL_S = 110
_SIGN_IN = """
const [name, password] = ["id_username", "id_password"].map((id) => document.getElementById(id));
if (!name) return false;
name.value = password.value = "admin";
name.form.submit();
return true;
"""

Opener: TypeAlias = Callable[[Lab], None]
"""Opens a lab's page as it was."""


@dataclass
class Bench:
    """A lab on its stage: it makes one change at a time in a page that is as it was."""

    lab: Lab
    opening: Opener
    _before: FilmedTake | None = None

    @property
    def before(self) -> FilmedTake:
        """The page as it was."""
        if self._before is None:
            self._before = self._look("")
        return self._before

    def after(self, mutation: Mutation) -> tuple[FilmedTake, FilmedTake]:
        """The page before a change and after it."""
        before = self._look(mutation.preparation) if mutation.given else self.before
        self.opening(self.lab)
        if mutation.given:
            self.lab.run(mutation.preparation)
        self.lab.change(mutation)
        return before, self.lab.look()

    def run(self, mutation: Mutation) -> Outcome:
        """Change the page, and tell what is different."""
        return self.lab.compare(mutation, *self.after(mutation))

    def _look(self, preparation: str) -> FilmedTake:
        self.opening(self.lab)
        if preparation:
            self.lab.run(preparation)
        return self.lab.look()


@contextmanager
def _plain() -> Iterator[Opener]:
    yield lambda lab: lab.browser.get(_PLAIN.as_uri())


@contextmanager
def _large() -> Iterator[Opener]:
    rows = "".join(
        f"<tr><td>Course {number}<td>Teacher {number % 17}<td>{number * 7 % 100}"
        f"<td><button>Edit {number}</button></tr>"
        for number in range(300)
    )
    page = f"<!doctype html><title>Courses</title><table><tbody>{rows}</tbody></table>"
    with tempfile.TemporaryDirectory() as desk:
        path = Path(desk) / "large.html"
        path.write_text(page, encoding="utf-8")
        yield lambda lab: lab.browser.get(path.as_uri())


@contextmanager
def _jupyterlab() -> Iterator[Opener]:
    stage = read_storyboard(_BOARD).front.stage
    assert stage is not None
    with _served(stage) as base_url:

        def load(lab: Lab) -> None:
            lab.browser.get(f"{base_url}/lab?reset")
            WebDriverWait(lab.browser, _LOAD_S).until(
                lambda driver: all(driver.find_elements(By.CSS_SELECTOR, css) for css in _LOADED)
            )
            time.sleep(_REST_S)

        yield load


@contextmanager
def _django() -> Iterator[Opener]:
    command = (sys.executable, str(_LIBRARY), "--port", "{port}", "--django", "5.2")
    stage = StageSettings(command=command, ready="/admin/login/", ready_timeout_s=_INSTALL_S)
    with _served(stage) as base_url:

        def load(lab: Lab) -> None:
            address = f"{base_url}/admin/{lab.page.path}"
            if lab.run("return location.origin") == base_url:
                lab.run("localStorage.clear(); sessionStorage.clear()")  # what was folded stays so
            lab.browser.get(address)
            if lab.run(_SIGN_IN):
                WebDriverWait(lab.browser, _LOAD_S).until(
                    lambda driver: driver.find_elements(By.ID, "user-tools")
                )
                lab.browser.get(address)

        yield load


@contextmanager
def _served(stage: StageSettings) -> Iterator[str]:
    with (
        tempfile.TemporaryDirectory() as desk,
        open_stage(stage, beside=_BOARD.parent, log=Path(desk) / "stage.log") as opened,
    ):
        yield opened.base_url


@dataclass(frozen=True)
class Setting:
    """Pages of one application, and how it is started."""

    pages: tuple[Page, ...]
    start: Callable[[], AbstractContextManager[Opener]]


STAGES = {
    "plain": Setting((PLAIN,), _plain),
    "large": Setting((LARGE,), _large),
    "jupyterlab": Setting((JUPYTERLAB,), _jupyterlab),
    "django": Setting((DJANGO_LIST, DJANGO_FORM), _django),
}
