"""Secrecy: what nobody may read or see, where it comes from, and what keeps it out of a take."""

from __future__ import annotations

from recorder.secrecy.secret import DOTS, HIDDEN, Secret, Secrets

__all__ = ["DOTS", "HIDDEN", "Secret", "Secrets"]
