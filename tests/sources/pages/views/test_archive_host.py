import io
from datetime import timedelta

import pytest
from django.test import Client

from sources.capturing import bringing
from sources.proving import replay
from tests import make
from tests.archived import archived
from workbench.desk.refusal import Refusal

pytestmark = pytest.mark.django_db

APP = "http://testserver"
HOST = "captures.localhost"
PAGE = "<title>Le pont</title><p>Le pont est fermé.</p>"


@pytest.fixture(autouse=True)
def _own_archive(settings, tmp_path):
    settings.ARCHIVE_FOLDER, settings.ARCHIVE_HOST = tmp_path, HOST


@pytest.fixture
def token(tmp_path):
    """The path at which a page is shown."""
    return path_of(archived(tmp_path, PAGE))


def path_of(capture):
    return "/" + replay.address(capture, APP).rpartition("/")[2]


def visitor():
    """A person who is signed in, and whose browser, against all custom, sends its cookies to the archive host."""
    client = Client(raise_request_exception=False)
    client.force_login(make.editor())
    return client


def ask(path, host=HOST, method="get", **headers):
    return getattr(visitor(), method)(path, headers={"host": host, **headers})


def refuse(_ticket):
    raise Refusal("Not today.", "of_another_kind")


def headers(framed_by="'none'", kind="text/plain", **others):
    policy = (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; form-action 'none'; "
        f"base-uri 'none'; frame-ancestors {framed_by}; sandbox"
    )
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": policy,
        "Content-Type": f"{kind}; charset=utf-8",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-DNS-Prefetch-Control": "off",
        **others,
    }


def seen(answer):
    return answer.status_code, dict(answer.headers), dict(answer.cookies)


def test_a_page_is_shown_under_the_policy_for_the_workbench_that_asked(token):
    answer = ask(token)

    assert answer.content.decode() == PAGE
    assert seen(answer) == (200, headers(APP, "text/html"), {})


@pytest.mark.parametrize(
    "host", ["CAPTURES.localhost", "captures.localhost.", "captures.localhost:9000", "Captures.Localhost.:80"]
)
def test_the_host_is_known_however_it_is_written(token, host):
    assert seen(ask(token, host)) == (200, headers(APP, "text/html"), {})


@pytest.mark.parametrize("path", ["/", "/healthz", "/sign-in/", "/admin/", "/claims/", "/static/workbench/look.css"])
def test_nothing_of_the_workbench_is_at_the_archive_host(path):
    answer = ask(path)

    assert answer.content == b"There is nothing at this address."
    assert seen(answer) == (404, headers(), {})


@pytest.mark.parametrize("change", [lambda path: path + "x", lambda path: path + "/", lambda path: "//" + path[1:]])
def test_an_address_that_was_changed_is_none(token, change):
    assert seen(ask(change(token))) == (404, headers(), {})


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "trace", "patch"])
def test_captured_pages_can_only_be_looked_at(token, method):
    assert seen(ask(token, method=method)) == (405, headers(Allow="GET, HEAD"), {})


def test_their_headers_can_be_asked_for(token):
    answer = ask(token, method="head")

    assert (answer.content, seen(answer)) == (b"", (200, headers(APP, "text/html"), {}))


@pytest.mark.parametrize(("place", "status"), [("iframe", 200), ("document", 403), ("image", 403), ("empty", 403)])
def test_a_browser_that_says_what_it_asks_for_gets_a_page_for_a_frame_only(token, place, status):
    assert ask(token, **{"sec-fetch-dest": place}).status_code == status


def test_a_refusal_to_be_a_page_of_its_own_has_the_same_headers(token):
    assert seen(ask(token, **{"sec-fetch-dest": "document"})) == (403, headers(), {})


def test_a_view_that_has_ended_says_so_in_its_frame(token, monkeypatch):
    monkeypatch.setattr(replay, "LASTS", timedelta(seconds=-1))

    answer = ask(token)

    assert answer.content == b"This view has expired. Open it again from the workbench."
    assert seen(answer) == (410, headers(APP), {})


def test_what_the_archive_does_not_hold_says_so_in_its_frame():
    assert seen(ask(path_of(make.capture()))) == (404, headers(APP), {})


def test_a_refusal_without_a_status_of_its_own_says_so_in_its_frame(token, monkeypatch):
    monkeypatch.setattr(replay, "still", refuse)

    answer = ask(token)

    assert (answer.content, seen(answer)) == (b"Not today.", (503, headers(APP), {}))


def test_a_fault_of_ours_shows_nothing_and_has_the_same_headers(token, django_db_blocker, caplog):
    client = visitor()

    with django_db_blocker.block():
        answer = client.get(token, headers={"host": HOST})

    assert (answer.content, seen(answer)) == (b"", (500, headers(APP), {}))
    assert "A captured page could not be shown" in caplog.text


@pytest.mark.parametrize("host", ["testserver", "captures.localhost.example", "x.captures.localhost", "localhost"])
def test_other_hosts_do_not_have_captured_pages(token, host):
    answer = ask(token, host)

    assert answer.status_code in {400, 404}
    assert "Le pont" not in answer.content.decode()


def test_without_a_host_name_there_is_no_archive_host(token, settings):
    settings.ARCHIVE_HOST = ""

    assert ask(token).status_code == 400


def brought(body, name, settings, tmp_path):
    settings.UPLOAD_FOLDER = tmp_path / "uploads"
    document = bringing.bring(io.BytesIO(body), name, by=make.reporter())
    return path_of(document.captures.get())


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"<svg onload='alert(1)'/>", 404),
        (b"GIF89a", 404),
        (b"%PDF-1.7", 404),
        (b"<!doctype html><script>alert(1)</script>", 200),
    ],
)
def test_what_could_run_is_not_shown_or_only_as_captured_pages_are(settings, tmp_path, body, status):
    answer = ask(brought(body, "photo.png", settings, tmp_path))

    assert answer.status_code == status
    assert answer["Content-Type"] in {"text/plain; charset=utf-8", "text/html; charset=utf-8"}
    assert "img-src data:" in answer["Content-Security-Policy"]
