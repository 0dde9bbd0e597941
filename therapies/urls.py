"""The site map, in reading order. These addresses are a contract."""

from django.urls import path

from therapies.views import (
    about,
    browse,
    compare,
    condition,
    conditions,
    evidence,
    families,
    help_now,
    home,
    learn,
    machine,
    styleguide,
    therapy,
)

urlpatterns = [
    path("", home.home),
    path("help-now/", help_now.help_now),
    path("therapies/", browse.browse),
    path("therapies/<str:slug>/", therapy.therapy),
    path("conditions/", conditions.conditions),
    path("conditions/<str:slug>/", condition.condition),
    path("compare/", compare.compare),
    path("evidence/", evidence.evidence),
    path("families/", families.families),
    path("learn/", learn.index),
    path("learn/<str:slug>/", learn.topic),
    path("about/", about.about),
    path("about/evidence/", about.evidence),
    path("about/privacy/", about.privacy),
    path("about/accessibility/", about.accessibility),
    path("styleguide/", styleguide.styleguide),
    path("catalogue.json", machine.catalogue_json),
    path("healthz", machine.healthz),
    path("robots.txt", machine.robots),
    path("sitemap.xml", machine.sitemap),
]
