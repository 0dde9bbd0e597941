"""A lead's screen: what to look for and where, and the two ways on. The form of an entry can be filled from a lead."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from therapies.admin.card import FieldLine, proposed_lines
from therapies.admin.links import EditAddresses
from therapies.admin.render import render
from therapies.curate.leads import close, filled_in
from therapies.models import KINDS, Lead

NAMED = "lead"  # the name of a lead in the address of the form that is filled from it


def lead_screen(request: HttpRequest, number: int) -> HttpResponse:
    """What to look for and where. POST closes it: an entry was made of it, or it is not so."""
    lead = Lead.objects.filter(pk=number, kind__in=KINDS).first()
    if lead is None or not request.user.has_perm("therapies.view_lead"):
        raise Http404("There is no such lead.")
    if request.method == "POST":
        return _close(request, lead)
    context = {
        "lead": lead,
        "lines": _lines(lead),
        "noun": KINDS[lead.kind].name,
        "make": _form_address(request, lead),
        "made": EditAddresses()(lead.kind, lead.slug),
    }
    return render(request, "admin/queue/lead.html", lead.title, **context)


def _close(request: HttpRequest, lead: Lead) -> HttpResponse:
    if not request.user.has_perm("therapies.change_lead"):
        raise PermissionDenied
    note = request.POST.get("note", "").strip()
    close(lead, by=request.user, note=f"Not so. {note}" if "not-so" in request.POST else note)
    messages.success(request, f"{lead}: closed.")
    return redirect("admin:pile", "leads")


def _lines(lead: Lead) -> list[FieldLine]:
    """What the entry would say, in words."""
    return proposed_lines(KINDS[lead.kind].model, filled_in(lead))


def _form_address(request: HttpRequest, lead: Lead) -> str:
    """The address of the form that makes an entry of the lead; empty if the curator may not make one."""
    options = KINDS[lead.kind].model._meta
    if not request.user.has_perm(f"{options.app_label}.add_{options.model_name}"):
        return ""
    return reverse(f"admin:{options.app_label}_{options.model_name}_add", query={NAMED: lead.pk})


# ── For the form of an entry ──


def open_lead(request: HttpRequest, kind: str) -> Lead | None:
    """The lead that the form's address names, if it is of this kind and nobody has handled it yet."""
    number = request.GET.get(NAMED, "")
    return Lead.objects.filter(pk=number, kind=kind, handled_at=None).first() if number.isdecimal() else None


def initial_of(request: HttpRequest, kind: str) -> dict[str, Any]:
    """What a form begins with that was opened from a lead; empty if it was not."""
    lead = open_lead(request, kind)
    return filled_in(lead) if lead else {}


def close_after_saving(request: HttpRequest, kind: str) -> bool:
    """Closes the lead that the form was opened from. Returns whether there was one."""
    lead = open_lead(request, kind)
    if lead:
        close(lead, by=request.user)
    return lead is not None
