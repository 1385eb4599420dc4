import gzip
import tarfile
from datetime import UTC, datetime

import pytest

from sources.formats.page_look import Look
from sources.formats.walls import look, wall
from tests.effort import at_most
from tests.places import ROOT, SHARED
from workbench.sample import outlets, pages

DATA = SHARED / "data"
MOMENT = datetime(2024, 11, 29, 7, 0, tzinfo=UTC)
URL = "https://paper.example/world/1"

ARTICLE = "<p>Les habitants de sept villages ont quitté leurs maisons dans la nuit, selon les secours.</p>" * 20
BRIEF = ARTICLE[: len(ARTICLE) // 5]
BANNER = "<div><p>We and our partners store cookies on your device.</p><button>Accept all</button></div>"
PAID = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": %s}</script>'


TO_THE_OFFERS = "<div class='paywall'><a class='btn' href='/offers'>Offers</a></div>"


def page(body, title="Paper"):
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


CONSENT = [
    ("Before you continue", "We and our 214 partners store cookies.", "Accept all"),
    ("Avant de continuer", "Nous et nos partenaires déposons des cookies.", "Tout accepter"),
    ("Devam etmeden önce", "Biz ve ortaklarımız çerez saklıyoruz.", "Tümünü kabul et"),
    ("قبل المتابعة", "نحن وشركاؤنا نخزّن ملفات تعريف الارتباط.", "قبول الكل"),
]


@pytest.mark.parametrize(("title", "text", "button"), CONSENT)
def test_a_page_that_only_asks_for_consent_is_a_consent_wall(title, text, button):
    html = page(f"<h1>{title}</h1><p>{text}</p><form><button>{button}</button></form>")

    assert wall(html, URL) == "consent_wall"


@pytest.mark.parametrize("language", ["fr", "en", "tr", "ar"])
def test_the_consent_page_of_the_sample_press_is_one(language):
    article = next(article for outlet in outlets.outlets() for article in outlets.articles_of(outlet.slug))
    outlet = next(outlet for outlet in outlets.outlets() if outlet.language == language)

    assert wall(pages.consent_page(outlet, article), URL) == "consent_wall"


@pytest.mark.parametrize(
    "text",
    [
        "You must be logged in to read this story.",
        "Connectez-vous pour lire la suite.",
        "Devam etmek için giriş yapın.",
        "يجب عليك تسجيل الدخول.",
    ],
)
def test_a_page_that_only_asks_to_sign_in_is_a_login_wall(text):
    html = page(f"<p>{text}</p><form><input name=email><input type=password><button>OK</button></form>")

    assert wall(html, URL) == "login_wall"


def test_an_address_of_a_sign_in_is_a_login_wall():
    assert wall(page("<form><input type=password></form>"), "https://id.paper.example/login?next=/1") == "login_wall"


@pytest.mark.parametrize(
    "text",
    [
        "La suite de cet article est réservée aux abonnés.",
        "Il vous reste 72 % de cet article à lire.",
        "Subscribe to continue reading.",
        "Bu içerik abonelere özeldir. Okumaya devam etmek için abone olun.",
        "هذا المحتوى متاح للمشتركين فقط",
    ],
)
def test_the_beginning_of_an_article_that_asks_to_pay_is_a_paywall(text):
    assert wall(page(f"{BRIEF}<p>{text}</p>"), URL) == "paywall"


@pytest.mark.parametrize(
    "text",
    [
        "You have reached your limit of free articles this month.",
        "You’ve reached your monthly free article limit.",
        "You have 0 free articles remaining. Subscribe now.",
        "Sign up to read this article in full.",
        "Vous avez atteint la limite d’articles gratuits ce mois-ci.",
        "Il ne vous reste plus d’articles gratuits.",
        "80 % de cet article reste à lire. Abonnez-vous.",
        "Lisez la suite pour 1 € avec l’offre numérique.",
        "Ücretsiz makale limitinize ulaştınız.",
        "Bu içeriğe sadece abonelerimiz erişebilir.",
        "لقد وصلت إلى الحد الأقصى من المقالات المجانية. اشترك الآن.",
        "لقراءة المقال كاملاً، اشترك الآن",
        "محتوى حصري للمشتركين",
        "Sie haben Ihre kostenlosen Artikel aufgebraucht. Jetzt abonnieren.",
        "Sie haben das Limit kostenloser Artikel erreicht.",
        "Lesen Sie diesen Artikel mit Courier Plus weiter.",
        "Has alcanzado el límite de artículos gratuitos.",
        "Hai raggiunto il limite di articoli gratuiti.",
        "Вы исчерпали лимит бесплатных статей.",
        "Ви вичерпали ліміт безкоштовних статей.",
        "הגעת למכסת הכתבות החינמיות.",
        "سقف مقالات رایگان شما به پایان رسیده است.",
    ],
)
def test_words_alone_that_close_an_article_after_its_first_sentence_are_a_paywall(text):
    first = "<p>Five people died on Wednesday, the prefecture said.</p>"

    assert wall(page(f"<article><h1>T</h1>{first}<div class='box'><p>{text}</p></div></article>"), URL) == "paywall"


@pytest.mark.parametrize(
    "text",
    [
        "You have 3 free articles left this month. Subscribe now to support our newsroom.",
        "You have read 2 of your 5 free articles. Sign up to receive our letter.",
        "Vous avez lu 2 articles gratuits sur 5 ce mois-ci. Abonnez-vous à notre lettre pour 1 €.",
        "Bu ay 2 ücretsiz makale okudunuz. Bültenimize abone olun.",
        "قرأت مقالين من المقالات المجانية هذا الشهر. اشترك الآن في نشرتنا.",
        "Sie haben 2 von 5 kostenlosen Artikeln gelesen. Jetzt den Newsletter abonnieren.",
        "Has leído 2 de 5 artículos gratuitos. Suscríbete a nuestro boletín.",
        "Hai letto 2 articoli gratuiti su 5. Iscriviti alla newsletter.",
        "Вы прочитали 2 из 5 бесплатных статей. Подпишитесь на рассылку.",
        "Ви прочитали 2 з 5 безкоштовних статей. Підпишіться на розсилку.",
        "קראת 2 מתוך 5 כתבות חינמיות. הירשמו לניוזלטר שלנו.",
        "شما ۲ مقاله از ۵ مقاله رایگان را خوانده‌اید. در خبرنامه ما عضو شوید.",
    ],
)
def test_a_whole_article_that_counts_free_articles_or_invites_to_subscribe_is_no_paywall(text):
    found = look(page(f"<article><h1>T</h1>{BRIEF}<div class='box'><p>{text}</p></div></article>"), URL)

    assert (found.wall, found.may_be_wall) == (None, False)


@pytest.mark.parametrize(
    ("free", "body", "found"),
    [
        ("false", BRIEF + TO_THE_OFFERS, "paywall"),
        ('"False"', BRIEF[:300] + "…</p>" + TO_THE_OFFERS, "paywall"),
        ("false", BRIEF, None),
        ("true", BRIEF + "<p>Subscribe to read our newsletter.</p>", None),
        ("false", ARTICLE * 3, None),
    ],
)
def test_what_the_page_says_of_itself_counts_while_it_shows_little(free, body, found):
    assert wall(page(PAID % free + body), URL) == found


RELATED = '{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "isAccessibleForFree": %s}]}'
STORY = '{"@type": "NewsArticle", "mainEntityOfPage": {"@id": "https://m.paper.example/world/1/"}%s}'
OTHER = '{"@type": "NewsArticle", "url": "/world/2", "isAccessibleForFree": %s}'
WHOLE = '{"@type": "WebPage", "url": "https://paper.example/world/1", "isAccessibleForFree": %s}'
PART = ', "hasPart": [{"@type": "WebPageElement", "isAccessibleForFree": false}]'


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ([STORY % ', "isAccessibleForFree": true', RELATED % "false"], None),
        ([OTHER % "false", STORY % ', "isAccessibleForFree": true'], None),
        ([OTHER % "true", STORY % ', "isAccessibleForFree": "False"'], "paywall"),
        ([STORY % PART, RELATED % "true"], "paywall"),
        ([STORY % "", OTHER % "false"], None),
        ([STORY % "", WHOLE % "false"], "paywall"),
        (['{"@type": "NewsArticle", "url": "http://[", "isAccessibleForFree": "no"}'], None),
    ],
)
def test_what_a_page_says_of_others_it_names_makes_no_wall(told, found):
    scripts = "".join(f'<script type="application/ld+json">{text}</script>' for text in told)

    assert wall(page(scripts + BRIEF + TO_THE_OFFERS), URL) == found


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "Just a moment...",
            "<noscript>Enable JavaScript and cookies to continue</noscript><script>_cf_chl_opt={}</script>",
        ),
        ("Attention Required! | Cloudflare", "<h1>Sorry, you have been blocked</h1>"),
        ("paper.example", "<p>Please verify you are a human</p><div id=px-captcha></div>"),
        ("paper.example", "<p>Vérifiez que vous êtes humain.</p>"),
        ("paper.example", "<p>Lütfen insan olduğunuzu doğrulayın.</p>"),
        ("paper.example", "<h1>paper.example</h1><p>Please complete the security check to access paper.example</p>"),
        ("paper.example", "<h1>paper.example</h1><p>Confirmez que vous n’êtes pas un robot.</p>"),
        ("paper.example", "<h1>paper.example</h1><p>Prouvez que vous n’êtes pas un robot</p>"),
        (
            "paper.example",
            "<h1>paper.example</h1><p>Vérification de votre navigateur avant d’accéder à paper.example.</p>",
        ),
        ("paper.example", "<h1>paper.example</h1><p>İnsan olduğunuz doğrulanıyor.</p>"),
        ("paper.example", "<h1>paper.example</h1><p>Tarayıcınız kontrol ediliyor.</p>"),
        ("paper.example", "<h1>paper.example</h1><p>جارٍ التحقق من متصفحك.</p>"),
        ("paper.example", "<p>تحقق من أنك إنسان</p>"),
        ("paper.example", "<iframe src='https://geo.captcha-delivery.com/captcha/'></iframe>"),
    ],
)
def test_a_page_that_tests_for_humans_is_a_challenge(title, body):
    assert wall(page(body, title), URL) == "bot_challenge"


