"""The guide's questions as data: each answer is a wish, and a wish names facets. Decides nothing and ranks nothing.

Two questions come before the wishes and narrow instead: the concern, and who it is for. Their answers are not here.
"""

from dataclasses import dataclass

FacetOption = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish. It is met by having one of `any_of`, or by having none of `none_of`."""

    value: str
    label: str
    words: str  # as it is written beside a therapy
    any_of: tuple[FacetOption, ...] = ()
    none_of: tuple[FacetOption, ...] = ()

    @property
    def facets(self) -> tuple[str, ...]:
        """The facets that must be known of a therapy to say whether it meets the wish."""
        return tuple(dict.fromkeys(facet for facet, _ in (*self.any_of, *self.none_of)))


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    slug: str
    text: str
    short: str  # as it is named where it was not answered
    answers: tuple[Wish, ...] = ()
    help: str = ""
    skip: str = "No preference"

    def wish(self, value: str) -> Wish | None:
        return next((answer for answer in self.answers if answer.value == value), None)


def _any(facet: str, *options: str) -> tuple[FacetOption, ...]:
    return tuple((facet, option) for option in options)


# Techniques in which painful memories are gone over in detail.
IN_DETAIL = _any(
    "technique",
    "imaginal-exposure",
    "trauma-narrative",
    "written-exposure",
    "imagery-rescripting",
    "bilateral-stimulation",
)

QUESTIONS = (
    GuideQuestion(
        "with",
        "Who would you like to take part?",
        "who takes part",
        (
            Wish("one", "Just me and a therapist", "one to one", _any("participants", "individual")),
            Wish(
                "group",
                "A group of people",
                "in a group",
                _any(
                    "participants",
                    "group",
                    "closed-group",
                    "slow-open-group",
                    "multi-family-group",
                    "class-or-course",
                    "combined-individual-and-group",
                ),
            ),
            Wish("couple", "Me and my partner", "as a couple", _any("participants", "couple")),
            Wish(
                "family",
                "My family, or I as a parent",
                "with family or parents",
                _any("participants", "family", "parent-or-carer-work", "multi-family-group"),
            ),
        ),
    ),
    GuideQuestion(
        "time",
        "Would you rather look at the past or the present?",
        "past or present",
        (
            Wish("present", "The present", "looks at the present", _any("focus", "present", "both")),
            Wish("past", "The past", "looks at the past", _any("focus", "past", "both")),
        ),
    ),
    GuideQuestion(
        "detail",
        "How do you feel about going over painful memories in detail?",
        "painful memories",
        (
            Wish("no", "I would rather not", "without going over memories in detail", none_of=IN_DETAIL),
            Wish("yes", "I would like to", "goes over memories in detail", any_of=IN_DETAIL),
        ),
        "Judged by the techniques that we list for each therapy.",
    ),
    GuideQuestion(
        "plan",
        "How planned should the meetings be?",
        "how planned",
        (
            Wish("planned", "Planned, step by step", "planned", _any("structure", "high", "medium")),
            Wish("open", "Open, following what I bring", "open", _any("structure", "low", "medium")),
        ),
    ),
    GuideQuestion(
        "tasks",
        "How do you feel about tasks between meetings?",
        "tasks",
        (
            Wish("yes", "I would like tasks", "with tasks between meetings", _any("homework", "yes", "some")),
            Wish("few", "A few are fine", "with few tasks", _any("homework", "some", "no")),
            Wish("no", "I would rather have none", "without tasks", _any("homework", "no")),
        ),
        "A diary, a walk you planned, something to read.",
    ),
    GuideQuestion(
        "place",
        "How would you like to meet?",
        "how to meet",
        (
            Wish("in-person", "In person", "in person", _any("delivery", "in-person")),
            Wish("remote", "By video or phone", "by video or phone", _any("delivery", "video", "phone")),
            Wish(
                "program",
                "An online course or book, with or without a helper",
                "as an online course or book",
                _any("delivery", "online-guided", "self-guided", "text-or-chat", "blended"),
            ),
        ),
    ),
    GuideQuestion(
        "length",
        "How long would you like it to last?",
        "how long",
        (
            Wish("brief", "Up to about 8 meetings", "up to 8 meetings", _any("length", "brief")),
            Wish("short", "A few months", "a few months", _any("length", "brief", "short")),
            Wish("long", "As long as it takes", "over many months", _any("length", "medium", "long")),
        ),
    ),
)

CONCERN = GuideQuestion("for", "What would you like help with?", "concern", skip="Skip")
AGE = GuideQuestion("age", "Who is it for?", "who it is for", skip="Skip")
ASKED = (CONCERN, AGE, *QUESTIONS)  # in the order in which they are asked, one a page
