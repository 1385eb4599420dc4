"""People for the desk of a benchmark; import it only where Django is set up."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from workbench.desk import actor
from workbench.desk.models import User
from workbench.desk.roles import Role


@transaction.atomic
def person(name: str, role: Role, **more: Any) -> User:
    """Return a new person of the desk, without a password."""
    actor.speak_for(None)
    made: User = User.objects.create_user(name, role=role, **more)
    return made
