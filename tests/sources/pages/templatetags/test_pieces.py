import pytest
from django.utils import translation

from sources.pages.paragraphs import TextRun
from sources.pages.templatetags.pieces import added, marked, removed
from sources.watching import diff


def test_a_passage_is_marked_and_can_be_linked_to():
    assert marked(TextRun("a < b", (1, 2))) == '<span id="passage-1"></span><span id="passage-2"></span>a &lt; b'
    assert marked(TextRun("a", marked=True)) == "<mark>a</mark>"


@pytest.mark.parametrize(
    ("show", "tag", "language", "called"),
    [(removed, "del", "en", "removed:"), (added, "ins", "fr", None)],
)
def test_what_changed_is_marked_and_called_so(show, tag, language, called):
    with translation.override(language):
        shown = show([diff.DiffPiece("the ", changed=False), diff.DiffPiece("<b>", changed=True)])

    assert shown.startswith(f'the <{tag}><bdi class="unseen" lang="{language}">')
    assert shown.endswith(f" </bdi>&lt;b&gt;</{tag}>")
    assert called is None or called in shown


def test_a_side_that_is_not_there_is_a_dash():
    assert removed([]) == "–"
