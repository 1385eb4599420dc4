"""Every address of the site, with rows for those that need one; and what it answers, made comparable."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.test import Client
from django.urls import reverse

from claims.evidence import weighing
from claims.intake import recording
from claims.intake.recording import Proposition, Sighting
from claims.models import ChecklistItem
from claims.models.vocabulary import OriginKind, Stance, Status
from claims.publishing import reporting
from sources.models import Picture
from sources.models.vocabulary import Outcome, SourceKind
from sources.registry import confiding
from sources.watching import watching
from tests import make, reading_back, url_conf
from workbench.desk.work_queue import drain

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# What differs from one answer to the next whatever the desk holds: tokens, and how long ago something was.
PASSING = re.compile(
    r'(csrfmiddlewaretoken" value|form_key" value|hx-headers)="[^"]*"|csrfToken[^,}]*'
    r"|https?://captures\.localhost[^\"']*"  # signed, with the time
    r"|(an?|\d+)\s(second|minute|hour)s?(,\s\d+\s\w+)?(\sago)?|\bnow\b"
)
NOT_WALKED = re.compile(
    r"^(admin/|answer/|password/choose|sign-|healthz|readyz|favicon|language/|checkpoint/|two-step/)"
)
# The beginning of a route, and the row whose key stands in it.
ROWS = {
    "claims/lost/": "grant",
    "claims/views/": "view",
    "cases/": "case",
    "hand-over/": "person",
    "claims/": "claim",
    "questions/": "question",
    "comment-requests/": "request",
    "appearances/": "appearance",
    "notes/": "note",
    "personal-links/": "link",
    "channels/": "channel",
    "evidence/": "evidence",
    "assertions/": "wording",
    "decisions/": "decision",
    "reports/": "report",
    "copy-edits/": "copy_edit",
    "proposed-reports/": "proposed_report",
    "proposed-corrections/": "proposed_correction",
    "sources/feeds/": "feed",
    "sources/documents/": "document",
    "sources/changes/": "change",
    "sources/captures/": "capture",
    "sources/near-copies/": "near_copy",
    "sources/": "source",
    "four-eyes/roles/": "role_grant",
    "four-eyes/policies/": "policy",
    "drafts/": "draft",
    "sessions/": "session",
}


@dataclass(frozen=True)
class Answer:
    """What an address answered, without what passes."""

    status: int
    body: str


def routes() -> Iterator[str]:
    """Return the route of every page outside the Django admin."""
    yield from (each.route for each in url_conf.addresses() if not NOT_WALKED.match(each.route))


def address(route: str, rows: Mapping[str, Any]) -> str:
    """Return the address of a page on some rows. Raises ``KeyError`` where a route has no row here."""
    row = next((rows.get(name) for begins, name in ROWS.items() if route.startswith(begins)), None)
    document = rows.get("document", 1)
    keys = {"kind": "wording", "form": "report.json", "document": getattr(document, "pk", document)}
    keys |= rows.get("of_no_row", {})
    keys |= {"item": 1, "page": 1, "ruling_pk": 1, "pk": getattr(row, "pk", row), "number": getattr(row, "number", row)}
    return "/" + PARAMETER.sub(lambda found: str(keys[found[1]]), route)


def admin_models() -> list[type[Any]]:
    """Return the models that the Django admin shows."""
    return list(admin.site._registry)


def admin_addresses(rows: Mapping[str, Any]) -> Iterator[str]:
    """Return the addresses of every kind of record in the Django admin: the list, a search, and one record of it."""
    yield reverse("admin:index")
    of_model = {type(row): row for row in rows.values() if hasattr(row, "_meta")}
    for model in admin_models():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        if model in of_model:
            yield reverse(f"{name}_change", args=[of_model[model].pk])


def answer(client: Client, url: str, method: str = "get", **sent: Any) -> Answer:
    """Return what an address answers to a person, with the text of files too, also of those that are packed."""
    got = getattr(client, method)(url, **sent)
    body = b"".join(got.streaming_content) if got.streaming else got.content
    return Answer(got.status_code, PASSING.sub("", readable(body)))


def readable(body: bytes) -> str:
    """Return the text of a body: of a PDF as Chromium copies it, of a packed file that of everything in it."""
    if body.startswith(b"%PDF-"):
        return reading_back.with_pdfium(body)
    if body.startswith(b"\x1f\x8b"):
        return readable(gzip.decompress(body))
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(f"{name}\n{readable(packed.read(name))}" for name in packed.namelist())
    return body.decode("utf-8", "replace")


def everything_about(text: str, **of_claim: Any) -> dict[str, Any]:
    """Return a claim, and one row of every kind that hangs on it, each with this text in its words."""
    author = of_claim["logged_by"]
    claim = make.claim(f"{text} was paid.", status=Status.DECIDED, place=text, note=text, due_at=None, **of_claim)
    document = make.document(title=f"A letter of {text}", url=f"ni:///{text}", host="", asked_by=author, due_at=None)
    reading = make.reading(f"The {text} letter.", capture_=make.capture(document))
    passage, source = reading.passages.get(), make.source(f"Mx {text}", added_by=author)
    appearance = make.appearance(claim, quote=text, document=document, passage=passage, by=author)
    make.attribution(appearance, source=source, named_as=f"Mx {text}", by=author)
    evidence = make.confirmed_evidence(claim, passage_=passage, note=text, by=author)
    again = make.evidence(claim, make.reading(f"Again {text}.", capture_=make.capture(document)).passages.get())
    make.put_off(again, put_off_by=author)
    make.taken_back(evidence, taken_back_by=author)
    make.figure(claim, passage, exact=text[:6])
    make.origin_link(claim, document, why=text, kind=OriginKind.OWN_REPORTING)
    search = make.answered_search(f"{text} letter", found=1)
    claim.searches.add(search)
    make.hit(search, document)
    question = make.question(claim, f"Who is {text}?", asked_by=author)
    decision = make.decision(claim, summary=f"{text} it was.", decided_by=author)
    make.review(claim, reasoning=f"{text}, I think.", reviewer=author)
    make.citation(decision, evidence)
    make.log_entry(claim, by=author, text=text)
    make.log_entry(evidence, by=author, text=text, chain=f"claim {claim.pk}")
    make.watch(document, passage, by=author)
    plan_of(text, claim, by=author)
    rows = {"claim": claim, "document": document, "capture": reading.capture, "source": source, "evidence": evidence}
    rows |= {"appearance": appearance, "question": question, "decision": decision, "search": search}
    rows |= {
        "answer": make.answer(question, f"{text} is a person.", answered_by=author),
        "wording": make.wording(claim, text=text, by=author),
    }
    rows |= files_about(text, claim, by=author)
    return rows | {"reading": reading, "passage": passage} | said_about(text, claim, by=author)


def plan_of(text: str, claim: Any, *, by: Any) -> None:
    """Give a claim an owner, a request to review, a tag and a tick on its checklist."""
    make.claim_plan(claim, owner=by, by=by)
    make.review_invitation(claim, by, by=by)
    make.claim_tag(claim, text, by=by)
    make.checklist_tick(claim, ChecklistItem.objects.first() or make.checklist_item(), by=by)


def said_about(text: str, claim: Any, *, by: Any) -> dict[str, Any]:
    """Return what people wrote to one another about a claim, and to people outside."""
    return {
        "request": make.comment_request(claim, to_whom=text, sent_by=by),
        "note": make.discussion_note(claim, text=text, by=by),
        "link": make.personal_link(claim, to_whom=text, question=text, asked_by=by),
    }


def files_about(text: str, claim: Any, *, by: Any) -> dict[str, Any]:
    """Return a picture with which a claim was logged; with a note, a marked place, a transcript and a near-copy."""
    alike = Picture.objects.order_by("pk").first() or make.picture()  # of a file that everybody sees
    url, where = f"ni:///sha-256;{text}?n=1", f"https://example.org/{text}"
    file = make.document(url, title=f"{text}.png", host="", asked_by=by, due_at=None, last_outcome=Outcome.BROUGHT)
    capture = make.capture(file, attempt=make.attempt(file, outcome=Outcome.BROUGHT), content_type="image/png")
    brought = make.bringing(capture, by=by, file_name=f"{text}.png", said_url=where, obtained=f"From {text}.")
    make.form_upload(brought, sent_at=brought.at)
    make.claim_file(claim, file, by=by)
    note = make.reading(f"{text} signed it.", capture_=capture, reader="note1@1", title=f"Note on {text}.png")
    make.marked_place(note.passages.get(), by=by)
    given = make.attempt(file, outcome=Outcome.BROUGHT, reason=f"Transcript given by {text}.")
    make.reading(f"{text} speaks.", capture_=make.capture(file, attempt=given), reader="transcript@1")
    copy = make.near_copy(make.picture(capture, pdq=f"{6:064x}"), alike)
    for subject, chain in ((brought, file), (copy, alike.capture.document), (note, note)):
        make.log_entry(subject, by=by, text=text, chain=f"{chain._meta.model_name} {chain.pk}")
    make.log_entry(alike.capture.document, by=by, words=text, file=f"document {file.pk}")
    return {"file": file, "file_capture": capture, "near_copy": copy}


def confidential(name: str, rows: dict[str, Any], *, by: Any) -> dict[str, Any]:
    """Return rows with a confidential source, which stands in the chain of the claim and is known to one person."""
    source = confiding.add_confidential(name, SourceKind.PERSON, by=by)
    make.attribution(rows["appearance"], position=1, source=source, named_as=source.name)
    return rows | {"source": source}


def published(rows: dict[str, Any]) -> dict[str, Any]:
    """Return rows of a claim with those that only a published one has."""
    report = reporting.freeze(rows["decision"], by=make.editor(), language="en")
    return rows | {
        "report": report,
        "proposed_report": make.proposed_report(rows["decision"], language="fr"),
        "copy_edit": make.copy_edit(report),
        "proposed_correction": make.proposed_correction(report),
        "change": compared(make.change()),
        "fact_check": make.fact_check(),
        "feed": make.feed(),
        "role_grant": make.role_grant(),
        "policy": make.policy(),
        "draft": make.draft(),
        "session": 1,
        "channel": make.channel(),
        "grant": 1,
        "case": make.case_item(claim=rows["claim"]).case,
        "view": make.board_view(),
        "person": make.reporter(),
    }


def compared(change: Any) -> Any:
    """Return a change with its edits."""
    drain(type(change).objects.filter(pk=change.pk), watching.compare)
    change.refresh_from_db()
    return change


def cite(text: str, rows: Mapping[str, Any], *, by: Any) -> Any:
    """Return a restricted claim that rests on what everybody sees: an edited page, a source, a fact-check, a case."""
    claim = recording.log_claim(Proposition(f"{text} cites it.", "en"), Sighting(), by=by, restricted=True)
    change = rows["change"]
    page = change.before.capture.document
    due_at = type(page).objects.get(pk=page.pk).due_at
    weighing.add_evidence(claim, change.before.passages.last(), by=by, stance=Stance.SUPPORTS)
    seen = recording.add_appearance(claim, Sighting(document=page, quote="Twelve"), by=by)
    make.attribution(seen, source=rows["feed"].source, by=by)
    make.earlier_check(claim, rows["fact_check"])
    make.check_lookup(claim)
    make.case_item(rows["case"], claim=claim, by=by)
    # That a page is visited again is told: a worker fetches it, and the page lists its visits (see docs/method.md).
    type(page).objects.filter(pk=page.pk).update(due_at=due_at)
    return claim


def of_edited_page(rows: Mapping[str, Any]) -> dict[str, Any]:
    """Return these rows, with the page that was edited in place of the other document."""
    capture = rows["change"].before.capture
    return {**rows, "document": capture.document, "capture": capture}
