import pytest
from django.core.management import CommandError, call_command

from workbench.desk import signing_key
from workbench.desk.anchors import SigningKey
from workbench.transparency import signed_note

pytestmark = pytest.mark.django_db


def test_it_prints_the_new_public_key(settings, tmp_path, capsys):
    settings.SIGNING_KEY = tmp_path / "key.pem"
    old = signing_key.public(signing_key.load())

    call_command("rotate_signing_key")

    new = SigningKey.objects.get(before__public=old)
    assert signed_note.public_key(capsys.readouterr().out) == new.data
    assert signing_key.public(signing_key.load()) == new.public


def test_it_says_why_the_old_key_cannot_be_used(settings, tmp_path):
    settings.SIGNING_KEY, settings.SIGNING_KEY_IS_OURS = tmp_path / "lost.pem", False

    with pytest.raises(CommandError, match="cannot be used"):
        call_command("rotate_signing_key")
    assert not SigningKey.objects.exists()
