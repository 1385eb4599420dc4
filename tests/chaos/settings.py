"""The settings of the workbench, with a kind of work that only this test has."""

from datetime import timedelta

from workbench import settings as house

globals().update({name: value for name, value in vars(house).items() if name.isupper()})

INSTALLED_APPS = [*house.INSTALLED_APPS, "tests.chaos"]
SILENCED_SYSTEM_CHECKS = ["workbench.E002"]  # the timetable of the house does not know this kind of work
WORK_LEASE = timedelta(seconds=4)
