import pytest

from claims.publishing.exports.page import search_reach_words

NOTHING = {"outlets": 0, "since": None, "providers": [], "checks_held": 0, "not_covered": []}


def provider(engine, answered=(), unanswered=(), reason=""):
    return {"engine": engine, "answered": answered, "unanswered": unanswered, "reason": reason}


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, "Searched: 0 outlets of this desk."),
        ({"outlets": 1, "since": "2026-09-01"}, "Searched: 1 outlet of this desk since Sept. 1, 2026."),
        (
            {"providers": [provider("gdelt", ["en", "fr"]), provider("fact_checks", [""])], "checks_held": 7},
            (
                "Searched: 0 outlets of this desk; GDELT DOC (English, French); Google Fact Check Tools; "
                "7 fact-checks of others."
            ),
        ),
        (
            {"providers": [provider("brave", [], ["fr"], "It refused. (no)")], "not_covered": ["ar"]},
            (
                "Searched: 0 outlets of this desk. Not answered: Brave News (French), because: It refused. (no). "
                "Not covered outside the desk: Arabic."
            ),
        ),
        (
            {"providers": [provider("gdelt", ["en"], ["tr"])]},
            "Searched: 0 outlets of this desk; GDELT DOC (English). Not answered: GDELT DOC (Turkish).",
        ),
        (
            {"not_covered": ["ar", "en"], "unrelated": 1},
            (
                "Searched: 0 outlets of this desk. Not covered outside the desk: Arabic, English. "
                "Not counted: 1 search with words that have nothing to do with the claim."
            ),
        ),
    ],
)
def test_the_sentence_says_who_was_searched_who_was_silent_and_what_is_left_out(facts, sentence):
    assert search_reach_words.of({**NOTHING, **facts}) == sentence
