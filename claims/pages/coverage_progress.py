"""How far the gathering of coverage for a claim has come, in the words of its page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.evidence.gathering import Progress
from claims.models import Claim
from claims.models.claim_searches import FoundElsewhere
from sources.capturing import archive_room
from sources.models import Document, Reading, Search
from sources.pages.search_answer import nothing_before
from workbench.desk import health
from workbench.desk.amounts import Amount
from workbench.desk.punctuation import labelled
from workbench.pages.templatetags.log_words import told

NONE = Amount(0)
SOON, LATER = 2, 20  # seconds until a page asks for news again: while workers work, and otherwise


@dataclass(frozen=True)
class Count:
    """A number and the name of what is counted."""

    number: Amount
    label: str


@dataclass(frozen=True)
class ToWeigh:
    """How many suggestions wait for a person, how many of them the filter takes, and how many the page shows."""

    waiting: int
    matching: int
    shown: int


@dataclass(frozen=True)
class CoverageProgress:
    """What a claim's page says of its coverage; ``poll`` is after how many seconds it asks again, 0 for never."""

    working: bool
    headline: str
    text: str
    poll: int
    counts: list[Count]
    announcement: str
    none_yet: str
    nothing: str  # beside the list, where no document is open
    more: str
    silence: str  # why nothing comes in, where nobody serves the queue


@dataclass(frozen=True)
class ShownSearch:
    """A search with its outcome: that it failed, that nothing was found in so many documents, or a text.

    ``before`` says that it had found nothing at first, where this is so.
    """

    search: Search
    failed: bool = False
    nothing: bool = False
    searched: Amount = NONE
    text: str = ""
    before: str = ""

    @property
    def edited(self) -> str:
        """The words of this search as a query, for the form that searches again with other words."""
        row = self.search
        facts = {
            "words": row.words,
            "engine": row.engine,
            "language": row.language,
            "since": row.since,
            "until": row.until,
        }
        return urlencode({name: value for name, value in facts.items() if value})


def of(claim: Claim, progress: Progress, found: ToWeigh) -> CoverageProgress:
    """Return the words on coverage, and on what waits."""
    headline, text = _state(claim, progress)
    waiting, some_hidden = found.waiting, found.matching > found.shown and not claim.is_closed
    return CoverageProgress(
        working=progress.working and not claim.is_closed,
        headline=headline,
        text=text,
        poll=0 if claim.is_closed else SOON if progress.working else LATER,
        counts=_counts(claim, progress, waiting),
        announcement=ngettext("%(number)s suggestion to weigh.", "%(number)s suggestions to weigh.", waiting)
        % {"number": waiting},
        none_yet=_("Nothing yet. The first suggestions will appear here automatically.")
        if progress.working
        else _("No passages to weigh."),
        nothing=_nothing_open(claim, progress, found),
        more=_("The best ones are shown; the next ones appear as you weigh.") if some_hidden else "",
        silence="" if claim.is_closed else _silence(progress),
    )


def shown_search(search: Search, answer: FoundElsewhere | None = None) -> ShownSearch:
    """Return a search with its outcome in words; articles in which the claim itself appeared do not count."""
    if search.answered_at is None:
        waits = labelled(_("no answer yet"), told(search.trouble)) if search.trouble else _("no answer yet")
        return ShownSearch(search, failed=True) if search.is_stuck else ShownSearch(search, text=waits)
    number = answer.elsewhere if answer else search.found
    if number:
        found = ngettext("%(number)s document", "%(number)s documents", number)
        before = nothing_before(answer.nothing) if answer and answer.nothing else ""
        return ShownSearch(search, text=found % {"number": number}, before=before)
    if answer and answer.own:
        return ShownSearch(search, text=_("nothing found besides the claim’s own appearances"))
    if search.searched_through is None:  # a provider does not say how much it looked through
        return ShownSearch(search, text=_("nothing found"))
    return ShownSearch(search, nothing=True, searched=search.searched_amount or NONE)


def _nothing_open(claim: Claim, progress: Progress, found: ToWeigh) -> str:
    """Return why no document is open: one can be chosen, the filter takes none, more may come, or all is weighed."""
    if found.shown:
        return _("Choose a passage in the list.")
    if found.waiting:
        return _("No passages to weigh with this filter.")
    if progress.working and not claim.is_closed:
        return _("We are still gathering coverage. Suggestions appear in the list as they come in.")
    return _("Nothing else to weigh.")


def _silence(progress: Progress) -> str:
    """Return why a claim waits in vain; of one that is up to date, whether new coverage will reach it."""
    late = health.silence(Claim, Search, Document, Reading) if progress.working else health.silence()
    return archive_room.problem() or late


def _state(claim: Claim, progress: Progress) -> tuple[str, str]:
    if claim.is_closed:
        return "", _("The claim is closed. We no longer follow its coverage.")
    if claim.trouble:
        return _failure(claim)
    if progress.working:
        return _("Gathering coverage …"), ""
    return _("Up to date."), _("New coverage is compared with the claim as it comes in.")


def _failure(claim: Claim) -> tuple[str, str]:
    """Return that the last step with a claim failed, why, and when it is tried again."""
    if claim.due_at is None:
        return _("Gathering failed too often and needs attention."), told(claim.trouble)
    headline = _("Gathering failed. Next try: %(when)s") % {"when": naturaltime(claim.due_at)}
    return headline, told(claim.trouble)


def _counts(claim: Claim, progress: Progress, waiting: int) -> list[Count]:
    """Return the numbers in the order of the work; of work that is done only the totals."""
    documents = ngettext("document read in total", "documents read in total", progress.documents.number)
    passages = ngettext("passage compared", "passages compared", progress.passages.number)
    searches = ngettext("search not answered yet", "searches not answered yet", progress.unanswered)
    left = ngettext("suggestion to weigh", "suggestions to weigh", waiting)
    if claim.is_closed:
        left = ngettext("suggestion not weighed", "suggestions not weighed", waiting)
    return [
        Count(progress.documents, documents),
        *_if_any(progress.waiting, _("being fetched")),
        *_if_any(progress.unread, _("being read")),
        Count(progress.passages, passages),
        *_if_any(Amount(progress.unanswered), searches),
        Count(Amount(waiting), left),
    ]


def _if_any(number: Amount, label: str) -> list[Count]:
    return [Count(number, label)] if number else []
