"""A small Django project, and what starts it."""
