"""Set up two-step sign-in, check its codes at sign-in, and turn it off."""

from __future__ import annotations

import hashlib
import secrets
import time

import pyotp
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workbench.desk import audit, desk_profile, encryption
from workbench.desk.models import User
from workbench.desk.refusal import Refusal
from workbench.desk.two_step import TwoStep
from workbench.desk.vocabulary import DeskVerb

PURPOSE = "keys of two-step sign-in"
STEP = 30  # seconds for which a code is shown (RFC 6238, section 4.1)
SKEW = 1  # steps by which the clock of a phone may be wrong (RFC 6238, section 5.2)
RECOVERY_CODES = 10
RECOVERY_BYTES = 8  # of chance in a recovery code; nobody can try so many


def is_on(person: User) -> bool:
    """Return whether this person signs in with a code."""
    return TwoStep.objects.filter(person=person).exclude(key="").exists()


def is_required(person: User) -> bool:
    """Return whether the desk asks people with this role to sign in with a code."""
    return "admin" in settings.TWO_STEP_ROLES if person.is_superuser else person.role in settings.TWO_STEP_ROLES


def new_key() -> str:
    """Return a new key in base32, as authenticator apps take it."""
    return pyotp.random_base32()


def address_for_app(person: User, key: str) -> str:
    """Return the address that a QR code hands to an authenticator app: who, and at which desk."""
    return pyotp.TOTP(key, interval=STEP).provisioning_uri(name=person.username, issuer_name=desk_profile.name())


@transaction.atomic
def turn_on(person: User, key: str, code: str) -> list[str]:
    """Have sign-in ask for codes of a key from now on, and return new recovery codes, which are shown once.

    Raises ``Refusal`` (field ``code``) where the code is not one of the key: the app has not got it then.
    """
    step = _step_of(key, code)
    if step is None:
        text = _("This is not the code that your app should show now. Check the clock of your phone, and try again.")
        raise Refusal(text, "wrong_code", field="code")
    row, _new = TwoStep.objects.select_for_update().get_or_create(person=person)
    codes = [_recovery_code() for _number in range(RECOVERY_CODES)]
    row.key, row.since, row.last_step = encryption.lock(key, PURPOSE), timezone.now(), step
    row.recovery = [_hash(each) for each in codes]
    row.save()
    audit.record(person, DeskVerb.TURNED_ON_TWO_STEP, person)
    return codes


@transaction.atomic
def turn_off(person: User, *, by: User | None) -> None:
    """Have sign-in ask for the password alone. ``by`` is the person, or None for the command line.

    Raises ``Refusal`` where it is off already.
    """
    row = TwoStep.objects.select_for_update().filter(person=person).exclude(key="").first()
    if row is None:
        raise Refusal(_("Two-step sign-in is off already."), "off")
    row.key, row.since, row.recovery = "", None, []
    row.save()
    audit.record(by, DeskVerb.TURNED_OFF_TWO_STEP, person)


@transaction.atomic
def accept(person: User, code: str) -> bool:
    """Return whether a code lets this person in: one of their app that was not used yet, or a recovery code.

    A code that was accepted does not work again. Where the key cannot be read, because the secret key of the desk has
    changed, only recovery codes work.
    """
    row = TwoStep.objects.select_for_update().filter(person=person).exclude(key="").first()
    if row is None:
        return True
    given = code.strip().replace(" ", "").replace("-", "").lower()
    if _hash(given) in row.recovery:
        row.recovery = [each for each in row.recovery if each != _hash(given)]
        row.save(update_fields=["recovery"])
        audit.record(None, DeskVerb.USED_RECOVERY_CODE, person, left=len(row.recovery))
        return True
    try:
        step = _step_of(encryption.unlock(row.key, PURPOSE), given)
    except encryption.NotUnlocked:
        return False
    if step is None or step <= row.last_step:
        return False
    row.last_step = step
    row.save(update_fields=["last_step"])
    return True


def _step_of(key: str, code: str) -> int | None:
    """Return the step whose code this is; None where it is of none near the present one."""
    app, now = pyotp.TOTP(key, interval=STEP), int(time.time()) // STEP
    given = "".join(str(int(character)) for character in code if character.isdecimal())
    near = range(now - SKEW, now + SKEW + 1)
    return next((step for step in near if pyotp.utils.strings_equal(app.generate_otp(step), given)), None)


def _recovery_code() -> str:
    """Return a code that people can copy by hand: four groups of four."""
    text = secrets.token_hex(RECOVERY_BYTES)
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _hash(code: str) -> str:
    """Return what is stored of a recovery code: it is as long as a key, so a fast hash tells nobody anything."""
    return hashlib.sha256(code.replace("-", "").encode()).hexdigest()
