"""The doctor: what this machine lacks, and the command that installs it."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import which

from narration import NarrationError, open_voice
from recorder.chromium import INSTALL_HINT, find_programs
from recorder.errors import BrowserError
from recorder.firefox import program as firefox
from storycast.errors import StorycastError
from storycast.film import ffmpeg
from storycast.film.process import run

__all__ = ["Finding", "examine"]

_TIMEOUT_S = 60
_ENCODERS = ("libx264", "aac")
_SWEEPERS = {
    "tesseract": "tesseract-ocr",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
}
_ANY_PYTHON = ("python", f"python{sys.version_info[0]}")


@dataclass(frozen=True)
class Finding:
    """One thing that is needed: what was found of it, and what to do where it is not good.

    Without one that is not ``needed``, films and guides are made all the same.
    """

    name: str
    good: bool
    found: str
    remedy: str = ""
    needed: bool = True

    def __str__(self) -> str:
        sign = "✓" if self.good else "✗" if self.needed else "-"
        line = f"{sign} {self.name:<8} {self.found}"
        return f"{line}\n           {self.remedy}" if self.remedy else line

    @property
    def facts(self) -> dict[str, object]:
        """What machines are told."""
        return asdict(self)


def examine(cache: Path) -> Iterator[Finding]:
    """Look for everything that filming and sweeping need, the way it will be used."""
    yield Finding("Python", good=True, found=sys.version.split()[0])
    yield _browser()
    yield _firefox()
    yield _ffmpeg()
    yield _voice()
    yield _kernel()
    yield _cache(cache)
    yield _sweep()


def _browser() -> Finding:
    try:
        programs = find_programs()
    except BrowserError as error:
        return Finding("browser", good=False, found=error.message, remedy=error.hint)
    browser, driver = _version_of(programs.browser), _version_of(programs.driver)
    for program, version in ((programs.browser, browser), (programs.driver, driver)):
        if not version:
            told = f"{program} does not start."
            return Finding("browser", good=False, found=told, remedy=INSTALL_HINT)
    if browser.split(".")[0] != driver.split(".")[0]:
        told = f"Chromium {browser} and chromedriver {driver} do not belong together."
        return Finding("browser", good=False, found=told, remedy=INSTALL_HINT)
    return Finding("browser", good=True, found=f"Chromium {browser}, chromedriver {driver}")


def _firefox() -> Finding:
    try:
        programs = firefox.find_programs(fetch=False)
    except BrowserError as error:
        told = f"{error.message.removesuffix('.')}; Chromium films all the same."
        return Finding("Firefox", good=False, found=told, remedy=error.hint, needed=False)
    versions = []
    for program in (programs.browser, programs.driver):
        versions.append(_version_of(program))
        if not versions[-1]:
            told = f"{program} does not start."
            return Finding(
                "Firefox", good=False, found=told, remedy=firefox.INSTALL_HINT, needed=False
            )
    browser, driver = versions
    found = f"Firefox {browser}, geckodriver {driver}"
    return Finding("Firefox", good=True, found=found, needed=False)


def _version_of(program: Path) -> str:
    try:
        run = _try([str(program), "--version"])
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(r"\d+(\.\d+)+", run.stdout)
    return found[0] if found else ""


def _try(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False)


def _ffmpeg() -> Finding:
    try:
        version = ffmpeg.version().partition(" Copyright")[0]
        listed = run(("ffmpeg", "-hide_banner", "-encoders")).split()
    except StorycastError as error:
        return Finding("ffmpeg", good=False, found=error.message, remedy=error.hint)
    lacking = [name for name in _ENCODERS if name not in listed]
    if lacking:
        told = f"{version} has no encoder {' and no '.join(lacking)}."
        return Finding("ffmpeg", good=False, found=told, remedy="apt-get install ffmpeg")
    return Finding("ffmpeg", good=True, found=version)


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
    # Jupyter's own look-up, at the price of its import: only the doctor needs it.
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel  # noqa: PLC0415

    remedy = f"{sys.executable} -m ipykernel install --sys-prefix"
    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel as error:
        told = f"There is no kernel {error.name!r}."
        return Finding("kernel", good=False, found=told, remedy=remedy)
    # Jupyter puts the Python that it runs in itself where a kernel says just "python".
    program = sys.executable if spec.argv[0] in _ANY_PYTHON else spec.argv[0]
    try:
        run = _try([program, "-c", "import recorder.kernel"])
        knows = run.returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        knows = False
    if not knows:
        told = f"The kernel {spec.display_name!r} ({program}) does not know the recorder."
        return Finding("kernel", good=False, found=told, remedy=remedy)
    return Finding("kernel", good=True, found=spec.display_name)


def _cache(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        told = f"{folder} cannot be written: {error.strerror}."
        remedy = "Choose another folder: export STORYCAST_CACHE=FOLDER"
        return Finding("cache", good=False, found=told, remedy=remedy)
    return Finding("cache", good=True, found=str(folder))


def _sweep() -> Finding:
    lacking = [package for program, package in _SWEEPERS.items() if not which(program)]
    if lacking:
        told = "storycast sweep cannot read all pictures and PDF files here."
        remedy = f"apt-get install {' '.join(dict.fromkeys(lacking))}"
        return Finding("sweep", good=False, found=told, remedy=remedy, needed=False)
    version = _try(["tesseract", "--version"]).stdout.partition("\n")[0]
    return Finding("sweep", good=True, found=f"{version}, poppler", needed=False)
