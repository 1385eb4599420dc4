import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def test_nobody_chooses_the_password_of_another_on_the_command_line():
    with pytest.raises(CommandError, match="password_link"):
        call_command("changepassword")
