import inspect

import pytest
from django.apps import apps
from django.db import models

from tests import make

pytestmark = pytest.mark.django_db

MAKERS = [
    function
    for name, function in vars(make).items()
    if inspect.isfunction(function) and function.__module__.startswith(make.__name__) and not name.startswith("_")
]
PLAIN = {"number", "sha256", "living_machine"}


@pytest.mark.parametrize("maker", [maker for maker in MAKERS if maker.__name__ not in PLAIN], ids=lambda m: m.__name__)
def test_a_maker_makes_rows_that_can_stand_side_by_side(maker):
    first, second = maker(), maker()

    assert isinstance(first, models.Model)
    assert first.pk != second.pk
    assert type(first)._default_manager.filter(pk=first.pk).exists()


def test_every_model_of_the_house_can_be_made():
    made = {type(maker()) for maker in MAKERS if maker.__name__ not in PLAIN}
    ours = [model for app in ("workbench", "sources", "claims") for model in apps.get_app_config(app).get_models()]

    assert {model.__name__ for model in ours} - {model.__name__ for model in made} == {"LogHead", "Seal"}


def test_a_reading_is_cut_into_passages_that_quote_it():
    reading = make.reading("One bridge closed.", "Two pylons gave way.")

    quoted = [(passage.exact, reading.text[passage.start : passage.end]) for passage in reading.passages.all()]

    assert quoted == [("One bridge closed.", "One bridge closed."), ("Two pylons gave way.", "Two pylons gave way.")]
