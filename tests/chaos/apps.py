"""The app of the jobs: it declares its timetable as every app does."""

from workbench.desk.declarations import DeskApp


class ChaosConfig(DeskApp):
    name = "tests.chaos"
    label = "chaos"
    timetable = "tests.chaos.tasks.TIMETABLE"
