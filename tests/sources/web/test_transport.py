import dataclasses
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sources.web import client
from tests.sources.web.hostile import PAGE, Server, names_resolve_to


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Return the path of a self-signed certificate with its key, for paper.example."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "paper.example")])
    now = datetime.now(UTC)
    day = timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - day, now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("paper.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    kind = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = tmp_path_factory.mktemp("tls") / "paper.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *kind) + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.fixture
def secure(certificate, monkeypatch):
    names_resolve_to(monkeypatch, "127.0.0.1")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = Server(tls=context)
    yield server
    server.close()


def fetch(secure, host, **limits):
    limits = dataclasses.replace(client.LIMITS, seconds=2, **limits)
    return client.get(f"https://{host}:{secure.port}/chunked", allowed=secure.allowed, limits=limits)


def test_a_certificate_is_checked_by_name_and_the_bytes_kept_are_plain(secure, certificate):
    answer = fetch(secure, "paper.example", ca_bundle=str(certificate))

    assert answer.body == PAGE
    assert answer.response_head.startswith(b"HTTP/1.1 200 OK\r\n")


def test_the_certificate_that_was_shown_is_noted(secure, certificate):
    answer = fetch(secure, "paper.example", ca_bundle=str(certificate))

    shown = [x509.load_der_x509_certificate(one) for one in answer.exchanges[-1].certificates]
    assert shown == [x509.load_pem_x509_certificate(certificate.read_bytes())]


@pytest.mark.parametrize(("host", "trusted"), [("paper.example", False), ("other.example", True)])
def test_a_certificate_that_does_not_pass_ends_the_fetch(secure, certificate, host, trusted):
    with pytest.raises(client.Failed) as failed:
        fetch(secure, host, **({"ca_bundle": str(certificate)} if trusted else {}))

    assert failed.value.outcome == "tls"


def test_a_server_that_never_shakes_hands_is_left_in_time(monkeypatch):
    names_resolve_to(monkeypatch, "127.0.0.1")
    silent = Server(tls=None)

    with pytest.raises(client.Failed) as failed:
        fetch(silent, "paper.example")

    assert failed.value.outcome == "timeout"


def test_a_host_that_has_no_protocol_in_common_with_us_speaks_only_http2():
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]

    def refuse():
        connection, _peer = listener.accept()
        with connection:
            connection.recv(65_536)
            connection.sendall(b"\x15\x03\x03\x00\x02\x02\x78")  # a fatal alert: no_application_protocol

    threading.Thread(target=refuse, daemon=True).start()

    with pytest.raises(client.Failed) as failed:
        client.get(f"https://127.0.0.1:{port}/", allowed=frozenset({("127.0.0.1", port)}))

    assert failed.value.outcome == "http2_only"
    listener.close()
