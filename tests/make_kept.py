"""Rows of people, sources and coverage for tests; import them from ``tests.make``."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count

from django.db import transaction
from django.utils import timezone

from sources import models as kept
from sources.language.folding import fold
from sources.models import (
    Capture,
    Document,
    Feed,
    FetchAttempt,
    Passage,
    Reading,
    Search,
    SearchAnswer,
    SearchHit,
    Source,
)
from sources.models.picture import chunks_of
from sources.models.proof import GENESIS, link_hash
from sources.models.vector import group_of
from sources.models.vocabulary import AddressKind, Archive, DatePrecision, Engine, Outcome, Reliability, SourceVerb
from tests import databases
from workbench.desk import actor, audit, declarations, log_tree
from workbench.desk.anchors import Checkpoint, LogLeaf, LogNode, SigningKey, Witness, WitnessKind
from workbench.desk.byline import Byline
from workbench.desk.daily_size import DailySize
from workbench.desk.desk_profile import DeskProfile
from workbench.desk.drafts import Draft
from workbench.desk.four_eyes import FourEyesPolicy, RoleGrant
from workbench.desk.models import Heartbeat, LogEntry, User
from workbench.desk.notifications import Notification, NotificationChoice, NotificationMail, NotificationMark
from workbench.desk.roles import Role
from workbench.desk.sign_ins import SignIn
from workbench.desk.two_step import TwoStep
from workbench.desk.vocabulary import DeskEvent, NotificationWay, ProposalState
from workbench.desk.whole_check import WholeCheck

MONDAY = datetime(2024, 12, 2, 9, 30, tzinfo=UTC)
SENTENCES = ("The bridge at Arvel was closed on Monday.", "Twelve people were hurt when a pylon gave way.")

_numbers = count(1)


def number() -> int:
    """Return a number that no row of this test has so far."""
    return next(_numbers)


def number_from_one() -> None:
    """Restart the count; ``tests/conftest.py`` calls this before each test."""
    global _numbers  # noqa: PLW0603 -- one count for all rows
    _numbers = count(1)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


# People


def user(role=Role.REVIEWER, *, password="", **changes) -> User:
    """A person of the desk; without a password, as for ``client.force_login``."""
    person = User(username=f"{role}{number()}", role=role)
    for name, value in changes.items():
        setattr(person, name, value)
    person.first_name = changes.get("first_name", person.username)  # reports print no one without a name
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    with transaction.atomic(savepoint=False):
        actor.speak_for(None)
        person.save()
    return person


def viewer(**changes) -> User:
    return user(Role.VIEWER, **changes)


def reporter(**changes) -> User:
    return user(Role.REPORTER, **changes)


def reviewer(**changes) -> User:
    return user(Role.REVIEWER, **changes)


def editor(**changes) -> User:
    return user(Role.EDITOR, **changes)


def admin(**changes) -> User:
    return user(Role.ADMIN, **changes)


def desk_profile(**changes) -> DeskProfile:
    columns = {"name": "Desk of Arvel", "time_zone": "Europe/Paris", "set_by": changes.pop("set_by", None) or admin()}
    return DeskProfile.objects.create(**{**columns, **changes})


def byline(person=None, **changes) -> Byline:
    return Byline.objects.create(person=person or reviewer(), **{"printed": "role", **changes})


def sign_in(person=None, **changes) -> SignIn:
    now = timezone.now()
    columns = {"session_key": f"key{number()}", "browser": "Firefox, Linux", "since": now, "last_seen": now}
    return SignIn.objects.create(person=person or reviewer(), **{**columns, **changes})


def log_entry(subject=None, *, by=None, verb=SourceVerb.ADDED_NAME, **facts) -> LogEntry:
    """An entry of the log; a verb may be given as the log keeps it."""
    return audit.record(by, declarations.verbs()[verb], subject or source(), **facts)


def two_step(person=None, **changes) -> TwoStep:
    """Two-step sign-in that is on."""
    return TwoStep.objects.create(person=person or viewer(), **{"key": "locked", "since": timezone.now()} | changes)


def notification_choice(person=None, **changes) -> NotificationChoice:
    columns = {"event": DeskEvent.TO_SECOND, "way": NotificationWay.HERE, **changes}
    return NotificationChoice.objects.create(person=person or viewer(), **columns)


def notification_mail(person=None, **changes) -> NotificationMail:
    return NotificationMail.objects.create(person=person or viewer(), **{"due_at": None} | changes)


def notification_mark(**changes) -> NotificationMark:
    return NotificationMark.objects.create(**{"until": timezone.now()} | changes)


def notification(person=None, entry=None, **changes) -> Notification:
    columns = {"event": DeskEvent.TO_SECOND, **changes}
    return Notification.objects.create(person=person or viewer(), entry=entry or log_entry(), **columns)


def log_leaf(entry=None, **changes) -> LogLeaf:
    """The place of an entry in the log's tree: the next one."""
    of = entry or log_entry()
    columns = {"number": log_tree.size(), "line": log_tree.line(of.hash, of.seq, of.chain)}
    with databases.unbound():  # the programs only read the tree
        return LogLeaf.objects.create(entry=of, **{**columns, **changes})


