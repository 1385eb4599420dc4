"""The log of the ground floor: the names and forms of the facts that its entries keep, and how it tells its rows."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from workbench.desk import declarations
from workbench.desk.anchors import WitnessKind
from workbench.desk.fact_forms import Called, Codes, Keys, LogFact, Plain, RowWords
from workbench.desk.roles import Role
from workbench.desk.vocabulary import ChannelKind, DeskVerb, NamePrinted

_RULES = Codes(all_of=declarations.two_people_rules)

LOG_FACTS: dict[str, LogFact] = {
    "after": LogFact(pgettext_lazy("log", "after"), Plain.WORDS),
    "before": LogFact(pgettext_lazy("log", "before"), Plain.WORDS),
    "by_reason": LogFact(pgettext_lazy("log", "rules that a reason waives"), _RULES),
    "proposal": LogFact(
        pgettext_lazy("log", "proposal"),
        Plain.NUMBER,
        {"foureyespolicy": Keys("foureyespolicy"), "user": Keys("rolegrant")},
    ),
    "rules": LogFact(pgettext_lazy("log", "rules waived"), _RULES),
    "version": LogFact(pgettext_lazy("log", "version"), Plain.NUMBER),
    "why": LogFact(pgettext_lazy("log", "reason for the change"), Plain.WORDS),
    "events": LogFact(pgettext_lazy("log", "told of"), Codes(all_of=declarations.channel_events)),
    "expires_at": LogFact(pgettext_lazy("log", "expires at"), Plain.DATE),
    "email": LogFact(pgettext_lazy("log", "email address"), Plain.WORDS),
    "first_name": LogFact(pgettext_lazy("log", "first name"), Plain.WORDS),
    "holder": LogFact(pgettext_lazy("log", "held by"), Plain.WORDS),
    "is_active": LogFact(pgettext_lazy("log", "account open"), Plain.YES_OR_NO),
    "is_staff": LogFact(pgettext_lazy("log", "may open the administration"), Plain.YES_OR_NO),
    "is_superuser": LogFact(pgettext_lazy("log", "may do everything in the administration"), Plain.YES_OR_NO),
    "kind": LogFact(
        pgettext_lazy("log", "kind"),
        Plain.WORDS,
        {
            DeskVerb.NOTED_WITNESS: Codes([WitnessKind]),
            DeskVerb.SEALED_EXISTING: Plain.ROWS_OF,
            DeskVerb.SET_CHANNEL: Codes([ChannelKind]),
        },
    ),
    "contact": LogFact(pgettext_lazy("log", "contact"), Plain.WORDS),
    "languages": LogFact(pgettext_lazy("log", "languages"), Plain.LANGUAGE),
    "last_name": LogFact(pgettext_lazy("log", "last name"), Plain.WORDS),
    "name": LogFact(pgettext_lazy("log", "name"), Plain.WORDS),
    "names": LogFact(pgettext_lazy("log", "names in reports"), Codes([NamePrinted])),
    "pen_name": LogFact(pgettext_lazy("log", "pen name"), Plain.WORDS),
    "printed": LogFact(pgettext_lazy("log", "named in reports"), Codes([NamePrinted])),
    "time_zone": LogFact(pgettext_lazy("log", "time zone"), Plain.WORDS),
    "left": LogFact(pgettext_lazy("log", "recovery codes left"), Plain.NUMBER),
    "line": LogFact(pgettext_lazy("log", "checkpoint"), Plain.WORDS),
    "public": LogFact(pgettext_lazy("log", "public key"), Plain.WORDS),
    "first_key": LogFact(pgettext_lazy("log", "first key"), Plain.WORDS),
    "is_on": LogFact(pgettext_lazy("log", "in use"), Plain.YES_OR_NO),
    "language": LogFact(pgettext_lazy("log", "language"), Plain.LANGUAGE),
    "last_key": LogFact(pgettext_lazy("log", "last key"), Plain.WORDS),
    "own_network": LogFact(pgettext_lazy("log", "own network"), Plain.YES_OR_NO),
    "secret_changed": LogFact(pgettext_lazy("log", "secret changed"), Plain.YES_OR_NO),
    "with_words": LogFact(pgettext_lazy("log", "with the words of claims"), Plain.YES_OR_NO),
    "role": LogFact(pgettext_lazy("log", "role"), Codes([Role])),
    "rows": LogFact(pgettext_lazy("log", "rows"), Plain.NUMBER),
    "tries": LogFact(pgettext_lazy("log", "tries"), Plain.NUMBER),
    "trouble": LogFact(pgettext_lazy("log", "problem"), Plain.PROBLEM),
    "username": LogFact(pgettext_lazy("log", "user name"), Plain.WORDS),
}

LOG_ROWS: dict[str, RowWords] = {
    "channel": RowWords(),
    "deskprofile": RowWords(),
    "foureyespolicy": RowWords(called=Called.BY_WORDS),
    "rolegrant": RowWords(lambda grant: grant.get_role_display()),
    "user": RowWords(called=Called.BY_WORDS),
}
