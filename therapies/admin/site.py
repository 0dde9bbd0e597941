"""The admin site of the curators."""

from django.contrib import admin


class CuratorSite(admin.AdminSite):
    site_header = "Therapy Explorer: curating"
    site_title = "Therapy Explorer"
    index_title = "What would you like to do?"
