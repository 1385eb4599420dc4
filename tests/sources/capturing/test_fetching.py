import gzip
import hashlib
import shutil
from datetime import timedelta

import pytest
from django.utils import timezone

from sources.capturing import fetching, preserving
from sources.models import Capture, Document, FetchAttempt, Reading
from sources.models.vocabulary import Outcome
from sources.web import door
from tests import make
from tests.refusing import refused
from tests.sources.conftest import PAGE
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain, take_step

pytestmark = pytest.mark.django_db

WALL = """<html><body><h1>Avant de continuer</h1><p>Nos partenaires et nous utilisons des cookies.</p>
<button>Accepter</button></body></html>"""


def fetch(url):
    document = fetching.ask(url, by=make.reporter())
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)
    document.refresh_from_db()
    return document


def test_a_page_is_fetched_kept_byte_for_byte_and_due_to_be_read(site):
    document = fetch(site.says("/pont", ETag='"1"'))

    capture = Capture.objects.get(document=document)
    body = preserving.payload_of(capture)
    assert body == PAGE.encode()
    assert capture.sha256 == hashlib.sha256(body).hexdigest()
    assert Reading.objects.get(capture=capture).due_at is not None
    assert (document.last_outcome, document.etag, document.due_at) == (Outcome.OK, '"1"', None)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, Outcome.GONE),
        (410, Outcome.GONE),
        (401, Outcome.LOGIN_WALL),
        (402, Outcome.PAYWALL),
        (403, Outcome.BLOCKED),
    ],
)
def test_a_refusal_is_an_outcome_and_never_coverage(site, status, outcome):
    document = fetch(site.says("/non", status=status))

    assert FetchAttempt.objects.get().outcome == outcome
    assert not Reading.objects.exists()
    assert document.last_outcome == outcome


def test_a_consent_wall_is_kept_and_never_read(site):
    document = fetch(site.says("/mur", WALL))

    assert document.last_outcome == Outcome.CONSENT_WALL
    assert Capture.objects.filter(document=document).exists()
    assert not Reading.objects.exists()


def test_what_may_pass_is_tried_again_later_and_says_why(site):
    document = fetch(site.says("/panne", status=503))

    assert (document.tries, document.last_outcome) == (1, Outcome.HTTP_ERROR)
    assert "503" in document.trouble
    assert document.due_at is not None
    assert FetchAttempt.objects.count() == 1


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504, 522, 524])
def test_what_a_server_cannot_do_now_is_tried_again(site, status):
    assert fetch(site.says("/panne", status=status)).due_at is not None


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 405, 410, 451, 501])
def test_what_a_server_will_not_do_is_not_tried_again(site, status):
    document = fetch(site.says("/non", status=status))

    assert (document.due_at, document.trouble, FetchAttempt.objects.get().status) == (None, "", status)


@pytest.mark.parametrize(("status", "again"), [(200, False), (403, False), (429, True), (503, True)])
def test_a_challenge_is_one_whatever_its_status_says(site, status, again):
    challenge = "<title>Just a moment...</title><p>Checking your browser before you are let in.</p>"

    document = fetch(site.says("/defi", challenge, status=status))

    assert (document.last_outcome, document.due_at is not None) == (Outcome.BOT_CHALLENGE, again)
    assert not Reading.objects.exists()


def test_a_wall_without_a_content_type_is_a_wall(site):
    assert fetch(site.says("/mur", WALL, Content_Type="")).last_outcome == Outcome.CONSENT_WALL


def test_a_page_that_says_not_found_with_success_is_no_coverage(site):
    site.lost = 200, "<title>Perdu</title><h1>Oh !</h1><p>La page que vous cherchez a été mangée par un crabe.</p>"

    document = fetch(site.url + "/ancien/article.html")

    assert document.last_outcome == Outcome.SOFT_404
    assert not Reading.objects.exists()


def test_an_article_of_a_site_that_never_says_not_found_is_coverage(site):
    site.lost = 200, "<title>Perdu</title><h1>Oh !</h1><p>La page que vous cherchez a été mangée par un crabe.</p>"

    assert fetch(site.says("/pont")).last_outcome == Outcome.OK


