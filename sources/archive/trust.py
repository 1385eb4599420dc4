"""Check certificates, signatures and timestamps (RFC 3161) for the verifier, with only Python's standard library."""

from __future__ import annotations

import base64
import hashlib
import re
import textwrap
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

Part = tuple[int, bytes, bytes]  # of DER (X.690): tag, content, the whole as it is encoded
Point = tuple[int, int] | None

HASHES = {
    "2b0e03021a": "sha1",
    "608648016503040201": "sha256",
    "608648016503040202": "sha384",
    "608648016503040203": "sha512",
}
HASH_OF = {  # RSA with the padding of RFC 8017 section 8.2, and ECDSA (RFC 5758)
    "2a864886f70d010105": "sha1",
    "2a864886f70d01010b": "sha256",
    "2a864886f70d01010c": "sha384",
    "2a864886f70d01010d": "sha512",
    "2a8648ce3d040302": "sha256",
    "2a8648ce3d040303": "sha384",
    "2a8648ce3d040304": "sha512",
}
RSA_KEY = "2a864886f70d010101"
SIGNED_DATA, TIMESTAMP = "2a864886f70d010702", "2a864886f70d0109100104"  # RFC 5652, RFC 3161 section 2.4.2
MESSAGE_DIGEST = "2a864886f70d010904"  # RFC 5652 section 11.2
FOR_TIMESTAMPS = bytes.fromhex("2b06010505070308")  # RFC 3161 section 2.3
AUTHORITY = re.compile(rb"\x55\x1d\x13(?:\x01\x01\xff)?\x04.\x30.\x01\x01\xff", re.DOTALL)  # RFC 5280 section 4.2.1.9
SKEW = timedelta(minutes=10)  # between what a signer says and when it was stamped (WACZ signing, section 2)
SAID = {"hash", "created", "software", "version", "signature"}
ANONYMOUS = SAID | {"publicKey"}
OF_DOMAIN = SAID | {"domain", "domainCert", "timeSignature", "timestampCert", "crossSignedCert"}

# Where Debian, Fedora, Alpine and macOS keep the roots that they trust.
ROOTS = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")

# Prime, order and generator of the curves of SEC 2; for all of them a = -3.
CURVES = {
    "2a8648ce3d030107": (
        2**256 - 2**224 + 2**192 + 2**96 - 1,
        0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
        0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
        0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
    ),
    "2b81040022": (
        2**384 - 2**128 - 2**96 + 2**32 - 1,
        0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
        0xAA87CA22BE8B05378EB1C71EF320AD746E1D3B628BA79B9859F741E082542A385502F25DBF55296C3A545E3872760AB7,
        0x3617DE4A96262C6F5D9E98BF9292DC29F8F41DBD289A147CE9DA3113B5F0B8C00A60B1CE1D7E819D7A431D7C90EA0E5F,
    ),
    "2b81040023": (
        2**521 - 1,
        2**521 - 0x5AE79787C40D069948033FEB708F65A2FC44A36477663B851449048E16EC79BF7,
        int(
            "C6858E06B70404E9CD9E3ECB662395B4429C648139053FB521F828AF606B4D3DBAA14B5E77EFE75928FE1DC127A2FFA8DE3348B3C1856A"
            "429BF97E7E31C2E5BD66",
            16,
        ),
        int(
            "11839296A789A3BC0045C8A5FB42C7D1BD998F54449579B446817AFBD17273E662C97EE72995EF42640C550B9013FAD0761353C7086A272"
            "C24088BE94769FD16650",
            16,
        ),
    ),
}


class Broken(Exception):
    """A check failed; the message says which, as a key of the texts that can be shown."""


