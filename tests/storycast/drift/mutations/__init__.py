"""Single changes of pages, each made by a script in the page, and what is to be told of it."""
