"""Times and texts as plain values, as a report holds them."""

from __future__ import annotations

from datetime import UTC, datetime

from sources.language.detection import detect

SURE = 0.5  # score of the detected language below which a text goes without one


def moment(at: datetime | None) -> str | None:
    """Return a time in ISO 8601, UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def written(text: str, language: str = "") -> dict[str, str]:
    """Return a text with its language: as given, or as detected if that is fairly sure."""
    if text and not language:
        found, score = detect(text)
        language = found if score >= SURE else ""
    return {"text": text, "language": language}
