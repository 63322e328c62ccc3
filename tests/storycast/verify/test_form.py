from __future__ import annotations

from pathlib import Path

from storycast.verify.container import Atom, read_atoms, read_container
from storycast.verify.form import check_form, check_whole
from storycast.verify.report import Check
from tests.storycast.verify.edition import Made


def _check(made: Made, *atoms: Atom) -> dict[str, Check]:
    container = read_container(made.film)
    found = atoms or read_atoms(made.film)
    return {check.name: check for check in check_form(container, found, made.sample.timeline)}


def test_pieces_of_a_film_end_where_the_file_does(original: Made) -> None:
    atoms = read_atoms(original.film)
    assert [atom.name for atom in atoms if atom.name != "free"] == ["ftyp", "moov", "mdat"]
    assert atoms[-1].end == original.film.stat().st_size


def test_long_piece_says_its_size_behind_its_name(tmp_path: Path) -> None:
    file = tmp_path / "long.mp4"
    file.write_bytes(b"\0\0\0\x01mdat" + (24).to_bytes(8, "big") + bytes(8) + b"\0\0\0\x08moov")
    assert read_atoms(file) == (Atom("mdat", 24), Atom("moov", 32))


def test_what_is_no_film_has_no_pieces(tmp_path: Path) -> None:
    file = tmp_path / "text.mp4"
    file.write_bytes(b"")
    assert not check_whole(read_atoms(file), 0).ok


def test_index_behind_the_pictures_is_a_fault(original: Made) -> None:
    check = _check(original, Atom("ftyp", 8), Atom("mdat", 20), Atom("moov", 30))["index"]
    assert not check.ok
    assert "behind" in check.sentence


def test_frames_stand_for_a_second_at_most(original: Made) -> None:
    check = _check(original)["timestamps"]
    assert check.ok
    assert check.value == 1000
