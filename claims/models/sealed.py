"""How the rows of claims and reviews are sealed, or why they are not."""

from __future__ import annotations

from typing import Any

from claims.models.vocabulary import ClaimVerb
from workbench.desk.seal_registry import FOUND_BY, PROPOSED, PROPOSED_AT, PROPOSING, QUEUE, Sealed, Unsealed
from workbench.desk.vocabulary import DeskVerb

ASSERTION = ("id", "asserted_by_id", "extractor", "score", "asserted_at", "standing", "settled_by_id", "settled_at")
APPEARANCE = ("claim_id", "passage_id", "document_id", "url", "quote", "role", "appeared_at", "first_known")
SETTLED = {"asserted_at": "asserted_by_id", "settled_at": "settled_by_id"}


CONFIRMED_OR_REJECTED = (ClaimVerb.CONFIRMED_ASSERTION, ClaimVerb.REJECTED_ASSERTION)
WEIGHED = (ClaimVerb.CONFIRMED_EVIDENCE, ClaimVerb.REJECTED_EVIDENCE, ClaimVerb.TOOK_BACK_ANSWER)


def assertion(
    *columns: str,
    verbs: tuple[str, ...] = CONFIRMED_OR_REJECTED,
    acted: tuple[str, ...] = (),
    later: tuple[str, ...] = (),
    **how: Any,
) -> Sealed:
    """Return how an assertion with these columns of its own is sealed; those in ``later`` came in a second form.

    What people make of it changes in acts with these verbs, as do the columns in ``acted``.
    """
    changing = dict.fromkeys(("standing", "settled_by_id", "settled_at", *acted), verbs)
    forms = [(*ASSERTION, *columns), (*ASSERTION, *columns, *later)]
    return Sealed(tuple(forms[: 2 if later else 1]), times=SETTLED, acted=changing | how.pop("more", {}), **how)


