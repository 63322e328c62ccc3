from __future__ import annotations

import gzip
import json
from typing import Any

from tests.storycast.studio import Studio, edit

_PASSING = """<p id="passing"></p><script>
  const today = new Intl.DateTimeFormat("en", { dateStyle: "long" }).format();
  passing.textContent = `${today} ${Math.random()} ${crypto.randomUUID()}`;
</script><ul id"""


def test_pinned_storyboard_is_filmed_the_same_again(studio: Studio) -> None:
    def pin(notebook: Any) -> None:
        notebook["metadata"]["storycast"]["pins"] = {"clock": "2031-05-04T09:30:00", "random": 7}

    edit(studio.board, pin)
    page = studio.folder / "site" / "index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("<ul id", _PASSING), encoding="utf-8")
    first = studio.run("record", "--json")
    assert json.loads(first.stdout)["made"] == ["take"], first.stderr
    snapshots = (studio.published / "take" / "snapshots").iterdir()
    assert any(b"May 4, 2031" in gzip.decompress(path.read_bytes()) for path in snapshots)
    again = studio.run("record", "--json")
    assert json.loads(again.stdout)["made"] == []


def test_unknown_time_zone_is_told_before_anything_is_filmed(studio: Studio) -> None:
    def pin(notebook: Any) -> None:
        notebook["metadata"]["storycast"]["pins"] = {"time_zone": "Europe/Berln"}

    edit(studio.board, pin)
    result = studio.run("record")
    assert result.exit_code == 2
    assert "'storycast.pins.time_zone' is not valid: 'Europe/Berln'" in result.stderr
