"""The site map: the curators' admin, and everything public."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("therapies.urls")),
]
