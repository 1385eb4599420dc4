"""Vocabulary of sources and coverage: kinds, reliability, outcomes of a visit, acts, and verbs of the log."""

from __future__ import annotations

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
    BROUGHT = "brought", _("Brought by a person")
    NOT_MODIFIED = "not_modified", _("Unchanged")
    HTTP_ERROR = "http_error", _("The server answered with an error")
    GONE = "gone", _("Not found or removed")
    BLOCKED = "blocked", _("The server refused access")
    ROBOTS_DENIED = "robots_denied", _("Not allowed by robots.txt")
    ROBOTS_UNREACHABLE = "robots_unreachable", _("We could not get robots.txt")
    POLICY_DENIED = "policy_denied", _("The desk chose not to visit this site")
    LOGIN_WALL = "login_wall", _("Sign-in required")
    CONSENT_WALL = "consent_wall", _("Consent required")
    PAYWALL = "paywall", _("Behind a paywall")
    BOT_CHALLENGE = "bot_challenge", _("Blocked by a robot check")
    MAY_BE_WALL = "may_be_wall", _("May be a wall")
    SOFT_404 = "soft_404", _("Says “not found” but returns a success code")
    UNPARSABLE = "unparsable", _("We could not parse the page")
    AGGREGATOR = "aggregator", _("Aggregator link, not an article")
    EMPTY_EXTRACTION = "empty_extraction", _("No text found")
    NOT_TEXT = "not_text", _("No text is read from this kind of file")
    ENCRYPTED = "encrypted", _("Protected by a password")
    TIMEOUT = "timeout", _("Too slow")
    DNS = "dns", _("No server found under this name")
    TLS = "tls", _("The connection is not secure")
    CONNECTION = "connection", _("The connection failed")
    TOO_LARGE = "too_large", _("Too large")
    TOO_MANY_REDIRECTS = "too_many_redirects", _("Too many redirects")
    BAD_ENCODING = "bad_encoding", _("The answer could not be decoded")
    HTTP2_ONLY = "http2_only", _("The site speaks only HTTP/2")
    REFUSED_ADDRESS = "refused_address", _("Address not allowed")


# What may stand in place of an article. A person may say which of them a page is, or that it is the article.
WALLS = (Outcome.PAYWALL, Outcome.CONSENT_WALL, Outcome.LOGIN_WALL, Outcome.BOT_CHALLENGE, Outcome.BLOCKED)
JUDGED = {Outcome.OK, Outcome.MAY_BE_WALL, *WALLS}
COVERAGE = {Outcome.OK, Outcome.NOT_MODIFIED, Outcome.BROUGHT}
LOST = {Outcome.GONE, Outcome.SOFT_404}  # there is no page, or none any longer
READ = {Outcome.OK, Outcome.MAY_BE_WALL}  # the pages of which we extract the text

# Outcomes where the publisher or the desk does not want an address opened at all.
FORBIDDEN = {Outcome.ROBOTS_DENIED, Outcome.POLICY_DENIED}


class AddressKind(models.TextChoices):
    """How we know that an address belongs to a document."""

    MOVED = "moved", _("permanent redirect")
    REDIRECT = "redirect", _("redirect")
    CANONICAL = "canonical", _("canonical address")
    SPELLING = "spelling", _("other spelling")
    STATED = "stated", _("stated for a brought file")


class Engine(models.TextChoices):
    """Where a search asks: our own collection, or a provider beyond it."""

    GATHERED = "gathered", _("Our own collection")
    GDELT = "gdelt", "GDELT DOC"
    GAL = "gal", "GDELT GAL"
    SEARXNG = "searxng", "SearXNG"
    FACT_CHECKS = "fact_checks", "Google Fact Check Tools"
    CLAIMREVIEW = "claimreview", "Data Commons ClaimReview"
    BRAVE = "brave", "Brave News"
    MEDIA_CLOUD = "media_cloud", "Media Cloud"
    WAYBACK = "wayback", _("Wayback Machine")
    SITES = "sites", _("Search of the sources’ own sites")


# Engines whose answer says nothing about a claim beyond the desk: our own collection, copies of one address, and the
# sites of sources that the desk has registered.
NOT_OUTSIDE = (Engine.GATHERED, Engine.WAYBACK, Engine.SITES)


class ProviderOutcome(models.TextChoices):
    """How one request to a search provider ended."""

    PENDING = "pending", _("sent, no answer yet")
    OK = "ok", _("answered")
    REFUSED = "refused", _("refused")
    BUSY = "busy", _("too many requests")
    BROKEN = "broken", _("answer not readable")
    FAILED = "failed", _("no answer")


class Archive(models.TextChoices):
    """Public archives that keep pages, and that we can ask to keep one too."""

    WAYBACK = "wayback", _("Wayback Machine")


class DatePrecision(models.TextChoices):
    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")
    MINUTE = "minute", _("minute")


class PartKind(models.TextChoices):
    """What a part of an extracted text is, as sources.formats names it."""

    STANDFIRST = "standfirst", _("Standfirst")
    LEAD = "lead", _("Lead")
    POST = "post", _("Post")
    PAGE = "page", _("Page")
    CUE = "cue", _("Cue")
    SHEET = "sheet", _("Sheet")


class NearCopyState(models.TextChoices):
    """What is known of two pictures that look alike."""

    SUGGESTED = "suggested", _("Suggested")
    CONFIRMED = "confirmed", pgettext_lazy("near-copy", "Copies of one picture")
    REJECTED = "rejected", pgettext_lazy("near-copy", "Different pictures")


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
    """What makes a change important: a change with one of these is never only typesetting."""

    HEADLINE = "headline", _("headline")
    NUMBER = "number", pgettext_lazy("what was edited", "number")
    NAME = "name", _("name")
    NEGATION = "negation", _("negation")
    ATTRIBUTION = "attribution", _("attribution")
    DATE = "date", _("date")


