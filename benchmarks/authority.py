"""An authority for timestamps (RFC 3161) on loopback: a root, a signer, and `openssl ts` behind HTTP."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

OPENSSL = shutil.which("openssl")

# OpenSSL runs in the folder of these files. It would misread the path of a folder with a quotation mark in its name.
# Without `certs`: OpenSSL then writes them in an order that strict readers of DER refuse.
CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[signer]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
crypto_device = builtin
signer_cert = signer.pem
signer_key = signer.key
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_digest = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_alg = sha256
"""


@dataclass
class Authority:
    """Where an authority answers and how, its root certificates, and the queries it has received."""

    folder: Path
    url: str = ""
    ill: str = ""  # a fault to show: refuse, overrun, babble, replay
    asked: list[bytes] = field(default_factory=list)
    given: list[bytes] = field(default_factory=list)

    @property
    def root(self) -> Path:
        """Return the file with the root certificates to trust."""
        return self.folder / "root.pem"

    def answer(self, query: bytes) -> tuple[int, bytes]:
        """Return status and body of an answer to a query."""
        self.asked.append(query)
        if self.ill == "refuse":
            return 403, b"not you"
        if self.ill == "overrun":
            return 503, b"try later"
        if self.ill == "babble":
            return 200, b"<html>It works!</html>"
        if self.ill == "replay":
            return 200, self.given[0]
        (self.folder / "query").write_bytes(query)
        _openssl(self.folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "reply")
        self.given.append((self.folder / "reply").read_bytes())
        return 200, self.given[-1]


@contextlib.contextmanager
def opened(folder: Path, *, key: str = "P-256") -> Iterator[Authority]:
    """Serve a new authority with keys of a kind, RSA or a curve such as P-256, and its files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "serial").write_text("01\n")
    make_keys(folder, key)
    authority = Authority(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(authority))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    authority.url = f"http://127.0.0.1:{server.server_port}/tsr"
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()


def make_keys(folder: Path, key: str) -> None:
    """Make a self-signed root, and a signer with a certificate from this root."""
    for name in ("root", "signer"):
        (folder / f"{name}.cnf").write_text(CONFIG.format(name=f"Test {name}"))
        kind = ("RSA", "rsa_keygen_bits:2048") if key == "RSA" else ("EC", f"ec_paramgen_curve:{key}")
        _openssl(folder, "genpkey", "-algorithm", kind[0], "-pkeyopt", kind[1], "-out", f"{name}.key")
    shutil.copy(folder / "root.cnf", folder / "tsa.cnf")
    begun = ["req", "-new", "-config", "root.cnf", "-key", "root.key", "-x509", "-days", "3650", "-extensions", "root"]
    _openssl(folder, *begun, "-out", "root.pem")
    _openssl(folder, "req", "-new", "-config", "signer.cnf", "-key", "signer.key", "-out", "signer.csr")
    signed = ["x509", "-req", "-in", "signer.csr", "-CA", "root.pem", "-CAkey", "root.key", "-days", "3000"]
    extended = ["-set_serial", "2", "-extfile", "signer.cnf", "-extensions", "signer"]
    _openssl(folder, *signed, *extended, "-out", "signer.pem")


def stamped(folder: Path, text: str) -> bytes:
    """Return an authority’s answer for a text, without HTTP."""
    (folder / "text").write_text(text)
    _openssl(folder, "ts", "-query", "-data", "text", "-sha256", "-cert", "-no_nonce", "-out", "query")
    _openssl(folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "reply")
    return (folder / "reply").read_bytes()


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run([OPENSSL or "openssl", *arguments], cwd=folder, check=True, capture_output=True)


def _handler(authority: Authority) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Answer a query."""
            status, body = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""
            return

    return Handler
