import pytest

from sources.archive.verifier_messages import BROKEN, FRENCH, say


@pytest.mark.parametrize(
    ("variables", "language"),
    [({}, "en"), ({"LANG": "fr_CA.UTF-8"}, "fr"), ({"LANG": "fr_FR", "LC_ALL": "C"}, "en"), ({"LC_ALL": "fr"}, "fr")],
)
def test_it_speaks_the_language_of_the_person(monkeypatch, variables, language):
    for name in ("LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    said = say(BROKEN)

    assert said == (BROKEN if language == "en" else FRENCH[BROKEN])
