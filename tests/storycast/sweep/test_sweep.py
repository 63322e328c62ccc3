from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from storycast.drawing.font import choose_face, load_font
from storycast.sweep import ocr, program
from tests.storycast.studio import run

_VALUE = "Zk3vQ8mP2x"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that is swept, below the one in which the command runs."""
    monkeypatch.setenv("STORYCAST_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("LAB_PASSWORD", _VALUE)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "output").mkdir()
    return tmp_path / "output"


def _picture(path: Path, text: str) -> None:
    drawn = Image.new("RGB", (500, 120), "white")
    font = load_font(choose_face("", text), 24)
    ImageDraw.Draw(drawn).text((40, 40), text, font=font, fill="#333")
    drawn.save(path)


def _sweep(*options: str, code: int) -> list[str]:
    """Run it; the value must be nowhere in what it prints."""
    result = run("sweep", *options)
    assert _VALUE not in result.stdout + result.stderr
    assert result.exit_code == code, result.stdout + result.stderr
    told = (result.stdout or result.stderr).splitlines()
    return [line for line in told if not line.endswith(" …")]


def test_clean_output_is_clean(folder: Path) -> None:
    (folder / "guide.html").write_text("<p>Ask anna@example.org</p>")
    _picture(folder / "a.png", "Some words")
    [line] = _sweep("--secret", "LAB_PASSWORD", code=0)
    assert line == (
        "1 file and 0 pictures were read for 1 secret and for the usual shapes: nothing was found."
    ).replace("1 file and 0 pictures", "2 files and 1 picture")


def test_each_find_is_told_with_its_place(folder: Path) -> None:
    (folder / "guide.html").write_text(f"<p>\n<a href='?x={_VALUE}'>anna@school.org</a>")
    _picture(folder / "shown.png", f"The word {_VALUE}")
    *finds, summary = _sweep("--secret", "LAB_PASSWORD", code=1)
    assert finds == [
        "output/guide.html, line 2: e-mail address: an… (15 characters)",
        "output/guide.html, line 2: the secret LAB_PASSWORD: Zk… (10 characters)",
        "output/shown.png: the secret LAB_PASSWORD (in the picture): Zk… (10 characters)",
    ]
    assert summary.endswith("3 finds.")


def test_name_of_a_file_does_not_give_the_secret_away(folder: Path) -> None:
    hidden = folder / f"of-{_VALUE.lower()}" / base64.urlsafe_b64encode(_VALUE.encode()).decode()
    hidden.mkdir(parents=True)
    (hidden / "broken.zip").write_bytes(b"PK\3\4 and no more")
    lines = _sweep("--secret", "LAB_PASSWORD", code=1)
    assert not any(_VALUE.lower() in line or hidden.name in line for line in lines)
    assert any("its name" in line for line in lines)
    assert any("not swept: it is damaged" in line for line in lines)


def test_secrets_come_from_a_file_that_is_not_swept(folder: Path) -> None:
    (folder / "a.txt").write_text(f"so {_VALUE[::-1]}")
    secrets = folder.parent / "secrets.txt"
    secrets.write_text(f"another-one\n\n{_VALUE}\n")
    [find, _] = _sweep("--secrets", "secrets.txt", code=1)
    assert "the secret in line 3 of secrets.txt (reversed)" in find
    secrets.rename(folder / "secrets.txt")
    [told, hint] = _sweep("--secrets", "output/secrets.txt", code=1)
    assert told == "error: output/secrets.txt holds the secrets and lies in output."
    assert hint.startswith("hint: Keep it elsewhere")


@pytest.mark.parametrize("value", ["", "short"])
def test_secret_that_is_none_is_told(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAB_PASSWORD", value)
    [told, _] = _sweep("--secret", "LAB_PASSWORD", code=1)
    assert "LAB_PASSWORD" in told
    assert "short" not in told


def test_what_is_allowed_is_not_told(folder: Path) -> None:
    (folder / "a.txt").write_text("help@school.org and anna@school.org")
    (folder / "b.db").write_bytes(b"\x00\x01\x02\x80\xff")
    settings = folder.parent / "storycast.toml"
    assert len(_sweep(code=1)) == 4
    settings.write_text('[sweep]\nallow = ["help@*"]\nexclude = ["*.db"]\n')
    assert len(_sweep(code=1)) == 2
    _sweep("--allow", "anna@school.org", code=0)
    settings.write_text("[sweep]\nalow = []\n")
    assert _sweep(code=1)[0].startswith("error: storycast.toml: sweep.alow: ")


def test_secret_is_told_whatever_is_allowed(folder: Path) -> None:
    (folder / "a.txt").write_text(_VALUE)
    _sweep("--secret", "LAB_PASSWORD", "--allow", "*", code=1)


def test_pictures_that_were_not_read_are_counted(folder: Path) -> None:
    _picture(folder / "a.png", _VALUE)
    lines = _sweep("--secret", "LAB_PASSWORD", "--no-ocr", code=0)
    assert lines[-1] == "Words in pictures were not read (--no-ocr): 1 picture."


def test_missing_tesseract_is_one_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _picture(folder / "a.png", "Some words")
    monkeypatch.setenv("PATH", str(folder))
    ocr._version.cache_clear()
    [told, hint] = _sweep(code=1)
    assert told == "error: tesseract is not installed, so words in pictures cannot be read."
    assert "apt-get install tesseract-ocr" in hint
    _sweep("--no-ocr", code=0)


@pytest.mark.parametrize(
    ("content", "package"),
    [(b"%PDF-1.7 x", "poppler-utils"), (b"\x00\x00\x00\x20ftypisom", "ffmpeg")],
)
def test_missing_program_is_one_sentence(
    folder: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, package: str
) -> None:
    (folder / "a").write_bytes(content)
    monkeypatch.setenv("PATH", str(folder))
    [told, hint] = _sweep(code=1)
    assert "is not installed, so there are files that cannot be swept" in told
    assert hint == f"hint: apt-get install {package}"
    assert program.missing("ffprobe").hint == "apt-get install ffmpeg"


def test_machines_are_told_all(folder: Path) -> None:
    (folder / "a.txt").write_text("one\nanna@school.org")
    (folder / "b.bin").write_bytes(b"\x00\x01\x02\x80\xff")
    [line] = _sweep("--json", code=1)
    assert json.loads(line) == {
        "clean": False,
        "finds": [
            {
                "file": "output/a.txt",
                "where": "line 2",
                "kind": "e-mail address",
                "hint": "an… (15 characters)",
                "form": "",
            }
        ],
        "not_swept": [{"file": "output/b.bin", "reason": "nobody knows what kind of file it is"}],
        "files": 2,
        "pictures": 0,
        "pictures_not_read": 0,
    }


def test_secret_in_an_unknown_kind_of_file_is_found(folder: Path) -> None:
    (folder / "b.bin").write_bytes(b"\x00\x80\xff" + _VALUE.encode() + b"\xfe")
    find, *_ = _sweep("--secret", "LAB_PASSWORD", code=1)
    assert find == "output/b.bin: the secret LAB_PASSWORD (in its bytes): Zk… (10 characters)"


def test_folder_that_is_not_there_is_told() -> None:
    assert _sweep("nowhere", code=1)[0] == "error: There is no nowhere to be swept."
