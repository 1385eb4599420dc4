"""The vocabulary of claims: statuses, ratings, stances, moves of review, acts of roles and verbs of the log."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workbench.desk.roles import ADMINS, EDITORS, REPORTERS, REVIEWERS, Act, Role
from workbench.desk.vocabulary import NotificationEvent, TwoPeopleRule, Verb


class Status(models.TextChoices):
    """How far the work on a claim has come. What was found is the verdict, in another field."""

    OPEN = "open", _("Open")
    IN_REVIEW = "in_review", _("In review")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# From which status a claim can get to which; the database refuses everything else (see claims.models.claim).
MOVES: dict[Status, frozenset[Status]] = {
    Status.OPEN: frozenset({Status.IN_REVIEW, Status.WITHDRAWN}),
    Status.IN_REVIEW: frozenset({Status.OPEN, Status.DECIDED, Status.WITHDRAWN}),
    Status.DECIDED: frozenset({Status.IN_REVIEW}),
    Status.WITHDRAWN: frozenset({Status.OPEN}),
}


CLOSED = frozenset({Status.DECIDED, Status.WITHDRAWN})  # nothing is added to such a claim until it is reopened

FEWEST_REVIEWS = 2  # a verdict never rests on the word of one person


class Move(models.TextChoices):
    """What a person may do with a claim on its way to a verdict; the rules are in claims.review.rules."""

    ADD = "add", _("Add to the claim")
    SEARCH = "search", _("Search for coverage")
    WEIGH = "weigh", _("Weigh the evidence")
    OPEN_REVIEW = "open_review", _("Send to reviewers")
    REVIEW = "review", _("Write your review")
    DECIDE = "decide", _("Decide")
    DECIDE_ALONE = "decide_alone", _("Decide alone, with a reason")
    TAKE_BACK = "take_back", _("Take back from reviewers")
    SEND_BACK = "send_back", _("Send back to the desk")
    REOPEN = "reopen", _("Reopen for a new round of review")
    RESTORE = "restore", _("Reopen the claim")
    WITHDRAW = "withdraw", _("Withdraw the claim")
    CORRECT_CLAIM = "correct_claim", _("Correct your claim")
    TAKE_BACK_CLAIM = "take_back_claim", _("Take your claim back")


class ClaimRule(TwoPeopleRule):
    """What takes two people on the way of a claim; the rules are in claims.review.rules and claims.publishing."""

    LOGGER = "logger_decides", _("Who logged a claim does not decide it.")
    REVIEWS = "reviews", _("A verdict needs reviews from two people who did not log the claim.")
    REVIEWER = "reviewer_decides", _("Who reviewed a claim does not decide it.")
    PUBLISHER = "decider_publishes", _("Who gave the verdict does not publish its report alone.")
    CORRECTION = "correction", _("Correcting, updating or retracting a report takes a second person.")


class MethodRule(models.TextChoices):
    """What our method asks of a verdict before its report is published; claims.publishing.gate says what is met."""

    IDENTITY = "identity", _("A report must say who publishes it and who worked on it.")
    CITES = "cites", _("A verdict must cite evidence, unless searches were answered and found none.")
    BESIDE = (
        "beside",
        _("A verdict that cites no evidence must say why, if passages for or against the claim were confirmed."),
    )
    DIFFER = "differ", _("Where reviewers differ, the editor must say what was done about it.")
    COMMENT = "comment", _("Whoever makes the claim must be asked for comment.")
    UNJUDGED = "unjudged", _("Every suggested passage must be weighed.")
    CHAIN = "chain", _("The attribution chain must lead to somebody who is named.")
    SEARCHED = "searched", _("Sources outside the desk must be searched, and all of them must answer.")


MET_BY_WORDS = frozenset({MethodRule.BESIDE, MethodRule.DIFFER})  # who writes what they ask for meets them


class Rating(models.TextChoices):
    """What was found about a claim (categories of AVeriTeC, refined as fact-checkers publish them)."""

    SUPPORTED = "supported", _("Supported")
    MOSTLY_SUPPORTED = "mostly_supported", _("Mostly supported")
    DISPUTED = "disputed", _("Disputed")
    MISLEADING = "misleading", _("Misleading")
    UNSUPPORTED = "unsupported", _("No evidence found")
    REFUTED = "refuted", _("Refuted")
    NOT_CHECKABLE = "not_checkable", _("Cannot be checked")


# schema.org/Rating of a ClaimReview: 1 is worst, 5 is best; None is published without a number.
RATING_VALUE: dict[Rating, int | None] = {
    Rating.SUPPORTED: 5,
    Rating.MOSTLY_SUPPORTED: 4,
    Rating.DISPUTED: 3,
    Rating.MISLEADING: 2,
    Rating.UNSUPPORTED: None,
    Rating.REFUTED: 1,
    Rating.NOT_CHECKABLE: None,
}


class Said(models.TextChoices):
    """The other aspect of a verdict: whether the people it is attributed to said it."""

    CONFIRMED = "confirmed", _("It was said")
    ALTERED = "altered", _("It was said differently")
    NOT_FOUND = "not_found", _("No record that it was said")
    UNKNOWN = "unknown", _("Not established")


class ClaimType(models.TextChoices):
    EVENT = "event", _("Event")
    NUMERICAL = "numerical", _("Figure")
    QUOTE = "quote", _("Quote")
    CAUSAL = "causal", _("Cause")
    POSITION = "position", _("Position")
    PREDICTION = "prediction", _("Prediction")


class Modality(models.TextChoices):
    """How a link of an attribution chain says the claim: as a fact, as a report, as an allegation."""

    ASSERTS = "asserts", _("asserts")
    REPORTS = "reports", pgettext_lazy("what a source does", "reports")
    CLAIMS = "claims", pgettext_lazy("what a source does", "claims")
    ALLEGES = "alleges", _("alleges")
    DENIES = "denies", _("denies")
    CONFIRMS = "confirms", _("confirms")
    NOT_CONFIRMED = "not_confirmed", _("has not confirmed")
    PREDICTS = "predicts", _("predicts")
    UNATTRIBUTED_PASSIVE = "unattributed_passive", _("passive, nobody named")


class Directness(models.TextChoices):
    OWN_WORDS = "own_words", _("in its own words")
    DIRECT = "direct", _("quoted")
    INDIRECT = "indirect", _("reported speech")


class AssertionStatus(models.TextChoices):
    """Whether a person confirmed or rejected an assertion, or it is still a suggestion of a machine."""

    SUGGESTED = "suggested", _("Suggested")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")


class Stance(models.TextChoices):
    """What a passage does to a claim."""

    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Refutes")
    DISCUSSES = "discusses", _("Discusses")
    UNRELATED = "unrelated", _("Unrelated")


class Nearness(models.TextChoices):
    PRIMARY = "primary", _("Primary: the source saw, made or holds it")
    SECONDARY = "secondary", _("Secondary: the source passes on what others say")
    UNKNOWN = "unknown", _("Not established")


class AppearanceRole(models.TextChoices):
    """What a publication does with a claim."""

    ORIGINATES = "originates", _("originates")
    REPEATS = "repeats", _("repeats")
    QUOTES = "quotes", _("quotes")
    DENIES = "denies", _("denies")
    CORRECTS = "corrects", _("corrects")


class ClaimRelation(models.TextChoices):
    SAME = "same", _("same claim")
    VARIANT = "variant", _("variant")
    TRANSLATION = "translation", _("translation")
    BROADER = "broader", _("broader")
    NARROWER = "narrower", _("narrower")
    CONTRADICTS = "contradicts", _("contradicts")


# What each relation is called from the other side. A translation has no reverse: it has an original.
REVERSED: dict[str, ClaimRelation] = {
    ClaimRelation.SAME: ClaimRelation.SAME,
    ClaimRelation.VARIANT: ClaimRelation.VARIANT,
    ClaimRelation.BROADER: ClaimRelation.NARROWER,
    ClaimRelation.NARROWER: ClaimRelation.BROADER,
    ClaimRelation.CONTRADICTS: ClaimRelation.CONTRADICTS,
}


class WordingKind(models.TextChoices):
    ORIGINAL = "original", _("original wording")
    VARIANT = "variant", _("variant")
    TRANSLATION = "translation", _("translation")


class Qualifier(models.TextChoices):
    """How exact a figure says it is."""

    EXACT = "exact", _("exactly")
    AT_LEAST = "at_least", _("at least")
    MORE_THAN = "more_than", _("more than")
    ABOUT = "about", _("about")
    UP_TO = "up_to", _("up to")
    DOZENS = "dozens", _("dozens, hundreds, …")


class FigureDifference(models.TextChoices):
    """How two figures for the same measure differ."""

    SAME = "same", _("same figure")
    UPDATE = "update", _("updated figure")
    SCOPE = "scope", _("different scope")
    ROUNDING = "rounding", _("rounding")
    CONTRADICTION = "contradiction", _("contradiction")


class OriginKind(models.TextChoices):
    """Where a document took its information from."""

    OWN_REPORTING = "own_reporting", _("own reporting")
    WIRE_COPY = "wire_copy", _("wire copy")
    CREDITS = "credits", _("credits")
    LINKS_TO = "links_to", _("links to")
    TRANSLATES = "translates", _("translates")
    TEXT_REUSE = "text_reuse", _("reuses the text of")


class CorrectionKind(models.TextChoices):
    CORRECTION = "correction", _("Correction")
    UPDATE = "update", _("Update")
    RETRACTION = "retraction", _("Retraction")


class VerdictState(models.TextChoices):
    """What became of a published verdict."""

    STANDS = "stands", _("Current")
    UNDER_REVIEW = "under_review", _("Under review again")
    WITHDRAWN = "withdrawn", _("Claim withdrawn")
    REPLACED = "replaced", _("Replaced")


class EditedPart(models.TextChoices):
    """The parts of a published report whose wording two people may mend."""

    SUMMARY = "summary", _("Summary")
    SHORT_TEXT = "short_text", _("Short version of the claim")


class CopyEditStatus(models.TextChoices):
    PROPOSED = "proposed", _("Waits for a second person")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")


class ClaimAct(Act):
    LOG_CLAIM = "log_claim", _("log a claim and its attribution")
    DISCUSS = "discuss", _("write internal notes on a claim")
    WEIGH = "weigh", _("confirm or reject suggestions from machines")
    OPEN_REVIEW = "open_review", _("send a claim to reviewers")
    REVIEW = "review", _("review a claim")
    DECIDE = "decide", _("give the verdict on a claim, reopen or withdraw it")
    PLAN = "plan", _("set owner, due date, reviewers, tags and cases of claims")
    EDIT_SCALES = "edit_scales", _("edit rating scales")
    EDIT_CHECKLISTS = "edit_checklists", _("edit the checklists for types of claims")
    REPORT = "report", _("publish a report and correct it")
    AGREE_TO_EDIT = "agree_to_edit", _("agree to a copy-edit of a report")
    RECOVER = "recover", _("let somebody see a restricted claim whose readers have all left")
    SECOND = "second", _("agree to a report or a correction that somebody else proposed")


ACTS: dict[Act, frozenset[Role]] = {
    ClaimAct.LOG_CLAIM: REPORTERS,
    ClaimAct.DISCUSS: REPORTERS,
    ClaimAct.WEIGH: REPORTERS,
    ClaimAct.OPEN_REVIEW: REPORTERS,
    ClaimAct.REVIEW: REVIEWERS,
    ClaimAct.DECIDE: EDITORS,
    ClaimAct.REPORT: EDITORS,
    ClaimAct.AGREE_TO_EDIT: REVIEWERS,
    ClaimAct.SECOND: REVIEWERS,
    ClaimAct.RECOVER: ADMINS,
    ClaimAct.PLAN: REPORTERS,
    ClaimAct.EDIT_SCALES: EDITORS,
    ClaimAct.EDIT_CHECKLISTS: EDITORS,
}


class ClaimEvent(NotificationEvent):
    TO_REVIEW = "to_review", _("A claim waits for your review")
    SENT_BACK = "sent_back", _("A claim that you logged was sent back")
    TO_DECIDE = "to_decide", _("A claim has the reviews it needs and waits for a verdict")
    DECIDED = "decided", _("A claim that you worked on has a verdict")
    PUBLISHED = "published", _("A report on a claim that you worked on is published")
    CORRECTED = "corrected", _("A report on a claim that you worked on is corrected")
    COMMENT = "comment", _("An answer to a request for comment is recorded")
    ADVICE = "advice", _("An answer to a request for advice has come")
    MENTIONED = "mentioned", _("Somebody mentioned you in an internal note")
    OWNER = "owner", _("You own a claim now")
    INVITED = "invited", _("You are asked to review a claim")


class ClaimVerb(Verb):
    """What people and workers do with claims and reports."""

    ADDED_WORDING = "added a wording", pgettext_lazy("log", "added a wording")
    ADDED_APPEARANCE = "added an appearance", pgettext_lazy("log", "added an appearance")
    ADDED_EVIDENCE = "added evidence", pgettext_lazy("log", "added evidence")
    AGREED_TO_EDIT = "agreed to a copy-edit", pgettext_lazy("log", "agreed to a copy-edit")
    ANSWERED_BY_LINK = "answered by a personal link", pgettext_lazy("log", "received an answer by a personal link")
    ANSWERED_QUESTION = "answered a question", pgettext_lazy("log", "answered a question")
    ASKED_BY_LINK = "asked by a personal link", pgettext_lazy("log", "asked by a personal link")
    ASKED_QUESTION = "asked a question", pgettext_lazy("log", "asked a question")
    ASKED_COMMENT = "asked for comment", pgettext_lazy("log", "requested comment")
    BROUGHT_FILE_FOR = (
        "brought a file for a claim",
        pgettext_lazy("log", "brought a file, page or text for a claim"),
    )
    CHANGED_NOTE = "changed an internal note", pgettext_lazy("log", "changed an internal note")
    CONFIRMED_ASSERTION = "confirmed an assertion", pgettext_lazy("log", "confirmed a suggestion")
    CONFIRMED_EVIDENCE = "confirmed evidence", pgettext_lazy("log", "confirmed evidence")
    CORRECTED_APPEARANCE = "corrected an appearance", pgettext_lazy("log", "corrected an appearance")
    CORRECTED_CLAIM = "corrected a claim", pgettext_lazy("log", "corrected a claim")
    CORRECTED_REPORT = "corrected a report", pgettext_lazy("log", "corrected a report")
    DECLINED_EDIT = "declined a copy-edit", pgettext_lazy("log", "declined a copy-edit")
    DECIDED = "decided", pgettext_lazy("log", "gave the verdict")
    PROPOSED_EDIT = "proposed a copy-edit", pgettext_lazy("log", "proposed a copy-edit")
    PUT_OFF = "put off a suggestion", pgettext_lazy("log", "put off a suggestion")
    PUBLISHED_REPORT = "froze a report", pgettext_lazy("log", "published a report")
    LINKED_CLAIMS = "linked claims", pgettext_lazy("log", "linked claims")
    LIFTED_RESTRICTION = (
        "lifted the restriction of a claim",
        pgettext_lazy("log", "let everybody see a restricted claim"),
    )
    LOGGED = "logged", pgettext_lazy("log", "logged a claim")
    MARKED_FIRST_KNOWN = "marked the first known appearance", pgettext_lazy("log", "marked the first known appearance")
    NOTED_DELETION = "noted a deleted post", pgettext_lazy("log", "noted a deleted post")
    MOVED = "moved", pgettext_lazy("log", "changed the status")
    NAMED_READER = "named who sees a claim", pgettext_lazy("log", "named somebody who sees the restricted claim")
    RECORDED_COMMENT = "noted a comment", pgettext_lazy("log", "recorded a comment")
    REJECTED_ASSERTION = "rejected an assertion", pgettext_lazy("log", "rejected a suggestion")
    REJECTED_EVIDENCE = "rejected evidence", pgettext_lazy("log", "rejected evidence")
    REMOVED_NOTE = "removed an internal note", pgettext_lazy("log", "removed an internal note")
    REMOVED_READER = (
        "removed who sees a claim",
        pgettext_lazy("log", "removed somebody who saw the restricted claim"),
    )
    REVIEWED = "reviewed", pgettext_lazy("log", "reviewed a claim")
    SET_CLAIMANT = "set the claimant", pgettext_lazy("log", "set the claimant")
    SAVED_SCALE = "saved a rating scale", pgettext_lazy("log", "saved a rating scale")
    STOPPED_SCALE = "took a rating scale out of use", pgettext_lazy("log", "stopped using a rating scale")
    TOOK_BACK_ANSWER = "took back an answer", pgettext_lazy("log", "took back their answer on a passage")
    TOOK_UP = "took up a suggestion", pgettext_lazy("log", "took up a suggestion again")
    TOOK_BACK_CLAIM = "took back a claim", pgettext_lazy("log", "took back their claim")
    WAIVED_RULE = "set a rule aside", pgettext_lazy("log", "set a rule of the method aside")
    USED_SCALE = "put a rating scale in use", pgettext_lazy("log", "started using a rating scale")
    SEARCHED = "searched", pgettext_lazy("log", "ran a search")
    WITHDREW_LINK = "withdrew a personal link", pgettext_lazy("log", "withdrew a personal link")
    WROTE_NOTE = "wrote an internal note", pgettext_lazy("log", "wrote an internal note")
    PLANNED = "planned a claim", pgettext_lazy("log", "set owner, due date or priority")
    INVITED_REVIEWER = "invited a reviewer", pgettext_lazy("log", "asked somebody to review")
    ENDED_INVITATION = "ended an invitation", pgettext_lazy("log", "took back the request to review")
    TAGGED = "tagged a claim", pgettext_lazy("log", "added a tag")
    UNTAGGED = "removed a tag", pgettext_lazy("log", "removed a tag")
    OPENED_CASE = "opened a case", pgettext_lazy("log", "opened a case")
    CHANGED_CASE = "changed a case", pgettext_lazy("log", "changed a case")
    PUT_IN_CASE = "put in a case", pgettext_lazy("log", "added to a case")
    TOOK_OUT_OF_CASE = "took out of a case", pgettext_lazy("log", "removed from a case")
    TICKED = "ticked a checklist", pgettext_lazy("log", "ticked a line of the checklist")
    UNTICKED = "unticked a checklist", pgettext_lazy("log", "unticked a line of the checklist")
    SAVED_CHECKLIST = "saved a checklist", pgettext_lazy("log", "changed a checklist")
    HANDED_OVER = "handed over work", pgettext_lazy("log", "handed over work")