def log_node(**changes) -> LogNode:
    with databases.unbound():
        return LogNode.objects.create(**{"level": 1, "number": number(), "hash": bytes(32), **changes})


@transaction.atomic(savepoint=False)
def signing_key(**changes) -> SigningKey:
    """A public key of which nobody has the private half."""
    public = base64.b64encode(hashlib.sha256(str(number()).encode()).digest()).decode()
    actor.speak_for(None)
    return SigningKey.objects.create(**{"public": public, **changes})


@transaction.atomic(savepoint=False)
def checkpoint(**changes) -> Checkpoint:
    """A checkpoint that nobody signed."""
    columns = {"text": f"desk.arvel/log {number()}", "made_at": timezone.now(), "due_at": None}
    actor.speak_for(None)
    return Checkpoint.objects.create(**{**columns, **changes})


def witness(checkpoint_=None, *, by=None, **changes) -> Witness:
    columns = {"kind": WitnessKind.PAPER, "holder": "The safe of the publisher", "noted_by": by or editor()}
    return Witness.objects.create(checkpoint=checkpoint_ or checkpoint(), **{**columns, **changes})


def heartbeat(name="", ago=timedelta(0)) -> Heartbeat:
    """A heartbeat that was noted some time ago."""
    return Heartbeat.objects.create(name=name or f"task {number()}", at=timezone.now() - ago)


def living_machine() -> None:
    """Heartbeats of a clock and of a worker that serves every kind of work."""
    for name in ("clock", *declarations.timetable()):
        Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def whole_check(**changes) -> WholeCheck:
    """A check of the whole log that found nothing."""
    columns = {"asked_by": admin(), "language": "en", "rows": 12, "done_at": timezone.now(), "due_at": None}
    return WholeCheck.objects.create(**columns | changes)


def daily_size(day=None, **changes) -> DailySize:
    """The size of the desk on a day, as a worker measured it: a day earlier than the last one, unless it is given."""
    first = DailySize.objects.order_by("day").first()
    before = (first.day if first else timezone.now().date()) - timedelta(days=1)
    columns = {"measured_at": timezone.now(), "due_at": None, "database_bytes": 10_000_000}
    return DailySize.objects.create(day=day or before, **{**columns, **changes})


def draft(owner=None, **changes) -> Draft:
    """What a person has written into a form and not sent: their review of a claim, unless told otherwise."""
    columns = {
        "path": f"/claims/{number()}/review/",
        "fields": '[["reasons", "Two accounts."]]',
        "saved_at": timezone.now(),
    }
    return Draft.objects.create(owner=owner or user(), **{**columns, **changes})


def role_grant(person=None, *, proposed_by=None, **changes) -> RoleGrant:
    """A role that waits for a second person."""
    columns = {"role": Role.EDITOR, **changes}
    return RoleGrant.objects.create(person=person or reporter(), proposed_by=proposed_by or admin(), **columns)


def policy(*by_reason, proposed_by=None, **changes) -> FourEyesPolicy:
    """A four-eyes policy in force, to which a second person agreed."""
    columns = {"version": number(), "reason": "We are few.", "state": ProposalState.AGREED, **changes}
    if columns["state"] == ProposalState.AGREED:
        columns |= {"second": changes.get("second") or reviewer(), "answered_at": timezone.now()}
    proposer = proposed_by or editor()
    return FourEyesPolicy.objects.create(proposed_by=proposer, by_reason=list(by_reason), **columns)


# Sources and coverage


def source(name="", **changes) -> Source:
    return Source.objects.create(name=name or f"Arvel Courier {number()}", **changes)


