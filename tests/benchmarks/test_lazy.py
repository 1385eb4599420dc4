"""The press of the benchmark on lazy embedding."""

from benchmarks.lazy import DEEP, LENGTH, PER_CLAIM, press

SENTENCES = {language: [f"{language} {number}" for number in range(60)] for language in ("ar", "en", "fr", "tr")}


def test_articles_bear_on_a_claim_deep_in_their_text_only():
    given = press(SENTENCES, 40, 5, 60)

    assert [len(places) for places in given["bears"]] == [PER_CLAIM] * 5
    for number, places in enumerate(given["bears"]):
        for place in places:
            article = given["articles"][place]
            said = f"{article['language']} {number}"
            assert article["passages"].index(said) >= DEEP
            assert said != article["title"]
            assert len(article["passages"]) == LENGTH


def test_what_bears_on_no_claim_has_none_of_their_sentences():
    given = press(SENTENCES, 40, 5, 60)
    claims = {f"{language} {number}" for language in SENTENCES for number in range(5)}
    bearing = {place for places in given["bears"] for place in places}

    others = [article for place, article in enumerate(given["articles"]) if place not in bearing]

    assert len(others) == 20
    assert not any(claims & {article["title"], *article["passages"]} for article in others)
