from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest

from storycast.errors import StorycastError
from storycast.site import plan as module
from storycast.site.plan import MANIFEST, MARK, Plan, carry_out, is_as_old, read_manifest
from tests.storycast.site.published import read_all


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"film")
    return path


def test_folder_holds_what_is_planned(tmp_path: Path, film: Path) -> None:
    changed = carry_out(Plan({"index.html": b"page"}, {"a/film.mp4": film}), tmp_path / "site")
    assert changed == ("a/film.mp4", "index.html")
    held = read_all(tmp_path / "site")
    assert held.pop(MANIFEST)
    assert held == {"index.html": b"page", "a/film.mp4": b"film"}


def test_films_take_no_room_twice(tmp_path: Path, film: Path) -> None:
    carry_out(Plan({}, {"film.mp4": film}), tmp_path / "site")
    assert (tmp_path / "site" / "film.mp4").samefile(film)


def test_way_is_put_in_again_after_a_run_that_was_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = tmp_path / "guide.html"
    guide.write_bytes(b"guide" + MARK)
    site = tmp_path / "site"
    wished = Plan({}, {"guide.html": guide}, {"guide.html": "one"}, {"guide.html": b" one"})
    carry_out(wished, site)
    assert (site / "guide.html").read_bytes() == b"guide" + MARK + b" one"
    assert is_as_old(guide, site, "guide.html")
    assert read_manifest(site).seals == {"guide.html": "one"}
    monkeypatch.setattr(module, "_place", _end)
    with pytest.raises(KeyboardInterrupt):
        carry_out(replace(wished, seals={"guide.html": "two"}), site)
    assert read_manifest(site).seals == {}  # whether it is the old way or the new, nobody knows


def _end(*_: object) -> None:
    raise KeyboardInterrupt


def test_films_are_copied_where_disks_differ(
    tmp_path: Path, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_source: Path, _target: Path) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    plan = Plan({}, {"film.mp4": film})
    assert carry_out(plan, tmp_path / "site") == ("film.mp4",)
    assert (tmp_path / "site" / "film.mp4").read_bytes() == b"film"
    assert carry_out(plan, tmp_path / "site") == ()


def test_what_is_current_is_left_alone(tmp_path: Path, film: Path) -> None:
    plan = Plan({"index.html": b"page", "b.html": b"b"}, {"film.mp4": film})
    carry_out(plan, tmp_path / "site")
    before = (tmp_path / "site" / "index.html").stat()
    plan.pages["b.html"] = b"new"
    assert carry_out(plan, tmp_path / "site") == ("b.html",)
    assert (tmp_path / "site" / "index.html").stat() == before


def test_only_what_it_wrote_is_removed(tmp_path: Path) -> None:
    site = tmp_path / "site"
    carry_out(Plan({"index.html": b"page", "old/page.html": b"old"}), site)
    (site / "CNAME").write_text("example.org")
    assert carry_out(Plan({"index.html": b"page"}), site) == ("old/page.html",)
    assert not (site / "old").exists()
    assert (site / "CNAME").exists()


def test_file_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(StorycastError, match=r"index\.html is there and was not written by"):
        carry_out(Plan({"a.html": b"a", "index.html": b"page"}), tmp_path)
    assert (tmp_path / "index.html").read_text() == "mine"
    assert not (tmp_path / "a.html").exists()


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/hostname", "a/../../outside.txt", ""])
def test_manifest_that_names_files_elsewhere_removes_nothing(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "outside.txt").write_text("mine")
    (site / MANIFEST).write_text(f'{{"version": 1, "files": ["{name}"]}}')
    with pytest.raises(StorycastError, match="names a file outside of its folder"):
        carry_out(Plan({"index.html": b"page"}), site)
    assert (tmp_path / "outside.txt").exists()


def test_damaged_manifest_is_told(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("{")
    with pytest.raises(StorycastError, match="is damaged"):
        carry_out(Plan({"index.html": b"page"}), tmp_path)


def test_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(StorycastError, match=r"site cannot be made: .*site is no folder") as told:
        carry_out(Plan({"index.html": b"page"}), tmp_path / "site")
    assert "--to" in told.value.hint


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (errno.ENOSPC, "Make room there, or choose another folder with --to."),
        (errno.EACCES, "Have that allowed, or choose another folder with --to."),
        (errno.EROFS, "Choose another folder with --to."),
    ],
)
def test_hint_is_of_what_went_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, hint: str
) -> None:
    def refuse(_draft: Path, path: Path) -> None:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(StorycastError, match=r"site\.json cannot be written") as told:
        carry_out(Plan({"index.html": b"page"}), tmp_path / "site")
    assert told.value.hint == hint


def test_file_of_a_guide_that_cannot_be_read_is_told(tmp_path: Path, film: Path) -> None:
    with pytest.raises(StorycastError, match=r"gone\.mp4 cannot be read") as told:
        carry_out(Plan({}, {"film.mp4": film.with_name("gone.mp4")}), tmp_path / "site")
    assert told.value.hint == "Publish that guide again."


def test_folder_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "site" / "guides").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorycastError, match="leads out of"):
        carry_out(Plan({"guides/index.html": b"page"}), tmp_path / "site")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_full_disk_is_told_and_the_next_run_completes_it(
    tmp_path: Path, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(path: Path, _content: bytes) -> bool:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    plan = Plan({"index.html": b"page"}, {"film.mp4": film})
    with monkeypatch.context() as patched:
        real = module._write
        patched.setattr(
            module,
            "_write",
            lambda path, data: (fill if path.suffix == ".html" else real)(path, data),
        )
        with pytest.raises(
            StorycastError, match=r"index\.html cannot be written: No space"
        ) as told:
            carry_out(plan, tmp_path / "site")
    assert told.value.hint.startswith("Make room there")
    assert carry_out(plan, tmp_path / "site") == ("index.html",)
