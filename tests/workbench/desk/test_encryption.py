"""Encrypting what is secret in a row: one key a purpose, and a former secret key still reads."""

import pytest

from workbench.desk import encryption


@pytest.mark.parametrize("text", ["", "JBSWY3DPEHPK3PXP", "مفتاح سري", "x" * 10_000])
def test_what_is_locked_comes_back_and_cannot_be_read(text):
    locked = encryption.lock(text, "keys")

    assert encryption.unlock(locked, "keys") == text
    assert not text or text not in locked


def test_what_is_locked_for_one_purpose_cannot_take_the_place_of_another():
    with pytest.raises(encryption.NotUnlocked):
        encryption.unlock(encryption.lock("secret", "keys"), "passwords")


@pytest.mark.parametrize("locked", ["", "nonsense", "حلب", "gAAAAABl"])
def test_what_nobody_locked_is_unreadable(locked):
    with pytest.raises(encryption.NotUnlocked):
        encryption.unlock(locked, "keys")


def test_a_former_secret_key_still_reads_and_an_unknown_one_does_not(settings):
    settings.SECRET_KEY = "the first one"
    locked = encryption.lock("secret", "keys")

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the second one", ["the first one"]
    assert encryption.unlock(locked, "keys") == "secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(encryption.NotUnlocked):
        encryption.unlock(locked, "keys")
