"""Count what a report holds, so that all its sentences about what was found are derived from the same numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sources.models.vocabulary import Engine

Facts = dict[str, Any]
INSIDE_BEFORE = (Engine.GATHERED, Engine.WAYBACK)  # what did not count as outside when older reports were made


@dataclass(frozen=True)
class Tally:
    """The passages of a report and its searches, counted.

    A search is ``open`` while it has no answer. An answered one ``found`` other articles, or only those in which the
    claim itself appeared (``own_only``), or nothing at all (``empty``). Of all searches, those that asked somebody
    outside the desk about the claim were answered (``outside``) or not (``outside_open``).
    """

    cited: int
    others: int
    rejected: int
    unweighed: int
    open: int
    found: int
    own_only: int
    empty: int
    outside: int = 0
    outside_open: int = 0

    @property
    def searches(self) -> int:
        """All searches that were run."""
        return self.open + self.answered

    @property
    def answered(self) -> int:
        """The searches that were completed."""
        return self.found + self.in_vain

    @property
    def in_vain(self) -> int:
        """The completed searches that found nothing besides the claim’s own appearances."""
        return self.own_only + self.empty


def of(content: Facts) -> Tally:
    """Count the content of a report. Older reports do not say which results are the claim’s own appearances."""
    cited = sum(item["cited"] for item in content["evidence"])
    kinds = [kind_of(search) for search in content["searches"]]
    outside = [_outside(search) for search in content["searches"]]
    return Tally(
        cited=cited,
        others=len(content["evidence"]) - cited,
        rejected=content["evidence_not_told"]["rejected"],
        unweighed=content["evidence_not_told"]["unsettled"],
        **{kind: kinds.count(kind) for kind in ("open", "found", "own_only", "empty")},
        outside=outside.count(True),
        outside_open=outside.count(False),
    )


def _outside(search: Facts) -> bool | None:
    """Say whether a search that asked somebody outside was answered; None for others. Older reports do not say."""
    if "outside" in search:
        said: bool | None = search["outside"]
        return said
    return None if search["engine"] in INSIDE_BEFORE else bool(search["answered_at"])


def kind_of(search: Facts) -> str:
    """Return how a search ended: under which name the tally counts it."""
    if not search["answered_at"]:
        return "open"
    if search["found"]:
        return "found"
    return "own_only" if search.get("found_own") else "empty"
