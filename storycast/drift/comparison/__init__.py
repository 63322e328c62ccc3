"""Comparison: all that differs between two pages, as a person would tell it."""
