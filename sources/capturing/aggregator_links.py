"""Follow the links of aggregators to the articles of publishers: by redirects, or by what their pages name."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from sources.capturing import merging
from sources.capturing.visit import FETCHED, Visit
from sources.formats import sandbox
from sources.formats.publisher_links import is_article, is_named_elsewhere
from sources.formats.unreadable import Unreadable
from sources.language.folding import fold
from sources.models import Document, Source
from sources.models.vocabulary import Outcome
from sources.web import door
from sources.web.addresses import vetted
from sources.web.client import Response

SHORTEST_COPY = 500  # characters; the page before an article says less
SAME_HEADLINE = 0.7  # of its words stand in the headline that the feed gives, to which some add the outlet's name
ASKING = {Outcome.CONSENT_WALL, Outcome.LOGIN_WALL}  # often on a host of their own


def follow(document: Document, visited: Visit) -> tuple[Visit, str]:
    """Return the visit of a document, and for the link of an aggregator the address of the article behind it, if any.

    The article has a document of its own, to be fetched like any other. The page of an aggregator is none, unless it
    is a copy of the whole article, as portals publish them.
    """
    answer = visited.answer
    if not document.is_aggregator_link or answer is None or answer.status not in FETCHED:
        return visited, ""
    article = _article(document, visited, answer)
    if not article and visited.outcome != Outcome.OK:  # a wall of the aggregator, which says so itself
        return visited, ""
    if visited.outcome == Outcome.OK and _is_copy(document, answer):
        return visited, article
    reason = _("The aggregator’s page does not say where the article is.")
    if article:
        reason = _("This link leads to the publisher’s own page.")
    return replace(visited, outcome=Outcome.AGGREGATOR, reason=reason), article


def document_at(url: str, link: Document) -> Document | None:
    """Return the document of the article to which a link leads: a new one, due to be fetched, or the one that we have.

    None for an address that we do not open.
    """
    place = vetted(url, door.allowed())
    if place is None:
        return None
    known = merging.known_at(place.key)
    if known is not None:
        return known if known.pk != link.pk else None
    named = {"title": link.title, "language": link.language, "published_at": link.published_at, "feed": link.feed}
    named |= {"published_precision": link.published_precision, "published_until": link.published_until}
    article, is_new = Document.objects.get_or_create(url=place.key, defaults={"host": place.site, **named})
    if is_new:
        article.source = Source.objects.of_host(place.site) or link.source
        article.named_publisher, article.named_publisher_url = link.named_publisher, link.named_publisher_url
        article.save(update_fields=["source", "named_publisher", "named_publisher_url"])
    return article if article.pk != link.pk else None


def _is_copy(document: Document, answer: Response) -> bool:
    """Return whether a page of the aggregator is itself the article that its feed named, of some length."""
    if is_named_elsewhere(document.url, answer.final_url):
        return False
    try:
        found = sandbox.read(answer.body, answer.header("content-type"), answer.final_url)
    except (sandbox.GaveUp, Unreadable):
        return False
    named, headline = (set(fold(title).split()) for title in (document.title, found.title))
    return len(found.text) >= SHORTEST_COPY and len(named & headline) >= SAME_HEADLINE * max(1, len(headline))


def _article(document: Document, visited: Visit, answer: Response) -> str:
    """Return where a link led: to another site than its own, or to the one article that the page there names."""
    if is_named_elsewhere(document.url, answer.final_url):
        return answer.final_url if visited.outcome == Outcome.OK else _before_wall(document, visited, answer)
    try:
        return sandbox.article_behind(
            answer.body, answer.header("content-type"), answer.final_url, document.named_publisher_url
        )
    except sandbox.GaveUp:
        return ""


def _before_wall(document: Document, visited: Visit, answer: Response) -> str:
    """Return the article that a link led to before the redirect to a wall, or the page itself where the wall stands.

    A wall on a host that only asks for consent is no article; the next visit of the article tells how it ends.
    """
    passed = [hop.url for hop in answer.exchanges if hop.url != answer.final_url]
    before = [url for url in passed if is_named_elsewhere(document.url, url) and _is_of_publisher(document, url)]
    if before:
        return before[-1]
    is_asked = visited.outcome in ASKING and not document.named_publisher_url
    return answer.final_url if _is_of_publisher(document, answer.final_url) and not is_asked else ""


def _is_of_publisher(document: Document, url: str) -> bool:
    """Return whether an address may be that of an article of the publisher whom the feed names."""
    return is_article(url) and not is_named_elsewhere(url, document.named_publisher_url)
