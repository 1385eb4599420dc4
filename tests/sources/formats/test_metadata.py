from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml.html import document_fromstring

from sources.formats.article import Dated, Doubt
from sources.formats.metadata import told
from sources.formats.page_address import same_site
from sources.formats.publication_dates import dated, dated_in

URL = "https://www.outlet.example.com/2024/11/29/alep"


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("2024", datetime(2024, 1, 1, tzinfo=UTC), "year"),
        ("2024-11", datetime(2024, 11, 1, tzinfo=UTC), "month"),
        ("2024-11-29", datetime(2024, 11, 29, tzinfo=UTC), "day"),
        ("2024-11-29T10:30", datetime(2024, 11, 29, tzinfo=UTC), "day"),
        ("2024-11-29T00:00:00+03:00", datetime(2024, 11, 29, tzinfo=UTC), "day"),
        ("2024-11-29T10:30:00+03:00", datetime(2024, 11, 29, 7, 30, tzinfo=UTC), "minute"),
        ("2024-11-29 10:30:00.123Z", datetime(2024, 11, 29, 10, 30, tzinfo=UTC), "minute"),
        ("Fri, 29 Nov 2024 10:30:00 +0300", datetime(2024, 11, 29, 7, 30, tzinfo=UTC), "minute"),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(text, value, precision):
    assert dated(text, "meta", 0.9) == Dated(value, precision, "meta", 0.9)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2024-13-45",
        "1970-01-01",
        "0000-00-00",
        "9" * 400,
        "9999-12-31T23:59:59-05:00",
    ],
)
def test_what_is_no_date_gives_none(text):
    assert dated(text, "meta", 0.9) is None


@pytest.mark.parametrize(
    ("path", "precision"),
    [
        ("/2024/11/29/alep", "day"),
        ("/2024-11-29/a", "day"),
        ("/2024/11/alep", "month"),
        ("/story-20241129", None),
        ("/fr/20241129-alep", "day"),
        ("/world/2024/nov/29/alep", "day"),
        ("/alep-2024-11-29/", "day"),
        ("/top-10-2024-11-29-more", None),
        ("/29-11-2024/alep", "day"),
    ],
)
def test_a_date_in_an_address_is_no_more_exact_than_it_says(path, precision):
    found = dated_in(f"https://a.example{path}")

    assert (found.precision if found else None) == precision


