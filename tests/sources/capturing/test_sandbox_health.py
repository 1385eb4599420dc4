from sources.capturing import sandbox_health
from sources.formats import confinement


def test_what_the_kernel_cannot_refuse_is_a_problem_and_a_warning_before_deploying(monkeypatch):
    monkeypatch.setattr(confinement, "missing", lambda: ["network", "reading"])

    told = sandbox_health.health()

    assert told.ok is None
    assert "seccomp" in told.problem
    assert "Landlock" in told.problem
    assert [message.id for message in sandbox_health.parsers_are_confined()] == ["sources.W001"] * 2


def test_a_kernel_that_confines_parsers_is_no_problem(monkeypatch):
    monkeypatch.setattr(confinement, "missing", list)

    assert sandbox_health.health().problem == ""
    assert sandbox_health.parsers_are_confined() == []
