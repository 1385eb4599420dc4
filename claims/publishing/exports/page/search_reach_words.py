"""How far the searches for a claim reached, in one sentence: on the page of the claim, and in its reports."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.models.vocabulary import Engine
from workbench.desk.language_names import language_name
from workbench.pages.templatetags.log_words import told

Facts = dict[str, Any]


def of(reach: Facts) -> str:
    """Return who was searched, who did not answer and why, and which languages nobody outside covered."""
    parts = [_outlets(reach), *(_provider(each) for each in reach["providers"] if each["answered"])]
    if reach["checks_held"]:
        checks = ngettext("%(number)d fact-check of others", "%(number)d fact-checks of others", reach["checks_held"])
        parts.append(checks % {"number": reach["checks_held"]})
    sentences = [_("Searched: %(places)s.") % {"places": "; ".join(parts)}]
    if silent := [_silent(each) for each in reach["providers"] if each["unanswered"]]:
        sentences.append(_("Not answered: %(places)s.") % {"places": "; ".join(silent)})
    if reach["not_covered"]:
        sentences.append(
            _("Not covered outside the desk: %(languages)s.") % {"languages": _names(reach["not_covered"])}
        )
    if number := reach.get("unrelated"):
        told_of = ngettext(
            "Not counted: %(number)d search with words that have nothing to do with the claim.",
            "Not counted: %(number)d searches with words that have nothing to do with the claim.",
            number,
        )
        sentences.append(told_of % {"number": number})
    return " ".join(sentences)


def _outlets(reach: Facts) -> str:
    text = ngettext("%(number)d outlet of this desk", "%(number)d outlets of this desk", reach["outlets"])
    told_of = text % {"number": reach["outlets"]}
    if not reach["since"] or not reach["outlets"]:
        return told_of
    since = date_format(date.fromisoformat(reach["since"]))
    return _("%(outlets)s since %(day)s") % {"outlets": told_of, "day": since}


def _provider(each: Facts) -> str:
    """Return a provider with the languages in which it answered; one that was asked for all needs none."""
    label, languages = str(Engine(each["engine"]).label), [code for code in each["answered"] if code]
    return f"{label} ({_names(languages)})" if languages and "" not in each["answered"] else label


def _silent(each: Facts) -> str:
    label, languages = str(Engine(each["engine"]).label), [code for code in each["unanswered"] if code]
    named = f"{label} ({_names(languages)})" if languages else label
    return (
        _("%(provider)s, because: %(reason)s") % {"provider": named, "reason": _reason(each)}
        if each["reason"]
        else named
    )


def _reason(each: Facts) -> str:
    return told(each["reason"]).rstrip(" .")


def _names(codes: list[str]) -> str:
    return ", ".join(map(language_name, codes))
