"""The table: a report as people read it."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from storycast.verify.report import Check, Report

__all__ = ["render_report"]


def render_report(report: Report) -> Table:
    """Return ``report`` as a table: a row for each check, those that failed in red."""
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column("")
    table.add_column("check", no_wrap=True)
    table.add_column("measured", justify="right", no_wrap=True)
    table.add_column("gate", overflow="fold")
    table.add_column("what it means", ratio=1)
    for check in report.checks:
        sign = _sign(check)
        words = (check.name, _measured(check), check.gate, check.sentence)
        table.add_row(sign, *map(escape, words), style="" if check.ok else "red")
    return table


def _sign(check: Check) -> str:
    if not check.ok:
        return "✗"
    return "-" if check.advice or not (check.gate or check.value is not None) else "✓"


def _measured(check: Check) -> str:
    if check.value is None:
        return ""
    return f"{check.value:.4g} {check.unit}".strip()
