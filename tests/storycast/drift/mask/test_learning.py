from __future__ import annotations

import json
from typing import Any

import nbformat

from tests.storycast.studio import Studio, run

_RESTLESS = """
<p>Order <b id="n"></b> is on its way.</p>
<div class="ticker css-1ab2cd">-</div>
<canvas id="chart" role="img" aria-label="Chart" width="200" height="60"></canvas>
<ul class="news"><li class="entry">-</li><li class="entry">-</li></ul>
<script>
  const pick = (words) => words[Date.now() % words.length];
  n.textContent = 1000 + Date.now() % 9000;
  const word = () => Math.random().toString(36).replace(/[0-9.]/g, "").slice(0, 6) + "gh";
  document.querySelector(".ticker").textContent = word();
  for (const entry of document.querySelectorAll(".entry")) entry.textContent = word();
  const pen = chart.getContext("2d");
  for (let x = 0; x < 200; x += 20) {  // one colour alone would be like that of the other take
    pen.fillStyle = `hsl(${Math.random() * 360}, 90%, 40%)`;
    pen.fillRect(x, 0, 20, 60);
  }
</script>
"""


def _page(studio: Studio, old: str, new: str) -> None:
    path = studio.folder / "site" / "index.html"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def _mask(studio: Studio, *options: str) -> dict[str, Any]:
    result = run("mask", "--learn", studio.board, "--json", *options)
    assert result.exit_code == 0, result.stderr
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_what_differs_by_itself_is_masked(studio: Studio) -> None:
    _page(studio, "<ul id", f"{_RESTLESS}<ul id")
    notebook = nbformat.read(studio.board, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.write(notebook, studio.board)  # type: ignore[no-untyped-call]
    before = studio.board.read_text(encoding="utf-8")
    published = studio.contents()
    told = _mask(studio, "--write")
    assert told["remaining"] == []
    assert set(told["masks"]) == {".ticker", ".entry", "#chart", "p:has(#n)"}
    assert told["written"]
    assert studio.contents() == published
    after = studio.board.read_text(encoding="utf-8")
    changed = set(after.splitlines()) - set(before.splitlines())
    assert all("masks" in line or line.strip(' ",]') in told["masks"] for line in changed), changed
    assert studio.run("record").exit_code == 0
    assert studio.run("approve").exit_code == 0
    checked = studio.run("check")
    assert checked.exit_code == 0, checked.stdout


def test_nothing_that_differs_is_told(studio: Studio) -> None:
    result = run("mask", "--learn", "--write", studio.board)
    assert result.exit_code == 0
    assert "Nothing differs between two takes." in result.stdout


def test_storyboard_that_cannot_be_filmed_is_told(studio: Studio) -> None:
    _page(studio, 'id="add"', 'id="other"')
    result = run("mask", "--learn", studio.board)
    assert result.exit_code == 1
    assert "no element matches id=add" in result.stderr
    assert "storycast record" in result.stderr


def test_masks_are_only_learned(studio: Studio) -> None:
    result = run("mask", studio.board)
    assert result.exit_code == 2
    assert "--learn" in result.stderr
