"""Kept services: programs that drive browsers, and end with this process."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.common.service import Service
from selenium.webdriver.firefox.service import Service as FirefoxService

from recorder.kept_process import End, keeper_command

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["KeptChromeService", "KeptFirefoxService"]

_SOCKET = "--websocket-port"


class _Kept(Service):
    """A driver that ends, with its browser and their files, when this process does."""

    def __init__(
        self,
        driver: Path,
        *,
        environment: Mapping[str, str],
        port: int = 0,
        arguments: Sequence[str] = (),
    ) -> None:
        # Browsers keep profiles in the folder for temporary files; after a kill they stay there.
        self.home = Path(tempfile.mkdtemp(prefix="storycast-browser-"))
        self._driver = driver
        super().__init__(
            executable_path=sys.executable,
            port=port,
            service_args=list(arguments) or None,
            env=os.environ | {"TMPDIR": str(self.home), **environment},
            # Who interrupts a cell (Jupyter signals the whole process group) keeps the browser.
            popen_kw={"start_new_session": True},
        )

    def _keep(self, arguments: Sequence[str]) -> list[str]:
        """The driver's ``arguments`` as those of Python, which runs the keeper."""
        command = [str(self._driver), *arguments]
        return keeper_command(command, end=End(remove=[self.home]))[1:]

    def env_path(self) -> str | None:
        return None


class KeptChromeService(_Kept, ChromeService):
    """A kept chromedriver; of ``given`` port and arguments are taken."""

    def __init__(
        self, driver: Path, *, environment: Mapping[str, str], given: ChromeService | None = None
    ) -> None:
        port, arguments = (given.port, given.service_args) if given else (0, ())
        super().__init__(driver, environment=environment, port=port, arguments=arguments)

    def command_line_args(self) -> list[str]:
        """Selenium's: the arguments of what it starts."""
        return self._keep(super().command_line_args())


class KeptFirefoxService(_Kept, FirefoxService):
    """A kept geckodriver; of ``given`` port and arguments are taken."""

    def __init__(
        self, driver: Path, *, environment: Mapping[str, str], given: FirefoxService | None = None
    ) -> None:
        port, arguments = (given.port, list(given.service_args)) if given else (0, [])
        if _SOCKET in arguments:  # Selenium adds one each time
            place = arguments.index(_SOCKET)
            del arguments[place : place + 2]
        super().__init__(driver, environment=environment, port=port, arguments=arguments)

    def command_line_args(self) -> list[str]:
        """Selenium's: the arguments of what it starts."""
        return self._keep(super().command_line_args())
