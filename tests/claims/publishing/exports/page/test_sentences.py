import pytest
from django.utils import translation

from claims.publishing.exports.page import sentences
from claims.publishing.exports.page.readable import Moment

SUMMARY = {"summary": {"language": "fr", "language_label": "French"}, "summary_as_decided": None}


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [("12", "12", "12"), ("12", "21", "12–21"), ("12", None, "12"), (None, "21", "21"), (None, None, "")],
)
def test_a_figure_is_a_number_or_a_span(low, high, told):
    assert sentences.amount({"low": low, "high": high}) == told


@pytest.mark.parametrize(
    ("verdict", "language", "said"),
    [
        (SUMMARY, "en", "The summary is in French, as written for the verdict."),
        (SUMMARY, "fr", ""),
        ({**SUMMARY, "summary_as_decided": {"text": "Fermé."}}, "en", ""),
        ({**SUMMARY, "summary": {"language": ""}}, "en", ""),
    ],
)
def test_a_summary_in_another_language_says_so(verdict, language, said):
    assert sentences.summary_language(verdict, {"language": language}) == said


@pytest.mark.parametrize(
    ("answered", "searched", "found", "told"),
    [
        (None, None, 0, ["no answer"]),
        ("at", 1, 0, ["1 document searched", "nothing found"]),
        ("at", 7, 2, ["7 documents searched", "2 found"]),
        ("at", None, 1, ["1 found"]),
    ],
)
def test_a_search_says_what_came_of_it(answered, searched, found, told):
    assert sentences.search({"answered_at": answered, "searched": searched, "found": found}) == told


@pytest.mark.parametrize(
    ("searched", "told"),
    [
        (12, "On 27 Nov, 23:11 UTC it had found nothing in 12 documents."),
        (1, "On 27 Nov, 23:11 UTC it had found nothing in 1 document."),
        (None, "On 27 Nov, 23:11 UTC it had found nothing."),
    ],
)
def test_a_search_says_that_it_had_found_nothing_at_first(searched, told):
    at = Moment("2026-11-27T23:11:00Z", "27 Nov", "27 Nov, 23:11 UTC")
    first = {"answered_at": at, "searched": searched}
    facts = {"answered_at": "at", "searched": 90, "found": 5, "nothing_at_first": first}

    assert sentences.search(facts) == ["90 documents searched", "5 found", told]


def test_only_an_established_nearness_is_told():
    told = [sentences.nearness({"nearness": code, "nearness_label": code}) for code in ("primary", "unknown")]

    assert told == ["primary", ""]


def test_an_estimate_of_what_was_searched_is_named_as_one():
    facts = {"answered_at": "at", "searched": 1_200_000, "searched_about": True, "found": 0}

    assert sentences.search(facts) == ["about 1,200,000 documents searched", "nothing found"]


def reviewed(*findings):
    return {"reviews": [{"rating_label": rating, "said_label": said} for rating, said in findings]}


@pytest.mark.parametrize(
    ("language", "findings", "told"),
    [
        ("en", [("Refuted", "It was said"), ("Refuted", "It was said")], ""),
        (
            "en",
            [("Refuted", "It was said"), ("Disputed", "It was said")],
            "The reviewers differed: Refuted – Disputed.",
        ),
        (
            "en",
            [("Refuted", "It was said"), ("Disputed", "Not established")],
            (
                "The reviewers differed: Refuted – Disputed. "
                "The reviewers differed on whether it was said: It was said – Not established."
            ),
        ),
        (
            "fr",
            [("Yanlış", "Établi"), ("كاذب", "Non établi"), ("Yanlış", "Établi")],
            (
                "Les examens divergeaient\u00a0: Yanlış – كاذب. "
                "Les examens divergeaient sur la question de savoir si cela a été dit\u00a0: Établi – Non établi."
            ),
        ),
        ("fr", [], ""),
    ],
)
def test_each_thing_in_which_reviewers_differ_is_told(language, findings, told):
    with translation.override(language):
        assert sentences.differing_reviews(reviewed(*findings)) == told
