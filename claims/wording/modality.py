"""Look up the modality that a verb gives to a statement (claims.models.vocabulary.Modality), by language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sources.language.languages.registry import LANGUAGES
from sources.language.languages.tables import SpeechVerb

NOBODY = "unattributed_passive"
NOT_CONFIRMED = "not_confirmed"


class Cue(NamedTuple):
    """A word that attributes: its dictionary form, and the modality it gives."""

    verb: str
    modality: str


def _active(verbs: Iterable[SpeechVerb], *, quoting: bool = False) -> dict[str, Cue]:
    chosen = [verb for verb in verbs if verb.quoting == quoting]
    return {form: Cue(verb.lemma, verb.modality) for verb in chosen for form in verb.active}


def _compounds(known: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for form in known:
        if " " in form:
            found[form.rpartition(" ")[2]].append(form)
    return dict(found)


def _passive(verbs: Iterable[SpeechVerb]) -> dict[str, Cue]:
    return {form: Cue(verb.lemma, NOBODY) for verb in verbs for form in verb.passive}


def _participles(verbs: Iterable[SpeechVerb]) -> dict[str, Cue]:
    return {verb.participle: Cue(verb.lemma, verb.modality) for verb in verbs if verb.participle and not verb.quoting}


# By language, then by folded form.
ACTIVE = {code: _active(language.speech.verbs) for code, language in LANGUAGES.items()}
# The same, of verbs that attribute only beside a quotation.
QUOTING = {code: _active(language.speech.verbs, quoting=True) for code, language in LANGUAGES.items()}
# By language, then by their last word: forms of several words.
COMPOUNDS = {code: _compounds([*ACTIVE[code], *QUOTING[code]]) for code in LANGUAGES}
PASSIVE = {code: _passive(language.speech.verbs) for code, language in LANGUAGES.items()}
PARTICIPLES = {code: _participles(language.speech.verbs) for code, language in LANGUAGES.items()}
