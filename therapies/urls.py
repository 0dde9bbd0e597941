"""The site map, in reading order. These addresses are a contract."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from therapies.browse import views as browse
from therapies.compare import views as compare
from therapies.entries import views as entries
from therapies.evidence import views as evidence
from therapies.guide import views as guide
from therapies.handout import views as handout
from therapies.letters import views as letters
from therapies.quick import views as quick
from therapies.search import views as search
from therapies.site import about, corrections, freshness, help_now, home, learn, machine, offline, releases, styleguide

urlpatterns = [
    path("", home.home, name="home"),
    path("help-now/", help_now.help_now, name="help_now"),
    path("therapies/", browse.browse, name="therapies"),
    path("therapies/<str:slug>/", entries.therapy, name="therapy"),
    path("therapies/<str:slug>/handout/", handout.therapy, name="therapy_handout"),
    path("therapies/<str:slug>/handout.pdf", handout.therapy, name="therapy_pdf"),
    path("conditions/", entries.conditions, name="conditions"),
    path("conditions/<str:slug>/", entries.condition, name="condition"),
    path("conditions/<str:slug>/handout/", handout.condition, name="condition_handout"),
    path("conditions/<str:slug>/handout.pdf", handout.condition, name="condition_pdf"),
    path("techniques/", entries.techniques, name="techniques"),
    path("techniques/<str:slug>/", entries.technique, name="technique"),
    path("formats/", entries.formats, name="formats"),
    path("formats/<str:slug>/", entries.one_format, name="format"),
    path("families/", entries.families, name="families"),
    path("families/<str:slug>/", entries.family, name="family"),
    path("sources/", entries.sources, name="sources"),
    path("sources/<str:slug>/", entries.source, name="source"),
    path("guidelines/", entries.guidelines, name="guidelines"),
    path("compare/", compare.compare, name="compare"),
    path("compare/handout/", handout.comparison, name="comparison_handout"),
    path("compare/handout.pdf", handout.comparison, name="comparison_pdf"),
    path("evidence/", evidence.evidence, name="evidence"),
    path("guide/", guide.guide, name="guide"),
    path("search/", search.search, name="search"),
    path("search/suggest.json", search.suggest, name="suggest"),
    path("offered/", letters.offered, name="offered"),
    path("quick/", quick.quick, name="quick"),
    path("opensearch.xml", search.opensearch, name="opensearch"),
    path("learn/", learn.learn, name="learn"),
    path("learn/words-decoded/", learn.topic, {"slug": learn.GLOSSARY}, name="glossary"),
    path("learn/<str:slug>/", learn.topic, name="topic"),
    path("about/", about.about, name="about"),
    path("about/evidence/", about.evidence, name="about_evidence"),
    path("about/numbers/", about.numbers, name="about_numbers"),
    path("about/privacy/", about.privacy, name="privacy"),
    path("about/accessibility/", about.accessibility, name="accessibility"),
    path("about/freshness/", freshness.ledger, name="freshness"),
    path("releases/", releases.releases, name="releases"),
    path("releases/<int:number>/", releases.one_release, name="release"),
    path("releases.atom", releases.feed, name="releases_feed"),
    path("conditions/<str:slug>/changes.atom", releases.condition_feed, name="condition_feed"),
    path("correct/", corrections.correct, name="correct"),
    path("correct/thanks/", corrections.thanks, name="correct_thanks"),
    path("offline/", offline.offline, name="offline"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("catalogue.json", machine.catalogue_json, name="catalogue_json"),
    path("healthz", machine.healthz, name="healthz"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap, name="sitemap"),
]
# Everything but a correction is only read: any other method is answered with 405.
for route in urlpatterns:
    if route.name == "correct":
        route.callback = require_http_methods(["GET", "HEAD", "POST"])(route.callback)
    else:
        route.callback = require_safe(route.callback)
