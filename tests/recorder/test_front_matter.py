from __future__ import annotations

import pytest

from recorder import StoryboardError
from recorder.front_matter import FrontMatter, read_front_matter


def test_every_key_has_a_default() -> None:
    assert read_front_matter({}, "board") == FrontMatter()


@pytest.mark.parametrize(
    ("metadata", "message", "hint"),
    [
        ({"langauge": "en"}, "'storycast.langauge' is unknown", "Did you mean 'language'?"),
        (
            {"stage": {"comand": ["x"], "url": "y"}},
            "'storycast.stage.comand' is unknown",
            "Did you mean 'command'?",
        ),
        ({"viewport": [1, 720]}, "'storycast.viewport.0' is not valid", ""),
        ({"stage": {}}, "needs either 'command' or 'url'", ""),
        ({"stage": {"command": ["x"], "url": "y"}}, "needs either 'command' or 'url'", ""),
        ("text", "'storycast' is not valid", ""),
        ({"voice": 5}, "'storycast.voice' is not valid", ""),
        (
            {"voice": {"command": "say"}},
            "'storycast.voice.command' is not valid: Input should be a valid list",
            "",
        ),
        (
            {"voice": {"comand": ["a"]}},
            "'storycast.voice.comand' is unknown",
            "Did you mean 'command'?",
        ),
        ({"voice": {}}, "'storycast.voice' is not valid: needs either", ""),
    ],
)
def test_bad_key_is_named(metadata: object, message: str, hint: str) -> None:
    with pytest.raises(StoryboardError) as caught:
        read_front_matter(metadata, "board")
    assert message in caught.value.message
    assert caught.value.message.startswith("board: ")
    assert caught.value.hint == hint
