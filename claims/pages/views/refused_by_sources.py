"""Turn what activities of sources raise into refusals, until they raise ``Refusal`` themselves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sources.capturing.fetching import NotAsked
from sources.capturing.preserving import NotKept
from sources.proving.evidence_package import NotExported
from workbench.desk.refusal import Refusal

FIELDS = {NotAsked: "url", NotKept: "pasted", NotExported: ""}


@contextmanager
def refusals() -> Iterator[None]:
    """Raise ``Refusal`` in place of the exceptions of sources, at the field each is about."""
    try:
        yield
    except (NotAsked, NotKept, NotExported) as reason:
        raise Refusal(str(reason), "refused_by_sources", field=FIELDS[type(reason)]) from reason
