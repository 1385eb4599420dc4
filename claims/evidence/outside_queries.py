"""Write the queries that a claim is searched with beyond our own collection: one for each language, shown to people."""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import Claim
from claims.wording.queries import is_of_any_language, written_words
from sources.gathering.providers import query_words
from sources.language.folding import fold
from sources.models import Source

MOST_TERMS = 4  # engines find only pages that have them all
MOST_NAMES = 3
LONGEST_QUERY = 400
MOST_LANGUAGES = 6


@dataclass(frozen=True)
class OutsideQuery:
    """The words for one language; ``own_words`` is false where only names and numbers of another language are known."""

    words: str
    language: str
    own_words: bool = True


def of(claim: Claim) -> list[OutsideQuery]:
    """Return a query for each language of the claim and of the desk, that of the claim first.

    A language for which nobody has given a wording is searched with what reads alike in all: numbers, and names in
    every spelling that the desk knows. Where there is none of either, it has no query.
    """
    worded = wordings(claim)
    languages = [*dict.fromkeys([*worded, *desk_languages()])][:MOST_LANGUAGES]
    text = worded.get(claim.language, claim.text)
    names = {code: Source.objects.named_in(worded.get(code, text)) for code in languages}
    found = [
        OutsideQuery(_query(worded.get(code, text), code, names[code], own=code in worded), code, code in worded)
        for code in languages
    ]
    return [query for query in found if query.words]


def wordings(claim: Claim) -> dict[str, str]:
    """Return the claim in each language in which somebody has worded it; its own words come first."""
    others = claim.wordings.standing_firm().exclude(language="").order_by("pk").values_list("language", "text")
    return {claim.language: claim.text, **{code: text for code, text in others if code != claim.language}}


def desk_languages() -> list[str]:
    """Return the languages in which the sources of the desk publish."""
    return list(Source.objects.exclude(language="").order_by("language").values_list("language", flat=True).distinct())


def _query(text: str, language: str, names: list[list[str]], *, own: bool) -> str:
    named = [query_words.joined(group) for group in names[:MOST_NAMES]]
    inside = {word for group in names for name in group for word in fold(name).split()}
    words = [word for word in written_words(text, language if own else "") if fold(word) not in inside]
    words = words if own else [word for word in words if is_of_any_language(word)]
    terms = [*named, *words][: max(MOST_TERMS, len(named))]
    while terms and len(" ".join(terms)) > LONGEST_QUERY:
        terms.pop()
    return " ".join(terms)
