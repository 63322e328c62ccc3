from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console

from storycast.verify import Report, check_film, render_report
from storycast.verify.command import verify
from tests.storycast.verify import damage
from tests.storycast.verify.edition import Made

if TYPE_CHECKING:
    import pytest


def test_good_film_ends_with_zero(original: Made, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(original.film) == 0
    assert "nothing is wrong" in capsys.readouterr().out


def test_faulty_film_ends_with_one(made: Made, capsys: pytest.CaptureFixture[str]) -> None:
    damage.drop_chapter(made)
    assert verify(made.film) == 1
    assert "1 of 20 checks failed" in capsys.readouterr().out


def test_folder_of_an_edition_stands_for_its_film(original: Made) -> None:
    assert verify(original.folder) == 0


def test_json_is_the_whole_report(original: Made, capsys: pytest.CaptureFixture[str]) -> None:
    verify(original.film, as_json=True)
    report = Report.model_validate_json(capsys.readouterr().out)
    assert report.ok
    assert len(report.checks) == 20


def test_report_of_the_same_film_is_the_same(original: Made) -> None:
    assert check_film(original.film) == check_film(original.film)


def test_table_has_a_row_for_each_check(original: Made) -> None:
    report = check_film(original.film)
    page = io.StringIO()
    Console(file=page, width=200).print(render_report(report))
    shown = page.getvalue()
    assert all(f" {check.name} " in shown for check in report.checks)
