"""The vocabulary of personal links and of channels: what a link asks for, and which events the desk posts."""

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
    """The state of a personal link. The workbench does not record whether somebody opened it."""

    ASKED = "asked", _("Waits for an answer")
    ANSWERED = "answered", _("Answered")
    ELSEWHERE = "elsewhere", _("Answered in another way")
    LATE = "late", _("Ended without an answer")
    WITHDRAWN = "withdrawn", pgettext_lazy("personal link", "Withdrawn")


class ClaimChannelEvent(ChannelEvent):
    """The events that the desk posts to channels. Everybody at the desk reads them on its pages; none is a finding."""

    LOGGED = "logged", _("A claim was logged")
    TO_REVIEW = "sent_to_review", _("A claim was sent to reviewers")
    DECIDED = "verdict", _("A claim has a verdict")
    PUBLISHED = "report", _("A report is published")
    CORRECTED = "correction", _("A report is corrected")
    ANSWERED = "answer", _("Somebody answered a question of the desk")
