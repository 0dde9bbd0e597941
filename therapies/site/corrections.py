"""Keeps what a reader says is wrong on a page (/correct/). Nothing else on the public side writes to a database.

It keeps the words, the page and the release, and nothing of the reader. Spam is held off without knowing anybody:
a trap that people do not see, a minimum time to write, and a limit for the whole site and for each page.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import Error, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from therapies.models.curation import Correction  # noqa: TID251  (the one row that readers may add)
from therapies.serving import catalogue
from therapies.serving.query import QueryForm, Words
from therapies.serving.render import page

SHORTEST, LONGEST = 10, 3_000
LONGEST_PATH = 300
MOST_LINKS = 2
MOST_AN_HOUR, MOST_A_PAGE = 40, 8
QUICKEST, SLOWEST = timedelta(seconds=3), timedelta(hours=24)
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
PATIENCE = {"sqlite": "PRAGMA busy_timeout = 2000", "postgresql": "SET statement_timeout = 2000"}
SALT = "therapies.site.corrections"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the words were not kept, for the reader; `status` is the answer's."""

    message: str
    status: int = 400


class AddressForm(QueryForm):
    page = Words(longest=LONGEST_PATH)


def correct(request: HttpRequest) -> HttpResponse:
    form = AddressForm(request.GET)
    about = page_named(request.POST.get("page") or form.value("page"))
    text, refusal = request.POST.get("text", "").replace("\0", ""), None
    if request.method == "POST":
        refusal = receive(
            path=about,
            text=text,
            trap=request.POST.get("website", ""),
            ticket=request.POST.get("ticket", ""),
            release=catalogue.release().number,
        )
        if refusal is None:
            return redirect("correct_thanks")
    context = {"about": about, "text": text, "refusal": refusal, "messages": form.messages(), "ticket": ticket()}
    response = page(request, "therapies/site/correct.html", context, status=refusal.status if refusal else form.status)
    response["Cache-Control"] = "private, no-store"
    return response


def thanks(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/site/correct_thanks.html", {})


def ticket() -> str:
    """Says, unforgeably, when the form was made, and is good once. Stands in the form instead of a cookie."""
    return signing.dumps([int(timezone.now().timestamp()), secrets.token_hex(8)], salt=SALT)


def page_named(written: str) -> str:
    """The path of a page of this site without its question; “/” where it is none."""
    path = written.replace("\0", "").split("?")[0].split("#")[0][:LONGEST_PATH]
    if not path.startswith("/") or path.startswith(("//", settings.CURATORS_PATH)):
        return reverse("home")
    try:
        resolve(path)
    except Resolver404:
        return reverse("home")
    return path


def receive(*, path: str, text: str, trap: str, ticket: str, release: int) -> Refusal | None:
    """Keeps the words; None where they are kept (or silently dropped, when only a machine falls into the trap)."""
    text = text.strip()
    try:
        made, number = signing.loads(ticket, salt=SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return Refusal("The form did not arrive whole. Please send it again.")
    refusal = _unfit(text) or _wrong_time(made)
    if refusal:
        return refusal
    if trap:
        return None
    try:
        _wait_no_longer()
        with transaction.atomic():
            _one_at_a_time()
            if Correction.objects.filter(ticket=number).exists():
                return None  # sent twice, by a second click or by a machine: it is kept already
            refusal = _too_many(path)
            if refusal is None:
                _keep(path, text, release, number)
            return refusal
    except Error:
        message = "We cannot keep notes just now. Your words are still in the box: please try again in an hour."
        return Refusal(message, 503)


def _unfit(text: str) -> Refusal | None:
    if len(text) < SHORTEST:
        return Refusal("Please say in a sentence what is wrong.")
    if len(text) > LONGEST:
        return Refusal(f"Please keep it under {LONGEST:,} characters.")
    if len(LINK.findall(text)) > MOST_LINKS:
        return Refusal("Please name at most two web addresses.")
    return None


def _wrong_time(made: int) -> Refusal | None:
    age = timezone.now().timestamp() - made
    if 0 <= age < QUICKEST.total_seconds():  # less where the clock was put back: no sign of haste
        return Refusal("That was very quick. Please check your words and send them again.")
    return Refusal("The form is from yesterday. Please send it again.") if age > SLOWEST.total_seconds() else None


def _wait_no_longer() -> None:
    """A reader, and the thread that serves others too, waits two seconds for a database that is locked."""
    with connection.cursor() as cursor:
        cursor.execute(PATIENCE[connection.vendor])


def _one_at_a_time() -> None:
    """Nothing is kept between the count and the write. On SQLite a transaction begins with that lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Correction._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def _too_many(path: str) -> Refusal | None:
    lately = Correction.objects.filter(received_at__gt=timezone.now() - timedelta(hours=1))
    if lately.count() >= MOST_AN_HOUR or lately.filter(path=path).count() >= MOST_A_PAGE:
        return Refusal("Many notes came in during the last hour. Please try again later.", 429)
    return None


def _keep(path: str, text: str, release: int, ticket: str) -> None:
    Correction.objects.create(path=path, text=text, release=release, received_at=timezone.now(), ticket=ticket)
