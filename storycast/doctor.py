"""The doctor: what this machine lacks for filming, and the command that installs it."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from narration import NarrationError, open_voice
from recorder import BrowserError
from recorder.browser import INSTALL_HINT, find_programs
from storycast import ffmpeg
from storycast.errors import StorycastError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Finding", "examine", "tell_findings"]

_TIMEOUT_S = 30
_ANY_PYTHON = ("python", f"python{sys.version_info[0]}")


@dataclass(frozen=True)
class Finding:
    """One thing that filming needs: what was found of it, or what to do about it."""

    name: str
    good: bool
    found: str
    remedy: str = ""


def examine() -> tuple[Finding, ...]:
    """Look for everything that filming needs, the way it will be used."""
    return tuple(check() for check in (_python, _browser, _ffmpeg, _voice, _kernel, _cache))


def tell_findings(findings: Sequence[Finding]) -> tuple[str, list[dict[str, object]]]:
    """``findings`` as a text for people and as facts for machines."""
    lines = []
    for finding in findings:
        mark = "[green]✓[/]" if finding.good else "[red]✗[/]"
        lines.append(f"{mark} {finding.name:<8} {finding.found}")
        if finding.remedy:
            lines.append(f"           {finding.remedy}")
    return "\n".join(lines), [asdict(finding) for finding in findings]


def _python() -> Finding:
    return Finding("Python", good=True, found=sys.version.split()[0])


def _browser() -> Finding:
    try:
        programs = find_programs()
    except BrowserError as error:
        return Finding("browser", good=False, found=error.message, remedy=error.hint)
    browser, driver = _version_of(programs.browser), _version_of(programs.driver)
    if not browser or not driver:
        told = f"{programs.browser} does not start."
        return Finding("browser", good=False, found=told, remedy=INSTALL_HINT)
    if browser.split(".")[0] != driver.split(".")[0]:
        told = f"Chromium {browser} and chromedriver {driver} do not belong together."
        return Finding("browser", good=False, found=told, remedy=INSTALL_HINT)
    return Finding("browser", good=True, found=f"Chromium {browser}, chromedriver {driver}")


def _version_of(program: Path) -> str:
    try:
        run = subprocess.run(
            [str(program), "--version"], capture_output=True, text=True, timeout=_TIMEOUT_S,
            check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(r"\d+(\.\d+)+", run.stdout)
    return found[0] if found else ""


def _ffmpeg() -> Finding:
    try:
        return Finding("ffmpeg", good=True, found=ffmpeg.version())
    except StorycastError as error:
        return Finding("ffmpeg", good=False, found=error.message, remedy=error.hint)


def _voice() -> Finding:
    try:
        voice = open_voice("pyttsx3", language="en")
        try:
            speech = voice.speak("All is well.")
        finally:
            voice.close()
    except NarrationError as error:
        return Finding("voice", good=False, found=error.message, remedy=error.hint)
    return Finding("voice", good=True, found=f"{voice.name} speaks ({speech.duration_ms} ms)")


def _kernel() -> Finding:
    try:
        # Jupyter's own look-up, at the price of its import: only the doctor needs it.
        from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel  # noqa: PLC0415

        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel as error:
        told = f"There is no kernel {error.name!r}."
        return Finding("kernel", good=False, found=told, remedy="pip install ipykernel")
    # Jupyter puts the Python that it runs in itself where a kernel says just "python".
    program = sys.executable if spec.argv[0] in _ANY_PYTHON else spec.argv[0]
    run = subprocess.run(
        [program, "-c", "import recorder"], capture_output=True, text=True, check=False,
        timeout=_TIMEOUT_S,
    )  # fmt: skip
    if run.returncode:
        told = f"The kernel {spec.display_name!r} ({program}) does not know the recorder."
        remedy = f"{sys.executable} -m ipykernel install --sys-prefix"
        return Finding("kernel", good=False, found=told, remedy=remedy)
    return Finding("kernel", good=True, found=spec.display_name)


def _cache() -> Finding:
    folder = user_cache_path("storycast")
    return _writable("cache", folder)


def _writable(name: str, folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        told = f"{folder} cannot be written: {error.strerror}."
        return Finding(name, good=False, found=told, remedy="Set STORYCAST_CACHE to a folder.")
    return Finding(name, good=True, found=str(folder))
