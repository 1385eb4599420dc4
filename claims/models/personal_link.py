"""Personal links: questions that somebody without an account answers once, by a link that ends."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models.claim import Claim
from claims.models.evidence import Evidence
from claims.models.outside_vocabulary import LinkKind, LinkState
from claims.models.review import CommentRequest
from sources.models import Document
from workbench.desk.guards import append_only, frozen
from workbench.desk.models import User

TOKEN_BYTES = 32  # nobody guesses 256 bits, however often they try


def new_token() -> str:
    """Return the part of a link that nobody can guess; only its hash is kept."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    """Return the hash by which a link is found."""
    return hashlib.sha256(token.encode()).hexdigest()


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def with_token(self, token: str) -> PersonalLink | None:
        """Return the link with this token; None where there is none."""
        wanted = hash_of(token)
        found = self.filter(token_sha256=wanted).select_related("comment").first()
        return found if found is not None and hmac.compare_digest(found.token_sha256, wanted) else None

    def for_claim_page(self, claim: int) -> models.QuerySet[PersonalLink]:
        """Links of a claim, the oldest first, each with what its page names."""
        return self.filter(claim=claim).select_related("comment", "asked_by", "withdrawn_by", "document", "file")


class PersonalLink(models.Model):
    """A question with chosen passages that one person answers by a link; the answer is added once.

    ``document`` is the answer as it is kept, ``file`` what came with it.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="personal_links", verbose_name=_("claim"))
    kind = models.CharField(_("asked for"), max_length=10, choices=LinkKind)
    to_whom = models.CharField(_("sent to"), max_length=200)
    question = models.TextField(_("question"))
    language = models.CharField(_("language of the page"), max_length=8)
    due_on = models.DateField(_("answer due on"))
    evidence: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        Evidence, related_name="+", verbose_name=_("passages shown")
    )
    comment: models.OneToOneField[Any, Any] = models.OneToOneField(
        CommentRequest, models.PROTECT, null=True, related_name="link", verbose_name=_("request for comment")
    )
    token_sha256 = models.CharField("SHA-256", max_length=64, unique=True, editable=False)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answer as it is kept")
    )
    file = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("file that came with it")
    )
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("withdrawn by")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="link_kind_known"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, document=None, file=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, document__isnull=False, withdrawn_at=None)),
                name="link_answered_with_its_date",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None)
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="link_withdrawn_by_a_person",
            ),
        ]
        triggers = [
            *append_only(updates=True),
            frozen(
                *("claim_id", "kind", "to_whom", "question", "language", "due_on", "comment_id", "token_sha256"),
                *("asked_by_id", "asked_at"),
            ),
            frozen(
                *("answer", "answered_at", "document_id", "file_id", "withdrawn_by_id", "withdrawn_at"),
                once="OLD.answered_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL",
                name="link_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return self.to_whom

    def get_absolute_url(self) -> str:
        """Return where its desk sees it."""
        return f"{self.claim.get_absolute_url()}#link-{self.pk}"

    @property
    def ends_at(self) -> datetime:
        """When the link ends: with its day, in the time zone of the page that asks: that of the desk."""
        return timezone.make_aware(datetime.combine(self.due_on + timedelta(days=1), time.min))

    @property
    def state(self) -> LinkState:
        """How far it has come."""
        if self.answered_at is not None:
            return LinkState.ANSWERED
        if self.withdrawn_at is not None:
            return LinkState.WITHDRAWN
        if self.comment is not None and self.comment.answered_at is not None:
            return LinkState.ELSEWHERE
        return LinkState.LATE if timezone.now() >= self.ends_at else LinkState.ASKED
