"""The curators' admin site: who may enter, what the first page shows, and the screens that belong to no model."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse

from therapies.admin.second_factor import is_verified
from therapies.admin.sign_in import WINDOW, limiter

SECTIONS = {
    "What people read": ["Therapy", "Condition", "Technique", "Format", "Topic", "GlossaryTerm"],
    "What it rests on": ["Source", "Recommendation", "ConditionStatement", "Outcome", "PooledEffect"],
    "Help now": ["CrisisLine"],
    "How it is sorted": ["Family", "ConditionGroup"],
    "Words that search knows": [
        "SearchSynonym",
        "SearchIntent",
        "DangerPhrase",
        "CodeRange",
        "LookAlike",
        "AmbiguousTerm",
    ],
    "People": ["User", "Group"],
}


class CuratorSite(admin.AdminSite):
    site_header = "Therapy Explorer"
    site_title = "Therapy Explorer: curating"
    index_title = "What is due"
    enable_nav_sidebar = True

    def get_urls(self) -> list[URLPattern | URLResolver]:
        # the screens need the site, so they are imported after it
        from therapies.admin import (
            audit,
            bundle_import,
            grading,
            leads,
            preview,
            publish,
            queue,
            second_factor,
            sign_off,
        )

        card = "queue/<slug:reason>/<slug:kind>/<slug:slug>/"
        screens = [
            path("second-factor/", second_factor.second_factor, name="second_factor"),
            path("recovery-codes/", self.admin_view(second_factor.recovery_codes), name="recovery_codes"),
            path("audit/", self.admin_view(audit.audit_screen), name="audit"),
            path("import-bundle/", self.admin_view(bundle_import.import_screen), name="import_bundle"),
            path("queue/<slug:reason>/", self.admin_view(queue.pile_screen), name="pile"),
            path(card, self.admin_view(queue.card_screen), name="card"),
            path(f"{card}work/", self.admin_view(queue.work_card), name="work_card"),
            path("corrections/<int:number>/", self.admin_view(queue.correction_screen), name="correction"),
            path("leads/<int:number>/", self.admin_view(leads.lead_screen), name="lead"),
            path("sign-off/<slug:kind>/<slug:slug>/", self.admin_view(sign_off.sign_off_screen), name="sign_off"),
            path("sign-offs/<int:number>/", self.admin_view(sign_off.record_screen), name="sign_off_record"),
            path("preview/", self.admin_view(preview.preview), name="preview"),
            path("preview/<path:path>", self.admin_view(preview.preview), name="preview_page"),
            path("reading/", self.admin_view(grading.grade), name="reading"),
            path("publish/", self.admin_view(publish.publish_screen), name="publish"),
            path("releases/", self.admin_view(publish.releases_screen), name="releases"),
            path("releases/<int:number>/", self.admin_view(publish.release_screen), name="release"),
        ]
        return [*screens, *super().get_urls()]

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and is_verified(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Sends somebody who has passed the first step of signing in to the second; holds back who tries too often."""
        if request.method == "POST" and not limiter.allows(request.META.get("REMOTE_ADDR", "")):
            words = "Too many tries to sign in. Please wait a minute, then try again.\n"
            return HttpResponse(words, status=429, content_type="text/plain", headers={"Retry-After": str(WINDOW)})
        if super().has_permission(request) and not is_verified(request.user):
            query = request.GET.urlencode()
            return redirect(f"{reverse('admin:second_factor')}{f'?{query}' if query else ''}")
        return super().login(request, extra_context)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        from therapies.admin import queue

        return super().index(request, {**queue.index_context(request), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The models in the order of a curator's work, instead of by the package that defines them."""
        apps = super().get_app_list(request, app_label)
        if app_label is not None:
            return apps
        models = {model["object_name"]: model for app in apps for model in app["models"]}
        sections = [
            {"name": title, "app_label": f"section-{number}", "app_url": "", "has_module_perms": True, "models": listed}
            for number, (title, names) in enumerate(SECTIONS.items())
            if (listed := [models.pop(name) for name in names if name in models])
        ]
        rest = {"name": "Records", "app_label": "records", "app_url": "", "has_module_perms": True}
        return [*sections, *([rest | {"models": list(models.values())}] if models else [])]
