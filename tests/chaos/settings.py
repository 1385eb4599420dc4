"""The settings of the workbench, with a kind of work that only this test has, and without what is heavy to load."""

from datetime import timedelta

from workbench import settings as house

globals().update({name: value for name, value in vars(house).items() if name.isupper()})

UPPER_FLOORS = {"sources.apps.SourcesConfig", "claims.apps.ClaimsConfig"}

INSTALLED_APPS = [*(app for app in house.INSTALLED_APPS if app not in UPPER_FLOORS), "tests.chaos.apps.ChaosConfig"]
WORK_LEASE = timedelta(seconds=3)
