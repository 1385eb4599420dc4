"""Sessions in the database, found by a query that is compiled once: every request of a signed-in person has one."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import DateTimeField, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from workbench.desk.compiled_queries import CompiledQuery


class SessionStore(db.SessionStore):
    """Keeps sessions as Django does."""

    def _get_session_from_db(self) -> Session | None:
        session: Session | None = _open.first(self.session_key or "", timezone.now().isoformat())
        if session is None:
            self._session_key = None
        return session


@CompiledQuery
def _open(key: str, now: str) -> QuerySet[Session]:
    """The session with a key, if it has not run out."""
    moment = Cast(Value(now, output_field=TextField()), DateTimeField())
    return Session.objects.filter(session_key=key, expire_date__gt=moment).order_by()
