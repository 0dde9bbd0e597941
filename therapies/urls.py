"""The site map, in reading order. These addresses are a contract."""

from django.urls import path

from therapies.views import browse

urlpatterns = [
    path("therapies/", browse.browse),
]
