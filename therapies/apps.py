"""The one application of the project."""

from django.apps import AppConfig


class TherapiesConfig(AppConfig):
    name = "therapies"
    verbose_name = "The catalogue"

    def ready(self) -> None:
        from therapies import checks  # noqa: F401  (registers the system checks)
