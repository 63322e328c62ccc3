from __future__ import annotations

from unittest.mock import Mock

import pytest

from recorder import RecorderError, film, highlight, zoom


def test_unknown_style_names_the_nearest() -> None:
    with pytest.raises(RecorderError) as caught:
        highlight(Mock(), style="spotligth")
    assert caught.value.hint == "Did you mean 'spotlight'?"


def test_style_and_sentence_are_noted() -> None:
    element = Mock()
    highlight(element, "Here.", style="arrow")
    ((_, noted), facts) = element.parent.observer.note.call_args
    assert noted is element
    assert facts == {"say": "Here.", "style": "arrow"}


def test_zoom_on_an_element_is_noted() -> None:
    element = Mock()
    zoom(element)
    ((kind, noted), _) = element.parent.observer.note.call_args
    assert (kind, noted) == ("zoom", element)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_movement_is_filmed_for_a_time(seconds: float) -> None:
    with pytest.raises(RecorderError), film(seconds):
        pass


def test_outside_of_a_notebook_nothing_is_filmed() -> None:
    with pytest.raises(RecorderError), film():
        pass
    with pytest.raises(RecorderError):
        zoom()