@pytest.mark.parametrize(
    "body",
    [
        "",
        BRIEF,
        BRIEF + BANNER,
        BRIEF + "<p>You must be logged in to post a comment.</p>",
        BRIEF + "<script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'></script>",
        ARTICLE + BANNER + "<p>La suite de cet article est réservée aux abonnés.</p>",
        "<main><div>" + ARTICLE.replace("<p>", "").replace("</p>", "<br>") + "</div></main>" + BANNER,
    ],
)
def test_an_article_is_no_wall_whatever_stands_around_it(body):
    assert wall(page(body), URL) is None


def test_no_article_of_the_sample_press_is_a_wall():
    for outlet in outlets.outlets():
        articles = outlets.articles_of(outlet.slug)
        for article in articles:
            html = pages.article_page(outlet, article, articles, base="http://127.0.0.1:1", at=MOMENT)
            assert wall(html, URL) is None, article.path


@pytest.mark.parametrize(
    "html", ["", "\0", "<!--" * 100_000, "<div>" * 50_000, '<?xml version="1.0" encoding="x"?><p>a</p>']
)
def test_broken_pages_are_no_walls_and_take_no_time(html):
    with at_most(20):  # backtracking would take minutes
        assert wall(html, URL) is None


@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not there")
def test_of_181_news_pages_the_two_that_are_paid_are_walls():
    found = []
    with tarfile.open(DATA / "article_extraction.tar") as archive:
        for member in archive:
            if member.name.endswith(".html.gz"):
                html = gzip.decompress(archive.extractfile(member).read()).decode("utf-8", "replace")
                found.append(wall(html, URL))

    assert (len(found), found.count("paywall"), found.count(None)) == (181, 2, 179)


