"""What stands in a statement as the body's own words, and what of it is a remark of ours. Pure.

Readers see the field behind “In their words:”, in quotation marks. How we came by the words belongs in `basis`, and who
exactly they are about in `population_note`.
"""

import re

REMARK = re.compile(
    r"[\[\]]"
    r"|(?<![\w-])reported\b"
    r"|\bas (?:[\w’'.-]+ ){1,5}(?:reports?|says|puts it|quotes?|gives? it)\b"
    r"|\b(?:not|never) (?:yet )?(?:read|seen|opened|quoted)\b"
    r"|\bnot (?:given |printed )?in the (?:abstract|copy|report|summary)\b"
    r"|\bno (?:level|grade|strength) (?:is|was) (?:printed|given)\b"
    r"|\((?:[^()]*\b)?to (?:be )?check(?:ed)?\)"
    r"|\((?:named as\b|as named\b|review['’]s label|draft wording|guideline wording)"
    r"|\bissued verb\b",
    re.IGNORECASE,
)


def remark_in(words: str) -> str:
    """The part of the text that no body wrote; empty if there is none."""
    found = REMARK.search(words)
    return found.group() if found else ""


def remark_message(words: str) -> str:
    """What to mend in the words of a body; empty if they are its own."""
    remark = remark_in(words)
    if not remark:
        return ""
    return f"“{remark}” is a remark of ours. Leave only the body’s own words here; “basis” says how we know them."
