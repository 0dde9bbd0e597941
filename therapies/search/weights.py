"""The numbers and word lists that decide what a search finds and in which order. Imports nothing.

A score under 1 says how much of its words a query shares with an entry; from `SEGMENT` on the query contains a name of
it, from `WHOLE` on it is one. Everything was tuned on the judged queries: change nothing here without running
`make search-report` before and after.
"""

# ── Entries that the query names ──

WHOLE = 3.0  # the whole query is a name; nothing that it merely contains may come near
SEGMENT = 1.4  # the query contains a name, which is more than shared words can score
WORTH = {  # added for the kind of name: an entry's own name is a surer match than a synonym
    "name": 1.0, "abbreviation": 0.97, "plain": 0.93, "alias": 0.92, "lay": 0.9, "short": 0.89, "spanish": 0.88,
    "synonym": 0.88, "title": 0.85, "phrase": 0.85,
}  # fmt: skip
WITHOUT_OPENING = 0.15  # subtracted if the query is a name only without its “what is …”
WITHOUT_CLOSING = 0.3  # subtracted if it is one only without its “… treatment”, which may have been meant
LONGEST_SEGMENT = 8  # words; longer names are only found whole
SEGMENT_SHARE = 0.3  # the share of the query that a name must make up; a smaller one is mentioned in passing
PASSING_SEGMENT = 0.5  # the score of a name that is mentioned in passing
MINOR_KINDS = ("format", "technique")  # rarely the subject of a query: “my phone rings” is not about therapy by phone
MINOR_SHARE = 0.6  # unless the name makes up this share of it
MINOR_SEGMENT, MINOR_SHARE_WORTH = 0.3, 0.5  # otherwise they score the first, and the second for their share
PROFESSION = 0.5  # “psychologist” mostly asks for help, so the profession ranks below what help is wanted for

# Short forms that are also everyday words: within a sentence they count only in capitals.
EVERYDAY = frozenset(
    """act art cat get met net pit sit sad did wet craft start stair steps paths pact abc se st ad it up me na aa
    pe ed id rp cm ms sm tc ro dt an bad pip cams prep using loss trans speed parts crack coke ice pot sp pa""".split()  # noqa: SIM905
)
# Words before and after a name that only ask about it: “what is CBT”, “ADHD in adults”.
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
AGES_IN_WORDS = (  # from one year on; people write out ages as often as they use digits
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
)  # fmt: skip

# ── Entries with a code ──

CODE = 4.0  # at least as sure as a whole name
CODE_STEP = 0.05  # subtracted for each place, so that the nearest code comes first

# ── Entries that share words with the query ──

MOST_NAMES = 220  # names that are compared, the best by bm25; this bounds the time of a search
LONGEST_MEANING = 4  # words; no synonym of the curators is longer
SYNONYM = 0.72  # the quality of a match with a synonym, where the word itself is 1
ENDING = 0.85  # the quality of a match with a word that only begins the same
LEAST_WEIGHT = 0.5  # of a word of the query, so that even the commonest counts
LIGHT_WEIGHT = 0.2  # a factor on words that hold a phrase together but tell few entries apart
QUERY_POWER, NAME_POWER = 0.9, 0.45  # exponents: the share of the query matters twice as much as that of the name
# A long query tells a story that no name holds; a name of which it holds most may score by that alone.
LONG_QUERY = 4  # telling words
CLOSE_NAME = 0.6  # the share of the name that the query must hold
LONG_QUERY_WORTH = 0.55  # the most that such a name scores
LONG_QUERY_DIRECT = 2  # telling words that must match for that
LONG_QUERY_SHARE = 0.4  # how much of the score depends on the share of the query
HALF_MISSED = 0.75  # a factor if half of the telling words match nothing,
HALF_MISSED_SHARE = 0.6  # and the rest is less than this share of the query
NAME_WORTH = 0.15  # how much of the score depends on the kind of name
TOGETHER = 0.25  # how much of it depends on all names of the entry together, as each may hold other words
TOGETHER_LEAD = 0.35  # how far they may be ahead of the best of them
NAME_PRIOR = 0.3  # how much of the prior of an entry counts here

