from importlib import import_module
from importlib.util import find_spec

from workbench.celery import app
from workbench.desk import declarations


def timetables():
    """The timetable of every app that has one, found without its declaration."""
    places = [f"{config.name}.tasks" for config in declarations.desk_apps()]
    found = [import_module(place) for place in places if find_spec(place)]
    return [tasks.TIMETABLE for tasks in found if hasattr(tasks, "TIMETABLE")]


def test_the_clock_pulses_every_task_of_every_timetable():
    app.finalize()
    clock = app.conf.beat_schedule

    wanted = {name: float(seconds) for timetable in timetables() for name, seconds in timetable.items()}
    assert {name: entry["schedule"] for name, entry in clock.items()} == wanted
    assert [entry["task"] for entry in clock.values()] == list(clock)
    assert len(timetables()) > 1
    assert wanted.keys() <= app.tasks.keys()
