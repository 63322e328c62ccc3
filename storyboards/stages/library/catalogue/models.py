"""What the library keeps of its books."""

from __future__ import annotations

from django.db import models


class Author(models.Model):
    """Who wrote a book."""

    name = models.CharField(max_length=100)
    born = models.PositiveIntegerField("year of birth", null=True, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return str(self.name)


class Tag(models.Model):
    """What a book is about."""

    name = models.CharField(max_length=50, unique=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return str(self.name)


class Book(models.Model):
    """A book, and whether it is on the shelf."""

    class Language(models.TextChoices):
        """What a book is written in."""

        ENGLISH = "en", "English"
        FRENCH = "fr", "French"
        GERMAN = "de", "German"

    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, on_delete=models.PROTECT)
    published = models.DateField(help_text="The day of the first edition.")
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    tags = models.ManyToManyField(Tag, blank=True)
    on_loan = models.BooleanField(default=False)
    isbn = models.CharField("ISBN", max_length=17, blank=True, help_text="With its dashes.")
    shelf = models.CharField(max_length=10, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return str(self.title)
