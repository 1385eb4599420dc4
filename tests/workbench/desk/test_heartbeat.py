from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from workbench.desk import heartbeat
from workbench.desk.models import Heartbeat

pytestmark = pytest.mark.django_db


def test_a_beat_is_noted_and_its_age_grows():
    heartbeat.beat("clock")
    make.heartbeat("old", timedelta(seconds=90))

    ages = heartbeat.ages()

    assert ages["clock"] < 5
    assert 90 <= ages["old"] < 95


def test_many_beats_write_one_row_every_few_seconds(django_assert_num_queries):
    heartbeat.beat("clock")
    first = Heartbeat.objects.get()

    with django_assert_num_queries(1):
        heartbeat.beat("clock")
    Heartbeat.objects.update(at=timezone.now() - heartbeat.OFTEN)
    heartbeat.beat("clock")

    assert Heartbeat.objects.get().at >= first.at
