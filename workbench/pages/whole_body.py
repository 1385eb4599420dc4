"""The body of a request: one that ends early is an error, and never a shorter form or half a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


class WholeBody:
    """The body of a request, which has to be as long as its header says: web servers give a shorter one as its end."""

    def __init__(self, stream: Any, length: int) -> None:
        self._stream, self._left = stream, length

    def read(self, size: int = -1) -> bytes:
        """Return up to so many bytes. Raises ``OSError`` where the body ended early."""
        return self._checked(self._stream.read, size)

    def readline(self, size: int = -1) -> bytes:
        """Return a line, as ``read`` does."""
        return self._checked(self._stream.readline, size)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines."""
        return iter(self.readline, b"")

    def _checked(self, read: Callable[[int], bytes], size: int) -> bytes:
        piece = read(size)
        self._left -= len(piece)
        if not piece and size and self._left > 0:
            raise OSError("The body of this request ended too early.")
        return piece


def whole(application: WSGIApplication) -> WSGIApplication:
    """Return a WSGI application for which a body that ends early is an error (``WholeBody``)."""

    def checked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH", "")
        if length.isdigit():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(length))
        return application(environ, start_response)

    return checked
