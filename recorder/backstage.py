"""Backstage: what is neither filmed nor told, and the sessions that it leaves for later takes."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from recorder.errors import RecorderError
from recorder.kept_session import forget_session, keep_session, restore_session, session_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver.remote.webdriver import WebDriver

    from recorder.filmed_driver import FilmedDriver

__all__ = ["off_camera"]


@contextmanager
def off_camera(keep: WebDriver | str | None = None) -> Iterator[bool]:
    """Do what nobody needs to see: it is neither shown nor told nor compared.

    What the page is after the block is what the next action starts from. ``keep`` is a browser, or
    an actor's name: its cookies and storage are kept after the block, in the user's cache folder,
    and are there again at the block's beginning in the next take. The block is given whether they
    were. What is kept is forgotten where the block fails. Raises `RecorderError` outside of a
    notebook, and where there is no such browser.
    """
    from recorder.attachment import current_kernel  # noqa: PLC0415 - only notebooks need IPython

    kernel = current_kernel()
    with kernel.session.off_camera():
        if keep is None:
            yield False
            return
        driver = _find_browser(kernel.session.cast.find(keep) if isinstance(keep, str) else keep)
        base_url = kernel.address()
        path = session_file(kernel.session.board.path, driver.actor, base_url)
        try:
            yield restore_session(driver, path, base_url)
        except Exception:
            forget_session(path)
            raise
        keep_session(driver, path, base_url)


def _find_browser(keep: object) -> FilmedDriver:
    from recorder.filmed_driver import FilmedDriver  # noqa: PLC0415 - as above

    if not isinstance(keep, FilmedDriver) or keep.observer is None:
        raise RecorderError(
            "off_camera() can only keep the session of a browser that is filmed.",
            "Give it what open_browser() or actor() gave, as long as it is open.",
        )
    return keep
