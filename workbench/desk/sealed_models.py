"""How the rows of the ground floor are sealed, or why they are not."""

from __future__ import annotations

from workbench.desk.seal_registry import FOUND_BY, Sealed, Unsealed

SEALS: dict[str, Sealed | Unsealed] = {
    "workbench.User": Sealed(
        (
            (
                *("id", "username", "first_name", "last_name", "email", "password", "role", "is_active", "is_staff"),
                *("is_superuser", "date_joined"),
            ),
        ),
        but={**FOUND_BY, "last_login": "changes with every sign-in"},
    ),
    "workbench.LogEntry": Unsealed("carries the seals, and its own hash chain holds it"),
    "workbench.LogHead": Unsealed("the end of a hash chain, checked with the chain"),
    "workbench.Seal": Unsealed("bound by the hash of the entry that carries it"),
    "workbench.Heartbeat": Unsealed("changes every few seconds, and nothing rests on it"),
    "workbench.DailySize": Unsealed("measured by the machine; nothing that is published rests on it"),
    "workbench.Draft": Unsealed("not sent yet: what is sent from it is sealed"),
}
