"""Makes the library's database anew, the same each time."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand

from catalogue.models import Author, Book, Tag

_TAGS = ("Classic", "Crime", "Humour", "Poetry", "Science", "Travel")
_AUTHORS = {
    "Jane Austen": 1775,
    "Charles Darwin": 1809,
    "George Eliot": 1819,
    "Thomas Mann": 1875,
    "Mary Shelley": 1797,
    "Jules Verne": 1828,
}
_BOOKS = (
    ("Emma", "Jane Austen", date(1815, 12, 23), "en", ("Classic", "Humour"), False),
    ("Persuasion", "Jane Austen", date(1817, 12, 20), "en", ("Classic",), True),
    ("Frankenstein", "Mary Shelley", date(1818, 1, 1), "en", ("Classic", "Science"), False),
    ("The Voyage of the Beagle", "Charles Darwin", date(1839, 5, 1), "en", ("Travel",), False),
    ("Adam Bede", "George Eliot", date(1859, 2, 1), "en", ("Classic",), False),
    ("On the Origin of Species", "Charles Darwin", date(1859, 11, 24), "en", ("Science",), True),
    ("Silas Marner", "George Eliot", date(1861, 4, 2), "en", ("Classic",), False),
    (
        "Vingt mille lieues sous les mers",
        "Jules Verne",
        date(1870, 6, 20),
        "fr",
        ("Travel",),
        False,
    ),
    ("Middlemarch", "George Eliot", date(1871, 12, 1), "en", ("Classic",), True),
    ("Buddenbrooks", "Thomas Mann", date(1901, 2, 26), "de", ("Classic",), False),
)


class Command(BaseCommand):
    """Make tables and fill them; an older database is thrown away."""

    help = __doc__

    def handle(self, *_args, **_options):
        """Do it."""
        Path(settings.DATABASES["default"]["NAME"]).unlink(missing_ok=True)
        call_command("migrate", run_syncdb=True, verbosity=0)
        password = os.environ.get("LIBRARY_PASSWORD", "admin")
        User.objects.create_superuser("admin", "admin@example.org", password)
        tags = {name: Tag.objects.create(name=name) for name in _TAGS}
        authors = {
            name: Author.objects.create(name=name, born=born) for name, born in _AUTHORS.items()
        }
        for number, (title, author, published, language, about, on_loan) in enumerate(_BOOKS, 1):
            book = Book.objects.create(
                title=title,
                author=authors[author],
                published=published,
                language=language,
                on_loan=on_loan,
                shelf=f"A{number}",
            )
            book.tags.set(tags[each] for each in about)
