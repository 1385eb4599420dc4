"""Check signatures of Ed25519 (RFC 8032), for the verifier, with only Python's standard library.

It checks and never signs: a signature that is made in Python would tell its secret by the time that it takes.
"""

from __future__ import annotations

import hashlib

Extended = tuple[int, int, int, int]  # a point: X, Y, Z and T, with x = X/Z, y = Y/Z and x·y = T/Z

FIELD = 2**255 - 19
GROUP = 2**252 + 27742317777372353535851937790883648493  # the order of the base point
CURVE = -121665 * pow(121666, -1, FIELD) % FIELD
ROOT_OF_MINUS_ONE = pow(2, (FIELD - 1) // 4, FIELD)
NEUTRAL: Extended = (0, 1, 1, 0)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether a signature over a message was made with the private half of a public key."""
    key, nonce = point(public), point(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if len(public) != 32 or len(signature) != 64 or key is None or nonce is None or number >= GROUP:
        return False
    if _equal(_scaled(8, key), NEUTRAL):  # one of the few points that "sign" anything
        return False
    told = hashlib.sha512(signature[:32] + public + message).digest()
    factor = int.from_bytes(told, "little") % GROUP
    return _equal(_scaled(number, BASE), _sum(nonce, _scaled(factor, key)))


def point(data: bytes) -> Extended | None:
    """Return the point that 32 bytes stand for; None where they stand for none (RFC 8032 section 5.1.3)."""
    if len(data) != 32:
        return None
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (1 << 255) - 1
    x = _x_of(y, sign) if y < FIELD else None
    return None if x is None else (x, y, 1, x * y % FIELD)


def _x_of(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, FIELD) % FIELD
    if square == 0:
        return None if sign else 0
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * ROOT_OF_MINUS_ONE % FIELD
    if (x * x - square) % FIELD:
        return None
    return FIELD - x if x & 1 != sign else x


def _sum(one: Extended, other: Extended) -> Extended:
    a = (one[1] - one[0]) * (other[1] - other[0]) % FIELD
    b = (one[1] + one[0]) * (other[1] + other[0]) % FIELD
    c = 2 * one[3] * other[3] * CURVE % FIELD
    d = 2 * one[2] * other[2] % FIELD
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


def _scaled(number: int, one: Extended) -> Extended:
    total = NEUTRAL
    while number:
        if number & 1:
            total = _sum(total, one)
        one, number = _sum(one, one), number >> 1
    return total


def _equal(one: Extended, other: Extended) -> bool:
    return (one[0] * other[2] - other[0] * one[2]) % FIELD == 0 == (one[1] * other[2] - other[1] * one[2]) % FIELD


_BASE_Y = 4 * pow(5, -1, FIELD) % FIELD
_BASE_X = _x_of(_BASE_Y, 0) or 0
BASE: Extended = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % FIELD)
