import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from sources.models import ExternalArchive
from sources.proving import copying
from tests import make
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)


class Archive(BaseHTTPRequestHandler):
    """Speaks as the Wayback Machine does, faults included."""

    def do_GET(self):
        path = urlsplit(self.path)
        self.server.asked.append((path.path, parse_qs(path.query), dict(self.headers)))
        if path.path.startswith("/save/status/"):
            self.answer(*self.server.states.pop(0))
        else:
            self.answer(*self.server.available)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append((self.path, parse_qs(body), dict(self.headers)))
        self.answer(*self.server.saves)

    def answer(self, status, body, kind="application/json"):
        data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if status == 429:
            self.send_header("Retry-After", "90")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


def snapshot(at, url=None):
    url = f"http://web.archive.org/web/{at:%Y%m%d%H%M%S}/https://courier.example/bridge" if url is None else url
    closest = {"available": True, "url": url, "timestamp": f"{at:%Y%m%d%H%M%S}", "status": "200"}
    return 200, {"url": "courier.example/bridge", "archived_snapshots": {"closest": closest}}


@pytest.fixture
def archive(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Archive)
    server.asked, server.states = [], []
    server.available, server.saves = (200, {"archived_snapshots": {}}), (200, {"job_id": "spn2-1"})
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}"
    settings.WAYBACK, settings.WAYBACK_KEY = True, "access:secret"
    settings.WAYBACK_AVAILABLE_URL, settings.WAYBACK_SAVE_URL = f"{base}/wayback/available", f"{base}/save"
    yield server
    server.shutdown()
    server.server_close()


def asked():
    return copying.ask_for_copy(make.document("https://courier.example/bridge"), by=make.reporter())


def work(row):
    ExternalArchive.objects.update(due_at=timezone.now(), leased_until=None)
    drain(ExternalArchive.objects.all(), copying.copy, budget=timedelta(seconds=0.001))
    row.refresh_from_db()
    return row


def test_a_recent_copy_is_taken_as_it_is(archive):
    archive.available = snapshot(NOW)

    row = work(asked())

    assert row.snapshot_url.endswith("/https://courier.example/bridge")
    assert (row.snapshot_at, row.due_at) == (NOW.replace(microsecond=0), None)
    assert archive.asked[0][:2] == ("/wayback/available", {"url": ["https://courier.example/bridge"]})


def test_without_a_recent_copy_one_is_asked_for_and_awaited(archive):
    archive.available = snapshot(datetime(2019, 1, 1, tzinfo=UTC))
    done = {"status": "success", "timestamp": "20241129101112", "original_url": "https://courier.example/bridge"}
    archive.states = [(200, {"status": "pending", "resources": []}), (200, done)]

    row = work(asked())
    assert (row.job, row.snapshot_at) == ("spn2-1", None)
    assert work(row).snapshot_at is None
    row = work(row)

    assert row.snapshot_url.endswith("/web/20241129101112/https://courier.example/bridge")
    assert (row.due_at, row.trouble) == (None, "")
    path, form, headers = archive.asked[1]
    assert (path, form, headers["Authorization"]) == (
        "/save",
        {"url": ["https://courier.example/bridge"]},
        "LOW access:secret",
    )


def test_a_refusal_is_an_answer_and_not_asked_again(archive):
    archive.states = [(200, {"status": "error", "status_ext": "error:blocked-url", "message": "blocked"})]

    row = work(work(asked()))

    assert (row.refusal, row.due_at, row.trouble) == ("error:blocked-url", None, "")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((400, {"message": "This URL is excluded."}), "This URL is excluded."),
        ((403, {}), "HTTP 403"),
        ((404, "<html>Not found</html>", "text/html"), "HTTP 404"),
        ((200, {"job_id": "../../x y"}), "The archive gave no reason."),
    ],
)
def test_what_would_be_refused_again_is_final_and_said(archive, answer, reason):
    archive.saves = answer

    row = work(asked())

    assert (row.refusal, row.due_at, row.trouble, row.job) == (reason, None, "", "")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(document.domain)",
        "https://elsewhere.example/web/2024/https://courier.example/bridge",
        "https://elsewhere.example\\@web.archive.org/",
        "https://user@web.archive.org/",
        "data:text/html,x",
        "",
    ],
    ids=["script", "another host", "backslash", "user", "data", "empty"],
)
def test_what_leads_elsewhere_than_to_the_archive_is_no_copy(archive, settings, url):
    settings.WAYBACK_KEY = ""
    archive.available = snapshot(NOW, url)

    row = work(asked())

    assert (row.snapshot_url, row.snapshot_at) == ("", None)
    assert "no copy" in row.refusal


def test_an_archive_of_another_host_gives_copies_of_its_own(archive, settings):
    at = f"{settings.WAYBACK_SAVE_URL.removesuffix('/save')}/web/2024/https://courier.example/bridge"
    archive.available = snapshot(NOW, at)

    assert work(asked()).snapshot_url == at


def test_a_wrong_key_is_said(archive):
    archive.saves = (401, {"message": "You need to be logged in to use Save Page Now."})

    assert "logged in" in work(asked()).refusal


def test_without_a_key_an_old_copy_is_better_than_none(archive, settings):
    settings.WAYBACK_KEY = ""
    archive.available = snapshot(datetime(2019, 1, 1, tzinfo=UTC))

    assert work(asked()).snapshot_at.year == 2019


def test_without_a_key_and_a_copy_it_says_why_there_is_none(archive, settings):
    settings.WAYBACK_KEY = ""

    assert "key" in work(asked()).refusal


@pytest.mark.parametrize(
    "answer",
    [(429, "slow down"), (503, "busy"), (200, "<html>Sorry.</html>", "text/html"), (200, "[]"), (500, "{}")],
)
def test_a_busy_or_broken_archive_is_asked_again_later_without_trouble(archive, answer):
    archive.available = answer

    row = work(asked())

    assert (row.trouble, row.tries, row.snapshot_at, row.refusal) == ("", 0, None, "")
    assert row.due_at > timezone.now() + timedelta(seconds=50)


def test_an_archive_out_of_reach_is_asked_again_later(archive, settings):
    settings.WAYBACK_AVAILABLE_URL = "http://127.0.0.1:1/wayback/available"

    row = work(asked())

    assert (row.trouble, row.tries) == ("", 0)
    assert row.due_at > timezone.now() + timedelta(minutes=4)


def test_who_asked_is_noted(archive):
    row = asked()

    assert LogEntry.objects.get(verb="asked for a copy").actor == row.asked_by


def test_a_copy_is_asked_for_once_of_what_is_on_the_web_by_who_may(archive, settings):
    row = asked()
    with refused("requested"):
        copying.ask_for_copy(row.document, by=make.reporter())
    with refused("pasted"):
        copying.ask_for_copy(make.document("ni:///sha-256;x"), by=make.reporter())
    with pytest.raises(NotPermitted):
        copying.ask_for_copy(make.document(), by=make.viewer())
    settings.WAYBACK = False
    with refused("turned_off"):
        copying.ask_for_copy(make.document(), by=make.reporter())
