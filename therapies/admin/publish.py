"""The publish screen, the list of releases, and going back to one."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from therapies.admin.links import EditAddresses
from therapies.admin.render import first_differences, render
from therapies.models import KINDS, Release
from therapies.releases.build import read_stamp
from therapies.releases.differences import from_data
from therapies.releases.merge import EntryKey
from therapies.releases.publish import Candidate, PublishError, make_candidate, newest_number, publish, revert
from therapies.rules.problems import Problem

PERMISSION = "therapies.publish_release"
MOST_SHOWN = 200


class NotesForm(forms.Form):
    notes = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        label="What changed, for readers",
        help_text="One or two plain sentences. They appear in the public change log.",
    )
    seen_digest = forms.CharField(widget=forms.HiddenInput, required=False)


@dataclass(frozen=True, slots=True)
class FateList:
    """The entries that share a fate, with links to their screens."""

    title: str
    meaning: str
    entries: list[tuple[str, str, str]]  # kind, name, address ("" if the entry is gone)
    open: bool = False


@permission_required(PERMISSION, raise_exception=True)
def publish_screen(request: HttpRequest) -> HttpResponse:
    """What the next release would change; POST makes it."""
    form = NotesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            release = publish(
                notes=form.cleaned_data["notes"], by=request.user, seen_digest=form.cleaned_data["seen_digest"]
            )
        except PublishError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"Release {release.number} is published and live.")
            return redirect("admin:release", release.number)
    candidate = make_candidate()
    form = NotesForm(
        {**request.POST.dict(), "seen_digest": candidate.digest} if request.POST else None,
        initial={"seen_digest": candidate.digest},
    )
    return render(request, "admin/publish.html", "Publish", form=form, **_context_of(candidate))


def _context_of(candidate: Candidate) -> dict[str, object]:
    edit = EditAddresses()
    return {
        "candidate": candidate,
        "lists": _fate_lists(candidate, edit),
        **first_differences(candidate.differences, MOST_SHOWN),
        "blocking": [(problem, edit(problem.kind, problem.slug)) for problem in candidate.blocking],
        "warnings": _by_rule([problem for problem in candidate.problems if not problem.blocks], edit),
        "sign_off_needed": settings.REQUIRE_SIGN_OFF,
    }


def _fate_lists(candidate: Candidate, edit: EditAddresses) -> list[FateList]:
    def entries(keys: list[EntryKey]) -> list[tuple[str, str, str]]:
        return [(KINDS[kind].name, candidate.names[kind, slug], edit(kind, slug)) for kind, slug in keys]

    return [
        FateList(title, meaning, entries(getattr(candidate.merged, fate)), fate != "goes_in")
        for fate, title, meaning in FATES
    ]


FATES = [
    ("goes_in", "Goes in", "New or changed, and ready."),
    (
        "keeps_last",
        "Keeps its last text",
        "Edited and not signed off since. Readers go on seeing the text of the last release.",
    ),
    ("stays_out", "Stays out", "New, and never signed off."),
    ("leaves", "Leaves", "Deleted here, so it leaves the site."),
]
WARNING_TITLES = {
    "unchecked": "to be checked against their document",
    "superseded": "rest on a superseded source",
    "missing": "with answers not written yet",
    "words": "with words that are hard to read",
    "name": "that share a name",
    "length": "with a text that is too long",
    "shared": "with a sentence that another entry has too",
    "source": "with a number or a mark that has no source",
    "link": "with a link that leads nowhere",
    "abbreviation": "with an abbreviation that is not spelled out",
}


def _by_rule(problems: list[Problem], edit: EditAddresses) -> list[tuple[str, list[tuple[Problem, str]]]]:
    """(title with count, problems with the addresses of their screens) for each rule; long lists are cut."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.rule, []).append(problem)
    return [
        (
            f"{len(group)} {WARNING_TITLES.get(rule, rule)}",
            [(problem, edit(problem.kind, problem.slug)) for problem in group[:MOST_SHOWN]],
        )
        for rule, group in groups.items()
    ]


# ── Releases ──


@permission_required("therapies.view_release", raise_exception=True)
def releases_screen(request: HttpRequest) -> HttpResponse:
    stamp = read_stamp(settings.CATALOGUE_PATH)
    releases = Release.objects.defer("bundle", "changes").select_related("published_by")[:MOST_SHOWN]
    return render(request, "admin/releases.html", "Releases", releases=releases, stamp=stamp)


@permission_required("therapies.view_release", raise_exception=True)
def release_screen(request: HttpRequest, number: int) -> HttpResponse:
    """What a release changed; POST publishes its content again."""
    release = Release.objects.defer("bundle").select_related("published_by").filter(number=number).first()
    if release is None:
        raise Http404(f"There is no release {number}.")
    if request.method == "POST":
        return _revert(request, number)
    changes = first_differences(from_data(release.changes), MOST_SHOWN)
    is_newest = number == newest_number()
    return render(request, "admin/release.html", f"Release {number}", release=release, is_newest=is_newest, **changes)


def _revert(request: HttpRequest, number: int) -> HttpResponse:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    try:
        release = revert(number, notes=request.POST.get("notes", ""), by=request.user)
    except PublishError as error:
        messages.error(request, str(error))
        return redirect("admin:release", number)
    messages.success(request, f"Release {release.number} has the content of release {number} and is live.")
    return redirect("admin:release", release.number)
