"""The vocabulary of what goes out of the desk and comes back: personal links, and what channels are told of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workbench.desk.vocabulary import ChannelEvent


class LinkKind(models.TextChoices):
    """What somebody is asked for by a personal link."""

    COMMENT = "comment", _("Comment, of somebody the claim concerns")
    ADVICE = "advice", _("Advice, of somebody who knows the subject")


class LinkState(models.TextChoices):
    """How far a personal link has come. Whether it was opened, nobody is told."""

    ASKED = "asked", _("Waits for an answer")
    ANSWERED = "answered", _("Answered")
    ELSEWHERE = "elsewhere", _("Answered in another way")
    LATE = "late", _("Ended without an answer")
    WITHDRAWN = "withdrawn", pgettext_lazy("personal link", "Withdrawn")


class ClaimChannelEvent(ChannelEvent):
    """What channels are told of: each of it stands on pages that everybody at the desk reads, and no finding does."""

    LOGGED = "logged", _("A claim was logged")
    TO_REVIEW = "sent_to_review", _("A claim was sent to reviewers")
    DECIDED = "verdict", _("A claim has a verdict")
    PUBLISHED = "report", _("A report is published")
    CORRECTED = "correction", _("A report is corrected")
    ANSWERED = "answer", _("Somebody answered a question of the desk")
