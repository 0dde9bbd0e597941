"""Pages to learn from, the glossary, and crisis lines."""

from django.db import models

from therapies.models.base import Entry
from therapies.models.evidence import Source
from therapies.models.fields import Lines, WebAddress


class Topic(Entry):
    """A learn page: main message first, what you can do at the end, sources with dates."""

    title = models.CharField(max_length=160)
    order = models.PositiveSmallIntegerField(default=100)
    main_message = models.TextField()
    body = models.TextField(help_text="Markdown: headings, lists, links inside the site, [^source] marks.")
    what_you_can_do = models.TextField(blank=True)
    sources = models.ManyToManyField(Source, blank=True, related_name="topics")
    related = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="related_to")
    phrases = Lines(help_text="What people type or ask that this page answers.")

    class Meta(Entry.Meta):
        ordering = ("order", "slug")  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.title


class GlossaryTerm(Entry):
    term = models.CharField(max_length=120)
    meaning = models.TextField()

    def __str__(self) -> str:
        return self.term


class CrisisLine(Entry):
    """A number to call in a crisis. It shows the date of the source it was seen in until a curator has checked it."""

    KINDS = {
        "emergency": "Emergency services",
        "helpline": "Helpline",
        "information": "Information line",
        "directory": "Directory",
    }
    ABOUT = {
        "": "Anybody in a crisis",
        "suicide": "Suicidal thoughts, or a crisis of any kind",
        "child": "Children and young people",
        "abuse": "Violence or abuse at home",
        "sexual-violence": "Rape and sexual assault",
        "poison": "Poisoning and overdose",
        "drugs": "Alcohol and drugs",
        "eating": "Eating disorders",
        "lgbtq": "LGBTQ+ people",
        "maternal": "Pregnancy and new parents",
        "veterans": "Veterans and soldiers",
        "other": "Somebody to talk to",
    }
    country = models.CharField(max_length=80)
    region = models.CharField(max_length=120, blank=True, help_text="The part of the country that it is for.")
    about = models.CharField("What it is for", max_length=20, blank=True, choices=list(ABOUT.items()))
    iso2 = models.CharField("Country code", max_length=5, blank=True)
    order = models.PositiveSmallIntegerField(
        default=100, help_text="Within the country; the lowest number comes first."
    )
    kind = models.CharField(max_length=20, choices=list(KINDS.items()))
    emergency_number = models.CharField(max_length=40, blank=True)
    line_name = models.CharField(max_length=160)
    phone = models.CharField(max_length=80, blank=True)
    text = models.CharField(max_length=120, blank=True)
    chat_url = WebAddress(blank=True)
    hours = models.CharField(max_length=160, blank=True)
    languages = models.CharField(max_length=160, blank=True)
    free = models.CharField("Free to call", max_length=80, blank=True)
    url = WebAddress(blank=True)
    seen = models.BooleanField(default=False)
    source_date = models.CharField(max_length=160, blank=True, help_text="The date of the source it was seen in.")
    checked = models.BooleanField(default=False, help_text="A curator has opened the official page and compared.")
    checked_on = models.DateField(null=True, blank=True)
    care_note = models.TextField(blank=True, help_text="How old the source is, and what to watch for.")

    def __str__(self) -> str:
        return f"{self.line_name} ({self.country})"
