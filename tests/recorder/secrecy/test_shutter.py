from __future__ import annotations

import pytest
from selenium.webdriver.remote.command import Command

from recorder.take import Box
from tests.recorder.conftest import Reel


@pytest.mark.parametrize("region", [None, Box(x=0, y=0, width=900, height=700)])
def test_private_field_is_covered_that_was_empty_when_the_page_had_settled(
    reel: Reel, region: Box | None
) -> None:
    pictures = set()
    for value in ("123456", "98", "4111 1111"):
        driver = reel.open("card.html")
        reel.camera.forget()
        reel.camera.moment()
        script = f"document.getElementById('card').value = '{value}'"
        driver.ask(Command.W3C_EXECUTE_SCRIPT, {"script": script, "args": []})
        pictures.add(reel.camera.glimpse(region) if region else reel.camera.look_now())
    assert len(pictures) == 1
