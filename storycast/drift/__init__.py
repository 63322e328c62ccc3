"""Drift: what has changed in an application since a storyboard's take was approved."""

from __future__ import annotations

from storycast.drift.baseline import FilmedTake, approve, approve_changes, read_baseline
from storycast.drift.compare import Stop, compare
from storycast.drift.consequence import find_consequences
from storycast.drift.mask.learning import Learned, learn
from storycast.drift.model import Change, Drift, FalseSentence, Kind, Weight
from storycast.drift.origin import tell_origin
from storycast.drift.patch import propose_patch
from storycast.drift.report.junit import as_junit
from storycast.drift.report.page import render_report
from storycast.drift.report.text import as_lines, as_markdown

__all__ = [
    "Change",
    "Drift",
    "FalseSentence",
    "FilmedTake",
    "Kind",
    "Learned",
    "Stop",
    "Weight",
    "approve",
    "approve_changes",
    "as_junit",
    "as_lines",
    "as_markdown",
    "compare",
    "find_consequences",
    "learn",
    "propose_patch",
    "read_baseline",
    "render_report",
    "tell_origin",
]
