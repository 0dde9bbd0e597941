"""Keeps history for the admin's model screens, and for no other page.

A public form must work while the working database is down, and publishing must commit its row before it installs:
neither may run inside a revision's transaction.
"""

from django.conf import settings
from django.http import HttpRequest
from reversion.middleware import RevisionMiddleware

MODEL_SCREENS = f"{settings.CURATORS_PATH}therapies/"


class CuratorRevisions(RevisionMiddleware):
    def request_creates_revision(self, request: HttpRequest) -> bool:
        return request.method == "POST" and request.path.startswith(MODEL_SCREENS)
