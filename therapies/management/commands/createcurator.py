"""manage.py createcurator NAME --role Curator: makes an account, and says what its owner does next."""

import getpass
import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

ROLES = ("Curator", "Reviewer", "Publisher")


class Command(BaseCommand):
    help = "Makes an account for a curator, reviewer or publisher."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="The name to sign in with.")
        parser.add_argument("--role", action="append", choices=[*ROLES, "all"], help="May be given more than once.")
        parser.add_argument("--accounts", action="store_true", help="May also make and change accounts (superuser).")
        parser.add_argument("--generate", action="store_true", help="Make up a password and print it.")

    def handle(self, *args: Any, **options: Any) -> None:
        name, roles = options["name"], options["role"] or ["Curator"]
        if User.objects.filter(username=name).exists():
            raise CommandError(f"There is an account “{name}” already. Choose another name.")
        user = User(username=name, is_staff=True, is_superuser=options["accounts"])
        password = secrets.token_urlsafe(15) if options["generate"] else self._ask_password(user)
        user.set_password(password)
        user.save()
        user.groups.set(Group.objects.filter(name__in=ROLES if "all" in roles else roles))
        self.stdout.write(f"“{name}” can sign in at /admin/.")
        if options["generate"]:
            self.stdout.write(f"Password: {password}\nChange it after signing in.")
        if settings.REQUIRE_SECOND_FACTOR:
            self.stdout.write(
                "At the first sign-in the site shows a QR code: scan it with an authenticator app, "
                "type the six digits, and keep the recovery codes."
            )
        else:
            self.stdout.write("This site requires no second factor (REQUIRE_SECOND_FACTOR is off).")

    def _ask_password(self, user: User) -> str:
        try:
            password = getpass.getpass("Password (12 characters or more): ")
            again = getpass.getpass("Again: ")
        except EOFError as error:
            raise CommandError("There is no terminal to type a password in. Say --generate for one made up.") from error
        if password != again:
            raise CommandError("The two passwords are not the same. No account was made.")
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password
