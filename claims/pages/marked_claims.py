"""Claims that a person marks in a text: what the page shows of them, and what its buttons change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from claims.intake import duplicates, marking
from claims.models import Claim
from claims.pages import chain_sentence
from claims.pages.forms import material
from claims.pages.forms.material import MarkedForm, MarkedForms, MarkedFormSet
from claims.wording import figures
from sources.language import sentences
from sources.language.sentences import Span
from sources.models import Document, Reading
from workbench.desk.models import User
from workbench.pages.http import number

PREFIX = "claims"
LONGEST_SHOWN = 60_000  # characters of a text in which sentences can be marked at once
MOST_CLAIMS = 30  # of the same text that the page names


@dataclass(frozen=True)
class Marking:
    """A document in which a person marks claims, with its newest text."""

    document: Document
    reading: Reading | None
    person: User

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self.reading.text[:LONGEST_SHOWN] if self.reading else ""

    @property
    def language(self) -> str:
        """The language of the text."""
        return self.reading.language if self.reading else ""

    def words(self, span: Span) -> str:
        """Return the words at a place in the text."""
        return self.text[span.start : span.end]


@dataclass(frozen=True)
class MarkedRow:
    """A claim that is marked: its form, its chain as a sentence, claims like it, and the figures it states."""

    form: MarkedForm
    quote: str
    sentence: str
    like: list[Claim]
    figures: list[str]


@dataclass(frozen=True)
class Sentence:
    """A sentence of the text, which can be marked; ``breaks`` before a new paragraph."""

    span: Span
    words: str
    is_marked: bool
    breaks: bool


def rows_of(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the values of the claims that a form sends, or a draft of it keeps."""
    total = number(str(data.get(f"{PREFIX}-TOTAL_FORMS", "0"))) or 0
    sent = {name: data[name] for name in data}
    return [material.values_of(sent, f"{PREFIX}-{place}") for place in range(min(total, marking.MOST_AT_ONCE))]


def changed(marks: Marking, rows: list[dict[str, Any]], sent: QueryDict) -> list[dict[str, Any]]:
    """Return the rows as a button changes them: ``mark`` adds, ``drop`` takes away, ``same`` and ``check`` fill in."""
    place = number(sent.get("same", ""))
    if place is not None and place < len(rows):
        if place:
            rows[place] |= _chain_part(rows[place - 1])
        else:
            rows[place] |= material.chain_values(marking.last_chain(marks.document, by=marks.person))
    place = number(sent.get("drop", ""))
    if place is not None and place < len(rows):
        rows = [*rows[:place], *rows[place + 1 :]]
    if "check" in sent:
        for row in rows:
            row["seen"] = _like(marks, str(row.get("text", "")))
    known = {(number(str(row.get("start"))), number(str(row.get("end")))) for row in rows}
    for span in _marked(marks, sent.getlist("mark")):
        if tuple(span) not in known and len(rows) < marking.MOST_AT_ONCE:
            rows.append(_new(marks, span))
    return rows


def with_alike(marks: Marking, sent: QueryDict, place: int) -> MarkedForms:
    """Return the forms that were sent, of which one now notes that the person has been shown the claims like it."""
    data = sent.copy()
    data[f"{PREFIX}-{place}-seen"] = _like(marks, str(data.get(f"{PREFIX}-{place}-text", "")))
    forms = MarkedFormSet(data, prefix=PREFIX)
    forms.is_valid()
    return forms


def page(marks: Marking, forms: MarkedForms) -> dict[str, Any]:
    """Return what the page shows: the text in sentences, the claims marked, and those logged from it before."""
    keys = {key for form in forms for key in form.like}
    known = Claim.objects.in_bulk(keys)
    rows = [
        MarkedRow(
            form=form,
            quote=marks.words(span),
            sentence=chain_sentence.of_links(form.links()),
            like=[known[key] for key in form.like if key in known],
            figures=_figures(str(form["text"].value() or ""), marks.language),
        )
        for form, span in zip(forms, forms.spans_read(), strict=True)
    ]
    logged = Claim.objects.filter(appearances__document=marks.document).distinct()
    return {
        "reading": marks.reading,
        "language": marks.language or marks.document.language,
        "is_cut": bool(marks.reading and len(marks.reading.text) > LONGEST_SHOWN),
        "sentences": list(_sentences(marks, {row.quote for row in rows})),
        "rows": rows,
        "logged": logged.order_by("pk")[:MOST_CLAIMS],
        "last": bool(marking.last_chain(marks.document, by=marks.person)),
    }


def _figures(text: str, language: str) -> list[str]:
    return [text[found.start : found.end] for found in figures.find(text, language)]


def _sentences(marks: Marking, quotes: set[str]) -> Sequence[Sentence]:
    found, end = [], 0
    for span in sentences.split(marks.text, marks.language):
        words = marks.words(span)
        breaks = "\n" in marks.text[end : span.start]
        found.append(Sentence(span, words, words in quotes, breaks))
        end = span.end
    return found


def _marked(marks: Marking, values: Sequence[str]) -> list[Span]:
    """Return the places that the form marks, in the order of the text; what is no place is left out."""
    found = []
    for value in values:
        start, _dash, end = value.partition("-")
        span = Span(number(start) or 0, number(end) or 0)
        if span.start < span.end <= len(marks.text):
            found.append(span)
    return sorted(set(found))


def _new(marks: Marking, span: Span) -> dict[str, Any]:
    text = marks.words(span)
    chain = marking.suggested_chain(marks.document, marks.reading, span) if marks.reading else None
    like = _like(marks, text)
    return material.row(span, text, chain or [], [int(key) for key in like.split()])


def _like(marks: Marking, text: str) -> str:
    """Return the keys of the claims that are most like a text."""
    found = duplicates.like(text, marks.language) if text.strip() else []
    return " ".join(str(each.claim.pk) for each in found)


def _chain_part(row: dict[str, Any]) -> dict[str, Any]:
    """Return the values of the chain among those of a claim."""
    return {name: value for name, value in row.items() if name.rpartition("_")[0] in material.PARTS}
