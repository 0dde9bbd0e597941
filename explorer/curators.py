"""The curators' middleware: sessions, sign-in, form protection and messages work under /admin/ and nowhere else.

So no public page can read a session, set a cookie or touch the working database through them.
"""

from collections.abc import Callable
from typing import Any

import django_otp.middleware
from django.conf import settings
from django.contrib.auth import middleware as auth
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware import csrf


class UnderAdmin:
    """Does nothing for addresses outside the admin."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if request.path.startswith(settings.CURATORS_PATH):
            return super().__call__(request)  # type: ignore[misc]
        return self.get_response(request)


class SessionMiddleware(UnderAdmin, sessions.SessionMiddleware):
    pass


class CsrfViewMiddleware(UnderAdmin, csrf.CsrfViewMiddleware):
    def process_view(self, request: HttpRequest, *args: Any) -> Any:
        return super().process_view(request, *args) if request.path.startswith(settings.CURATORS_PATH) else None


class AuthenticationMiddleware(UnderAdmin, auth.AuthenticationMiddleware):
    pass


class OTPMiddleware(UnderAdmin, django_otp.middleware.OTPMiddleware):
    pass


class MessageMiddleware(UnderAdmin, messages.MessageMiddleware):
    pass


class ReferrerMiddleware:
    """Lets forms send their origin: under no-referrer it would be “null”, which form protection must refuse."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(settings.CURATORS_PATH):
            response.headers["Referrer-Policy"] = "same-origin"
        return response
