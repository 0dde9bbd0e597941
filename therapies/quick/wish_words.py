"""What a clinician's line wishes for, such as “no medicines”, and which facts of a therapy meet it. Pure."""

import re
from dataclasses import dataclass

from therapies.quick.shorthand import Found

ANY = r"(?:any |the |her |his |their |a |more |further )?"
NO = (
    r"(?:no|not|non|without|w/o|never|refus(?:es?|ed|ing)|declin(?:es?|ed|ing)|reject(?:s|ed|ing)?|hat(?:es|ed)"
    r"|avoid(?:s|ed|ing)?|against|averse to|off|instead of|rather than|(?:can|could|would|will|wo|did|does|do|is|was)"
    r"(?: ?not|n[’']?t) (?:want|take|like|have|tolerate|keen on)|wont (?:take|have)|doesnt (?:want|like)|dont want"
    r"|not (?:keen on|wanting|willing to take|on)|(?:prefers|wants) (?:no|not))"
    r"(?: to (?:take|have|use|go on|start|try))?"
)
MEDICINE = (
    r"(?:medicines?|medications?|meds?|drugs|pills?|tablets?|antidepressants?|anti-depressants?|ssris?|snris?"
    r"|psychotropics?|drug (?:treatment|therapy)|pharmacotherapy)"
)


@dataclass(frozen=True, slots=True)
class CaseWish:
    """What a therapy should be like: one of `values` in this field of it. Without a field, nothing is judged.

    `lacks` says of a therapy that it is not so, and `unknown` what is not known of one.
    """

    slug: str
    name: str
    words: str
    field: str = ""
    values: frozenset[str] = frozenset()
    lacks: str = ""
    unknown: str = ""


IN_A_GROUP = frozenset(
    [
        "group",
        "closed-group",
        "slow-open-group",
        "multi-family-group",
        "class-or-course",
        "combined-individual-and-group",
    ]
)
ONE = frozenset({"individual", "combined-individual-and-group"})
WITH_FAMILY = frozenset({"family", "parent-or-carer-work", "multi-family-group"})
ONLINE = frozenset({"online-guided", "self-guided", "text-or-chat", "video"})
WHO, WHERE = "who takes part", "how it is given"
WISHES = (
    CaseWish("medicine", "no medicine", rf"{NO} {ANY}{MEDICINE}|(?:medications?|medicine|med|drug)[ -]free|unmedicated"
         r"|non-?pharma\w*|(?:medication|medicine|meds?)[ -]averse"),
    CaseWish("homework", "no tasks at home", rf"{NO} {ANY}(?:homework|tasks?(?: at home)?|worksheets?)"
         r"|homework[ -]free", "homework", frozenset({"no"}), "with tasks between meetings", "tasks at home"),
    CaseWish("one", "one to one", rf"{NO} {ANY}groups?(?: work| therapy)?|one[ -](?:to|on)[ -]one|1 ?[:-] ?1|1-to-1"
         r"|individual(?:ly)?(?: only)?", "participants", ONE, "not given one to one", WHO),
    CaseWish("group", "in a group", r"(?:in a |as a )?groups?(?: only| work| setting)?", "participants", IN_A_GROUP,
         "without a group form", WHO),
    CaseWish("family", "with family", r"with (?:the |her |his |their )?(?:whole )?(?:family|parents?|mum|mom|carers?)",
         "participants", WITH_FAMILY, "without a form for families", WHO),
    CaseWish("couple", "as a couple", r"as a couple|couples?"
         r"|with (?:a |the |her |his |their )?(?:partner|wife|husband|spouse)",
         "participants", frozenset({"couple"}), "without a form for couples", WHO),
    CaseWish("online", "online",
         r"(?:by |via )?(?:online|internet|telehealth|video(?: call)?|zoom|remote(?:ly)?|digital(?:ly)?)(?:[ -]only)?",
         "delivery", ONLINE, "not given online or by video", WHERE),
    CaseWish("phone", "by phone", r"(?:by |via |over the )?(?:tele)?phone(?:[ -]only)?", "delivery",
         frozenset({"phone"}), "not given by phone", WHERE),
    CaseWish("self", "on one’s own", r"(?:guided )?self[ -]?(?:help|guided)(?:[ -]only)?", "delivery",
         frozenset({"self-guided", "online-guided"}), "without a self-guided form", WHERE),
    CaseWish("in-person", "in person", r"in[ -]person(?:[ -]only)?|face[ -](?:to|2)[ -]face|f2f", "delivery",
         frozenset({"in-person"}), "not given in person", WHERE),
    CaseWish("brief", "up to 8 meetings", r"(?:brief|short)(?:[ -](?:term|course|therapy|treatment|only))?", "length",
         frozenset({"brief"}), "longer than 8 meetings", "length"),
)  # fmt: skip
WISH_WORDS = [(wish, re.compile(rf"(?<![\w-])(?:{wish.words})(?![\w-])", re.IGNORECASE)) for wish in WISHES]
BY_SLUG = {wish.slug: wish for wish in WISHES}


def wishes(text: str) -> list[Found]:
    """Every wish by its slug; words count for one, so that “no groups” is no wish for a group."""
    found: list[Found] = []
    for wish, words in WISH_WORDS:
        for match in words.finditer(text):
            one = Found(wish.slug, match.start(), match.end())
            if not one.overlaps(found):
                found.append(one)
    return sorted(found, key=lambda one: one.start)
