from datetime import UTC, datetime

from sources.web import pending_redirects
from sources.web.transport import Exchange

OCTETS = bytes(range(256))


def test_what_was_passed_comes_back_to_the_octet():
    at = datetime(2026, 11, 22, 17, 0, 0, 123456, tzinfo=UTC)
    headers = [("Location", "/caf\u00c3\u00a9"), ("Set-Cookie", "a"), ("Set-Cookie", "b")]
    hop = Exchange("http://a.example/", 302, headers, OCTETS, OCTETS, OCTETS, b"", "1.1.1.1", at, 0.25, True, (OCTETS,))

    assert pending_redirects.loads(pending_redirects.dumps([hop, hop])) == [hop, hop]
