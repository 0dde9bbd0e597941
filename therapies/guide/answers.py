"""The answers as they stand in the address, and the addresses that change one of them. Nothing else keeps them."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.urls import reverse

from therapies.guide.questions import AGE, ASKED, CONCERN, QUESTIONS, GuideQuestion, Wish
from therapies.models.vocabulary import AGE_WORDS, AGES
from therapies.serving import concerns
from therapies.serving.concerns import ConcernNames
from therapies.serving.describe import in_a_sentence
from therapies.serving.query import NotUnderstood, OneOf, PageNumber, QueryForm, Switch

LIST = "list"  # the step after the last question


class GuideForm(QueryForm):
    """The answers, one field a question; `safe` says that nobody is in danger, `step` which question is asked."""

    concern = ConcernNames()
    safe = OneOf({"yes"}, message="“{}” is no answer to whether somebody is in danger now.")
    age = OneOf(AGES, message="“{}” is no age group.")
    step = OneOf([*(question.slug for question in ASKED), LIST], message="“{}” is no step of the guide.")
    everything = Switch()
    page = PageNumber()

    def __init__(self, query: QueryDict) -> None:
        answers = {
            question.slug: OneOf(
                [wish.value for wish in question.answers], message=f"“{{}}” is no answer to “{question.text}”"
            )
            for question in QUESTIONS
        }
        super().__init__(query, answers)


@dataclass(slots=True)
class GuideQuery:
    """The answers, as far as they were understood."""

    wishes: dict[str, Wish]
    safe: bool = False
    concern: str = ""
    age: str = ""
    step: str = ""
    everything: bool = False
    messages: list[str] = field(default_factory=list)
    problems: list[NotUnderstood] = field(default_factory=list)
    page: int = 1

    def url(self, **changed: str) -> str:
        """The address with these answers; `changed` are names of the query with other values, or none."""
        pairs = {"safe": "yes"} | dict.fromkeys([question.slug for question in ASKED], "") | self.values
        pairs |= {"everything": "1" if self.everything else "", "step": self.step} | changed
        return reverse("guide", query={name: value for name, value in pairs.items() if value})

    @property
    def values(self) -> dict[str, str]:
        """Every answer by the question's name in the address."""
        given = {CONCERN.slug: self.concern, AGE.slug: self.age}
        given |= {slug: wish.value for slug, wish in self.wishes.items()}
        return {slug: value for slug, value in given.items() if value}

    @property
    def is_answered(self) -> bool:
        return bool(self.values)

    @property
    def is_started(self) -> bool:
        """Whether the question about safety is behind the reader."""
        return self.safe or self.is_answered

    @property
    def question(self) -> GuideQuestion | None:
        """The question that is asked; none where the list is shown. Answers without a step are all that was asked."""
        if self.problems and self.step:
            return CONCERN
        step = self.step or (LIST if self.is_answered else CONCERN.slug)
        return next((question for question in ASKED if question.slug == step), None)

    @property
    def narrows(self) -> str:
        """What the therapies have in common by the age and the concern, in words that follow “a therapy”."""
        if self.everything:
            return ""
        concern = concerns.every()[self.concern] if self.concern else None
        who = f" for {AGE_WORDS[self.age]}" if self.age else ""
        return who + (f" that is used or rated for {in_a_sentence(concern.everyday_name)}" if concern else "")

    @property
    def list_url(self) -> str:
        return self.url(step="" if self.is_answered else LIST)

    @property
    def narrowing(self) -> dict[str, list[str]]:
        """What narrows the list, by facet."""
        return {"condition": [self.concern] if self.concern else [], "age": [self.age] if self.age else []}


def read(query: QueryDict) -> GuideQuery:
    """The answers of the address; what is not understood becomes a sentence and is left out."""
    form = GuideForm(query)
    concern = concerns.read(form.value("concern"))
    wishes = {question.slug: question.wish(form.value(question.slug)) for question in QUESTIONS}
    asked = GuideQuery(
        {slug: wish for slug, wish in wishes.items() if wish},
        bool(form.value("safe")),
        concern.slug,
        form.value("age"),
        form.value("step"),
        form.value("everything"),
        [*form.messages(), *concern.messages],
        page=form.value("page"),
    )
    asked.problems = concern.problems(lambda slug: asked.url(**{CONCERN.slug: slug}))
    if not asked.is_started:  # no link leads past the question about safety
        asked.problems = [NotUnderstood(problem.label, problem.written) for problem in asked.problems]
    return asked