class Fate(models.TextChoices):
    """What became of a passage when its page was changed."""

    MOVED = "moved", _("moved")
    ALTERED = "altered", _("changed")
    GONE = "gone", _("gone")
    BACK = "back", _("restored")


class SourceAct(Act):
    GATHER = "gather", _("add sources and feeds, request coverage")
    READ_RAW = "read_raw", _("download captures exactly as stored")
    CRAWL_POLICY = "crawl_policy", _("set how often a site is visited, or exclude it")
    SET_PROVIDERS = "set_providers", _("set search providers, their keys and budgets")


ACTS: dict[Act, frozenset[Role]] = {
    SourceAct.GATHER: REPORTERS,
    SourceAct.READ_RAW: REVIEWERS,
    SourceAct.CRAWL_POLICY: EDITORS | ADMINS,
    SourceAct.SET_PROVIDERS: ADMINS,
}


class SourceVerb(Verb):
    """What people and workers do with sources, feeds and documents."""

    ADDED_CONFIDENTIAL = "added a confidential source", pgettext_lazy("log", "added a confidential source")
    ADDED_DOMAIN = "added a domain", pgettext_lazy("log", "added a domain")
    ADDED_FEED = "added a feed", pgettext_lazy("log", "added a feed")
    ADDED_NAME = "added a name", pgettext_lazy("log", "added a name")
    ADDED_SOURCE = "added a source", pgettext_lazy("log", "added a source")
    BROUGHT_FILE = "brought a file", pgettext_lazy("log", "brought a file")
    ASKED_FOR_RENDERING = (
        "asked for a capture with a browser",
        pgettext_lazy("log", "requested a capture with a browser"),
    )
    ASKED_FOR_COPY = "asked for a copy", pgettext_lazy("log", "requested a copy in a public archive")
    ASKED_FOR_DOCUMENT = "asked for a document", pgettext_lazy("log", "added a document")
    ASKED_FOR_DOCUMENT_AGAIN = "asked for a document again", pgettext_lazy("log", "requested a new fetch")
    CHANGED_SOURCE = "changed a source", pgettext_lazy("log", "changed a source")
    NAMED_READER = "named who knows a source", pgettext_lazy("log", "named somebody who knows the confidential source")
    READ_IDENTITY = "read who a source is", pgettext_lazy("log", "read the name of the confidential source")
    REMOVED_READER = (
        "removed who knows a source",
        pgettext_lazy("log", "removed somebody who knew the confidential source"),
    )
    SET_SITE_RULE = "decided on a host", pgettext_lazy("log", "set a rule for a site")
    RESUMED_FEED = "had a feed polled again", pgettext_lazy("log", "resumed checking a feed")
    LOOKED_FEEDS = "looked for feeds", pgettext_lazy("log", "looked for feeds")
    ADDED_TRANSCRIPT = "added a transcript", pgettext_lazy("log", "added a transcript")
    COMPARED_PICTURES = "compared pictures", pgettext_lazy("log", "said whether two pictures are copies of one")
    MARKED_PLACE = "marked a place", pgettext_lazy("log", "marked a place in a picture or recording")
    MOVED_DOMAIN = "moved a domain", pgettext_lazy("log", "moved a domain to another source")
    ASKED_FOR_RECOGNITION = "asked for recognition", pgettext_lazy("log", "had the text of a scan recognized")
    NOTED_FILE = "noted a file", pgettext_lazy("log", "noted what a file shows")
    PASTED_TEXT = "pasted a text", pgettext_lazy("log", "pasted a text")
    SENT_FILE = "sent a form with a file", pgettext_lazy("log", "sent the form with the file")
    SET_PROVIDER = "set a search provider", pgettext_lazy("log", "set a search provider")
    SET_SITE_SEARCH = "set a search of a site", pgettext_lazy("log", "set how a site is searched")
    SET_RETENTION = "set a retention rule", pgettext_lazy("log", "set how long texts are kept")
    REMOVED_TEXTS_ONCE = "removed texts once", pgettext_lazy("log", "had old texts removed once")
    REMOVED_TEXTS = "removed texts", pgettext_lazy("log", "removed texts that nothing rests on")
    ASKED_FOR_TEXT = "asked for a removed text", pgettext_lazy("log", "requested a removed text from the archive")
    SAME_ARTICLE = "same article", pgettext_lazy("log", "found that two documents are one article")
    OTHER_ARTICLE = "other article", pgettext_lazy("log", "said that two documents are different articles")
    DESCRIBED = "described a document", pgettext_lazy("log", "said who published a text, and where")
    SET_DATE = "set a date", pgettext_lazy("log", "set the date of a document")
    UNDID_DATE = "undid a date", pgettext_lazy("log", "undid a date that somebody had set")
    RULED_PAGE = "decided what a page is", pgettext_lazy("log", "decided what a page is")
    UNDID_RULING = "undid a decision on a page", pgettext_lazy("log", "undid a decision on a page")
    SAW_CHANGE = "saw a change", pgettext_lazy("log", "found an edit")
    RECEIVED_FILE = "received a file through a link", pgettext_lazy("log", "received a file through a personal link")
    RATED_SOURCE = "stated a standing", pgettext_lazy("log", "rated the reliability of a source")
    STOPPED_FEED = "stopped a feed", pgettext_lazy("log", "stopped checking a feed")
    STARTED_WATCHING = "watches", pgettext_lazy("log", "started watching a page")
