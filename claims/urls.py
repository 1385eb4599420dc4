"""Addresses of the top floor: claims, their evidence, reviews, decisions and reports."""

from __future__ import annotations

from django.urls import path

from claims.views import asking, listing, picking, proofs, recording, reports, reviewing, searching, showing, weighing

app_name = "claims"

urlpatterns = [
    path("", listing.queue, name="queue"),
    path("claims/", listing.claims, name="claims"),
    path("claims/log/", recording.log_claim, name="log_claim"),
    path("claims/<int:pk>/", showing.claim, name="claim"),
    path("claims/<int:pk>/progress/", showing.progress, name="progress"),
    path("claims/<int:pk>/captures.wacz", proofs.package, name="package"),
    path("claims/<int:pk>/log/", showing.claim_log, name="claim_log"),
    path("claims/<int:pk>/appearance/", recording.add_appearance, name="add_appearance"),
    path("claims/<int:pk>/wording/", recording.add_wording, name="add_wording"),
    path("claims/<int:pk>/open-review/", reviewing.open_review, name="open_review"),
    path("claims/<int:pk>/review/", reviewing.submit_review, name="submit_review"),
    path("claims/<int:pk>/decide/", reviewing.decide, name="decide"),
    path("claims/<int:pk>/move/", reviewing.move, name="move"),
    path("claims/<int:pk>/documents/<int:document>/", picking.pick, name="pick"),
    path("claims/<int:pk>/search/", searching.put_search, name="put_search"),
    path("claims/<int:pk>/question/", asking.add_question, name="add_question"),
    path("claims/<int:pk>/comment/", asking.request_comment, name="request_comment"),
    path("claims/<int:pk>/link/", asking.link_claims, name="link_claims"),
    path("questions/<int:pk>/answer/", asking.answer_question, name="answer_question"),
    path("comment-requests/<int:pk>/answer/", asking.note_comment, name="note_comment"),
    path("evidence/<int:pk>/weigh/", weighing.weigh, name="weigh"),
    path("assertions/<str:kind>/<int:pk>/settle/", weighing.settle, name="settle"),
    path("decisions/<int:pk>/freeze/", reports.freeze, name="freeze"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:number>/", reports.report, name="report"),
    path("reports/<int:number>/correct/", reports.correct, name="correct"),
    path("reports/<int:number>/<str:form>/", reports.download, name="download"),
]
