from __future__ import annotations

import base64
import io
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from storycast.errors import StorycastError
from tests.storycast.guide.audit import Audit
from tests.storycast.guide.press import make_film, publish
from tests.storycast.sample import Sample


def test_guide_is_html_markdown_pictures_and_transcript(published: Path) -> None:
    names = {path.name for path in published.iterdir()}
    assert names == {
        "film.mp4", "guide.html", "guide.json", "guide.md", "pictures", "transcript.txt",
    }  # fmt: skip


def test_returned_paths_are_all_that_was_written(sample: Sample, tmp_path: Path) -> None:
    written = publish(sample, tmp_path)
    assert [path.name for path in written[:3]] == ["guide.html", "guide.md", "transcript.txt"]
    assert set(written) == {path for path in tmp_path.rglob("*") if path.is_file()}


def test_same_input_gives_the_same_bytes(sample: Sample, published: Path, tmp_path: Path) -> None:
    for path in publish(sample, tmp_path):
        assert path.read_bytes() == (published / path.relative_to(tmp_path)).read_bytes()


def test_pictures_of_the_markdown_exist_and_no_others(published: Path) -> None:
    named = re.findall(r"\]\((pictures/[^)]+)\)", (published / "guide.md").read_text("utf-8"))
    assert named
    assert {published / name for name in named} == set((published / "pictures").iterdir())


def test_page_holds_as_many_pictures_as_the_markdown(published: Path) -> None:
    page = Audit((published / "guide.html").read_text("utf-8"))
    markdown = (published / "guide.md").read_text("utf-8")
    assert len(page.every("img")) == markdown.count("![")


def test_guide_is_small(published: Path) -> None:
    assert (published / "guide.html").stat().st_size < 250_000


def test_stale_pictures_go_and_foreign_files_stay(sample: Sample, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    stale, foreign = (tmp_path / "pictures" / name for name in (f"{'0' * 16}.png", "mine.png"))
    for path in (stale, foreign):
        path.write_bytes(b"")
    publish(sample, tmp_path)
    assert not stale.exists()
    assert foreign.exists()


def test_pictures_are_drawn_once_for_all_times(sample: Sample, tmp_path: Path) -> None:
    publish(sample, tmp_path / "guide")
    kept = {path: path.stat().st_mtime_ns for path in (tmp_path / "guide-cache").glob("*/*")}
    publish(sample, tmp_path / "guide")
    assert kept
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_what_was_published_stays_when_a_shot_is_missing(sample: Sample, tmp_path: Path) -> None:
    documents = publish(sample, tmp_path)
    before = [path.read_bytes() for path in documents]
    shutil.rmtree(tmp_path.with_name(f"{tmp_path.name}-cache"))
    empty = Sample(tmp_path / "none", tmp_path, sample.take, sample.track, sample.timeline)
    with pytest.raises(StorycastError):
        publish(empty, tmp_path)
    assert [path.read_bytes() for path in documents] == before


def test_film_can_be_put_into_the_page(sample: Sample, tmp_path: Path) -> None:
    make_film(tmp_path / "film.mp4")
    publish(sample, tmp_path, embed_film=True)
    (video,) = Audit((tmp_path / "guide.html").read_text("utf-8")).every("video")
    kind, data = video["src"].split(",")
    assert kind == "data:video/mp4;base64"
    assert base64.b64decode(data) == (tmp_path / "film.mp4").read_bytes()


def test_film_that_is_missing_cannot_be_put_into_the_page(sample: Sample, tmp_path: Path) -> None:
    with pytest.raises(StorycastError) as raised:
        publish(sample, tmp_path, embed_film=True)
    assert "Render it first" in raised.value.hint
    assert not list(tmp_path.iterdir())


def test_guide_without_a_film_has_no_player(sample: Sample, tmp_path: Path) -> None:
    publish(sample, tmp_path, film=None)
    assert not Audit((tmp_path / "guide.html").read_text("utf-8")).every("video")
    assert "transcript.txt" in {path.name for path in tmp_path.iterdir()}


def test_poster_shows_before_the_film_is_played(sample: Sample, tmp_path: Path) -> None:
    Image.new("RGB", (1920, 1080), "teal").save(tmp_path / "poster.png")
    publish(sample, tmp_path, poster=tmp_path / "poster.png")
    (video,) = Audit((tmp_path / "guide.html").read_text("utf-8")).every("video")
    with Image.open(io.BytesIO(base64.b64decode(video["poster"].split(",")[1]))) as poster:
        assert poster.size == (1280, 720)
        assert poster.convert("RGB").getpixel((9, 9)) == (0, 128, 128)