WORDS = ("text", "language", "type", "claimed_at", "claimed_precision", "place", "note")
MOVES = (ClaimVerb.MOVED, ClaimVerb.DECIDED, ClaimVerb.TOOK_BACK_CLAIM, DeskVerb.ACTED_ALONE)
CLAIMS: dict[str, Sealed | Unsealed] = {
    "claims.Claim": Sealed(
        (
            (
                *("id", "text", "short_text", "language", "type", "claimant_id", "claimed_at", "claimed_precision"),
                *("place", "note", "status", "round", "handed_over_by_id", "logged_by_id", "logged_at", "form_key"),
            ),
        ),
        but={**QUEUE, **FOUND_BY, "compared_with": "the model with which its coverage was compared last"},
        times={"logged_at": "logged_by_id"},
        in_acts=True,
        acted={
            **dict.fromkeys(WORDS, (ClaimVerb.CORRECTED_CLAIM,)),
            "short_text": (ClaimVerb.CORRECTED_CLAIM, ClaimVerb.AGREED_TO_EDIT),
            "claimant_id": (ClaimVerb.SET_CLAIMANT,),
            **dict.fromkeys(("status", "round", "handed_over_by_id"), MOVES),
        },
    ),
    "claims.ClaimVersion": Sealed(
        (
            (
                *("id", "claim_id", "text", "short_text", "language", "type", "claimed_at", "claimed_precision"),
                *("place", "note", "reason", "changed_by_id", "changed_at"),
            ),
        ),
        times={"changed_at": "changed_by_id"},
        in_acts=True,
        verbs=(ClaimVerb.CORRECTED_CLAIM,),
    ),
    "claims.ClaimAccess": Sealed(
        (("id", "claim_id", "person_id", "given_by_id", "given_at", "ended_by_id", "ended_at"),),
        times={"given_at": "given_by_id", "ended_at": "ended_by_id"},
        in_acts=True,
    ),
    "claims.ClaimFile": Sealed(
        (("id", "claim_id", "document_id", "by_id", "at"),),
        times={"at": "by_id"},
        in_acts=True,
        verbs=(ClaimVerb.BROUGHT_FILE_FOR,),
        machine=(ClaimVerb.BROUGHT_FILE_FOR,),
    ),
    "claims.AccessGrant": Sealed(
        (("id", "claim_id", "person_id", "reason", "made_id", *PROPOSED),),
        times=PROPOSED_AT,
        in_acts=True,
        verbs=(*PROPOSING, ClaimVerb.NAMED_READER),
    ),
    "claims.Wording": assertion("claim_id", "kind", "text", "language", but=FOUND_BY),
    "claims.ClaimLink": assertion("claim_id", "other_id", "relation"),
    "claims.Appearance": Sealed(
        (
            (*ASSERTION, *APPEARANCE),
            (*ASSERTION, *APPEARANCE, "account", "deleted_since"),
            (*ASSERTION, *APPEARANCE, "account", "deleted_since", "replaces_id"),
        ),
        but=FOUND_BY,
        times=SETTLED,
        acted={
            **dict.fromkeys(("standing", "settled_by_id", "settled_at"), CONFIRMED_OR_REJECTED),
            "first_known": (ClaimVerb.MARKED_FIRST_KNOWN,),
            "deleted_since": (ClaimVerb.NOTED_DELETION,),
        },
        free={"passage_id": "where a worker finds the quote once the page is read; then a trigger keeps it"},
    ),
    "claims.Attribution": assertion(
        *("appearance_id", "position", "source_id", "named_as", "verb", "modality", "directness"), but=FOUND_BY
    ),
    "claims.OriginLink": assertion("claim_id", "document_id", "kind", "origin_document_id", "origin_source_id", "why"),
    "claims.Claim_searches": Sealed(
        (("id", "claim_id", "search_id"),), in_acts=True, verbs=(ClaimVerb.SEARCHED,), machine=(ClaimVerb.SEARCHED,)
    ),
    "claims.ClaimVector": Unsealed("computed from a sealed wording, and computed again with another model"),
    "claims.Comparison": Unsealed("says which model the coverage is being compared with"),
}
STANCE = ("stance", "nearness", "note")
CHOSEN = ("words_start", "words_end")
EVIDENCE: dict[str, Sealed | Unsealed] = {
    "claims.EarlierCheck": assertion("claim_id", "fact_check_id", "fingerprint", "why"),
    "claims.CheckLookup": Unsealed("says how far the search for earlier fact-checks has come"),
    "claims.Evidence": assertion(
        *("claim_id", "passage_id", "stance", "nearness", "note", "why"),
        verbs=WEIGHED,
        acted=(*STANCE, *CHOSEN),
        later=CHOSEN,
        but=FOUND_BY,
    ),
    "claims.Postponement": Sealed(
        (("id", "evidence_id", "put_off_by_id", "put_off_at", "taken_up_by_id", "taken_up_at"),),
        times={"put_off_at": "put_off_by_id", "taken_up_at": "taken_up_by_id"},
        in_acts=True,
        verbs=(ClaimVerb.PUT_OFF, ClaimVerb.TOOK_UP, *WEIGHED),
    ),
    "claims.TakenBack": Sealed(
        (
            (
                *("id", "evidence_id", "standing", "stance", "nearness", "note", "settled_at", "taken_back_by_id"),
                "taken_back_at",
            ),
        ),
        times={"taken_back_at": "taken_back_by_id"},
        in_acts=True,
        verbs=(ClaimVerb.TOOK_BACK_ANSWER,),
    ),
    "claims.Figure": assertion(
        *("claim_id", "passage_id", "start", "end", "exact", "measure", "low", "high", "qualifier", "unit", "scope"),
        "as_of",
        but=FOUND_BY,
        removed=(ClaimVerb.CORRECTED_CLAIM,),
    ),
    "claims.FigureLink": assertion("figure_id", "other_id", "difference", "why"),
    "claims.Question": Sealed(
        (("id", "claim_id", "text", "asked_by_id", "asked_at"),),
        but=FOUND_BY,
        times={"asked_at": "asked_by_id"},
        in_acts=True,
        verbs=(ClaimVerb.ASKED_QUESTION,),
    ),
    "claims.Answer": Sealed(
        (("id", "question_id", "text", "answered_by_id", "answered_at"),),
        but=FOUND_BY,
        times={"answered_at": "answered_by_id"},
        in_acts=True,
        verbs=(ClaimVerb.ANSWERED_QUESTION,),
    ),
    "claims.Answer_evidence": Sealed(
        (("id", "answer_id", "evidence_id"),), in_acts=True, verbs=(ClaimVerb.ANSWERED_QUESTION,)
    ),
    "claims.CommentRequest": Sealed(
        (
            (
                *("id", "claim_id", "to_whom", "channel", "question", "sent_by_id", "sent_at", "answer"),
                "answered_at",
            ),
        ),
        but=FOUND_BY,
        in_acts=True,
        verbs=(ClaimVerb.ASKED_COMMENT, ClaimVerb.RECORDED_COMMENT, ClaimVerb.ANSWERED_BY_LINK),
        machine=(ClaimVerb.ANSWERED_BY_LINK,),
    ),
    "claims.PersonalLink": Sealed(
        (
            (
                *("id", "claim_id", "kind", "to_whom", "question", "language", "due_on", "comment_id"),
                *("token_sha256", "asked_by_id", "asked_at", "answer", "answered_at", "document_id", "file_id"),
                *("withdrawn_by_id", "withdrawn_at"),
            ),
        ),
        times={"asked_at": "asked_by_id", "answered_at": "", "withdrawn_at": "withdrawn_by_id"},
        in_acts=True,
        verbs=(ClaimVerb.ASKED_BY_LINK, ClaimVerb.ANSWERED_BY_LINK, ClaimVerb.WITHDREW_LINK),
        machine=(ClaimVerb.ANSWERED_BY_LINK,),
    ),
    "claims.PersonalLink_evidence": Sealed(
        (("id", "personallink_id", "evidence_id"),), in_acts=True, verbs=(ClaimVerb.ASKED_BY_LINK,)
    ),
    "claims.DiscussionNote": Sealed(
        (
            (
                *("id", "claim_id", "evidence_id", "decision_id", "first_id", "text", "mentioned", "round"),
                *("is_removal", "by_id", "at"),
            ),
        ),
        times={"at": "by_id"},
        in_acts=True,
        verbs=(ClaimVerb.WROTE_NOTE, ClaimVerb.CHANGED_NOTE, ClaimVerb.REMOVED_NOTE),
    ),
}
OUTCOMES: dict[str, Sealed | Unsealed] = {
    "claims.Review": Sealed(
        (("id", "claim_id", "round", "reviewer_id", "rating", "said", "reasoning", "nonce", "submitted_at"),),
        but=FOUND_BY,
        times={"submitted_at": "reviewer_id"},
        in_acts=True,
        verbs=(ClaimVerb.REVIEWED,),
    ),
    "claims.Decision": Sealed(
        (
            (
                *("id", "claim_id", "round", "rating", "said", "summary", "as_of", "what_would_change_it"),
                *("decided_by_id", "decided_at", "waived", "waiver"),
            ),
            (
                *("id", "claim_id", "round", "rating", "said", "summary", "as_of", "what_would_change_it"),
                *("decided_by_id", "decided_at", "waived", "waiver", "own_holdings"),
            ),
        ),
        but=FOUND_BY,
        times={"decided_at": "decided_by_id"},
        in_acts=True,
        verbs=(DeskVerb.ACTED_ALONE, ClaimVerb.DECIDED),
    ),
    "claims.Citation": Sealed(
        (("id", "decision_id", "evidence_id"),), in_acts=True, verbs=(DeskVerb.ACTED_ALONE, ClaimVerb.DECIDED)
    ),
    "claims.RuleWaiver": Sealed(
        (("id", "decision_id", "rule", "reason", "by_id", "at"),),
        times={"at": "by_id"},
        in_acts=True,
        verbs=(ClaimVerb.WAIVED_RULE,),
    ),
    "claims.Report": Sealed(
        (
            (
                *("id", "decision_id", "number", "language", "content", "sha256", "log_head", "frozen_by_id"),
                *("frozen_at", "is_sample"),
            ),
        ),
        times={"frozen_at": "frozen_by_id"},
        in_acts=True,
        verbs=(ClaimVerb.PUBLISHED_REPORT,),
    ),
    "claims.Correction": Sealed(
        (("id", "report_id", "kind", "text", "replaced_by_id", "made_by_id", "made_at"),),
        but=FOUND_BY,
        times={"made_at": "made_by_id"},
        in_acts=True,
        verbs=(ClaimVerb.CORRECTED_REPORT,),
    ),
    "claims.ProposedReport": Sealed(
        (("id", "decision_id", "language", "summary", "made_id", *PROPOSED),),
        times=PROPOSED_AT,
        in_acts=True,
        verbs=(*PROPOSING, ClaimVerb.PUBLISHED_REPORT),
    ),
    "claims.ProposedCorrection": Sealed(
        (("id", "report_id", "kind", "text", "replaced_by_id", "made_id", *PROPOSED),),
        times=PROPOSED_AT,
        in_acts=True,
        verbs=(*PROPOSING, ClaimVerb.CORRECTED_REPORT),
    ),
    "claims.CopyEdit": Sealed(
        (
            (
                *("id", "report_id", "part", "before", "after", "of_verdict", "reason", "proposed_by_id"),
                *("proposed_at", "state", "second_id", "answered_at", "made_id"),
            ),
        ),
        times={"proposed_at": "proposed_by_id", "answered_at": "second_id"},
        in_acts=True,
        verbs=(ClaimVerb.PROPOSED_EDIT, ClaimVerb.AGREED_TO_EDIT, ClaimVerb.DECLINED_EDIT, ClaimVerb.PUBLISHED_REPORT),
    ),
    "claims.RatingScale": Sealed(
        (("id", "name", "language", "version", "in_use", "made_by_id", "made_at"),),
        but=FOUND_BY,
        times={"made_at": "made_by_id"},
        in_acts=True,
        verbs=(ClaimVerb.SAVED_SCALE, ClaimVerb.USED_SCALE, ClaimVerb.STOPPED_SCALE),
        acted={"in_use": (ClaimVerb.SAVED_SCALE, ClaimVerb.USED_SCALE, ClaimVerb.STOPPED_SCALE)},
    ),
    "claims.RatingLabel": Sealed(
        (("id", "scale_id", "rating", "label", "value"),), but=FOUND_BY, in_acts=True, verbs=(ClaimVerb.SAVED_SCALE,)
    ),
}
ENDING = ("id", "by_id", "at", "ended_by_id", "ended_at")
ENDED = {"at": "by_id", "ended_at": "ended_by_id"}


