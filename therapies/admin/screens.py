"""Registers the screens of all models with the admin site. Imported once, when the applications are ready."""

from therapies.admin import evidence, people, search_words, therapy, topics, vocabulary  # noqa: F401  (each registers its screens)
