"""Signing an entry off with the checklists, or many from a list, and the record to print."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from therapies.admin.card import halves_of
from therapies.admin.links import EditAddresses
from therapies.admin.render import render
from therapies.curate.checklists import CHECKLISTS, POINTS
from therapies.curate.sign_off import SignOffError, default_due, reason_to_refuse, sign_off
from therapies.models import KINDS, SignOff
from therapies.models.base import Entry
from therapies.releases import bundle
from therapies.releases.differences import Difference, differences
from therapies.releases.publish import content_of, newest


class SignOffForm(forms.Form):
    digest = forms.CharField(widget=forms.HiddenInput)
    boxes = forms.MultipleChoiceField(choices=list(POINTS.items()), required=False)
    next_due = forms.DateField(label="Look at it again on", widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label="Note, for colleagues", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean_next_due(self) -> date:
        day: date = self.cleaned_data["next_due"]
        if day <= timezone.localdate():
            raise forms.ValidationError("Choose a day in the future.")
        return day


def sign_off_screen(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The entry, what changed since the last release, and the boxes to tick."""
    entry = _entry(kind, slug)
    digest = bundle.entry_digest(bundle.row_of(entry))
    form = SignOffForm(request.POST or None, initial={"digest": digest, "next_due": default_due(timezone.localdate())})
    if request.method == "POST" and form.is_valid():
        try:
            record = sign_off(entry, by=request.user, **form.cleaned_data)
        except SignOffError as error:
            messages.error(request, str(error))
            return redirect("admin:sign_off", kind, slug)
        messages.success(request, f"You have signed off {entry}.")
        return redirect("admin:sign_off_record", record.pk)
    context = {
        "entry": entry,
        "form": form,
        "checklists": CHECKLISTS,
        "ticked": form["boxes"].value() or [],
        "refusal": reason_to_refuse(entry, by=request.user),
        "halves": halves_of(entry),
        "differences": _changed(kind, slug),
        "records": SignOff.objects.filter(kind=kind, slug=slug).select_related("reviewer"),
        "digest": digest,
        "edit": EditAddresses()(kind, slug),
        "alone": settings.ONE_PERSON_SITE,
    }
    return render(request, "admin/sign_off/entry.html", f"Sign off: {entry}", **context)


@permission_required("therapies.view_signoff", raise_exception=True)
def record_screen(request: HttpRequest, number: int) -> HttpResponse:
    """The dated record of a sign-off, to print."""
    record = SignOff.objects.select_related("reviewer").filter(pk=number).first()
    if record is None:
        raise Http404("There is no such sign-off.")
    entry = KINDS[record.kind].model._default_manager.filter(slug=record.slug).first() if record.kind in KINDS else None
    current = entry is not None and bundle.entry_digest(bundle.row_of(entry)) == record.digest
    checklists = [
        (title, [(text, slug in record.boxes) for slug, text in points.items()]) for title, points in CHECKLISTS.items()
    ]
    context = {"record": record, "entry": entry, "current": current, "checklists": checklists}
    return render(request, "admin/sign_off/record.html", f"Sign-off of {record.kind}/{record.slug}", **context)


@admin.action(description="Sign off the selected entries", permissions=["sign_off"])
def sign_off_selected(model_admin: Any, request: HttpRequest, queryset: Any) -> None:
    """Signs off the entries that the reviewer may sign off, and says which were refused and why."""
    signed = 0
    for entry in queryset:
        try:
            sign_off(entry, by=request.user)
        except SignOffError as error:
            messages.warning(request, f"{entry}: {error}")
        else:
            signed += 1
    if signed:
        messages.success(request, f"Signed off: {signed}.")


def _entry(kind: str, slug: str) -> Entry:
    if kind not in KINDS:
        raise Http404(f"There is no kind “{kind}”.")
    entry = KINDS[kind].model._default_manager.filter(slug=slug).first()
    if entry is None:
        raise Http404(f"There is no entry “{slug}”.")
    return entry


def _changed(kind: str, slug: str) -> list[Difference]:
    """How this entry differs from the last release."""
    last = content_of(newest())
    if last is None:
        return []
    now = bundle.dump()
    for content in (last, now):
        for row in content[kind]:
            row["reviewed_on"] = row["review_due"] = None  # set by publishing, not by a curator
    return [change for change in differences(last, now) if (change.kind, change.slug) == (kind, slug)]
