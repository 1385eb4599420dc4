"""An attribution chain as a sentence: “Haber Global reports that Iranian media claim that …”.

The sentence runs as the page does, and each name in its own direction. Laid out as one text, a sentence that begins
with an Arabic name would run from the right, and read as if the last of the chain had said it first.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from claims.intake.recording import Link
from claims.models import Attribution
from claims.models.vocabulary import Modality
from claims.wording.elision import elided
from sources.models.vocabulary import SourceKind
from workbench.pages.templatetags.words import said

WHO = "%(who)s"
Part = tuple[str, str]  # what one link says, with ``WHO`` in place of the name, and the name


def of_links(links: Iterable[Link]) -> SafeString:
    """Return the sentence of a chain as a person enters it, outermost first; nothing without a chain."""
    return _joined([_says(link.named_as, link.kind, link.modality) for link in links])


def of_attributions(rows: Iterable[Attribution]) -> SafeString:
    """Return the sentence of a chain as it is kept."""
    return _joined(
        [_says(str(row.source or row.named_as), row.source.kind if row.source else "", row.modality) for row in rows]
    )


def _joined(parts: list[Part]) -> SafeString:
    following = [says.replace(WHO, who) for says, who in parts[1:]] + ["…"]
    shown = (
        (format_html(_before(words, says).replace(WHO, "{who}"), who=said(who)),)
        for (says, who), words in zip(parts, following, strict=True)
    )
    return format_html_join("", "{}", [*shown, ("…",)]) if parts else SafeString("")


def _before(words: str, says: str) -> str:
    """Return what one link says as it is written before other words, with the space between them."""
    if not (get_language() or "").startswith("fr"):
        return f"{says} "
    return elided(f"{says} {words[0]}")[:-1]


def _says(who: str, kind: str, modality: str) -> Part:
    """Return what one link says; a described group is several people, whose verb is in the plural."""
    if modality == Modality.UNATTRIBUTED_PASSIVE:
        return _("it is said that"), ""
    number = 2 if kind == SourceKind.GROUP else 1
    verbs = {
        Modality.ASSERTS: ngettext("%(who)s says that", "%(who)s say that", number),
        Modality.REPORTS: ngettext("%(who)s reports that", "%(who)s report that", number),
        Modality.CLAIMS: ngettext("%(who)s claims that", "%(who)s claim that", number),
        Modality.ALLEGES: ngettext("%(who)s alleges that", "%(who)s allege that", number),
        Modality.DENIES: ngettext("%(who)s denies that", "%(who)s deny that", number),
        Modality.CONFIRMS: ngettext("%(who)s confirms that", "%(who)s confirm that", number),
        Modality.NOT_CONFIRMED: ngettext("%(who)s has not confirmed that", "%(who)s have not confirmed that", number),
        Modality.PREDICTS: ngettext("%(who)s predicts that", "%(who)s predict that", number),
    }
    return verbs[Modality(modality)], who or _("somebody not named")
