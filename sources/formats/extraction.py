"""Choose the text of an article: what trafilatura's fast and standard modes give, or the page's own paragraphs.

The sentences that stand with the headline decide (``page_text``). The fast mode reads most news as well as the
standard mode, in two thirds of the time. Where the fast reading lacks many of these sentences, or is a menu, the
standard mode is asked, and last the paragraphs of the page are taken as they stand.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document

from sources.formats.page_text import PageEvidence, PageText

LITTLE = 500  # characters; a page without sentences that we can tell has more text, or the standard mode looks
ENOUGH = 0.6  # of the sentences with the headline: what a reading without a fault may lack is captions and notes
FEW = 45  # words, about three sentences: too few for a doubt
BETTER = 0.1  # of these sentences, which the standard mode must have beyond the fast one
MUCH_BETTER = 0.3  # the same of the page's own paragraphs, which nobody cleaned
LONGER = 1.2  # times
FEW_SENTENCES = 0.3  # of a reading; then it may be a menu
MENU = 0.5  # of a reading that is whole links or teasers of other articles


@dataclass(frozen=True)
class Candidate:
    """A reading that may be the text of an article, with its evidence; ``menu`` is how much of it leads elsewhere."""

    text: str
    evidence: PageEvidence
    menu: float

    @property
    def is_menu(self) -> bool:
        """Return whether it is a list of links, or of teasers."""
        return self.menu > MENU

    @property
    def is_sound(self) -> bool:
        """Return whether nothing speaks against it."""
        return not self.is_menu and (self.evidence.share >= ENOUGH or self.evidence.lacks < FEW)


def chosen(tree: HtmlElement, url: str, page: PageText) -> Candidate:
    """Return the best reading of a page; it may be a menu.

    trafilatura works on copies, so the tree stays whole.
    """
    best = _candidate(_by_trafilatura(tree, url, fast=True), page)
    if not page.article:
        if len(best.text) < LITTLE:
            best = _candidate(_by_trafilatura(tree, url, fast=False), page)
    elif not best.is_sound:
        best = _better(best, _candidate(_by_trafilatura(tree, url, fast=False), page), BETTER)
        if best.is_menu or best.evidence.share < ENOUGH:
            own = _candidate(page.own_reading(), page)
            is_longer = best.is_menu or len(own.text) > LONGER * len(best.text)
            best = _better(best, own, MUCH_BETTER) if is_longer else best
    return best


def own_paragraphs(page: PageText) -> Candidate:
    """Return the paragraphs of the article as they stand on the page, for one that is too large for trafilatura."""
    return Candidate(page.own_reading(), PageEvidence(1.0, 0, 1.0), 0.0)


def _better(one: Candidate, other: Candidate, margin: float) -> Candidate:
    if one.is_menu != other.is_menu:
        return other if one.is_menu else one
    return other if other.evidence.share > one.evidence.share + margin else one


def _candidate(text: str, page: PageText) -> Candidate:
    evidence = page.weigh(text)
    return Candidate(text, evidence, page.leads_elsewhere(text) if evidence.sentences < FEW_SENTENCES else 0.0)


def _by_trafilatura(tree: HtmlElement, url: str, *, fast: bool) -> str:
    found = bare_extraction(tree, url=url, fast=fast, include_comments=False, include_tables=True, with_metadata=False)
    return (found.text or "") if isinstance(found, Document) else ""
