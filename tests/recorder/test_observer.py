from __future__ import annotations

from pathlib import Path

import pytest
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    NoSuchElementException,
    UnexpectedAlertPresentException,
    WebDriverException,
)
from selenium.webdriver import ActionChains, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.ui import Select, WebDriverWait

from recorder.errors import TakeError
from recorder.take import ActionKind, Locator, Point

from .conftest import Reel

_SIDES = (("x", "width"), ("y", "height"))

pytestmark = pytest.mark.usefixtures("reel")


def test_navigation_is_filmed(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.get(f"{reel.site}/sent.html")
    driver.back()
    driver.forward()
    driver.refresh()
    assert reel.kinds == ["open", "back", "forward", "refresh"]
    assert [action.after.title for action in reel.actions] == ["Sent", "Form", "Sent", "Sent"]
    assert reel.actions[0].text == "/sent.html"
    assert reel.actions[0].before is not None
    assert reel.actions[0].before.title == "Form"


def test_click_tells_its_target(reel: Reel) -> None:
    driver = reel.open("form.html")
    button = driver.find_element(By.ID, "send")
    box = button.rect
    button.click()
    target = reel.last.target
    assert reel.kinds == [ActionKind.CLICK]
    assert target is not None
    assert (target.role, target.name, target.text, target.tag) == (
        "button",
        "Send",
        "Send",
        "button",
    )
    assert target.locator == Locator(by="id", value="send")
    assert target.box.model_dump() == pytest.approx(box, abs=1)
    assert reel.last.after.title == "Sent"


def test_point_is_where_the_browser_presses(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.find_element(By.ID, "long").click()
    pressed = driver.execute_script("return window.pressed")
    assert reel.last.point is not None
    assert reel.last.point.model_dump() == pytest.approx(pressed, abs=1)
    assert reel.colour(reel.last.before, reel.last.point) != "#ffffff"


def test_waits_and_finds_are_no_actions(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.find_elements(By.CSS_SELECTOR, "input")
    WebDriverWait(driver, 5).until(
        expected_conditions.visibility_of_element_located((By.ID, "name"))
    )
    driver.execute_script("return document.title")
    assert driver.find_element(By.ID, "send").is_displayed()
    assert reel.actions == []


def test_typed_text_and_keys_are_told_apart(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.find_element(By.ID, "name").send_keys("Ada", Keys.CONTROL, "a", Keys.NULL, Keys.DELETE)
    assert reel.kinds == ["type", "key", "key"]
    assert [action.text for action in reel.actions] == ["Ada", "", ""]
    assert [action.keys for action in reel.actions] == [(), ("Control", "a"), ("Delete",)]
    assert driver.find_element(By.ID, "name").get_attribute("value") == ""


def test_keys_after_a_tab_go_to_the_next_field(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.find_element(By.ID, "name").send_keys("Ada", Keys.TAB, "secret")
    assert driver.find_element(By.ID, "name").get_attribute("value") == "Ada"
    assert driver.find_element(By.ID, "password").get_attribute("value") == "secret"
    assert reel.last.target is not None
    assert reel.last.target.name == "Password"


def test_line_end_that_sends_a_form_is_a_key(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.find_element(By.ID, "name").send_keys("Ada\n")
    assert [(action.kind, action.text, action.keys) for action in reel.actions] == [
        ("type", "Ada", ()),
        ("key", "", ("Enter",)),
    ]
    assert reel.last.after.title == "Sent"


def test_password_is_not_kept(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.find_element(By.ID, "password").send_keys("hunter2")
    assert reel.last.text == "•" * 8
    assert "hunter2" not in reel.last.model_dump_json()
    assert "old" not in reel.last.model_dump_json().replace("bold", "")


def test_clear_is_filmed(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.find_element(By.ID, "password").clear()
    assert reel.kinds == [ActionKind.CLEAR]


def test_label_of_a_checkbox_is_told_as_the_checkbox(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.find_element(By.XPATH, "//label[contains(., 'I agree')]").click()
    target = reel.last.target
    assert target is not None
    assert (target.role, target.name, target.tag) == ("checkbox", "I agree", "label")


def test_choice_in_a_list_is_told_by_its_label(reel: Reel) -> None:
    driver = reel.open("form.html")
    Select(driver.find_element(By.ID, "colour")).select_by_value("g")
    assert reel.kinds == [ActionKind.CHOOSE]
    assert reel.last.text == "Green"
    assert reel.last.target is not None
    assert (reel.last.target.tag, reel.last.target.text) == ("select", "Red")
    assert reel.last.target.locator == Locator(by="id", value="colour")
    assert reel.last.before != reel.last.after


def test_submit_is_filmed(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.find_element(By.ID, "name").submit()
    assert reel.kinds == [ActionKind.SUBMIT]
    assert reel.last.after.title == "Sent"


def test_contenteditable_is_typed_into(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.find_element(By.ID, "rich").send_keys("Hello")
    assert reel.kinds == [ActionKind.TYPE]
    assert reel.last.target is not None
    assert reel.last.target.name == "Rich"


@pytest.mark.parametrize(("editor", "top"), [("clipped", 40), ("clear", 140), ("outside", 240)])
def test_field_that_nobody_sees_is_the_editor_around_it(reel: Reel, editor: str, top: int) -> None:
    driver = reel.open("editor.html")
    driver.find_element(By.ID, editor).click()
    driver.switch_to.active_element.send_keys("one")
    target = reel.last.target
    assert target is not None
    assert (target.role, target.tag) == ("textbox", "textarea")
    assert target.name == ("Question" if editor == "clipped" else "")
    assert (target.box.x, target.box.y) == (40, top)
    assert (target.box.width, target.box.height) == (402, 62)
    assert [keystroke.text for keystroke in reel.last.keystrokes] == ["o", "on", "one"]
    assert all(action.kind is not ActionKind.SCROLL for action in reel.actions)


def test_control_that_nobody_sees_is_what_is_drawn_for_it(reel: Reel) -> None:
    driver = reel.open("editor.html")
    slider = driver.find_element(By.ID, "slider")
    ActionChains(driver).drag_and_drop_by_offset(slider, 40, 0).perform()
    target, point = reel.last.target, reel.last.point
    assert target is not None
    assert point is not None
    assert (target.role, target.box.x, target.box.width) == ("slider", 500, 20)
    assert point.x == 500 + 129 / 2  # where WebDriver presses, seen or not


def test_target_is_as_much_of_it_as_is_seen(reel: Reel) -> None:
    driver = reel.open("editor.html")
    driver.find_element(By.ID, "large").send_keys(Keys.ENTER)
    assert reel.last.target is not None
    assert (reel.last.target.box.x, reel.last.target.box.width) == (500, 100)


@pytest.mark.parametrize("field", ["picture", "hidden-picture"])
def test_upload_is_told_by_the_name_of_the_file(reel: Reel, tmp_path: Path, field: str) -> None:
    picture = tmp_path / "cat.png"
    picture.write_bytes(b"-")
    driver = reel.open("form.html")
    driver.find_element(By.ID, field).send_keys(str(picture))
    assert reel.kinds == [ActionKind.UPLOAD]
    assert reel.last.text == "cat.png"


def test_upload_to_a_hidden_field_points_at_its_label(reel: Reel, tmp_path: Path) -> None:
    """Where there is none, it points at nothing."""
    picture = tmp_path / "cat.png"
    picture.write_bytes(b"-")
    driver = reel.open("saving.html")
    driver.find_element(By.ID, "file").send_keys(str(picture))
    target = reel.last.target
    assert target is not None
    assert (reel.last.kind, target.tag, target.text) == ("upload", "label", "Choose a file")
    assert reel.colour(reel.last.before, reel.last.point) == "#ff0000"
    driver.execute_script("document.querySelector('label').remove()")
    driver.find_element(By.ID, "file").send_keys(str(picture))
    assert reel.last.point is None


def test_upload_of_several_files_is_told_by_all_names(reel: Reel, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("cat.png", "dog.png")]
    for path in paths:
        path.write_bytes(b"-")
    driver = reel.open("form.html")
    field = driver.find_element(By.ID, "picture")
    driver.execute_script("arguments[0].multiple = true", field)
    field.send_keys("\n".join(map(str, paths)))
    assert reel.last.text == "cat.png\ndog.png"
    assert field.get_property("files")


def test_shadow_trees_are_filmed(reel: Reel) -> None:
    driver = reel.open("shadow.html")
    root = driver.find_element(By.ID, "box").shadow_root
    root.find_element(By.CSS_SELECTOR, "#inside").send_keys("a", Keys.ARROW_LEFT, "b")
    assert [action.kind for action in reel.actions] == ["type", "key", "type"]
    assert {action.target.name for action in reel.actions if action.target} == {"Inside"}
    field = root.find_element(By.CSS_SELECTOR, "#inside")
    assert field.get_attribute("value") == "ba"
    root.find_element(By.CSS_SELECTOR, "#press").click()
    assert reel.colour(reel.last.before, reel.last.point) == "#ff0000"


def test_target_in_a_frame_is_where_the_picture_shows_it(reel: Reel) -> None:
    driver = reel.open("frames.html")
    driver.switch_to.frame(driver.find_element(By.ID, "near"))
    driver.find_element(By.ID, "button").click()
    assert reel.colour(reel.last.before, reel.last.point) == "#ff0000"
    assert reel.last.target is not None
    assert reel.colour(reel.last.before, reel.last.target.box.centre) == "#ff0000"
    assert reel.last.after.address == "/frames.html"
    assert reel.last.after.title == "Frames"


@pytest.mark.parametrize("frames", [["near", "inner"], ["far", "inner"]])
def test_target_in_nested_frames_is_scrolled_to_and_found(reel: Reel, frames: list[str]) -> None:
    driver = reel.open("frames.html")
    for frame in frames:
        driver.switch_to.frame(frame)
    driver.find_element(By.ID, "leaf").click()
    assert reel.kinds == ["scroll", "click"]
    assert reel.colour(reel.last.before, reel.last.point) == "#0000ff"
    assert driver.execute_script("return document.title") == "Leaf"
    driver.switch_to.parent_frame()
    assert driver.execute_script("return document.title") == "Middle"


def test_target_in_a_frame_of_another_origin_is_where_the_picture_shows_it(reel: Reel) -> None:
    driver = reel.open("frames.html")
    driver.switch_to.frame(1)
    driver.find_element(By.ID, "button").click()
    assert reel.kinds == ["scroll", "click"]
    assert reel.colour(reel.last.before, reel.last.point) == "#ff0000"
    assert reel.last.before != reel.last.after
    assert reel.last.after.address == "/frames.html"
    ActionChains(driver).move_to_element(driver.find_element(By.ID, "button")).perform()
    assert reel.colour(reel.last.before, reel.last.point) == "#ff0000"


def test_navigation_leads_out_of_frames(reel: Reel) -> None:
    driver = reel.open("frames.html")
    driver.switch_to.frame("far")
    driver.get(f"{reel.site}/form.html")
    driver.find_element(By.ID, "name").send_keys("a")
    assert reel.last.target is not None
    assert reel.last.target.box.y < 200


@pytest.mark.parametrize(
    ("button", "answer", "kinds", "said"),
    [
        ("alert", "accept", ["click", "accept"], "alerted"),
        ("confirm", "dismiss", ["click", "dismiss"], "false"),
        ("prompt", "Ada", ["click", "answer", "accept"], "Ada"),
    ],
)
def test_dialogs_are_told(
    reel: Reel, button: str, answer: str, kinds: list[str], said: str
) -> None:
    driver = reel.open("dialogs.html")
    driver.find_element(By.ID, button).click()
    assert reel.last.after.dialog is not None
    if answer == "dismiss":
        driver.switch_to.alert.dismiss()
    else:
        if answer != "accept":
            driver.switch_to.alert.send_keys(answer)
        driver.switch_to.alert.accept()
    assert [str(kind) for kind in reel.kinds] == kinds
    assert reel.last.after.dialog is None
    assert reel.last.before is not None
    assert reel.last.before.dialog is not None
    assert driver.find_element(By.ID, "out").text == said


def test_dialog_that_opens_while_the_page_settles_stays_open(reel: Reel) -> None:
    driver = reel.open("dialogs.html")
    driver.find_element(By.ID, "late").click()
    alert = WebDriverWait(driver, 5).until(expected_conditions.alert_is_present())
    assert isinstance(alert.text, str)
    assert reel.last.after.dialog is not None
    assert reel.last.after.dialog.text == "Late"
    alert.accept()
    assert driver.find_element(By.ID, "out").text == "was late"


def test_command_against_an_open_dialog_dismisses_it_as_selenium_does(reel: Reel) -> None:
    driver = reel.open("dialogs.html")
    driver.find_element(By.ID, "confirm").click()
    with pytest.raises(UnexpectedAlertPresentException):
        driver.find_element(By.ID, "out")
    assert driver.find_element(By.ID, "out").text == "false"


def test_page_that_greets_with_a_dialog_is_filmed(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.switch_to.new_window("tab")
    driver.get(f"{reel.site}/greeting.html")
    driver.switch_to.alert.accept()
    assert driver.title == "Greeting"
    assert reel.kinds[-2:] == ["open", "accept"]
    assert reel.last.after.title == "Greeting"


def test_page_that_asks_before_it_is_left_is_left(reel: Reel) -> None:
    driver = reel.open("unload.html")
    driver.find_element(By.ID, "text").send_keys("changed")
    driver.get(f"{reel.site}/sent.html")
    assert reel.last.after.title == "Sent"


def test_hover_shows_in_the_picture(reel: Reel) -> None:
    driver = reel.open("pointer.html")
    ActionChains(driver).move_to_element(driver.find_element(By.ID, "hover")).perform()
    assert reel.kinds == [ActionKind.HOVER]
    assert reel.last.point is not None
    near = Point(x=reel.last.point.x - 45, y=reel.last.point.y - 25)
    assert reel.colour(reel.last.before, near) == "#cccccc"
    assert reel.colour(reel.last.after, near) == "#00ff00"


def test_action_chains_are_read(reel: Reel) -> None:
    driver = reel.open("pointer.html")
    chain = ActionChains(driver)
    chain.double_click(driver.find_element(By.ID, "twice"))
    chain.context_click(driver.find_element(By.ID, "menu"))
    chain.click(driver.find_element(By.ID, "field"))
    chain.key_down(Keys.CONTROL).send_keys("b").key_up(Keys.CONTROL)
    chain.send_keys("text").perform()
    assert reel.kinds == ["double_click", "context_click", "click", "key", "type"]
    assert reel.actions[3].keys == ("Control", "b")
    assert driver.find_element(By.ID, "log").text == "double menu bold"
    assert driver.find_element(By.ID, "field").get_attribute("value") == "text"


def test_drag_tells_where_it_ends(reel: Reel) -> None:
    driver = reel.open("pointer.html")
    source, goal = driver.find_element(By.ID, "from"), driver.find_element(By.ID, "to")
    ActionChains(driver).drag_and_drop(source, goal).perform()
    assert reel.kinds == [ActionKind.DRAG]
    assert reel.colour(reel.last.after, reel.last.to) == "#0000ff"
    near = reel.last.target.box if reel.last.target else None
    assert near is not None
    corner = Point(x=near.x + 90, y=near.y + 50)
    assert reel.colour(reel.last.before, corner) == "#ff0000"


def test_drag_in_two_performances_is_filmed(reel: Reel) -> None:
    driver = reel.open("pointer.html")
    source, goal = driver.find_element(By.ID, "from"), driver.find_element(By.ID, "to")
    ActionChains(driver).click_and_hold(source).perform()
    ActionChains(driver).move_to_element(goal).release().perform()
    assert reel.kinds[-1] == ActionKind.DRAG
    centre = {key: goal.rect[key] + goal.rect[size] / 2 for key, size in _SIDES}
    assert reel.last.to is not None
    assert reel.last.to.model_dump() == pytest.approx(centre)


def test_pointer_moves_on_from_where_it_was(reel: Reel) -> None:
    driver = reel.open("pointer.html")
    ActionChains(driver).move_to_element(driver.find_element(By.ID, "hover")).perform()
    ActionChains(driver).move_by_offset(5, 10).click().perform()
    pressed = driver.execute_script("return window.pressed")
    assert reel.last.point is not None
    assert reel.last.point.model_dump() == pytest.approx(pressed, abs=1)


def test_target_out_of_view_is_scrolled_to_first(reel: Reel) -> None:
    driver = reel.open("sticky.html")
    driver.find_element(By.ID, "one").click()
    assert reel.kinds == ["scroll", "click"]
    assert reel.actions[0].implied
    assert reel.colour(reel.last.before, reel.last.point) == "#ff0000"


def test_target_behind_a_bar_is_scrolled_from_under_it(reel: Reel) -> None:
    driver = reel.open("sticky.html")
    driver.execute_script("window.scrollTo(0, arguments[0].offsetTop - 30)",
                          driver.find_element(By.ID, "one"))  # fmt: skip
    driver.find_element(By.ID, "one").click()
    assert reel.kinds == ["scroll", "scroll", "click"]
    assert [action.implied for action in reel.actions] == [False, True, False]


def test_target_in_a_scrolling_area_is_reached(reel: Reel) -> None:
    driver = reel.open("sticky.html")
    driver.find_element(By.ID, "three").click()
    assert reel.kinds == ["scroll", "click"]
    assert reel.colour(reel.last.before, reel.last.point) == "#ff0000"


def test_target_larger_than_the_window_is_pressed_in_view(reel: Reel) -> None:
    driver = reel.open("sticky.html")
    driver.find_element(By.ID, "big").click()
    assert reel.colour(reel.last.before, reel.last.point) == "#0000ff"


@pytest.mark.parametrize(
    "script",
    ["window.scrollTo(0, 500)", "document.getElementById('scroller').scrollTop = 300"],
)
def test_script_that_scrolls_is_a_scroll(reel: Reel, script: str) -> None:
    driver = reel.open("sticky.html")
    driver.find_element(By.ID, "three").location_once_scrolled_into_view  # noqa: B018 - it scrolls
    driver.execute_script(script)
    assert reel.last.kind == ActionKind.SCROLL
    assert reel.last.before != reel.last.after


def test_script_that_changes_nothing_is_no_action(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.execute_script("window.x = 5")
    assert reel.actions == []


def test_new_window_is_filmed_and_closed(reel: Reel) -> None:
    driver = reel.open("windows.html")
    first = driver.current_window_handle
    driver.find_element(By.ID, "open").click()
    WebDriverWait(driver, 5).until(expected_conditions.number_of_windows_to_be(2))
    driver.switch_to.window(driver.window_handles[-1])
    assert reel.kinds == ["click", "window"]
    assert reel.last.after.title == "Popup"
    driver.find_element(By.ID, "close").click()
    driver.switch_to.window(first)
    assert reel.kinds == ["click", "window", "click", "window"]
    assert reel.last.after.title == "Windows"
    driver.find_element(By.ID, "open").click()
    assert reel.kinds[-1] == "click"


def test_closed_window_is_no_failure(reel: Reel) -> None:
    driver = reel.open("windows.html")
    first = driver.current_window_handle
    driver.switch_to.new_window("tab")
    driver.get(f"{reel.site}/popup.html")
    driver.close()
    driver.switch_to.window(first)
    assert reel.kinds == ["open", "window"]


def test_blank_windows_are_not_shown(reel: Reel) -> None:
    driver = reel.open("windows.html")
    driver.find_element(By.ID, "blank").click()
    WebDriverWait(driver, 5).until(expected_conditions.number_of_windows_to_be(2))
    driver.switch_to.window(driver.window_handles[-1])
    assert reel.kinds == ["click"]


def test_window_that_is_blank_at_first_is_told_when_it_shows_something(reel: Reel) -> None:
    driver = reel.open("windows.html")
    driver.find_element(By.ID, "later").click()
    WebDriverWait(driver, 5).until(expected_conditions.number_of_windows_to_be(2))
    driver.switch_to.window(driver.window_handles[-1])
    wait = WebDriverWait(driver, 30)
    wait.until(expected_conditions.element_to_be_clickable((By.ID, "close"))).click()
    assert reel.kinds == ["click", "window", "click"]
    assert [action.before and action.before.title for action in reel.actions] == [
        "Windows",
        "Windows",
        "Popup",
    ]
    assert reel.actions[1].after.title == "Popup"


def test_failing_action_is_not_filmed(reel: Reel) -> None:
    driver = reel.open("replaced.html")
    with pytest.raises(ElementClickInterceptedException):
        driver.find_element(By.ID, "covered").click()
    with pytest.raises(NoSuchElementException):
        driver.find_element(By.ID, "nowhere")
    assert reel.actions == []


def test_element_that_its_click_replaces_is_told(reel: Reel) -> None:
    driver = reel.open("replaced.html")
    driver.execute_script("document.getElementById('cover').remove()")
    driver.find_element(By.ID, "go").click()
    assert reel.last.target is not None
    assert reel.last.target.name == "Go"


@pytest.mark.parametrize("page", ["strict.html", "hostile.html"])
def test_pages_that_allow_or_break_scripts_are_filmed(reel: Reel, page: str) -> None:
    driver = reel.open(page)
    driver.find_element(By.ID, "text").send_keys("a")
    assert reel.kinds == [ActionKind.TYPE]
    assert reel.last.after.settled


def test_short_time_limit_for_scripts_is_the_storyboards_own(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.set_script_timeout(0.001)
    driver.find_element(By.ID, "name").send_keys("a")
    assert reel.last.target is not None
    assert reel.last.after.settled
    assert driver.timeouts.script == 0.001


def test_implicit_wait_does_not_slow_the_recorder_or_change(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.implicitly_wait(2)
    driver.find_element(By.ID, "name").send_keys("a")
    assert driver.timeouts.implicit_wait == 2
    driver.implicitly_wait(0)


def test_size_of_the_window_does_not_change_the_film(reel: Reel) -> None:
    driver = reel.open("form.html")
    driver.set_window_size(500, 400)
    driver.maximize_window()
    driver.find_element(By.ID, "name").send_keys("a")
    assert driver.execute_script("return [innerWidth, innerHeight]") == [800, 600]


def test_dead_address_fails(reel: Reel) -> None:
    with pytest.raises(WebDriverException, match="ERR_CONNECTION_REFUSED"):
        reel.browser.get("http://127.0.0.1:39/")


def test_error_page_of_the_browser_is_not_filmed(reel: Reel) -> None:
    driver = reel.open("dead.html")
    with pytest.raises(TakeError, match=r"127\.0\.0\.1:39/ cannot be reached"):
        driver.find_element(By.ID, "dead").click()


def test_what_no_cell_does_is_not_filmed(reel: Reel) -> None:
    driver = reel.open("form.html")
    reel.cell = None
    driver.find_element(By.ID, "name").send_keys("a")
    assert reel.actions == []


def test_highlight_brings_its_element_into_view(reel: Reel) -> None:
    driver = reel.open("sticky.html")
    observer = driver.observer
    assert observer is not None
    observer.note(ActionKind.HIGHLIGHT, driver.find_element(By.ID, "one"), say="This one.")
    assert reel.kinds == ["scroll", "highlight"]
    assert reel.last.target is not None
    assert reel.colour(reel.last.after, reel.last.target.box.centre) == "#ff0000"


def test_same_actions_twice_are_filmed_the_same(reel: Reel) -> None:
    def act() -> list[str]:
        driver = reel.open("form.html")
        driver.find_element(By.ID, "name").send_keys("Ada")
        driver.find_element(By.ID, "agree").click()
        driver.find_element(By.ID, "send").click()
        return [action.model_dump_json() for action in reel.actions]

    assert act() == act()


def test_window_that_another_covers_can_still_be_seen(reel: Reel) -> None:
    driver = reel.open("canvas.html")
    driver.execute_script(
        "document.body.insertAdjacentHTML('beforeend',"
        " '<a id=new target=_blank href=sent.html>New</a>')"
    )
    driver.find_element(By.ID, "new").click()
    driver.switch_to.window(driver.window_handles[-1])
    assert reel.last.kind is ActionKind.WINDOW
    assert reel.last.after.title == "Sent"
