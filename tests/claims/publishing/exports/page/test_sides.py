"""For, against and about: a line for each document, with those folded that repeat the same words."""

from claims.publishing.exports.page import readable, sides


def item(number, stance, url, exact, **changes):
    facts = {"number": number, "stance": stance, "url": url, "exact": exact, "outlet": {"name": url}, "host": url}
    return readable.of({**facts, "published_at": None, "sha256": url, **changes})


def names(side):
    return [(document.name, document.items, document.copies) for document in side.documents]


def test_passages_of_one_document_stand_in_one_line():
    found = sides.of(
        [item(1, "supports", "a", "One."), item(2, "supports", "a", "Two."), item(3, "refutes", "b", "No.")]
    )

    assert [names(side) for side in found] == [[("a", [1, 2], [])], [("b", [3], [])], []]


def test_a_document_that_repeats_the_same_words_is_folded_into_the_first():
    found = sides.of(
        [item(1, "supports", "a", "One."), item(2, "supports", "b", " one. "), item(3, "supports", "c", "Two.")]
    )

    assert names(found[0]) == [("a", [1, 2], ["b"]), ("c", [3], [])]


def test_copies_of_one_article_under_two_addresses_are_one_document():
    found = sides.of([item(1, "discusses", "a", "One.", article=7), item(2, "discusses", "b", "Two.", article=7)])

    assert names(found[2]) == [("a", [1, 2], [])]


def test_a_report_without_evidence_has_no_sides():
    assert sides.of([]) == []
