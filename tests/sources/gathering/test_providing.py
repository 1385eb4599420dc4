from decimal import Decimal

import pytest

from sources.gathering import provider_keys, providing
from sources.gathering.providing import SetUp
from sources.models import ProviderSetting
from sources.models.vocabulary import Engine
from tests import make
from tests.refusing import refused
from workbench.desk.models import LogEntry
from workbench.desk.refusal import Refusal
from workbench.desk.roles import NotPermitted

pytestmark = pytest.mark.django_db

KEY = "s3cret-key"


def brave(**facts):
    return SetUp(Engine.BRAVE, is_on=True, **{"key": KEY, **facts})


def test_a_key_is_encrypted_at_rest_and_no_log_has_it():
    setting = providing.set_up(brave(daily_budget=Decimal("1.5")), by=make.admin())

    setting.refresh_from_db()
    assert KEY not in setting.locked_key
    assert provider_keys.unlock(setting.locked_key) == KEY
    assert KEY not in str(list(LogEntry.objects.values()))


def test_an_empty_key_keeps_the_present_one_and_a_person_can_remove_it():
    admin = make.admin()
    providing.set_up(brave(), by=admin)
    kept = providing.set_up(brave(key="", daily_quota=5), by=admin)
    gone = providing.set_up(SetUp(Engine.BRAVE, forget_key=True), by=admin)

    assert (kept.has_key, gone.has_key, ProviderSetting.objects.count()) == (True, False, 1)


def test_a_key_is_never_sent_to_another_server():
    admin = make.admin()
    providing.set_up(brave(), by=admin)

    with refused("no_key"):
        providing.set_up(brave(key="", address="https://evil.example/"), by=admin)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (SetUp(Engine.BRAVE, is_on=True), "no_key"),
        (SetUp(Engine.SEARXNG), "no_address"),
        (SetUp(Engine.GDELT, address="file:///etc/passwd"), "refused_address"),
        (SetUp(Engine.GATHERED), "unknown"),
    ],
)
def test_what_cannot_work_is_refused(given, code):
    with refused(code):
        providing.set_up(given, by=make.admin())


def test_only_an_administrator_sets_providers():
    with pytest.raises(NotPermitted):
        providing.set_up(brave(), by=make.editor())


def test_a_key_locked_with_a_former_secret_is_still_read(settings):
    locked, old = provider_keys.lock(KEY), settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    with pytest.raises(Refusal):
        provider_keys.unlock(locked)

    settings.SECRET_KEY_FALLBACKS = [old]
    assert provider_keys.unlock(locked) == KEY


def test_searches_that_the_provider_refused_run_again_once_it_is_set_up_anew():
    search = make.search(engine=Engine.BRAVE, trouble="refused", due_at=None)

    providing.set_up(brave(), by=make.admin())

    search.refresh_from_db()
    assert (search.trouble, search.due_at is not None) == ("", True)