CASES = ROOT / "tests/sources/formats/wall_cases"
RIGHT = {
    "W01": None,
    "W02": None,
    "W03": "consent_wall",
    "W04": "paywall",
    "W08": None,
    "W14": "bot_challenge",
}


@pytest.mark.parametrize("path", sorted(CASES.glob("*.html")), ids=lambda path: path.stem)
def test_reported_pages_are_told_without_doubt(path):
    found = look(path.read_text(encoding="utf-8"), "https://breval.example/crue-du-vaur")

    assert (found.wall, found.may_be_wall) == (RIGHT[path.name[:3]], False)


def test_a_paid_flag_is_a_fact_about_a_whole_article():
    found = look((CASES / "W08-whole-article-marked-not-free.html").read_text(encoding="utf-8"), URL)

    assert (found.is_paid, found.wall) == (True, None)
    assert "paid_flag" in found.for_wall
    assert "whole_end" in found.against_wall


FLASH = {
    "de": (
        "Brücke in Breval eingestürzt",
        ("Fünf Menschen starben beim Einsturz der Brücke von Breval, teilt die Präfektur mit."),
    ),
    "es": (
        "Se derrumba el puente de Breval",
        ("Cinco personas murieron en el derrumbe del puente de Breval, informa la prefectura."),
    ),
    "it": (
        "Crolla il ponte di Breval",
        ("Cinque persone sono morte nel crollo del ponte di Breval, annuncia la prefettura."),
    ),
    "ru": ("Обрушился мост в Бревале", "Пять человек погибли при обрушении моста в Бревале, сообщает префектура."),
    "uk": ("Обвалився міст у Бревалі", "П’ятеро людей загинули під час обвалу мосту в Бревалі, повідомляє префектура."),
    "he": ("גשר ברוואל קרס", "חמישה בני אדם נהרגו בקריסת גשר ברוואל, מוסרת נציבות המחוז הבוקר."),
    "fa": ("پل بروال فرو ریخت", "پنج نفر در فرو ریختن پل بروال جان باختند، فرمانداری اعلام کرد."),
    "el": (
        "Κατέρρευσε η γέφυρα του Μπρεβάλ",
        ("Πέντε άνθρωποι σκοτώθηκαν από την κατάρρευση της γέφυρας, ανακοινώνει η νομαρχία."),
    ),
}
BARS = [
    "<div id='cookie-notice'><p>Cookies?! 214 partners.</p><button>OK</button><button>…</button></div>",
    (
        "<div role='dialog' aria-modal='true'><p>Nous et nos "
        "partenaires utilisons des cookies.</p><button>OK</button></div>"
    ),
    (
        "<form class='newsletter'><p>Newsletter every morning, free of charge "
        "and for everybody.</p><input type=email><button>OK</button></form>"
    ),
    (
        "<div class='join'><p>Create an account to keep articles.</p>"
        "<form><input type=email><input type=password></form></div>"
    ),
]


