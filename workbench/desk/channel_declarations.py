"""What an app declares about channels: which entries of the log they are told of, and what posts the messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from workbench.desk.vocabulary import ChannelEvent, Verb


@dataclass(frozen=True)
class ChannelSubject:
    """What a message to a channel is about: its name, the path of its page, and its words."""

    name: str
    path: str
    words: str = ""


@dataclass(frozen=True)
class ChannelTelling:
    """What channels are told when an entry with this verb is added to the log.

    ``about`` gets the entry, and returns None where it is not told. It is asked again before the message is sent, each
    time with the eyes of somebody who is not signed in: what only some people may read is never told.
    """

    verb: Verb
    event: ChannelEvent
    about: Callable[[Any], ChannelSubject | None]


@dataclass(frozen=True)
class PostedMessage:
    """How a server answered: its status, and the seconds that it asks us to wait; or what went wrong before that."""

    status: int = 0
    wait: float = 0.0
    problem: str = ""


class Poster(Protocol):
    """Sends messages to addresses outside: the desk itself opens no connection."""

    def host(self, url: str, *, own_network: bool) -> tuple[str, str]:
        """Return the site of an address to which messages may go, or what speaks against it."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str], *, own_network: bool) -> PostedMessage:
        """Post a body once, and say how it was taken."""
