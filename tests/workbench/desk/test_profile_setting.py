"""What the desk says of itself, in versions; how a person chooses their byline."""

import pytest

from tests import make
from tests.refusing import refused
from workbench.desk import desk_profile, profile_setting
from workbench.desk.desk_profile import DeskProfile
from workbench.desk.models import LogEntry
from workbench.desk.roles import NotPermitted
from workbench.desk.vocabulary import DeskVerb, NamePrinted

pytestmark = pytest.mark.django_db

GIVEN = {"contact": "https://a.example", "time_zone": "Europe/Paris", "languages": ["fr"], "names": NamePrinted.FULL}


def test_each_change_is_a_version_in_the_log_and_the_newest_holds(settings):
    settings.DESK_NAME = settings.DESK_NAME_PLACEHOLDER
    admin = make.admin()

    profile_setting.set_profile(by=admin, name="First", **GIVEN)
    profile_setting.set_profile(by=admin, name="Second", **GIVEN)

    assert (desk_profile.name(), DeskProfile.objects.count()) == ("Second", 2)
    assert desk_profile.user_agent().endswith("(+https://a.example)")
    assert LogEntry.objects.filter(verb=DeskVerb.SET_PROFILE).count() == 2


@pytest.mark.parametrize(("is_set", "zone"), [(True, "Asia/Tokyo"), (False, "Europe/Paris")])
def test_what_the_operator_has_set_comes_first(settings, is_set, zone):
    settings.DESK_NAME = "Set by the operator"
    settings.TIME_ZONE, settings.TIME_ZONE_IS_SET = "Asia/Tokyo", is_set
    make.desk_profile(name="Set on the page")

    assert desk_profile.name() == "Set by the operator"
    assert str(desk_profile.zone()) == zone


@pytest.mark.parametrize(("changes", "field"), [({"name": " "}, "name"), ({"time_zone": "Mars"}, "time_zone")])
def test_a_desk_needs_a_name_and_a_time_zone_that_exists(changes, field):
    with pytest.raises(Exception, match=r".+") as refusal:
        profile_setting.set_profile(by=make.admin(), **{"name": "Desk", **GIVEN, **changes})

    assert refusal.value.field == field


def test_an_editor_does_not_set_up_the_desk():
    with pytest.raises(NotPermitted):
        profile_setting.set_profile(by=make.editor(), name="Desk", **GIVEN)


def test_a_pen_name_has_letters():
    with refused("empty"):
        profile_setting.choose_byline(make.reviewer(), printed=NamePrinted.PEN, pen_name=" – ")
