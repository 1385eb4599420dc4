"""How messages to channels look: signatures that a receiver can check, and no words that call somebody or link."""

import json

import pytest

from workbench.desk import channel_formats
from workbench.desk.channel_formats import OutgoingMessage
from workbench.desk.vocabulary import ChannelKind

TOLD = OutgoingMessage(
    "Desk", "verdict", "A claim has a verdict", "Claim 7", "https://desk.arvel/claims/7/", "2026-11-26T20:00:00Z"
)
NASTY = "@everyone <!channel> [free](https://evil.example) **x** مرحبا"


def body(kind, told=TOLD, secret=""):
    posting = channel_formats.posting(kind, told, number="msg_1", seconds=1_614_265_330, secret=secret)
    return json.loads(posting.body), posting


def test_the_signature_is_that_of_the_specification():
    secret, number = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"

    signed = channel_formats.signature(secret, number, 1_614_265_330, b'{"test": 2432232314}')

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_signed_webhook_has_its_three_headers_and_the_words_where_they_are_wanted():
    told, posting = body(ChannelKind.WEBHOOK, secret=channel_formats.new_secret())

    assert (posting.headers["webhook-id"], posting.headers["webhook-timestamp"]) == ("msg_1", "1614265330")
    assert posting.headers["webhook-signature"].startswith("v1,")
    assert told["data"]["url"] == TOLD.url
    assert "words" not in told["data"]


@pytest.mark.parametrize("kind", [each for each in ChannelKind if each != ChannelKind.WEBHOOK])
def test_words_of_a_claim_call_nobody_and_make_no_link(kind):
    told, posting = body(kind, OutgoingMessage(*[*TOLD.__dict__.values()][:-1], words=NASTY))

    text = json.dumps(told, ensure_ascii=False)
    is_slack = kind == ChannelKind.SLACK  # which knows neither these links nor two stars, and draws them as they are
    assert [each in text for each in ("@everyone", "<!channel>")] == [False, False]
    assert [each in text for each in ("](https://evil", "**x**")] == [is_slack, is_slack]
    assert "webhook-signature" not in posting.headers
    assert TOLD.url in text


def test_each_program_gets_its_own_form():
    slack, mattermost, discord, teams = (body(kind)[0] for kind in ("slack", "mattermost", "discord", "teams"))

    card = teams["attachments"][0]["content"]
    assert slack["text"] == f"A claim has a verdict: <{TOLD.url}|Claim 7>"
    assert mattermost["text"] == f"A claim has a verdict: [Claim 7]({TOLD.url})"
    assert (discord["content"], discord["allowed_mentions"]) == (mattermost["text"], {"parse": []})
    assert (teams["type"], card["type"], card["actions"][0]["url"]) == ("message", "AdaptiveCard", TOLD.url)


def test_long_words_are_cut():
    told, _posting = body(ChannelKind.DISCORD, OutgoingMessage(*[*TOLD.__dict__.values()][:-1], words="x" * 9_000))

    assert len(told["content"]) < 2_000
