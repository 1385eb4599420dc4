"""Load the sample data to try the workbench: people, the invented press, and a first claim about an invented war."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from time import monotonic, sleep

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims.intake import recording
from claims.intake.recording import Link, Proposition, Sighting
from claims.models import Claim
from claims.models.vocabulary import ClaimType, Directness, Modality
from sources.gathering import polling
from sources.models import Feed, Source, SourceDomain, SourceName, Standing
from sources.models.vocabulary import Reliability, SourceKind, SourceVerb
from workbench.desk import audit
from workbench.desk.models import User
from workbench.desk.roles import Role
from workbench.desk.vocabulary import DeskVerb
from workbench.sample import outlets
from workbench.sample.outlets import Outlet

PEOPLE = {
    "viewer": ("Vera", "Lind", Role.VIEWER),
    "reporter": ("Remi", "Aubert", Role.REPORTER),
    "reviewer": ("Rana", "Haddad", Role.REVIEWER),
    "reviewer2": ("Deniz", "Aksoy", Role.REVIEWER),
    "editor": ("Edith", "Moreau", Role.EDITOR),
    "admin": ("Adam", "Novak", Role.ADMIN),
}
USERS_FILE = "sample-users.txt"
PATIENCE = 15  # seconds for the press to write down its ports


class DatabaseInUse(Exception):
    """Real people work with this database: the sample data must not be loaded into it."""


def load() -> None:
    """Load the missing parts of the sample data: people, outlets with their feeds, a claim.

    Raises ``DatabaseInUse``, and ``TimeoutError`` when the sample press does not start.
    """
    people = load_people(settings.VAR)
    addresses = _addresses()
    with transaction.atomic():
        for outlet in outlets.outlets():
            load_outlet(outlet, addresses[outlet.slug], by=people["editor"])
    if not Claim.objects.exists():
        log_lead(addresses, by=people["reporter"])


@transaction.atomic
def load_people(folder: Path) -> dict[str, User]:
    """Create the sample people, with passwords made for this installation and kept in its data folder."""
    path = folder / USERS_FILE
    passwords = _passwords(path)
    people = {}
    for name, (first, last, role) in PEOPLE.items():
        user, _new = User.objects.get_or_create(
            username=name, defaults={"first_name": first, "last_name": last, "role": role, "is_sample": True}
        )
        if not user.is_sample:
            raise DatabaseInUse(
                f"A person called {name} works here already. Start without the sample case: --no-sample"
            )
        if not user.check_password(passwords[name]):
            user.set_password(passwords[name])
            user.save(update_fields=["password"])
            audit.record(None, DeskVerb.GAVE_SAMPLE_PASSWORD, user)
        people[name] = user
    _write(path, "".join(f"{name} {passwords[name]} {PEOPLE[name][2]}\n" for name in PEOPLE))
    return people


def load_outlet(outlet: Outlet, address: str, *, by: User) -> Source:
    """Add an outlet of the invented press as a source, with its names, its domain and its feed."""
    source, new = Source.objects.get_or_create(
        name=outlet.name,
        defaults={
            "kind": SourceKind(outlet.kind),
            "language": outlet.language,
            "description": outlet.description,
            "added_by": by,
        },
    )
    if new:
        for language, name in outlet.names.items():
            SourceName.objects.create(source=source, name=name, language=language)
        Standing.objects.create(
            source=source,
            reliability=Reliability.F,
            reason="Invented for the sample case: nothing it says is so.",
            interests=outlet.notes,
            stated_by=by,
        )
        audit.record(by, SourceVerb.ADDED_SOURCE, source, name=source.name)
    host = address.removeprefix("http://")
    _domain, is_new = SourceDomain.objects.get_or_create(host=host, defaults={"source": source})
    if is_new:
        audit.record(by, SourceVerb.ADDED_DOMAIN, source, host=host)
    if not Feed.objects.filter(url=address + outlet.feed).exists():
        polling.add_feed(source, address + outlet.feed, by=by)
    return source


def log_lead(addresses: dict[str, str], *, by: User) -> Claim:
    """Log the claim that the sample case follows, as the invented lead article makes it."""
    lead = outlets.lead()
    if lead.claim is None:
        raise LookupError("The lead article of the sample press makes no claim.")
    chain = [
        Link(
            named_as=link.source or "",
            kind=SourceKind(link.kind.replace("described ", "")),
            modality=Modality(link.modality),
            directness=Directness(link.directness.replace(" ", "_")),
            verb=link.verb or "",
        )
        for link in lead.claim.attribution
    ]
    return recording.log_claim(
        Proposition(
            text=lead.claim.text,
            language=lead.language,
            type=ClaimType(lead.claim.type),
            short_text=lead.claim.short_text,
        ),
        Sighting(
            quote=lead.claim.quote,
            url=addresses[lead.outlet] + lead.path,
            appeared_at=lead.published_at(timezone.now()),
            chain=chain,
        ),
        by=by,
    )


def _addresses() -> dict[str, str]:
    """Return where the sample press is served. It starts at the same time as this, so wait for its addresses."""
    ends = monotonic() + PATIENCE
    while not (addresses := outlets.press_addresses(settings.PRESS_FILE)):
        if monotonic() > ends:
            raise TimeoutError(f"The sample press has not said where it is ({settings.PRESS_FILE}).")
        sleep(0.1)
    return addresses


def _passwords(path: Path) -> dict[str, str]:
    kept = dict(line.split()[:2] for line in path.read_text().splitlines()) if path.exists() else {}
    return {name: kept.get(name) or secrets.token_urlsafe(9) for name in PEOPLE}


def _write(path: Path, text: str) -> None:
    """Write a file that only its owner may read, in full or not at all."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(path)
