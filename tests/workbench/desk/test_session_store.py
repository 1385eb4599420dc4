from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from workbench.desk.session_store import SessionStore

pytestmark = pytest.mark.django_db


def test_a_session_is_found_by_its_key_until_it_runs_out(django_assert_num_queries):
    session = SessionStore()
    session["who"] = "Remi"
    session.create()

    with django_assert_num_queries(1):
        assert SessionStore(session.session_key)["who"] == "Remi"
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    late = SessionStore(session.session_key)

    assert ("who" in late, late.session_key) == (False, None)
    assert "who" not in SessionStore("of-nobody-here")
