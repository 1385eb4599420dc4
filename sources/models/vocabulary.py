"""The words of the trade about sources and coverage."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workbench.desk.roles import ADMINS, EDITORS, REPORTERS, REVIEWERS, Act, Role
from workbench.desk.vocabulary import Verb


class SourceKind(models.TextChoices):
    OUTLET = "outlet", _("Outlet")
    AGENCY = "agency", _("News agency")
    OFFICIAL = "official", _("Official body")
    ORGANISATION = "organisation", _("Organization")
    PERSON = "person", _("Person")
    ACCOUNT = "account", _("Account")
    GROUP = "group", _("Described group")
    UNNAMED = "unnamed", _("Nobody named")


class Reliability(models.TextChoices):
    """Reliability of a source on the Admiralty scale (NATO AJP-2.1, annex A)."""

    A = "A", _("A – completely reliable")
    B = "B", _("B – usually reliable")
    C = "C", _("C – fairly reliable")
    D = "D", _("D – not usually reliable")
    E = "E", _("E – unreliable")
    F = "F", _("F – cannot be judged")


class Outcome(models.TextChoices):
    """How one attempt to fetch an address ended."""

    OK = "ok", _("Fetched")
    NOT_MODIFIED = "not_modified", _("Not modified since")
    HTTP_ERROR = "http_error", _("The server answered with an error")
    GONE = "gone", _("Not found, or gone")
    BLOCKED = "blocked", _("The server refuses us")
    ROBOTS_DENIED = "robots_denied", _("robots.txt asks us not to")
    ROBOTS_UNREACHABLE = "robots_unreachable", _("robots.txt cannot be had")
    POLICY_DENIED = "policy_denied", _("The desk decided not to open this host")
    LOGIN_WALL = "login_wall", _("Behind a sign-in")
    CONSENT_WALL = "consent_wall", _("Behind a consent wall")
    PAYWALL = "paywall", _("Behind a paywall")
    BOT_CHALLENGE = "bot_challenge", _("Behind a challenge for robots")
    SOFT_404 = "soft_404", _("Says “not found” with a success code")
    UNPARSABLE = "unparsable", _("Our reader gave up on it")
    EMPTY_EXTRACTION = "empty_extraction", _("No text could be read")
    NOT_TEXT = "not_text", _("Not a page of text")
    TIMEOUT = "timeout", _("Too slow")
    DNS = "dns", _("The host name has no address")
    TLS = "tls", _("The connection is not secure")
    CONNECTION = "connection", _("The connection failed")
    TOO_LARGE = "too_large", _("Too large")
    TOO_MANY_REDIRECTS = "too_many_redirects", _("Too many redirects")
    BAD_ENCODING = "bad_encoding", _("Broken transfer encoding")
    REFUSED_ADDRESS = "refused_address", _("An address we do not open")


# Where somebody, the publisher or the desk, does not want an address opened at all.
FORBIDDEN = {Outcome.ROBOTS_DENIED, Outcome.POLICY_DENIED}


class Engine(models.TextChoices):
    """Where a search asks."""

    GATHERED = "gathered", _("What was gathered here")


class Archive(models.TextChoices):
    """Who else keeps pages, and can be asked to."""

    WAYBACK = "wayback", _("Wayback Machine")


class DatePrecision(models.TextChoices):
    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")
    MINUTE = "minute", _("minute")


class EditKind(models.TextChoices):
    """What was done to a sentence between two readings of a page."""

    ADDED = "added", _("added")
    REMOVED = "removed", _("removed")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("moved")


class EditPlace(models.TextChoices):
    """Where on a page something changed."""

    TEXT = "text", _("text")
    HEADLINE = "headline", _("headline")
    BYLINE = "byline", _("byline")
    DATE = "date", _("date of publication")


class EditFlag(models.TextChoices):
    """What in a change carries weight; no change with one of these is a matter of typesetting."""

    HEADLINE = "headline", _("headline")
    NUMBER = "number", pgettext_lazy("what was edited", "number")
    NAME = "name", _("name")
    NEGATION = "negation", _("negation")
    ATTRIBUTION = "attribution", _("attribution")
    DATE = "date", _("date")


class Fate(models.TextChoices):
    """What became of a passage when its page was changed."""

    MOVED = "moved", _("moved")
    ALTERED = "altered", _("altered")
    GONE = "gone", _("gone")
    BACK = "back", _("back again")


class SourceAct(Act):
    GATHER = "gather", _("add sources and feeds, ask for coverage")
    READ_RAW = "read_raw", _("download captures byte for byte")
    CRAWL_POLICY = "crawl_policy", _("decide how a host is visited, or that it is not")


ACTS: dict[Act, frozenset[Role]] = {
    SourceAct.GATHER: REPORTERS,
    SourceAct.READ_RAW: REVIEWERS,
    SourceAct.CRAWL_POLICY: EDITORS | ADMINS,
}


class SourceVerb(Verb):
    """What people and workers do with sources, feeds and documents."""

    ADDED_DOMAIN = "added a domain", pgettext_lazy("log", "added a domain")
    ADDED_FEED = "added a feed", pgettext_lazy("log", "added a feed")
    ADDED_NAME = "added a name", pgettext_lazy("log", "added a name")
    ADDED_SOURCE = "added a source", pgettext_lazy("log", "added a source")
    ASKED_FOR_RENDERING = (
        "asked for a capture with a browser",
        pgettext_lazy("log", "asked for a capture with a browser"),
    )
    ASKED_FOR_COPY = "asked for a copy", pgettext_lazy("log", "asked for a copy")
    ASKED_FOR_DOCUMENT = "asked for a document", pgettext_lazy("log", "asked for a document")
    ASKED_FOR_DOCUMENT_AGAIN = "asked for a document again", pgettext_lazy("log", "asked for a document again")
    CHANGED_SOURCE = "changed a source", pgettext_lazy("log", "changed a source")
    SET_SITE_RULE = "decided on a host", pgettext_lazy("log", "decided on a host")
    RESUMED_FEED = "had a feed polled again", pgettext_lazy("log", "had a feed polled again")
    LOOKED_FEEDS = "looked for feeds", pgettext_lazy("log", "looked for feeds")
    MOVED_DOMAIN = "moved a domain", pgettext_lazy("log", "moved a domain")
    PASTED_TEXT = "pasted a text", pgettext_lazy("log", "pasted a text")
    SAW_CHANGE = "saw a change", pgettext_lazy("log", "saw a change")
    RATED_SOURCE = "stated a standing", pgettext_lazy("log", "stated a standing")
    STOPPED_FEED = "stopped a feed", pgettext_lazy("log", "stopped a feed")
    STARTED_WATCHING = "watches", pgettext_lazy("log", "has a page watched")


# The names under which log entries keep their facts.
LOG_FACTS: dict[str, Any] = {
    "archive": pgettext_lazy("log", "archive"),
    "change": pgettext_lazy("log", "change"),
    "delay": pgettext_lazy("log", "seconds between visits"),
    "denied": pgettext_lazy("log", "not to be opened"),
    "flags": pgettext_lazy("log", "what of weight"),
    "homes": pgettext_lazy("log", "home pages"),
    "host": pgettext_lazy("log", "host"),
    "kind": pgettext_lazy("log", "kind"),
    "language": pgettext_lazy("log", "language"),
    "name": pgettext_lazy("log", "name"),
    "note": pgettext_lazy("log", "why"),
    "now": pgettext_lazy("log", "now"),
    "passage": pgettext_lazy("log", "passage"),
    "reason": pgettext_lazy("log", "reason"),
    "reliability": pgettext_lazy("log", "reliability"),
    "said_to_be_from": pgettext_lazy("log", "said to be from"),
    "sha256": "SHA-256",
    "source": pgettext_lazy("log", "source"),
    "touched": pgettext_lazy("log", "cited passages touched"),
    "url": pgettext_lazy("log", "address"),
}
