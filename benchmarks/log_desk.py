"""A desk on which people have done everything that the log seals: the sample case from the first feed to the report.

It runs inside a process whose Django is set up for a private database. The press is served over HTTP.
"""

from __future__ import annotations

import dataclasses
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from claims import following, sample_case
from claims.evidence import coverage_matching, weighing
from claims.intake import first_known, recording
from claims.intake.recording import Proposition, Sighting
from claims.models import Claim, Evidence, Report
from claims.models.vocabulary import ClaimType, CorrectionKind, Rating, Said, Stance, WordingKind
from claims.publishing import copy_editing, correcting, rating_scales, reporting
from claims.review import asking, reviewing
from claims.review.reviewing import Finding
from sources.capturing import fetching, ruling
from sources.gathering import polling, searching, stopping
from sources.models import Arrival, Change, Document, Feed, Reading, Search
from sources.models.vocabulary import Outcome, Reliability, SourceKind
from sources.proving import copying, sealing
from sources.reading import dating, expiring, pasting, reading
from sources.registry import host_policy, registering
from sources.watching import watching
from workbench.desk import audit, people
from workbench.desk.models import User
from workbench.desk.roles import Role
from workbench.desk.work_queue import drain
from workbench.runner import paths, postgres
from workbench.sample import server
from workbench.sample.server import OutletServer

PATIENCE = 600  # seconds


def as_programs_do() -> None:
    """Work with the rights of the programs, on a connection that belongs to an administrator of the server.

    So a benchmark can do in the same transaction what only such a person could: see ``unbound``.
    """
    connection.close()
    options = {**connection.settings_dict["OPTIONS"], "assume_role": paths.APP}
    connection.settings_dict.update(USER=postgres.ADMINISTRATOR, OPTIONS=options)


