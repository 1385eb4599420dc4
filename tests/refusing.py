"""Expect an activity to refuse, by the code of its refusal: the wording of messages may change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from workbench.desk.refusal import Refusal


@contextmanager
def refused(code: str, field: str | None = None) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """Fail unless the block raises a ``Refusal`` with this code, and with this field where one is given."""
    with pytest.raises(Refusal) as refusal:
        yield refusal
    assert refusal.value.code == code
    assert field in {None, refusal.value.field}


def codes(form) -> dict[str, list[str]]:
    """Return the codes of what is wrong with a form, by field; ``__all__`` is the form as a whole."""
    return {field: [error.code for error in errors] for field, errors in form.errors.as_data().items()}
