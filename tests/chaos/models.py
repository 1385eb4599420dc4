"""A job, and what it is to leave behind exactly once."""

from django.db import models

from workbench.desk.work_queue import Work


class Job(Work):
    """Something to do once. A job of the first generation also makes one of the second."""

    task = "tests.chaos.tasks.do_jobs"

    key = models.CharField(max_length=40, unique=True)
    generation = models.PositiveSmallIntegerField(default=1)

    def __str__(self):
        return self.key


class Effect(models.Model):
    """What a job did. Nothing in the database keeps it from being there twice: the queue has to."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="effects")

    def __str__(self):
        return str(self.job)
