"""The site map: the curators' admin, and everything public."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path(settings.CURATORS_PATH.lstrip("/"), admin.site.urls),
    path("", include("therapies.urls")),
]

handler400 = "therapies.site.errors.bad_request"
handler403 = "therapies.site.errors.forbidden"
handler404 = "therapies.site.errors.not_found"
handler500 = "therapies.site.errors.server_error"