def source_name(source_=None, name="", **changes) -> kept.SourceName:
    return kept.SourceName.objects.create(
        source=source_ or source(), name=name or f"Le Courrier d’Arvel {number()}", **changes
    )


def source_identity(source_=None, **changes) -> kept.SourceIdentity:
    """Who a confidential source is; a real one comes from ``confiding.add_confidential``."""
    columns = {"ciphertext": "…", "commitment": sha256("name"), "made_by": reporter()}
    return kept.SourceIdentity.objects.create(source=source_ or source(), **{**columns, **changes})


def identity_reader(identity=None, person=None, **changes) -> kept.IdentityReader:
    of = identity or source_identity()
    columns = {"person": person or user(), "given_by": of.made_by}
    return kept.IdentityReader.objects.create(identity=of, **{**columns, **changes})


def source_domain(source_=None, host="") -> kept.SourceDomain:
    return kept.SourceDomain.objects.create(source=source_ or source(), host=host or f"courier{number()}.example")


def standing(
    source_=None, *, reliability=Reliability.B, reason="Corrects itself in public.", **changes
) -> kept.Standing:
    columns = {"stated_by": changes.pop("stated_by", None) or editor(), "reason": reason, **changes}
    return kept.Standing.objects.create(source=source_ or source(), reliability=reliability, **columns)


def feed(source_=None, url="", **changes) -> Feed:
    return Feed.objects.create(
        source=source_ or source(), url=url or f"https://courier{number()}.example/feed.xml", **changes
    )


def host_policy(host="", *, set_by=None, **changes) -> kept.HostPolicy:
    facts = {"host": host or f"host{number()}.example", "note": "They asked us.", "set_by": set_by or editor()}
    return kept.HostPolicy.objects.create(**facts | changes)


def document(url="", **changes) -> Document:
    """An address that waits to be fetched."""
    host = f"courier{number()}.example"
    return Document.objects.create(url=url or f"https://{host}/bridge", **{"host": host, **changes})


def document_address(document_=None, url="", **changes) -> kept.DocumentAddress:
    """An address to which a document has moved."""
    of = document_ or document()
    columns = {"kind": AddressKind.MOVED, "url": url or f"https://{of.host}/moved-{number()}"}
    return kept.DocumentAddress.objects.create(document=of, **{**columns, **changes})


def same_article(document_=None, article=None, **changes) -> kept.SameArticle:
    """A document that a worker merged with another, under which it counts now."""
    second, first = document_ or document(), article or document()
    row = kept.SameArticle.objects.create(
        document=second, article=first, **{"kind": AddressKind.CANONICAL, "overlap": 1.0, **changes}
    )
    Document.objects.filter(pk=second.pk).update(same_as=first)
    return row


def attempt(document_=None, *, outcome=Outcome.OK, **changes) -> FetchAttempt:
    if outcome == Outcome.OK:
        changes.setdefault("status", 200)
    return FetchAttempt.objects.create(document=document_ or document(due_at=None), outcome=outcome, **changes)


def capture(document_=None, **changes) -> Capture:
    """A capture of a document; its WARC file does not exist."""
    of = document_ or document(due_at=None, last_outcome=Outcome.OK)
    columns = {
        "attempt": changes.pop("attempt", None) or attempt(of),
        "taken_at": MONDAY,
        "sha256": sha256(f"payload {number()}"),
        "size": 1_000,
        "content_type": "text/html; charset=utf-8",
        "warc_file": "2024-12-02.warc.gz",
        "warc_offset": 0,
        "warc_length": 1_200,
    }
    return Capture.objects.create(document=of, **{**columns, **changes})


def link(capture_=None, **changes) -> kept.ChainLink:
    """A link at the end of the hash chain, for a capture."""
    last = kept.ChainLink.objects.first()
    of = capture_ or capture()
    columns = {"number": last.number + 1 if last else 1, "previous": last.hash if last else GENESIS, "facts": "{}"}
    columns |= {"digest": sha256("{}")}
    columns |= changes
    columns |= {"hash": link_hash(columns["previous"], columns["digest"])}
    return kept.ChainLink.objects.create(capture=of, **columns)


def stamp(head=None, **changes) -> kept.Stamp:
    """A timestamp that no authority has given yet."""
    return kept.Stamp.objects.create(head=head or link(), **changes)


def external_archive(document_=None, **changes) -> kept.ExternalArchive:
    return kept.ExternalArchive.objects.create(
        document=document_ or document(), **{"archive": Archive.WAYBACK, **changes}
    )


