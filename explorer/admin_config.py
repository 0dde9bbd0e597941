"""Makes the curators' admin site the default one."""

from django.contrib.admin.apps import AdminConfig


class ExplorerAdminConfig(AdminConfig):
    default_site = "therapies.admin.site.CuratorSite"
