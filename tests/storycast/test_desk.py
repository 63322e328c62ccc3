from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from recorder.errors import TakeError
from storycast.desk import Desk
from storycast.errors import StorycastError


def _desk(folder: Path) -> Desk:
    return Desk("board", output=folder / "output", cache=folder / "cache")


def _make(desk: Desk, text: str) -> None:
    (desk.work / "film.mp4").write_text(text)
    (desk.work / "pictures").mkdir()
    (desk.work / "pictures" / f"{text}.png").write_text(text)
    (desk.work / "take" / "shots").mkdir(parents=True)
    (desk.work / "take" / "take.json").write_text(text)
    (desk.work / "take" / "shots" / f"{text}.png").write_text(text)
    desk.note("take", text, "take")
    desk.note("film", text, "film.mp4", "pictures")


def _publish(folder: Path, text: str) -> None:
    with _desk(folder) as desk:
        _make(desk, text)
        desk.publish()


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder / "output" / "board").as_posix()
        for path in (folder / "output" / "board").rglob("*")
        if path.is_file()
    }


def _edition(text: str) -> set[str]:
    return {
        "film.mp4", "provenance.json", f"pictures/{text}.png", "take/take.json",
        f"take/shots/{text}.png",
    }  # fmt: skip


def test_new_edition_takes_the_place_of_the_old(tmp_path: Path) -> None:
    _publish(tmp_path, "old")
    assert _files(tmp_path) == _edition("old")
    _publish(tmp_path, "new")
    assert _files(tmp_path) == _edition("new")


def test_what_is_not_published_is_gone(tmp_path: Path) -> None:
    _publish(tmp_path, "old")
    with _desk(tmp_path) as desk:
        _make(desk, "new")
    assert _files(tmp_path) == _edition("old")
    assert not (tmp_path / "output" / "board" / ".work").exists()


def test_run_that_made_nothing_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StorycastError), _desk(tmp_path):
        raise StorycastError("broken")
    assert not (tmp_path / "output" / "board").exists()


@pytest.mark.parametrize("moves", range(6))
def test_edition_that_was_cut_short_is_completed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    _publish(tmp_path, "old")
    left = moves
    move = Path.replace

    def stop(path: Path, goal: Path) -> Path:
        nonlocal left
        if ".work" not in goal.parts:
            if not left:
                raise SystemExit  # the process is gone
            left -= 1
        return move(path, goal)

    desk = _desk(tmp_path).__enter__()
    _make(desk, "new")
    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(Path, "replace", stop)
        for _ in range(2):
            desk.publish()
    desk._lock.release()
    with _desk(tmp_path) as following:
        assert following.is_current("film", "new")
    assert _files(tmp_path) == _edition("new")


def test_edition_that_was_only_begun_is_dropped(tmp_path: Path) -> None:
    _publish(tmp_path, "old")
    desk = _desk(tmp_path).__enter__()
    _make(desk, "new")
    desk._lock.release()
    with _desk(tmp_path) as following:
        assert following.is_current("film", "old")
        assert not list(following.work.iterdir())


def test_two_do_not_work_on_one_folder(tmp_path: Path) -> None:
    with _desk(tmp_path), pytest.raises(StorycastError, match="Another storycast"), _desk(tmp_path):
        pass
    with _desk(tmp_path):
        pass


def test_drafts_of_a_killed_run_are_removed(tmp_path: Path) -> None:
    (tmp_path / "output" / "board" / ".work").mkdir(parents=True)
    draft = tmp_path / "cache" / "clips" / ".draft.mp4"
    draft.parent.mkdir(parents=True)
    draft.touch()
    with FileLock(_lock_folder(tmp_path) / "other"), _desk(tmp_path):
        pass
    assert draft.exists()
    (tmp_path / "output" / "board" / ".work").mkdir(parents=True)
    with _desk(tmp_path):
        pass
    assert not draft.exists()


@pytest.mark.parametrize("name", ["applications", "prepared"])
def test_hidden_files_of_applications_are_no_drafts(tmp_path: Path, name: str) -> None:
    (tmp_path / "output" / "board" / ".work").mkdir(parents=True)
    theirs = tmp_path / "cache" / name / "library" / ".settings"
    theirs.parent.mkdir(parents=True)
    theirs.touch()
    with _desk(tmp_path):
        pass
    assert theirs.exists()


def _lock_folder(folder: Path) -> Path:
    (folder / "cache" / "locks").mkdir(parents=True)
    return folder / "cache" / "locks"


@pytest.mark.parametrize(("place", "word"), [("output", "--output"), ("cache", "STORYCAST_CACHE")])
def test_folder_that_is_a_file_is_named(tmp_path: Path, place: str, word: str) -> None:
    (tmp_path / place).touch()
    with pytest.raises(StorycastError, match=place) as caught, _desk(tmp_path):
        pass
    assert word in caught.value.hint


def test_failed_take_is_kept_and_shown(tmp_path: Path) -> None:
    error = TakeError("no such element", picture=Path("failure.png"))
    with pytest.raises(TakeError), _desk(tmp_path) as desk:
        (desk.work / "take").mkdir()
        (desk.work / "take" / "failure.json").touch()
        raise error
    assert _files(tmp_path) == {"failed/failure.json"}
    assert error.picture == tmp_path / "output" / "board" / "failed" / "failure.png"
    _publish(tmp_path, "new")
    assert _files(tmp_path) == _edition("new")


def test_stopped_take_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), _desk(tmp_path) as desk:
        (desk.work / "take").mkdir()
        (desk.work / "take" / "failure.json").touch()
        raise KeyboardInterrupt
    assert not (tmp_path / "output" / "board").exists()


def test_changed_file_is_not_current(tmp_path: Path) -> None:
    _publish(tmp_path, "old")
    (tmp_path / "output" / "board" / "pictures" / "old.png").write_text("damaged")
    with _desk(tmp_path) as desk:
        assert not desk.is_current("film", "old")
        assert desk.is_current("take", "old")
        assert not desk.is_current("take", "new")
