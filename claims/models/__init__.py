"""The tables about claims: claims, evidence, reviews, verdicts, reports and corrections."""

from claims.models.attribution import Appearance, Attribution
from claims.models.claim import Claim, ClaimLink, Wording
from claims.models.claim_access import AccessGrant, ClaimAccess, ClaimFile
from claims.models.claim_version import ClaimVersion
from claims.models.comparison import ClaimVector, Comparison
from claims.models.copy_edit import CopyEdit
from claims.models.earlier_check import CheckLookup, EarlierCheck
from claims.models.evidence import Answer, Evidence, Question
from claims.models.figure import Figure, FigureLink
from claims.models.origin import OriginLink
from claims.models.postponement import Postponement, TakenBack
from claims.models.proposal import ProposedCorrection, ProposedReport
from claims.models.rating_scale import RatingLabel, RatingScale
from claims.models.report import Correction, Report
from claims.models.review import Citation, CommentRequest, Decision, Review

__all__ = [
    "AccessGrant",
    "Answer",
    "Appearance",
    "Attribution",
    "CheckLookup",
    "Citation",
    "Claim",
    "ClaimAccess",
    "ClaimFile",
    "ClaimLink",
    "ClaimVector",
    "ClaimVersion",
    "CommentRequest",
    "Comparison",
    "CopyEdit",
    "Correction",
    "Decision",
    "EarlierCheck",
    "Evidence",
    "Figure",
    "FigureLink",
    "OriginLink",
    "Postponement",
    "ProposedCorrection",
    "ProposedReport",
    "Question",
    "RatingLabel",
    "RatingScale",
    "Report",
    "Review",
    "TakenBack",
    "Wording",
]
