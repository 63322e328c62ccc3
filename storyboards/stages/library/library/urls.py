"""Addresses of the library: the admin, and the way to it."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path
from django.views.generic import RedirectView

admin.site.site_header = "Town library"
admin.site.site_title = "Town library"
admin.site.index_title = "Catalogue"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("admin/", admin.site.urls),
]