@pytest.mark.parametrize("bar", BARS)
@pytest.mark.parametrize("language", sorted(FLASH))
def test_flash_news_is_an_article_in_any_language_whatever_bar_stands_beside_it(language, bar):
    title, text = FLASH[language]
    meta = "<meta property='og:type' content='article'>"
    html = (
        f"<html lang={language}><head><title>{title}</title>{meta}</head>"
        f"<body><main><h1>{title}</h1><p>{text}</p></main>{bar}</body></html>"
    )

    found = look(html, URL)

    assert (found.wall, found.may_be_wall) == (None, False)


ALONE = [
    "<h1>{0}</h1><p>{1}</p><button>+</button>",
    "<form><input type=text name=q><button>+</button></form><h1>{0}</h1><p>{1}</p>",
    "<main><h1>{0}</h1><p>{1}</p></main><div role=dialog><form><input type=password><button>+</button></form></div>",
    "<script src='https://a1.token.awswaf.com/challenge.js'></script><h1>{0}</h1><p>{1}</p>",
    "<script>AwsWafIntegration.getToken()</script><h1>{0}</h1><p>{1}</p>",
    "<script src='/.well-known/vercel/security/static/c.js'></script><h1>{0}</h1><p>{1}</p>",
    "<h1>{0}</h1><p>{1}</p><a href='/tech/what-is-sgcaptcha'>+</a>",
]


