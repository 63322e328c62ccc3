"""The catalogue's pages in the admin."""

from __future__ import annotations

from django.contrib import admin

from catalogue.models import Author, Book, Tag


@admin.register(Author)
class AuthorAdmin(admin.ModelAdmin):
    """Authors, by name."""

    list_display = ("name", "born")
    search_fields = ("name",)


@admin.register(Tag)
class TagAdmin(admin.ModelAdmin):
    """Tags, by name."""

    search_fields = ("name",)


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    """Books: searched, filtered, lent and taken back."""

    list_display = ("title", "author", "published", "language", "on_loan")
    list_filter = ("on_loan", "language", "tags")
    search_fields = ("title", "author__name")
    date_hierarchy = "published"
    filter_horizontal = ("tags",)
    actions = ("lend", "take_back")
    fieldsets = (
        (None, {"fields": ("title", "author", "published", "language")}),
        ("On the shelf", {"fields": ("shelf", "on_loan", "tags")}),
        (
            "More about it",
            {
                "classes": ("collapse",),
                "description": "Not shown to readers.",
                "fields": ("isbn", "notes"),
            },
        ),
    )

    @admin.action(description="Lend selected books")
    def lend(self, request, queryset):
        """Mark the selected books as on loan."""
        self.message_user(request, f"{queryset.update(on_loan=True)} lent.")

    @admin.action(description="Take back selected books")
    def take_back(self, request, queryset):
        """Mark the selected books as on the shelf."""
        self.message_user(request, f"{queryset.update(on_loan=False)} taken back.")
