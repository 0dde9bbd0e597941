"""Every number and word list that decides what a search finds and in which order. Imports nothing.

A score under 1 says how much of its words a query shares with an entry; from `SEGMENT` on the query contains a name of
it, from `WHOLE` on it is one. Everything was tuned on the judged queries: change nothing here without running
`make search-report` before and after.
"""

# ── Entries named by the query ──

WHOLE = 3.0  # the whole query is a name; nothing that it merely contains may come near
SEGMENT = 1.4  # the query contains a name; more than shared words can ever score
WORTH = {  # added by the kind of name: an entry's own name is surer than what people also say
    "name": 1.0, "abbreviation": 0.97, "plain": 0.93, "alias": 0.92, "lay": 0.9, "short": 0.89, "spanish": 0.88,
    "said": 0.88, "title": 0.85, "phrase": 0.85,
}  # fmt: skip
WITHOUT_OPENING = 0.15  # taken off where “what is …” had to be left out before the query was a name
WITHOUT_CLOSING = 0.3  # taken off where “… treatment” had to be left out as well: that may have been meant
LONGEST_SEGMENT = 8  # words; hardly any name is longer
SEGMENT_SHARE = 0.3  # how much of the query a name has to be; less is mentioned in passing
PASSING_SEGMENT = 0.5  # a name mentioned in passing
MINOR_KINDS = ("format", "technique")  # “my phone rings” is not about therapy by phone,
MINOR_SHARE = 0.6  # unless the name is most of the query;
MINOR_SEGMENT, MINOR_SHARE_WORTH = 0.3, 0.5  # until then it scores this, and half of its share
PROFESSION = 0.5  # “psychologist” mostly asks for help, so the profession comes after what it is for

# Short forms that are also everyday words: inside a sentence they count only in capitals.
EVERYDAY = frozenset(
    """act art cat get met net pit sit sad did wet craft start stair steps paths pact abc se st ad it up me na aa
    pe ed id rp cm ms sm tc ro dt an bad pip cams prep using loss trans speed parts crack coke ice pot sp pa""".split()  # noqa: SIM905
)
# Words around a name that only ask about it: “what is CBT”, “I was diagnosed with ADHD”.
OPENERS = frozenset(
    """what whats which how who where is are does do can i we my have has had need want the a an about for to of with on
    help best good therapy therapies treatment treatments therapist counseling psychotherapy suffer suffering from get
    rid deal dealing cope coping managing manage overcome overcoming symptoms symptom got diagnosed treat treating
    me im am explain meaning define definition information info tell that thing called terapia tratamiento
    para el la los las que es tengo sufro de ayuda con mi""".split()  # noqa: SIM905
)
CLOSERS = frozenset(
    """therapy therapies treatment treatments therapist therapists counseling counselor psychotherapy help disorder
    problems problem issues issue options symptoms mean means work please nhs online near me for in adults adult
    meaning definition advice support information info stand is does do what how tratamiento terapia""".split()  # noqa: SIM905
)
# Ages are written out as often as in digits; the place in the list is the age less one.
AGES_IN_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
)  # fmt: skip

# ── Entries with a code ──

CODE = 4.0  # a code is as sure as a whole name, and is asked for alone
CODE_STEP = 0.05  # less for each further entry, so that the nearest code comes first
MOST_CODED = 12  # a family of codes fits into the results

# ── Entries that share words with the query ──

MOST_LINES = 220  # names that are compared, the best by bm25; it bounds the time of a search
LONGEST_MEANING = 4  # words; no synonym of the curators is longer
SYNONYM = 0.72  # how well a synonym stands for the word
ENDING = 0.85  # how well a stem stands for one that only goes on after it
LEAST_WEIGHT = 0.5  # the commonest word of a query still counts as one
LIGHT_WEIGHT = 0.2  # of words that carry a phrase but tell little apart
QUERY_POWER, LINE_POWER = 0.9, 0.45  # the share of the query counts about twice as much as that of the name
LONG_QUERY = 4  # words, from which a query tells a story of which no name holds all;
CLOSE_LINE = 0.6  # a name that it holds most of
LONG_QUERY_WORTH = 0.55  # then scores this much of its share,
LONG_QUERY_DIRECT = 2  # if at least so many words match directly,
LONG_QUERY_SHARE = 0.4  # and this part of it depends on how much of the query that is
HALF_MISSED, HALF_MISSED_SHARE = 0.75, 0.6  # half of the words missed, and less than this share of the query: unlikely
LINE_WORTH = 0.15  # how much of a score depends on the kind of name
TOGETHER = 0.25  # how much of it on all names of the entry together: each may hold another word
TOGETHER_LEAD = 0.35  # but those together may exceed the best name alone only by this
LINE_PRIOR = 0.3  # how much of the prior counts while shared words are compared

