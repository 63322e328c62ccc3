from __future__ import annotations

from pathlib import Path

from storycast.guide.card import read_card
from tests.storycast.studio import Studio, edit, run


def test_library_tells_what_was_approved_of_a_change_and_when(
    studio: Studio, tmp_path: Path
) -> None:
    assert studio.run("approve", "--comment", "The first one.").exit_code == 0
    assert studio.run("publish").exit_code == 0
    assert read_card(studio.published).changes == ()
    studio.change_page((">Keep<", ">Save<"))
    edit(studio.board, lambda notebook: notebook["cells"][6].update(source="Select **Save**."))
    checked = studio.run("check")
    assert checked.exit_code == 3
    assert "“Keep” is now called “Save”" in checked.stdout
    assert studio.run("make").exit_code == 0
    assert studio.run("approve", "--comment", "Version 2 says it so.").exit_code == 0
    assert studio.run("publish").exit_code == 0
    (change,) = read_card(studio.published).changes
    assert change.sentences == ("The button “Keep” is now called “Save”.",)
    assert change.comment == "Version 2 says it so."
    site = tmp_path / "site"
    assert run("site", studio.output, "--to", site).exit_code == 0
    for name in ("index.html", "changes.html", "guides/my board/index.html"):
        page = (site / name).read_text(encoding="utf-8")
        assert f'<time datetime="{change.on}">' in page
        assert change.sentences[0] in page
        assert change.comment in page
