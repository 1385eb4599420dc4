"""The addresses of an article on the page of its document, and which other documents are the same article."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sources.models import Document, SameArticle
from sources.models.vocabulary import AddressKind
from sources.pages import document_queries
from workbench.desk.compiled_queries import CompiledQuery


@dataclass(frozen=True)
class ShownAddress:
    """Another address of an article, and how we know it; ``document`` is the one that was fetched there, if any."""

    url: str
    how: str
    document: Document | None = None


@dataclass(frozen=True)
class SameArticleNotice:
    """That a document counts as another one, and why."""

    article: Document
    why: str


def other_addresses(document: Document) -> list[ShownAddress]:
    """Return the other addresses of the article of a document: those of documents merged with it come first."""
    merged = [ShownAddress(row.document.url, _how(row), row.document) for row in _merged(document.pk)]
    kinds: dict[str, list[str]] = defaultdict(list)
    for row in document_queries.addresses(document.pk):
        kinds[row.url].append(str(row.get_kind_display()))
    known = {shown.url for shown in merged}
    return merged + [ShownAddress(url, ", ".join(how)) for url, how in kinds.items() if url not in known]


@CompiledQuery
def _merged(document: int) -> QuerySet[SameArticle]:
    standing: QuerySet[SameArticle] = SameArticle.objects.standing().filter(document__same_as=document)
    return standing.select_related("document").order_by("pk")


def duplicate(document: Document) -> SameArticleNotice | None:
    """Return the document under which this one counts; None where it is an article of its own."""
    if document.same_as is None:
        return None
    row = SameArticle.objects.standing().filter(document=document).first()
    return SameArticleNotice(document.same_as, _how(row) if row else "")


def _how(row: SameArticle) -> str:
    """Return how a worker knows that two documents are one article."""
    kind = str(AddressKind(row.kind).label)
    if row.overlap is None:
        return kind
    return _("%(kind)s; %(percent)d %% of the text in common") % {"kind": kind, "percent": round(100 * row.overlap)}
