"""How the rows of the ground floor are sealed, or why they are not."""

from __future__ import annotations

from workbench.desk.seal_registry import FOUND_BY, PROPOSED, PROPOSED_AT, PROPOSING, QUEUE, Sealed, Unsealed
from workbench.desk.vocabulary import DeskVerb

PASSWORDS = (
    *(DeskVerb.ADDED_PERSON, DeskVerb.GAVE_PASSWORD_LINK, DeskVerb.CHOSE_PASSWORD, DeskVerb.CHANGED_OWN_PASSWORD),
    *(DeskVerb.GAVE_SAMPLE_PASSWORD, DeskVerb.HASHED_AGAIN),
)
BY_COMMAND = (
    *(DeskVerb.ADDED_PERSON, DeskVerb.GAVE_PASSWORD_LINK),
    *(DeskVerb.GAVE_SAMPLE_PASSWORD, DeskVerb.HASHED_AGAIN),
)
PERSON = ("username", "first_name", "last_name", "email", "role", "is_active", "is_staff", "is_superuser")
SEALS: dict[str, Sealed | Unsealed] = {
    "workbench.User": Sealed(
        (
            (
                *("id", "username", "first_name", "last_name", "email", "password", "role", "is_active", "is_staff"),
                *("is_superuser", "date_joined", "is_sample"),
            ),
        ),
        but={**FOUND_BY, "last_login": "changes with every sign-in"},
        in_acts=True,
        machine=BY_COMMAND,
        acted={
            **dict.fromkeys(PERSON, (DeskVerb.CHANGED_PERSON,)),
            "password": PASSWORDS,
        },
    ),
    "workbench.TwoStep": Sealed(
        (("id", "person_id", "key", "since", "recovery"),),
        but={"last_step": "changes with every sign-in"},
        acted={
            "key": (DeskVerb.TURNED_ON_TWO_STEP, DeskVerb.TURNED_OFF_TWO_STEP),
            "recovery": (DeskVerb.TURNED_ON_TWO_STEP, DeskVerb.TURNED_OFF_TWO_STEP, DeskVerb.USED_RECOVERY_CODE),
        },
    ),
    "workbench.Byline": Sealed(
        (("id", "person_id", "printed", "pen_name"),),
        in_acts=True,
        verbs=(DeskVerb.CHOSE_BYLINE,),
        acted=dict.fromkeys(("printed", "pen_name"), (DeskVerb.CHOSE_BYLINE,)),
    ),
    "workbench.DeskProfile": Sealed(
        (("id", "name", "contact", "time_zone", "languages", "names", "set_by_id", "set_at"),),
        times={"set_at": "set_by_id"},
        in_acts=True,
        verbs=(DeskVerb.SET_PROFILE,),
    ),
    "workbench.SignIn": Unsealed("says where somebody is signed in, and goes when the session ends"),
    "workbench.FourEyesPolicy": Sealed(
        (("id", "version", "by_reason", "reason", *PROPOSED),), times=PROPOSED_AT, in_acts=True, verbs=PROPOSING
    ),
    "workbench.RoleGrant": Sealed(
        (("id", "person_id", "role", *PROPOSED),), times=PROPOSED_AT, in_acts=True, verbs=PROPOSING
    ),
    "workbench.Witness": Sealed(
        (("id", "checkpoint_id", "kind", "holder", "noted_by_id", "noted_at"),),
        times={"noted_at": "noted_by_id"},
        in_acts=True,
        verbs=(DeskVerb.NOTED_WITNESS,),
    ),
    "workbench.SigningKey": Sealed(
        (("id", "public", "made_at", "before_id", "endorsement"),),
        in_acts=True,
        machine=(DeskVerb.NEW_SIGNING_KEY, DeskVerb.LOST_SIGNING_KEY),
    ),
    "workbench.Checkpoint": Unsealed("signed, and held against the log itself; what it covers it cannot be part of"),
    "workbench.LogLeaf": Unsealed("made of an entry, and bound by the signed checkpoints"),
    "workbench.LogNode": Unsealed("made of the leaves, and bound by the signed checkpoints"),
    "workbench.LogEntry": Unsealed("carries the seals, and its own hash chain holds it"),
    "workbench.LogHead": Unsealed("the end of a hash chain, checked with the chain"),
    "workbench.Seal": Unsealed("bound by the hash of the entry that carries it"),
    "workbench.Heartbeat": Unsealed("changes every few seconds, and nothing rests on it"),
    "workbench.DailySize": Unsealed("measured by the machine; nothing that is published rests on it"),
    **dict.fromkeys(
        (f"workbench.Notification{each}" for each in ("", "Choice", "Mail", "Mark")),
        Unsealed("tells people what the log has; nothing rests on it"),
    ),
    "workbench.Channel": Sealed(
        (
            (
                *("id", "name", "kind", "host", "locked_address", "locked_secret", "is_on", "is_own_network"),
                *("with_words", "language", "events", "made_at", "set_by_id", "set_at"),
            ),
        ),
        but=QUEUE,
        times={"made_at": "", "set_at": "set_by_id"},
        in_acts=True,
        verbs=(DeskVerb.SET_CHANNEL,),
    ),
    "workbench.ChannelMessage": Unsealed("tells a channel what the log has; nothing rests on it"),
    "workbench.WholeCheck": Unsealed("says what a check found; the check itself can be run again"),
    "workbench.Draft": Unsealed("not sent yet: what is sent from it is sealed"),
}
