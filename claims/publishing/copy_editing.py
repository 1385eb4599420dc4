"""Copy-edit a published report: one person proposes other words, a second one agrees, a new version is published.

Only the wording changes, never the finding: so no new round of review. The report with the old words stays, as does
everything made from it. Words that change more are a correction.
"""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from claims.models import Claim, CopyEdit, Report
from claims.models.claim import LONGEST_SHORT_TEXT
from claims.models.vocabulary import ClaimAct, ClaimVerb, CopyEditStatus, CorrectionKind, EditedPart
from claims.publishing import printed_values, printing, readiness
from sources.language.folding import fold
from sources.language.languages.registry import LANGUAGES
from sources.watching import significance
from workbench.desk import audit, seconding
from workbench.desk.byline import PrintedNames
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.roles import require

LONGEST = 20_000  # characters of a summary
ALIKE = 0.75  # the share of a text that a copy-edit leaves as it is; less is another text
BY_LETTERS = 2_000  # characters up to which we compare letters; longer texts are compared by words
ALIKE_WORDS = 0.6  # the share of its letters that a word with a typing error has in common with the right one
NUMBER = re.compile(r"\d+")
WORD = re.compile(r"\w+")


@transaction.atomic
def propose(report: Report, *, by: User, part: str, after: str, reason: str) -> CopyEdit:
    """Propose other words for a part of a report. The same proposal again is returned unchanged.

    Raises ``Refusal`` (codes ``empty``, ``too_long``, ``null_character``, ``unchanged``, ``edited_already``,
    ``pending``, ``newer_verdict``, ``numbers``, ``too_much``) and ``NotPermitted``.
    """
    require(by, ClaimAct.REPORT)
    claim = Claim.objects.hold(report.decision.claim_id, alone=True)
    before, of_verdict = words_of(json.loads(report.content), EditedPart(part))
    after, reason = after.strip(), reason.strip()
    waiting = report.copy_edits.filter(part=part, state=CopyEditStatus.PROPOSED).first()
    if waiting is not None and (waiting.after, waiting.proposed_by_id) == (after, by.pk):
        return waiting
    _check_verdict(claim, report)
    _check_report(report, waiting)
    _check_words(EditedPart(part), before, after, reason)
    edit: CopyEdit = CopyEdit.objects.create(
        report=report, part=part, before=before, after=after, of_verdict=of_verdict, reason=reason, proposed_by=by
    )
    facts = {"part": part, "before": before, "after": after, "reason": reason}
    audit.record(by, ClaimVerb.PROPOSED_EDIT, report, chain=audit.name_of(claim), edit=edit.pk, **facts)
    return edit


@transaction.atomic
def agree(edit: CopyEdit, *, by: User) -> CopyEdit:
    """Agree to a proposal of somebody else: a new version with the other words is published beside the old one.

    The new version is made from the newest one, so it keeps what was agreed on before. A report that was retracted gets
    none; its successor gets the new words when it is published. Raises ``Refusal`` (codes ``settled``, ``own_edit``,
    ``newer_verdict``, ``overtaken``, ``placeholder``) and ``NotPermitted``.
    """
    claim, held = _hold(edit, by=by)
    if held.proposed_by_id == by.pk:
        raise Refusal(_("You proposed this, so somebody else must agree to it."), "own_edit")
    seconding.check_second(held.proposed_by, by=by)
    _check_verdict(claim, held.report)
    newest = newest_version(held.report)
    content = json.loads(newest.content)
    if words_of(content, EditedPart(held.part))[0] != held.before:
        problem = _("Report %(number)d already has other words here. Decline this copy-edit, and edit that report.")
        raise Refusal(problem % {"number": newest.number}, "overtaken")
    if held.part == EditedPart.SHORT_TEXT and claim.short_text == held.before:
        claim.short_text = held.after
        claim.save(update_fields=["short_text"])
    held.state, held.second, held.answered_at = CopyEditStatus.AGREED, by, timezone.now()
    is_retracted = newest.corrections.filter(kind=CorrectionKind.RETRACTION).exists()
    if is_retracted:
        held.save(update_fields=["state", "second", "answered_at"])
    else:
        readiness.require([held.proposed_by, by])
    audit.record(by, ClaimVerb.AGREED_TO_EDIT, held.report, chain=audit.name_of(claim), edit=held.pk, part=held.part)
    if not is_retracted:
        content = _edited(content, held, newest, by=by)
        printing.publish(claim, newest.decision, newest.language, content, by=by, then=partial(_save_made, held))
    return held


def _save_made(edit: CopyEdit, report: Report) -> None:
    edit.made = report
    edit.save(update_fields=["state", "second", "answered_at", "made"])


@transaction.atomic
def decline(edit: CopyEdit, *, by: User) -> CopyEdit:
    """Decline a proposal, or take one’s own back. Raises ``Refusal`` (code ``settled``) and ``NotPermitted``."""
    claim, held = _hold(edit, by=by)
    held.state, held.second, held.answered_at = CopyEditStatus.DECLINED, by, timezone.now()
    held.save(update_fields=["state", "second", "answered_at"])
    audit.record(by, ClaimVerb.DECLINED_EDIT, held.report, chain=audit.name_of(claim), edit=held.pk, part=held.part)
    return held


