"""Sweeps what is about to be published for what must not be: passwords, tokens, addresses."""

from storycast.sweep.canary import read_secrets
from storycast.sweep.model import Find, Swept, Wishes
from storycast.sweep.settings import PROJECT, Settings, read_settings
from storycast.sweep.sweeping import sweep

__all__ = [
    "PROJECT",
    "Find",
    "Settings",
    "Swept",
    "Wishes",
    "read_secrets",
    "read_settings",
    "sweep",
]
