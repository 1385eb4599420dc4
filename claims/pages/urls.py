"""Addresses of the pages about claims, evidence, reviews, verdicts and reports, and the tabs of this app."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _

from claims.models.vocabulary import ClaimAct
from claims.pages.views import (
    access,
    appearances,
    claim,
    claimant,
    copy_edits,
    evidence,
    find_claim,
    lists,
    log_claim,
    own_claim,
    packages,
    pick_evidence,
    proposals,
    questions,
    reports,
    review,
    search,
    weigh,
)
from workbench.desk.declarations import Tab
from workbench.desk.vocabulary import DeskAct

app_name = "claims"

urlpatterns = [
    path("", lists.queue, name="queue"),
    path("claims/", lists.claims, name="claims"),
    path("claims/log/", log_claim.log_claim, name="log_claim"),
    path("claims/find/", find_claim.find_claim, name="find_claim"),
    path("claims/lost/", access.lost_claims, name="lost_claims"),
    path("claims/lost/<int:pk>/agree/", access.agree_to_access, name="agree_to_access"),
    path("claims/lost/<int:pk>/decline/", access.decline_access, name="decline_access"),
    path("claims/<int:pk>/", claim.claim, name="claim"),
    path("claims/<int:pk>/access/", access.access, name="access"),
    path("claims/<int:pk>/access/remove/", access.remove_reader, name="remove_reader"),
    path("claims/<int:pk>/access/lift/", access.lift_restriction, name="lift_restriction"),
    path("claims/<int:pk>/progress/", claim.progress, name="progress"),
    path("claims/<int:pk>/captures.wacz", packages.package, name="package"),
    path("claims/<int:pk>/case/", packages.whole_case, name="whole_case"),
    path("claims/<int:pk>/log/", claim.claim_log, name="claim_log"),
    path("claims/<int:pk>/appearance/", log_claim.add_appearance, name="add_appearance"),
    path("claims/<int:pk>/claimant/", claimant.set_claimant, name="set_claimant"),
    path("claims/<int:pk>/wording/", log_claim.add_wording, name="add_wording"),
    path("claims/<int:pk>/correct/", own_claim.correct_claim, name="correct_claim"),
    path("claims/<int:pk>/open-review/", review.open_review, name="open_review"),
    path("claims/<int:pk>/review/", review.submit_review, name="submit_review"),
    path("claims/<int:pk>/decide/", review.decide, name="decide"),
    path("claims/<int:pk>/move/", review.move, name="move"),
    path("claims/<int:pk>/documents/<int:document>/", pick_evidence.pick, name="pick"),
    path("claims/<int:pk>/search/", search.put_search, name="put_search"),
    path("claims/<int:pk>/searches/", lists.claim_searches, name="claim_searches"),
    path("claims/<int:pk>/question/", questions.add_question, name="add_question"),
    path("claims/<int:pk>/comment/", questions.request_comment, name="request_comment"),
    path("claims/<int:pk>/link/", questions.link_claims, name="link_claims"),
    path("questions/<int:pk>/answer/", questions.answer_question, name="answer_question"),
    path("comment-requests/<int:pk>/answer/", questions.note_comment, name="note_comment"),
    path("appearances/<int:pk>/first-known/", appearances.mark_first_known, name="mark_first_known"),
    path("evidence/<int:pk>/", evidence.describe, name="describe_evidence"),
    path("evidence/<int:pk>/weigh/", weigh.weigh, name="weigh"),
    path("assertions/<str:kind>/<int:pk>/settle/", weigh.settle, name="settle"),
    path("decisions/<int:pk>/freeze/", reports.freeze, name="freeze"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:number>/", reports.report, name="report"),
    path("reports/<int:number>/correct/", reports.correct, name="correct"),
    path("reports/<int:number>/copy-edit/", copy_edits.copy_edit, name="copy_edit"),
    path("reports/<int:number>/copy-edit/gloss/", copy_edits.copy_edit_gloss, name="copy_edit_gloss"),
    path("copy-edits/<int:pk>/agree/", copy_edits.agree, name="agree_to_edit"),
    path("copy-edits/<int:pk>/decline/", copy_edits.decline, name="decline_edit"),
    path("proposed-reports/<int:pk>/agree/", proposals.agree_to_report, name="agree_to_report"),
    path("proposed-reports/<int:pk>/decline/", proposals.decline_report, name="decline_report"),
    path("proposed-corrections/<int:pk>/agree/", proposals.agree_to_correction, name="agree_to_correction"),
    path("proposed-corrections/<int:pk>/decline/", proposals.decline_correction, name="decline_correction"),
    path("reports/<int:number>/<str:form>/", reports.download, name="download"),
]

TABS = [
    Tab("claims:queue", _("Queue"), DeskAct.READ, order=10),
    Tab("claims:claims", _("Claims"), DeskAct.READ, order=20),
    Tab("claims:log_claim", _("Log a claim"), ClaimAct.LOG_CLAIM, order=30),
    Tab("claims:lost_claims", _("Restricted claims"), ClaimAct.RECOVER, order=96),
    Tab("claims:reports", _("Reports"), DeskAct.READ, order=70),
]
