import pytest

from sources.web.spellings import are_akin, leaves_article, spellings


@pytest.mark.parametrize(
    "other",
    [
        "https://breval.example/a-crue",
        "http://breval.example/a-crue",
        "https://www.breval.example/a-crue",
        "http://www.breval.example/a-crue/",
    ],
)
def test_an_address_has_spellings_that_mean_one_page(other):
    assert other in spellings("https://www.breval.example/a-crue/")


def test_a_query_names_another_page():
    assert spellings("https://breval.example/?id=1").isdisjoint(spellings("https://breval.example/?id=2"))


@pytest.mark.parametrize(
    ("asked", "there", "leaves"),
    [
        ("https://a.example/politique/crue-du-vaur", "https://a.example/", True),
        ("https://a.example/politique/crue-du-vaur", "https://a.example", True),
        ("https://a.example/?id=4521", "https://a.example/", True),
        ("https://a.example/politique/crue-du-vaur", "https://a.example/politique/", True),
        ("https://a.example/2026/11/25/104521", "https://a.example/2026/11/25", True),
        ("https://a.example/خبر-عاجل/فيضان-فاور", "https://a.example/خبر-عاجل", True),
        ("https://a.example/", "https://a.example/", False),
        ("https://a.example/crue-du-vaur/amp", "https://a.example/crue-du-vaur", False),
        ("https://a.example/crue-du-vaur/2", "https://a.example/crue-du-vaur/", False),
        ("https://a.example/amp/crue-du-vaur", "https://a.example/crue-du-vaur", False),
        ("https://m.a.example/crue-du-vaur", "https://www.a.example/crue-du-vaur", False),
        ("https://a.example/crue-du-vaur", "https://a.example/?id=4521", False),
    ],
)
def test_front_pages_and_sections_are_told_from_articles(asked, there, leaves):
    assert leaves_article(asked, there) is leaves


@pytest.mark.parametrize(
    ("one", "other", "akin"),
    [
        ("https://a.example/2026/crue-vaur", "https://a.example/2026/crue-vaur-bilan.html", True),
        ("https://a.example/spip.php?article4521", "https://a.example/spip.php?article4521&lang=fr", True),
        ("https://a.example/فيضان-فاور", "https://a.example/فيضان-كبير", True),
        ("https://a.example/2026/crue-vaur", "https://a.example/2026/greve-tramway", False),
        ("https://a.example/a/1.html", "https://a.example/b/2.html", False),
    ],
)
def test_slugs_of_one_article_share_a_word(one, other, akin):
    assert are_akin(one, other) is akin
