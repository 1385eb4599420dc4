"""The settings of the workbench, with limits and leases so short that a test sees them pass.

A new process loads programs before its first search. On a machine that is busy this takes seconds; were the limits as
short, honest searches would be killed, again and again.
"""

from datetime import timedelta

from workbench import settings as house

globals().update({name: value for name, value in vars(house).items() if name.isupper()})

CELERY_TASK_SOFT_TIME_LIMIT = 8
CELERY_TASK_TIME_LIMIT = 10
WORK_LEASE = timedelta(seconds=12)