def test_a_host_is_asked_but_once_how_it_says_not_found(site):
    for path in ("/un", "/deux", "/trois"):
        fetch(site.says(path))

    made_up = [path for path, _headers in site.asked if path not in {"/robots.txt", "/un", "/deux", "/trois"}]
    assert len(made_up) == 1


def test_robots_are_obeyed(site):
    site.says("/robots.txt", "User-agent: *\nDisallow: /secret", Content_Type="text/plain")

    document = fetch(site.says("/secret/plan"))

    assert document.last_outcome == Outcome.ROBOTS_DENIED
    assert [path for path, _headers in site.asked] == ["/robots.txt"]


@pytest.mark.parametrize(
    "location", ["/x/../prive/a", "//{host}/x/../prive/a", "{site}/./prive/a", "{site}/x/%2e%2e/prive/a"]
)
def test_robots_are_not_walked_around_by_the_way_an_address_is_written(site, location):
    site.says("/robots.txt", "User-agent: *\nDisallow: /prive", Content_Type="text/plain")
    site.says("/prive/a")
    moved = location.format(site=site.url, host=site.url.removeprefix("http://"))

    document = fetch(site.says("/ici", "", 302, Location=moved))

    assert document.last_outcome == Outcome.ROBOTS_DENIED
    assert [path for path, _headers in site.asked] == ["/robots.txt", "/ici"]


def test_a_page_waits_for_robots_txt_as_long_as_it_takes(site):
    site.says("/robots.txt", status=503)
    site.says("/pont")

    document = fetch(site.url + "/pont")

    assert (document.last_outcome, document.tries) == (Outcome.ROBOTS_UNREACHABLE, 0)
    assert document.due_at - document.found_at >= timedelta(minutes=10)
    assert [path for path, _headers in site.asked] == ["/robots.txt"]


def test_a_redirect_to_half_an_address_is_an_outcome(site):
    document = fetch(site.says("/ici", "", 302, Location="http://[oops/"))

    assert FetchAttempt.objects.get().outcome == Outcome.REFUSED_ADDRESS
    assert (document.due_at, document.trouble) == (None, "")


def test_a_host_whose_not_found_leads_nowhere_takes_no_page_away(site):
    site.lost = 302, "", {"Location": "http://[nowhere/"}

    document = fetch(site.says("/court", "<title>Arvel</title><p>Le pont d’Arvel a été fermé lundi matin.</p>"))

    assert document.last_outcome == Outcome.OK


def test_a_second_fetch_of_an_unchanged_page_is_a_304_that_points_to_the_first(site):
    document = fetch(site.says("/pont", ETag='"1"'))

    document.ask()
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)

    assert [attempt.outcome for attempt in document.attempts.all()] == [Outcome.NOT_MODIFIED, Outcome.OK]
    second, first = document.captures.all()
    assert (second.revisits, Reading.objects.count()) == (first, 1)


def test_a_page_that_another_took_the_place_of_is_not_unmodified(site):
    said = {"Last_Modified": "Mon, 01 Jan 2024 10:00:00 GMT"}
    document = fetch(site.says("/pont", **said))
    site.says("/accueil", "<h1>Accueil</h1><p>Toutes les nouvelles de la vallée.</p>", **said)
    site.says("/pont", "", 302, Location="/accueil")

    document.ask()
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)

    attempt = document.attempts.first()
    assert (attempt.status, attempt.final_url) == (200, site.url + "/accueil")
    assert attempt.capture.revisits is None


def test_a_tag_goes_with_the_page_that_an_address_redirects_to(site):
    site.says("/pont", ETag='"1"')
    document = fetch(site.says("/court", "", 302, Location="/pont"))

    document.ask()
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)

    assert document.attempts.first().outcome == Outcome.NOT_MODIFIED
    assert document.captures.first().revisits == document.captures.last()


def test_not_modified_is_no_answer_where_nobody_asked_whether_it_was(site):
    document = fetch(site.says("/pont", "", 304))

    assert (document.last_outcome, document.is_coverage) == (Outcome.HTTP_ERROR, False)
    assert "we had asked for the whole page" in document.trouble
    assert not Capture.objects.exists()


