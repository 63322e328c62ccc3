"""Opens a finished film again and measures whether it is as it should be."""

from __future__ import annotations

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
