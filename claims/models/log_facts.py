"""The log about claims: the names under which its entries keep their facts, and what everybody may read of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import pgettext_lazy

from claims.models.vocabulary import ClaimVerb

# The page of the log of a claim shows it to everybody who sees the claim. These acts change its status or its report.
OPEN_LOGS = {
    "claim": (
        ClaimVerb.MOVED,
        ClaimVerb.TOOK_BACK_CLAIM,
        ClaimVerb.DECIDED,
        ClaimVerb.PUBLISHED_REPORT,
        ClaimVerb.CORRECTED_REPORT,
    )
}
LOG_FACTS: dict[str, Any] = {
    "answered_at": pgettext_lazy("log", "answered on"),
    "appearance": pgettext_lazy("log", "appearance"),
    "assertion": pgettext_lazy("log", "suggestion"),
    "case": pgettext_lazy("log", "case"),
    "changes": pgettext_lazy("log", "changes"),
    "channel": pgettext_lazy("log", "channel"),
    "cited": pgettext_lazy("log", "cited evidence"),
    "claim": pgettext_lazy("log", "claim"),
    "correction": pgettext_lazy("log", "correction"),
    "decision": pgettext_lazy("log", "verdict"),
    "due_on": pgettext_lazy("log", "due on"),
    "edit": pgettext_lazy("log", "copy-edit"),
    "engines": pgettext_lazy("log", "searched in"),
    "evidence": pgettext_lazy("log", "evidence"),
    "extractor": pgettext_lazy("log", "program"),
    "grant": pgettext_lazy("log", "proposal"),
    "personal_link": pgettext_lazy("log", "personal link"),
    "handed_over": pgettext_lazy("log", "handed over"),
    "item": pgettext_lazy("log", "line of the checklist"),
    "links": pgettext_lazy("log", "links"),
    "since": pgettext_lazy("log", "since"),
    "until": pgettext_lazy("log", "until"),
    "number": pgettext_lazy("log", "number"),
    "other": pgettext_lazy("log", "other claim"),
    "owner": pgettext_lazy("log", "owner"),
    "part": pgettext_lazy("log", "part"),
    "question": pgettext_lazy("log", "question"),
    "person": pgettext_lazy("log", "person"),
    "priority": pgettext_lazy("log", "priority"),
    "quote": pgettext_lazy("log", "quote"),
    "rating": pgettext_lazy("log", "rating"),
    "relation": pgettext_lazy("log", "relation"),
    "replaced_by": pgettext_lazy("log", "replaced by"),
    "request": pgettext_lazy("log", "request"),
    "review": pgettext_lazy("log", "review"),
    "rule": pgettext_lazy("log", "rule"),
    "said": pgettext_lazy("log", "was it said"),
    "replaces": pgettext_lazy("log", "corrects"),
    "sent_at": pgettext_lazy("log", "sent on"),
    "stance": pgettext_lazy("log", "stance"),
    "tag": pgettext_lazy("log", "tag"),
    "text": pgettext_lazy("log", "text"),
    "to": pgettext_lazy("log", "to"),
    "to_whom": pgettext_lazy("log", "sent to"),
    "words": pgettext_lazy("log", "words"),
}