# ── Entries whose page holds the words: the last resort ──

TEXT_UNDER = 0.75  # pages are only searched where no name scores this
TEXT = {"condition": 0.42, "therapy": 0.38}  # what a page is worth by its kind: less than a fair match by name
OTHER_TEXT = 0.3
TEXT_STEP = 0.01  # less for each further page
MOST_TEXTS = 12
TEXT_COLUMNS = (10, 6, 1)  # bm25: the name, all other names, the text
COMMON_WORD = 8  # pages; a single word that is on more of them says nothing

# ── Therapies for the condition that was found ──

HELPS_FROM = 0.6  # what the condition has to score, also as a share of the best: else it may not be meant
HELPS_SHARE, MOST_BY_HELPS = 0.62, 0.75  # its therapies score this share of it, at most that: behind the condition
HELPS_STEP = 0.03  # less for each further one
MOST_HELPS = 5  # the condition's own page has them all

# ── Which entries are wanted more often ──

PRIORS = {"technique": -0.06, "format": -0.06, "topic": -0.05, "glossary": -0.1, "family": -0.12}  # few look for these
PROGRAM_PRIOR = -0.05  # a program comes after the approach that it belongs to
DISCOURAGED_PRIOR = -0.1  # what is warned against should not come first by chance
MOST_STATEMENTS, STATEMENT_WORTH = 40, 0.001  # what much is written about is better known, up to a point
HIT_PRIOR = 0.5  # how much of the prior counts in the end

# ── What is left out ──

MOST_HITS = 30
FAR_BEHIND = 0.42  # the share of the best score (or of 1) under which a hit is left out
NOTHING_UNDER = 0.34  # the score under which a hit is left out, whatever the best is
NOTHING_UNDER_OF_A_PERSON = 0.14  # the same where somebody writes about a life: then a weak match is better than none
PERSONAL = frozenset(  # words by which we know that
    """cant dont wont cannot scared afraid i im ive ill my me myself he hes his she shes her him we our us they son
    daughter kid kids child wife husband mom dad mum boyfriend girlfriend partner brother sister someone people
    mi mis me yo nos siento tengo estoy""".split()  # noqa: SIM905
)

# ── Misspelled words ──

RESPELLED_GAIN = 0.05  # how much better the corrected words must score before they are searched instead
NAMED_RANK = 2  # rank of a word that occurs in some name or synonym; 1 is only in a text (releases/search_index.py)
MOST_CANDIDATES = 25  # words that are compared closely
SAME_SOUND = 1.1  # letters that the same sound makes up for
OTHER_START = 0.4  # letters that a different first one counts extra: people rarely get it wrong
RANK_WORTH, USE_WORTH, MOST_USES = 0.1, 0.02, 30  # of two words as near the better known one is meant
BY_SOUND_ONLY = 9.0  # counts as this many letters: behind every word that is spelled alike
MOST_UNKNOWN, MOST_NEAR, MOST_OFFERED = 3, 3, 6  # unknown words looked at, words for each, and words offered in all

# ── Suggestions while somebody types ──

ORDER = {  # the kind of name, best first; other parts of the order are small beside it
    "name": 0.0, "abbreviation": 0.0, "short": 0.3, "plain": 0.5, "alias": 1.0, "lay": 1.0, "spanish": 2.0,
    "said": 2.5, "phrase": 3.0, "title": 4.0,
}  # fmt: skip
FROM_EVERY_WORD = ("name", "alias", "plain", "lay")  # these are also found by a later word, the rest by their first
EXACT = -3.0  # a name that is typed in full comes first
LATER_WORD = 1.5  # one that begins so at a later word comes after those that begin with it
ORDER_PRIOR = 4.0  # what is wanted more often comes earlier,
ORDER_WORD = 0.02  # and a shorter name
MOST_STARTING = 400  # names looked at for a prefix; two letters may begin thousands
MOST_SUGGESTIONS = 8
