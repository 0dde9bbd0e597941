"""Renders the curators' own screens inside the frame that every page of the admin has."""

from collections.abc import Sequence
from typing import Any

from django import shortcuts
from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from therapies.releases.differences import Difference


def render(request: HttpRequest, template: str, title: str, /, **context: Any) -> HttpResponse:
    return shortcuts.render(request, template, {**admin.site.each_context(request), "title": title, **context})


def first_differences(changes: Sequence[Difference], most: int) -> dict[str, Any]:
    """The context of `_differences.html`: the first `most` changes, and how many more there are."""
    return {"differences": changes[:most], "left_off": max(0, len(changes) - most)}
