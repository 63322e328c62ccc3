"""Reports of drift, each for its readers: a page, Markdown, lines in a terminal, JUnit's XML."""
