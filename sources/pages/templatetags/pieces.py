"""Show texts in pieces: a passage marked in its text, and the words that an edit removed or added."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from sources.pages import paragraphs
from sources.watching import diff
from workbench.pages.templatetags.words import visible

register = template.Library()


@register.filter
def marked(piece: paragraphs.TextRun) -> SafeString:
    """Return a run of a text, with an anchor for each passage that begins with it."""
    anchors = format_html_join("", '<span id="passage-{}"></span>', ((key,) for key in piece.begins))
    form = "{}<mark>{}</mark>" if piece.marked else "{}{}"
    return format_html(form, anchors, visible(piece.text))


@register.filter
def removed(pieces: Sequence[diff.DiffPiece]) -> SafeString:
    """Return a sentence before an edit, with the removed words marked, for screen readers too."""
    return _pieces(pieces, "del", gettext("removed:"))


@register.filter
def added(pieces: Sequence[diff.DiffPiece]) -> SafeString:
    """Return a sentence after an edit, with the added words marked, for screen readers too."""
    return _pieces(pieces, "ins", gettext("added:"))


def _pieces(pieces: Sequence[diff.DiffPiece], tag: str, called: str) -> SafeString:
    changed = '<{0}><bdi class="unseen" lang="{1}">{2} </bdi>{3}</{0}>'
    language = get_language() or ""
    runs: list[str] = [
        format_html(changed, tag, language, called, visible(piece.text)) if piece.changed else visible(piece.text)
        for piece in pieces
    ]
    return format_html_join("", "{}", ((run,) for run in runs or ["–"]))
