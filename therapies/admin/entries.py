"""What the screens of all kinds share: history, sheets, help texts, and a slug that never changes."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import models
from django.forms import CheckboxSelectMultiple, Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from import_export.admin import ImportExportModelAdmin
from import_export.formats.base_formats import CSV, XLSX
from reversion.admin import VersionAdmin

from therapies.admin.grading import PlainTextarea
from therapies.admin.leads import close_after_saving, initial_of
from therapies.admin.sign_off import sign_off_selected
from therapies.curate.duplicates import same_names
from therapies.curate.history import keep_first_version
from therapies.curate.sheets import problems_of, resource_of
from therapies.curate.sign_off import PERMISSION as SIGN_OFF
from therapies.models.base import Entry
from therapies.models.fields import Lines, is_our_text


class EntryAdmin(ImportExportModelAdmin, VersionAdmin):
    """`hints` adds to the help text of fields; `checkboxes` names many-to-many fields that show all their choices."""

    hints: ClassVar[dict[str, str]] = {}
    checkboxes: ClassVar[tuple[str, ...]] = ()

    formats = [CSV, XLSX]
    import_template_name = "admin/entries/import.html"
    import_export_change_list_template = "admin/entries/change_list.html"
    change_form_template = "admin/entries/change_form.html"
    actions = [sign_off_selected]
    history_latest_first = True
    list_per_page = 50
    save_on_top = True
    show_full_result_count = False
    view_on_site = False
    show_facets = admin.ShowFacets.NEVER

    # ── The form ──

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = ["slug"] if obj else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_autocomplete_fields(self, request: HttpRequest) -> Any:
        """Relations are looked up by typing, except for the few that show all their choices at once."""
        relations = [*self.model._meta.many_to_many, *(f for f in self.model._meta.fields if f.many_to_one)]
        return [field.name for field in relations if field.name not in self.checkboxes]

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.hints:
            field.help_text = " ".join(filter(None, [str(field.help_text), self.hints[db_field.name]]))
        if field is not None and is_our_text(db_field):
            field.widget = PlainTextarea()
        if field is not None and isinstance(db_field, Lines) and not db_field.allowed:
            field.widget.attrs.update({"class": "vLargeTextField lines", "rows": 4})
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.checkboxes:
            kwargs["widget"] = CheckboxSelectMultiple()
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # ── The form, filled from a lead ──

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().get_changeform_initial_data(request), **initial_of(request, self.model.of_kind.slug)}

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        answer = super().response_add(request, obj, post_url_continue)
        closed = close_after_saving(request, self.model.of_kind.slug)
        return redirect("admin:pile", "leads") if closed and "_save" in request.POST else answer

    # ── History, which includes the state before the first change ──

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        entry = self.get_object(request, object_id) if object_id and request.method == "POST" else None
        if isinstance(entry, Entry):
            keep_first_version(entry)
        context = {"kind": self.model.of_kind.slug, "preview_address": self._preview(request, object_id)}
        return super().changeform_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def _preview(self, request: HttpRequest, object_id: str | None) -> str:
        """The address of the draft of the entry's public page; empty if its kind has no pages."""
        entry = self.get_object(request, object_id) if object_id and self.model.of_kind.route else None
        return reverse("admin:preview_page", args=[entry.get_absolute_url()[1:]]) if entry else ""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for name, other in same_names(form.instance)[:5]:
            messages.warning(request, f"“{name}” is also a name of {other}. Is one a copy of the other?")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        keep_first_version(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for entry in queryset:
            keep_first_version(entry)
        super().delete_queryset(request, queryset)

    # ── Signing off ──

    def has_sign_off_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(SIGN_OFF)

    # ── Sheets ──

    def get_resource_classes(self, request: HttpRequest) -> list[Any]:
        return [resource_of(self.model)]

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export_xlsx"
        return [path("export/xlsx/", self.admin_site.admin_view(self.export_xlsx), name=name), *super().get_urls()]

    def import_action(self, request: HttpRequest, **kwargs: Any) -> Any:
        page = super().import_action(request, **kwargs)
        result = page.context_data.get("result")
        if result is not None:
            page.context_data["problems"] = problems_of(result)
        return page

    def export_xlsx(self, request: HttpRequest) -> HttpResponse:
        """The list as it is filtered now, as a workbook; the library's own export gives CSV."""
        return self._do_file_export(XLSX(), request, self.get_export_queryset(request))
