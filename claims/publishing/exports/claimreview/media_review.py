"""The MediaReview in the ClaimReview data of a report (schema.org), where the claim is about a picture or recording.

What was done to the media (``mediaAuthenticityCategory``) is left out: no person at the desk chose one of its values.
"""

from __future__ import annotations

from typing import Any

KINDS = {"image": "ImageObject", "video": "VideoObject", "audio": "AudioObject"}

Facts = dict[str, Any]


def of(content: Facts) -> list[Facts]:
    """Return the MediaReview of a report's content, as ClaimReview names it; nothing where no appearance is media."""
    items = [found for each in content["appearances"] if (found := _item(each))]
    if not items:
        return []
    imprint = content["report"]
    review: Facts = {
        "@type": "MediaReview",
        "url": imprint["address"],
        "datePublished": imprint["frozen_at"][:10],
        "inLanguage": imprint["language"],
        "author": {"@type": "Organization", **imprint["desk"]},
        "itemReviewed": {"@type": "MediaReviewItem", "mediaItemAppearance": items},
    }
    return [review]


def _item(appearance: Facts) -> Facts | None:
    media = appearance.get("media")
    kind = KINDS.get(media["media_type"].partition("/")[0]) if media else None
    if media is None or kind is None:
        return None
    said = (appearance.get("brought") or {}).get("said_url") or ""
    url = next((each for each in (appearance["url"], said) if each.startswith(("http://", "https://"))), None)
    return {
        "@type": kind,
        "contentUrl": url,
        "encodingFormat": media["media_type"],
        "sha256": media["sha256"],
        "uploadDate": (appearance["appeared_at"] or "")[:10] or None,
    }
