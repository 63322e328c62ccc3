from __future__ import annotations

from dataclasses import fields
from importlib import resources
from pathlib import Path

import pytest
from PIL import Image

from storycast.errors import StorycastError
from storycast.look import DEFAULT_LOOK, Look, load_look


def _theme(folder: Path, text: str) -> Path:
    path = folder / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_light_is_the_default(tmp_path: Path) -> None:
    assert load_look("light", tmp_path) == DEFAULT_LOOK


def test_light_names_every_key_but_the_logo() -> None:
    text = (resources.files("storycast") / "themes" / "light.toml").read_text(encoding="utf-8")
    missing = [item.name for item in fields(Look) if f"\n{item.name} = " not in text]
    assert missing == ["logo"]


def test_dark_is_dark(tmp_path: Path) -> None:
    dark = load_look("dark", tmp_path)
    assert max(dark.card_colour) < 60 < min(dark.card_heading)
    assert max(dark.panel_colour) < 80 < min(dark.panel_text)


def test_theme_changes_only_what_it_says(tmp_path: Path) -> None:
    _theme(tmp_path, 'base = "dark"\nring_colour = "#00FF7f"\nring_width = 5\n')
    look, dark = load_look("ours.toml", tmp_path), load_look("dark", tmp_path)
    assert (look.ring_colour, look.ring_width) == ((0, 255, 127), 5.0)
    assert look.card_colour == dark.card_colour


def test_theme_without_a_base_stands_on_light(tmp_path: Path) -> None:
    _theme(tmp_path, "")
    assert load_look("ours.toml", tmp_path) == DEFAULT_LOOK


def test_look_is_hashable(tmp_path: Path) -> None:
    assert hash(load_look("dark", tmp_path)) != hash(DEFAULT_LOOK)


def test_missing_theme_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorycastError, match=r"gone\.toml cannot be read") as caught:
        load_look("gone.toml", tmp_path)
    assert "dark or light" in caught.value.hint


def test_unknown_key_has_the_nearest_known(tmp_path: Path) -> None:
    _theme(tmp_path, 'ring_color = "#000000"')
    with pytest.raises(
        StorycastError, match=r"ours\.toml has an unknown key 'ring_color'"
    ) as caught:
        load_look("ours.toml", tmp_path)
    assert "'ring_colour'" in caught.value.hint


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("ring_colour", '"orange"'),
        ("ring_colour", '"#12345"'),
        ("ring_colour", "[1, 2, 3]"),
        ("ring_width", '"3"'),
        ("ring_width", "true"),
        ("ring_width", "-1"),
        ("ring_width", "nan"),
        ("halo_strength", "1.5"),
        ("font", '""'),
        ("font", '"gone.ttf"'),
        ("logo", '"gone.png"'),
        ("logo", "3"),
        ("base", '"drak"'),
    ],
)
def test_bad_value_is_named_with_file_and_key(tmp_path: Path, key: str, value: str) -> None:
    _theme(tmp_path, f"{key} = {value}")
    with pytest.raises(StorycastError, match=rf"ours\.toml has a bad value for '{key}'") as caught:
        load_look("ours.toml", tmp_path)
    assert caught.value.hint


@pytest.mark.parametrize("content", [b"ring_width = = 3", b"\xff\xfe"])
def test_damaged_theme_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ours.toml").write_bytes(content)
    with pytest.raises(StorycastError, match=r"ours\.toml is not"):
        load_look("ours.toml", tmp_path)


def test_logo_that_is_no_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_text("no picture")
    _theme(tmp_path, 'logo = "logo.png"')
    with pytest.raises(StorycastError, match="bad value for 'logo'"):
        load_look("ours.toml", tmp_path)


def test_look_tells_another_logo_from_the_same_one_elsewhere(tmp_path: Path) -> None:
    looks = []
    for name, colour in (("one", "red"), ("two", "red"), ("three", "blue")):
        folder = tmp_path / name
        folder.mkdir()
        Image.new("RGB", (8, 8), colour).save(folder / "logo.png")
        _theme(folder, 'logo = "logo.png"')
        looks.append(load_look("ours.toml", folder))
    assert repr(looks[0]) == repr(looks[1]) != repr(looks[2])
    assert looks[0] == looks[1] != looks[2]


def test_every_key_is_documented() -> None:
    text = (Path(__file__).parents[3] / "docs" / "reference" / "theme.md").read_text("utf-8")
    assert [item.name for item in fields(Look) if f"`{item.name}`" not in text] == []