@dataclass(frozen=True)
class Certificate:
    """What is needed of a certificate (RFC 5280 section 4.1)."""

    raw: bytes
    serial: bytes
    signed: bytes
    method: str
    signature: bytes
    issuer: bytes
    subject: bytes
    begins: str
    ends: str
    key: bytes
    extensions: bytes

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 by which people name a certificate."""
        return hashlib.sha256(self.raw).hexdigest()


def parts(data: bytes) -> list[Part]:
    """Return the DER values in some bytes, in their order."""
    found, at = [], 0
    while at < len(data):
        start, size = at + 2, data[at + 1]
        if size & 0x80:
            start += size & 0x7F
            size = int.from_bytes(data[at + 2 : start], "big")
        if start + size > len(data):
            raise Broken("not readable")
        found.append((data[at], data[start : start + size], data[at : start + size]))
        at = start + size
    return found


def inside(data: bytes) -> list[Part]:
    """Return the content of the first DER value in some bytes."""
    return parts(parts(data)[0][1])


def certificates(pem: str) -> list[Certificate]:
    """Return the certificates of a text, in its order."""
    blocks = re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", pem, re.DOTALL)
    return [certificate(base64.b64decode("".join(block.splitlines()[1:-1]))) for block in blocks]


def pem(data: bytes) -> str:
    """Return a certificate as text (RFC 7468)."""
    lines = textwrap.wrap(base64.b64encode(data).decode(), 64)
    return "\n".join(["-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""])


def certificate(data: bytes) -> Certificate:
    """Read a certificate."""
    body, method, signature = inside(data)
    fields = parts(body[1])
    if fields[0][0] == 0xA0:  # the version, which may be left out
        fields = fields[1:]
    serial, _method, issuer, validity, subject, key = fields[:6]
    begins, ends = (_time(one) for one in parts(validity[1]))
    name = parts(method[1])[0][1].hex()
    rest = b"".join(one[2] for one in fields[6:])
    return Certificate(
        data, serial[2], body[2], name, signature[1][1:], issuer[2], subject[2], begins, ends, key[2], rest
    )


def vouched(first: Certificate, others: list[Certificate], at: str) -> list[Certificate]:
    """Return the chain from a certificate to the last known one that vouches for it; each was valid at that time."""
    way = [first]
    while True:
        last = way[-1]
        if not last.begins <= at <= last.ends:
            raise Broken("signature does not hold")
        if last.subject == last.issuer:
            if not holds(last.key, last.method, "", last.signed, last.signature):
                raise Broken("signature does not hold")
            return way
        above = (
            one for one in others if one.subject == last.issuer and one not in way and AUTHORITY.search(one.extensions)
        )
        above = (one for one in above if holds(one.key, last.method, "", last.signed, last.signature))
        found = next((one for one in above if one not in way), None)
        if found is None:
            return way
        way.append(found)


def stamp(answer: bytes, message: bytes, known: list[Certificate]) -> tuple[str, list[Certificate]]:
    """Return when an authority stamped a message (RFC 3161), as YYYYMMDDhhmmss in UTC, and who vouches for it.

    The last certificate vouches for itself: a person must say whether to trust it. Raises ``Broken``.
    """
    try:
        return _stamp(answer, message, known)
    except (IndexError, ValueError, KeyError, TypeError) as error:
        raise Broken("not readable") from error


def signed(said: dict[str, Any], digest: str, created: str) -> None:
    """Check the signature of a package (WACZ signing 0.1.0). Raises ``Broken`` where it does not hold."""
    if said.get("hash") != digest or said.get("created") != created or not said.keys() <= (ANONYMOUS | OF_DOMAIN):
        raise Broken("signature does not hold")
    try:
        key = base64.b64decode(said["publicKey"]) if "publicKey" in said else _key_of_domain(said)
        held = holds(key, "2a8648ce3d040302", "", digest.encode(), base64.b64decode(said["signature"]))
    except (KeyError, ValueError, IndexError, TypeError) as error:
        raise Broken("signature does not hold") from error
    if not held:
        raise Broken("signature does not hold")


def holds(key: bytes, method: str, hashed: str, data: bytes, signature: bytes) -> bool:
    """Return whether a signature over some bytes was made with a public key; ``hashed`` names the hash where the method
    does not.
    """
    about, bits = inside(key)
    kind = parts(about[1])
    name = HASH_OF.get(method, hashed)
    if not name:
        return False
    digest = hashlib.new(name, data).digest()
    if kind[0][1].hex() == RSA_KEY:
        return _rsa_holds(bits[1][1:], name, digest, signature)
    curve = CURVES.get(kind[1][1].hex())
    return curve is not None and _ecdsa_holds(curve, bits[1][1:], digest, signature)


def _stamp(answer: bytes, message: bytes, known: list[Certificate]) -> tuple[str, list[Certificate]]:
    content = inside(answer)
    if content[0][0] == 0x30:  # a whole response: its status comes before the token
        if int.from_bytes(parts(content[0][1])[0][1], "big") > 1:
            raise Broken("signature does not hold")
        content = parts(content[1][1])
    fields = inside(content[1][1])
    told = inside(parts(fields[2][1])[1][2])[0][1]
    enclosed = [certificate(one[2]) for field in fields if field[0] == 0xA0 for one in parts(field[1])]
    kinds = content[0][1].hex(), parts(fields[2][1])[0][1].hex()
    if kinds != (SIGNED_DATA, TIMESTAMP) or (known and not {one.raw for one in enclosed} <= {one.raw for one in known}):
        raise Broken("signature does not hold")
    info = inside(told)
    method, imprint = parts(info[2][1])
    if hashlib.new(HASHES[parts(method[1])[0][1].hex()], message).digest() != imprint[1]:
        raise Broken("hashes consistent, but the stamp does not cover this")
    at = _time(info[4])
    return at, _signers(inside(fields[-1][1]), told, [*enclosed, *known], at)


def _signers(signer: list[Part], told: bytes, known: list[Certificate], at: str) -> list[Certificate]:
    """Return who vouches for the signer of a token (RFC 5652 section 5.4)."""
    _version, who, hashed, attributes, method, signature = signer[:6]
    name = HASHES[parts(hashed[1])[0][1].hex()]
    said = {inside(one[2])[0][1].hex(): inside(one[2])[1][1] for one in parts(attributes[1])}
    data = b"\x31" + attributes[2][1:]
    way = parts(method[1])[0][1].hex()
    if parts(said[MESSAGE_DIGEST])[0][1] != hashlib.new(name, told).digest():
        raise Broken("signature does not hold")
    for one in known:
        if who[0] == 0x30 and who[1] != one.issuer + one.serial:
            continue
        named = any(hashlib.new(each, one.raw).digest() in data for each in HASHES.values())  # RFC 5816, RFC 5035
        if named and FOR_TIMESTAMPS in one.extensions and holds(one.key, way, name, data, signature[1]):
            found = vouched(one, known, at)
            if found[-1].subject == found[-1].issuer:
                return found
    raise Broken("signature does not hold")


def _key_of_domain(said: dict[str, Any]) -> bytes:
    """Return the key of a domain that signed, if a root vouches for it that this machine trusts, and it was stamped."""
    chain = certificates(said["domainCert"])
    stamps = certificates(said["timestampCert"])
    at, _way = stamp(base64.b64decode(said["timeSignature"]), said["signature"].encode(), stamps)
    created = datetime.strptime(said["created"], "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007 -- both are UTC
    stamped = datetime.strptime(at, "%Y%m%d%H%M%S")  # noqa: DTZ007
    domain = said["domain"].encode()
    named = b"\x82" + bytes([len(domain)]) + domain in chain[0].extensions  # RFC 5280 section 4.2.1.6
    if abs(stamped - created) > SKEW or not named:
        raise Broken("signature does not hold")
    way = vouched(chain[0], [*chain[1:], *certificates(said.get("crossSignedCert") or "")], at)
    if not {one.key for one in way} & trusted():
        raise Broken("signed by nobody this machine trusts")
    return chain[0].key


@cache
def trusted() -> frozenset[bytes]:
    """Return the public keys of the roots that this machine trusts for web sites."""
    files = [Path(place) for place in ROOTS if Path(place).is_file()]
    return frozenset(one.key for file in files for one in certificates(file.read_text(errors="replace")))


def _time(part: Part) -> str:
    """Return a UTCTime or GeneralizedTime as YYYYMMDDhhmmss, which sorts as it should."""
    text = part[1].decode("ascii")
    if part[0] == 0x17:
        text = ("20" if text < "50" else "19") + text
    return text[:14]


def _rsa_holds(key: bytes, name: str, digest: bytes, signature: bytes) -> bool:
    """Check a signature of the older padding (RFC 8017 section 8.2.2)."""
    modulus, exponent = (int.from_bytes(one[1], "big") for one in inside(key))
    size = (modulus.bit_length() + 7) // 8
    oid = bytes.fromhex(next(code for code, each in HASHES.items() if each == name))
    method = b"\x06" + bytes([len(oid)]) + oid + b"\x05\x00"
    told = b"\x30" + bytes([len(method)]) + method + b"\x04" + bytes([len(digest)]) + digest
    told = b"\x30" + bytes([len(told)]) + told
    padded = b"\x00\x01" + b"\xff" * (size - 3 - len(told)) + b"\x00" + told
    return pow(int.from_bytes(signature, "big"), exponent, modulus).to_bytes(size, "big") == padded


def _ecdsa_holds(curve: tuple[int, int, int, int], key: bytes, digest: bytes, signature: bytes) -> bool:
    """Check a signature over a curve (SEC 1 section 4.1.4), its numbers in DER or one after the other."""
    prime, order, x, y = curve
    half = (order.bit_length() + 7) // 8
    if len(signature) == 2 * half:
        r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    else:
        r, s = (int.from_bytes(one[1], "big") for one in inside(signature))
    if key[0] != 4 or not 0 < r < order or not 0 < s < order:
        return False
    point = int.from_bytes(key[1 : 1 + half], "big"), int.from_bytes(key[1 + half :], "big")
    number = int.from_bytes(digest[:half], "big")
    inverse = pow(s, -1, order)
    left = _times(number * inverse % order, (x, y), prime)
    found = _plus(left, _times(r * inverse % order, point, prime), prime)
    return found is not None and found[0] % order == r


def _plus(one: Point, other: Point, prime: int) -> Point:
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        if (one[1] + other[1]) % prime == 0:
            return None
        slope = (3 * one[0] * one[0] - 3) * pow(2 * one[1], -1, prime) % prime
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, prime) % prime
    x = (slope * slope - one[0] - other[0]) % prime
    return x, (slope * (one[0] - x) - one[1]) % prime


def _times(number: int, point: Point, prime: int) -> Point:
    total: Point = None
    while number:
        if number & 1:
            total = _plus(total, point, prime)
        point, number = _plus(point, point, prime), number >> 1
    return total
