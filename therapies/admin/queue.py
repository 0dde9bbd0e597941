"""The first page of the admin shows what is due, in order of risk; from there a curator works card after card."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from therapies.admin.card import halves_of
from therapies.admin.compared import form_of
from therapies.admin.links import EditAddresses, card_address, statements_of
from therapies.admin.render import render
from therapies.curate.checking import HeldAgainst, entry_of, second_look, still_right, week, working_piles
from therapies.curate.queue import REASONS, Piles, QueueCard
from therapies.curate.sign_off import PERMISSION as SIGN_OFF
from therapies.models import Correction, Source
from therapies.releases import bundle
from therapies.releases.merge import EntryKey, merge
from therapies.releases.publish import content_of, newest, reviews

MOST_SHOWN = 100


def index_context(request: HttpRequest) -> dict[str, Any]:
    """What the first page shows: the piles with their counts, and how many cards were worked this week."""
    piles = current_piles()
    rows = [(REASONS[slug], len(cards), _addressed(slug, cards[:3])) for slug, cards in piles.items() if cards]
    return {"piles": rows, "total": sum(count for _, count, _ in rows), "week": week(request.user)}


def current_piles(*only: str) -> Piles:
    """The cards of the working copy. Entries wait for a sign-off only if the site requires one."""
    content = bundle.dump()
    look_for_waiting = settings.REQUIRE_SIGN_OFF and (not only or {"waiting", "second-look"} & set(only))
    return working_piles(content, waiting=_waiting(content) if look_for_waiting else (), only=only)


def _waiting(content: bundle.Bundle) -> list[EntryKey]:
    merged = merge(working=content, last=content_of(newest()), reviews=reviews(), sign_off_needed=True)
    return [*merged.keeps_last, *merged.stays_out]


def _addressed(reason: str, cards: list[QueueCard]) -> list[tuple[QueueCard, str]]:
    return [(card, card_address(reason, card)) for card in cards]


# ── Screens ──


def pile_screen(request: HttpRequest, reason: str) -> HttpResponse:
    """The cards of one reason, as a list."""
    cards = _pile(request, reason)
    shown = _addressed(reason, cards[:MOST_SHOWN])
    context = {"reason": REASONS[reason], "cards": shown, "count": len(cards), "most": MOST_SHOWN}
    return render(request, "admin/queue/pile.html", REASONS[reason].title, **context)


def card_screen(request: HttpRequest, reason: str, kind: str, slug: str) -> HttpResponse:
    """One card: the entry beside its sources. A card that is done redirects to its pile."""
    cards = _pile(request, reason)
    position = _position(cards, kind, slug)
    if position is None:
        messages.info(request, "That card is done already.")
        return redirect("admin:pile", reason)
    card = cards[position]
    return _show(request, reason, cards, position, form_of(card, entry_of(card)))


def _show(
    request: HttpRequest, reason: str, cards: list[QueueCard], position: int, form: forms.Form | None
) -> HttpResponse:
    card, following = cards[position], _next_card(cards, position)
    entry = entry_of(card)
    context = {
        "reason": REASONS[reason],
        "card": card,
        "form": form,
        "position": position + 1,
        "count": len(cards),
        "next": card_address(reason, following) if following else "",
        "halves": halves_of(entry, card.field),
        "on_file": statements_of(entry) if isinstance(entry, Source) else "",
        "edit": EditAddresses()(card.kind, card.slug),
        "may_sign_off": request.user.has_perm(SIGN_OFF),
    }
    return render(request, "admin/queue/card.html", card.name, **context)


@require_POST
@permission_required("therapies.add_check", raise_exception=True)
def work_card(request: HttpRequest, reason: str, kind: str, slug: str) -> HttpResponse:
    """Records “still right” or “needs a second look”, then opens the next card."""
    cards = _pile(request, reason)
    position = _position(cards, kind, slug)
    if position is None:
        messages.info(request, "Somebody has done that card already.")
        return redirect("admin:pile", reason)
    card = cards[position]
    if card.digest != request.POST.get("digest"):
        messages.warning(request, "Somebody changed the entry while you were reading. Please read it again.")
        return redirect("admin:card", reason, kind, slug)
    form = form_of(card, entry_of(card), request.POST)
    if "second-look" in request.POST:
        second_look(card, by=request.user, note=request.POST.get("note", ""))
        messages.success(request, f"{card.name}: handed on for a second look.")
    elif form and not form.is_valid():
        return _show(request, reason, cards, position, form)
    else:
        compared = HeldAgainst(request.POST.get("against", ""), **(form.cleaned_data if form else {}))
        outcome = still_right(card, by=request.user, compared=compared)
        messages.success(request, f"{card.name}: {outcome}")
    following = _next_card(cards, position)
    return redirect(card_address(reason, following) if following else "admin:index")


def correction_screen(request: HttpRequest, number: int) -> HttpResponse:
    """What a reader wrote. POST closes it, with a line on what was done."""
    correction = Correction.objects.filter(pk=number).first()
    if correction is None or not request.user.has_perm("therapies.view_correction"):
        raise Http404("There is no such correction.")
    if request.method == "POST":
        if not request.user.has_perm("therapies.change_correction"):
            raise PermissionDenied
        correction.handled_at, correction.handled_by = timezone.now(), request.user  # type: ignore[assignment]
        correction.answer = request.POST.get("answer", "").strip()
        correction.save()
        messages.success(request, "The correction is closed.")
        return redirect("admin:index")
    return render(request, "admin/queue/correction.html", f"About {correction.path}", correction=correction)


def _pile(request: HttpRequest, reason: str) -> list[QueueCard]:
    if not request.user.has_perm("therapies.view_check"):
        raise PermissionDenied
    if reason not in REASONS:
        raise Http404(f"There is no pile “{reason}”.")
    return current_piles(reason)[reason]


def _position(cards: list[QueueCard], kind: str, slug: str) -> int | None:
    return next((n for n, card in enumerate(cards) if (card.kind, card.slug) == (kind, slug)), None)


def _next_card(cards: list[QueueCard], position: int) -> QueueCard | None:
    """The card after this one; after the last comes the first. None if this is the only card."""
    following = [*cards[position + 1 :], *cards[:position]]
    return following[0] if following else None
