"""Claims that only named people see."""

from claims.intake import restricting
from claims.models import Claim
from tests import make
from workbench.desk.models import User


def restricted_claim(text: str = "Zyxwort was paid.", *, by: User | None = None) -> Claim:
    """Return a claim that only the person sees who logged it; the first person to be named is this one."""
    author = by or make.reporter()
    made = make.claim(text, logged_by=author)
    restricting.name(made, author, by=author)
    return made
