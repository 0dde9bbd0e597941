"""System checks: a missing catalogue file is said in plain words, with the command that makes it."""

from typing import Any

from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register


@register("catalogue", deploy=False)
def catalogue_is_installed(app_configs: Any, **kwargs: Any) -> list[CheckWarning]:
    if settings.TESTING or settings.CATALOGUE_PATH.exists():
        return []
    return [
        CheckWarning(
            f"No release is installed: {settings.CATALOGUE_PATH} does not exist.",
            hint="Run “manage.py install_release” (or “manage.py publish --notes …” if nothing was published yet).",
            id="therapies.W001",
        )
    ]
