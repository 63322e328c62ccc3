"""Speaks a take: script, voices, track, captions."""
