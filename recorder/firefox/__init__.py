"""Firefox: a browser that is filmed as Chromium is, by WebDriver and WebDriver BiDi."""
