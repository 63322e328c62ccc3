from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from PIL import Image
from selenium.webdriver.common.by import By

from recorder.area import Area
from recorder.browser import FilmedChrome
from recorder.errors import TakeError
from recorder.secrecy import DOTS, Secrets
from recorder.secrecy.redactor import Redactor
from recorder.take import Box, Moment, shot_path
from tests.recorder.conftest import Reel

_COVER = "#6b7280"
_VALUE = "Zk7-vault-92"
_PLACES = ["split", "dark", "generated", "open", "shut", "frame", "other"]


@pytest.fixture(scope="module")
def own_reel(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reel]:
    """One browser, whose storyboard has a secret."""
    reel = Reel(site, tmp_path_factory.mktemp("reel"), secrets=Secrets({"KEY": _VALUE}))
    reel.browser = FilmedChrome(watch=reel.watch)
    yield reel
    reel.browser.quit()


def _colours(reel: Reel, moment: Moment, box: Box) -> set[str]:
    """The colours of a part of a picture."""
    with Image.open(shot_path(reel.folder, moment)) as shot:
        part = shot.convert("RGB").crop(
            (box.x * 2, box.y * 2, (box.x + box.width) * 2, (box.y + box.height) * 2)
        )
        colours = part.getcolors(1 << 24) or []
    return {"#" + bytes(colour).hex() for _, colour in colours if isinstance(colour, tuple)}


def _structure(reel: Reel, moment: Moment) -> str:
    path = reel.folder / "snapshots" / f"{moment.snapshot}.json.gz"
    return gzip.decompress(path.read_bytes()).decode()


def _moment(reel: Reel) -> Moment:
    reel.camera.forget()
    moment = reel.camera.moment()
    assert moment is not None
    return moment


def _box(reel: Reel, name: str) -> Box:
    return Box(**reel.browser.find_element(By.ID, name).rect)


def test_secret_is_covered_wherever_it_is_shown(reel: Reel) -> None:
    reel.open("secrets.html")
    moment = _moment(reel)
    boxes = [_box(reel, name) for name in _PLACES]
    for name, box in zip(_PLACES, boxes, strict=True):
        assert _COVER in _colours(reel, moment, box), name
        assert any(
            box.x <= hidden.centre.x <= box.x + box.width
            and box.y <= hidden.centre.y <= box.y + box.height
            for hidden in moment.hidden
        ), name
    assert "vault" not in _structure(reel, moment)


def test_what_is_typed_into_a_private_field_is_told_by_eight_dots(reel: Reel) -> None:
    driver = reel.open("secrets.html")
    for name, text in (("password", "hunter22"), ("code", "123456"), ("token", f"is {_VALUE}")):
        driver.find_element(By.ID, name).send_keys(text)
        assert reel.last.text.endswith(DOTS)
        assert [keystroke.text for keystroke in reel.last.keystrokes] == [
            DOTS[:count] for count in range(1, 9)
        ]
    told = _structure(reel, reel.last.after)
    assert not any(text in told for text in ("hunter22", "123456", "vault"))
    assert driver.find_element(By.ID, "token").get_property("value") == f"is {_VALUE}"


def test_password_looks_the_same_however_long_it_is(reel: Reel) -> None:
    pictures = []
    for text in ("abc", "abcdefghijklmnop"):
        reel.open("secrets.html").find_element(By.ID, "password").send_keys(text)
        pictures.append(reel.last.after.shot)
    assert pictures[0] == pictures[1]


def test_password_that_the_page_shows_stays_hidden(reel: Reel) -> None:
    driver = reel.open("secrets.html")
    field = driver.find_element(By.ID, "password")
    field.send_keys("hunter22")
    before = reel.last.after
    driver.find_element(By.ID, "eye").click()
    assert field.get_property("type") == "text"
    assert "hunter22" not in _structure(reel, reel.last.after)
    outer = _box(reel, "password")  # whose edge tells where the focus is
    box = Box(x=outer.x + 6, y=outer.y + 4, width=outer.width - 12, height=outer.height - 8)
    assert _colours(reel, reel.last.after, box) == _colours(reel, before, box)
    field.send_keys("more")
    assert reel.last.text == DOTS


def test_mask_follows_its_element_and_is_found_again(reel: Reel) -> None:
    driver = reel.open("secrets.html")
    mail = driver.find_element(By.ID, "mail")
    assert driver.observer is not None
    driver.observer.hide(mail)
    assert "ada@" not in _structure(reel, _moment(reel))
    driver.execute_script("arguments[0].style.margin = '80px'", mail)
    assert _colours(reel, _moment(reel), _box(reel, "mail")) == {_COVER}
    mail.click()
    assert reel.last.target is not None
    assert reel.last.target.text == "***"
    reel.open("secrets.html")
    assert _colours(reel, _moment(reel), _box(reel, "mail")) == {_COVER}
    reel.camera.redactor.masks.clear()


def test_mask_is_seen_as_far_as_its_element_is(reel: Reel) -> None:
    driver = reel.open("secrets.html")
    assert driver.observer is not None
    driver.observer.hide(driver.find_element(By.ID, "far"))
    scroller = _box(reel, "scroller")
    below = Box(x=scroller.x, y=scroller.y + scroller.height + 2, width=9, height=9)
    moment = _moment(reel)
    assert _COVER not in _colours(reel, moment, below)
    assert "far@" not in _structure(reel, moment)
    driver.execute_script("document.getElementById('scroller').scrollTop = 60")
    assert _COVER in _colours(reel, _moment(reel), scroller)
    reel.camera.redactor.masks.clear()


def test_selector_that_is_none_is_named(reel: Reel, monkeypatch: pytest.MonkeyPatch) -> None:
    reel.open("secrets.html")
    monkeypatch.setattr(reel.camera.redactor, "selectors", ("p:[",))
    with pytest.raises(TakeError, match=r"'p:\[' is no CSS selector"):
        _moment(reel)


def test_page_with_nothing_to_hide_is_not_asked(
    reel: Reel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    def find(_redactor: Redactor, *, shut: bool) -> tuple[Area, ...]:
        asked.append(shut)
        return ()

    monkeypatch.setattr(reel.camera.redactor, "secrets", Secrets())
    monkeypatch.setattr(Redactor, "find", find)
    reel.open("lists.html")
    _moment(reel)
    asked.clear()  # that the page before had a closed tree is over now
    assert _moment(reel).hidden == ()
    assert asked == []
