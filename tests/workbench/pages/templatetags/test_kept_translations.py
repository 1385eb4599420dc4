"""``translate`` says what Django’s own tag says, in each language, and looks a fixed message up once."""

import pytest
from django.template import Context, Engine, Template
from django.utils import translation

from workbench.pages.templatetags.kept_translations import KeptTranslation

FIXED = [
    '{% translate "Save" %}',
    "{% trans 'Save' %}",
    '{% translate "Save" as word %}<b title="{{ word }}">{{ word }}</b>',
    '{% translate "100 %" %}',
    '{% translate "May" context "month" %}',
    '{% translate "A <b> & “c”" %}',
    '{% translate "Save" noop %}',
]
CHANGING = ["{% translate word %}", '{% translate "Save"|upper %}', '{% translate "May" context word %}']
PLAIN = Engine(libraries={"i18n": "django.templatetags.i18n"})


def written(template, language, word):
    with translation.override(language):
        return template.render(Context({"word": word}))


@pytest.mark.parametrize("source", FIXED + CHANGING)
@pytest.mark.parametrize("word", ["Save", "<i>%s</i>"])
def test_a_message_is_what_it_is_with_the_tag_of_django(source, word):
    ours, theirs = (Template(f"{{% load i18n %}}{source}", engine=engine) for engine in (None, PLAIN))

    for language in ("en", "fr", "ar", "en", "fr"):
        assert written(ours, language, word) == written(theirs, language, word)


@pytest.mark.parametrize(("source", "is_kept"), [(each, True) for each in FIXED] + [(each, False) for each in CHANGING])
def test_only_fixed_messages_are_kept(source, is_kept):
    found = Template(f"{{% load i18n %}}{source}").nodelist[1]

    assert isinstance(found, KeptTranslation) is is_kept
