"""Channels are told from the log: once, by a real server with its faults, of nothing that not everybody may read."""

import hashlib
import hmac
import json
import threading
import time
from base64 import b64decode, b64encode
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from claims.intake import recording, restricting
from claims.intake.recording import Proposition, Sighting
from claims.models.vocabulary import MethodRule, Rating
from claims.publishing import reporting
from claims.review import reviewing
from claims.review.reviewing import Finding
from sources.web import webhook
from tests import make
from tests.refusing import refused
from workbench.desk import channel_sending, channelling, encryption, notifying, retrying, seal_check
from workbench.desk.channelling import ADDRESSES, ChannelSetUp
from workbench.desk.channels import Channel, ChannelMessage
from workbench.desk.roles import NotPermitted
from workbench.desk.vocabulary import ChannelKind, MessageOutcome
from workbench.desk.work_queue import drain

pytestmark = pytest.mark.django_db

OK = (200, {}, b"ok")
INWARD = (302, {"Location": "http://169.254.169.254/latest/"}, b"")
HUGE = (200, {"Content-Length": str(50_000_000)}, b" " * 100_000)


class Hooks(ThreadingHTTPServer):
    """A server that takes messages; ``got`` are headers and body of each, ``answers`` what it says in turn."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Hook)
        self.got, self.answers, self.wait = [], [], 0.0
        self.url = f"http://127.0.0.1:{self.server_port}/hook"


class _Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        status, headers, answer = self.server.answers.pop(0) if self.server.answers else OK
        time.sleep(self.server.wait)
        self.send_response(status)
        for name, value in {"Content-Length": str(len(answer)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_words):
        """Say nothing."""


@contextmanager
def hooks():
    server = Hooks()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def server():
    with hooks() as made:
        yield made


@pytest.fixture
def channel(server):
    """A room that is told of everything, before anything happens."""
    notifying.notify()
    return make.channel(is_own_network=True, locked_address=encryption.lock(server.url, ADDRESSES))


def log_claim(text="The bridge is closed.", **how):
    return recording.log_claim(Proposition(text, "en"), Sighting(), by=make.reporter(), **how)


def send(channel, times=1):
    """Have a worker take steps with a channel, as if each wait were over; return the channel."""
    for _step in range(times):
        Channel.objects.filter(pk=channel.pk, due_at__isnull=False).update(due_at="2020-01-01T00:00:00Z")
        drain(Channel.objects.filter(pk=channel.pk), channel_sending.send)
    channel.refresh_from_db()
    return channel


def test_a_channel_is_told_what_happened_once_with_a_link_and_no_word_of_the_claim(channel, server):
    claim = log_claim("Zyxwort closed it.")

    for _look in range(2):
        notifying.notify()
        send(channel)

    ((path, _headers, body),) = server.got
    assert path == "/hook"
    assert json.loads(body)["text"] == f"A claim was logged: <https://desk.arvel/claims/{claim.pk}/|Claim {claim.pk}>"
    assert channel.messages.get().outcome == MessageOutcome.SENT
    assert (channel.trouble, channel.due_at) == ("", None)


def test_a_channel_that_wants_words_gets_them_in_its_language(channel, server):
    Channel.objects.update(with_words=True, language="fr")
    log_claim("Le pont est fermé.")
    notifying.notify()
    send(channel)

    assert "Le pont est fermé" in json.loads(server.got[0][2])["text"]


def test_the_secret_is_shown_once_and_signs_each_message(server):
    notifying.notify()
    given = ChannelSetUp("Ours", ChannelKind.WEBHOOK, server.url, events=["logged"], is_own_network=True)
    made = channelling.set_up(given, by=make.admin())
    log_claim()
    notifying.notify()
    send(made.channel)

    _path, headers, body = server.got[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = b64decode(made.secret.removeprefix("whsec_"))
    assert headers["webhook-signature"] == "v1," + b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    stored = str(Channel.objects.values().get())
    assert [made.secret in stored, server.url in stored] == [False, False]
    assert not list(seal_check.of_chain(f"channel {made.channel.pk}"))


@pytest.mark.parametrize(
    ("answer", "said"),
    [((500, {}, b""), "500"), (INWARD, "302"), ((404, {}, b"no such hook"), "404")],
)
def test_what_a_server_does_not_take_waits_longer_each_time_and_is_sent_with_the_same_number(
    channel, server, answer, said
):
    server.answers = [answer, answer]
    log_claim()
    log_claim("The bridge is open.")
    notifying.notify()

    failed = send(channel, 2)
    before = (said in failed.trouble, failed.tries, channel.messages.pending().count())
    send(channel)

    assert before == (True, 2, 2)
    assert channel.trouble == ""
    numbers = [json.loads(body)["text"][-12:] for _path, _headers, body in server.got]
    assert numbers[:3] == [numbers[0]] * 3
    assert len(server.got) == 4
    assert not channel.messages.pending().exists()


def test_a_server_that_stays_down_is_set_aside_and_told_and_nothing_is_lost(channel, server):
    server.answers = [(500, {}, b"")] * 8
    log_claim()
    notifying.notify()
    send(channel, 8)
    log_claim("The bridge is open.")
    notifying.notify()

    channel.refresh_from_db()
    stuck = (channel.is_stuck, "workbench.channel" in retrying.failing(), channel.messages.pending().count())
    channel.ask()
    send(channel)

    assert stuck == (True, True, 2)
    assert not channel.messages.pending().exists()


def test_a_message_that_a_server_refuses_for_itself_holds_up_no_other(channel, server):
    server.answers = [(413, {}, b"too long")]
    log_claim()
    log_claim("The bridge is open.")
    notifying.notify()

    failed = send(channel)
    before = ("413" in failed.trouble, failed.tries)
    send(channel)

    outcomes = channel.messages.order_by("pk").values_list("outcome", flat=True)
    assert (before, channel.trouble) == ((True, 1), "")
    assert list(outcomes) == [MessageOutcome.REFUSED, MessageOutcome.SENT]


def test_a_server_that_asks_to_wait_is_given_the_time_and_it_counts_as_no_failure(channel, server):
    server.answers = [(429, {"Retry-After": "120"}, b"")]
    log_claim()
    notifying.notify()

    waits = send(channel)

    assert (waits.tries, "429" in waits.trouble) == (0, True)
    send(channel)
    assert channel.messages.get().outcome == MessageOutcome.SENT


def test_of_a_huge_answer_the_beginning_is_read_and_the_message_counts(channel, server):
    server.answers = [HUGE]
    log_claim()
    notifying.notify()

    send(channel)

    assert channel.messages.get().outcome == MessageOutcome.SENT


def test_a_slow_server_is_left_in_time(channel, server, monkeypatch):
    monkeypatch.setattr(webhook, "LIMITS", webhook.Limits(seconds=0.3, silence_seconds=0.2))
    server.wait = 1.0
    log_claim()
    notifying.notify()

    assert send(channel).trouble != ""
    assert channel.messages.pending().count() == 1


def test_private_addresses_are_refused_unless_the_server_is_the_desks_own(server):
    admin = make.admin()
    for address in (server.url, "https://169.254.169.254/x", "https://localhost/x", "http://chat.example/x"):
        with refused("refused_address", "address"):
            channelling.set_up(ChannelSetUp("Room", ChannelKind.SLACK, address), by=admin)

    own = channelling.set_up(ChannelSetUp("Room", ChannelKind.SLACK, server.url, is_own_network=True), by=admin)

    with refused("no_address"):
        channelling.set_up(ChannelSetUp("Room", ChannelKind.SLACK), by=admin, channel=own.channel)
    with pytest.raises(NotPermitted):
        channelling.set_up(ChannelSetUp("Other", ChannelKind.SLACK, server.url), by=make.editor())
    assert Channel.objects.get().name == "Room"


def test_a_private_address_is_refused_again_when_a_message_is_sent(channel):
    Channel.objects.update(is_own_network=False)
    log_claim()
    notifying.notify()

    assert send(channel).trouble != ""
    assert channel.messages.pending().count() == 1


def test_a_restricted_claim_is_never_told(channel, server):
    log_claim("Zyxwort.", restricted=True)
    notifying.notify()
    late = log_claim("Zyxwort, again.")
    notifying.notify()
    restricting.name(late, late.logged_by, by=late.logged_by)

    send(channel)

    assert server.got == []
    assert [each.outcome for each in ChannelMessage.objects.all()] == [MessageOutcome.LEFT_OUT]


@pytest.mark.parametrize("ratings", [(Rating.REFUTED, Rating.REFUTED), (Rating.REFUTED, Rating.SUPPORTED)])
def test_no_finding_can_be_inferred_from_what_a_channel_is_told(channel, server, ratings):
    claim, editor = log_claim(), make.editor()
    item = make.confirmed_evidence(claim)
    reviewing.open_review(claim, by=claim.logged_by)
    for rating in ratings:
        reviewing.submit_review(claim, Finding(rating, "Reasons."), by=make.reviewer())
    notifying.notify()
    send(channel)
    blind = [json.loads(body)["text"].partition(":")[0] for _path, _headers, body in server.got]
    decision = reviewing.decide(claim, Finding(ratings[0], "Because."), by=editor, cited=[item])
    if len(set(ratings)) > 1:
        make.rule_waiver(decision, rule=MethodRule.DIFFER, by=editor)
    reporting.freeze(decision, by=make.editor(), language="en")
    notifying.notify()
    send(channel)

    told = [json.loads(body)["text"] for _path, _headers, body in server.got]
    assert blind == ["A claim was logged", "A claim was sent to reviewers"]
    assert [each.partition(":")[0] for each in told[2:]] == ["A claim has a verdict", "A report is published"]
    assert not [each for each in told if any(str(rating.label) in each for rating in Rating)]


def test_a_channel_that_is_off_is_told_nothing_but_a_test(channel, server):
    Channel.objects.update(is_on=False)
    log_claim()
    notifying.notify()

    channelling.test(channel, by=make.admin())
    send(channel)

    assert ["A test message" in body.decode() for _path, _headers, body in server.got] == [True]


def test_an_address_that_cannot_be_read_any_more_is_told(channel, settings):
    log_claim()
    notifying.notify()
    settings.SECRET_KEY = "another"

    assert "secret key" in send(channel).trouble
