"""Uploads: files of this machine, brought to where a remote browser can read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.command import Command

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from selenium.webdriver.remote.remote_connection import RemoteConnection

__all__ = ["know_upload", "upload"]

_OF_CHROMEDRIVER = "uploadFileToChromedriver"


def know_upload(connection: RemoteConnection) -> None:
    """Let a connection know chromedriver's own command, which is none of Selenium's."""
    connection.add_command(  # type: ignore[no-untyped-call]
        _OF_CHROMEDRIVER, "POST", "/session/$sessionId/file"
    )


def upload(execute: Callable[[str, dict[str, Any]], Any], params: Mapping[str, Any]) -> Any:
    """Upload a file as Selenium does to a Grid, or else as chromedriver asks for it."""
    try:
        return execute(Command.UPLOAD_FILE, dict(params))
    except WebDriverException as error:
        if "unknown command" not in (error.msg or ""):
            raise
    return execute(_OF_CHROMEDRIVER, dict(params))
