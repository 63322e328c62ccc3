"""Options of Chromium: what filming adds to those that a storyboard gives."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from recorder.errors import BrowserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from selenium.webdriver.chrome.options import Options

__all__ = ["complete", "environment", "refuse_proxy", "save_to"]

_FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-search-engine-choice-screen",
    # The address bar's suggestions are pages, loaded as the browser starts, that nobody sees here.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
    # Else a page's first fonts are drawn otherwise than later ones; with `environment`, all are as
    # those.
    "--disable-font-subpixel-positioning",
    # What is drawn anew in parts differs by a shade from what is drawn whole.
    "--disable-partial-raster",
    # In frames of another origin chromedriver cannot tell roles and names; the page itself can.
    "--enable-blink-features=ComputedAccessibilityInfo",
)
_LOAD_LIMIT_MS = 60_000
_PROXY_FLAGS = ("--proxy-", "--no-proxy-server")
_SAVE_TO = "download.default_directory"
_FONTS = "FONTCONFIG_FILE"


def environment() -> Mapping[str, str]:
    """Variables for Chromium's process: fonts in their own shapes, unless the user has others."""
    return {} if _FONTS in os.environ else {_FONTS: str(Path(__file__).with_name("unhinted.conf"))}


def refuse_proxy(options: Options) -> None:
    """A proxy of the storyboard's own would lead around the fence."""
    if options.proxy or any(word.startswith(_PROXY_FLAGS) for word in options.arguments):
        raise BrowserError(
            "The storyboard gives its browser a proxy, which would lead around the fence.",
            'Leave the proxy out, or take the fence down: "hosts": ["*"] in the front matter.',
        )


def save_to(options: Options, folder: Path) -> Path:
    """Have files saved to ``folder`` unless the storyboard says where; returns where they are."""
    given = options.experimental_options.get("prefs", {})
    prefs = {_SAVE_TO: str(folder), **given}
    options.add_experimental_option("prefs", prefs)
    return Path(prefs[_SAVE_TO])


def complete(options: Options, more: Iterable[str], *, here: bool = True) -> None:
    """Add what filming needs, and ``more`` flags, and leave what the storyboard asked for.

    ``here`` tells that the browser will run as this user on this machine.
    """
    options.timeouts = {"pageLoad": _LOAD_LIMIT_MS} | (options.timeouts or {})
    if options.page_load_strategy == "none":
        options.page_load_strategy = "eager"  # else it is the old page that has settled
    given = {argument.split("=")[0] for argument in options.arguments}
    if "--headless" in options.arguments:
        given.discard("--headless")  # without a value: the old mode, gone from new Chromium
    flags = [*_FLAGS, *more]
    if here and hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium's sandbox refuses to work for root
    for flag in flags:
        if flag.split("=")[0] not in given:
            options.add_argument(flag)
