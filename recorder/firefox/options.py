"""Options of Firefox: what filming adds to those that a storyboard gives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from recorder.errors import BrowserError
from recorder.front_matter import ColorScheme, Motion

if TYPE_CHECKING:
    from selenium.webdriver.firefox.options import Options

    from recorder.fence import Guard
    from recorder.pinning import Pins

__all__ = ["complete", "fence_in", "pin", "refuse_proxy", "save_to"]

_HEADLESS = ("-headless", "--headless")
_LOAD_LIMIT_MS = 60_000
_PROXY = "network.proxy."
_SAVE_TO = "browser.download.dir"

_PREFERENCES: dict[str, str | int | bool] = {
    # Scroll bars that lie over the page and are gone when nothing scrolls.
    "ui.useOverlayScrollbars": 1,
    "widget.gtk.overlay-scrollbars.enabled": True,
    "ui.scrollbarFadeBeginDelay": 0,
    "ui.scrollbarFadeDuration": 0,
    "ui.caretBlinkTime": 0,
    "general.smoothScroll": False,
    "gfx.color_management.force_srgb": True,
    "browser.download.folderList": 2,
    "browser.download.alwaysOpenPanel": False,
    "browser.download.always_ask_before_handling_new_types": False,
    # A page would be told that it is seen by nobody.
    "widget.windows.window_occlusion_tracking.enabled": False,
    "dom.disable_open_during_load": False,
    # What Firefox asks the network for by itself.
    "app.normandy.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.topsites.contile.enabled": False,
    "captivedetect.canonicalURL": "",
    "datareporting.healthreport.uploadEnabled": False,
    "dom.push.connection.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "messaging-system.rsexperimentloader.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.predictor.enabled": False,
    "network.prefetch-next": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
}
_SCHEMES = {ColorScheme.DARK: 0, ColorScheme.LIGHT: 1}


def refuse_proxy(options: Options) -> None:
    """A proxy of the storyboard's own would lead around the fence."""
    if options.proxy or any(name.startswith(_PROXY) for name in options.preferences):
        raise BrowserError(
            "The storyboard gives its browser a proxy, which would lead around the fence.",
            'Leave the proxy out, or take the fence down: "hosts": ["*"] in the front matter.',
        )


def fence_in(options: Options, guard: Guard, address: str) -> None:
    """Have Firefox, which finds this machine at ``address``, ask ``guard`` beyond its fence."""
    port = guard.port(address)
    for scheme in ("http", "ssl"):
        options.set_preference(f"{_PROXY}{scheme}", address)
        options.set_preference(f"{_PROXY}{scheme}_port", port)
    options.set_preference(f"{_PROXY}type", 1)
    # A name with all below it begins with a dot here.
    direct = ",".join(host.removeprefix("*") for host in guard.fence.hosts)
    options.set_preference(f"{_PROXY}no_proxies_on", direct)
    # It reaches this machine past any proxy unless it is told not to.
    options.set_preference(f"{_PROXY}allow_hijacking_localhost", True)
    options.set_preference("network.http.http3.enable", False)
    options.set_preference("media.peerconnection.ice.proxy_only", True)


def pin(options: Options, pins: Pins) -> None:
    """Tell pages what the take's ``pins`` say of colours, motion and language."""
    options.set_preference(
        "layout.css.prefers-color-scheme.content-override", _SCHEMES[pins.settings.color_scheme]
    )
    reduces = pins.settings.reduced_motion is Motion.REDUCE
    options.set_preference("ui.prefersReducedMotion", int(reduces))
    options.set_preference("intl.accept_languages", pins.locale or "en-US, en")


def save_to(options: Options, folder: Path) -> Path:
    """Have files saved to ``folder`` unless the storyboard says where; returns where they are."""
    folder.mkdir(parents=True, exist_ok=True)  # or Firefox saves to the user's own
    given = options.preferences.get(_SAVE_TO)
    if given is None:
        options.set_preference(_SAVE_TO, str(folder))
    return Path(str(given)) if given else folder


def complete(options: Options) -> None:
    """Add what filming needs, and leave what the storyboard asked for."""
    options.timeouts = {"pageLoad": _LOAD_LIMIT_MS} | (options.timeouts or {})
    if options.page_load_strategy == "none":
        options.page_load_strategy = "eager"  # else it is the old page that has settled
    if not any(word in _HEADLESS for word in options.arguments):
        options.add_argument(_HEADLESS[0])
    for name, value in _PREFERENCES.items():
        if name not in options.preferences:
            options.set_preference(name, value)
    options.set_capability("webSocketUrl", True)
