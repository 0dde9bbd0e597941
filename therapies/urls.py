"""The site map, in reading order. These addresses are a contract."""

from django.urls import path

from therapies.browse import views as browse
from therapies.compare import views as compare
from therapies.entries import (
    page_condition,
    page_conditions,
    page_families,
    page_family,
    page_formats,
    page_one_format,
    page_source,
    page_sources,
    page_technique,
    page_techniques,
    page_therapy,
)
from therapies.evidence import views as evidence
from therapies.guide import views as guide
from therapies.handout import views as handout
from therapies.search import views as search
from therapies.site import (
    about,
    home,
    learn,
    machine,
    offline,
    page_correction,
    page_freshness,
    page_help_now,
    page_releases,
    styleguide,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("help-now/", page_help_now.help_now, name="help_now"),
    path("therapies/", browse.browse, name="therapies"),
    path("therapies/<str:slug>/", page_therapy.therapy, name="therapy"),
    path("therapies/<str:slug>/handout/", handout.therapy, name="therapy_handout"),
    path("therapies/<str:slug>/handout.pdf", handout.therapy, name="therapy_pdf"),
    path("conditions/", page_conditions.conditions, name="conditions"),
    path("conditions/<str:slug>/", page_condition.condition, name="condition"),
    path("conditions/<str:slug>/handout/", handout.condition, name="condition_handout"),
    path("conditions/<str:slug>/handout.pdf", handout.condition, name="condition_pdf"),
    path("techniques/", page_techniques.techniques, name="techniques"),
    path("techniques/<str:slug>/", page_technique.technique, name="technique"),
    path("formats/", page_formats.formats, name="formats"),
    path("formats/<str:slug>/", page_one_format.one_format, name="format"),
    path("families/", page_families.families, name="families"),
    path("families/<str:slug>/", page_family.family, name="family"),
    path("sources/", page_sources.sources, name="sources"),
    path("sources/<str:slug>/", page_source.source, name="source"),
    path("compare/", compare.compare, name="compare"),
    path("compare/handout/", handout.comparison, name="comparison_handout"),
    path("compare/handout.pdf", handout.comparison, name="comparison_pdf"),
    path("evidence/", evidence.evidence, name="evidence"),
    path("guide/", guide.guide, name="guide"),
    path("search/", search.search, name="search"),
    path("search/suggest.json", search.suggest, name="suggest"),
    path("offered/", search.offered, name="offered"),
    path("quick/", search.quick, name="quick"),
    path("opensearch.xml", search.opensearch, name="opensearch"),
    path("learn/", learn.index, name="learn"),
    path("learn/words-decoded/", learn.topic, {"slug": learn.GLOSSARY}, name="glossary"),
    path("learn/<str:slug>/", learn.topic, name="topic"),
    path("about/", about.about, name="about"),
    path("about/evidence/", about.evidence, name="about_evidence"),
    path("about/privacy/", about.privacy, name="privacy"),
    path("about/accessibility/", about.accessibility, name="accessibility"),
    path("about/freshness/", page_freshness.ledger, name="freshness"),
    path("releases/", page_releases.releases, name="releases"),
    path("releases/<int:number>/", page_releases.one_release, name="release"),
    path("releases.atom", page_releases.feed, name="releases_feed"),
    path("conditions/<str:slug>/changes.atom", page_releases.condition_feed, name="condition_feed"),
    path("correct/", page_correction.correct, name="correct"),
    path("correct/thanks/", page_correction.thanks, name="correct_thanks"),
    path("offline/", offline.offline, name="offline"),
    path("service-worker.js", offline.service_worker, name="service_worker"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("catalogue.json", machine.catalogue_json, name="catalogue_json"),
    path("healthz", machine.healthz, name="healthz"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap, name="sitemap"),
]
