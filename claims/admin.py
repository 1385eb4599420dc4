"""Claims, evidence, reviews and reports in the Django admin: view and search; actions call the pages' activities."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from claims.evidence import weighing
from claims.models import (
    Answer,
    Appearance,
    Attribution,
    Citation,
    Claim,
    ClaimLink,
    CommentRequest,
    Comparison,
    Correction,
    Decision,
    Evidence,
    Figure,
    ProposedCorrection,
    ProposedReport,
    Question,
    RatingLabel,
    RatingScale,
    Report,
    Review,
    RuleWaiver,
    Wording,
)
from claims.models.assertion import Assertion
from claims.models.vocabulary import ClaimAct, Stance
from claims.pages.forms.rating_scale import FIELDS as SCALE_FIELDS
from claims.pages.forms.rating_scale import RatingScaleForm
from claims.pages.proposal_admin import ProposedCorrectionAdmin, ProposedReportAdmin, RuleWaiverAdmin
from claims.publishing import rating_scales, reporting
from claims.review import reviewing
from workbench.desk.refusal import Refusal
from workbench.pages.admin_site import RecordAdmin, RecordInline, WorkAdmin, words
from workbench.pages.http import Request

CLAIM = words("claim", "claim__language", label=_("claim"))
PASSAGE = words("passage", "passage__language", label=_("passage"))


@admin.display(description=_("author"))
def author(row: Assertion) -> str:
    """Who made an assertion: a person, or a program with its version."""
    return row.author


CHANGES = {"ratingscale": ClaimAct.EDIT_SCALES}

SAVING = _("Saving makes a new version of the scale, which reports use from then on. Published reports keep theirs.")

WHO: list[Any] = ["standing", author, "score", "asserted_at"]


class AssertionAdmin(RecordAdmin):
    """Assertions with their author, and whether a person confirmed or rejected them."""

    list_filter = ["standing", "extractor"]
    followed: tuple[str, ...] = ()

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        """Return the relations that a list loads: who made each assertion, and those that each kind adds."""
        return ["asserted_by", *self.followed]


class WordingsInline(RecordInline):
    model = Wording
    shown = (words("text", "language", label=_("text")), "kind", "standing")


class AppearancesInline(RecordInline):
    model = Appearance
    shown = ("document", "url", words("quote", "claim__language", label=_("quote")), "role", "account", "deleted_since")


class DecisionsInline(RecordInline):
    model = Decision
    shown = ("round", "rating", "said", "decided_by", "decided_at")


@admin.register(Claim)
class ClaimAdmin(WorkAdmin):
    words_of_others = {"text": "language", "short_text": "language", "note": ""}
    hidden = ("form_key",)
    list_display = [words("text", "language", label=_("claim")), "status", "type", "language", "logged_by", "logged_at"]
    list_filter = ["status", "type", "language", "logged_at"]
    list_select_related = ["logged_by"]
    search_fields = ["word_index", "claimant"]
    inlines = [WordingsInline, AppearancesInline, DecisionsInline]
    actions = ["try_again", "open_review", "freeze_report"]

    def has_open_review_permission(self, request: Request) -> bool:
        """Say whether a person may send claims to reviewers."""
        return request.user.may(ClaimAct.OPEN_REVIEW)

    def has_report_permission(self, request: Request) -> bool:
        """Say whether a person may publish reports."""
        return request.user.may(ClaimAct.REPORT)

    @admin.action(description=_("Send to reviewers"), permissions=["open_review"])
    def open_review(self, request: Request, claims: QuerySet[Claim]) -> None:
        """Send the chosen claims to reviewers."""
        self.each(request, claims, lambda claim: reviewing.open_review(claim, by=request.user))

    @admin.action(description=_("Publish a report on the newest verdict"), permissions=["report"])
    def freeze_report(self, request: Request, claims: QuerySet[Claim]) -> None:
        """Publish a report of each chosen claim that is decided, in the language of the page; propose one's own."""

        def freeze(claim: Claim) -> None:
            decision = claim.decisions.order_by("-decided_at", "-pk").first()
            if decision is None:
                raise Refusal(_("This claim is not decided yet: there is nothing to publish."), "not_decided")
            made = reporting.publish(decision, by=request.user, language=get_language() or "en")
            if isinstance(made, ProposedReport):
                self.message_user(request, f"{claim}: {_('Your proposal waits for a second person.')}")

        self.each(request, claims, freeze)


@admin.register(Wording)
class WordingAdmin(AssertionAdmin):
    words_of_others = {"text": "language"}
    list_display = [words("text", "language", label=_("text")), "kind", "language", CLAIM, *WHO]
    list_filter = ["kind", "language", *AssertionAdmin.list_filter]
    followed = ("claim",)
    search_fields = ["word_index", "claim"]


@admin.register(ClaimLink)
class ClaimLinkAdmin(AssertionAdmin):
    list_display = [CLAIM, "relation", words("other", "other__language", label=_("other claim")), *WHO]
    list_filter = ["relation", *AssertionAdmin.list_filter]
    followed = ("claim", "other")
    search_fields = ["claim", "other"]


