"""The words of the trade about sources and coverage."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
