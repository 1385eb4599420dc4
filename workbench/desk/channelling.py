"""Tell channels of the desk's work: set one up, have a test sent, and note from the log what each is to be told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from workbench.desk import audit, channel_formats, declarations, encryption, hidden_rows
from workbench.desk.channel_declarations import ChannelSubject
from workbench.desk.channels import Channel, ChannelMessage
from workbench.desk.models import LogEntry, User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.vocabulary import ChannelKind, DeskAct, DeskChannelEvent, DeskVerb

ADDRESSES, SECRETS = "addresses of channels", "secrets of channels"  # what each is encrypted for
MOST_CHANNELS = 30


@dataclass(frozen=True)
class ChannelSetUp:
    """How a channel is set up. An empty ``address`` leaves the one that is kept; ``new_secret`` replaces the secret."""

    name: str
    kind: ChannelKind
    address: str = ""
    language: str = settings.LANGUAGE_CODE
    events: Sequence[str] = field(default_factory=list)
    is_on: bool = True
    is_own_network: bool = False
    with_words: bool = False
    new_secret: bool = False


@dataclass(frozen=True)
class SetChannel:
    """A channel, and the secret of its signatures where that is new: it is shown once."""

    channel: Channel
    secret: str = ""


@transaction.atomic
def set_up(
    given: ChannelSetUp,
    *,
    by: User,
    channel: Channel | None = None,
    check: Callable[[Channel], None] | None = None,
) -> SetChannel:
    """Save a channel; the log keeps who did it, never the address or the secret.

    ``check`` gets one that is there as it stands, locked, and may refuse. Raises ``Refusal`` (codes ``empty``,
    ``taken``, ``too_many``, ``no_address``, ``refused_address``, ``unreadable``) and ``NotPermitted``.
    """
    require(by, DeskAct.SET_CHANNELS)
    held = Channel.objects.select_for_update().get(pk=channel.pk) if channel else Channel(kind=given.kind, due_at=None)
    if channel and check:
        check(held)
    _check_name(given.name, held)
    address = given.address.strip() or address_of(held)
    host, problem = declarations.poster().host(address, own_network=given.is_own_network)
    if problem:
        raise Refusal(problem, "refused_address" if given.address.strip() else "no_address", field="address")
    signs = held.kind == ChannelKind.WEBHOOK
    secret = channel_formats.new_secret() if signs and (given.new_secret or not held.locked_secret) else ""
    known = declarations.channel_events()
    held.name, held.host, held.language = given.name.strip(), host, given.language
    held.is_on, held.is_own_network, held.with_words = given.is_on, given.is_own_network, given.with_words
    held.events = [event for event in known if event in given.events]
    held.locked_address = encryption.lock(address, ADDRESSES) if given.address.strip() else held.locked_address
    held.locked_secret = encryption.lock(secret, SECRETS) if secret else held.locked_secret
    held.set_by = by
    held.save()
    _record(held, by=by, secret_changed=bool(secret))
    held.ask()
    return SetChannel(held, secret)


@transaction.atomic
def test(channel: Channel, *, by: User) -> None:
    """Have a test message sent to a channel, also to one that is not in use. Raises ``NotPermitted``."""
    require(by, DeskAct.SET_CHANNELS)
    entry = audit.record(by, DeskVerb.TESTED_CHANNEL, channel, name=channel.name)
    ChannelMessage.objects.create(channel=channel, entry=entry, event=DeskChannelEvent.TEST)
    channel.ask()


def queue(entries: Iterable[LogEntry]) -> int:
    """Note what channels are to be told of these entries of the log; return how many messages are new.

    What not everybody may read is left out here, and looked at again before it is sent.
    """
    fresh = {entry.pk: entry for entry in entries if entry.verb in declarations.channel_tellings()}
    channels = list(Channel.objects.filter(is_on=True)) if fresh else []
    told = list(_told(fresh, {event for channel in channels for event in channel.events})) if channels else []
    made = ChannelMessage.objects.bulk_create(
        (
            ChannelMessage(channel=channel, entry=entry, event=event)
            for entry, event in told
            for channel in channels
            if event in channel.events and entry.recorded_at >= channel.made_at
        ),
        ignore_conflicts=True,
    )
    waiting = {message.channel_id for message in made}
    if waiting:  # one whose server is down comes back when its wait is over
        Channel.objects.filter(pk__in=waiting, trouble="").ask()
    return len(made)


def subject_of(entry: LogEntry, event: str) -> ChannelSubject | None:
    """Return what a message about an entry says; None where not everybody at the desk may read it by now."""
    with hidden_rows.read_by(lambda: None):
        if not LogEntry.objects.filter(pk=entry.pk).exists():
            return None
        tellings = declarations.channel_tellings().get(entry.verb, ())
        return next((telling.about(entry) for telling in tellings if telling.event.value == event), None)


def address_of(channel: Channel) -> str:
    """Return the address of a channel; empty for a new one. Raises ``Refusal`` (code ``unreadable``)."""
    return _unlocked(channel.locked_address, ADDRESSES) if channel.locked_address else ""


def secret_of(channel: Channel) -> str:
    """Return the secret of a channel; empty for one without. Raises ``Refusal`` (code ``unreadable``)."""
    return _unlocked(channel.locked_secret, SECRETS) if channel.locked_secret else ""


def _told(entries: Mapping[int, LogEntry], wanted: set[str]) -> Iterator[tuple[LogEntry, str]]:
    """Yield what is told of entries that everybody may read."""
    with hidden_rows.read_by(lambda: None):
        for key in LogEntry.objects.filter(pk__in=entries).order_by("recorded_at", "pk").values_list("pk", flat=True):
            for telling in declarations.channel_tellings()[entries[key].verb]:
                if telling.event.value in wanted and telling.about(entries[key]) is not None:
                    yield entries[key], telling.event.value


def _unlocked(locked: str, purpose: str) -> str:
    try:
        return encryption.unlock(locked, purpose)
    except encryption.NotUnlocked as problem:
        text = _("The address of this channel cannot be read, because the secret key of the desk has changed.")
        raise Refusal(text, "unreadable", field="address") from problem


def _check_name(name: str, channel: Channel) -> None:
    if not name.strip():
        raise Refusal(_("Give the channel a name."), "empty", field="name")
    if Channel.objects.filter(name__iexact=name.strip()).exclude(pk=channel.pk).exists():
        raise Refusal(_("Another channel has this name."), "taken", field="name")
    if channel.pk is None and Channel.objects.count() >= MOST_CHANNELS:
        raise Refusal(_("There are %(most)d channels already.") % {"most": MOST_CHANNELS}, "too_many", field="name")


def _record(channel: Channel, *, by: User, secret_changed: bool) -> None:
    facts: dict[str, Any] = {"name": channel.name, "kind": channel.kind, "host": channel.host, "is_on": channel.is_on}
    facts |= {"events": channel.events, "own_network": channel.is_own_network, "with_words": channel.with_words}
    facts |= {"language": channel.language, "secret_changed": secret_changed}
    audit.record(by, DeskVerb.SET_CHANNEL, channel, **facts)
