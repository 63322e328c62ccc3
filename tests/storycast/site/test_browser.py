from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import text_to_be_present_in_element
from selenium.webdriver.support.ui import WebDriverWait

from storycast.guide.card import Passage
from storycast.site.build import Wishes
from storycast.site.serve import open_server
from tests.storycast.axe import SCHEMES, WIDTHS, find_violations, show
from tests.storycast.guide.press import make_film
from tests.storycast.site.published import build, publish

if TYPE_CHECKING:
    from selenium.webdriver.remote.webelement import WebElement

_COURSE = '[[course]]\ntitle = "Tasks"\nguides = ["add-a-task", "remove-a-task"]\n'
_COUNT_NEWS = "told = 0; new EventSource('/.storycast/changes').onmessage = () => told++"
_PAGES = ("index.html", "changes.html", "guides/add-a-task/index.html")


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """A Chromium that keeps what it logs."""
    options = webdriver.ChromeOptions()
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chrome = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    yield chrome
    chrome.quit()


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three guides: two in a course, one of them in French too, and one in scripts of their own."""
    folder = tmp_path_factory.mktemp("library") / "output"
    publish(folder, "add-a-task", tags=("forms", "first steps"))
    make_film(folder / "add-a-task" / "film.new.mp4")
    (folder / "add-a-task" / "film.new.mp4").replace(folder / "add-a-task" / "film.mp4")
    publish(folder, "add-a-task", "fr", title="Ajouter une tâche")
    publish(folder, "remove-a-task", title="Remove a task", passages=(), film="", transcript=())
    ways = (
        Passage(anchor="step-1", title="", text="ノートブックの名前を変えます。"),
        Passage(anchor="step-2", title="", text="ثم اختر الدفتر الجديد."),
        Passage(anchor="step-3", title="", text="把笔记本保存到文件夹。"),
    )
    publish(folder, "scripts", title="保存", language="ja", passages=ways, transcript=())
    (folder / "course.toml").write_text(_COURSE)
    return folder


@pytest.fixture(scope="module")
def site(output: Path) -> Path:
    return build(output, base_url="https://example.org").folder


def _type(browser: webdriver.Chrome, words: str) -> list[tuple[str, str]]:
    """Search, and give the links of what is found: where they lead, and what they say."""
    field = browser.find_element(By.ID, "words")
    field.clear()
    field.send_keys(words)
    count = browser.find_element(By.CSS_SELECTOR, "#found .count")
    WebDriverWait(browser, 20).until(lambda _: _asked(browser) == words and count.text)
    links = browser.find_elements(By.CSS_SELECTOR, ".results a")
    return [(_place(link.get_attribute("href") or ""), link.text) for link in links]


def _asked(browser: webdriver.Chrome) -> object:
    """What the last answer was to."""
    return browser.execute_script("return address.read().get('find')")


def _place(link: str) -> str:
    return unquote(link).rpartition("/site/")[2]


def _active(browser: webdriver.Chrome) -> WebElement:
    """What has the focus now."""
    return browser.switch_to.active_element


def _complaints(browser: webdriver.Chrome) -> list[object]:
    return list(browser.get_log("browser"))  # type: ignore[no-untyped-call]  # Selenium's


@pytest.mark.parametrize("page", _PAGES)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_pages_can_be_used_by_all_and_never_scroll_sideways(
    browser: webdriver.Chrome, site: Path, page: str, scheme: str, width: int
) -> None:
    show(browser, site / page, scheme=scheme, width=width)
    assert find_violations(browser) == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", SCHEMES)
def test_what_was_found_can_be_used_by_all(
    browser: webdriver.Chrome, site: Path, scheme: str
) -> None:
    show(browser, site / "index.html", scheme=scheme, width=390)
    assert _type(browser, "task")
    assert find_violations(browser) == []
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("page", _PAGES)
def test_pages_open_from_files_without_a_complaint(
    browser: webdriver.Chrome, site: Path, page: str
) -> None:
    _complaints(browser)
    show(browser, site / page)
    _type(browser, "task")
    assert _complaints(browser) == []


def test_titles_come_before_steps_and_steps_before_what_is_said(
    browser: webdriver.Chrome, site: Path
) -> None:
    show(browser, site / "index.html")
    found = [place for place, _ in _type(browser, "remove")]
    assert found == ["guides/remove-a-task/index.html"]
    found = [place for place, _ in _type(browser, "add task")]
    assert found[0] == "guides/add-a-task/index.html"
    assert found[1] == "guides/add-a-task/guide.html#step-2"
    assert found[2] == "guides/add-a-task/index.html#film=5.3"


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("TACHE", "guides/add-a-task/fr/index.html"),
        ("ajout tâ", "guides/add-a-task/fr/index.html"),
        ("ノートブックを変える", "guides/scripts/guide.html#step-1"),
        ("دفتر", "guides/scripts/guide.html#step-2"),
        ("الدِّفتر", "guides/scripts/guide.html#step-2"),
        ("笔记本", "guides/scripts/guide.html#step-3"),
    ],
)
def test_all_scripts_are_found(
    browser: webdriver.Chrome, site: Path, words: str, place: str
) -> None:
    show(browser, site / "guides" / "add-a-task" / "index.html")
    assert place in [found for found, _ in _type(browser, words)]


def test_of_equals_the_one_in_the_language_of_the_page_comes_first(
    browser: webdriver.Chrome, site: Path
) -> None:
    for page, edition in (("add-a-task", ""), ("add-a-task/fr", "fr/")):
        show(browser, site / "guides" / page / "index.html")
        found = [place for place, _ in _type(browser, "forms")]
        assert found[0] == f"guides/add-a-task/{edition}index.html"


def test_what_matches_is_marked(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "index.html")
    _type(browser, "tach")
    marks = browser.find_elements(By.CSS_SELECTOR, ".results mark")
    assert [mark.text for mark in marks] == ["tâch"]


def test_language_narrows_what_is_found_and_shown(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "index.html")
    browser.find_element(By.CSS_SELECTOR, "#language option[value=fr]").click()
    cards = browser.find_elements(By.CSS_SELECTOR, ".card")
    assert [card.is_displayed() for card in cards] == [True, False, False]
    found = _type(browser, "task")
    assert {place.partition("#")[0].rpartition("/")[0] for place, _ in found} == {
        "guides/add-a-task/fr"
    }


def test_nothing_found_is_said_aloud(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "index.html")
    assert _type(browser, "zebra $& stripes") == []
    status = browser.find_element(By.ID, "news")
    WebDriverWait(browser, 20).until(
        lambda _: "zebra $& stripes" in (status.get_attribute("textContent") or "")
    )
    assert status.get_attribute("role") == "status"


def test_search_is_used_with_the_keyboard_alone(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "index.html")
    _type(browser, "task")
    _active(browser).send_keys(Keys.ARROW_DOWN)
    first = _active(browser)
    assert first.tag_name == "a"
    first.send_keys(Keys.ARROW_DOWN)
    assert _active(browser) != first
    _active(browser).send_keys(Keys.ARROW_UP)
    _active(browser).send_keys(Keys.ARROW_UP)
    assert _active(browser).get_attribute("id") == "words"
    _active(browser).send_keys(Keys.ESCAPE)
    assert browser.find_element(By.ID, "page").is_displayed()
    assert _active(browser).get_attribute("value") == ""
    _type(browser, "remove")
    _active(browser).send_keys(Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda _: "/guides/remove-a-task/" in browser.current_url)


def test_going_back_leads_to_what_was_found(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "index.html")
    _type(browser, "remove")
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    WebDriverWait(browser, 20).until(lambda _: "/guides/remove-a-task/" in browser.current_url)
    browser.back()
    link = WebDriverWait(browser, 20).until(
        lambda _: browser.find_elements(By.CSS_SELECTOR, ".results a")
    )
    assert _place(link[0].get_attribute("href") or "") == "guides/remove-a-task/index.html"


def test_library_is_walked_with_the_keyboard_alone(browser: webdriver.Chrome, site: Path) -> None:
    def press(*keys: str) -> None:
        ActionChains(browser).send_keys(*keys).perform()

    def reach(selector: str, presses: int) -> None:
        for _ in range(presses):
            press(Keys.TAB)
            if browser.execute_script(
                "return document.activeElement.matches(arguments[0])", selector
            ):
                return
        pytest.fail(f"{selector} is not reached by {presses} presses of Tab")

    def wait_for(place: str) -> None:
        WebDriverWait(browser, 20).until(lambda _: place in unquote(browser.current_url))

    show(browser, site / "index.html")
    reach("#words", 6)
    press("task")
    results = ".results a"
    WebDriverWait(browser, 20).until(lambda _: browser.find_elements(By.CSS_SELECTOR, results))
    press(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    focused = _active(browser).get_attribute("href")
    press(Keys.ENTER)
    wait_for("/guides/")
    browser.back()
    WebDriverWait(browser, 20).until(
        lambda _: browser.execute_script("return document.activeElement.href") == focused
    )
    show(browser, site / "guides" / "add-a-task" / "guide.html")
    reach("nav.library a", 1)
    reach("nav.library a[hreflang=fr]", 4)
    reach("nav.library a[rel=next]", 1)
    press(Keys.ENTER)
    wait_for("/guides/remove-a-task/guide.html")
    reach("nav.library a[rel=prev]", 5)
    press(Keys.ENTER)
    wait_for("/guides/add-a-task/guide.html")
    reach("nav.library a", 1)
    press(Keys.ENTER)
    wait_for("/index.html")


def test_everything_is_reached_by_the_tab_key(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "guides" / "add-a-task" / "index.html")
    wanted = browser.execute_script(
        "return [...document.querySelectorAll('a, button, input, select, video')].filter("
        "(each) => each.checkVisibility()).length"
    )
    reached = []
    for _ in range(wanted + 30):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        active = browser.switch_to.active_element
        if active in reached:
            continue
        reached.append(active)
        # What has the focus is seen to have it.
        outline = browser.execute_script(
            "return getComputedStyle(document.activeElement).outlineStyle"
        )
        assert outline != "none" or active.tag_name in {"body", "video"}
    names = {"a", "button", "input", "select", "video"}
    assert len([each for each in reached if each.tag_name in names]) == wanted


def test_course_is_walked_from_guide_to_guide(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "guides" / "add-a-task" / "index.html")
    browser.find_element(By.CSS_SELECTOR, "a[rel=next]").send_keys(Keys.ENTER)
    assert browser.find_element(By.CSS_SELECTOR, "#page h1").text == "Remove a task"
    assert browser.find_element(By.CSS_SELECTOR, "a[rel=prev]").text.endswith("Add a task")
    assert not browser.find_elements(By.CSS_SELECTOR, "a[rel=next]")


def test_tag_narrows_the_shelf(browser: webdriver.Chrome, site: Path) -> None:
    show(browser, site / "guides" / "add-a-task" / "index.html")
    browser.find_element(By.LINK_TEXT, "first steps").click()
    cards = browser.find_elements(By.CSS_SELECTOR, ".card")
    assert [card.is_displayed() for card in cards] == [True, False, False]
    pressed = browser.find_element(By.CSS_SELECTOR, "[aria-pressed=true]")
    assert pressed.text == "first steps"
    pressed.click()
    assert all(card.is_displayed() for card in cards)


def test_link_leads_to_a_place_in_the_film(browser: webdriver.Chrome, site: Path) -> None:
    page = site / "guides" / "add-a-task" / "index.html"
    browser.get(f"{page.as_uri()}#film=5.3")
    film = "return document.querySelector('video').currentTime"
    WebDriverWait(browser, 20).until(lambda _: browser.execute_script(film) >= 5.3)


def test_page_is_loaded_again_when_its_guide_is_made_again(
    browser: webdriver.Chrome, tmp_path: Path
) -> None:
    publish(tmp_path / "output", "add-a-task")
    publish(tmp_path / "output", "other")
    wishes = Wishes((tmp_path / "output",), tmp_path / "site", tmp_path / "cache")
    with open_server(wishes, 0, lambda _built: None) as server:
        browser.get(f"{server.url}guides/add-a-task/guide.html")
        WebDriverWait(browser, 20).until(lambda _: server.broadcast._queues)
        browser.execute_script("window.before = true")
        publish(tmp_path / "output", "other", title="Another")
        server.look(_fail)
        guide = tmp_path / "output" / "add-a-task" / "guide.html"
        new = guide.with_name("new.html")
        new.write_text(guide.read_text().replace("<h1>", "<h1>New: "))
        new.replace(guide)
        server.look(_fail)
        WebDriverWait(browser, 20).until(
            text_to_be_present_in_element((By.TAG_NAME, "h1"), "New: add-a-task")
        )
        assert browser.execute_script("return window.before") is None


@pytest.mark.parametrize("page", ["", "guides/add-a-task/"])
def test_library_is_loaded_again_when_a_guide_of_it_is_called_otherwise(
    browser: webdriver.Chrome, tmp_path: Path, page: str
) -> None:
    publish(tmp_path / "output", "add-a-task")
    wishes = Wishes((tmp_path / "output",), tmp_path / "site", tmp_path / "cache")
    with open_server(wishes, 0, lambda _built: None) as server:
        _complaints(browser)
        browser.get(f"{server.url}{page}")
        WebDriverWait(browser, 20).until(lambda _: server.broadcast._queues)
        publish(tmp_path / "output", "add-a-task", title="Put a task in")
        server.look(_fail)
        text = "return document.querySelector('#page')?.textContent"
        WebDriverWait(browser, 20).until(
            lambda _: "Put a task in" in str(browser.execute_script(text))
        )
        assert "Content Security Policy" not in str(_complaints(browser))


def test_page_stays_when_another_guide_is_made_again(
    browser: webdriver.Chrome, tmp_path: Path
) -> None:
    publish(tmp_path / "output", "add-a-task")
    publish(tmp_path / "output", "other")
    wishes = Wishes((tmp_path / "output",), tmp_path / "site", tmp_path / "cache")
    with open_server(wishes, 0, lambda _built: None) as server:
        browser.get(f"{server.url}guides/add-a-task/guide.html")
        WebDriverWait(browser, 20).until(lambda _: len(server.broadcast._queues) == 1)
        browser.execute_script(_COUNT_NEWS)
        WebDriverWait(browser, 20).until(lambda _: len(server.broadcast._queues) == 2)
        for title in ("Another", "One more"):
            publish(tmp_path / "output", "other", title=title)
            server.look(_fail)
        # The page has heard of both, and is the one that it was.
        WebDriverWait(browser, 20).until(lambda _: browser.execute_script("return told === 2"))


def _fail(error: Exception) -> None:
    raise error
