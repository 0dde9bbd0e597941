"""The first page of the admin shows what is due, in order of risk; from there a curator works card after card."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from therapies.admin.card import halves_of
from therapies.admin.links import EditAddresses
from therapies.admin.render import render
from therapies.curate.checking import entry_of, second_look, still_right, week, working_piles
from therapies.curate.queue import REASONS, Piles, QueueCard
from therapies.curate.sign_off import PERMISSION as SIGN_OFF
from therapies.models import Correction
from therapies.releases import bundle
from therapies.releases.merge import EntryKey, merge
from therapies.releases.publish import content_of, newest, reviews

MOST_SHOWN = 100


def index_context(request: HttpRequest) -> dict[str, Any]:
    """What the first page shows: the piles with their counts, and how many cards were worked this week."""
    piles = current_piles()
    rows = [(REASONS[slug], len(cards), cards[:3]) for slug, cards in piles.items() if cards]
    return {"piles": rows, "total": sum(count for _, count, _ in rows), "week": week(request.user)}


def current_piles(*only: str) -> Piles:
    """The cards of the working copy. Entries wait for a sign-off only if the site requires one."""
    content = bundle.dump()
    look_for_waiting = settings.REQUIRE_SIGN_OFF and (not only or {"waiting", "second-look"} & set(only))
    return working_piles(content, waiting=_waiting(content) if look_for_waiting else (), only=only)


def _waiting(content: bundle.Bundle) -> list[EntryKey]:
    merged = merge(working=content, last=content_of(newest()), reviews=reviews(), sign_off_needed=True)
    return [*merged.keeps_last, *merged.stays_out]


# ── Screens ──


def pile_screen(request: HttpRequest, reason: str) -> HttpResponse:
    """The cards of one reason, as a list."""
    cards = _pile(request, reason)
    context = {"reason": REASONS[reason], "cards": cards[:MOST_SHOWN], "count": len(cards), "most": MOST_SHOWN}
    return render(request, "admin/queue/pile.html", REASONS[reason].title, **context)


def card_screen(request: HttpRequest, reason: str, kind: str, slug: str) -> HttpResponse:
    """One card: the entry beside its sources. A card that is done redirects to its pile."""
    cards = _pile(request, reason)
    position = _position(cards, kind, slug)
    if position is None:
        messages.info(request, "That card is done already.")
        return redirect("admin:pile", reason)
    card = cards[position]
    context = {
        "reason": REASONS[reason],
        "card": card,
        "position": position + 1,
        "count": len(cards),
        "next": _next_card(cards, position),
        "halves": halves_of(entry_of(card), card.field),
        "edit": EditAddresses()(kind, slug),
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
    if "second-look" in request.POST:
        second_look(card, by=request.user, note=request.POST.get("note", ""))
        messages.success(request, f"{card.name}: handed on for a second look.")
    else:
        outcome = still_right(card, by=request.user, against=request.POST.get("against", ""))
        messages.success(request, f"{card.name}: {outcome}")
    following = _next_card(cards, position)
    return redirect("admin:card", reason, following.kind, following.slug) if following else redirect("admin:index")


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