def test_a_page_that_is_not_in_the_archive_is_asked_for_whole_once_more(site, settings):
    document = fetch(site.says("/pont", ETag='"1"'))
    shutil.rmtree(settings.ARCHIVE_FOLDER)

    found = []
    for _again in range(2):
        document.ask()
        drain(Document.objects.filter(pk=document.pk), fetching.fetch)
        found.append(document.attempts.first())

    assert [(attempt.status, attempt.outcome) for attempt in found] == [(304, Outcome.HTTP_ERROR), (200, Outcome.OK)]
    assert preserving.payload_of(found[1].capture) == PAGE.encode()


def test_an_unchanged_page_without_text_does_not_become_coverage(site):
    document = fetch(site.says("/vide", "<p></p>"))
    Reading.objects.update(read_at=timezone.now(), outcome=Outcome.EMPTY_EXTRACTION)

    document.ask()
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)

    document.refresh_from_db()
    assert document.attempts.first().outcome == Outcome.OK
    assert document.last_outcome == Outcome.EMPTY_EXTRACTION


@pytest.mark.parametrize(
    "url",
    ["", "nowhere", "ftp://example.org/", "http://127.0.0.1/", "http://10.0.0.1/x", "http://[::1]/", "http://localhost/",
     "http://user:pw@example.org/", "http://exa mple.org/", "http://example.org/" + "x" * 3000, "http://2130706433/"],
)  # fmt: skip
def test_an_address_we_do_not_open_is_refused_with_a_reason(url):
    with refused("refused_address", "url") as refusal:
        fetching.ask(url, by=make.reporter())

    assert len(str(refusal.value)) > 15
    assert not Document.objects.exists()


def test_one_page_is_one_document_however_its_address_is_spelled():
    first = fetching.ask("https://Example.org:443/a/../b?utm_source=x&z=1&a=2#top", by=make.reporter())

    second = fetching.ask("https://example.org/b?a=2&z=1", by=make.reporter())

    assert first == second


def test_a_viewer_asks_for_nothing():
    with pytest.raises(NotPermitted):
        fetching.ask("https://example.org/", by=make.viewer())


def test_a_page_that_was_missing_is_fetched_again_when_it_is_asked_for_again(site):
    document = fetch(site.says("/pont", status=404))
    site.says("/pont")

    fetch(document.url)

    document.refresh_from_db()
    assert document.last_outcome == Outcome.OK


def test_a_page_is_fetched_again_at_a_press_and_its_first_capture_stays(site):
    document = fetch(site.says("/pont"))
    site.says("/pont", PAGE.replace("Douze", "Vingt et une"))

    fetching.ask_again(document, by=make.reporter())
    drain(Document.objects.filter(pk=document.pk), fetching.fetch)

    assert document.captures.count() == 2


def test_a_pasted_text_has_no_address_to_be_fetched_from():
    pasted = make.document("ni:///sha-256;abc")

    with refused("pasted"):
        fetching.ask_again(pasted, by=make.reporter())


def test_of_many_documents_of_one_host_a_single_one_tries_its_luck_while_it_rests(site, monkeypatch):
    monkeypatch.setattr(door, "SHORT_WAIT", 0)
    make.host_policy(site.url.removeprefix("http://"), delay=timedelta(seconds=5))
    for path in ("/1", "/2", "/3", "/4"):
        fetching.ask(site.says(path), by=make.reporter())
    other = make.document(url="https://rests-not.example/", host="rests-not.example")
    rows = fetching.due()

    take_step(rows.claim_next(), fetching.fetch)
    following = rows.claim_next()

    assert following == other
    assert Document.objects.filter(due_at__lte=timezone.now(), leased_until=None).count() == 3


def test_a_host_that_asks_for_its_cookie_gives_its_page_and_no_cookie_stays(site):
    url = site.says("/haber", "", status=302, Location="/haber", Set_Cookie="ok=1")
    answers = site.answers
    site.answers = _WithCookie(answers, site)

    document = fetch(url)

    assert document.last_outcome == Outcome.OK
    assert Capture.objects.get().document == document
    asked = [headers.get("Cookie") for path, headers in site.asked if path == "/haber"]
    assert asked == [None, "ok=1"]
    document.ask()
    drain(Document.objects.all(), fetching.fetch)
    assert [headers.get("Cookie") for path, headers in site.asked if path == "/haber"] == [None, "ok=1"] * 2


