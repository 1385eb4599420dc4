import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests import make
from workbench.desk.models import LogEntry, User

pytestmark = pytest.mark.django_db


def printed(*arguments):
    out = StringIO()
    call_command("create_person", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_account_is_made_on_the_command_line_and_gets_a_link(client):
    link = re.search(r"http\S+?(/password/choose/\S+)", printed("bea", "--role=admin"))

    assert client.get(link[1], follow=True).context["validlink"]
    assert (User.objects.get().role, LogEntry.objects.first().actor_name) == ("admin", "machine")


@pytest.mark.parametrize("arguments", [["a b", "--role=admin"], ["bea", "--role=viewer"], ["ana"]])
def test_an_account_that_cannot_be_made_is_refused(arguments):
    make.reporter(username="bea")

    with pytest.raises(CommandError):
        printed(*arguments)
