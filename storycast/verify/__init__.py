"""Opens a finished film again and measures whether it is as it should be.

What draws its table is imported for those who read one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from recorder.lazy import lazy_names

if TYPE_CHECKING:
    from storycast.verify.errors import FaultyFilmError, VerifyError
    from storycast.verify.film import check_film, verify_film
    from storycast.verify.listen import Ear
    from storycast.verify.report import Check, Reading, Report
    from storycast.verify.table import render_report

__all__ = [
    "Check",
    "Ear",
    "FaultyFilmError",
    "Reading",
    "Report",
    "VerifyError",
    "check_film",
    "render_report",
    "verify_film",
]

_HOMES = {
    "errors": ("FaultyFilmError", "VerifyError"),
    "film": ("check_film", "verify_film"),
    "listen": ("Ear",),
    "report": ("Check", "Reading", "Report"),
    "table": ("render_report",),
}
"""Which names each module has."""

__getattr__ = lazy_names(__name__, _HOMES)