@admin.register(Appearance)
class AppearanceAdmin(AssertionAdmin):
    words_of_others = {"quote": "claim__language"}
    list_display = [words("__str__", label=_("appearance")), "role", "account", "deleted_since", CLAIM, *WHO]
    list_filter = ["role", "first_known", *AssertionAdmin.list_filter]
    followed = ("claim", "document")
    search_fields = ["word_index", "claim", "document"]


@admin.register(Attribution)
class AttributionAdmin(AssertionAdmin):
    list_display = [
        "__str__",
        "position",
        "modality",
        "directness",
        "verb",
        words("appearance", label=_("appearance")),
        *WHO,
    ]
    list_filter = ["modality", "directness", *AssertionAdmin.list_filter]
    followed = ("source", "appearance__document")
    search_fields = ["word_index", "source", "appearance__claim"]


@admin.register(Evidence)
class EvidenceAdmin(AssertionAdmin):
    words_of_others = {"note": "", "why": ""}
    list_display = [PASSAGE, "stance", CLAIM, *WHO]
    list_filter = ["stance", "nearness", *AssertionAdmin.list_filter, "asserted_at"]
    followed = ("claim", "passage")
    search_fields = ["word_index", "claim", "passage"]
    actions = ["supports", "refutes", "discusses", "reject"]

    def has_weigh_permission(self, request: Request) -> bool:
        """Say whether a person may confirm and reject."""
        return request.user.may(ClaimAct.WEIGH)

    @admin.action(description=_("Confirm: supports the claim"), permissions=["weigh"])
    def supports(self, request: Request, evidence: QuerySet[Evidence]) -> None:
        """Confirm that the chosen passages support their claims."""
        self._confirm(request, evidence, Stance.SUPPORTS)

    @admin.action(description=_("Confirm: refutes the claim"), permissions=["weigh"])
    def refutes(self, request: Request, evidence: QuerySet[Evidence]) -> None:
        """Confirm that the chosen passages refute their claims."""
        self._confirm(request, evidence, Stance.REFUTES)

    @admin.action(description=_("Confirm: discusses the claim"), permissions=["weigh"])
    def discusses(self, request: Request, evidence: QuerySet[Evidence]) -> None:
        """Confirm that the chosen passages discuss their claims."""
        self._confirm(request, evidence, Stance.DISCUSSES)

    @admin.action(description=_("Reject: unrelated to the claim"), permissions=["weigh"])
    def reject(self, request: Request, evidence: QuerySet[Evidence]) -> None:
        """Reject the chosen passages as evidence."""
        self.each(request, evidence, lambda item: weighing.reject(item, by=request.user))

    def _confirm(self, request: Request, evidence: QuerySet[Evidence], stance: Stance) -> None:
        self.each(request, evidence, lambda item: weighing.confirm(item, by=request.user, stance=stance))


@admin.register(Question)
class QuestionAdmin(RecordAdmin):
    words_of_others = {"text": ""}
    list_display = [words("text", label=_("question")), CLAIM, "asked_by", "asked_at"]
    list_filter = ["asked_at"]
    list_select_related = ["claim", "asked_by"]
    search_fields = ["word_index", "claim"]


@admin.register(Answer)
class AnswerAdmin(RecordAdmin):
    words_of_others = {"text": ""}
    list_display = [
        words("text", label=_("answer")),
        words("question", label=_("question")),
        "answered_by",
        "answered_at",
    ]
    list_filter = ["answered_at"]
    list_select_related = ["question", "answered_by"]
    search_fields = ["word_index", "question__word_index", "question__claim"]


@admin.register(Figure)
class FigureAdmin(AssertionAdmin):
    hidden = ("measure", "scope", "as_of")  # nothing fills them yet
    words_of_others = {"exact": "passage__language"}
    list_display = [
        words("exact", "passage__language", label=_("exact words")),
        "low",
        "high",
        "qualifier",
        CLAIM,
        *WHO,
    ]
    list_filter = ["qualifier", *AssertionAdmin.list_filter]
    followed = ("claim", "passage")
    search_fields = ["word_index", "claim"]


