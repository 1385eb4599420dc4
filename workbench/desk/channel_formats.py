"""How a message looks to each kind of channel: signed webhooks, and the incoming webhooks of four chat programs.

Signed webhooks keep to Standard Webhooks 1.0: the signature is HMAC-SHA-256 over number, time and body. Chat programs
get names and words that cannot call anybody or make a link: these may come from a claim.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

PREFIX = "whsec_"
LONGEST_WORDS = 500  # characters of a claim in a message
# What is a sign of Markdown, of a mention or of a link in one of the chat programs; a backslash takes its meaning.
MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:])")
ISOLATE, END = "\u2068", "\u2069"  # words from right to left do not turn what stands around them
NO_BREAK = "\u200b"  # after an at sign: no chat program takes what follows for the name of somebody


@dataclass(frozen=True)
class OutgoingMessage:
    """What a channel is told: what happened, to what, where it is at the desk, and its words, where it wants them."""

    desk: str
    event: str
    label: str
    name: str
    url: str
    at: str
    words: str = ""

    @property
    def shortened(self) -> str:
        """The words, in one line of a bearable length."""
        line = " ".join(self.words.split())
        return f"{line[:LONGEST_WORDS]}…" if len(line) > LONGEST_WORDS else line


@dataclass(frozen=True)
class Posting:
    """The body and the headers of one request."""

    body: bytes
    headers: Mapping[str, str]


def new_secret() -> str:
    """Return a key for signatures as Standard Webhooks writes it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def signature(secret: str, number: str, seconds: int, body: bytes) -> str:
    """Return the signature of a message: HMAC-SHA-256 over number, time and body, with a stop between them."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = b".".join([number.encode(), str(seconds).encode(), body])
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def posting(kind: str, told: OutgoingMessage, *, number: str, seconds: int, secret: str) -> Posting:
    """Return the request that tells a channel of this kind; ``seconds`` is the time at which it is sent."""
    body = json.dumps(BODIES[kind](told), ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json"}
    if secret:
        signed = signature(secret, number, seconds, body)
        headers |= {"webhook-id": number, "webhook-timestamp": str(seconds), "webhook-signature": signed}
    return Posting(body, headers)


def _webhook(told: OutgoingMessage) -> dict[str, Any]:
    data = {"desk": told.desk, "what": told.label, "name": told.name, "url": told.url}
    return {"type": told.event, "timestamp": told.at, "data": {**data, **({"words": told.words} if told.words else {})}}


def _slack(told: OutgoingMessage) -> dict[str, Any]:
    """Slack’s own marks: only ``&``, ``<`` and ``>`` begin something, and a mention stands between the last two."""

    def plain(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", f"@{NO_BREAK}")

    words = f"\n>{ISOLATE}{plain(told.shortened)}{END}" if told.words else ""
    text = f"{plain(told.label)}: <{told.url}|{plain(told.name)}>{words}"
    return {"text": text, "unfurl_links": False, "unfurl_media": False}


def _markdown(told: OutgoingMessage) -> str:
    words = f"\n> {ISOLATE}{_escaped(told.shortened)}{END}" if told.words else ""
    return f"{_escaped(told.label)}: [{_escaped(told.name)}]({told.url}){words}"


def _escaped(text: str) -> str:
    return MARKDOWN.sub(r"\\\1", text).replace("@", f"@{NO_BREAK}")


def _mattermost(told: OutgoingMessage) -> dict[str, Any]:
    return {"text": _markdown(told)}


def _discord(told: OutgoingMessage) -> dict[str, Any]:
    return {"content": _markdown(told), "allowed_mentions": {"parse": []}}


def _teams(told: OutgoingMessage) -> dict[str, Any]:
    """An Adaptive Card, in the envelope that a workflow takes which posts to a channel when a request comes."""
    lines: list[dict[str, Any]] = [
        {"type": "TextBlock", "text": _escaped(told.label), "weight": "Bolder", "wrap": True}
    ]
    lines += [{"type": "TextBlock", "text": _escaped(told.shortened), "wrap": True}] if told.words else []
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": lines,
        "actions": [{"type": "Action.OpenUrl", "title": told.name, "url": told.url}],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


BODIES: dict[str, Callable[[OutgoingMessage], dict[str, Any]]] = {
    "webhook": _webhook,
    "slack": _slack,
    "mattermost": _mattermost,
    "teams": _teams,
    "discord": _discord,
}
