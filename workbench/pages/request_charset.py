"""The character set of a request: only UTF-8 reaches Django, which fails on an unknown charset."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.utils.http import parse_header_parameters

UNREADABLE = "workbench.unreadable"  # in the environment of a request: its character set is not ours
CHARSET = re.compile(r""";\s*charset\s*=\s*("[^"]*"|[^;]*)""", re.IGNORECASE)


def readable(application: WSGIApplication) -> WSGIApplication:
    """Return a WSGI application that Django never gets an unknown character set from: it would fail on the request.

    Browsers send UTF-8. Anything else would be read wrongly, or by a codec that is none for texts: such a request goes
    on without its content type, for ``ReadableMiddleware`` to refuse.
    """

    def checked(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        kind = environ.get("CONTENT_TYPE", "")
        if _is_utf8(kind):
            environ["CONTENT_TYPE"] = CHARSET.sub("", kind)  # Django knows UTF-8 by one name alone
        else:
            environ["CONTENT_TYPE"], environ[UNREADABLE] = "", True
        return application(environ, start_response)

    return checked


def _is_utf8(kind: str) -> bool:
    """Say whether a content type names no character set, or UTF-8 by any of its names, or ASCII, a part of it."""
    try:
        named = parse_header_parameters(kind)[1].get("charset", "utf-8")
        return codecs.lookup(named).name in {"utf-8", "ascii"}
    except (LookupError, ValueError):  # ValueError: a null character, or a parameter that breaks RFC 2231
        return False
