"""Imports a whole catalogue as a JSON bundle: first shows what would change, then imports all of it or nothing."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from therapies.admin.render import first_differences, render
from therapies.curate.bundle_import import import_bundle
from therapies.models import KINDS
from therapies.releases import bundle
from therapies.releases.differences import differences
from therapies.rules.release import blocking_problems

MOST_SHOWN = 100
MOST_BYTES = 50 * 1024 * 1024
CHANGE_EVERYTHING = [f"therapies.change_{kind.model._meta.model_name}" for kind in KINDS.values()]


class BundleForm(forms.Form):
    file = forms.FileField(label="Bundle", help_text="A file like the one at /catalogue.json.")

    def clean_file(self) -> bundle.Bundle:
        """The bundle in the file, in the shape of today's models."""
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 50 MB.")
        try:
            return bundle.parse(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError("The file is not text in UTF-8.") from error
        except bundle.BundleError as error:
            raise forms.ValidationError(str(error)) from error


@permission_required(CHANGE_EVERYTHING, raise_exception=True)
def import_screen(request: HttpRequest) -> HttpResponse:
    """POST with the button “import” replaces the working copy; any other POST only shows what would change."""
    form = BundleForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"]
        problems = blocking_problems(content, today=timezone.localdate())
        if "import" in request.POST and not problems:
            changed = import_bundle(content, by=request.user)
            messages.success(request, f"The working copy is now the same as the bundle; {changed} entries changed.")
            return redirect("admin:index")
        changes = differences(bundle.dump(), content)
        context |= {"looked": True, "count": len(changes), "problems": problems[:MOST_SHOWN]}
        context |= first_differences(changes, MOST_SHOWN)
    return render(request, "admin/import_bundle.html", "Import a bundle", **context)
