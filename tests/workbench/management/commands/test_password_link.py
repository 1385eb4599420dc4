from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests import make

pytestmark = pytest.mark.django_db


def test_a_password_is_ended_on_the_command_line():
    bea = make.reporter(username="bea", password="the word before")
    out = StringIO()

    call_command("password_link", "bea", stdout=out)

    bea.refresh_from_db()
    assert ("/password/choose/" in out.getvalue(), bea.has_usable_password()) == (True, False)


@pytest.mark.parametrize("name", ["nobody", "ana"])
def test_who_has_no_account_or_a_closed_one_gets_no_link(name):
    make.reporter(username="ana", is_active=False)

    with pytest.raises(CommandError):
        call_command("password_link", name)
