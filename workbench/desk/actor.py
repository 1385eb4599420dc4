"""For whom a transaction speaks. The database refuses an entry of the log in the name of anybody else.

In a request that is the signed-in person. Elsewhere (commands, the sample case) the activity says who acts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils.translation import gettext as _

from workbench.desk import actor_proof
from workbench.desk.models import User
from workbench.desk.roles import NotPermitted

_signed_in: ContextVar[Callable[[], int | None] | None] = ContextVar("signed_in", default=None)


@contextmanager
def signed_in(key: Callable[[], int | None]) -> Iterator[None]:
    """Let only the person with this key act while a request is answered; it is asked for when somebody acts."""
    token = _signed_in.set(key)
    try:
        yield
    finally:
        _signed_in.reset(token)


def refuse_others(person: User) -> None:
    """Raise ``NotPermitted`` where somebody else is signed in than the person who is said to act."""
    key = _signed_in.get()
    signed = key() if key is not None else None
    if signed is not None and signed != person.pk:
        raise NotPermitted(_("You cannot act in the name of another person."))


def speak_for(person: User | None) -> None:
    """Have the rest of the transaction speak for a person, or for the machine where there is none."""
    actor_proof.speak(actor_proof.MACHINE if person is None else str(person.pk))
