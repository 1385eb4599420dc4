"""What the machine thought of a page, and what people decided: the evidence for and against a wall, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sources.capturing import ruling as ruling_of
from sources.models import Capture, Document, FetchAttempt, PageRuling
from sources.models.vocabulary import SourceAct
from sources.pages import document_queries
from sources.pages.forms import RulingForm
from workbench.pages.http import Request

SIGNALS: dict[str, Any] = {
    "article_markup": gettext_lazy("the page is marked as an article"),
    "asked_behind": gettext_lazy("a form or button stands right behind the text"),
    "bare_page": gettext_lazy("no menu, and everything on the page belongs to one button or form"),
    "captcha": gettext_lazy("a test for humans stands on the page"),
    "captcha_alone": gettext_lazy("a test for humans stands on the page, and nothing else"),
    "challenge_header": gettext_lazy("the server says in a header that this is a robot check"),
    "challenge_markup": gettext_lazy("mark-up of a known robot check"),
    "challenge_words": gettext_lazy("words of a robot check"),
    "choice": gettext_lazy("two buttons to choose from, or one that leads to another page of the site"),
    "consent_address": gettext_lazy("the address is that of a consent page"),
    "consent_bar": gettext_lazy("a cookie bar beside the text"),
    "consent_box": gettext_lazy("a box or dialog for consent"),
    "consent_button": gettext_lazy("a button to agree"),
    "consent_words": gettext_lazy("words about cookies or privacy"),
    "cut_end": gettext_lazy("the text breaks off"),
    "free_flag": gettext_lazy("the publisher marks the article as free"),
    "letter_box": gettext_lazy("the box is only for a newsletter or an account"),
    "little_text": gettext_lazy("very little text outside boxes"),
    "locked_box": gettext_lazy("a box named as a paywall"),
    "locked_words": gettext_lazy("words that the rest is for subscribers"),
    "many_links": gettext_lazy("a menu and other links, as on an ordinary page"),
    "many_paragraphs": gettext_lazy("many paragraphs"),
    "media": gettext_lazy("a video, a sound or a gallery"),
    "much_text": gettext_lazy("much text outside boxes"),
    "no_links": gettext_lazy("hardly any links"),
    "not_for_search_engines": gettext_lazy("the page asks search engines to leave it out"),
    "nothing_outside_boxes": gettext_lazy("no sentence outside boxes and bars"),
    "only_a_dialog": gettext_lazy("nothing but a dialog with a button"),
    "own_headline": gettext_lazy("the headline is the one that the page names"),
    "paid_flag": gettext_lazy("the publisher marks the article as paid"),
    "part_missing": gettext_lazy("the part that the publisher marks as paid is not on the page"),
    "part_served": gettext_lazy("the part that the publisher marks as paid is on the page"),
    "percent": gettext_lazy("a share of the article that is left to read"),
    "price": gettext_lazy("a price behind the text"),
    "proof_of_work": gettext_lazy("a script that computes a proof of work"),
    "region_words": gettext_lazy("words that the page is not for this country"),
    "sign_in_address": gettext_lazy("the address is that of a sign-in page"),
    "sign_in_form": gettext_lazy("a form with a password"),
    "sign_in_words": gettext_lazy("words that ask to sign in"),
    "text_outside_boxes": gettext_lazy("sentences outside boxes and bars"),
    "whole_end": gettext_lazy("the text ends with a whole sentence"),
    "words_missing": gettext_lazy("fewer words than the publisher counts"),
    "words_served": gettext_lazy("as many words as the publisher counts"),
}


@dataclass(frozen=True)
class WallEvidence:
    """What the machine thought of the newest page, what people decided, and the form to decide."""

    thought: str  # the most probable wall with its confidence; empty where nothing was weighed
    for_wall: list[str]
    against_wall: list[str]
    is_paid: bool  # the publisher marks the article as paid
    rulings: list[PageRuling]  # in force on this document or its site
    undone: list[PageRuling]
    form: RulingForm | None  # None for those who may not decide, and where there is nothing to decide about
    may_undo: frozenset[int]  # the keys of the decisions that this person may undo


def wall_evidence(request: Request, document: Document, form: RulingForm | None = None) -> WallEvidence:
    """Return what the page of a document shows about walls."""
    capture = ruling_of.newest(document) if document.is_web else None
    attempt = capture.attempt if capture else None
    rows = document_queries.rulings(document.pk, document.host, attempt.layout if attempt else "")
    force = [row for row in rows if row.undone_at is None]
    may_gather, may_rule = request.user.may(SourceAct.GATHER), request.user.may(SourceAct.CRAWL_POLICY)
    may_decide = attempt is not None and may_gather
    signals = attempt.signals if attempt else {}
    return WallEvidence(
        thought=_thought(attempt),
        for_wall=_named(signals.get("for", [])),
        against_wall=_named(signals.get("against", [])),
        is_paid=bool(signals.get("paid")),
        rulings=force,
        undone=[row for row in rows if row.undone_at is not None],
        form=(form or _form(request, capture)) if may_decide else None,
        may_undo=frozenset(row.pk for row in force if (may_rule if row.everywhere else may_gather)),
    )


def ruling_form(request: Request, document: Document, data: Any = None) -> RulingForm:
    """Return the form to decide what a page is; for the whole site only where the person may, and we know a layout."""
    return _form(request, ruling_of.newest(document), data)


def _form(request: Request, capture: Capture | None, data: Any = None) -> RulingForm:
    has_layout = capture is not None and bool(capture.attempt.layout)
    return RulingForm(data, may_rule=has_layout and request.user.may(SourceAct.CRAWL_POLICY))


def _thought(attempt: FetchAttempt | None) -> str:
    if attempt is None or attempt.confidence is None:
        return ""
    if not attempt.suspect:
        return _("Nothing on the page looks like a wall.")
    percent = floatformat(100 * attempt.confidence, 0)
    values = {"wall": attempt.get_suspect_display(), "percent": percent}
    return _("Most probable wall: %(wall)s. Confidence that it is one: %(percent)s %%.") % values


def _named(signals: list[str]) -> list[str]:
    return [str(SIGNALS[name]) for name in signals if name in SIGNALS]
