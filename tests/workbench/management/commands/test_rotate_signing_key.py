import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.management import CommandError, call_command

from tests.refusing import refused
from workbench.desk import checkpointing, signing_key
from workbench.desk.anchors import SigningKey
from workbench.desk.models import LogEntry
from workbench.transparency import signed_note

pytestmark = pytest.mark.django_db

OTHER = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


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


@pytest.mark.parametrize("instead", ["nothing", "another"])
def test_a_lost_key_is_replaced_only_by_command_and_the_log_says_so(settings, tmp_path, instead):
    settings.SIGNING_KEY = tmp_path / "key.pem"
    lost = checkpointing.now().key.public
    settings.SIGNING_KEY.unlink()
    if instead == "another":
        settings.SIGNING_KEY.write_bytes(OTHER)
        settings.SIGNING_KEY.chmod(0o600)

    with refused("no_key") as refusal:
        checkpointing.now()
    assert "rotate_signing_key --lost" in str(refusal.value)
    with pytest.raises(CommandError, match="--lost"):
        call_command("rotate_signing_key")
    call_command("rotate_signing_key", "--lost")

    made = checkpointing.now()
    facts = json.loads(LogEntry.objects.get(verb="replaced a lost key").facts)
    assert facts == {"before": lost, "public": made.key.public}
    assert (settings.SIGNING_KEY.read_bytes() == OTHER) == (instead == "another")


def test_a_key_that_is_there_is_not_replaced_as_lost(settings, tmp_path):
    settings.SIGNING_KEY = tmp_path / "key.pem"
    with pytest.raises(CommandError, match="not lost"):
        call_command("rotate_signing_key", "--lost")
    checkpointing.now()

    with pytest.raises(CommandError, match="not lost"):
        call_command("rotate_signing_key", "--lost")
