"""The site map: the curators' admin, and everything public."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("therapies.urls")),
]

handler400 = "therapies.views.errors.bad_request"
handler403 = "therapies.views.errors.forbidden"
handler404 = "therapies.views.errors.not_found"
handler500 = "therapies.views.errors.server_error"
