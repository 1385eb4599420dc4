"""The words of the desk: what people may do, and the verbs of the log."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workbench.desk.roles import ADMINS, EDITORS, EVERYBODY, REVIEWERS, Act, Role


class Verb(models.TextChoices):
    """What somebody did, as the log keeps it. Each app declares its own.

    An entry keeps the value, in English, because its hash covers it: a value never changes, its label may.
    """


class TwoPeopleRule(models.TextChoices):
    """What takes two people (four eyes). Each app declares its own rules; a desk's policy says how strict they are."""


class DeskRule(TwoPeopleRule):
    ROLE = "role", _("Giving somebody a role takes a second person.")
    POLICY = "policy", _("Changing this policy takes a second person.")


class ProposalState(models.TextChoices):
    """What became of a proposal that takes two people."""

    PROPOSED = "proposed", _("Waits for a second person")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    TAKEN_BACK = "taken_back", _("Taken back")
    ALONE = "alone", _("Done by one person, with a reason")


class NotificationEvent(models.TextChoices):
    """What people can be told of. Each app declares its own."""


class DeskEvent(NotificationEvent):
    TO_SECOND = "to_second", _("Something waits for a second person")
    ANSWERED = "answered", _("Your proposal was answered")


class ChannelEvent(models.TextChoices):
    """What a channel can be told of: only what everybody at the desk may read. Each app declares its own."""


class DeskChannelEvent(ChannelEvent):
    TEST = "test", _("A test message")


class ChannelKind(models.TextChoices):
    """What takes the messages of a channel; the names of programs are the same in every language."""

    WEBHOOK = "webhook", _("Signed webhook (Standard Webhooks)")
    SLACK = "slack", "Slack"
    MATTERMOST = "mattermost", "Mattermost"
    TEAMS = "teams", "Microsoft Teams (Workflows)"
    DISCORD = "discord", "Discord"


class MessageOutcome(models.TextChoices):
    """What became of a message to a channel."""

    PENDING = "pending", _("Waits to be sent")
    SENT = "sent", _("Sent")
    LEFT_OUT = "left_out", _("Left out: not for everybody any more")
    REFUSED = "refused", _("Refused by the server")


class NotificationWay(models.TextChoices):
    """How somebody wants to be told of an event."""

    NOT = "not", _("Not at all")
    HERE = "here", _("Here")
    AT_ONCE = "at_once", _("Here, and by mail at once")
    DAILY = "daily", _("Here, and by mail once a day")


class NamePrinted(models.TextChoices):
    """How reports name a person."""

    FULL = "full", _("full name")
    PEN = "pen", _("pen name")
    ROLE = "role", _("role and number, such as “Reviewer 1”")


class DeskAct(Act):
    READ = "read", _("read claims, evidence and sources")
    RETRY_WORK = "retry_work", _("retry failed work")
    READ_LOG = "read_log", _("read the whole log and check its hash chain")
    MAKE_CHECKPOINT = "make_checkpoint", _("make a checkpoint of the log")
    NOTE_WITNESS = "note_witness", _("note who holds a checkpoint of the log")
    USE_ADMIN = "use_admin", _("open the administration")
    MANAGE_PEOPLE = "manage_people", _("create and disable accounts and assign roles")
    SET_UP = "set_up", _("set up the desk: its name, contact, time zone and languages")
    MANAGE_STORAGE = "manage_storage", _("see sizes and growth, and decide how long texts are kept")
    SET_CHANNELS = "set_channels", _("set up the channels that the desk tells of its work")
    SET_POLICY = "set_policy", _("propose which acts take two people")
    AGREE_TO_POLICY = "agree_to_policy", _("agree to a change of the four-eyes policy")
    AGREE_TO_ROLE = "agree_to_role", _("agree to a role that somebody is to have")