def test_json_ld_counts_before_meta_and_both_before_the_address():
    page = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"},
        {"@type": ["NewsArticle"], "headline": "Alep &amp; Idlib", "author": [{"name": "Ana"}, "Bo"],
        "publisher": {"name": "Pub"},
        "datePublished": "2024-11-29T10:00:00Z", "isAccessibleForFree": "False"}]}</script>
        <meta property="article:published_time" content="2024-11-28T10:00:00Z">"""

    found = told(document_fromstring(page), URL)

    assert (found.title, found.byline, found.site_name, found.free) == ("Alep & Idlib", "Ana, Bo", "Pub", False)
    assert found.published == Dated(datetime(2024, 11, 29, 10, tzinfo=UTC), "minute", "json-ld", 0.5)
    assert found.doubts == (Doubt("published", "2024-11-28T10:00:00+00:00", "meta", "minute"),)


NEWS = '{"@type": "NewsArticle", "headline": "Alep", "datePublished": "2024-11-29T10:00:00Z"}'


@pytest.mark.parametrize(
    ("kind", "block"),
    [
        ("application/ld+json; charset=utf-8", NEWS),
        ("Application/LD+JSON", NEWS),
        ("application/ld+json", f"//<![CDATA[\n{NEWS}\n//]]>"),
        ("application/ld+json", f"/* <![CDATA[ */ {NEWS} /* ]]> */"),
        ("application/ld+json", f"<![CDATA[{NEWS}]]>"),
        ("application/ld+json", f"<!--\n{NEWS}\n-->"),
        ("application/ld+json", f"<!--//<![CDATA[\n{NEWS}\n//]]>-->"),
    ],
)
def test_json_ld_is_read_however_its_script_is_written(kind, block):
    page = f'<script type="{kind}">{block}</script>'

    assert told(document_fromstring(page), "https://www.outlet.example.com/alep").published.method == "json-ld"


def test_of_several_articles_the_one_with_the_address_of_the_page_is_the_one_on_it():
    page = """<script type="application/ld+json">[{"@type": "NewsArticle", "url": "/2024/11/30/", "headline": "Homs"},
        {"@type": "NewsArticle", "@id": "https://m.example.com/2024/11/29/alep/#it", "headline": "Alep"}]</script>"""

    assert told(document_fromstring(page), URL).title == "Alep"


@pytest.mark.parametrize(
    ("page", "method"),
    [
        ('<script type="application/ld+json">{broken</script><meta name=date content="2024-11-28">', "meta"),
        (f'<script type="application/ld+json">{"[" * 100_000}</script>', "url"),
        ('<time datetime="2024-11-27" pubdate></time><time datetime="2020-01-01"></time>', "time"),
        ("<p>nothing</p>", "url"),
    ],
)
def test_the_next_best_date_is_taken_when_a_better_one_is_missing(page, method):
    assert told(document_fromstring(page), URL).published.method == method


def test_a_date_after_the_visit_is_a_mistake_of_the_page():
    page = """<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2099-01-01T10:00:00Z",
        "dateModified": "2099-01-01"}</script><meta name=date content="2024-11-28">"""

    found = told(document_fromstring(page), URL, latest=datetime(2024, 11, 30, tzinfo=UTC))

    assert (found.published, found.modified) == (Dated(datetime(2024, 11, 28, tzinfo=UTC), "day", "meta", 0.9), None)


@pytest.mark.parametrize(
    ("href", "canonical"),
    [
        ("https://m.example.com/alep#top", "https://m.example.com/alep"),
        ("https://elsewhere.example.org/alep", ""),
        ("https://www.outlet.example.com/", ""),
        ("/relative", ""),
        ("javascript:alert(1)", ""),
        ("https://user@outlet.example.com/alep", ""),
        (r"https://evil.example.org\.example.com/alep", ""),
        ("https://[broken", ""),
    ],
)
def test_a_page_may_name_only_its_own_site_as_its_address(href, canonical):
    assert told(document_fromstring(f"""<link rel="canonical" href="{href}">"""), URL).canonical_url == canonical


@pytest.mark.parametrize(
    ("other", "same"),
    [("https://news.bbc.co.uk/x", True), ("https://itv.co.uk/", False), ("http://www.bbc.co.uk", True)],
)
def test_a_site_is_a_registrable_domain(other, same):
    assert same_site("https://www.bbc.co.uk/a", other) is same


def test_two_ports_of_this_machine_are_two_sites():
    assert not same_site("http://127.0.0.1:8101/a", "http://127.0.0.1:8102/a")


CASES = Path(__file__).parent / "dated"
SEEN = datetime(2026, 11, 27, 12, tzinfo=UTC)
OWN = "https://breval.example/crue-du-vaur"


def case(name, url=OWN):
    return told(document_fromstring((CASES / name).read_bytes().decode()), url, SEEN)


@pytest.mark.parametrize(
    ("name", "url", "byline", "precision", "method"),
    [
        ("D01-one-path-for-all.html", "https://breval.example/spip.php?article4521", "B. Vraie", "minute", "json-ld"),
        ("D02-own-node-has-no-address.html", OWN, "", "minute", "json-ld"),
        ("D03-time-of-a-teaser.html", OWN, "", "day", "printed"),
        ("D05-shown-ar.html", OWN, "", "day", "printed"),
        ("D05-shown-ar-digits.html", OWN, "", "day", "printed"),
        ("D05-shown-ar-levant.html", OWN, "", "day", "printed"),
    ],
)
def test_title_author_and_date_are_those_of_the_article(name, url, byline, precision, method):
    found = case(name, url)

    assert found.title in {"Crue du Vaur : trois communes évacuées", "فيضان نهر فور: إجلاء ثلاث بلدات"}
    assert (found.byline, found.published.precision, found.published.method) == (byline, precision, method)
    assert (found.published.value.date().isoformat(), found.doubts) == ("2026-11-25", ())


@pytest.mark.parametrize(
    "beside",
    [
        '<aside><a href="/x">Le préfet quitte ses fonctions</a> <time datetime="2019-03-02">2 mars 2019</time></aside>',
        '<section class="comments"><div><time datetime="2019-03-02">2 mars</time><p>Merci !</p></div></section>',
        '<ul><li><a href="/x">Le préfet quitte ses fonctions ce soir</a> <time datetime="2019-03-02"></time></li></ul>',
        '<script type="application/ld+json">{"@type": "Article", "url": "/p", "datePublished": "2019-03-02"}</script>',
    ],
)
def test_a_page_that_dates_only_what_stands_beside_its_article_has_no_date(beside):
    head = "<title>Crue du Vaur : trois communes évacuées</title>"
    page = f"<html><head>{head}</head><body><article>{ARTICLE.format('')}</article>{beside}</body></html>"

    assert told(document_fromstring(page), OWN, SEEN).published is None


def test_a_comment_below_the_article_is_not_its_moment():
    below = '<div class="comments"><article><time datetime="2026-11-26T09:00">26</time><p>Merci !</p></article></div>'
    page = f"<html lang='fr'><body><article>{ARTICLE.format('<p>25 novembre 2026</p>')}</article>{below}</body></html>"

    assert told(document_fromstring(page), OWN, SEEN).published.value.date().isoformat() == "2026-11-25"


def test_day_and_month_in_no_certain_order_are_two_days():
    found = case("D05-shown-us.html").published

    assert (found.value.date().isoformat(), found.until.date().isoformat()) == ("2026-03-04", "2026-04-03")


ARTICLE = "<h1>Crue du Vaur : trois communes évacuées</h1>{}<p>La préfecture du Vaur a annoncé l’évacuation.</p>"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<p>Publié le 25 novembre 2026 – mis à jour le 26 novembre 2026</p>", "2026-11-25"),
        ("<time>25 novembre 2026</time>", "2026-11-25"),
        ("<div>hier</div>", "2026-11-25"),
        ("<ul><li><a href=/x>Le préfet quitte ses fonctions</a> 2 mars 2019</li></ul><p>25/11/2026</p>", "2026-11-25"),
        ("<figure><img><figcaption>Le pont, 2 mars 2019</figcaption></figure><p>25.11.2026</p>", "2026-11-25"),
        (
            "<p>Le maire avait prévenu le 2 mars 2019 que la digue ne tiendrait pas plus de dix ans encore.</p>",
            None,
        ),
    ],
)
def test_a_printed_date_counts_where_it_stands_at_the_headline(line, day):
    page = (
        f"<html lang=fr><title>Crue du Vaur : trois communes évacuées</title><body>{ARTICLE.format(line)}</body></html>"
    )

    found = told(document_fromstring(page), OWN, SEEN).published

    assert (found and found.value.date().isoformat()) == day


CLOCKS = {
    "tr": "27 Kasım 2026 Cuma",
    "fr": "vendredi 27 novembre 2026",
    "ar": "الجمعة 27 نوفمبر 2026",
    "en": "Friday, November 27, 2026",
}
TEXT = "<p>La préfecture du Vaur a annoncé l’évacuation de trois communes, dont celle de Breval.</p>" * 4
HEADING = "<h1>Crue du Vaur : trois communes évacuées</h1>"
AT_TOP = (
    "<div class=top><span>{}</span></div><nav><a href=/g>Une</a></nav><article>" + HEADING + TEXT + "{}</article>",
    "<header><time datetime=2026-11-27>{}</time></header><main>" + HEADING + TEXT + "{}</main>",
    "<div id=all><header><span>{}</span></header>" + HEADING + TEXT + "{}</div>",
    "<div id=all><p>{}</p><nav><a href=/g>Une</a></nav>" + HEADING + TEXT + "{}</div>",
    "<p>{}</p>" + HEADING + TEXT + "{}",
)
ON_THE_DAY = datetime(2026, 11, 28, 12, tzinfo=UTC)  # of the visit, and a day more


def at_top(form, language, below="", clock=""):
    page = f"<html lang={language}><body>{form.format(clock or CLOCKS[language], below)}</body></html>"
    return told(document_fromstring(page), OWN, ON_THE_DAY)


@pytest.mark.parametrize("form", AT_TOP)
@pytest.mark.parametrize("language", CLOCKS)
def test_the_clock_at_the_top_of_a_page_is_not_the_day_of_publication(form, language):
    found = at_top(form, language)

    assert (found.published, found.doubts) == (None, ())


@pytest.mark.parametrize("form", AT_TOP)
@pytest.mark.parametrize("clock", ["27 novembre 2026", "26 novembre 2026"])
def test_a_line_of_publication_below_the_article_counts_before_the_top_of_the_page(form, clock):
    found = at_top(form.replace(" datetime=2026-11-27", ""), "fr", "<p>Publié le 23 novembre 2026</p>", clock)

    assert (found.published.value.date().isoformat(), found.doubts) == ("2026-11-23", ())


def test_a_sentence_about_a_publication_does_not_hide_the_day_at_the_top():
    found = at_top(AT_TOP[0], "fr", "<p>Un rapport publié le 2 mars 2019 le disait.</p>", "25 novembre 2026")

    assert found.published.value.date().isoformat() == "2026-11-25"


@pytest.mark.parametrize(
    "form",
    [
        "<article><p>{}</p><div>" + HEADING + "<p>Le fleuve monte.</p></div>" + TEXT + "{}</article>",
        "<div><p>{}</p><div>" + HEADING + "<p>Le fleuve monte.</p></div>" + TEXT + "{}</div>",
        "<div><p>{}</p><div>" + HEADING + "</div><p>Le fleuve monte.</p>{}</div>",
        "<main><header><p>{}</p></header>" + HEADING + TEXT + "{}</main>",
        HEADING + "<p>{}</p>" + TEXT + "{}",
        "<header><time itemprop=datePublished>{}</time></header>" + HEADING + TEXT + "{}",
    ],
)
def test_the_day_of_the_visit_counts_where_it_stands_at_the_article(form):
    assert at_top(form, "fr").published.value.date().isoformat() == "2026-11-27"


def test_a_date_of_another_calendar_is_told_as_it_is_written():
    page = (
        "<html lang=fa><title>سیلاب رود وور در شهر</title><h1>سیلاب رود وور در شهر</h1><p>۴ آذر ۱۴۰۵</p><p>© 2015</p>"
    )

    found = told(document_fromstring(page), OWN, SEEN)

    assert (found.published, found.written) == (None, "۴ آذر ۱۴۰۵")


def test_an_object_with_another_headline_is_not_that_of_the_page_even_if_it_is_the_only_one():
    other = """{"@type": "NewsArticle", "headline": "El prefecto deja el cargo", "author": "A. Otro",
        "datePublished": "2019-03-02T08:00:00+01:00"}"""
    page = f"""<html lang=es><title>Crecida del Vauro: tres municipios evacuados</title>
        <script type="application/ld+json">{other}</script>
        <h1>Crecida del Vauro: tres municipios evacuados</h1><p>25 de noviembre de 2026</p></html>"""

    found = told(document_fromstring(page), OWN, SEEN)

    assert (found.byline, found.published.value.date().isoformat(), found.doubts) == ("", "2026-11-25", ())


@pytest.mark.parametrize(
    ("query", "day"),
    [
        ("articleid=9&lang=fr", "2026-11-25"),
        ("articleid=9", "2026-11-25"),
        ("articleid=7&lang=fr", None),
        ("lang=fr", None),
        ("articleid=9&comment=12", None),
        ("articleid=9&articleid=seven", None),
    ],
)
def test_an_object_whose_address_adds_a_language_to_that_of_the_page_is_its_own(query, day):
    page = f"""<title>Crue du Vaur : trois communes évacuées</title><script type="application/ld+json">[
        {{"@type": "NewsArticle", "url": "/article.asp?articleid=8", "headline": "Le préfet quitte ses fonctions",
        "datePublished": "2019-03-02"}}, {{"@type": "NewsArticle", "url": "/article.asp?{query}",
        "headline": "Crue du Vaur : trois communes évacuées", "datePublished": "2026-11-25"}}]</script>
        <h1>Crue du Vaur : trois communes évacuées</h1>"""

    found = told(document_fromstring(page), "https://breval.example/article.asp?articleid=9", SEEN).published

    assert (found and found.value.date().isoformat()) == day


def test_an_object_with_the_headline_that_people_see_is_that_of_the_page():
    page = """<title>Le Courrier du Vaur</title><script type="application/ld+json">{"@type": "NewsArticle",
        "headline": "Crue du Vaur : trois communes évacuées", "author": "Ana Roy"}</script>
        <h1>Crue du Vaur : trois communes évacuées</h1>"""

    assert told(document_fromstring(page), OWN).byline == "Ana Roy"


def test_an_author_who_is_a_person_counts_before_the_outlet():
    page = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Crue du Vaur",
        "author": {"@type": "Organization", "name": "Le Courrier"}, "publisher": {"name": "Le Courrier"}}</script>
        <h1>Crue du Vaur</h1><p class="byline">Par <a rel="author" href="/a">Ana Roy</a></p>"""

    assert told(document_fromstring(page), OWN).byline == "Ana Roy"


def test_two_authors_that_differ_are_both_told():
    page = """<meta name="author" content="Bo Lund"><h1>Crue du Vaur</h1>
        <p>Par <a rel="author" href="/a">Ana Roy</a></p>"""

    found = told(document_fromstring(page), OWN)

    assert (found.byline, found.doubts) == ("Bo Lund", (Doubt("byline", "Ana Roy", "page"),))


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("<h1><span>Vaur</span> Trois communes évacuées après la crue</h1>", "Trois communes évacuées après la crue"),
        ("<h1>Le Courrier</h1>", "Trois communes évacuées après la crue"),
        ("<h1>Après la crue, trois communes évacuées</h1>", "Après la crue, trois communes évacuées"),
    ],
)
def test_the_title_is_the_heading_that_other_places_confirm(heading, title):
    page = f"""<title>Trois communes évacuées après la crue – Le Courrier</title><meta property="og:site_name"
        content="Le Courrier"><meta property="og:title" content="Trois communes évacuées après la crue">{heading}"""

    assert told(document_fromstring(page), OWN).title == title
