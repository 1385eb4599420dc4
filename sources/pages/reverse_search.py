"""Links to services that search for a picture elsewhere; nothing is sent until a person follows one."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from sources.models import Document


@dataclass(frozen=True)
class ReverseSearch:
    """A service, and where it searches for a picture by its address, or where a person can upload it."""

    name: str
    url: str


# What each service takes: the address of a picture behind the first, an upload by hand at the second.
SERVICES = (
    ("Google Lens", "https://lens.google.com/uploadbyurl?url=", "https://images.google.com/"),
    ("Yandex", "https://yandex.com/images/search?rpt=imageview&url=", "https://yandex.com/images/"),
    ("TinEye", "https://tineye.com/search?url=", "https://tineye.com/"),
    (
        "Bing",
        "https://www.bing.com/images/search?view=detailv2&iss=sbi&q=imgurl:",
        "https://www.bing.com/visualsearch",
    ),
)


def links(document: Document) -> list[ReverseSearch]:
    """Return the services for a picture: by its address where it has a public one."""
    if document.is_web:
        return [ReverseSearch(name, f"{by_url}{quote(document.url, safe='')}") for name, by_url, _upload in SERVICES]
    return [ReverseSearch(name, upload) for name, _by_url, upload in SERVICES]
