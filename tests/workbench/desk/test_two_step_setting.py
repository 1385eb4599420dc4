"""Two-step sign-in: codes work once, near their time, and a lost phone has recovery codes."""

import time

import pyotp
import pytest

from tests import databases, make
from tests.refusing import refused
from workbench.desk import actor_proof, two_step_setting
from workbench.desk.models import LogEntry
from workbench.desk.two_step import TwoStep
from workbench.desk.vocabulary import DeskVerb

pytestmark = pytest.mark.django_db

# The key and the codes of RFC 6238, appendix B (SHA-1), of which authenticator apps show the last six digits.
RFC_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]


@pytest.fixture
def at(monkeypatch):
    """Return what sets the clock of codes, in seconds since 1970."""

    def set_clock(seconds):
        monkeypatch.setattr(time, "time", lambda: seconds)

    return set_clock


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES)
def test_the_codes_of_the_standard_turn_it_on(at, seconds, code):
    at(seconds)
    person = make.reporter()

    codes = two_step_setting.turn_on(person, RFC_KEY, code)

    assert two_step_setting.is_on(person)
    assert len(set(codes)) == 10
    row = TwoStep.objects.get(person=person)
    assert RFC_KEY not in row.key
    assert not set(codes) & set(row.recovery)


@pytest.mark.parametrize("code", ["", "000000", "28708", "2870822", "abcdef", "٠٠٠٠٠٠", "x" * 60])
def test_a_wrong_code_turns_nothing_on(at, code):
    at(59)
    person = make.reporter()

    with refused("wrong_code", field="code"):
        two_step_setting.turn_on(person, RFC_KEY, code)

    assert not two_step_setting.is_on(person)


@pytest.fixture
def person(at):
    at(59)
    someone = make.editor()
    someone.codes = two_step_setting.turn_on(someone, RFC_KEY, "287082")
    return someone


def code_at(seconds):
    return pyotp.TOTP(RFC_KEY).at(seconds)


@pytest.mark.parametrize(("clock", "shown", "is_right"), [(120, 120, True), (120, 90, True), (120, 150, True),
                                                          (150, 90, False), (120, 180, False)])  # fmt: skip
def test_a_code_works_near_its_time(at, person, clock, shown, is_right):
    at(clock)

    assert two_step_setting.accept(person, code_at(shown)) is is_right


def test_a_code_works_once_and_no_older_one_after_it(at, person):
    assert not two_step_setting.accept(person, "287082")
    at(120)
    assert two_step_setting.accept(person, code_at(120))
    assert not two_step_setting.accept(person, code_at(120))
    assert not two_step_setting.accept(person, code_at(90))


def test_a_code_may_be_typed_with_spaces_and_in_the_digits_of_arabic(at, person):
    at(1234567890)

    assert two_step_setting.accept(person, " ٠٠٥ ٩٢٤ ")


def test_a_recovery_code_works_once_also_in_capitals_and_without_dashes(person):
    first, second = person.codes[:2]

    assert two_step_setting.accept(person, first.upper())
    assert not two_step_setting.accept(person, first)
    assert two_step_setting.accept(person, second.replace("-", " "))
    assert len(TwoStep.objects.get(person=person).recovery) == 8
    assert LogEntry.objects.filter(verb=DeskVerb.USED_RECOVERY_CODE).count() == 2


def test_with_another_secret_key_only_recovery_codes_work(at, person, settings):
    settings.SECRET_KEY = "another one"
    with databases.unbound():
        actor_proof.keep()  # as ``migrate`` does
    at(120)

    assert not two_step_setting.accept(person, code_at(120))
    assert two_step_setting.accept(person, person.codes[0])


def test_it_is_turned_off_once_and_its_codes_are_gone(person):
    two_step_setting.turn_off(person, by=person)

    assert two_step_setting.accept(person, "")
    assert TwoStep.objects.get(person=person).recovery == []
    with refused("off"):
        two_step_setting.turn_off(person, by=person)


@pytest.mark.parametrize(("roles", "is_required"), [([], False), (["editor"], True), (["admin", "reviewer"], False)])
def test_the_desk_says_which_roles_need_it(settings, roles, is_required):
    settings.TWO_STEP_ROLES = roles

    assert two_step_setting.is_required(make.editor()) is is_required
