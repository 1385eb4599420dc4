from datetime import UTC, datetime

import pytest

from sources.formats import html
from sources.formats.unreadable import Unreadable

URL = "https://outlet.example.com/monde/embuscade"
STORY = [
    "Le général de brigade a été tué à l’ouest de la ville, a annoncé la télévision d’État mercredi matin.",
    "Il a été affirmé que des « terroristes liés à l’Ostavie » étaient derrière l’embuscade du carrefour.",
    "Selon les secouristes, douze civils ont perdu la vie et au moins trente personnes ont été blessées.",
]
PAGE = f"""<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Un général tué – Le Courrier</title>
<meta property="og:title" content="Un général tué"><meta property="og:site_name" content="Le Courrier">
<meta name="author" content="Maëlle Kerdoran"><link rel="canonical" href="{URL}">
<meta property="article:published_time" content="2024-11-29T10:00:00+01:00"></head><body>
<nav><a href="/">Accueil</a> <a href="/monde">Monde</a></nav><article><h1>Un général tué</h1>
{"".join(f"<p>{paragraph}</p>" for paragraph in STORY)}</article><footer>© Le Courrier</footer></body></html>"""


def test_a_page_is_read_into_an_article():
    article = html.read(PAGE.encode(), "text/html; charset=utf-8", URL)

    assert article.text.split("\n")[-3:] == STORY
    assert (article.title, article.site_name, article.byline) == ("Un général tué", "Le Courrier", "Maëlle Kerdoran")
    assert (article.language, article.canonical_url) == ("fr", URL)
    assert article.published.value == datetime(2024, 11, 29, 9, tzinfo=UTC)
    assert article.published.precision == "minute"
    assert article.reader.startswith("trafilatura@")


def test_a_page_without_a_date_gets_none():
    page = PAGE.replace("2024-11-29T10:00:00+01:00", "")

    article = html.read(page.encode(), "text/html", URL)

    assert article.published is None


def test_a_month_on_the_page_does_not_become_its_first_day():
    page = PAGE.replace("2024-11-29T10:00:00+01:00", "").replace("</h1>", "</h1><time>November 2024</time>")

    article = html.read(page.encode(), "text/html", URL)

    assert article.published is None or article.published.precision == "month"


def test_plain_text_is_read_as_it_stands():
    article = html.read("\n\n".join(STORY).encode(), "text/plain", URL)

    assert article.text == "\n".join(STORY)


@pytest.mark.parametrize(("year", "is_dated"), [(2023, False), (2024, True)])
def test_a_date_that_people_see_is_not_after_the_latest_either(year, is_dated):
    page = f"<html><body><time>2024-11-29</time><article>{'<p>' + '</p><p>'.join(STORY)}</p></article></body></html>"

    article = html.read(page.encode(), "text/html", URL, datetime(year, 12, 1, tzinfo=UTC))

    assert bool(article.published) is is_dated


def test_nul_and_lone_surrogates_never_reach_the_database():
    page = PAGE.replace("Ostavie", "Osta\x00vie&#0;&#xD800;").encode()

    article = html.read(page, "text/html", URL)

    assert "\x00" not in article.text
    article.text.encode("utf-8")


@pytest.mark.parametrize(
    ("body", "content_type", "outcome"),
    [
        (b"%PDF-1.7 ...", "text/html", "not_text"),
        (b"{}", "application/json", "not_text"),
        (b"\x89PNG\r\n", "", "not_text"),
        (b"", "text/html", "empty_extraction"),
        (b"<html><body><nav><a href=/>Home</a></nav></body></html>", "text/html", "empty_extraction"),
        (b"\x00" * 100, "text/html", "not_text"),
        (b"a" * 20_000_001, "text/html", "too_large"),
    ],
)
def test_what_cannot_be_read_says_why(body, content_type, outcome):
    with pytest.raises(Unreadable) as refusal:
        html.read(body, content_type, URL)

    assert refusal.value.outcome == outcome


@pytest.mark.parametrize("page", ["<div>" * 50_000, "<p" * 100_000, "<!--" * 100_000, "<meta " * 100_000])
def test_a_hostile_page_is_refused_or_read_but_never_crashes(page):
    with pytest.raises(Unreadable):
        html.read(page.encode(), "text/html", URL)


FLASH = "La préfecture du Vaur a annoncé mercredi soir l’évacuation de trois communes après la crue."
COOKIES = "<p>Nous utilisons des cookies pour mesurer l’audience et personnaliser les contenus du site.</p>"


@pytest.mark.parametrize(
    "notice",
    [
        f'<div class="cmp-bar" role="dialog">{COOKIES}<button>Accepter</button></div>',
        f'<div class="cmp-bar">{COOKIES}<button>Accepter</button></div>',
        '<div role="alertdialog"><p>Vill du veta mer om hur vi hanterar dina uppgifter? Läs vår policy.</p></div>',
    ],
)
@pytest.mark.parametrize("around", ["<main>{}</main>{}", "<article>{}{}</article>"])
def test_what_a_site_asks_of_its_visitors_is_no_part_of_a_short_article(notice, around):
    title = "Crue du Vaur : trois communes évacuées"
    body = around.format(f"<h1>{title}</h1><p>{FLASH}</p>", notice)

    article = html.read(f"<title>{title}</title><body>{body}</body>".encode(), "text/html", "https://breval.example/a")

    assert article.text == FLASH


def test_a_short_article_about_cookies_is_no_question_of_consent():
    title = "Cookies : la CNIL inflige une amende à Breval"
    text = '<div class="cmp-text">' + COOKIES.replace("Nous utilisons", "Les sites utilisent") + "</div>"
    body = f'<div class="cmp-container"><h1>{title}</h1><p>{FLASH}</p>{text}<button>Partager</button></div>'

    article = html.read(f"<title>{title}</title><body>{body}</body>".encode(), "text/html", "https://breval.example/a")

    assert "Les sites utilisent des cookies" in article.text
