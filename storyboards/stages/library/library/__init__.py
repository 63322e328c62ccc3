"""The library, a small Django project to be filmed."""
