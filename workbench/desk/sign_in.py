"""Sign-in: permissions for Django from the table of roles, and how wrong passwords are answered (django-axes)."""

from __future__ import annotations

import logging
from ipaddress import ip_address, ip_network
from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import get_hasher, identify_hasher, make_password
from django.db import transaction
from django.db.models import QuerySet, Subquery
from django.http import HttpRequest
from django.http.request import split_domain_port

from workbench.desk import audit, declarations
from workbench.desk.compiled_queries import CompiledQuery
from workbench.desk.desk_profile import DeskProfile
from workbench.desk.models import User
from workbench.desk.vocabulary import DeskAct, DeskVerb
from workbench.runner import paths

logger = logging.getLogger(__name__)

# Accounts that one address may fail to sign in to, within the time of a lockout. Then it waits: nobody tries one
# password on every account of a desk. A newsroom behind one address has fewer people who forget theirs at once.
MOST_ACCOUNTS = 10
NETWORK = 64  # bits of an IPv6 address that one customer is given (RFC 6177): the rest are theirs to choose


@CompiledQuery
def _account(person: int) -> QuerySet[User]:
    newest = DeskProfile.objects.order_by("-pk").values("time_zone")[:1]
    return User.objects.filter(pk=person).annotate(desk_time_zone=Subquery(newest))


class RoleBackend(ModelBackend):
    """Answers Django's questions about permissions from the table of roles; groups are not used."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Any:
        """Return the person with this name and password; a hash weaker than those made today is renewed, and logged."""
        person = super().authenticate(request, username, password, **kwargs)
        if isinstance(person, User) and password is not None and _is_weak(person.password):
            _hash_again(person, password)
        return person

    def get_user(self, user_id: int) -> Any:
        """Return the person who has signed in, where their account is still open: every request asks for them."""
        person = _account.first(int(user_id))
        return person if person is not None and self.user_can_authenticate(person) else None

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Say whether a user has ``app.action_model``, as the Django admin asks it."""
        if not user_obj.is_active or obj is not None:
            return False
        app, _dot, codename = perm.partition(".")
        action, _underscore, model = codename.partition("_")
        if action == "view":
            return bool(user_obj.may(DeskAct.USE_ADMIN))
        change = declarations.admin_changes().get((app, model))
        return action in {"add", "change"} and change is not None and bool(user_obj.may(change))

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Say whether a user may look at an app in the admin."""
        return bool(user_obj.is_active and user_obj.may(DeskAct.USE_ADMIN))


class LockoutHandler(AxesDatabaseHandler):  # type: ignore[misc]  # axes has no types
    """Locks an account at one address after five wrong passwords, and an address that tries many accounts."""

    def is_locked(self, request: Any, credentials: dict[str, Any] | None = None) -> bool:
        """Say whether this sign-in has to wait; the page gets the reason."""
        if super().is_locked(request, credentials):
            return True
        request.tried_many_accounts = _tried_many_accounts(request, get_client_username(request, credentials))
        if request.tried_many_accounts:
            request.axes_locked_out = True  # so that axes shows its page, and counts no failure of this account
        return bool(request.tried_many_accounts)


def _is_weak(encoded: str) -> bool:
    """Return whether a hash is made in another way than those made today."""
    preferred = get_hasher()
    return identify_hasher(encoded).algorithm != preferred.algorithm or preferred.must_update(encoded)


@transaction.atomic
def _hash_again(person: User, password: str) -> None:
    person.password = make_password(password)
    person.save(update_fields=["password"])
    audit.record(None, DeskVerb.HASHED_AGAIN, person)


def client_address(request: HttpRequest) -> str:
    """Return the address of the client, for counting wrong passwords; behind a proxy, the address the proxy saw.

    Only the last hop of X-Forwarded-For comes from the proxy itself; anybody may write the hops before it
    (RFC 7239, section 8.1). Of an IPv6 address the network counts: a client has billions of addresses in it.
    """
    last = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() if settings.HTTPS else ""
    for text in (last, str(request.META.get("REMOTE_ADDR", ""))):
        try:
            address = ip_address(text.removeprefix("::ffff:"))  # IPv4, as a socket for both kinds writes it
        except ValueError:
            continue
        return str(ip_network((address, NETWORK), strict=False).network_address if address.version == 6 else address)
    return ""


def is_on_this_machine(request: HttpRequest) -> bool:
    """Say whether a request was made on this machine, for it, and passed on by nobody from elsewhere."""
    hops = f"{request.META.get('HTTP_X_FORWARDED_FOR', '')},{request.META.get('REMOTE_ADDR', '')}".split(",")
    host, _port = split_domain_port(request.get_host())
    return all(map(_is_loopback, filter(None, map(str.strip, hops)))) and not paths.others_reach([host])


def _is_loopback(text: str) -> bool:
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False


def _tried_many_accounts(request: Any, name: str) -> bool:
    """Say whether the address of a request has failed at many accounts, and the one it tries now was never its own.

    Who has signed in from an address before is not held up by others there; five wrong passwords lock them as ever.
    """
    address = request.axes_ip_address
    recent = AccessAttempt.objects.filter(ip_address=address, attempt_time__gte=get_cool_off_threshold(request))
    if recent.exclude(username=name).values("username").distinct().count() < MOST_ACCOUNTS:
        return False
    if AccessLog.objects.filter(ip_address=address, username=name).exists():
        return False
    logger.warning("Sign-in from %s waits: it failed at %d accounts or more.", address, MOST_ACCOUNTS)
    return True
