from __future__ import annotations

import inspect
from pathlib import Path

import pytest

import recorder

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "recorder.md"


def test_all_names_everything_public() -> None:
    public = {
        name
        for name, value in vars(recorder).items()
        if not (name.startswith("_") or inspect.ismodule(value) or name == "annotations")
    }
    assert set(recorder.__all__) == public
    assert list(recorder.__all__) == sorted(recorder.__all__)


@pytest.mark.parametrize("name", recorder.__all__)
def test_every_name_has_a_docstring_and_a_place_in_the_reference(name: str) -> None:
    assert inspect.getdoc(getattr(recorder, name))
    assert f"`{name}" in REFERENCE.read_text(encoding="utf-8")
