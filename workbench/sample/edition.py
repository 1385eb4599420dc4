"""The answers of an outlet of the sample press: pages, feeds, robots.txt, consent wall; before and after edits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from workbench.sample import pages, syndication
from workbench.sample.outlets import Outlet, PressArticle, Served, articles_of

CONSENT_COOKIE = "consent=all"


@dataclass(frozen=True)
class PressAnswer:
    """An answer before HTTP: not yet compressed, not yet compared with the copy that the reader has."""

    body: bytes
    content_type: str
    modified_at: datetime | None = None  # whole seconds; None: no validators are sent
    status: HTTPStatus = HTTPStatus.OK
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Edition:
    """One outlet on one port, since the press was first started."""

    outlet: Outlet
    base: str  # URL without a final slash
    first_started_at: datetime
    edit_after: timedelta  # how long after the first start articles are edited in place

    def answer(self, target: str, *, cookies: str = "", now: datetime | None = None) -> PressAnswer:
        """Return what is at a request target (path and query), for a reader with these cookies."""
        now = now or datetime.now(UTC)
        address = urlsplit(target)
        if address.path == "/consent":
            return self._accept_consent(address.query)
        for article in self._articles(now):
            if article.path == address.path and article.served != Served.GONE:
                return self._article(article, cookies, now)
        return self._front(address.path, now) or self._missing()

    def _front(self, path: str, now: datetime) -> PressAnswer | None:
        """Return the home page or one of the files for machines; None if the path is neither."""
        articles = self._articles(now)
        dated = [(article, article.published_at(self.first_started_at)) for article in articles]
        latest = max(self._modified_at(article, now) for article in articles)
        if path == "/":
            return self._html(pages.home_page(self.outlet, articles), latest)
        if path == self.outlet.feed:
            text = syndication.feed(self.outlet, dated, base=self.base, updated_at=latest)
            return PressAnswer(text.encode(), f"application/{self.outlet.feed_make}+xml; charset=utf-8", latest)
        if path == "/sitemap-news.xml":
            text = syndication.news_sitemap(self.outlet, dated, base=self.base)
            return PressAnswer(text.encode(), "application/xml; charset=utf-8", latest)
        if path == "/robots.txt":
            text = syndication.robots(self.outlet, base=self.base)
            return PressAnswer(text.encode(), "text/plain; charset=utf-8", self.first_started_at)
        return None

    def _article(self, article: PressArticle, cookies: str, now: datetime) -> PressAnswer:
        modified_at = self._modified_at(article, now)
        headers = (("Vary", "Cookie"),) if article.served == Served.CONSENT_WALL else ()
        if headers and CONSENT_COOKIE not in cookies:
            return self._html(pages.consent_page(self.outlet, article), None, *headers)
        at = article.published_at(self.first_started_at)
        page = pages.article_page(self.outlet, article, self._articles(now), base=self.base, at=at)
        return self._html(page, modified_at, *headers)

    def _missing(self) -> PressAnswer:
        return self._html(pages.missing_page(self.outlet), None, status=HTTPStatus.NOT_FOUND)

    def _accept_consent(self, query: str) -> PressAnswer:
        """Note the reader's consent in a cookie and lead back to the article; never off this outlet."""
        wanted = parse_qs(query).get("return", ["/"])[0]
        known = {article.path for article in articles_of(self.outlet.slug)}
        headers = (
            ("Location", wanted if wanted in known else "/"),
            ("Set-Cookie", f"{CONSENT_COOKIE}; Path=/; SameSite=Lax; HttpOnly"),
        )
        return PressAnswer(b"", "text/plain; charset=utf-8", status=HTTPStatus.SEE_OTHER, headers=headers)

    def _html(
        self,
        page: str,
        modified_at: datetime | None,
        *headers: tuple[str, str],
        status: HTTPStatus = HTTPStatus.OK,
    ) -> PressAnswer:
        charset = f"; charset={self.outlet.charset}" if self.outlet.charset_in_header else ""
        body = page.encode(self.outlet.charset, errors="xmlcharrefreplace")
        return PressAnswer(body, f"text/html{charset}", modified_at, status, headers)

    def _articles(self, now: datetime) -> list[PressArticle]:
        """Return the outlet's articles as they read now, the latest first."""
        articles = articles_of(self.outlet.slug)
        return [article.edited() for article in articles] if self._edits_are_in(now) else articles

    def _modified_at(self, article: PressArticle, now: datetime) -> datetime:
        if article.edit is not None and self._edits_are_in(now):
            return (self.first_started_at + self.edit_after).replace(microsecond=0)
        return article.published_at(self.first_started_at)

    def _edits_are_in(self, now: datetime) -> bool:
        return now >= self.first_started_at + self.edit_after
