"""Client for a timestamp authority (RFC 3161): request a timestamp on a text, and check it."""

from __future__ import annotations

import hashlib
import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import (
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from sources.web.client import USER_AGENT, opened
from sources.web.operator import ask
from sources.web.outcomes import PASSING_STATUSES, Failed
from sources.web.transport import LIMITS

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"  # RFC 3161 section 3.4
HASHES = ("sha256", "sha384", "sha512")


class NotStamped(Exception):
    """The authority answered, but not with a valid timestamp. The message may be shown to a person."""


@dataclass(frozen=True)
class TimestampToken:
    """A timestamp: the answer of the authority as it came, the certificates to check it with, and its time."""

    answer: bytes
    certificates: str
    stamped_at: datetime


def stamp(text: str, url: str, roots: Path, *, agent: str = USER_AGENT) -> TimestampToken:
    """Get a timestamp on the UTF-8 bytes of a text, from an authority under one of the root certificates of a file.

    Raises ``NotStamped``, ``addresses.Refused``, ``Failed`` where the authority cannot be reached or has no time for
    us, and ``OSError`` where the file cannot be read.
    """
    trusted = x509.load_pem_x509_certificates(roots.read_bytes())
    query = TimestampRequestBuilder().data(text.encode()).build()
    answer = ask(url, body=query.as_bytes(), headers={"Content-Type": QUERY, "Accept": REPLY}, agent=agent)
    if answer.status in PASSING_STATUSES:
        raise Failed("connection", f"HTTP {answer.status}")
    if answer.status != 200:
        raise NotStamped(f"HTTP {answer.status}")
    data = opened(answer, LIMITS)
    reply = _checked(data, query, text, trusted)
    return TimestampToken(data, _chain(reply, trusted), reply.tst_info.gen_time)


def covers(answer: bytes, text: str) -> bool:
    """Return whether a timestamp is about the UTF-8 bytes of this text. This does not check who signed it."""
    try:
        imprint = decode_timestamp_response(answer).tst_info.message_imprint
    except ValueError:
        return False
    return imprint.message in {hashlib.new(name, text.encode()).digest() for name in HASHES}


def _checked(data: bytes, query: TimeStampRequest, text: str, trusted: list[x509.Certificate]) -> TimeStampResponse:
    """Return the timestamp on this text, in answer to this query, by a trusted authority."""
    try:
        reply = decode_timestamp_response(data)
        builder = VerifierBuilder.from_request(query)
        for root in trusted:
            builder = builder.add_root_certificate(root)
        builder.build().verify_message(reply, text.encode())
    except (VerificationError, ValueError) as error:
        raise NotStamped(str(error)) from error
    return reply


def _chain(reply: TimeStampResponse, trusted: list[x509.Certificate]) -> str:
    """Return the certificates of an answer with their root, as PEM, so that it can be checked years from now."""
    found = [x509.load_der_x509_certificate(one) for one in sorted(reply.signed_data.certificates)]
    issuers = {one.issuer for one in found}
    found += [root for root in trusted if root.subject in issuers and root not in found]
    return "".join(ssl.DER_cert_to_PEM_cert(one.public_bytes(Encoding.DER)) for one in found)
