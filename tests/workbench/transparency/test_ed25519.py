import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from workbench.transparency import ed25519

# RFC 8032 section 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize("vector", VECTORS)
def test_the_signatures_of_the_rfc_hold(vector):
    key, message, signature = map(bytes.fromhex, vector)

    assert ed25519.is_signed(key, message, signature)
    assert not ed25519.is_signed(key, message + b"x", signature)


def test_it_agrees_with_the_library_about_signatures_and_about_each_changed_byte():
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    key, message = private.public_key().public_bytes_raw(), b"desk.example.org/log\n12\n"
    signature = private.sign(message)
    changed = [bytes([*signature[:n], signature[n] ^ 1, *signature[n + 1 :]]) for n in range(0, 64, 7)]

    assert ed25519.is_signed(key, message, signature)
    assert not any(ed25519.is_signed(key, message, each) for each in changed)
    assert not ed25519.is_signed(private.sign(key)[:32], message, signature)


def test_a_signature_that_only_looks_different_is_refused():
    key, message, signature = map(bytes.fromhex, VECTORS[1])
    number = int.from_bytes(signature[32:], "little") + ed25519.GROUP
    other = signature[:32] + number.to_bytes(32, "little")

    assert not ed25519.is_signed(key, message, other)


@pytest.mark.parametrize(
    "key",
    [b"", b"\xff" * 32, (ed25519.FIELD + 1).to_bytes(32, "little"), b"\x02" + bytes(31), b"\x01" + bytes(30) + b"\x80"],
)
def test_what_is_no_point_of_the_curve_is_no_key(key):
    assert ed25519.point(key) is None
    assert not ed25519.is_signed(key, b"", bytes(64))


@pytest.mark.parametrize("key", [b"\x01" + bytes(31), bytes(32), bytes(31) + b"\x80", b"\xec" + b"\xff" * 30 + b"\x7f"])
def test_a_key_that_signs_everything_is_refused(key):
    assert ed25519.point(key) is not None
    assert not any(ed25519.is_signed(key, bytes([number]), key + bytes(32)) for number in range(16))
