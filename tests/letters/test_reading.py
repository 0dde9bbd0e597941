"""What have I been offered: letters in, their words explained; nothing stated that they do not say; nothing kept."""

import csv
import html
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Site
from therapies.letters import joined, marked
from therapies.letters.reading import read
from therapies.letters.terms import explains_itself, words_of_letters
from therapies.releases.bundle import Bundle
from therapies.search.lexicon import of_release

LINES = Path(__file__).with_name("letters.tsv").read_text(encoding="utf-8").splitlines()
LETTERS = list(csv.DictReader(LINES, delimiter="\t"))


def answer(client: Client, letter: str) -> str:
    """What the page says of a letter, without the letter itself and without the questions to ask."""
    page = client.get("/offered/", {"q": letter}).content.decode()
    main = re.sub("<form.*?</form>", "", page[page.index("<main") : page.index('id="offer-ask"')], flags=re.DOTALL)
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", main)).split()).lower()


@pytest.mark.parametrize("row", LETTERS, ids=lambda row: row["letter"][:40])
def test_a_letter_says_what_it_says_and_nothing_else(site: Site, client: Client, row: dict[str, str]) -> None:
    """`said` and `not_said` are what the page must and must not say; A|B in `said` is either."""
    said = answer(client, row["letter"])
    missing = [wanted for wanted in row["said"].split(";") if not any(way.lower() in said for way in wanted.split("|"))]
    invented = [words for words in (row["not_said"] or "").split("|") if words and words.lower() in said]
    assert (missing, invented) == ([], [])


def test_a_letter_is_taken_apart(site: Site) -> None:
    offer = read("IAPT step 3, 8 sessions HI CBT, group")
    (offered,) = offer.therapies
    assert [therapy.slug for therapy in offered.therapies] == ["cognitive-behavioral-therapy"]
    assert [amount.meaning for amount in offer.amounts] == ["8 sessions"]
    assert [words.written for words in offer.formats] == ["IAPT", "group"]
    assert [words.written for words in offer.words] == ["step 3"]
    assert offer.unknown == []


# ── The reading ──


@pytest.mark.parametrize(
    ("letter", "reading"),
    [
        ("group CBT, high intensity, 12 sessions", "Group CBT, high intensity, 12 sessions."),
        ("CBT, group, 12 x 90 min", "Group CBT, 12 sessions, 90 minutes each."),
        ("12 sessions of CBT or EMDR", "CBT or EMDR, 12 sessions."),
        ("IPT for depression, weekly", "IPT, every week, for depression."),
        ("not suitable for CBT, so we offer EMDR", "EMDR."),
        ("previous CBT", ""),
        ("20 sessions", ""),
        ("MI", ""),
    ],
)
def test_therapy_format_dose_and_concern_are_put_together(site: Site, letter: str, reading: str) -> None:
    assert read(letter).reading == reading


def test_the_usual_number_of_sessions_stands_beside_that_of_the_letter(site: Site) -> None:
    assert read("group CBT, 12 sessions").usual == "The usual is 8 to 12."


@pytest.mark.parametrize(
    "letter", ["CPT (12 sessions) or PE", "TMS 36 treatments, BA", "90791 and 90837, CBT 8 sessions"]
)
def test_a_number_that_may_belong_to_something_else_is_not_put_together(site: Site, letter: str) -> None:
    offer = read(letter)
    assert "sessions" not in offer.reading
    assert any("sessions" in meaning for _, meaning in offer.said)


def test_the_page_of_the_form_for_the_concern_is_offered(site: Site) -> None:
    assert "CBT for insomnia" in [page.name for page in read("CBT for sleep problems, insomnia").pages]


# ── The page: paper, sum, dose, steps ──


def test_group_and_a_therapy_are_the_entry_of_both_wherever_they_stand(site: Site) -> None:
    offer = read("HI-CBT for hoarding, 12 sessions, in a group")
    assert offer.joined
    assert offer.joined.slug == "group-cbt"
    assert offer.usual == "The usual is 8 to 12."
    assert read("CBT, 12 sessions").joined is None