@contextmanager
def unbound() -> Iterator[None]:
    """Have the rights of an administrator of the server."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        yield
        if not connection.needs_rollback:
            cursor.execute(f"SET ROLE {paths.APP}")


@contextmanager
def press() -> Iterator[list[OutletServer]]:
    """Serve the invented press; its edits come when somebody says so."""
    servers = server.open_press(settings.PRESS_FILE, edit_after=timedelta(days=1))
    for one in servers:
        threading.Thread(target=one.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield servers
    finally:
        for one in servers:
            one.shutdown()
        server.close_press(servers)


def build() -> None:
    """Do everything; then bind the seals of what workers wrote."""
    with press() as servers:
        sample_case.load()
        staff = _staff()
        work()
        _gather(staff)
        claim = _decide(staff)
        _publish(claim, staff)
        _edit(servers, staff)
        expiring.set_rule(240, by=staff["admin"])
        work()
    while drain(sealing.due(), sealing.seal):
        continue
    audit.bind_seals()


def problems(line: str = "") -> Iterator[str]:
    """Yield what the three checks say, the quickest first."""
    log = {"checkpoint": line} if line else {}
    for name, how in (("verify_log", log), ("verify_claims", {}), ("verify_captures", {"archive": True})):
        try:
            call_command(name, stdout=io.StringIO(), stderr=io.StringIO(), **how)
        except CommandError as problem:
            yield f"{name}: {problem}"


def require_sound() -> None:
    """End the benchmark where the checks say something before anything was done to the desk."""
    if found := list(problems()):
        raise SystemExit(f"The desk does not hold before anything is done to it: {found}")


def work() -> None:
    """Do what workers do, until nothing is due."""
    ends = monotonic() + PATIENCE
    steps: list[tuple[Any, Any]] = [
        *[
            (Feed.objects.all, polling.poll),
            (Document.objects.all, fetching.fetch),
            (Reading.objects.all, reading.read),
        ],
        *[(Search.objects.all, searching.run), (Claim.objects.all, following.follow)],
        *[(coverage_matching.due, coverage_matching.compare), (watching.due, watching.compare)],
    ]
    while not _is_done():
        if monotonic() > ends:
            raise TimeoutError("The work of the sample case was not done in time.")
        for rows, step in steps:
            drain(rows(), step, budget=timedelta(seconds=2))


def _is_done() -> bool:
    waits = [
        Feed.objects.filter(polled_at=None, stopped_at=None),
        Document.objects.filter(last_outcome=""),
        Reading.objects.filter(read_at=None),
        Search.objects.filter(answered_at=None),
        Claim.objects.filter(due_at__isnull=False),
        Arrival.objects.all(),
        Change.objects.filter(compared_at=None),
    ]
    return not any(rows.exists() for rows in waits)


def _staff() -> dict[str, User]:
    staff = {user.username: user for user in User.objects.all()}
    admin = next(user for user in staff.values() if user.role == Role.ADMIN)
    second = User(username="editor2", first_name="Edda", role=Role.EDITOR)
    second.set_unusable_password()
    staff["editor2"] = people.add_person(second, by=None).person
    return {**staff, "admin": admin}


def _gather(staff: dict[str, User]) -> None:
    """Add sources and rule on pages, as editors and reporters do."""
    editor, reporter, reviewer = staff["editor"], staff["reporter"], staff["reviewer"]
    source = registering.add_source("Le Courrier d’Arvel", SourceKind.OUTLET, by=reporter, hosts=["courrier.example"])
    registering.add_name(source, "The Arvel Courier", by=reporter, language="en")
    registering.state_standing(source, by=editor, reliability=Reliability.B, reason="Corrects its errors.")
    host_policy.set_policy("courrier.example", by=editor, note="Asked us to be slow.", delay=timedelta(seconds=30))
    document = Document.objects.filter(last_outcome=Outcome.OK).order_by("pk")[0]
    dating.set_date(document, by=reviewer, day=date(2024, 11, 29), precision="day", reason="Printed on the page.")
    ruling.rule(document, by=reviewer, page=Outcome.OK, reason="It is the article.")
    pasting.keep_pasted("The bridge was closed, they say. Nobody said why.", by=reporter)
    copying.ask_for_copy(document, by=reviewer)
    stopping.stop(Feed.objects.order_by("-pk")[0], by=editor, reason="It repeats another one.")


def _decide(staff: dict[str, User]) -> Claim:
    """Bring the claim of the sample case to its verdict."""
    claim, reporter, reviewer = Claim.objects.get(), staff["reporter"], staff["reviewer"]
    recording.add_wording(claim, by=reporter, text="Le pont fut dynamité.", language="fr", kind=WordingKind.VARIANT)
    other = recording.log_claim(
        Proposition(text="The pylon had been repaired twice.", language="en", type=ClaimType.EVENT),
        Sighting(quote="repaired twice"),
        by=reporter,
    )
    recording.link_claims(claim, by=reporter, other=other, relation="narrower")
    first_known.mark_first_known(claim.appearances.order_by("pk")[0], by=reporter)
    work()
    reviewing.open_review(claim, by=reporter)
    suggested = list(Evidence.objects.filter(claim=claim).order_by("pk")[:3])
    cited = [weighing.confirm(one, by=reviewer, stance=stance) for one, stance in zip(suggested, Stance, strict=False)]
    question = asking.ask(claim, by=reviewer, text="Who closed the bridge?")
    asking.answer(question, by=reporter, text="The road authority.", evidence=cited[:1])
    asked = asking.request_comment(
        *(claim,), by=reporter, to_whom="Road authority", channel="mail", question="Why?", sent_at=timezone.now()
    )
    asking.note_comment(asked, by=reporter, text="For repairs.", answered_at=timezone.now())
    for name in ("reviewer", "reviewer2"):
        reviewing.submit_review(claim, Finding(Rating.UNSUPPORTED, "One origin, unnamed."), by=staff[name])
    finding = Finding(Rating.UNSUPPORTED, "Nobody named says that the brigde was blown up.", Said.ALTERED)
    reviewing.decide(claim, finding, by=staff["editor"], cited=cited, own_holdings="The press is invented.")
    return claim


def _publish(claim: Claim, staff: dict[str, User]) -> None:
    """Publish the report, correct it and copy-edit it, and keep a rating scale of one's own."""
    editor, second = staff["editor2"], staff["editor"]
    labels = {rating: rating_scales.Label(str(rating.label), None) for rating in Rating}
    rating_scales.use_scale(rating_scales.save_scale("Ours", "en", labels, by=editor), by=editor)
    report: Report = reporting.freeze(claim.decisions.get(), by=editor, language="en")
    words = "Nobody named says that the bridge was blown up."
    edit = copy_editing.propose(report, by=editor, part="summary", after=words, reason="A typing error.")
    copy_editing.agree(edit, by=second)
    told = {"kind": CorrectionKind.CORRECTION, "text": "The bridge is at Arvel."}
    correcting.agree(correcting.propose(report, by=editor, **told), by=second)


def _edit(servers: list[OutletServer], staff: dict[str, User]) -> None:
    """Have the press edit what a passage was cited from, and see it."""
    cited = Evidence.objects.confirmed().order_by("pk")[0].passage
    document = cited.reading.capture.document
    watching.watch(document, by=staff["reviewer"], cited_in="claim 1", passage=cited)
    for one in servers:
        one.edition = dataclasses.replace(one.edition, edit_after=timedelta(0))
    for row in Document.objects.filter(last_outcome=Outcome.OK):
        row.ask()
    while Document.objects.due().exists():
        drain(Document.objects.all(), fetching.fetch)
    work()
