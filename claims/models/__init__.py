"""The tables about claims: claims, evidence, reviews, verdicts, reports and corrections."""

from claims.models.attribution import Appearance, Attribution
from claims.models.board_view import BoardView
from claims.models.checklist import ChecklistItem, ChecklistTick
from claims.models.claim import Claim, ClaimLink, Wording
from claims.models.claim_access import AccessGrant, ClaimAccess, ClaimFile
from claims.models.claim_plan import ClaimPlan, ClaimTag, ReviewInvitation
from claims.models.claim_version import ClaimVersion
from claims.models.comparison import ClaimVector, Comparison
from claims.models.copy_edit import CopyEdit
from claims.models.desk_case import CaseItem, DeskCase
from claims.models.discussion import DiscussionNote
from claims.models.earlier_check import CheckLookup, EarlierCheck
from claims.models.evidence import Answer, Evidence, Question
from claims.models.figure import Figure, FigureLink
from claims.models.origin import OriginLink
from claims.models.personal_link import PersonalLink
from claims.models.postponement import Postponement, TakenBack
from claims.models.proposal import ProposedCorrection, ProposedReport
from claims.models.rating_scale import RatingLabel, RatingScale
from claims.models.report import Correction, Report
from claims.models.review import Citation, CommentRequest, Decision, Review
from claims.models.rule_waiver import RuleWaiver

__all__ = [
    "AccessGrant",
    "Answer",
    "Appearance",
    "Attribution",
    "BoardView",
    "CaseItem",
    "CheckLookup",
    "ChecklistItem",
    "ChecklistTick",
    "Citation",
    "Claim",
    "ClaimAccess",
    "ClaimFile",
    "ClaimLink",
    "ClaimPlan",
    "ClaimTag",
    "ClaimVector",
    "ClaimVersion",
    "CommentRequest",
    "Comparison",
    "CopyEdit",
    "Correction",
    "Decision",
    "DeskCase",
    "DiscussionNote",
    "EarlierCheck",
    "Evidence",
    "Figure",
    "FigureLink",
    "OriginLink",
    "PersonalLink",
    "Postponement",
    "ProposedCorrection",
    "ProposedReport",
    "Question",
    "RatingLabel",
    "RatingScale",
    "Report",
    "Review",
    "ReviewInvitation",
    "RuleWaiver",
    "TakenBack",
    "Wording",
]