def newest_version(report: Report) -> Report:
    """Return the newest of the versions that copy-edits made of one report, whichever of them is given."""
    first = report
    while edit := CopyEdit.objects.filter(made=first).select_related("report").first():
        first = edit.report
    newest, versions = first, [first]
    while versions:
        newest = max([newest, *versions], key=lambda version: version.number)
        versions = list(Report.objects.filter(made_by_edit__report__in=versions))
    return newest


def words_of(content: dict[str, Any], part: EditedPart) -> tuple[str, bool]:
    """Return the words of a part of a report, and whether they are those of the verdict or of the claim itself."""
    if part == EditedPart.SHORT_TEXT:
        return str(content["claim"]["short_text"]), True
    return str(content["verdict"]["summary"]["text"]), content["verdict"]["summary_as_decided"] is None


def _hold(edit: CopyEdit, *, by: User) -> tuple[Claim, CopyEdit]:
    require(by, ClaimAct.AGREE_TO_EDIT)
    claim = Claim.objects.hold(edit.report.decision.claim_id, alone=True)
    held: CopyEdit = CopyEdit.objects.select_for_update().get(pk=edit.pk)
    if not held.waits:
        raise Refusal(_("Somebody else has already agreed to this copy-edit or declined it."), "settled")
    return claim, held


def _edited(content: dict[str, Any], edit: CopyEdit, of: Report, *, by: User) -> dict[str, Any]:
    """Return the content of a report with a copy-edit, and a note of it that does not repeat the old words."""
    if edit.part == EditedPart.SHORT_TEXT:
        content["claim"]["short_text"] = edit.after
    else:
        content["verdict"]["summary"]["text"] = edit.after
    with translation.override(of.language):
        names = PrintedNames(numbered=False)
        content["report"] = {"frozen_by": names.of(by)}
    note = {
        "part": edit.part,
        "of": of.number,
        "proposed_by": names.of(edit.proposed_by),
        "agreed_by": names.of(by),
        "agreed_at": printed_values.moment(edit.answered_at),
    }
    return {**content, "copy_edits": [*content.get("copy_edits", []), note]}


def _check_verdict(claim: Claim, report: Report) -> None:
    """Raise ``Refusal`` where the claim has a newer verdict: a new version would put the old one first again."""
    if claim.decisions.filter(round__gt=report.decision.round).exists():
        problem = _("The claim has a newer verdict. The reports of the old one are no longer copy-edited.")
        raise Refusal(problem, "newer_verdict")


def _check_report(report: Report, waiting: CopyEdit | None) -> None:
    newest = newest_version(report)
    if newest != report:
        problem = _("This report has been copy-edited already. Edit report %(number)d instead.")
        raise Refusal(problem % {"number": newest.number}, "edited_already")
    if waiting is not None:
        problem = _("%(person)s has proposed a copy-edit of this part. Agree to it or decline it first.")
        raise Refusal(problem % {"person": waiting.proposed_by}, "pending")


def _check_words(part: EditedPart, before: str, after: str, reason: str) -> None:
    """Raise ``Refusal`` with the first rule that these words break."""
    if not after:
        raise Refusal(_("Write the corrected words."), "empty", field="after")
    if not reason:
        raise Refusal(_("Give a reason. The log records it."), "empty", field="reason")
    if len(after) > (LONGEST_SHORT_TEXT if part == EditedPart.SHORT_TEXT else LONGEST):
        raise Refusal(_("These words are too long for this part of the report."), "too_long", field="after")
    if "\0" in after + reason:
        problem = _("The text contains a null character, which we cannot store. Remove it and send the form again.")
        raise Refusal(problem, "null_character", field="after")
    if after == before:
        raise Refusal(_("You have changed nothing yet."), "unchanged", field="after")
    _check_meaning(before, after)


def _check_meaning(before: str, after: str) -> None:
    """Raise ``Refusal`` where a number or a negation differs, or so much that it is another text."""
    language = str(printed_values.written(before)["language"])
    flags = significance.difference(before, after, language).flags
    if NUMBER.findall(before) != NUMBER.findall(after) or "number" in flags:
        problem = _("A number has changed. That is no typing error for readers: publish a correction.")
        raise Refusal(problem, "numbers", field="after")
    if "negation" in flags:
        problem = _("A negation has come, gone or changed. That is no typing error for readers: publish a correction.")
        raise Refusal(problem, "too_much", field="after")
    if language not in LANGUAGES and _has_another_word(before, after):
        problem = _("A word has come, gone or become another one, which may change the finding. Publish a correction.")
        raise Refusal(problem, "too_much", field="after")
    if _kept_share(before, after) < ALIKE:
        problem = _("This is another text, not a copy-edit. Publish a correction, or reopen the claim.")
        raise Refusal(problem, "too_much", field="after")


def _has_another_word(before: str, after: str) -> bool:
    """Say whether a word came or went, or became an unlike one: in a language without tables it may be a "not".

    A word written twice may go, and two words written as one may be parted.
    """
    old, new = WORD.findall(fold(before)), WORD.findall(fold(after))
    for _act, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = old[start:end], new[begin:stop]
        twice = gone in (old[max(0, start - len(gone)) : start], old[end : end + len(gone)])
        if twice and not come:
            continue
        if SequenceMatcher(None, "".join(gone), "".join(come)).ratio() < ALIKE_WORDS:
            return True
    return False


def _kept_share(before: str, after: str) -> float:
    long = len(before) + len(after) > 2 * BY_LETTERS
    return SequenceMatcher(None, *((before.split(), after.split()) if long else (before, after))).ratio()
