"""Say whether this kernel confines the processes that parse hostile files: no network, no other files."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 -- Django's name
from django.utils.translation import gettext as _

from sources.formats import confinement
from workbench.desk.declarations import Health


def health() -> Health:
    """Say what this kernel cannot refuse to a program that parses files; the desk works all the same."""
    lacks = confinement.missing()
    return Health(ok=None, figures={"lacks": lacks}, problem=" ".join(_told(each) for each in lacks))


def _told(lack: str) -> str:
    if lack == confinement.NETWORK:
        return _(
            "This system cannot take network and writing away from programs that parse files (seccomp). A hostile file "
            "that takes one over could use both."
        )
    return _(
        "This system cannot keep programs that parse files from reading other files (Landlock, Linux 5.13). A hostile "
        "file that takes one over could read the keys of this desk."
    )


@register(Tags.security, deploy=True)
def parsers_are_confined(**_: Any) -> list[CheckMessage]:
    """A hostile file may take over the program that parses it: what that program can do then is up to the kernel."""
    names = {confinement.NETWORK: "seccomp: no network, no writing", confinement.READING: "Landlock: no other files"}
    hint = "Use Linux 5.13 or later on x86-64 or 64-bit ARM; in a container, allow these system calls."
    return [
        Warning(f"Programs that parse files are not confined by {names[lack]}.", hint=hint, id="sources.W001")
        for lack in confinement.missing()
    ]


HEALTH_CHECKS = {"parsers": health}
