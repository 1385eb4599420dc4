"""Capture documents with a browser, where their bytes as served say nothing without their scripts."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.archive import warc
from sources.capturing import classification, preserving
from sources.capturing.classification import Visit
from sources.capturing.preserving import Kept
from sources.models import Document, Rendering
from sources.models.vocabulary import Outcome, SourceAct, SourceVerb
from sources.web import browser, chromium, door
from sources.web.browser import Rendered
from sources.web.client import Answer, Failed
from sources.web.outcomes import may_pass
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import require
from workbench.desk.backoff import MOST_TRIES
from workbench.desk.work_queue import Next, PutOff, Trouble

MOST_RENDERINGS = 3  # a page that has ended its browser so often is to blame for it, and not the machine


class NotRendered(Exception):
    """This cannot be captured with a browser. The message is fit to show to a person."""


@dataclass(frozen=True)
class Made:
    """What came of a visit for a browser, before it is noted; without a ``page`` where it came to no browser."""

    visit: Visit
    kept: Kept | None = None
    page: Rendered | None = None


@transaction.atomic
def ask(document: Document, *, by: User) -> Rendering:
    """Have a document captured with a browser. Raises ``NotRendered`` and ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    if not document.is_web:
        raise NotRendered(_("This text was pasted, so there is no page to capture."))
    if not chromium.found(settings.CHROMIUM):
        raise NotRendered(_absent())
    if document.renderings.filter(done_at=None).exists():
        raise NotRendered(_("A browser capture has already been requested."))
    rendering = Rendering.objects.create(document=document, asked_by=by)
    audit.record(by, SourceVerb.ASKED_FOR_RENDERING, document, url=document.url)
    return rendering


def render(rendering: Rendering) -> Generator[None, None, Next]:
    """Visit a document, have a browser make its page, and keep that; a page that cannot be made is an answer, too."""
    try:
        made, problem = _made(rendering.document)
    except chromium.Died as reason:
        if rendering.tries < MOST_RENDERINGS:
            raise
        made, problem = None, str(reason)
    yield
    return _note(rendering, made, problem)


def _made(document: Document) -> tuple[Made | None, str]:
    """Return what came of it, and why there is no page of a browser. Changes no rows; raises ``chromium.Died``."""
    program = chromium.found(settings.CHROMIUM)
    if not program:
        return None, _absent()
    try:
        visit = classification.visit(document.url)
    except door.NotYet as wait:
        raise PutOff(timedelta(seconds=wait.seconds)) from wait
    answer = visit.answer
    if answer is None or visit.outcome != Outcome.OK:
        return Made(visit, preserving.keep(answer, document) if answer else None), visit.reason
    if not classification.is_page(answer):
        return Made(visit, preserving.keep(answer, document)), _("This address does not return an HTML page.")
    try:
        page = browser.render(answer, program, sandbox=settings.BROWSER_SANDBOX)
    except Failed as failure:
        return Made(visit, preserving.keep(answer, document)), str(failure)
    outcome, reason = classification.judge(_as_rendered(answer, page))
    return Made(replace(visit, outcome=outcome, reason=reason), preserving.keep_view(answer, page), page), ""


def _as_rendered(answer: Answer, page: Rendered) -> Answer:
    """Return an answer as if the server had sent what the browser made of it."""
    return replace(answer, body=preserving.encoded(page.html), headers=[("Content-Type", warc.HTML)])


def _note(rendering: Rendering, made: Made | None, problem: str) -> Next:
    """Write down the visit with its capture, and what came of the rendering unless it may still come to something."""
    if made is not None:
        visit, document = made.visit, rendering.document
        attempt = preserving.attempted(document, visit)
        if made.kept is not None:
            capture = preserving.note(attempt, made.kept, to_read=visit.outcome == Outcome.OK)
        if made.page is not None:
            rendering.capture = capture
            rendering.screenshot_sha256 = hashlib.sha256(made.page.screenshot).hexdigest()
            rendering.parts, rendering.refused = len(made.page.parts), made.page.refused
        if made.page is None or not document.is_coverage:  # a wall that only a browser meets takes no text away
            Document.objects.filter(pk=document.pk).update(last_outcome=visit.outcome)
        status = visit.answer.status if visit.answer else None
        if may_pass(visit.outcome, status) and rendering.tries < MOST_TRIES:
            return Trouble(visit.reason or str(visit.outcome.label), visit.again_in)
    rendering.done_at, rendering.problem = timezone.now(), problem
    rendering.save()
    return None


def _absent() -> str:
    return _("There is no browser on this server. Install Chromium, or name another browser in the CHROMIUM setting.")