ACTS: dict[Act, frozenset[Role]] = {
    DeskAct.READ: EVERYBODY,
    DeskAct.RETRY_WORK: REVIEWERS | ADMINS,
    DeskAct.READ_LOG: EDITORS | ADMINS,
    DeskAct.MAKE_CHECKPOINT: ADMINS,
    DeskAct.NOTE_WITNESS: EDITORS | ADMINS,
    DeskAct.USE_ADMIN: REVIEWERS | ADMINS,
    DeskAct.MANAGE_PEOPLE: ADMINS,
    DeskAct.SET_UP: ADMINS,
    DeskAct.MANAGE_STORAGE: ADMINS,
    DeskAct.SET_CHANNELS: ADMINS,
    DeskAct.SET_POLICY: EDITORS,
    DeskAct.AGREE_TO_POLICY: REVIEWERS | ADMINS,
    DeskAct.AGREE_TO_ROLE: EDITORS | ADMINS,
}


class DeskVerb(Verb):
    """What people do with accounts, failed work, checkpoints of the log, and proposals that take two people."""

    ACTED_ALONE = "did alone what takes two people", pgettext_lazy("log", "did alone what takes two people")
    AGREED = "agreed as the second person", pgettext_lazy("log", "agreed as the second person")
    DECLINED = "declined as the second person", pgettext_lazy("log", "declined as the second person")
    PROPOSED = "proposed to a second person", pgettext_lazy("log", "made a proposal to a second person")
    TOOK_BACK = "took back a proposal", pgettext_lazy("log", "took back their proposal")
    ADDED_PERSON = "added a person", pgettext_lazy("log", "created an account")
    CHANGED_PERSON = "changed a person", pgettext_lazy("log", "changed an account")
    HASHED_AGAIN = "hashed a password again", pgettext_lazy("log", "saved a password with a stronger hash")
    GAVE_SAMPLE_PASSWORD = "gave a sample password", pgettext_lazy("log", "set a sample password")
    CHANGED_OWN_PASSWORD = "changed their password", pgettext_lazy("log", "changed their password")
    NEW_SIGNING_KEY = "began to sign with a key", pgettext_lazy("log", "began to sign with a new key")
    LOST_SIGNING_KEY = (
        "replaced a lost key",
        pgettext_lazy("log", "replaced the lost signing key"),
    )
    CHOSE_BYLINE = "chose a byline", pgettext_lazy("log", "chose how reports name them")
    ENDED_SESSIONS = "ended sessions", pgettext_lazy("log", "ended their sessions")
    SET_PROFILE = "set what the desk says of itself", pgettext_lazy("log", "set name and contact of the desk")
    NOTED_WITNESS = "noted a witness", pgettext_lazy("log", "noted who holds a checkpoint")
    RETRIED = "retried", pgettext_lazy("log", "retried failed work")
    GAVE_PASSWORD_LINK = "gave a link for a password", pgettext_lazy("log", "gave a link to choose a password")
    SET_CHANNEL = "set up a channel", pgettext_lazy("log", "set up a channel")
    TESTED_CHANNEL = "tested a channel", pgettext_lazy("log", "sent a test to a channel")
    TURNED_ON_TWO_STEP = "turned on two-step sign-in", pgettext_lazy("log", "turned on two-step sign-in")
    TURNED_OFF_TWO_STEP = "turned off two-step sign-in", pgettext_lazy("log", "turned off two-step sign-in")
    USED_RECOVERY_CODE = "used a recovery code", pgettext_lazy("log", "signed in with a recovery code")
    CHOSE_PASSWORD = "chose a password", pgettext_lazy("log", "chose a password with their link")
    # Entries of earlier versions, in which administrators set the passwords of others.
    SET_PASSWORD = "set a password", pgettext_lazy("log", "set a password")
    SEALED_ROWS = "sealed rows", pgettext_lazy("log", "sealed rows that were written without an act")
    SEALED_EXISTING = "sealed existing rows", pgettext_lazy("log", "sealed rows that were there before")
    REMOVED_PASSWORD = "took the password away", pgettext_lazy("log", "removed a password")