def test_each_understood_word_has_its_number_on_paper(site: Site) -> None:
    paper = marked.of(read("group CBT\nfor low mood, no EMDR"))
    assert [(piece.text, piece.number) for piece in paper.pieces if piece.number] == [
        ("group CBT", 1),
        ("low mood", 2),
        ("no EMDR", 3),
    ]
    assert "".join(piece.text for piece in paper.pieces) == "group CBT\nfor low mood, no EMDR"
    assert [word.number for word in paper.words] == [1, 2, 3]
    assert "no to this" in paper.words[2].aside


@given(st.text(alphabet="CBT group12x6-8 sessions,.?no¶\n/", max_size=60))
def test_the_paper_loses_no_word(site: Site, text: str) -> None:
    offer = read(text)
    paper = marked.of(offer)
    said = "".join(piece.text for piece in paper.pieces)
    assert "".join(said.split()) == "".join(offer.letter.replace("¶", " ").split())


def test_each_concern_has_what_is_known_of_the_therapy_for_it(site: Site) -> None:
    together = joined.of(read("group HI-CBT for hoarding and depression, 12 sessions, step 3"))
    assert [found.concern.slug for found in together.concerns] == ["hoarding", "depression"]
    assert all(found.verdict for found in together.concerns)
    assert together.at_once is not None
    assert joined.of(read("CBT for depression")).at_once is None


@pytest.mark.parametrize(
    ("letter", "how", "name"),
    [
        ("family therapy for anorexia", "form", "Family-based treatment"),
        ("CBT for anorexia", "form", "Enhanced CBT for eating disorders"),
        ("CBT for low mood", "same", "Cognitive behavioral therapy"),
        ("IPT for persistent depression", "same", "Interpersonal psychotherapy"),
        ("play therapy for ADHD", "", ""),
    ],
)
def test_what_is_on_file_of_a_form_or_of_a_nearby_concern_is_shown(
    site: Site, letter: str, how: str, name: str
) -> None:
    (found,) = joined.of(read(letter)).concerns
    assert (how, name) in [*((pair.near.how, pair.near.name) for pair in found.near), ("", "")]
    assert bool(found.near) == bool(how)


def test_a_page_says_nothing_is_known_only_where_no_form_is_rated(site: Site, client: Client) -> None:
    said = answer(client, "family therapy for anorexia, 20 sessions")
    assert "as family-based treatment : recommended" in said
    assert "not known" not in said
    assert "not known" in answer(client, "play therapy for ADHD")


def test_a_therapy_that_names_its_concern_says_it_once(site: Site) -> None:
    assert read("CBT for panic").reading == "CBT for panic."


def test_the_usual_number_is_that_of_the_form_for_the_concern(site: Site) -> None:
    dose = joined.of(read("CBT for anorexia, 40 sessions")).dose
    assert dose
    assert dose.therapy.slug == "enhanced-cbt-for-eating-disorders"


@pytest.mark.parametrize(
    ("letter", "answer_begins"),
    [("12", "Yes"), ("4", "It is fewer"), ("30", "It is more"), ("6 to 10", "In part")],
)
def test_the_dose_stands_beside_the_usual_one(site: Site, letter: str, answer_begins: str) -> None:
    dose = joined.of(read(f"group CBT, {letter} sessions")).dose
    assert dose
    assert dose.usual == "8 to 12"
    assert dose.answer.startswith(answer_begins)
    assert dose.offered.high <= dose.most


def test_no_dose_is_drawn_where_the_letter_gives_none_or_several(site: Site) -> None:
    for letter in ("group CBT", "CBT 8 sessions, then 4 sessions", "20 sessions"):
        assert joined.of(read(letter)).dose is None


