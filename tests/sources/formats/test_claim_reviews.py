import json
from datetime import UTC, datetime

import pytest
from lxml import html as lxml_html

from sources.formats import claim_reviews, loose_json

REVIEW = {
    "@type": "ClaimReview",
    "url": "https://checks.example/1",
    "claimReviewed": "Le pont d’Arvel a été détruit par des terroristes.",
    "author": {"@type": "Organization", "name": "Checks", "url": "https://checks.example"},
    "datePublished": "2026-09-02",
    "itemReviewed": {"@type": "Claim", "author": {"name": "Somebody"}, "datePublished": "2026-09-01"},
    "reviewRating": {"ratingValue": 1, "bestRating": "5", "worstRating": 1.0, "alternateName": "Faux"},
}


def test_a_fact_check_is_read_with_its_rating_in_its_own_words_and_on_its_own_scale():
    record = claim_reviews.read(REVIEW)

    assert (record.rating, record.value, record.worst, record.best) == ("Faux", "1", "1.0", "5")
    assert (record.publisher, record.claimant, record.language) == ("Checks", "Somebody", "fr")
    assert record.reviewed_at == datetime(2026, 9, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "node",
    [
        None, [], "ClaimReview", {**REVIEW, "@type": "Article"}, {**REVIEW, "claimReviewed": ""},
        {**REVIEW, "url": "javascript:alert(1)"}, {**REVIEW, "claimReviewed": {"a": 1}},
    ],
)  # fmt: skip
def test_what_is_no_fact_check_is_left_out(node):
    assert claim_reviews.read(node) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"author": "Checks"}, {"author": [None, {"name": "Checks"}]}, {"@type": ["Review", "ClaimReview"]},
        {"reviewRating": None, "itemReviewed": [], "datePublished": "soon"}, {"datePublished": "0001-01-01"},
        {"reviewRating": {"ratingValue": True, "alternateName": ["Faux"]}},
    ],
)  # fmt: skip
def test_publishers_write_the_fields_in_many_ways(changes):
    assert claim_reviews.read({**REVIEW, **changes}).publisher == "Checks"


def test_a_page_tells_only_of_the_fact_checks_of_its_own_site():
    other = {**REVIEW, "url": "https://afp.example/2"}
    tree = lxml_html.fromstring(
        f"<html><script type='application/ld+json'>{json.dumps([REVIEW, other])}</script></html>"
    )

    found = claim_reviews.on_page(tree, "https://www.checks.example/1")

    assert [record.url for record in found] == ["https://checks.example/1"]


def test_an_element_of_the_feed_may_hold_one_several_or_none():
    assert len(list(claim_reviews.of_element({"item": [REVIEW, None, REVIEW]}))) == 2
    assert len(list(claim_reviews.of_element({"item": REVIEW}))) == 1
    assert list(claim_reviews.of_element({"item": None})) == list(claim_reviews.of_element("x")) == []


@pytest.mark.parametrize(
    ("body", "is_page"),
    [(b"<html><head><title>x</title></head><body>Denied</body>", True), (b"Too short.", False), (b"[" * 50_000, False)],
)
def test_an_answer_that_is_no_json_tells_its_first_words(body, is_page):
    with pytest.raises(loose_json.NotJson) as problem:
        loose_json.loads(body)

    assert problem.value.is_page is is_page
    assert 0 < len(problem.value.said) <= loose_json.LONGEST_SENTENCE


def test_json_with_control_characters_and_wrong_escapes_is_read():
    assert loose_json.loads(b'\xef\xbb\xbf{"a": "1\x02 \\d \\" \\\\d"}') == {"a": '1\x02 d " \\d'}
