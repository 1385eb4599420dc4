"""The press of the benchmark on lazy embedding."""

from benchmarks.lazy import DEEP, LENGTH, PER_CLAIM, SHORTEST, documents_of, press

LANGUAGES = ("ar", "en", "fr", "tr")
SENTENCES = {language: [f"{language} {number}" for number in range(120)] for language in LANGUAGES}
DOCUMENTS = [list(range(start, start + 20)) for start in range(0, 120, 20)]


def test_articles_bear_on_a_claim_deep_in_their_text_and_in_another_language():
    given = press(SENTENCES, DOCUMENTS, 40, 3)

    for number, (language, text) in enumerate(given["claims"]):
        places = [place for kind in ("about", "stray") for place in given["bears"][number][kind]]
        assert len(places) == PER_CLAIM
        for place in places:
            article = given["articles"][place]
            assert article["language"] != language
            assert article["passages"][DEEP] == f"{article['language']} {text.split()[1]}"
            assert len(article["passages"]) == LENGTH


def test_a_claim_strays_into_an_article_about_something_else():
    given = press(SENTENCES, DOCUMENTS, 40, 3)

    for number, bears in enumerate(given["bears"]):
        (stray,) = (given["articles"][place]["title"] for place in bears["stray"])
        titles = {given["articles"][place]["title"] for place in bears["about"]}
        assert {title.split()[1] for title in titles} == {str(DOCUMENTS[number][0])}
        assert int(stray.split()[1]) >= DOCUMENTS[3][0]


def test_what_bears_on_no_claim_has_none_of_their_sentences():
    given = press(SENTENCES, DOCUMENTS, 40, 3)
    claims = {f"{language} {text.split()[1]}" for language in LANGUAGES for _language, text in given["claims"]}

    others = given["articles"][3 * PER_CLAIM :]

    assert len(others) == 28
    assert not any(claims & {article["title"], *article["passages"]} for article in others)


def test_documents_are_told_apart_by_their_numbers_and_short_ones_left_out(tmp_path):
    lines = [*["7\tshort"] * (SHORTEST - 1), *["8\tlong"] * SHORTEST]
    (tmp_path / "en.tsv").write_text("\n".join(lines))

    assert documents_of(tmp_path, len(lines)) == [list(range(SHORTEST - 1, 2 * SHORTEST - 1))]
