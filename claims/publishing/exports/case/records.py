"""The rows of a case as records whose fields can be withheld and are still bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import ForeignKey, Model, Q
from django.utils.crypto import salted_hmac

from claims.models import (
    Answer,
    Attribution,
    Citation,
    Claim,
    CopyEdit,
    Correction,
    Report,
    Review,
    RuleWaiver,
)
from claims.models.vocabulary import AssertionStatus
from sources.models import Passage, SearchAnswer, SourceIdentity
from workbench.desk.byline import PrintedNames
from workbench.desk.models import User
from workbench.desk.vocabulary import NamePrinted
from workbench.desk.word_search import WordsField
from workbench.desk.work_queue import QUEUE
from workbench.transparency import commitments

# Columns of the machine: how a row is found, queued or repeated. The content of a report is a file of its own.
LEFT_OUT = {*QUEUE, "compared_with", "form_key", "content", "nonce", "ciphertext"}

# What a person may withhold: fields of records, by the kind of record.
WITHHELD: dict[str, dict[str, set[str]]] = {
    "people": {"person": {"name", "username"}},
    "reviews": {"review": {"rating", "said", "reasoning"}},
    "notes": {
        "claim": {"note"},
        "claimversion": {"note", "reason"},
        "evidence": {"note", "why"},
        "question": {"text"},
        "answer": {"text"},
        "copyedit": {"reason"},
        "decision": {"waiver"},
        "rulewaiver": {"reason"},
    },
    "comments": {"commentrequest": {"to_whom", "channel", "question", "answer"}},
}

Facts = dict[str, Any]


def of(claim: Claim, withhold: Iterable[str] = ()) -> list[Facts]:
    """Return the records of a case, with these groups of fields withheld.

    Suggestions that nobody settled stay out, and so do reviews of a round without a verdict: they are blind.
    """
    rows = list(_rows(claim))
    keys = {value for row in rows for field in _people(row) if (value := getattr(row, field.attname)) is not None}
    made = [_record(row._meta.model_name or "", row.pk, _values(row)) for row in rows]
    made += [
        _record("person", person.pk, {"name": str(person), "username": person.username})
        for person in User.objects.filter(pk__in=keys).order_by("pk")
    ]
    hidden: dict[str, set[str]] = {}
    for group in withhold:
        for kind, names in WITHHELD[group].items():
            hidden.setdefault(kind, set()).update(names)
    return [commitments.withheld(record, hidden.get(record["kind"], set())) for record in made]


def _rows(claim: Claim) -> Iterator[Model]:
    settled = {"standing": AssertionStatus.CONFIRMED}
    decisions = claim.decisions.order_by("pk")
    evidence = claim.evidence.filter(**settled).order_by("pk") | claim.evidence.filter(
        pk__in=Citation.objects.filter(decision__in=decisions).values("evidence")
    )
    appearances = claim.appearances.filter(**settled).order_by("pk")
    reports = Report.objects.filter(decision__in=decisions).order_by("number")
    yield claim
    yield from claim.versions.order_by("pk")
    yield from claim.wordings.filter(**settled).order_by("pk")
    yield from appearances
    yield from Attribution.objects.filter(appearance__in=appearances, **settled).order_by("pk")
    named = Attribution.objects.filter(appearance__in=appearances, **settled).values("source")
    yield from SourceIdentity.objects.filter(Q(source__in=named) | Q(source=claim.claimant_id)).order_by("pk")
    yield from evidence
    yield from (
        Passage.objects.filter(
            pk__in=[*evidence.values_list("passage", flat=True), *appearances.values_list("passage", flat=True)]
        )
        .select_related("reading__capture__document", "reading__capture__link")
        .order_by("pk")
    )
    yield from claim.figures.filter(**settled).order_by("pk")
    yield from claim.questions.order_by("pk")
    yield from Answer.objects.filter(question__claim=claim).order_by("pk")
    yield from claim.comment_requests.order_by("pk")
    yield from claim.searches.order_by("pk")
    yield from SearchAnswer.objects.filter(search__in=claim.searches.values("pk")).order_by("pk")
    yield from Review.objects.filter(claim=claim, round__in=decisions.values("round")).order_by("pk")
    yield from decisions
    yield from Citation.objects.filter(decision__in=decisions).order_by("pk")
    yield from RuleWaiver.objects.filter(decision__in=decisions).order_by("pk")
    yield from reports
    yield from Correction.objects.filter(report__in=reports).order_by("pk")
    yield from CopyEdit.objects.filter(report__in=reports).order_by("pk")


def withheld_by_bylines(claim: Claim) -> list[str]:
    """Return the group of the names of people where one of them is not named in full in reports."""
    keys = {getattr(row, field.attname) for row in _rows(claim) for field in _people(row)}
    names = PrintedNames()
    in_full = all(names.how(person) == NamePrinted.FULL for person in User.objects.filter(pk__in=keys - {None}))
    return [] if in_full else ["people"]


def _people(row: Model) -> list[ForeignKey]:
    fields = row._meta.concrete_fields
    return [field for field in fields if isinstance(field, ForeignKey) and field.related_model is User]


def _values(row: Model) -> Facts:
    if isinstance(row, Passage):
        return _of_passage(row)
    fields = [each for each in row._meta.concrete_fields if not isinstance(each, WordsField)]
    return {each.attname: _plain(getattr(row, each.attname)) for each in fields if each.name not in LEFT_OUT}


def _of_passage(passage: Passage) -> Facts:
    """Return a passage with its place: the text, the capture, and the capture’s number in the chain."""
    reading, capture = passage.reading, passage.reading.capture
    return {
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
        "start": passage.start,
        "end": passage.end,
        "language": passage.language,
        "url": capture.document.url,
        "taken_at": _plain(capture.taken_at),
        "capture_sha256": capture.sha256,
        "capture_number": capture.link.number if hasattr(capture, "link") else None,
        "reader": reading.reader,
        "text_sha256": reading.sha256,
    }


def _record(kind: str, key: int, values: Facts) -> Facts:
    fields = {name: commitments.shown(_salt(kind, key, name, value), value) for name, value in values.items()}
    return {"kind": kind, "key": str(key), "fields": fields}


def _salt(kind: str, key: int, name: str, value: Any) -> str:
    """Return the salt of a field: the same each time, so that packages with more and with less shown have one hash.

    The value is part of it, so that a field that was shown once tells nothing about a later value.
    """
    text = "\n".join([kind, str(key), name, commitments.canonical(value)])
    return salted_hmac("claims.case", text, algorithm="sha256").hexdigest()[: commitments.SHORTEST_SALT]


def _plain(value: Any) -> Any:
    """Return a value of a column as JSON holds it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if value is None or isinstance(value, bool | int | float | str | list | dict) else str(value)
