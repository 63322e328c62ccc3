"""Pages that are hard to film, each worked from plain Selenium."""
