from __future__ import annotations

import inspect
import pkgutil
from pathlib import Path
from types import ModuleType

import pytest

import narration
import recorder
import recorder.fence
import recorder.stage

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "recorder.md"


def test_all_names_everything_public() -> None:
    public = {name for names in recorder._HOMES.values() for name in names}
    assert set(recorder.__all__) == public
    assert list(recorder.__all__) == sorted(recorder.__all__)


@pytest.mark.parametrize("package", [recorder, recorder.stage, recorder.fence, narration])
def test_no_module_hides_a_name(package: ModuleType) -> None:
    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
    assert not modules & set(package.__all__)


@pytest.mark.parametrize("name", recorder.__all__)
def test_every_name_has_a_docstring_and_a_place_in_the_reference(name: str) -> None:
    assert inspect.getdoc(getattr(recorder, name))
    assert f"`{name}" in REFERENCE.read_text(encoding="utf-8")
