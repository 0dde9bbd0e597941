"""Curators for tests, and their browsers."""

from typing import Any

from django.contrib.auth.models import Group, User
from django.test import Client

BACKEND = "django.contrib.auth.backends.ModelBackend"


def person(name: str = "ada", *roles: str, password: str | None = None, **fields: Any) -> User:
    """Without a password (hashing one takes half a second) somebody signs in by `browser` alone."""
    user = User.objects.create_user(name, password=password, is_staff=True, **fields)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client
