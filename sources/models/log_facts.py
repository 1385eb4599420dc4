"""The log about sources and coverage: the names and forms of the facts that its entries keep, and how it tells rows."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import pgettext_lazy

from sources.models.document import Document
from sources.models.vocabulary import (
    AddressKind,
    Archive,
    EditFlag,
    Engine,
    NearCopyState,
    Outcome,
    Reliability,
    SourceKind,
    SourceVerb,
)
from sources.models.watch import Change
from workbench.desk.fact_forms import Codes, ColumnValues, Keys, LogFact, Plain, RowWords

LOG_FACTS: dict[str, LogFact] = {
    "given_by": LogFact(pgettext_lazy("log", "sent by"), Plain.WORDS),
    "account": LogFact(pgettext_lazy("log", "stated account"), Plain.WORDS),
    "address": LogFact(pgettext_lazy("log", "server"), Plain.WORDS),
    "archive": LogFact(pgettext_lazy("log", "archive"), Codes([Archive])),
    "article": LogFact(pgettext_lazy("log", "article"), Keys("document")),
    "before": LogFact(
        pgettext_lazy("log", "before"),
        Plain.WORDS,
        {
            SourceVerb.CHANGED_SOURCE: ColumnValues("source"),
            SourceVerb.DESCRIBED: ColumnValues("document"),
            SourceVerb.MOVED_DOMAIN: Keys("source"),
            SourceVerb.SET_DATE: Plain.DATE,
            SourceVerb.SET_RETENTION: Plain.NUMBER,
            SourceVerb.SET_SITE_RULE: Plain.FACTS,
            SourceVerb.UNDID_DATE: Plain.DATE,
        },
    ),
    "bound": LogFact(pgettext_lazy("log", "salted hash of the name"), Plain.WORDS),
    "budget": LogFact(pgettext_lazy("log", "budget for a day"), Plain.WORDS),
    "change": LogFact(pgettext_lazy("log", "change"), Keys("change")),
    "cost": LogFact(pgettext_lazy("log", "cost of a request"), Plain.WORDS),
    "delay": LogFact(pgettext_lazy("log", "seconds between visits"), Plain.NUMBER),
    "denied": LogFact(pgettext_lazy("log", "do not visit"), Plain.YES_OR_NO),
    "date": LogFact(pgettext_lazy("log", "date"), Plain.DATE),
    "everywhere": LogFact(pgettext_lazy("log", "for the whole site"), Plain.YES_OR_NO),
    "file": LogFact(
        pgettext_lazy("log", "file"),
        Keys("document"),
        {SourceVerb.BROUGHT_FILE: Plain.WORDS, SourceVerb.RECEIVED_FILE: Plain.WORDS},
    ),
    "flags": LogFact(pgettext_lazy("log", "important changes"), Codes([EditFlag])),
    "homes": LogFact(pgettext_lazy("log", "home pages"), Plain.WORDS),
    "host": LogFact(pgettext_lazy("log", "site"), Plain.WORDS),
    "instead_of": LogFact(pgettext_lazy("log", "in place of"), Keys("document")),
    "kind": LogFact(
        pgettext_lazy("log", "kind"),
        Plain.WORDS,
        {
            SourceVerb.ADDED_CONFIDENTIAL: Codes([SourceKind]),
            SourceVerb.ADDED_SOURCE: Codes([SourceKind]),
            SourceVerb.SAME_ARTICLE: Codes([AddressKind]),
        },
    ),
    "overlap": LogFact(pgettext_lazy("log", "share of the text in common"), Plain.NUMBER),
    "is_on": LogFact(pgettext_lazy("log", "in use"), Plain.YES_OR_NO),
    "key_changed": LogFact(pgettext_lazy("log", "key changed"), Plain.YES_OR_NO),
    "months": LogFact(pgettext_lazy("log", "months"), Plain.NUMBER),
    "name": LogFact(pgettext_lazy("log", "name"), Plain.WORDS),
    "note": LogFact(pgettext_lazy("log", "why"), Plain.WORDS),
    "obtained": LogFact(pgettext_lazy("log", "how it was obtained"), Plain.WORDS),
    "now": LogFact(pgettext_lazy("log", "now"), Plain.WORDS, {SourceVerb.SET_SITE_RULE: Plain.FACTS}),
    "copy_of": LogFact(pgettext_lazy("log", "other picture"), Keys("picture")),
    "page": LogFact(pgettext_lazy("log", "what the page is"), Codes([Outcome])),
    "passage": LogFact(pgettext_lazy("log", "passage"), Keys("passage")),
    "place": LogFact(pgettext_lazy("log", "place"), Plain.WORDS),
    "passages": LogFact(pgettext_lazy("log", "passages"), Plain.NUMBER),
    "provider": LogFact(pgettext_lazy("log", "provider"), Codes([Engine])),
    "quota": LogFact(pgettext_lazy("log", "requests a day"), Plain.NUMBER),
    "reason": LogFact(pgettext_lazy("log", "reason"), Plain.WORDS),
    "reliability": LogFact(pgettext_lazy("log", "reliability"), Codes([Reliability])),
    "scope": LogFact(pgettext_lazy("log", "searched in"), Plain.WORDS),
    "said_to_be_from": LogFact(pgettext_lazy("log", "stated source"), Plain.WORDS),
    "seen": LogFact(pgettext_lazy("log", "seen at"), Plain.DATE),
    "sha256": LogFact("SHA-256", Plain.WORDS),
    "state": LogFact(pgettext_lazy("log", "decision"), Codes([NearCopyState])),
    "source": LogFact(pgettext_lazy("log", "source"), Keys("source")),
    "title": LogFact(pgettext_lazy("log", "title"), Plain.WORDS),
    "texts": LogFact(pgettext_lazy("log", "texts"), Plain.NUMBER),
    "touched": LogFact(pgettext_lazy("log", "cited passages affected"), Plain.NUMBER),
    "url": LogFact(pgettext_lazy("log", "address"), Plain.WORDS),
    "watch": LogFact(pgettext_lazy("log", "watch"), Keys("watch")),
}


def document_words(document: Document) -> str:
    """Return the title of a document, or else its address; for a text with neither, what kind of text it is."""
    return document.title or (document.url if document.is_web else document.kind_without_address)


def _change_words(change: Change) -> str:
    """Return when a change was found: its page tells the rest."""
    return date_format(localtime(change.compared_at), "DATETIME_FORMAT") if change.compared_at else str(change)


LOG_ROWS: dict[str, RowWords] = {
    "bringing": RowWords(lambda row: row.file_name or document_words(row.capture.document), ["capture__document"]),
    "change": RowWords(_change_words),
    "discovery": RowWords(),
    "document": RowWords(document_words),
    "feed": RowWords(),
    "hostpolicy": RowWords(),
    "markedplace": RowWords(lambda place: place.label),
    "passage": RowWords(),
    "picture": RowWords(lambda picture: document_words(picture.capture.document), ["capture__document"]),
    "providersetting": RowWords(),
    "reading": RowWords(
        lambda reading: document_words(reading.capture.document), ["capture__document"], without=["text"]
    ),
    "sitesearch": RowWords(lambda row: row.source, ["source"]),
    "source": RowWords(),
    "sourceidentity": RowWords(also=["source"]),
    "watch": RowWords(lambda watch: document_words(watch.document), ["document"]),
}