@pytest.mark.parametrize("body", ALONE)
@pytest.mark.parametrize("language", sorted(FLASH))
def test_flash_news_without_any_article_markup_is_an_article(language, body):
    title, text = FLASH[language]

    found = look(page(body.format(title, text), title), URL)

    assert (found.wall, found.may_be_wall) == (None, False)


def test_a_sentence_with_a_button_and_no_headline_may_be_a_wall():
    found = look(page(f"<p>{FLASH['es'][1]}</p><button>+</button>"), URL)

    assert (found.wall, found.may_be_wall) == (None, True)


@pytest.mark.parametrize(
    ("title", "headline"), [("Lomsa Courier", "Lomsa Courier"), ("Brücke in Breval eingestürzt", "Lomsa Courier")]
)
def test_a_page_that_only_offers_a_choice_under_the_name_of_its_site_is_a_wall(title, headline):
    body = f"<div><h1>{headline}</h1><p>{FLASH['el'][1]}</p><a class='btn' href='/offers'>+</a></div>"

    assert wall(page(body, title), "https://courier.example/2026/11/1") == "blocked"


@pytest.mark.parametrize("around", ["<div class='cookie-consent'>{}</div>", "<div>{}<button>…</button></div>"])
def test_a_page_that_only_asks_for_consent_is_no_block_by_country(around):
    title, text = "לפני שתמשיך", "אנחנו ו-214 שותפינו שומרים עוגיות במכשיר שלך."
    body = around.format(f"<h1>{title}</h1><p>{text}</p><button>המשך</button>")

    assert wall(page(body, title), URL) == "consent_wall"


GATES = [
    "<script id='anubis_challenge' type='application/json'>{}</script>",
    "<script src='https://ct.captcha-delivery.com/c.js'></script>",
    "<form action='/checkcaptcha?key=1'><div class='CheckboxCaptcha'></div></form>",
    "<title>Vercel Security Checkpoint</title><script src='/.well-known/vercel/security/static/c.js'></script>",
    "<form action='/.well-known/sgcaptcha/?r=1'></form>",
    "<script>window.gokuProps={};AwsWafIntegration.saveReferrer()</script>",
    "<script src='/.well-known/ddos-guard/js-challenge/index.js'></script>",
    (
        "<script>const challenge='x',difficulty=4;let nonce=0;for(;;){"
        "crypto.subtle.digest('SHA-256',challenge+nonce++)}"
        "document.cookie='a=1';location.reload()</script>"
    ),
]


@pytest.mark.parametrize("gate", GATES)
def test_a_robot_check_is_known_by_its_markup_in_a_language_without_tables(gate):
    words = "<h1>Μια στιγμή</h1><p>Ελέγχουμε ότι η σελίδα ζητείται από άνθρωπο και όχι από πρόγραμμα.</p>"

    assert wall(page(words + gate, "Μια στιγμή"), URL) == "bot_challenge"


def test_an_article_that_has_a_robot_check_in_its_comments_is_none():
    form = "<section class='comments'><form><textarea></textarea><div class='h-captcha'></div></form></section>"

    assert wall(page(f"<article>{ARTICLE}</article>{form}"), URL) is None


