"""Rows beyond the desk: search providers, fact-checks of others, people without an account; import from ``tests.make``.

Internal notes of the desk too.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from claims.models import Claim, DiscussionNote, PersonalLink
from claims.models.outside_vocabulary import LinkKind
from claims.models.personal_link import hash_of, new_token
from sources.models import FactCheck, ProviderRequest, ProviderSetting, SiteSearch
from sources.models.vocabulary import Engine
from tests import make_kept
from workbench.desk import declarations, encryption
from workbench.desk.channelling import ADDRESSES
from workbench.desk.channels import Channel, ChannelMessage
from workbench.desk.vocabulary import ChannelKind, DeskChannelEvent


def provider_setting(engine: str = "", *, set_by=None, **changes) -> ProviderSetting:
    """A provider that is in use: the first that the desk does not use yet, unless one is named."""
    used = set(ProviderSetting.objects.values_list("engine", flat=True))
    free = [each for each in Engine if each not in {*used, Engine.GATHERED}]
    columns = {"is_on": True, "address": "https://provider.example/", "due_at": None}
    columns |= {"engine": engine or free[0], "set_by": set_by or make_kept.admin()}
    return ProviderSetting.objects.create(**columns | changes)


def provider_request(provider_=None, **changes) -> ProviderRequest:
    columns = {"provider": provider_ or provider_setting(), "query": "https://provider.example/?q=bridge"}
    return ProviderRequest.objects.create(**columns | changes)


def site_search(source=None, **changes) -> SiteSearch:
    columns = {"address": "https://courier.example/?s={words}&feed=rss2", "set_by": make_kept.editor()}
    return SiteSearch.objects.create(source=source or make_kept.source(), **columns | changes)


def fact_check(claim: str = "Terrorists closed the bridge at Arvel.", **changes) -> FactCheck:
    """A fact-check of another publisher."""
    number = make_kept.number()
    columns = {"key": f"{number:064d}", "url": f"https://checks.example/{number}", "language": "en"}
    columns |= {"publisher": "Checks of Arvel", "rating": "False"}
    return FactCheck.objects.create(claim=claim, **columns | changes)


def discussion_note(claim_=None, *, by=None, **changes) -> DiscussionNote:
    """An internal note, as it stands in the table."""
    of = claim_ or _claim()
    columns = {"text": "Ask the road authority.", "by": by or of.logged_by, **changes}
    return DiscussionNote.objects.create(claim=of, **columns)


def personal_link(claim_=None, *, token: str = "", asked_by=None, **changes) -> PersonalLink:
    """A link that waits for advice, as it stands in the table."""
    of = claim_ or _claim()
    columns = {"kind": LinkKind.ADVICE, "to_whom": "Prof. Kaya", "question": "Can it hold?", "language": "en"}
    columns |= {"token_sha256": hash_of(token or new_token()), "asked_by": asked_by or of.logged_by}
    columns |= {"due_on": timezone.localdate() + timedelta(days=3), **changes}
    return PersonalLink.objects.create(claim=of, **columns)


def channel(**changes) -> Channel:
    """A channel that is told of everything, at a server of the desk’s own network."""
    columns = {
        "name": f"Room {make_kept.number()}",
        "kind": ChannelKind.SLACK,
        "host": "chat.example",
        "language": "en",
    }
    columns |= {"events": list(declarations.channel_events()), "set_by": make_kept.admin(), "due_at": None}
    columns |= {"locked_address": encryption.lock("https://chat.example/hook", ADDRESSES)}
    return Channel.objects.create(**columns | changes)


def channel_message(channel_=None, **changes) -> ChannelMessage:
    columns = {"event": DeskChannelEvent.TEST, "entry": changes.pop("entry", None) or make_kept.log_entry()}
    return ChannelMessage.objects.create(channel=channel_ or channel(), **columns | changes)


def _claim() -> Claim:
    return Claim.objects.create(
        text="The bridge is closed.", language="en", logged_by=make_kept.reporter(), due_at=None
    )