@pytest.mark.parametrize(("letter", "here"), [("step 3 CBT", [3]), ("Step 2/3", [2, 3]), ("12 steps", []), ("CBT", [])])
def test_the_steps_are_drawn_where_the_letter_names_one(site: Site, letter: str, here: list[int]) -> None:
    together = joined.of(read(letter))
    assert together.here == here
    assert [step.number for step in together.steps if step.here] == here
    assert bool(together.stairs) == bool(here)


def test_a_page_is_made_in_few_queries(
    site: Site, client: Client, most_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    letter = {"q": "group CBT or EMDR or IPT for hoarding, PTSD and depression, 12 sessions, step 3"}
    client.get("/offered/", letter)
    with most_queries(18):
        client.get("/offered/", letter)


@pytest.mark.parametrize(
    ("letter", "said"),
    [
        ("group, Tuesdays 18:00-19:30", "90 minutes each"),
        ("Visit limit 20/yr", "20 sessions a year"),
        ("Session 5 of 12", "12 in all"),
        ("CBT x6 completed", "6 sessions, completed"),
        ("PHQ 21→9", "from 21 to 9"),
        ("parents to join", "Who else comes"),
        ("28/40, EPDS 14", "28 weeks of pregnancy"),
        ("first date tbc", "Not yet decided"),
        ("up to 8 sessions per academic year", "up to 8 sessions per academic year"),
        ("weekly at first, then fortnightly", "weekly at first, then fortnightly"),
        ("CAT, 16 + 1 follow-up", "16 sessions"),
        ("every 2 weeks", "every two weeks"),
    ],
)
def test_kinds_of_amounts(site: Site, letter: str, said: str) -> None:
    assert any(said in meaning for _, meaning in read(letter).said)


@pytest.mark.parametrize(
    ("letter", "aside"), [("CBT x6 completed", "done"), ("?CPTSD", "unsure"), ("CBT to be completed", "")]
)
def test_what_is_over_or_unsure_is_not_offered(site: Site, letter: str, aside: str) -> None:
    assert read(letter).found[0].aside == aside


# ── Clauses: what is offered, refused, over, unsure, of somebody else ──


def asides(letter: str) -> dict[str, str]:
    return {found.written: found.aside for found in read(letter).found if found.cards}


@pytest.mark.parametrize(
    ("letter", "offered"),
    [
        ("Not recommended: psychodynamic therapy. Recommended: IPT", "IPT."),
        ("Contraindicated: EMDR. Plan: CBT", "CBT."),
        ("CBT is not indicated. Offer: IPT", "IPT."),
        ("CBT has been declined by the panel, so DBT", "DBT."),
        ("instead of psychoanalysis we suggest CAT", "CAT."),
        ("CAT rather than psychoanalysis", "CAT."),
        ("We do not have ACT here; CFT is available", "CFT."),
        ("We do not offer hypnotherapy. We do offer CBT-I.", "CBT-I."),
        ("She declined EMDR and wants CBT", "CBT."),
        ("You were offered EMDR but did not wish to take it up. CAT", "CAT."),
        ("He was offered CBT and turned it down. CAT", "CAT."),
        ("Counselling is not the best option. CAT", "CAT."),
        ("Schema therapy was considered but MBT fits better", "MBT."),
        ("low mood 6/12. CAT", "CAT, for low mood."),
        ("CAT in school", "CAT, school or college."),
        ("CAT for a depressive episode", "CAT, for depression."),
        ("The couple declined IBCT and CBT; they asked for CAT", "CAT."),
        ("CBT, EMDR and IPT are not available. CAT", "CAT."),
        ("Not suitable for trauma work (EMDR or CPT) at present. CAT", "CAT."),
        ("She found ACT unhelpful. MBT", "MBT."),
        ("You have already completed 12 sessions of CBT. We now offer DBT.", "DBT."),
        ("has had two courses of CBT, now DBT", "DBT."),
        ("attended 4 of 10 sessions of counselling. Now referred for IPT", "IPT."),
        ("CBT x6 completed. DBT", "DBT."),
        ("prev CBT x 2 and counselling x6. Now CAT", "CAT."),
        ("If CBT does not help, we offer EMDR.", "CBT and EMDR."),
        ("We have received your referral for CBT.", "CBT."),
        ("CBT is not only for adults", "CBT."),
        ("no later than May, CBT", "CBT."),
    ],
)
def test_only_what_is_offered_is_in_the_reading(site: Site, letter: str, offered: str) -> None:
    assert read(letter).reading == offered


@pytest.mark.parametrize(
    ("letter", "aside"),
    [
        ("Rule out OCD", "unsure"),
        ("r/o OCD", "unsure"),
        ("possible OCD", "unsure"),
        ("assessment for OCD", "unsure"),
        ("Family hx of OCD", "other"),
        ("father has OCD", "other"),
        ("your mother's OCD", "other"),
        ("no family history of OCD", "no"),
        ("previous OCD", "earlier"),
        ("OCD: none", "no"),
        ("10 year history of OCD", ""),
        ("mother of a 7 year old with OCD", ""),
        ("OCD and low mood", ""),
    ],
)
def test_a_concern_is_of_the_reader_only_where_the_letter_says_so(site: Site, letter: str, aside: str) -> None:
    assert asides(letter)["OCD"] == aside


@pytest.mark.parametrize(
    "letter",
    [
        "PHQ 19 GAD 16",
        "You scored 17 on the PHQ-9 and 13 on the GAD-7",
        "GAD-7 of 15",
        "HADS A12 D14",
        "R/O",
        "IES-R: 52",
    ],
)
def test_a_score_is_no_concern_and_no_therapy(site: Site, letter: str) -> None:
    offer = read(letter)
    assert (offer.concerns, offer.therapies) == ([], [])


@pytest.mark.parametrize(
    "letter",
    ["no cost to you", "If we do not hear from you", "no more than 24", "no referral needed", "not an emergency"],
)
def test_the_letter_says_no_only_to_something_that_has_a_meaning(site: Site, letter: str) -> None:
    assert read(letter).denied == []


@pytest.mark.parametrize(
    ("letter", "dose"),
    [
        ("sertraline 50 mg x 2 daily. CBT", "CBT."),
        ("CBT-I. Previously tried melatonin 2 mg for 4 weeks.", "CBT-I."),
        ("completed 12 sessions of CBT. Now IPT x 16.", "IPT, 16 sessions."),
        ("IPT, RTC 2/52", "IPT."),
        ("IPT. Waiting time to the first appointment is up to 6 weeks", "IPT."),
        ("on w/l for IPT, approx 9/12", "IPT."),
        ("waiting list is 18 weeks, then IPT over 12 weeks", "IPT, over 12 weeks."),
        ("waiting list for an 8-week IPT group", "Group IPT, over 8 weeks."),
        ("IPT, appt 08/07", "IPT."),
        ("IPT individual 1h + skills group 2h", "IPT, individual, group."),
    ],
)
def test_an_amount_is_of_what_its_own_clause_names(site: Site, letter: str, dose: str) -> None:
    assert read(letter).reading == dose


@pytest.mark.parametrize(
    ("letter", "denied"),
    [
        ("No psychotherapy at this time", "No psychotherapy"),
        ("We are unable to offer you therapy.", "unable to offer you therapy"),
        ("No further therapy offered", "No further therapy"),
        ("You are not suitable for our service", "not suitable for our service"),
        ("Discharged without treatment", "without treatment"),
        ("Therapy is not recommended", "Therapy is not recommended"),
    ],
)
def test_a_refusal_without_the_name_of_a_therapy_is_read(site: Site, letter: str, denied: str) -> None:
    offer = read(letter)
    assert denied in [offer.letter[start:end] for start, end in offer.denied]


@pytest.mark.parametrize("letter", ["He refused.", "no need for that", "Not eligible", "It wasn't seen", "never again"])
def test_a_no_that_reaches_nothing_is_listed(site: Site, letter: str) -> None:
    assert any(word.lower() in letter.lower() for word in read(letter).unknown)


# ── Words ──


@pytest.mark.parametrize(
    "letter",
    ["BSc, MSc", "Zoom ID 834 5567 9912", "ICD-11 6A05.0", "SI w/o plan", "Lutheran Family Svcs", "M/W/F", "HI there"],
)
def test_a_short_form_with_a_better_reading_is_no_therapy_and_no_format(site: Site, letter: str) -> None:
    offer = read(letter)
    shown = {words.written for words in (*offer.formats, *offer.providers)} - {"Zoom"}
    assert (offer.therapies, shown) == ([], set())


PIECES = """grupo sesiones lunes blorp 7B ESA50 Verhaltenstherapie Svcs XQZ 45 2/3 Ward Kayden Sudoku zapatos
CBT no group 12 sessions , . ( ) not declined weekly PHQ-9 for"""


@given(st.lists(st.sampled_from(PIECES.split()), max_size=14))
def test_every_word_is_plain_marked_or_listed(site: Site, words: list[str]) -> None:
    offer = read(" ".join(words))
    paper = marked.of(offer)
    shown = " ".join(
        [*(word.written for word in paper.words), *offer.unknown, *(found.written for found in offer.found)]
    )
    lexicon = of_release()
    missing = [word for word in words if word not in shown and not explains_itself(word, lexicon)]
    assert [word for word in missing if word.isalnum()] == []


@pytest.mark.parametrize(
    ("letter", "listed"),
    [("to attend Building Better Gardens, 30 sessions", "Building Better Gardens"), ("en grupo", "grupo")],
)
def test_a_name_that_we_do_not_know_is_listed_whole(site: Site, letter: str, listed: str) -> None:
    assert listed in read(letter).unknown


def test_a_short_form_with_several_meanings_asks_which(site: Site) -> None:
    offer = read("EFT with a psychologist")
    assert len(offer.therapies[0].therapies) == 3
    assert [words.written for words in offer.providers] == ["psychologist"]


@pytest.mark.parametrize(("letter", "is_open"), [("MI", True), ("CBT and MI", False)])
def test_what_stands_beside_settles_a_short_form(site: Site, letter: str, is_open: bool) -> None:
    assert read(letter).therapies[-1].is_settled != is_open


def test_hi_beside_si_is_no_high_intensity(site: Site) -> None:
    assert read("no SI or HI").aside[-1].notes == ["Homicidal ideation: thoughts of hurting somebody else."]
    assert "High intensity" in read("HI CBT, 8 sessions").therapies[0].explained.meaning.replace("-", " ")


def test_a_greeting_is_not_high_intensity(site: Site) -> None:
    assert read("hi there").words == []


def test_therapies_can_be_compared(site: Site) -> None:
    assert read("CBT or IPT").compare_url == "/compare/?t=cognitive-behavioral-therapy&t=interpersonal-psychotherapy"


@pytest.mark.parametrize(
    ("letter", "unknown"),
    [
        ("12 sessions of blorp", ["blorp"]),
        ("CPT 99999, 12345", ["CPT 99999", "12345"]),
        ("room 4, ASAM 2.1", ["room 4", "ASAM 2.1"]),
        ("dx Q99.99", ["Q99.99"]),
        ("the XQZ-9 team", ["XQZ-9"]),
        ("for two terms", ["two terms"]),
    ],
)
def test_what_is_not_recognized_is_listed(site: Site, letter: str, unknown: list[str]) -> None:
    assert set(unknown) <= set(read(letter).unknown)


@given(st.lists(st.from_regex(r"\A[A-Z]{4,6}\Z"), min_size=1, max_size=40, unique=True))
def test_no_short_form_vanishes(site: Site, words: list[str]) -> None:
    offer = read(" ".join(words))
    explained = [*offer.formats, *offer.providers, *offer.concerns, *offer.words, *offer.aside]
    explained += [offered.explained for offered in offer.therapies]
    shown = " ".join([*(found.written for found in explained), *offer.unknown]).lower()
    assert [word for word in words if word.lower() not in shown and read(word).unknown] == []


def test_every_entry_that_a_word_of_letters_stands_for_exists(site: Site, shipped: Bundle) -> None:
    notes = [note for notes in words_of_letters().notes.values() for note in notes]
    rows = [row for row in shipped["search_synonyms"] if row["kind"] == "letter"]
    assert len(notes) == len(rows)
    assert sum(len(note.cards) for note in notes) == sum(len(row["means"]) for row in rows)
    assert [row["term"] for row in rows if not row["note"].endswith((".", "?"))] == []


# ── Codes ──


def test_a_billing_number_is_explained_and_never_counts(site: Site) -> None:
    offer = read("CPT code 90837 with modifier 95, H0004 x 8")
    assert [words.written for words in offer.billing] == ["CPT code 90837", "H0004"]
    assert offer.therapies == []
    assert [meaning for _, meaning in offer.said] == ["8 times"]


def test_a_billing_number_says_that_its_meaning_is_to_be_checked(site: Site, client: Client) -> None:
    assert "check it with whoever sent the letter" in answer(client, "90837")


def test_a_diagnosis_code_leads_to_its_concern(site: Site) -> None:
    offer = read("F41.1, CBT 8 sessions")
    assert [words.card.slug for words in offer.concerns if words.card] == ["generalized-anxiety"]
    assert [amount.meaning for amount in offer.amounts] == ["8 sessions"]


# ── Danger ──


@pytest.mark.parametrize(
    "letter",
    [
        "Denies SI/HI",
        "denies suicidal ideation, CBT weekly",
        "no thoughts of self harm",
        "No current risk to self or others",
        "SI: denied, HI: none",
        "Crisis team (CRHTT) home treatment",
        "No evidence of suicidal intent.",
        "not an emergency",
        "fluoxetine 40mg od",
        "We met on Monday. You told me that you are safe and have no thoughts of ending your life.",
    ],
)
def test_what_a_clinic_denies_is_no_danger(site: Site, letter: str) -> None:
    assert not read(letter).danger


@pytest.mark.parametrize(
    "letter",
    [
        "active SI with plan",
        "Patient reports SI with plan. Start CAMS.",
        "Pt c/o SI w/o plan",
        "does not deny SI",
        "denies SI but took an overdose last night",
        "no one cares, I want to die",
        "he denies hitting me, he beats me every week",
        "No CBT yet. She wants to kill herself.",
        "denies everything, I am suicidal",
        "not safe, suicidal",
    ],
)
def test_danger_beside_a_no_still_shows_help(site: Site, letter: str) -> None:
    assert read(letter).danger


@pytest.mark.parametrize("before", ["", "We are glad to offer you eight sessions in a group. " * 36])
def test_danger_in_a_letter_shows_help_wherever_it_is(site: Site, client: Client, before: str) -> None:
    assert "help-panel" in client.get("/offered/", {"q": f"{before}CBT after a suicide attempt"}).content.decode()


# ── The page ──


def test_the_page_is_private_and_explains(site: Site, client: Client) -> None:
    response = client.get("/offered/", {"q": "8 sessions HI CBT, group"})
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert "Cognitive behavioral therapy" in response.content.decode()


def test_a_letter_is_read_in_few_queries(
    site: Site, most_queries: Callable[[int], AbstractContextManager[None]]
) -> None:
    read("CBT")
    with most_queries(6):
        read(LETTERS[-1]["letter"])


@pytest.mark.parametrize(
    "text", ["", "x" * 10_000, "((((", "🙂", "\x00", "NEAR AND", "99999999999 sessions", "‮אבג", "1-" * 900]
)
def test_odd_letters_get_a_page(site: Site, client: Client, text: str) -> None:
    assert client.get("/offered/", {"q": text}).status_code == 200
