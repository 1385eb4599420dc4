"""Names of languages, in the middle of a sentence and where they stand first."""

import pytest
from django.utils import translation

from workbench.desk.language_names import language_label, language_name


@pytest.mark.parametrize(
    ("code", "english", "french"),
    [
        ("ar", "Arabic", "arabe"),
        ("fa", "Persian", "persan"),
        ("de-XX", "German", "allemand"),
        ("pt_BR", "Brazilian Portuguese", "portugais brésilien"),
        ("zh-Hans-CN", "Simplified Chinese", "chinois simplifié"),
        ("qqq", "qqq", "qqq"),
        ("", "unknown language", "langue inconnue"),
        (None, "unknown language", "langue inconnue"),
    ],
)
def test_a_language_is_named_as_in_the_middle_of_a_sentence(code, english, french):
    with translation.override("en"):
        assert language_name(code) == english
    with translation.override("fr"):
        assert language_name(code) == french


def test_where_it_stands_first_its_name_begins_with_a_capital():
    with translation.override("fr"):
        assert [language_label(code) for code in ("ar", "nb", "")] == ["Arabe", "Norvégien bokmål", "Langue inconnue"]


def test_without_an_active_language_it_is_named_in_that_of_the_desk():
    with translation.override(None):
        assert language_name("ar") == "Arabic"
