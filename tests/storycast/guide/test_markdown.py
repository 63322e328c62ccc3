from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from recorder.take import ActionKind, Step
from storycast.guide.markdown import render_markdown, render_transcript
from storycast.guide.model import Guide, Line, Speech
from storycast.guide.outline import outline_guide
from storycast.wording import ENGLISH, open_wording
from tests.storycast.guide.board import Changes, action, moment, step, take, target, timeline, track

A, B = moment("a"), moment("b")
NAME = target("Task name", "textbox")


def _outline(*steps: Step, title: str = "Add a task") -> Guide:
    return outline_guide(
        take(*steps, title=title), timeline(*steps), track(), compare=Changes(), wording=ENGLISH
    )


def _markdown(*steps: Step, title: str = "Add a task", film: str | None = "film.mp4") -> str:
    guide = _outline(*steps, title=title)
    pictures = {figure: f"pictures/{figure.anchor}.png" for figure in guide.figures}
    return render_markdown(guide, film, pictures=pictures)


def test_markdown_says_what_the_guide_says() -> None:
    typed = action(ActionKind.TYPE, A, B, NAME, text="Buy milk")
    told = _markdown(
        step(1, scene="Add a task", prose="This is how."),
        step(2, typed, scene="The list", title="Name it", prose="Type it."),
        step(3, scene="The list", prose="Well done."),
    )
    assert told == (
        "# Add a task\n\n"
        "This is how.\n\n"
        "[Film](film.mp4) · [Transcript](transcript.txt)\n\n"
        "## The list\n\n"
        "### Step 1: Name it\n\n"
        "Type it.\n\n"
        "- Type in “Task name”: `Buy milk`\n\n"
        "![The page “Tasks”; the text field “Task name” is marked, at the upper left.]"
        "(pictures/picture-1.png)\n\n"
        "Well done.\n"
    )


def test_step_without_title_is_headed_by_its_number() -> None:
    assert "### Step 1\n" in _markdown(step(1, action(ActionKind.KEY, A, A, keys=("End",))))


def test_guide_without_film_does_not_name_one() -> None:
    assert "film" not in _markdown(step(1), film=None)


def test_film_with_an_odd_name_is_linked() -> None:
    assert "[Film](my%20film%20%281%29.mp4)" in _markdown(step(1), film="my film (1).mp4")


def test_names_stand_for_themselves() -> None:
    hostile = "<script>*&amp;*</script> [x](javascript:1) `a`"
    told = _markdown(
        step(1, scene="One"), step(2, scene=f"{hostile}!", title=hostile), title=hostile
    )
    page = MarkdownIt().render(told)
    shown = "&lt;script&gt;*&amp;amp;*&lt;/script&gt; [x](javascript:1) `a`"
    assert f"<h1>{shown}</h1>" in page
    assert f"<h2>{shown}!</h2>" in page
    assert f"<h3>{shown}</h3>" in page
    assert "<script" not in page


def test_typed_backticks_and_lines_stay_as_they_are() -> None:
    ticked = action(ActionKind.TYPE, A, A, NAME, text="`a``b")
    lines = action(ActionKind.TYPE, A, A, NAME, text="if x:\n    ```\n")
    page = MarkdownIt().render(_markdown(step(1, ticked, lines)))
    assert "<code>`a``b</code>" in page
    assert "<pre><code>if x:\n    ```\n\n</code></pre>" in page


def test_keys_are_joined_and_counted() -> None:
    pressed = action(ActionKind.KEY, A, A, keys=("Shift", "Tab"))
    assert "- Press: `Shift` + `Tab` (2 times)\n" in _markdown(step(1, pressed, pressed))


def test_transcript_is_plain_text_by_scenes() -> None:
    guide = Guide(
        title="Add <it>",
        language="en",
        spoken_language="en",
        viewport=(1280, 720),
        introduction=(),
        scenes=(),
        chapters=(),
        transcript=(
            Speech("One", (Line(300, "Open it."), Line(61_000, "Tom & Jerry."))),
            Speech("Two", (Line(70_000, "Done."),)),
        ),
    )
    assert render_transcript(guide) == (
        "Add <it>\n\nOne\n\n[0:00] Open it.\n[1:01] Tom & Jerry.\n\nTwo\n\n[1:10] Done.\n"
    )


@pytest.mark.parametrize("bullet", ["-", "*", "+"])
def test_entries_are_no_part_of_the_list_before_them(bullet: str) -> None:
    typed = action(ActionKind.TYPE, A, A, NAME, text="Buy milk")
    page = MarkdownIt().render(_markdown(step(1, typed, prose=f"{bullet} one\n{bullet} two")))
    assert page.count("<ul>") == 2


def test_colon_follows_the_rules_of_the_language() -> None:
    pressed = step(1, action(ActionKind.KEY, A, A, keys=("Tab",)))
    guide = _outline(pressed)
    pictures = dict.fromkeys(guide.figures, "picture.png")
    told = render_markdown(guide, None, pictures=pictures, wording=open_wording("fr"))
    assert "- Press\N{NO-BREAK SPACE}: `Tab`" in told
