"""What the search over everything finds in the coverage: documents, sources, and passages of texts."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from sources.models import Document, Passage, Source
from workbench.desk.declarations import FoundRow, SearchSection
from workbench.desk.vocabulary import DeskAct
from workbench.desk.word_search import MOST_ASKED

MOST_RANKED = 1_000  # passages of which the best are shown; to rank all that hold a frequent word takes seconds


def _documents(words: str) -> QuerySet[Document]:
    rows: QuerySet[Document] = Document.objects.articles().search(words).select_related("source")
    return rows


def _document(document: Document) -> FoundRow:
    source = str(document.source or "")
    where = document.host or document.kind_without_address
    detail = f"{source} · {where}" if source else where
    return FoundRow(document.get_absolute_url(), str(document), document.language, detail)


def _source(source: Source) -> FoundRow:
    return FoundRow(source.get_absolute_url(), source.name, source.language, str(source.get_kind_display()))


def _passages(words: str) -> QuerySet[Passage]:
    some = " ".join(list(dict.fromkeys(words.split()))[:MOST_ASKED])
    hits = Passage.objects.filter(reading__is_left_out=False).search(some)
    keys = list(hits.order_by().values_list("pk", flat=True)[:MOST_RANKED])
    ranked = hits.filter(pk__in=keys).order_by("-rank", "-pk")  # type: ignore[misc]  # search adds the rank
    return ranked.select_related("reading__capture__document")


def _passage(passage: Passage) -> FoundRow:
    document = passage.reading.capture.document
    return FoundRow(passage.get_absolute_url(), passage.exact, passage.language, str(document))


SECTIONS = [
    SearchSection(
        name="documents",
        label=gettext_lazy("Documents"),
        act=DeskAct.READ,
        order=20,
        search=_documents,
        show=_document,
        list_of_all="sources:documents",
    ),
    SearchSection(
        name="sources",
        label=gettext_lazy("Sources"),
        act=DeskAct.READ,
        order=30,
        search=Source.objects.best_matches,
        show=_source,
        list_of_all="sources:sources",
    ),
    SearchSection(
        name="passages",
        label=gettext_lazy("Text of documents"),
        act=DeskAct.READ,
        order=50,
        search=_passages,
        show=_passage,
    ),
]
