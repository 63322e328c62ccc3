from __future__ import annotations

import numpy as np
import pytest

from storycast.drawing import Frame, button_centre, draw_prompt
from storycast.look import DEFAULT_LOOK
from storycast.timeline import Prompt, PromptKind

_VIEWPORT = (640, 400)


def _prompt(kind: PromptKind = PromptKind.CONFIRM, text: str = "Delete?", **more: object) -> Prompt:
    buttons = ("OK",) if kind is PromptKind.ALERT else ("Cancel", "OK")
    said = {"title": "This page says", "text": text, "buttons": buttons}
    fields = {"start_ms": 0, "end_ms": 3000, "kind": kind, **said, **more}
    return Prompt.model_validate(fields)


def _drawn(prompt: Prompt, at_ms: float = 1500, scale: float = 1.0) -> Frame:
    frame = np.full((int(400 * scale), int(640 * scale), 3), 120, np.uint8)
    draw_prompt(frame, prompt, at_ms, viewport=_VIEWPORT, scale=scale, look=DEFAULT_LOOK)
    return frame


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("accepted", [True, False])
@pytest.mark.parametrize("kind", list(PromptKind))
@pytest.mark.parametrize("text", ["Delete?", "Delete all of these rows, really? " * 6])
def test_pointer_presses_the_button_that_is_lit(
    kind: PromptKind, scale: float, accepted: bool, text: str
) -> None:
    prompt = _prompt(kind, text, pressed_ms=1000, accepted=accepted)
    before, after = (_drawn(prompt, at, scale).astype(int) for at in (999, 1001))
    changed = np.abs(after - before).max(axis=2) > 8
    if kind is PromptKind.PROMPT:
        changed[: round(button_centre(prompt, _VIEWPORT).y * scale) - round(24 * scale)] = False
    rows, columns = np.nonzero(changed)
    point = button_centre(prompt, _VIEWPORT)
    assert (columns.min() + columns.max()) / 2 == pytest.approx(point.x * scale, abs=3)
    assert (rows.min() + rows.max()) / 2 == pytest.approx(point.y * scale, abs=3)


def test_alert_has_one_button_and_a_confirm_two() -> None:
    alert = button_centre(_prompt(PromptKind.ALERT, accepted=False), _VIEWPORT)
    yes, no = (button_centre(_prompt(accepted=accepted), _VIEWPORT) for accepted in (True, False))
    assert alert.x > no.x
    assert yes.x > no.x


def test_dialog_dims_the_page() -> None:
    assert (_drawn(_prompt())[399] < 120).all()


def test_answer_is_written_when_it_is_given() -> None:
    prompt = _prompt(PromptKind.PROMPT, answers=((0, ""), (1000, "Sales of May")))
    assert not np.array_equal(_drawn(prompt, 999), _drawn(prompt, 1000))


@pytest.mark.parametrize("answer", ["long " * 50, "x" * 300])
def test_long_answer_stays_in_its_field(answer: str) -> None:
    prompt = _prompt(PromptKind.PROMPT, answers=((0, answer),))
    empty = _prompt(PromptKind.PROMPT, answers=((0, ""),))
    changed = (_drawn(prompt) != _drawn(empty)).any(axis=2)
    assert np.nonzero(changed)[1].max() < (640 + 448) / 2 - 22


def test_very_long_text_leaves_its_buttons_in_the_page() -> None:
    prompt = _prompt(text="A long story. " * 400)
    assert button_centre(prompt, _VIEWPORT).y < 400 - 17


def test_narrow_page_has_the_whole_dialog() -> None:
    point = button_centre(_prompt(accepted=False), (240, 400))
    assert 40 < point.x < 200


@pytest.mark.parametrize("at_ms", [-1, 0, 3000, 4000])
def test_dialog_is_not_there_outside_of_its_time(at_ms: float) -> None:
    assert (_drawn(_prompt(), at_ms) == 120).all()


def test_same_dialog_is_drawn_with_the_same_bytes() -> None:
    assert _drawn(_prompt()).tobytes() == _drawn(_prompt()).tobytes()


def test_files_are_lit_when_they_are_chosen() -> None:
    prompt = _prompt(PromptKind.FILE, "cat.png\ndog.png", answers=((1000, "cat.png\ndog.png"),))
    before, after = (_drawn(prompt, at_ms).astype(int) for at_ms in (999, 1000))
    changed = np.nonzero(np.abs(after - before).max(axis=2).any(axis=1))[0]
    assert 50 < changed.max() - changed.min() < 70  # two rows


def test_dialog_of_many_files_or_of_a_long_name_stays_in_the_picture() -> None:
    many = "\n".join(f"{number} {'long ' * 40}.png" for number in range(30))
    prompt = _prompt(PromptKind.FILE, many, answers=((0, many),))
    picture = _drawn(prompt)
    assert (picture[399] == picture[399, 0]).all()
    assert 0 < button_centre(prompt, _VIEWPORT).y < 300
