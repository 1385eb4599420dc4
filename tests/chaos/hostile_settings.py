"""The settings of the workbench, with limits and leases so short that a test sees them pass."""

from datetime import timedelta

from workbench import settings as house

globals().update({name: value for name, value in vars(house).items() if name.isupper()})

CELERY_TASK_SOFT_TIME_LIMIT = 2
CELERY_TASK_TIME_LIMIT = 3
WORK_LEASE = timedelta(seconds=4)