PART = (
    '{"@type": "NewsArticle", "headline": "Flood", "isAccessibleForFree": '
    'false, "hasPart": {"isAccessibleForFree": false, "cssSelector": ".rest"}}'
)


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        (f"<div class='rest'>{BRIEF}</div>", None),
        (f"<div class='rest'></div>{TO_THE_OFFERS}", "paywall"),
        (TO_THE_OFFERS, "paywall"),
    ],
)
def test_the_paid_part_is_looked_for_where_the_publisher_says_it_is(rest, found):
    html = f"<script type='application/ld+json'>{PART}</script><article><h1>Flood</h1>{BRIEF[:200]}</p>{rest}</article>"

    assert wall(page(html, "Flood"), URL) == found


PROGRAM = "<script src='https://www.google.com/recaptcha/api.js?render=6Lx'></script>"
WIDGET = "<div class='g-recaptcha' data-sitekey='6Lx'></div>"
TO_COMMENT = f"<section class='comments'><form><textarea></textarea>{WIDGET}<button>OK</button></form></section>"


@pytest.mark.parametrize("captcha", [PROGRAM, PROGRAM + TO_COMMENT])
@pytest.mark.parametrize("language", sorted(FLASH))
def test_flash_news_with_the_program_of_a_captcha_is_an_article(language, captcha):
    title, text = FLASH[language]

    found = look(page(f"<main><h1>{title}</h1><p>{text}</p><p>{text}</p></main>{captcha}", title), URL)

    assert (found.wall, found.may_be_wall) == (None, False)


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{{0}}</h1><p>{{1}}</p>{WIDGET}{PROGRAM}",
        f"<form><h1>{{0}}</h1><p>{{1}}</p></form>{PROGRAM}",
        f"<h1>{{0}}</h1><p>{{1}}</p><p>Please verify you are a human.</p>{PROGRAM}",
    ],
)
def test_a_captcha_that_a_page_shows_or_names_or_has_around_its_sentences_is_a_robot_check(body):
    title, text = "Μια στιγμή παρακαλώ", "Ελέγχουμε ότι η σελίδα ζητείται από άνθρωπο και όχι από πρόγραμμα."

    assert wall(page(body.format(title, text), title), URL) == "bot_challenge"


def test_a_page_refused_in_a_country_is_blocked():
    assert wall(page("<h1>451</h1><p>Dieser Inhalt ist in Ihrem Land nicht verfügbar.</p>"), URL) == "blocked"


@pytest.mark.parametrize(
    "text",
    [
        (
            "We recognize you are attempting to access this website from a country belonging to the European Economic "
            "Area (EEA) including the EU which enforces the General Data Protection Regulation (GDPR) and therefore "
            "access cannot be granted at this time."
        ),
        "Cette vidéo n’est pas disponible depuis votre position actuelle.",
    ],
)
def test_a_page_that_refuses_a_position_or_a_union_of_countries_is_blocked(text):
    assert wall(page(f"<h1>451: Unavailable due to legal reasons</h1><p>{text}</p>"), URL) == "blocked"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("New gates at Breval airport", "Passengers complete a security check of three minutes at the new gates."),
        ("Un robot au marché de Bréval", "Prouver que vous cuisinez mieux que lui, voilà le défi du robot, dit-il."),
        ("Brevalli robot insanı geçti", "Robot yarışında insan olduğunu unutan sürücü ikinci oldu, dedi belediye."),
        ("روبوت في سوق بريفال", "يجري التحقق من سبب العطل الذي أصاب الروبوت في السوق، بحسب البلدية."),
        ("Ministers of the union meet", "Each country belonging to the European Economic Area sends two ministers."),
        ("La préfecture change d’adresse", "La préfète a gardé sa position actuelle : rien n’est disponible à Bréval."),
    ],
)
def test_flash_news_that_has_some_of_the_words_of_a_gate_is_an_article(title, text):
    found = look(page(f"<h1>{title}</h1><p>{text}</p>", title), URL)

    assert (found.wall, found.may_be_wall) == (None, False)


