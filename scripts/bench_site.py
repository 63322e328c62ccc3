"""Times the library of many guides: cold, with one changed, with none; and searching it.

Each guide is as large as a real one: eight steps, thirty sentences, a page of 1 MB and a poster.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import cv2
import numpy as np
from selenium import webdriver

from recorder.chromium import find_programs
from storycast.guide.card import CARD, Card, Change, Passage

_GUIDES = 500
_QUERIES = (
    "notebook",
    "n",
    "open the menu",
    "rename a folder",
    "press sh",
    "zebra",
    "guide 77",
    "the quick result of a chart",
)


def _split(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_VERBS = _split("open rename copy move draw run save share close find filter sort print export")
_THINGS = _split("notebook folder chart table file menu cell tab terminal page report list form")
_WORDS = _split(
    "the a its new first next small result name field button area press select type then "
    "again below above value column row change appears waits settings window panel login "
    "user"
)
_MEASURE = """
const [queries, done] = arguments;
const median = (times) => times.sort((one, other) => one - other)[Math.floor(times.length / 2)];
const begun = performance.now();
storycast.load().then(async () => {
  const loaded = performance.now() - begun;
  const found = [];
  const field = document.querySelector("#words");
  for (const query of queries) {
    const times = [];
    let count = 0;
    for (let run = 0; run < 5; run += 1) {
      const start = performance.now();
      count = storycast.seek(query).length;
      times.push(performance.now() - start);
    }
    const start = performance.now();
    field.value = query;
    field.dispatchEvent(new Event("input"));
    await new Promise((next) => setTimeout(next)); // what is loaded is answered at once
    document.body.getBoundingClientRect();
    found.push([query, count, median(times), Math.max(...times), performance.now() - start]);
  }
  done([loaded, found]);
});
"""


def main(count: int) -> None:
    """Print what was measured of a library of ``count`` guides."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        output = folder / "output"
        chance = random.Random(1)  # noqa: S311 - no secret
        page = chance.randbytes(750_000).hex()[:1_000_000]
        for number in range(count):
            _publish(output, number, chance, page)
        cold, site = _time(folder, "one")
        again, _ = _time(folder, "one")
        _publish(output, count // 2, random.Random(2), page)  # noqa: S311
        changed, _ = _time(folder, "one")
        _time(folder, "two")
        same = _read(site) == _read(folder / "two")
        _print(f"{count} guides, cold           {cold}")
        _print(f"{count} guides, one changed    {changed}")
        _print(f"{count} guides, none changed   {again}")
        _print(f"two runs, the same bytes    {'yes' if same else 'NO'}")
        _search(site)


def _search(site: Path) -> None:
    shard = site / "assets" / "search-en.js"
    with _open_browser() as browser:
        browser.get((site / "index.html").as_uri())
        browser.set_script_timeout(120)
        loaded, found = browser.execute_async_script(_MEASURE, list(_QUERIES))
    _print(f"search: {shard.stat().st_size / 1e6:.1f} MB read and made ready in {loaded:.0f} ms")
    _print("query                          found   median     most  until shown (ms)")
    for query, count, median, most, shown in found:
        _print(f"{query:<30} {count:>5} {median:>8.1f} {most:>8.1f} {shown:>8.1f}")


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _time(folder: Path, name: str) -> tuple[str, Path]:
    """How long it takes to make the site ``name``, the start of Python included."""
    command = ["storycast", "site", str(folder / "output"), "--to", str(folder / name)]
    address = ("--base-url", "https://example.org/guides/")
    known = os.environ | {"STORYCAST_CACHE": str(folder / f"cache-{name}")}
    begun, used = time.perf_counter(), _used_s()
    subprocess.run([*command, *address], check=True, env=known, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - begun
    return f"{took:6.2f} s  ({_used_s() - used:.2f} s of a processor)", folder / name


def _used_s() -> float:
    """What processes that have ended had of a processor."""
    known = resource.getrusage(resource.RUSAGE_CHILDREN)
    return known.ru_utime + known.ru_stime


def _publish(output: Path, number: int, chance: random.Random, page: str) -> None:
    card = _make_card(number, chance)
    folder = output / card.board
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "guide.html": f"<!DOCTYPE html><title>{number}</title><!-- library -->{page}".encode(),
        "guide.md": f"# {card.title}\n".encode(),
        "film.mp4": chance.randbytes(10_000),
        "poster.png": _draw(chance),
        "captions.en.vtt": b"WEBVTT\n",
        CARD: card.model_dump_json().encode(),
    }
    for name, content in files.items():
        draft = folder / f".{name}"
        draft.write_bytes(content)
        draft.replace(folder / name)


def _make_card(number: int, chance: random.Random) -> Card:
    verb, thing = chance.choice(_VERBS), chance.choice(_THINGS)
    passages = tuple(
        Passage(
            anchor=f"step-{step}",
            title=_say(chance, 4),
            text=" ".join(_say(chance, 12) for _ in range(4)),
            at_ms=step * 9000,
        )
        for step in range(1, 9)
    )
    return Card(
        board=f"guide-{number:04}",
        title=f"{verb.capitalize()} a {thing}: guide {number}",
        language="en",
        spoken_language="en",
        goal=_say(chance, 12),
        tags=(verb, thing),
        steps=8,
        film_ms=80_000,
        filmed_on=date(2026, 1, 1) + timedelta(days=number % 300),
        film="film.mp4",
        poster="poster.png",
        forms={"html": "guide.html", "markdown": "guide.md"},
        passages=passages,
        transcript=tuple((at * 2500, _say(chance, 14)) for at in range(30)),
        changes=(Change(on=date(2026, 10, 1 + number % 28), sentences=(_say(chance, 8),)),),
    )


def _say(chance: random.Random, count: int) -> str:
    words = chance.choices(_WORDS + _THINGS + _VERBS, k=count)
    return f"{' '.join(words).capitalize()}."


def _draw(chance: random.Random) -> bytes:
    """A poster such as films have: a page with a few areas and much fine print."""
    picture = np.full((720, 1280, 3), 250, np.uint8)
    for _ in range(400):
        left, top = chance.randrange(1200), chance.randrange(700)
        colour = [chance.randrange(256) for _ in range(3)]
        cv2.putText(picture, chance.choice(_WORDS), (left, top), 0, 0.5, colour, 1, cv2.LINE_AA)
    done, encoded = cv2.imencode(".png", picture)
    if not done:
        raise SystemExit("OpenCV has written no PNG.")
    return encoded.tobytes()


def _read(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@contextmanager
def _open_browser() -> Iterator[webdriver.Chrome]:
    programs = find_programs()
    options = webdriver.ChromeOptions()
    options.binary_location = str(programs.browser)
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu"):
        options.add_argument(flag)
    browser = webdriver.Chrome(options, webdriver.ChromeService(str(programs.driver)))
    try:
        yield browser
    finally:
        browser.quit()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else _GUIDES)