def ending(*columns: str, verbs: tuple[str, ...]) -> Sealed:
    """Return how a row is sealed that one act adds and another ends."""
    return Sealed(((*ENDING, *columns),), times=ENDED, in_acts=True, verbs=verbs)


TEAM: dict[str, Sealed | Unsealed] = {
    "claims.ClaimPlan": ending("claim_id", "owner_id", "due_on", "priority", verbs=(ClaimVerb.PLANNED,)),
    "claims.ReviewInvitation": ending(
        "claim_id", "person_id", verbs=(ClaimVerb.INVITED_REVIEWER, ClaimVerb.ENDED_INVITATION)
    ),
    "claims.ClaimTag": ending("claim_id", "name", "folded", verbs=(ClaimVerb.TAGGED, ClaimVerb.UNTAGGED)),
    "claims.DeskCase": Sealed(
        (("id", "name", "about", "is_closed", "opened_by_id", "opened_at"),),
        times={"opened_at": "opened_by_id"},
        in_acts=True,
        verbs=(ClaimVerb.OPENED_CASE, ClaimVerb.CHANGED_CASE),
        acted=dict.fromkeys(("name", "about", "is_closed"), (ClaimVerb.CHANGED_CASE,)),
    ),
    "claims.CaseItem": ending(
        *("case_id", "claim_id", "source_id", "tag", "folded"),
        verbs=(ClaimVerb.PUT_IN_CASE, ClaimVerb.TOOK_OUT_OF_CASE),
    ),
    "claims.ChecklistItem": Sealed(
        (("id", "type", "text", "position", "in_use", "made_by_id", "made_at"),),
        times={"made_at": "made_by_id"},
        in_acts=True,
        verbs=(ClaimVerb.SAVED_CHECKLIST,),
        acted=dict.fromkeys(("position", "in_use"), (ClaimVerb.SAVED_CHECKLIST,)),
    ),
    "claims.ChecklistTick": ending("claim_id", "item_id", verbs=(ClaimVerb.TICKED, ClaimVerb.UNTICKED)),
    "claims.BoardView": Unsealed("a question to the board under a name, which says nothing of a claim"),
}
SEALS = {**CLAIMS, **EVIDENCE, **OUTCOMES, **TEAM}
