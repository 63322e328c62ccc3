from __future__ import annotations

import pytest

from storycast.reach.cell import CellReader


def _reach(*cells: str) -> list[tuple[str, str, int, int]]:
    reader = CellReader()
    for number, cell in enumerate(cells, 1):
        reader.read(cell, number)
    return [(str(use.kind), use.what, use.cell, use.line) for use in reader.uses]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("import os.path, numpy as np", [("modules", "os"), ("modules", "numpy")]),
        ("from selenium.webdriver.common.by import By", [("modules", "selenium")]),
        ("open('data.csv')", [("files", "open('data.csv')")]),
        (
            "from pathlib import Path\n(Path.home() / '.netrc').read_text()",
            [("modules", "pathlib"), ("files", "(Path.home() / '.netrc').read_text()")],
        ),
        (
            "import pandas as pd\npd.read_csv('rows.csv').to_csv('out.csv')",
            [
                ("modules", "pandas"),
                ("files", "pd.read_csv('rows.csv').to_csv('out.csv')"),
                ("files", "pd.read_csv('rows.csv')"),
            ],
        ),
        (
            "from os import system as go\ngo('ls')",
            [("modules", "os"), ("processes", "go('ls')")],
        ),
        (
            "import subprocess as s\ns.run(['rm', '-r', 'x'])",
            [("modules", "subprocess"), ("processes", "s.run(['rm', '-r', 'x'])")],
        ),
        (
            "import requests\nrequests.post('https://example.org/', data=secrets)",
            [
                ("modules", "requests"),
                ("network", "requests.post('https://example.org/', data=secrets)"),
                ("addresses", "https://example.org/"),
            ],
        ),
        (
            "import os\nos.environ['HOME'], os.getenv('TOKEN')",
            [
                ("modules", "os"),
                ("environment", "os.environ['HOME']"),
                ("environment", "os.getenv('TOKEN')"),
            ],
        ),
        (
            "from os import environ\nprint(environ)",
            [("modules", "os"), ("environment", "os.environ")],
        ),
        ("exec(text)", [("code", "exec(text)")]),
        ("browser.get(base_url + '/lab')", [("addresses", "base_url + '/lab'")]),
        ("driver.get(f'https://{host}/')", [("addresses", "f'https://{host}/'")]),
        (
            "from recorder import open_browser, secret\nopen_browser(where)\nsecret('PASSWORD')",
            [
                ("modules", "recorder"),
                ("addresses", "where"),
                ("secrets", "secret('PASSWORD')"),
            ],
        ),
        ("!pip install wheel", [("processes", "!pip install wheel")]),
        ("files = !ls /", [("processes", "!ls /")]),
        ("%run other.py", [("code", "%run other.py")]),
        ("%%bash\ncurl -s example.org\nls", [("processes", "%%bash curl -s example.org")]),
        ("%%time\nopen('x')", [("files", "open('x')")]),
        ("%matplotlib inline", []),
        ("total = {}.get('a')\nbrowser.find_element('id', 'a').click()", []),
    ],
)
def test_what_a_cell_reaches_for_is_told(code: str, found: list[tuple[str, str]]) -> None:
    assert [(kind, what) for kind, what, *_ in _reach(code)] == found


def test_places_count_from_one_also_below_a_magic() -> None:
    assert _reach("1", "%%capture\n1\nopen('x')") == [("files", "open('x')", 2, 3)]


def test_names_of_one_cell_are_known_in_the_next() -> None:
    cells = ("import os as system", "system.popen('ls')")
    assert _reach(*cells)[1] == ("processes", "system.popen('ls')", 2, 1)
    opened = ("from selenium import webdriver\nit = webdriver.Firefox()", "it.get(place)")
    assert _reach(*opened)[-1] == ("addresses", "place", 2, 1)


def test_cell_that_is_no_python_is_told() -> None:
    assert _reach("x = = 1") == [("code", "cannot be read: invalid syntax", 1, 1)]
