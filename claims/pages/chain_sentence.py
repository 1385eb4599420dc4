"""An attribution chain as a sentence: “Haber Global reports that Iranian media claim that …”."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from claims.intake.recording import Link
from claims.models import Attribution
from claims.models.vocabulary import Modality
from claims.wording.elision import elided
from sources.models.vocabulary import SourceKind


def of_links(links: Iterable[Link]) -> str:
    """Return the sentence of a chain as a person enters it, outermost first; nothing without a chain."""
    return _joined([_says(link.named_as, link.kind, link.modality) for link in links])


def of_attributions(rows: Iterable[Attribution]) -> str:
    """Return the sentence of a chain as it is kept."""
    return _joined(
        [_says(str(row.source or row.named_as), row.source.kind if row.source else "", row.modality) for row in rows]
    )


def _joined(parts: list[str]) -> str:
    if not parts:
        return ""
    sentence = " ".join([*parts, "…"])
    return elided(sentence) if (get_language() or "").startswith("fr") else sentence


def _says(who: str, kind: str, modality: str) -> str:
    """Return what one link says; a described group is several people, whose verb is in the plural."""
    if modality == Modality.UNATTRIBUTED_PASSIVE:
        return _("it is said that")
    number = 2 if kind == SourceKind.GROUP else 1
    said = {
        Modality.ASSERTS: ngettext("%(who)s says that", "%(who)s say that", number),
        Modality.REPORTS: ngettext("%(who)s reports that", "%(who)s report that", number),
        Modality.CLAIMS: ngettext("%(who)s claims that", "%(who)s claim that", number),
        Modality.ALLEGES: ngettext("%(who)s alleges that", "%(who)s allege that", number),
        Modality.DENIES: ngettext("%(who)s denies that", "%(who)s deny that", number),
        Modality.CONFIRMS: ngettext("%(who)s confirms that", "%(who)s confirm that", number),
        Modality.NOT_CONFIRMED: ngettext("%(who)s has not confirmed that", "%(who)s have not confirmed that", number),
        Modality.PREDICTS: ngettext("%(who)s predicts that", "%(who)s predict that", number),
    }
    return said[Modality(modality)] % {"who": who or _("somebody not named")}
