from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from recorder import Take, TakeError, read_storyboard, record
from recorder.fence import read_blocked

from ..test_recording import OPEN

Seeded = Callable[..., Path]
BEYOND = OPEN + "browser = open_browser()\nbrowser.get(base_url + '/beyond.html')"
WAIT = "import time\ntime.sleep(1.5)"
NAMED = "is beyond the fence: a storyboard visits its stage and the hosts that it lists"


def _film(path: Path, folder: Path) -> Take:
    return record(read_storyboard(path), folder=folder / "take")


def test_what_a_page_asks_for_elsewhere_is_blocked_and_named(
    seeded: Seeded, tmp_path: Path
) -> None:
    click = "browser.find_element(By.ID, 'self').click()"
    take = _film(seeded("# Open it.", f"{BEYOND}\n{WAIT}\n{click}"), tmp_path)
    assert [str(action.kind) for action in take.steps[0].actions][-1] == "click"
    blocked = read_blocked(tmp_path / "take")
    assert blocked.names == (
        "[2001:db8::1]:8080",
        "data.example.com",
        "fonts.example.com",
        "frame.example.com",
        "pictures.example.com",
        "service.example.com",
        "socket.example.com",
        "worker.example.com",
    )
    assert all(each.requests >= 1 for each in blocked.hosts)


@pytest.mark.parametrize(
    ("does", "host"),
    [
        ("browser.get('https://get.example.com/')", "get.example.com"),
        ("browser.get(base_url.replace('127.0.0.1', '127.0.0.9'))", "127.0.0.9:"),
        ("browser.find_element(By.ID, 'link').click()", "shop.example.com"),
        ("browser.find_element(By.ID, 'window').click()", "window.example.com"),
        (
            f"browser.find_element(By.ID, 'later').click()\n{WAIT}\nbrowser.get(base_url)",
            "later.example.com",
        ),
        (
            "from selenium import webdriver\n"
            "webdriver.Chrome().execute_script(\"location.assign('http://script.example.com/')\")",
            "script.example.com",
        ),
    ],
)
def test_going_elsewhere_fails_the_take_and_names_the_host(
    seeded: Seeded, tmp_path: Path, does: str, host: str
) -> None:
    with pytest.raises(TakeError, match="cell 4") as caught:
        _film(seeded("# Open it.", BEYOND, "# Go.", does), tmp_path)
    assert f"{host}" in caught.value.message
    assert NAMED in caught.value.message
    assert f'add "hosts": ["{host}' in caught.value.message
    assert not (tmp_path / "take" / "take.json").exists()


def test_listed_hosts_and_pages_without_a_host_are_visited(
    seeded: Seeded, tmp_path: Path, site: str
) -> None:
    visits = f"browser.get('{site}/form.html')\nbrowser.get('data:text/html,<p>Hello</p>')"
    hosts = [site.removeprefix("http://")]
    take = _film(
        seeded("# Open them.", f"{OPEN}browser = open_browser()\n{visits}", hosts=hosts), tmp_path
    )
    assert len(take.steps[0].actions) == 3
    assert not read_blocked(tmp_path / "take").hosts


def test_other_service_of_this_machine_is_blocked(
    seeded: Seeded, tmp_path: Path, site: str
) -> None:
    with pytest.raises(TakeError, match=site.removeprefix("http://")):
        _film(seeded("# Open it.", f"{OPEN}open_browser('{site}/greeting.html')"), tmp_path)


@pytest.mark.parametrize(
    "gives",
    [
        "options.add_argument('--proxy-server=http://127.0.0.1:9')",
        "options.proxy = webdriver.Proxy({'proxyType': 'DIRECT'})",
    ],
)
def test_proxy_of_the_storyboards_own_is_refused(
    seeded: Seeded, tmp_path: Path, gives: str
) -> None:
    cell = f"from selenium import webdriver\noptions = webdriver.ChromeOptions()\n{gives}\n"
    with pytest.raises(TakeError, match="would lead around the fence"):
        _film(seeded("# Open it.", f"{cell}webdriver.Chrome(options=options)"), tmp_path)