@admin.register(RatingScale)
class RatingScaleAdmin(RecordAdmin):
    """Rating scales: editors add one, or save a changed one as its next version. Published reports keep theirs."""

    form = RatingScaleForm
    editable = tuple(SCALE_FIELDS)
    list_display = ["name", "language", "version", "in_use", "made_by", "made_at"]
    list_filter = ["language", "in_use"]
    list_select_related = ["made_by"]
    search_fields = ["word_index"]
    actions = ["use_scale", "stop_using"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Say whether a person may add a scale."""
        return self.has_change_permission(request)

    def has_scales_permission(self, request: Request) -> bool:
        """Say whether a person may choose the scale in use."""
        return self.has_change_permission(request)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return the fields of the form; for people who may only look, the columns of the table."""
        if not self.has_change_permission(request, obj):
            return super().get_fields(request, obj)
        return [*SCALE_FIELDS, *self.get_readonly_fields(request, obj)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Return what is not in the form, which itself keeps the name and language of a scale; a new one has none."""
        return super().get_readonly_fields(request, obj) if obj or not self.has_change_permission(request) else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Return the fields; to editors of a scale with what saving does."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj and self.has_change_permission(request, obj):
            [(title, options)] = fieldsets
            return [(title, {**options, "description": SAVING})]
        return fieldsets

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> type[ModelForm]:
        """Return the form with a field for each rating, which Django would not find in the table."""
        return (
            RatingScaleForm
            if self.has_change_permission(request, obj)
            else super().get_form(request, obj, change=change, form=ModelForm, **kwargs)
        )

    def save_model(self, request: HttpRequest, obj: RatingScale, form: Any, change: bool) -> None:
        """Save the form as a new version, and continue with that version."""
        by: Any = request.user
        given = form.cleaned_data
        saved = rating_scales.save_scale(given["name"], given["language"], form.labels(), by=by)
        obj.pk, obj.version, obj.in_use = saved.pk, saved.version, saved.in_use

    @admin.action(description=_("Use for new reports"), permissions=["scales"])
    def use_scale(self, request: Request, scales: QuerySet[RatingScale]) -> None:
        """Have new reports use the chosen versions."""
        self.each(request, scales, lambda scale: rating_scales.use_scale(scale, by=request.user))

    @admin.action(description=_("Stop using"), permissions=["scales"])
    def stop_using(self, request: Request, scales: QuerySet[RatingScale]) -> None:
        """Have new reports use the names that come with the workbench."""
        self.each(request, scales, lambda scale: rating_scales.stop_using(scale, by=request.user))


@admin.register(RatingLabel)
class RatingLabelAdmin(RecordAdmin):
    list_display = ["label", "rating", "value", "scale"]
    list_filter = ["rating"]
    list_select_related = ["scale"]
    search_fields = ["word_index", "scale__word_index"]


@admin.register(Review)
class ReviewAdmin(RecordAdmin):
    """Reviews, as blind as on the pages: a person sees others' after submitting their own, or after the verdict."""

    words_of_others = {"reasoning": ""}
    list_display = [CLAIM, "round", "reviewer", "rating", "said", "submitted_at"]
    list_filter = ["rating", "said", "submitted_at"]
    list_select_related = ["claim", "reviewer"]
    search_fields = ["word_index", "claim", "reviewer__word_index"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the reviews this person may read."""
        user: Any = request.user
        return super().get_queryset(request).filter(pk__in=Review.objects.visible_to(user).values("pk"))


@admin.register(Decision)
class DecisionAdmin(RecordAdmin):
    words_of_others = {"summary": "", "what_would_change_it": ""}
    list_display = [CLAIM, "round", "rating", "said", "decided_by", "decided_at"]
    list_filter = ["rating", "said", "decided_at"]
    list_select_related = ["claim", "decided_by"]
    search_fields = ["word_index", "claim"]


@admin.register(Citation)
class CitationAdmin(RecordAdmin):
    list_display = ["decision", words("evidence", "evidence__passage__language", label=_("evidence"))]
    list_filter = ["decision__rating"]
    list_select_related = ["decision__claim", "evidence__passage"]
    search_fields = ["decision__word_index", "decision__claim", "evidence__passage"]


@admin.register(CommentRequest)
class CommentRequestAdmin(RecordAdmin):
    words_of_others = {"question": "", "answer": ""}
    list_display = ["to_whom", "channel", CLAIM, "sent_by", "sent_at", "answered_at"]
    list_filter = ["sent_at", "answered_at"]
    list_select_related = ["claim", "sent_by"]
    search_fields = ["word_index", "claim"]


@admin.register(Report)
class ReportAdmin(RecordAdmin):
    list_display = [
        "number",
        words("decision__claim", "decision__claim__language", label=_("claim")),
        "language",
        "frozen_by",
        "frozen_at",
    ]
    list_filter = ["language", "frozen_at"]
    list_select_related = ["decision__claim", "frozen_by"]
    search_fields = ["=number", "=sha256", "decision__claim"]


@admin.register(Correction)
class CorrectionAdmin(RecordAdmin):
    words_of_others = {"text": "report__language"}
    list_display = [
        "report",
        "kind",
        words("text", "report__language", label=_("text of the correction")),
        "made_by",
        "made_at",
    ]
    list_filter = ["kind", "made_at"]
    list_select_related = ["report", "made_by"]
    search_fields = ["word_index", "report__decision__claim"]


admin.site.register(ProposedReport, ProposedReportAdmin)
admin.site.register(ProposedCorrection, ProposedCorrectionAdmin)
admin.site.register(RuleWaiver, RuleWaiverAdmin)


@admin.register(Comparison)
class ComparisonAdmin(WorkAdmin):
    list_display = ["pk", "model", "due_at"]
