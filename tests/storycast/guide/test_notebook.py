from __future__ import annotations

from nbformat import v4

from storycast.guide.forms import notebook


def test_prose_runs_from_right_to_left_and_its_markdown_stays() -> None:
    cells = [v4.new_markdown_cell("# عنوان"), v4.new_code_cell("1")]  # type: ignore[no-untyped-call]
    notebook._turn(cells)
    assert cells[0].source == '<div dir="rtl">\n\n# عنوان\n\n</div>'
    assert cells[1].source == "1"
