"""Sessions in the database, found by a query that is compiled once: every request of a signed-in person has one."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from workbench.desk.compiled_queries import CompiledQuery, moment


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
    return Session.objects.filter(session_key=key, expire_date__gt=moment(now)).order_by()
