from __future__ import annotations

from pathlib import Path

import pytest

from storycast.errors import StorycastError
from storycast.guide.card import CARD
from storycast.site.shelf import read_shelf
from tests.storycast.site.published import make_card, publish


def test_editions_of_a_guide_stand_together_with_its_own_first(output: Path) -> None:
    shelf = read_shelf([output])
    places = [[volume.place for volume in entry.volumes] for entry in shelf.entries]
    assert places == [
        ["guides/add-a-task", "guides/add-a-task/fr"],
        ["guides/remove-a-task"],
    ]


def test_only_what_is_for_readers_is_taken(output: Path) -> None:
    volume = read_shelf([output]).entries[0].first
    assert sorted(volume.files) == [
        "captions.en.vtt",
        "film.mp4",
        "guide.html",
        "guide.md",
        "pictures/0123456789abcdef.png",
        "poster.png",
    ]


def test_form_of_many_files_is_left_where_it_is(output: Path) -> None:
    forms = {"animation": "animations/step-1.webp", "markdown": "guide.md"}
    folder = publish(output, "add-a-task", forms=forms)
    (folder / "animations").mkdir()
    (folder / "animations" / "step-1.webp").write_bytes(b"animation")
    shelf = read_shelf([output])
    assert shelf.entries[0].first.card.forms == {"markdown": "guide.md"}
    assert "animations/step-1.webp" not in shelf.entries[0].first.files
    assert shelf.notes == ()


def test_missing_film_is_told_and_the_guide_is_shown_without_it(output: Path) -> None:
    (output / "add-a-task" / "film.mp4").unlink()
    shelf = read_shelf([output])
    film = output / "add-a-task" / "film.mp4"
    assert shelf.notes == (f"{film} is missing; the guide is shown without it.",)
    assert shelf.entries[0].first.card.film == ""
    assert shelf.damaged == ()


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"board": 7}', b'{"version": 2}'])
def test_damaged_card_does_not_lose_the_others(output: Path, content: bytes) -> None:
    path = output / "add-a-task" / CARD
    path.write_bytes(content)
    shelf = read_shelf([output])
    assert [volume.place for volume in shelf.volumes] == [
        "guides/add-a-task/fr",
        "guides/remove-a-task",
    ]
    assert shelf.damaged == (f"{path} is damaged, or of another version. It is left out.",)


def test_guide_without_its_page_is_left_out(output: Path) -> None:
    (output / "remove-a-task" / "guide.html").unlink()
    shelf = read_shelf([output])
    assert shelf.damaged == (f"{output / 'remove-a-task'} has no guide.html. It is left out.",)


@pytest.mark.parametrize(
    "told",
    [
        {"board": "../../etc"},
        {"board": ".."},
        {"board": ""},
        {"board": ".hidden"},
        {"board": "a\\b"},
        {"edition": "../fr"},
        {"film": "../../secret.mp4"},
        {"film": "/etc/passwd"},
        {"film": "a\0b"},
        {"poster": "pictures/../../../poster.png"},
        {"forms": {"pdf": "../guide.pdf"}},
        {"language": "../x"},
        {"spoken_language": 'en"><script>'},
    ],
)
def test_what_leads_out_of_its_folder_is_refused(
    output: Path, tmp_path: Path, told: dict[str, object]
) -> None:
    (tmp_path / "secret.mp4").write_bytes(b"secret")
    card = make_card("add-a-task", **told)
    (output / "add-a-task" / CARD).write_text(card.model_dump_json())
    shelf = read_shelf([output])
    assert len(shelf.damaged) == 1
    assert "guides/add-a-task" not in [volume.place for volume in shelf.volumes]


def test_link_to_a_file_elsewhere_is_refused(output: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.mp4").write_bytes(b"secret")
    film = output / "remove-a-task" / "film.mp4"
    film.unlink()
    film.symlink_to(tmp_path / "secret.mp4")
    assert "leaves its folder" in read_shelf([output]).damaged[0]


def test_two_guides_of_one_name_are_refused(output: Path, tmp_path: Path) -> None:
    publish(tmp_path / "more", "Add-a-task")
    with pytest.raises(StorycastError, match="are both published as 'guides/") as failure:
        read_shelf([output, tmp_path / "more"])
    assert str(output / "add-a-task") in failure.value.message


def test_missing_output_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorycastError, match="There is no folder"):
        read_shelf([tmp_path / "nowhere"])
