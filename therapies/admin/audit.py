"""Who signed in or was refused, and who published, signed off or changed what: the newest first. Only reads."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from axes.models import AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse

from therapies.admin.render import render
from therapies.models import Release, SignOff

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    who: str
    what: str
    detail: str = ""


@permission_required("axes.view_accesslog", raise_exception=True)
def audit_screen(request: HttpRequest) -> HttpResponse:
    return render(request, "admin/audit.html", "Who did what", events=events(), most=MOST_SHOWN)


def events() -> list[Event]:
    """The newest events of all kinds together, the newest first."""
    every = [*_sign_ins(), *_publishing(), *_edits()]
    return sorted(every, key=lambda event: event.at, reverse=True)[:MOST_SHOWN]


def _newest(rows: Any, field: str) -> Any:
    return rows.order_by(f"-{field}")[:MOST_SHOWN]


def _sign_ins() -> list[Event]:
    successes = _newest(AccessLog.objects.all(), "attempt_time")
    failures = _newest(AccessFailureLog.objects.all(), "attempt_time")
    return [
        *(Event(row.attempt_time, row.username, "signed in", row.ip_address or "") for row in successes),
        *(Event(row.attempt_time, row.username, _refusal(row), row.ip_address or "") for row in failures),
    ]


def _refusal(row: AccessFailureLog) -> str:
    return "was locked out" if row.locked_out else "was refused"


def _publishing() -> list[Event]:
    releases = _newest(Release.objects.defer("bundle", "changes").select_related("published_by"), "number")
    sign_offs = _newest(SignOff.objects.select_related("reviewer"), "signed_at")
    return [
        *(
            Event(row.published_at, str(row.published_by or "a command"), f"published release {row.number}", row.notes)
            for row in releases
        ),
        *(Event(row.signed_at, str(row.reviewer), "signed off", str(row)) for row in sign_offs),
    ]


def _edits() -> list[Event]:
    verbs = {1: "added", 2: "changed", 3: "deleted"}
    rows = _newest(LogEntry.objects.select_related("user", "content_type"), "action_time")
    return [Event(row.action_time, str(row.user), verbs.get(row.action_flag, "changed"), _edit(row)) for row in rows]


def _edit(row: LogEntry) -> str:
    return f"{row.content_type}: {row.object_repr}. {row.get_change_message()}"
