"""Send messages to channels: one after the other, tried again while a server is down, and none lost or told twice."""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from workbench.desk import channel_formats, channelling, declarations, desk_profile
from workbench.desk.channel_declarations import PostedMessage
from workbench.desk.channel_formats import OutgoingMessage
from workbench.desk.channels import Channel, ChannelMessage
from workbench.desk.refusal import Refusal
from workbench.desk.vocabulary import DeskChannelEvent, MessageOutcome
from workbench.desk.work_queue import Next, Trouble, WorkQuerySet

BUSY = {429, 503}
NOT_THIS_ONE = {400, 413, 422}  # a server says so of the message itself: it would say so again
LONGEST_WAIT = timedelta(hours=1)  # that a server may ask for


def due() -> WorkQuerySet:
    """Return the channels, for a worker that sends what waits for those that are due."""
    rows: WorkQuerySet = Channel.objects.all()
    return rows


def send(channel: Channel) -> Generator[None, None, Next]:
    """Send the oldest message that waits for a channel, and come back for the next one.

    The number of a message stays the same: a receiver knows one that comes twice, because a worker died in between.
    One that the server refuses for itself has ended: it holds up no other. A server that refuses eight in a row is in
    trouble as one that is down.
    """
    waiting = channel.messages.pending()
    if not channel.is_on:
        waiting = waiting.filter(event=DeskChannelEvent.TEST)
    message = waiting.select_related("entry").first()
    told = _told(channel, message) if message is not None else None
    answer = _post(channel, message, told) if message is not None and told is not None else None
    yield
    if message is None:
        return None
    trouble = _trouble(answer) if answer is not None else None
    if answer is None or trouble is None or answer.status in NOT_THIS_ONE:
        message.outcome, message.ended_at = _outcome(answer), timezone.now()
        message.save(update_fields=["outcome", "ended_at"])
    return trouble or (timezone.now() if waiting.exists() else None)


def _outcome(answer: PostedMessage | None) -> MessageOutcome:
    if answer is None:
        return MessageOutcome.LEFT_OUT
    return MessageOutcome.REFUSED if answer.status in NOT_THIS_ONE else MessageOutcome.SENT


def _told(channel: Channel, message: ChannelMessage) -> OutgoingMessage | None:
    """Return what a message says, in the language of the channel; None where not everybody may read it any more."""
    with translation.override(channel.language):
        subject = channelling.subject_of(message.entry, message.event)
        if subject is None:
            return None
        return OutgoingMessage(
            desk=desk_profile.name(),
            event=message.event,
            label=str(declarations.channel_events()[message.event].label),
            name=subject.name,
            url=f"{settings.DESK_URL}{subject.path}",
            at=message.entry.recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            words=subject.words if channel.with_words else "",
        )


def _post(channel: Channel, message: ChannelMessage, told: OutgoingMessage) -> PostedMessage:
    try:
        address, secret = channelling.address_of(channel), channelling.secret_of(channel)
    except Refusal as problem:
        return PostedMessage(problem=str(problem))
    seconds = int(timezone.now().timestamp())
    posting = channel_formats.posting(channel.kind, told, number=message.number, seconds=seconds, secret=secret)
    return declarations.poster().post(address, posting.body, posting.headers, own_network=channel.is_own_network)


def _trouble(answer: PostedMessage) -> Trouble | None:
    """Return what keeps a message waiting; None where the server took it."""
    if answer.problem:
        return Trouble(answer.problem)
    if 200 <= answer.status < 300:
        return None
    if answer.status in BUSY and answer.wait:
        problem = _("The server asks us to wait (HTTP %(status)d).") % {"status": answer.status}
        return Trouble(problem, min(timedelta(seconds=answer.wait), LONGEST_WAIT))
    if 300 <= answer.status < 400:
        problem = _("The server leads elsewhere (HTTP %(status)d), and messages do not follow. Set the new address.")
        return Trouble(problem % {"status": answer.status})
    return Trouble(_("The server did not take the message (HTTP %(status)d).") % {"status": answer.status})
