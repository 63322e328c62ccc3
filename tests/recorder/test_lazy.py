from __future__ import annotations

import pytest

from recorder.lazy import lazy_names


def test_name_is_found_in_its_module() -> None:
    find = lazy_names("recorder", {"errors": ("RecorderError",), "keys": ("key_name",)})
    assert find("key_name").__module__ == "recorder.keys"


def test_other_names_are_missing_as_from_any_module() -> None:
    find = lazy_names("recorder", {"errors": ("RecorderError",)})
    with pytest.raises(AttributeError, match="module 'recorder' has no attribute 'nowhere'"):
        find("nowhere")
