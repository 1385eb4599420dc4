"""Suggest passages as evidence for a claim: few per article, none twice, none that a person has settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models.functions import Coalesce

from claims.models import Claim, Evidence
from claims.models.assertion import suggested
from claims.models.claim import ARTICLE_OF_EVIDENCE, DOCUMENT
from claims.models.vocabulary import AssertionStatus
from sources.language import similarity
from sources.language.sentences import END
from sources.language.similarity import Worded
from sources.language.word_forms import word_forms
from sources.models import Document, Passage

# Of passages that are at least as good as one that is found: a better one that comes later is still suggested. So a
# claim may have more open ones in all; pages show the best.
MOST_PER_ARTICLE = 4  # a reader finds the rest of an article with one click
MOST_SUGGESTED = 100  # open suggestions for one claim, copies counted once: nobody would look at more
MOST_COPIES = 12  # open suggestions with the same words, whatever their scores; one answer settles those that wait
PLACES = 3  # of a score
SHORTEST, SHORTEST_ROW = 4, 3  # words of a suggestion that is no sentence; of one with a number
HEAD = Coalesce("same_as", "pk")  # the document under which an article counts
SETTLED = 1.0  # no machine is as sure as a person


@dataclass(frozen=True)
class Scored:
    """A passage and its similarity to a claim, 0..1."""

    passage: Passage
    score: float


def suggest(claim: Claim, found: Sequence[Scored], extractor: str) -> list[Evidence]:
    """Store the best passages as suggestions; return the new ones, without keys. It changes no existing evidence.

    Documents that are one article count as one: its addresses repeat most of their passages. So do brought files with
    the same text. The head of a table, or a piece of its cells, says nothing alone and is no suggestion.
    """
    found = [item for item in found if not _is_fragment(item.passage)]
    if not found:
        return []
    held = _Held.of(claim)
    documents = Document.objects.filter(pk__in={item.passage.reading.capture.document_id for item in found})
    articles = {key: (head, url) for key, head, url in documents.values_list("pk", HEAD, "url")}
    new: list[Evidence] = []
    for item in sorted(found, key=lambda item: (-item.score, item.passage.pk)):
        article, url = articles[item.passage.reading.capture.document_id]
        in_file = _in_file(url, item.passage.reading.sha256, item.passage.folded)
        if held.takes(article, item.passage.folded, in_file, round(item.score, PLACES)):
            new.append(_suggestion(claim, item, extractor))
    Evidence.objects.bulk_create(new, ignore_conflicts=True)
    return new


def add_first_copies(found: Collection[list[Scored]], *, without: Collection[int] = ()) -> None:
    """Add to what was found for each claim the passages that were gathered first with the words of the best.

    There is one of each article, with the score of those words. Which copy a search finds is chance, and so is which is
    compared first: so the same ones are suggested, whenever the claim was logged. None is of the documents ``without``.
    """
    best = [_best_texts(scored) for scored in found]
    asked = {folded: item.passage.pk for texts in best for folded, item in texts.items()}
    if not asked:
        return
    keys = Passage.objects.first_copies(asked.values(), MOST_COPIES, without=without)
    rows = Passage.objects.filter(pk__in=keys).select_related("reading__capture").defer("reading__text", "stems")
    copies: dict[str, list[Passage]] = defaultdict(list)
    for row in rows:
        copies[row.folded].append(row)
    for scored, texts in zip(found, best, strict=True):
        known = {item.passage.pk for item in scored}
        added = [Scored(row, item.score) for words, item in texts.items() for row in copies[words]]
        scored.extend(item for item in added if item.passage.pk not in known)


def _best_texts(scored: Sequence[Scored]) -> dict[str, Scored]:
    """Return the best passage of each text, of as many as may be suggested, by the words."""
    best: dict[str, Scored] = {}
    for item in sorted(scored, key=lambda item: -item.score):
        if len(best) < MOST_SUGGESTED and not _is_fragment(item.passage):
            best.setdefault(item.passage.folded, item)
    return best


@dataclass
class _Held:
    """What a claim has already: passages by their article, or by the text of a file that a person brought."""

    known: set[tuple[int, str]] = field(default_factory=set)
    in_files: set[tuple[str, str]] = field(default_factory=set)
    open_scores: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # by the words
    per_article: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, claim: Claim) -> _Held:
        """Return what a claim has, in one query."""
        held, text = cls(), "passage__reading__sha256"
        columns = (ARTICLE_OF_EVIDENCE, "passage__folded", "standing", "score", text, f"{DOCUMENT}__url")
        for article, folded, standing, score, sha256, url in claim.evidence.values_list(*columns):
            is_open = standing == AssertionStatus.SUGGESTED
            held.known.add((article, folded))
            held.in_files |= _in_file(url, sha256, folded)
            held.per_article[article].append(score if is_open else SETTLED)
            if is_open:
                held.open_scores[folded].append(score)
        return held

    def takes(self, article: int, folded: str, in_file: set[tuple[str, str]], score: float) -> bool:
        """Add a passage, and say so, where it is new and there is room; a new reading repeats most of its passages."""
        if (article, folded) in self.known or in_file & self.in_files:
            return False
        if not self._has_room(article, folded, score):
            return False
        self.known.add((article, folded))
        self.in_files |= in_file
        self.per_article[article].append(score)
        self.open_scores[folded].append(score)
        return True

    def _has_room(self, article: int, folded: str, score: float) -> bool:
        copies = self.open_scores.get(folded, [])
        if _as_good(self.per_article[article], score) >= MOST_PER_ARTICLE or len(copies) >= MOST_COPIES:
            return False
        return bool(copies) or _as_good([max(scores) for scores in self.open_scores.values()], score) < MOST_SUGGESTED


def _in_file(url: str, sha256: str, folded: str) -> set[tuple[str, str]]:
    """Return what tells a passage of a brought file from those of others; nothing for a page, which may be copied."""
    return set() if url.startswith(("http://", "https://")) or not sha256 else {(sha256, folded)}


def _is_fragment(passage: Passage) -> bool:
    """Say whether a passage is too short to say anything: no sentence, no title, and no row of a table with numbers."""
    text = passage.exact.strip()
    if END.search(text) or (text and text in passage.reading.title):
        return False
    words = word_forms(text)
    return len(words) < (SHORTEST_ROW if any(map(str.isdigit, text)) else SHORTEST)


def _as_good(scores: Sequence[float], score: float) -> int:
    return sum(each >= score for each in scores)


def extractor(model: str) -> str:
    """Return who says that a passage bears on a claim: the matcher, and the model that it used."""
    return (f"{similarity.MATCHER} + {model}" if model else f"{similarity.MATCHER}, words alone")[:120]


def _suggestion(claim: Claim, item: Scored, said_by: str) -> Evidence:
    shared = similarity.why(Worded(claim.text, claim.language), Worded(item.passage.exact, item.passage.language))
    reasons = [*shared.numbers, *shared.names, *shared.words]
    return Evidence(
        claim=claim,
        passage=item.passage,
        why=", ".join(dict.fromkeys(reasons))[:300],
        **suggested(said_by, round(item.score, PLACES)),
    )
