"""What an activity must refuse: asserted by the code of the refusal, so that its words can be improved."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from workbench.desk.refusal import Refusal


@contextmanager
def refused(code: str, field: str | None = None) -> Iterator[pytest.ExceptionInfo[Refusal]]:
    """Expect a refusal with this code, and about this field of the form if one is named."""
    with pytest.raises(Refusal) as caught:
        yield caught
    assert caught.value.code == code
    assert field is None or caught.value.field == field


def codes(form) -> dict[str, list[str]]:
    """The codes of what is wrong with a form, by field; ``__all__`` for the form as a whole."""
    return {field: [error.code for error in errors] for field, errors in form.errors.as_data().items()}