def due_reading(capture_=None, **changes) -> Reading:
    """A reading that no worker has done yet."""
    return Reading.objects.create(capture=capture_ or capture(), **{"reader": f"reader@{number()}", **changes})


def reading(*sentences, capture_=None, **changes) -> Reading:
    """A reading that is done, with each sentence as a passage."""
    sentences = sentences or SENTENCES
    text = "\n".join(sentences)
    columns = {
        "reader": f"reader@{number()}",
        "read_at": timezone.now(),
        "outcome": Outcome.OK,
        "title": "Bridge closed",
        "language": "en",
        "language_score": 0.98,
        "text": text,
        "sha256": sha256(text),
        "due_at": None,
    }
    done = Reading.objects.create(capture=capture_ or capture(), **{**columns, **changes})
    start = 0
    for sentence in sentences:
        _passage(done, start, start + len(sentence))
        start += len(sentence) + 1
    return done


def _passage(of: Reading, start: int, end: int) -> Passage:
    return Passage.objects.create(
        reading=of,
        start=start,
        end=end,
        exact=of.text[start:end],
        prefix=of.text[max(0, start - 32) : start],
        suffix=of.text[end : end + 32],
        language=of.language,
        folded=fold(of.text[start:end], of.language),
    )


def passage(exact=SENTENCES[0], **changes) -> Passage:
    """A passage that is all of its reading; changes go to the reading."""
    return reading(exact, **changes).passages.get()


def vector(passage_=None, *, model="model@1", **changes) -> kept.PassageVector:
    of = passage_ or passage()
    columns = {"vector": [1.0], "language": group_of(of.language)}
    return kept.PassageVector.objects.create(passage=of, model=model, **{**columns, **changes})


def arrival(reading_=None) -> kept.Arrival:
    return kept.Arrival.objects.create(reading=reading_ or reading())


def reading_vector(reading_=None, *, model="model@1", **changes) -> kept.ReadingVector:
    of = reading_ or reading()
    columns = {"vector": [1.0], "language": group_of(of.language)}
    return kept.ReadingVector.objects.create(reading=of, model=model, **{**columns, **changes})


def embedding_model(name="") -> kept.EmbeddingModel:
    return kept.EmbeddingModel.objects.create(name=name or f"model@{number()}", width=1)


def search(words="bridge Arvel closed", **changes) -> Search:
    """A search that nobody has run yet."""
    return Search.objects.create(words=words, **{"engine": Engine.GATHERED, "language": "en", **changes})


def answered_search(words="bridge Arvel closed", *, found=0, **changes) -> Search:
    """A search that was run; it found nothing unless told otherwise."""
    answer = {"answered_at": timezone.now(), "searched_through": 7, "found": found, "due_at": None}
    return search(words, **{**answer, **changes})


def search_answer(search_=None, *, found=0, **changes) -> SearchAnswer:
    """An answer that a search had; it found nothing among seven documents unless told otherwise."""
    answer = {"answered_at": timezone.now(), "searched_through": 7, **changes}
    return SearchAnswer.objects.create(search=search_ or search(), found=found, **answer)


def hit(search_=None, document_=None, *, rank=1) -> SearchHit:
    return SearchHit.objects.create(search=search_ or search(), document=document_ or document(), rank=rank)


def retention_rule(months=12, *, set_by=None, **changes) -> kept.RetentionRule:
    """A rule that no worker has followed yet."""
    return kept.RetentionRule.objects.create(months=months, set_by=set_by or admin(), **changes)


def text_removal(reading_=None, rule=None, **changes) -> kept.TextRemoval:
    """What is noted before a text goes; the text itself is still there."""
    of = reading_ or reading()
    columns = {"sha256": of.sha256, "characters": len(of.text), "passages": of.passages.count()}
    return kept.TextRemoval.objects.create(reading=of, rule=rule or retention_rule(), **{**columns, **changes})


def removed_reading(*sentences, rule=None, **changes) -> Reading:
    """A reading whose text was removed."""
    row = reading(*sentences, **changes)
    with transaction.atomic():  # of its own: the text can go only together with its removal
        text_removal(row, rule)
        Reading.objects.filter(pk=row.pk).update(text="")
        Passage.objects.filter(reading=row).delete()
    row.refresh_from_db()
    return row


# Claims


