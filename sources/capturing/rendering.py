"""Capture pages with a headless browser (Chromium), where they show no text without JavaScript."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from sources.archive import warc
from sources.capturing import archive_room, classification, preserving, ruling
from sources.capturing.preserving import Kept
from sources.capturing.visit import Visit, visit
from sources.models import Document, Rendering
from sources.models.vocabulary import READ, Outcome, SourceAct, SourceVerb
from sources.web import browser, chromium
from sources.web.browser import Rendered
from sources.web.client import Failed, Response
from workbench.desk import audit
from workbench.desk.backoff import MOST_TRIES
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require
from workbench.desk.work_queue import Next, Trouble, WorkQuerySet

MOST_RENDERINGS = 3  # a page that crashes the browser so often is the cause, not the machine


@dataclass(frozen=True)
class Made:
    """How a visit for a browser ended, before anything is written down; ``page`` is None where no browser ran."""

    visit: Visit
    kept: Kept | None = None
    page: Rendered | None = None


def due() -> WorkQuerySet:
    """Return the renderings, for a worker that makes those that are due."""
    rows: WorkQuerySet = Rendering.objects.all()
    return rows


def is_possible() -> bool:
    """Return whether there is a browser on this server."""
    return bool(chromium.found(settings.CHROMIUM))


@transaction.atomic
def ask(document: Document, *, by: User) -> Rendering:
    """Have a document captured with a browser. Raises ``Refusal`` and ``NotPermitted``."""
    require(by, SourceAct.GATHER)
    if not document.is_web:
        raise Refusal(_("This text was pasted, so there is no page to capture."), "pasted")
    if not is_possible():
        raise Refusal(_absent(), "no_browser")
    if document.renderings.filter(done_at=None).exists():
        raise Refusal(_("A browser capture has already been requested."), "requested")
    rendering = Rendering.objects.create(document=document, asked_by=by)
    audit.record(by, SourceVerb.ASKED_FOR_RENDERING, document, url=document.url)
    return rendering


def render(rendering: Rendering) -> Generator[None, None, Next]:
    """Visit a document, have a browser make its page, and store that; a page that cannot be made is a result, too."""
    archive_room.require()
    try:
        made, problem = _made(rendering.document)
    except archive_room.NotKept as refusal:
        yield
        return archive_room.put_off(refusal)
    except chromium.Died as reason:
        if rendering.tries < MOST_RENDERINGS:
            raise
        made, problem = None, str(reason)
    yield
    return _note(rendering, made, problem)


def _made(document: Document) -> tuple[Made | None, str]:
    """Return how the visit ended, and why no browser made a page. Changes no rows; raises ``chromium.Died``."""
    program = chromium.found(settings.CHROMIUM)
    if not program:
        return None, _absent()
    visited = visit(document.url, judge=classification.judge)
    answer = visited.answer
    if answer is None or ruling.outcome_of(document, visited, None) != Outcome.OK:
        return Made(visited, preserving.keep(answer, document) if answer else None), visited.reason
    if not classification.is_page(answer):
        return Made(visited, preserving.keep(answer, document)), _("This address does not return an HTML page.")
    try:
        page = browser.render(answer, program, sandbox=settings.BROWSER_SANDBOX)
    except Failed as failure:
        return Made(visited, preserving.keep(answer, document)), str(failure)
    judged = classification.judge(_as_rendered(answer, page))
    seen = replace(visited, outcome=judged.outcome, reason=judged.reason, look=judged.look)
    return Made(seen, preserving.keep_view(answer, page), page), ""


def _as_rendered(answer: Response, page: Rendered) -> Response:
    """Return an answer as if the server had sent what the browser made of it."""
    return replace(answer, body=preserving.encoded(page.html), headers=[("Content-Type", warc.HTML)])


def _note(rendering: Rendering, made: Made | None, problem: str) -> Next:
    """Write down the visit with its capture, and the end of the rendering unless a retry may help."""
    if made is not None:
        visited, document = made.visit, rendering.document
        ruling.hold(document)
        outcome = ruling.outcome_of(document, visited, made.kept)
        attempt = preserving.attempted(document, visited)
        if made.kept is not None:
            capture = preserving.note(attempt, made.kept, to_read=outcome in READ)
        if made.page is not None:
            rendering.capture = capture
            rendering.screenshot_sha256 = hashlib.sha256(made.page.screenshot).hexdigest()
            rendering.parts, rendering.refused = len(made.page.parts), made.page.refused
        if made.page is None or not document.is_coverage:  # a wall that only a browser meets hides no text
            Document.objects.filter(pk=document.pk).update(last_outcome=outcome)
        if visited.may_pass and rendering.tries < MOST_TRIES:
            return Trouble(visited.reason or str(visited.outcome.label), visited.again_in)
    rendering.done_at, rendering.problem = timezone.now(), problem
    rendering.save()
    return None


def _absent() -> str:
    return _("There is no browser on this server. Install Chromium, or name another browser in the CHROMIUM setting.")
