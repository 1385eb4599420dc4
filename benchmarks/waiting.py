"""Log claims one after the other as a person does, and wait for the first right suggestion of each."""

from __future__ import annotations

import json
import os
import sys
import time
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workbench.settings")
django.setup()

from benchmarks import synthetic  # noqa: E402
from claims.intake import recording  # noqa: E402
from claims.intake.recording import Proposition, Sighting  # noqa: E402
from claims.models import Claim  # noqa: E402
from workbench.desk.models import User  # noqa: E402

LONGEST = 60.0  # seconds
LOOK = 0.05  # seconds


def waited(passages: int, number: int) -> list[float | None]:
    """Return the seconds until each claim had a right suggestion; None where it had none in time."""
    by = User.objects.order_by("pk")[0]
    found: list[float | None] = []
    for language, text in synthetic.claims(number, synthetic.topics_of(passages), seed=time.time_ns() % 2**32):
        claim = recording.log_claim(Proposition(text=text, language=language), Sighting(), by=by, form_key=uuid4())
        found.append(_first(claim, synthetic.topic_of(text)))
    return found


def _first(claim: Claim, topic: int | None) -> float | None:
    began = time.monotonic()
    while (took := time.monotonic() - began) < LONGEST:
        texts = claim.evidence.values_list("passage__exact", flat=True)
        if topic in map(synthetic.topic_of, texts):
            return round(took, 2)
        time.sleep(LOOK)
    return None


if __name__ == "__main__":
    print(json.dumps(waited(*map(int, sys.argv[1:]))))
