"""Every form in which a person writes, with what another person does while it is open."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone

from claims.evidence import weighing
from claims.intake import marking, restricting
from claims.models.vocabulary import CorrectionKind, Nearness, Rating, Said, Stance, Status
from claims.publishing import copy_editing, correcting, reporting
from claims.review import asking, discussing, link_asking, reviewing
from claims.review.reviewing import Finding
from claims.team import case_keeping
from sources.gathering import stopping
from sources.models.vocabulary import Outcome
from tests import make
from workbench.desk import channelling, policy_setting, profile_setting
from workbench.desk.channelling import ChannelSetUp

WORDS = "Words that must not be lost, ¶ été."
TOKEN = "a-token-of-a-personal-link-0123456789"
NO_CHAIN = {"chain-TOTAL_FORMS": 0, "chain-INITIAL_FORMS": 0}
Rows = dict[str, Any]


@dataclass(frozen=True)
class Overtaking:
    """A form that is open, what another person does meanwhile, and what is sent then.

    ``is_told`` is false where the answer may not say who it was. ``status`` is that of the answer, ``by`` who
    writes. ``is_change`` says that the form changes what stands there, and compares it under the lock of its row.
    """

    name: str
    rows: tuple[str, ...]
    act: Callable[[Rows], object]
    sent: Mapping[str, Any] = field(default_factory=dict)
    is_told: bool = True
    status: int = 422
    by: str = "me"
    is_change: bool = False

    def address(self, rows: Rows) -> str:
        return address(self.name, self.rows, rows)


def address(name: str, keys: tuple[str, ...], rows: Rows) -> str:
    """Return the address of a form on some rows."""
    return reverse(
        name, args=[getattr(rows[key], "number", None) or getattr(rows[key], "pk", rows[key]) for key in keys]
    )


def desk() -> Rows:
    """Return a row of everything that a form can be about, the person who writes, and the one who is faster."""
    me, boss = make.editor(first_name="Mia", last_name="Writer"), make.admin(first_name="Max", last_name="Writer")
    other, chief = (make_one(first_name="Edith", last_name="Overtaker") for make_one in (make.editor, make.admin))
    claim = make.claim(logged_by=me)
    evidence = make.evidence(claim)
    decided = make.claim(status=Status.DECIDED)
    decision = make.decision(decided, summary="The bridge at Arvel was closd.")
    document = make.document(
        "ni:///sha-256;a?n=1", host="", title="A letter", last_outcome=Outcome.BROUGHT, due_at=None
    )
    pasted = make.reading("The bridge is closed.", capture_=make.capture(document))
    rows = {
        "me": me,
        "boss": boss,
        "chief": chief,
        "other": other,
        "third": make.editor(),
        "theirs": make.claim(logged_by=other),
        "claim": claim,
        "evidence": evidence,
    }
    rows |= {"appearance": make.appearance(claim, by=me), "question": make.question(claim), "token": TOKEN}
    rows |= {"request": make.comment_request(claim), "note": make.discussion_note(claim, by=me)}
    rows |= {"link": make.personal_link(claim, token=TOKEN), "decided": decided, "decision": decision}
    rows |= {"reviewed": make.claim_in_review(reviews=2), "unreviewed": make.claim_in_review(reviews=0)}
    rows |= {"document": evidence.passage.reading.capture.document, "pasted": pasted.capture.document}
    rows |= {"case": make.desk_case(), "feed": make.feed(), "source": make.source("Arvel Courier")}
    rows |= {"channel": make.channel(), "capture": make.picture().capture, "profile": make.desk_profile()}
    rows["report"] = reporting.freeze(decision, by=rows["third"], language="en")
    return rows


def _withdrawn(key: str) -> Callable[[Rows], object]:
    return lambda rows: reviewing.withdraw(rows[key], by=rows["other"], reason="Logged twice.")


def _decided(rows: Rows) -> object:
    finding = Finding(rating=Rating.DISPUTED, said=Said.UNKNOWN, reasons="Both say so.")
    cited = [make.confirmed_evidence(rows["reviewed"])]
    return reviewing.decide(rows["reviewed"], finding, by=rows["other"], cited=cited)


def _sent_back(rows: Rows) -> object:
    return reviewing.send_back(rows["unreviewed"], by=rows["other"], reason="More coverage first.")


def _restricted(rows: Rows) -> object:
    return restricting.name(rows["theirs"], rows["third"], by=rows["other"])


def _weighed(rows: Rows) -> object:
    given = {"stance": Stance.REFUTES, "nearness": Nearness.UNKNOWN, "note": "Theirs."}
    return weighing.confirm(rows["evidence"], by=rows["other"], **given)


def _comment_came(rows: Rows) -> object:
    return asking.note_comment(rows["request"], by=rows["other"], text="Theirs.", answered_at=timezone.now())


def _note_removed(rows: Rows) -> object:
    return discussing.remove(rows["note"], by=rows["other"])


def _link_withdrawn(rows: Rows) -> object:
    return link_asking.withdraw(rows["link"], by=rows["other"])


def _reopened(rows: Rows) -> object:
    return reviewing.reopen(rows["decided"], by=rows["other"], reason="A new document.")


def _retracted(rows: Rows) -> object:
    given = {"kind": CorrectionKind.RETRACTION, "text": "It was wrong."}
    proposed = correcting.propose(rows["report"], by=rows["other"], **given)
    return correcting.agree(proposed, by=rows["third"])


def _copy_edited(rows: Rows) -> object:
    before, _of_verdict = copy_editing.words_of(json.loads(rows["report"].content), "summary")
    after = before.replace("closd", "closed")
    return copy_editing.propose(rows["report"], by=rows["other"], part="summary", after=after, reason="A typing error.")


def _case_changed(rows: Rows) -> object:
    given = {"name": "Their name", "about": "Their words.", "is_closed": False}
    return case_keeping.change_case(rows["case"], by=rows["other"], **given)


def _case_closed(rows: Rows) -> object:
    return case_keeping.change_case(rows["case"], by=rows["other"], name="The war", about="", is_closed=True)


def _described(rows: Rows) -> object:
    return marking.describe(rows["pasted"], by=rows["other"], publisher="Their Post", kind="outlet", title="Theirs")


def _feed_stopped(rows: Rows) -> object:
    return stopping.stop(rows["feed"], by=rows["other"], reason="It repeats another one.")


def _channel_changed(rows: Rows) -> object:
    row = rows["channel"]
    given = ChannelSetUp(name="Their room", kind=row.kind, address="https://93.184.216.34/hook")
    return channelling.set_up(given, by=rows["chief"], channel=row)


def _desk_set(rows: Rows) -> object:
    given = {"name": "Their desk", "contact": "desk@example.org", "time_zone": "UTC", "languages": [], "names": "full"}
    return profile_setting.set_profile(by=rows["chief"], **given)


def _policy_proposed(rows: Rows) -> object:
    return policy_setting.propose(by=rows["other"], by_reason=["reviews"], reason="We are few.")


_closed = _withdrawn("claim")
OVERTAKEN = [
    Overtaking("claims:add_wording", ("claim",), _closed, {"text": WORDS, "language": "en", "kind": "variant"}),
    Overtaking(
        "claims:add_appearance",
        ("claim",),
        _closed,
        {"url": "https://courier.example/b", "quote": WORDS, "role": "repeats", **NO_CHAIN},
    ),
    Overtaking(
        "claims:correct_claim",
        ("claim",),
        _closed,
        {"text": "It was open.", "language": "en", "type": "event", "reason": WORDS},
    ),
    Overtaking(
        "claims:correct_appearance",
        ("appearance",),
        _closed,
        {"url": "https://courier.example/b", "reason": WORDS, "role": "repeats", **NO_CHAIN},
    ),
    *(
        Overtaking(
            "claims:submit_review", ("unreviewed",), act, {"rating": "disputed", "said": "unknown", "reasons": WORDS}
        )
        for act in (_withdrawn("unreviewed"), _sent_back)
    ),
    *(
        Overtaking("claims:decide", ("reviewed",), act, {"rating": "disputed", "said": "unknown", "reasons": WORDS})
        for act in (_decided, _withdrawn("reviewed"))
    ),
    Overtaking("claims:move", ("unreviewed",), _withdrawn("unreviewed"), {"to": "withdraw", "reason": WORDS}),
    Overtaking("claims:pick", ("claim", "document"), _closed, {"stance": "supports", "note": WORDS}),
    Overtaking("claims:note_file", ("claim", "pasted"), _closed, {"stance": "supports", "text": WORDS}),
    Overtaking("claims:add_question", ("claim",), _closed, {"text": WORDS}),
    Overtaking("claims:answer_question", ("question",), _closed, {"text": WORDS}),
    Overtaking(
        "claims:request_comment",
        ("claim",),
        _closed,
        {"to_whom": "The ministry", "channel": "Mail", "question": WORDS, "sent_at": "2026-01-02"},
    ),
    Overtaking("claims:note_comment", ("request",), _comment_came, {"text": WORDS, "answered_at": "2026-11-20"}),
    Overtaking("claims:put_search", ("claim",), _closed, {"words": WORDS}),
    Overtaking(
        "claims:ask_by_link",
        ("claim",),
        _closed,
        {"kind": "advice", "to_whom": "Prof. Kaya", "question": WORDS, "language": "en"},
    ),
    *(
        Overtaking(
            "claims:describe_evidence",
            ("evidence",),
            act,
            {"stance": "supports", "nearness": "primary", "note": WORDS},
        )
        for act in (_closed, _weighed)
    ),
    Overtaking("claims:change_note", ("note",), _note_removed, {"text": WORDS}),
    # Somebody outside learns that the link has ended, and not who of the desk ended it.
    Overtaking("claims:answer_by_link", ("token",), _link_withdrawn, {"text": WORDS}, is_told=False),
    *(
        Overtaking(f"claims:{name}", ("decision",), _reopened, {"language": "fr", "summary": WORDS})
        for name in ("freeze", "preview_draft", "preview_pdf")
    ),
    Overtaking("claims:waive_rule", ("decision",), _reopened, {"rule": "comment", "reason": WORDS}),
    Overtaking("claims:correct", ("report",), _retracted, {"kind": "correction", "text": WORDS}),
    Overtaking(
        "claims:copy_edit",
        ("report",),
        _copy_edited,
        {"part": "summary", "after": "The bridge at Arvel was closed.", "reason": WORDS},
    ),
    Overtaking("claims:change_case", ("case",), _case_changed, {"name": "My name", "about": WORDS}, is_change=True),
    Overtaking("claims:put_in_case", ("case",), _case_closed, {"tag": "Words that must not be lost"}),
    Overtaking("claims:describe_document", ("pasted",), _described, {"title": WORDS}, is_change=True),
    Overtaking("sources:stop_feed", ("feed",), _feed_stopped, {"reason": WORDS}),
    Overtaking(
        "change_channel", ("channel",), _channel_changed, {"name": WORDS, "language": "en"}, by="boss", is_change=True
    ),
    Overtaking(
        "set_desk", (), _desk_set, {"name": WORDS, "time_zone": "UTC", "names": "full"}, by="boss", is_change=True
    ),
    Overtaking("four_eyes", (), _policy_proposed, {"by_reason": ["logger_decides"], "reason": WORDS}),
    # A claim that was restricted meanwhile answers as one that does not exist: who did it would tell that it does.
    Overtaking("claims:add_question", ("theirs",), _restricted, {"text": WORDS}, is_told=False, status=404),
]