class _WithCookie(dict):
    """The answers of a site, of which one path gives its page to who sends the cookie back."""

    def __init__(self, answers, site):
        super().__init__(answers)
        self.site = site

    def get(self, path, default=None):
        if path == "/haber" and self.site.asked[-1][1].get("Cookie") == "ok=1":
            return 200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode()
        return super().get(path, default)


def test_a_page_that_leads_on_is_kept_and_never_coverage_itself(site):
    site.says("/new", PAGE)
    words = '<title>Redirecting…</title><p>If you are not redirected, follow <a href="/new">this link</a>.</p>'
    document = fetch(site.says("/old", f'<meta http-equiv="refresh" content="0; url=/new">{words}'))

    attempt = FetchAttempt.objects.get()
    assert (attempt.outcome, attempt.final_url) == (Outcome.OK, site.url + "/new")
    assert preserving.payload_of(Capture.objects.get()) == PAGE.encode()
    assert words.encode() in gzip.decompress(preserving.records_of(Capture.objects.get()))
    assert document.last_outcome == Outcome.OK


def test_a_page_that_leads_where_robots_txt_forbids_is_no_coverage(site):
    site.says("/robots.txt", "User-agent: *\nDisallow: /new", Content_Type="text/plain")
    site.says("/new", PAGE)

    document = fetch(site.says("/old", '<meta http-equiv="refresh" content="0; url=/new"><p>Wait…</p>'))

    assert document.last_outcome == Outcome.ROBOTS_DENIED
    assert [path for path, _headers in site.asked] == ["/robots.txt", "/old"]


@pytest.mark.parametrize("label", ["utf-8", "gzip", "br"])
def test_a_plain_body_is_read_whatever_its_label_says(site, label):
    document = fetch(site.says("/pont", Content_Encoding=label))

    assert document.last_outcome == Outcome.OK
    assert preserving.payload_of(Capture.objects.get()) == PAGE.encode()


def test_a_body_that_cannot_be_decompressed_is_kept_as_served_and_asked_for_once_more(site):
    damaged = b"\x1f\x8b\x08\x00" + bytes(range(200))
    document = fetch(site.says("/pont", damaged, Content_Encoding="gzip"))
    assert (document.last_outcome, document.due_at is None) == (Outcome.BAD_ENCODING, False)

    document.ask()
    drain(Document.objects.all(), fetching.fetch)

    document.refresh_from_db()
    assert (document.last_outcome, document.due_at) == (Outcome.BAD_ENCODING, None)
    assert [preserving.payload_of(capture) for capture in Capture.objects.all()] == [damaged] * 2
    assert not Reading.objects.exists()


def test_a_host_that_speaks_only_http2_is_named_as_such(site):
    document = fetch(site.says("/pont", "", status=426, Upgrade="h2c"))

    assert (document.last_outcome, document.due_at) == (Outcome.HTTP2_ONLY, None)
    assert "HTTP/2" in FetchAttempt.objects.get().reason


@pytest.mark.parametrize("status", [202, 405])
def test_an_answer_whose_header_says_that_it_is_a_robot_check_is_one(site, status):
    script = "<html><head><script src='/challenge.js'></script></head><body></body></html>"

    document = fetch(site.says("/news", script, status=status, x_amzn_waf_action="challenge"))

    attempt = FetchAttempt.objects.get()
    assert (attempt.outcome, attempt.suspect, attempt.confidence) == (*[Outcome.BOT_CHALLENGE] * 2, 1.0)
    assert attempt.signals["for"] == ["challenge_header"]
    assert document.last_outcome == Outcome.BOT_CHALLENGE
    assert not Reading.objects.exists()


def test_a_page_that_may_be_a_wall_is_read_and_its_evidence_kept(site):
    flag = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    body = f"<html><head>{flag}</head><body><article><h1>Crue</h1><p>La rivière a débordé, dit la mairie.</p></article>"

    document = fetch(site.says("/crue", body))

    attempt = FetchAttempt.objects.get()
    assert (attempt.outcome, attempt.suspect) == (Outcome.MAY_BE_WALL, Outcome.PAYWALL)
    assert 0.3 < attempt.confidence < 0.7
    assert "paid_flag" in attempt.signals["for"]
    assert (document.is_coverage, Reading.objects.get().due_at is not None) == (False, True)
