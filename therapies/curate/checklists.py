"""What a reviewer ticks: points of published quality checklists (IPDAS v4, DISCERN, PEMAT-P), in our own words."""

CHECKLISTS: dict[str, dict[str, str]] = {
    "Fit for deciding (after IPDAS)": {
        "ipdas-condition": "It says what the problem is and what is to be decided.",
        "ipdas-options": "It names the other options.",
        "ipdas-good": "Good points are there.",
        "ipdas-hard": "Hard points are there, in equal detail.",
        "ipdas-living": "It says what going through it is like.",
        "ipdas-evidence": "It cites its evidence, with dates, and says how sure it is.",
    },
    "Sound information (after DISCERN)": {
        "discern-sources": "Sources are named and dated.",
        "discern-balance": "It is balanced.",
        "discern-how": "It says how the therapy works.",
        "discern-risks": "Benefits and risks are both described.",
        "discern-untreated": "It says what is known about doing nothing.",
        "discern-life": "It says what it means for daily life.",
        "discern-shared": "It supports deciding together with somebody.",
    },
    "Easy to understand and act on (after PEMAT)": {
        "pemat-purpose": "Its purpose is plain at once.",
        "pemat-words": "Everyday words; terms are explained where they are used.",
        "pemat-active": "Active voice, speaks to “you”.",
        "pemat-numbers": "Numbers are clear and need no sums.",
        "pemat-action": "There is at least one thing the reader can do.",
    },
}
POINTS = {slug: text for points in CHECKLISTS.values() for slug, text in points.items()}
