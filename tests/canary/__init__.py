"""Canaries: secrets of every kind are filmed, and looked for in all that comes of it."""
