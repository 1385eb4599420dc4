"""Which entries of the log about the four-eyes policy and roles people are told of, and who."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from workbench.desk.channel_declarations import ChannelSubject, ChannelTelling
from workbench.desk.declarations import Telling
from workbench.desk.four_eyes import FourEyesPolicy, able_to_second, present
from workbench.desk.models import LogEntry, User
from workbench.desk.vocabulary import DeskAct, DeskChannelEvent, DeskEvent, DeskVerb, Verb

# Who may agree to what is proposed about these rows. Other apps tell of their own.
SECONDS = {User._meta.model_name: DeskAct.AGREE_TO_ROLE, FourEyesPolicy._meta.model_name: DeskAct.AGREE_TO_POLICY}


def _seconds(entry: LogEntry) -> Iterable[int]:
    """Return who may agree to a proposed role or policy."""
    act = SECONDS.get(entry.subject.partition(" ")[0])
    if act is None or entry.actor is None:
        return []
    return present(able_to_second(act, by=entry.actor))


def proposers(entry: LogEntry) -> Iterable[int]:
    """Return who made the proposal that somebody answered."""
    return proposers_by(entry, DeskVerb.PROPOSED, "proposal")


def proposers_by(entry: LogEntry, verb: Verb, fact: str) -> list[int]:
    """Return who proposed, with this verb, what an entry answers: the newest entry in its chain with the same fact."""
    number = json.loads(entry.facts)[fact]
    before = LogEntry.objects.filter(chain=entry.chain, verb=verb, seq__lt=entry.seq)
    asked = before.filter(facts__contains=f'"{fact}": {number}').order_by("-seq")
    return [each.actor_id for each in asked[:1] if each.actor_id]


def _test(_entry: LogEntry) -> ChannelSubject:
    """Return what a test message is about: the channels of the desk."""
    return ChannelSubject(_("Channels"), reverse("channels"), _("If you read this, the channel works."))


CHANNEL_TELLINGS = [ChannelTelling(DeskVerb.TESTED_CHANNEL, DeskChannelEvent.TEST, _test)]
TELLINGS = [
    Telling(DeskVerb.PROPOSED, DeskEvent.TO_SECOND, _seconds),
    Telling(DeskVerb.AGREED, DeskEvent.ANSWERED, proposers),
    Telling(DeskVerb.DECLINED, DeskEvent.ANSWERED, proposers),
]
