"""Cuts and publishes: timeline, film, guide, command line."""
