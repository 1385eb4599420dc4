"""Keep the document of bytes that a person gives, a file or a text; what others keep to themselves is never theirs."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from sources.models import Document
from workbench.desk import hidden_rows
from workbench.desk.models import User

RANDOM = 8  # bytes in the name of a document; enough that nobody guesses another one


@transaction.atomic
def document_of(sha256: str, *, by: User, **columns: Any) -> tuple[Document, bool]:
    """Return the document of some bytes, and whether it is new: the one that this person sees already, or their own.

    Where others keep the same bytes to themselves, this person gets a document as if nobody had: under the name that
    they give, with captures, texts and a log of its own. The document is named by the hash (RFC 6920), and each name
    ends with a random parameter, so that it does not tell whether there is another one.
    """
    name = f"ni:///sha-256;{sha256}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
    with hidden_rows.read_by(lambda: by.pk):
        named = Q(url=name) | Q(url__startswith=f"{name}?")
        known: Document | None = Document.objects.filter(named).order_by("pk").first()
    if known is not None:
        return known, False
    url = f"{name}?n={secrets.token_hex(RANDOM)}"
    return Document.objects.create(url=url, host="", due_at=None, asked_by=by, **columns), True