def rendering(document_=None, **changes) -> kept.Rendering:
    """A document that a person wants captured with a browser."""
    facts = {"document": document_ or document(), "asked_by": None if "because" in changes else reporter()}
    return kept.Rendering.objects.create(**facts | changes)


def discovery(source_=None, url="", **changes) -> kept.Discovery:
    """A look for the feeds that a home page names."""
    facts = {"source": source_ or source(), "url": url or f"https://s{number()}.example/"}
    return kept.Discovery.objects.create(**facts | changes)


def watch(document_=None, passage_=None, *, by=None) -> kept.Watch:
    """A document that is cited, or a passage of it."""
    of = document_ or (passage_.reading.capture.document if passage_ else document())
    return kept.Watch.objects.create(document=of, passage=passage_, asked_by=by or reviewer())


def change(before=None, after=None, **changes) -> kept.Change:
    """Two readings of one document that differ in a number, an hour apart."""
    first = before or reading()
    later = after or reading(
        *[SENTENCES[0], "Twenty-one people were hurt when a pylon gave way."],
        capture_=capture(first.capture.document, taken_at=first.capture.taken_at + timedelta(hours=1)),
        reader=first.reader,
    )
    return kept.Change.objects.create(before=first, after=later, **changes)


def edit(change_=None, **changes) -> kept.Edit:
    """An edit: one sentence of a document replaced another."""
    columns = {"position": number(), "place": "text", "kind": "changed", "old": "12", "new": "21"}
    return kept.Edit.objects.create(change=change_ or change(), **{**columns, **changes})


def touch(change_=None, passage_=None, **changes) -> kept.Touch:
    """What became of a cited passage."""
    of = change_ or change()
    columns = {"passage": passage_ or of.before.passages.first(), "fate": "altered", "old": "12", "new": "21"}
    return kept.Touch.objects.create(change=of, **{**columns, **changes})


def date_setting(document_=None, *, set_by=None, **changes) -> kept.DateSetting:
    """The date of publication that a person set for a document."""
    columns = {"published_at": MONDAY, "precision": DatePrecision.DAY, "reason": "It is on the front page."}
    return kept.DateSetting.objects.create(
        document=document_ or document(), set_by=set_by or reporter(), **{**columns, **changes}
    )


def bringing(capture_=None, *, by=None, **changes) -> kept.Bringing:
    """A file that a person brought."""
    if capture_ is None:
        of = document(f"ni:///sha-256;{number():064x}", host="", due_at=None, last_outcome=Outcome.BROUGHT)
        capture_ = capture(of, attempt=attempt(of, outcome=Outcome.BROUGHT), content_type="text/plain")
    columns = {"file_name": "note.txt", "media_type": "text/plain", "said_url": "https://example.org/note"}
    return kept.Bringing.objects.create(capture=capture_, by=by or reporter(), **{**columns, **changes})


def form_upload(row=None, **changes) -> kept.FormUpload:
    """A file on a form that its person did not send."""
    return kept.FormUpload.objects.create(bringing=row or bringing(), **changes)


def picture(capture_=None, *, pdq=f"{7:064x}", **changes) -> kept.Picture:
    """A picture with a hash, as a worker reads it."""
    columns = {"width": 400, "height": 300, "quality": 100, "chunks": chunks_of(pdq)}
    of = capture_ or bringing(media_type="image/jpeg").capture
    return kept.Picture.objects.create(capture=of, pdq=pdq, **{**columns, **changes})


def near_copy(one=None, other=None, **changes) -> kept.NearCopy:
    """Two pictures that look alike, as a worker found."""
    earlier = other or picture()
    return kept.NearCopy.objects.create(
        picture=one or picture(pdq=f"{6:064x}"), other=earlier, **{"distance": 1, **changes}
    )


def marked_place(passage_=None, *, by=None, **changes) -> kept.MarkedPlace:
    """A region that a person marked."""
    columns = {"left": 100, "top": 200, "width": 300, "height": 400} if "begins" not in changes else {}
    of = passage_ or passage()
    return kept.MarkedPlace.objects.create(passage=of, by=by or reporter(), **{**columns, **changes})


def page_ruling(capture_=None, *, by=None, **changes) -> kept.PageRuling:
    """A person says that a capture is the article."""
    of = capture_ or capture()
    columns = {"outcome": Outcome.OK, "reason": "The whole text is there.", "decided_by": by or reporter()}
    return kept.PageRuling.objects.create(document=of.document, capture=of, **{**columns, **changes})
