"""Say what of the desk’s name, its public address and the names of its people is still a placeholder.

Reports print all three and never change. So nothing is published for readers until they are set. A desk with the sample
case publishes samples, which no reader is meant to see.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workbench.desk import desk_profile
from workbench.desk.byline import PrintedNames
from workbench.desk.declarations import Health
from workbench.desk.models import User
from workbench.desk.roles import EDITORS, REPORTERS, REVIEWERS
from workbench.desk.vocabulary import NamePrinted

# Names that nobody can own: RFC 2606, and RFC 6761 for localhost.
RESERVED = {"example", "test", "invalid", "localhost", "example.com", "example.net", "example.org"}
# Whole names, in small letters, that say what somebody does and not who they are.
NOBODY = {
    *("admin", "administrator", "editor", "reporter", "reviewer", "viewer", "user", "username", "superuser", "root"),
    *("test", "tester", "test user", "name", "first last", "first name last name", "john doe", "jane doe"),
    *("changeme", "todo", "tbd", "xxx"),
}
NAMED_IN_REPORTS = REPORTERS | REVIEWERS | EDITORS
MOST_NAMED = 10


def gaps_of_desk() -> list[str]:
    """Return in sentences what the desk’s name and address lack before readers may see them."""
    if settings.SAMPLE:
        return []
    name, url, found = desk_profile.name(), settings.DESK_URL, []
    if not name.strip() or name == settings.DESK_NAME_PLACEHOLDER:
        found.append(
            _(
                "The desk has no name, so reports would not say who publishes them. An administrator gives one under "
                "“Set up”."
            )
        )
    if not is_web_address(url):
        found.append(_("WORKBENCH_DESK_URL is no web address: “%(url)s”.") % {"url": url})
    elif _is_closed(_host(url)):
        text = _("WORKBENCH_DESK_URL is “%(url)s”. Readers cannot open this address. Set the one that they use.")
        found.append(text % {"url": url})
    return found


def gaps_of_people(people: Iterable[User]) -> list[str]:
    """Return in a sentence which of these people have no name that reports can print."""
    if settings.SAMPLE:
        return []
    printed = PrintedNames()
    named = [person for person in people if printed.how(person) == NamePrinted.FULL]
    names = sorted(person.username for person in named if not has_public_name(person))
    if not names:
        return []
    text = ngettext(
        "This person has no name for readers yet: %(names)s. An administrator sets first and last name under “People”.",
        "These people have no names for readers yet: %(names)s. An administrator sets first and last names under "
        "“People”.",
        len(names),
    )
    return [text % {"names": ", ".join([*names[:MOST_NAMED], *(["…"] if names[MOST_NAMED:] else [])])}]


def has_public_name(person: User) -> bool:
    """Say whether a person has a name of their own that reports can print; a user name alone is none."""
    name = " ".join(person.get_full_name().split()).lower()
    return any(letter.isalpha() for letter in name) and name not in NOBODY


def is_web_address(url: str) -> bool:
    """Say whether an address has a scheme of the web and a host, and no user name."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def health() -> Health:
    """Say what keeps this desk from publishing reports; it is no fault of the machine, so nothing depends on it."""
    staff = User.objects.filter(is_active=True, is_superuser=False, role__in=NAMED_IN_REPORTS).defer("word_index")
    found = [*gaps_of_desk(), *gaps_of_people(staff)]
    if not found:
        return Health(ok=None, figures={"gaps": 0})
    problem = " ".join([_("Reports cannot be published for readers yet."), *found])
    return Health(ok=None, figures={"gaps": len(found)}, problem=problem)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")


def _is_closed(host: str) -> bool:
    """Whether no reader can reach a host: this machine itself, or a name that is only an example."""
    try:
        address = ip_address(host)
    except ValueError:
        return any(host == name or host.endswith(f".{name}") for name in RESERVED)
    return address.is_loopback or address.is_unspecified or address.is_link_local
