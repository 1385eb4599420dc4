"""How the rows of sources and coverage are sealed, or why they are not."""

from __future__ import annotations

from sources.models.vocabulary import SourceVerb
from workbench.desk.seal_registry import FOUND_BY, QUEUE, Sealed, Unsealed

FOLDED = {"folded": "made of another column, for comparisons"}
CRAWLED = dict.fromkeys(
    ("validated_url", "etag", "modified", "last_outcome"), "state of the crawl, changes with every visit"
)
BRINGING = (
    *("id", "capture_id", "by_id", "at", "file_name", "media_type", "said_url", "said_account", "seen_at"),
    *("obtained", "instead_of_id"),
)
WATCH = ("id", "document_id", "passage_id", "asked_by_id", "asked_at")
VECTOR = Unsealed("computed from a sealed text, and computed again with another model")

PUBLISHERS: dict[str, Sealed | Unsealed] = {
    "sources.Source": Sealed(
        (("id", "name", "kind", "language", "country", "description", "owner_id", "added_by_id", "added_at"),),
        but={**FOUND_BY, **FOLDED},
        times={"added_at": "added_by_id"},
        in_acts=True,
        acted=dict.fromkeys(
            ("name", "kind", "language", "country", "description", "owner_id"), (SourceVerb.CHANGED_SOURCE,)
        ),
    ),
    "sources.SourceName": Sealed(
        (("id", "source_id", "name", "language"),),
        but={**FOUND_BY, **FOLDED},
        in_acts=True,
        verbs=(SourceVerb.ADDED_NAME, SourceVerb.ADDED_SOURCE),
    ),
    "sources.SourceDomain": Sealed(
        (("id", "source_id", "host"),),
        but=FOUND_BY,
        in_acts=True,
        verbs=(SourceVerb.ADDED_DOMAIN, SourceVerb.MOVED_DOMAIN, SourceVerb.ADDED_FEED),  # the last: older sample desks
        acted={"source_id": (SourceVerb.MOVED_DOMAIN,)},
    ),
    "sources.SourceIdentity": Sealed(
        (("id", "source_id", "ciphertext", "commitment", "made_by_id", "made_at"),),
        times={"made_at": "made_by_id"},
        in_acts=True,
        verbs=(SourceVerb.ADDED_CONFIDENTIAL,),
    ),
    "sources.IdentityReader": Sealed(
        (("id", "identity_id", "person_id", "given_by_id", "given_at", "ended_by_id", "ended_at"),),
        times={"given_at": "given_by_id", "ended_at": "ended_by_id"},
        in_acts=True,
    ),
    "sources.Standing": Sealed(
        (("id", "source_id", "reliability", "reason", "interests", "stated_by_id", "stated_at"),),
        but=FOUND_BY,
        times={"stated_at": "stated_by_id"},
        in_acts=True,
        verbs=(SourceVerb.RATED_SOURCE, SourceVerb.ADDED_SOURCE),
    ),
    "sources.HostPolicy": Sealed(
        (("id", "host", "delay", "denied", "note", "set_by_id", "set_at"),),
        but=FOUND_BY,
        times={"set_at": "set_by_id"},
        in_acts=True,
        verbs=(SourceVerb.SET_SITE_RULE,),
    ),
    "sources.Feed": Sealed(
        (
            (
                *("id", "source_id", "url", "title", "kind", "parent_id", "is_followed", "is_aggregator"),
                *("added_by_id", "added_at", "stopped_at", "stopped_by_id", "stopped_why"),
            ),
        ),
        but={
            **QUEUE,
            **FOUND_BY,
            **CRAWLED,
            **dict.fromkeys(
                ("interval", "is_conditional", "read_at", "is_capped", "without_page", "polled_at"),
                "state of the crawl, changes with every visit",
            ),
            "last_new_at": "state of the crawl, changes with every visit",
        },
        times={"added_at": "added_by_id", "stopped_at": "stopped_by_id"},
        acted=dict.fromkeys(
            ("stopped_at", "stopped_by_id", "stopped_why"), (SourceVerb.STOPPED_FEED, SourceVerb.RESUMED_FEED)
        ),
        free=dict.fromkeys(("title", "kind", "is_followed", "is_aggregator"), "told by the feed at each visit"),
    ),
    "sources.Discovery": Sealed(
        (("id", "source_id", "url"),),
        but={**QUEUE, **FOUND_BY, **dict.fromkeys(("found", "looked_at", "last_outcome"), "state of the crawl")},
    ),
}
COVERAGE: dict[str, Sealed | Unsealed] = {
    "sources.Document": Sealed(
        (
            (
                *("id", "url", "host", "source_id", "feed_id", "named_publisher", "named_publisher_url"),
                *("is_aggregator_link", "leads_to_id", "title", "language", "published_at", "published_precision"),
                *("published_until", "date_setting_id", "same_as_id", "found_at", "asked_by_id", "watched_since"),
            ),
        ),
        but={
            **QUEUE,
            **FOUND_BY,
            **CRAWLED,
            "changed_at": "a copy of the time of a sealed change, for sorting",
            "before_ruling": "what the sealed columns said before a ruling, until it is undone",
        },
        times={"found_at": ""},
        machine=(SourceVerb.SAME_ARTICLE,),
        acted={
            "date_setting_id": (SourceVerb.SET_DATE, SourceVerb.UNDID_DATE),
            "same_as_id": (SourceVerb.SAME_ARTICLE, SourceVerb.OTHER_ARTICLE),
        },
        free={
            **dict.fromkeys(
                ("source_id", "title", "language", "published_at", "published_precision", "published_until"),
                "told by the newest text",
            ),
            **dict.fromkeys(
                ("named_publisher", "named_publisher_url", "is_aggregator_link", "leads_to_id"), "told by a visit"
            ),
            "watched_since": "set by who cites a passage, in an act on the claim",
        },
    ),
    "sources.DocumentAddress": Sealed((("id", "document_id", "url", "kind", "found_at"),), but=FOUND_BY),
    "sources.SameArticle": Sealed(
        (("id", "document_id", "article_id", "kind", "overlap", "found_at", "undone_at", "undone_by_id"),),
        times={"undone_at": "undone_by_id"},
        in_acts=True,
        machine=(SourceVerb.SAME_ARTICLE,),
    ),
    "sources.PageRuling": Sealed(
        (
            (
                *("id", "document_id", "capture_id", "outcome", "layout", "everywhere", "reason"),
                *("decided_by_id", "decided_at", "undone_by_id", "undone_at"),
            ),
        ),
        but=FOUND_BY,
        times={"decided_at": "decided_by_id", "undone_at": "undone_by_id"},
        in_acts=True,
        verbs=(SourceVerb.RULED_PAGE, SourceVerb.UNDID_RULING),
    ),
    "sources.DateSetting": Sealed(
        (
            (
                *("id", "document_id", "published_at", "precision", "reason", "set_by_id", "set_at", "before_at"),
                *("before_precision", "before_until", "undone_at", "undone_by_id"),
            ),
        ),
        times={"set_at": "set_by_id", "undone_at": "undone_by_id"},
        in_acts=True,
        verbs=(SourceVerb.SET_DATE, SourceVerb.UNDID_DATE),
    ),
    "sources.Search": Sealed(
        (
            (
                *("id", "engine", "words", "language", "since", "until", "asked_at", "answered_at"),
                *("searched_through", "searched_about", "found"),
            ),
        ),
        but={**QUEUE, **FOUND_BY},
        times={"asked_at": "", "answered_at": ""},
        with_time=dict.fromkeys(("found", "searched_through", "searched_about"), "answered_at"),
    ),
    "sources.SearchAnswer": Sealed(
        (("id", "search_id", "answered_at", "searched_through", "searched_about", "found"),),
        times={"answered_at": ""},
    ),
    "sources.SearchHit": Sealed((("id", "search_id", "document_id", "rank", "found_at"),), group="search_id"),
    "sources.ProviderSetting": Sealed(
        (
            (
                *("id", "engine", "is_on", "address", "scope", "locked_key", "daily_quota", "cost", "daily_budget"),
                *("set_by_id", "set_at"),
            ),
        ),
        but={
            **QUEUE,
            **dict.fromkeys(("rest_until", "polled_to", "records_read", "etag"), "how far the polls have come"),
        },
        times={"set_at": "set_by_id"},
        in_acts=True,
        verbs=(SourceVerb.SET_PROVIDER,),
    ),
    "sources.SiteSearch": Sealed(
        (("id", "source_id", "address", "set_by_id", "set_at"),),
        times={"set_at": "set_by_id"},
        in_acts=True,
        verbs=(SourceVerb.SET_SITE_SEARCH,),
    ),
    "sources.ProviderRequest": Sealed(
        (
            (
                *("id", "provider_id", "search_id", "query", "cost", "asked_at", "outcome", "reason", "results"),
                "sha256",
            ),
        ),
        times={"asked_at": ""},
    ),
    "sources.FactCheck": Unsealed(
        "what others publish, by the thousand; who links one to a claim seals its fingerprint"
    ),
    "sources.FactCheck_searches": Sealed((("id", "factcheck_id", "search_id"),)),
    "sources.Watch": Sealed((WATCH, (*WATCH, "cited_in"))),
    "sources.Change": Sealed(
        (("id", "before_id", "after_id", "compared_at", "is_boring", "flags"),), but=QUEUE, times={"compared_at": ""}
    ),
    "sources.Edit": Sealed(
        (
            (
                *("id", "change_id", "position", "place", "kind", "old", "new", "before_start", "before_end"),
                *("after_start", "after_end", "flags", "numbers", "is_boring"),
            ),
        ),
        but=FOUND_BY,
        group="change_id",
        whole=True,
    ),
    "sources.Touch": Sealed(
        (("id", "change_id", "passage_id", "fate", "old", "new", "numbers"),),
        but=FOUND_BY,
        group="change_id",
        whole=True,
    ),
}
TEXTS: dict[str, Sealed | Unsealed] = {
    "sources.FetchAttempt": Sealed(
        (
            (
                *("id", "document_id", "at", "outcome", "reason", "status", "final_url", "peer", "took", "suspect"),
                *("confidence", "signals", "layout"),
            ),
        ),
        times={"at": ""},
    ),
    "sources.Capture": Sealed(
        (
            (
                *("id", "document_id", "attempt_id", "taken_at", "sha256", "wire_sha256", "size", "content_type"),
                *("warc_file", "warc_offset", "warc_length", "warc_sha256", "revisits_id", "browser"),
            ),
        ),
        times={"taken_at": ""},
    ),
    "sources.Bringing": Sealed(
        (BRINGING, (*BRINGING, "given_by")),
        times={"at": "by_id"},
        in_acts=True,
        verbs=(SourceVerb.BROUGHT_FILE, SourceVerb.RECEIVED_FILE),
        machine=(SourceVerb.RECEIVED_FILE,),
    ),
    "sources.FormUpload": Sealed(
        (("id", "bringing_id", "sent_at"),),
        times={"sent_at": ""},
        in_acts=True,
        verbs=(SourceVerb.BROUGHT_FILE, SourceVerb.SENT_FILE),
        acted={"sent_at": (SourceVerb.SENT_FILE,)},
    ),
    "sources.Picture": Unsealed("computed from a sealed capture, and computed again with the same result"),
    "sources.NearCopy": Sealed(
        (("id", "picture_id", "other_id", "distance", "found_at", "state", "decided_by_id", "decided_at"),),
        times={"decided_at": "decided_by_id"},
        acted={"state": (SourceVerb.COMPARED_PICTURES,)},
    ),
    "sources.Rendering": Sealed(
        (
            (
                *("id", "document_id", "because_id", "asked_by_id", "asked_at", "done_at", "problem", "capture_id"),
                *("screenshot_sha256", "parts", "refused"),
            ),
        ),
        but=QUEUE,
    ),
    "sources.Reading": Sealed(
        (
            (
                *("id", "capture_id", "reader", "read_at", "outcome", "is_left_out", "title", "byline", "site_name"),
                *("canonical_url", "language", "language_score", "charset", "declared_charset", "is_garbled", "text"),
                *("sha256", "share", "parts", "published_at", "published_precision", "published_method"),
                *("published_confidence", "published_until", "date_written", "doubts"),
            ),
            (
                *("id", "capture_id", "reader", "read_at", "outcome", "is_left_out", "title", "byline", "site_name"),
                *("canonical_url", "language", "language_score", "charset", "declared_charset", "is_garbled", "text"),
                *("sha256", "share", "parts", "published_at", "published_precision", "published_method"),
                *("published_confidence", "published_until", "date_written", "doubts", "file_facts", "note"),
            ),
        ),
        but={**QUEUE, **FOUND_BY},
        times={"read_at": ""},
        machine=(SourceVerb.REMOVED_TEXTS,),
        acted={
            "text": (SourceVerb.REMOVED_TEXTS,),
            "is_left_out": (SourceVerb.RULED_PAGE, SourceVerb.UNDID_RULING),
        },
        once={"text": "OLD.text <> ''", "is_left_out": "OLD.read_at IS NOT NULL"},
    ),
    "sources.Passage": Sealed(
        (("id", "reading_id", "start", "end", "exact", "prefix", "suffix", "language"),),
        but={**FOLDED, "stems": "made of another column, for searches"},
        removed=(SourceVerb.REMOVED_TEXTS,),
        group="reading_id",
    ),
    "sources.MarkedPlace": Sealed(
        (("id", "passage_id", "left", "top", "width", "height", "begins", "ends", "by_id", "at"),),
        times={"at": "by_id"},
        in_acts=True,
        verbs=(SourceVerb.MARKED_PLACE,),
    ),
    "sources.RetentionRule": Sealed(
        (("id", "months", "once", "set_by_id", "set_at"),),
        but={
            **QUEUE,
            **dict.fromkeys(("looked_at", "looked_to", "texts", "passages"), "how far the rule has come"),
        },
        times={"set_at": "set_by_id"},
        in_acts=True,
        verbs=(SourceVerb.SET_RETENTION, SourceVerb.REMOVED_TEXTS_ONCE),
    ),
    "sources.TextRemoval": Sealed(
        (("id", "reading_id", "rule_id", "removed_at", "sha256", "characters", "passages", "restored_at"),),
        times={"removed_at": ""},
    ),
}
PROOF: dict[str, Sealed | Unsealed] = {
    "sources.ChainLink": Unsealed("its own hash chain holds it, and timestamps of an authority do"),
    "sources.Stamp": Sealed(
        (("id", "opened_at", "head_id", "authority", "token", "certificates", "stamped_at"),),
        but=QUEUE,
        free={"head_id": "the end of the chain that a worker has stamped next; then a trigger keeps it"},
        with_time=dict.fromkeys(("authority", "token", "certificates"), "stamped_at"),
    ),
    "sources.ExternalArchive": Sealed(
        (("id", "document_id", "archive", "asked_by_id", "asked_at", "job", "snapshot_url", "snapshot_at", "refusal"),),
        but=QUEUE,
        free=dict.fromkeys(("job", "snapshot_url", "snapshot_at", "refusal"), "told by the archive"),
    ),
    "sources.PassageVector": VECTOR,
    "sources.ReadingVector": VECTOR,
    "sources.EmbeddingModel": Unsealed("says how far the vectors of a model have come"),
    "sources.Arrival": Unsealed("a text that waits to be compared with claims; it goes once it was"),
}
SEALS = {**PUBLISHERS, **COVERAGE, **TEXTS, **PROOF}