def test_between_two_bounds_a_page_may_be_a_wall():
    flagged = PAID % "false"
    found = look(
        page(
            f"{flagged}<article><h1>Paper</h1><p>"
            f"{'The river rose again in the night, the prefecture said on Wednesday.'}</p></article>"
        ),
        URL,
    )

    assert (found.wall, found.may_be_wall, found.suspect) == (None, True, "paywall")
    assert 0.3 < found.confidence < 0.7


def test_pages_of_one_build_have_one_layout_and_a_paywall_is_another():
    def layout(text, more=""):
        head = f"<article class='story'><h1>Paper</h1><p>{text}</p>{more}</article>"
        return look(page(head), URL).layout

    assert layout("The river rose again in the night, says the prefecture.") == layout(
        "Twelve families were housed in a hall. " * 9
    )
    assert layout("The river rose in the night.") != layout("The river rose in the night.", TO_THE_OFFERS)


def test_a_look_survives_json():
    found = look(page(BRIEF), URL)

    assert Look.of({**found.__dict__, "blocks": list(found.blocks), "for_wall": list(found.for_wall)}) == found


@pytest.mark.parametrize(
    "body",
    [
        "<p>La préfecture du Vaur a annoncé mercredi.</p>" * 10_000,
        "<h1>Une crue</h1><p>La préfecture du Vaur a annoncé.</p>"
        + "<p>Cet article est réservé à nos abonnés, abonnez-vous pour lire la suite.</p>" * 2_000,
    ],
    ids=["paragraphs", "offers"],
)
def test_the_time_that_a_page_takes_grows_with_its_length_only(body):
    with at_most(6):
        look(page(body, "Une crue"), URL)


UNTABLED = "<p>Wraz z 318 partnerami przechowujemy informacje na twoim urządzeniu w celach reklamowych.</p>"
STORY = "<p>Prom uderzył we wtorek w główne nabrzeże portu w Lomsie, cztery osoby zostały ranne.</p>"
BUTTONS = "<button>Rozumiem</button><button>Ustawienia</button>"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"<div class='consent'><h2>Prom uderzył w nabrzeże</h2>{UNTABLED}{BUTTONS}<a href='/abo'>Oferty</a></div>",
         "consent_wall"),
        (f"<div class='wall'><h2>Prom uderzył w nabrzeże</h2>{STORY}<button>Udostępnij</button></div>", None),
        (f"<article><h1>Prom uderzył w nabrzeże</h1>{STORY}</article><div class='consent'>{UNTABLED}{BUTTONS}</div>",
         None),
    ],
)  # fmt: skip
def test_a_page_that_stands_whole_in_an_element_for_consent_asks_for_it_in_any_language(body, found):
    html = page(body, "Prom uderzył w nabrzeże").replace("<html>", "<html lang='pl'>")

    assert wall(html, URL) == found


OFFER = "<div><p>Ten artykuł jest dostępny tylko dla prenumeratorów.%s</p><a class='btn' href='/o'>Dalej</a></div>"


@pytest.mark.parametrize(
    ("paid", "price", "is_wall"),
    [("false", "", True), ("true", "", False), ("false", " 9,90 zł.", True), ("true", " 9,90 zł.", False)],
)
def test_a_short_article_that_is_marked_as_paid_and_ends_with_an_offer_is_a_paywall(paid, price, is_wall):
    body = f"<article><h1>Prom uderzył w nabrzeże</h1><div>{STORY}</div>{OFFER % price}</article>"
    html = page(body + PAID % paid, "Prom uderzył w nabrzeże").replace("<html>", "<html lang='pl'>")

    assert (wall(html, URL) == "paywall") is is_wall


def test_a_page_that_only_computes_is_a_robot_check_in_any_language():
    script = "<script>const challenge='ab',difficulty=4;crypto.subtle.digest('SHA-256',challenge)</script>"

    assert wall(page(f"<h1>Een moment</h1><p>Uw browser wordt gecontroleerd.</p>{script}"), URL) == "bot_challenge"
    assert wall(page(f"<article><h1>Crue</h1>{ARTICLE}</article>{script}", "Crue"), URL) is None
