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
        (
            {"pins": {"time_zone": "Europe/Berln"}},
            "'storycast.pins.time_zone' is not valid: 'Europe/Berln' is no time zone; "
            "the nearest is Europe/Berlin.",
            "",
        ),
        ({"pins": {"time_zone": "../passwd"}}, "'storycast.pins.time_zone' is not valid", ""),
        (
            {"pins": {"clock": "tomorrow"}},
            "'storycast.pins.clock' is not valid: 'tomorrow' is no moment",
            "",
        ),
        ({"pins": {"clock": 5}}, "'storycast.pins.clock' is not valid", ""),
        ({"pins": {"locale": "de_DE"}}, "'de_DE' is no language tag", ""),
        (
            {"hosts": ["https://example.org/"]},
            "'storycast.hosts.0' is not valid: 'https://example.org/' is an address; "
            "what is wanted is its host: 'example.org'.",
            "",
        ),
        ({"pins": {"random": -1}}, "'storycast.pins.random' is not valid", ""),
        ({"pins": {"color_scheme": "blue"}}, "'storycast.pins.color_scheme' is not valid", ""),
        ({"pins": {"clok": ""}}, "'storycast.pins.clok' is unknown", "Did you mean 'clock'?"),
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
