"""Makes the curators' admin site the default one, and registers the screens with it."""

from importlib import import_module

from django.contrib.admin.apps import AdminConfig


class ExplorerAdminConfig(AdminConfig):
    default_site = "therapies.admin.site.CuratorSite"

    def ready(self) -> None:
        super().ready()
        import_module("therapies.admin.screens")  # the screens need the site, so they come after it