# ── Entries whose text holds the words: the last resort ──

TEXT_UNDER = 0.75  # texts are searched only if no name scores this
TEXT = {"condition": 0.42, "therapy": 0.38}  # the score by kind of entry, below a fair match by name
OTHER_TEXT = 0.3
TEXT_STEP = 0.01  # subtracted for each place
MOST_TEXTS = 12
TEXT_COLUMNS = (10, 6, 1)  # for bm25: the name, all names, the text
COMMON_WORD = 8  # entries; a single word that more of them mention means nothing

# ── Therapies for the condition that is meant ──

HELPS_FROM = 0.6  # the score that the condition needs, and the share of the best score, to be taken as meant
HELPS_SHARE, MOST_BY_HELPS = 0.62, 0.75  # its therapies score this share of its score, and at most this: they follow it
HELPS_STEP = 0.03  # subtracted for each place
MOST_HELPS = 5  # the page of the condition lists them all

# ── The prior of an entry: how likely people are to look for it ──

PRIORS = {"technique": -0.06, "format": -0.06, "topic": -0.05, "glossary": -0.1, "family": -0.12}  # therapies: 0
PROGRAM_PRIOR = -0.05  # a program ranks below the approach that it belongs to
DISCOURAGED_PRIOR = -0.1  # what is warned against should not come first by chance
MOST_STATEMENTS, STATEMENT_WORTH = 40, 0.001  # the more bodies write about it the better it is known, up to a point
HIT_PRIOR = 0.5  # how much of the prior counts in the final order

# ── What is left out ──

MOST_HITS = 30
FAR_BEHIND = 0.42  # the share of the best score, or of 1 if that is lower, that a hit needs
NOTHING_UNDER = 0.34  # the score that any hit needs
NOTHING_UNDER_OF_A_PERSON = 0.14  # the same for somebody's own story, where a weak match is better than none
# Words by which we recognize such a story.
PERSONAL = frozenset(
    """cant dont wont cannot scared afraid i im ive ill my me myself he hes his she shes her him we our us they son
    daughter kid kids child wife husband mom dad mum boyfriend girlfriend partner brother sister someone people
    mi mis me yo nos siento tengo estoy""".split()  # noqa: SIM905
)

# ── Misspelled words ──

RESPELLED_GAIN = 0.05  # how much more the corrected words must score to be searched instead
NAMED_RANK = 2  # the rank of a word in some name or synonym; 1 is only in a text (see releases/search_index.py)
MOST_CANDIDATES = 25  # words that are compared closely
SAME_SOUND = 1.1  # wrong letters that the same sound makes up for
OTHER_START = 0.4  # wrong letters that a wrong first letter counts as in addition, because it is rare
RANK_WORTH, USE_WORTH, MOST_USES = 0.1, 0.02, 30  # of two words equally near, the better known one is meant
BY_SOUND_ONLY = 9.0  # as many wrong letters, so that it ranks below all that is spelled alike
MOST_UNKNOWN, MOST_NEAR, MOST_OFFERED = 3, 3, 6  # unknown words looked at, words for each, words offered in all

# ── Suggestions while somebody types ──

ORDER = {  # by the kind of name, lowest first
    "name": 0.0, "abbreviation": 0.0, "short": 0.3, "plain": 0.5, "alias": 1.0, "lay": 1.0, "spanish": 2.0,
    "synonym": 2.5, "phrase": 3.0, "title": 4.0,
}  # fmt: skip
FROM_EVERY_WORD = ("name", "alias", "plain", "lay")  # found by any of their words; other names only by the first
EXACT = -3.0  # a name typed in full comes first
LATER_WORD = 1.5  # a match of a later word comes after those of the first
ORDER_PRIOR = 4.0  # what more people look for comes earlier,
ORDER_WORD = 0.02  # and so does a shorter name
MOST_STARTING = 400  # names that are looked at; thousands may begin with the same two letters
MOST_SUGGESTIONS = 8
