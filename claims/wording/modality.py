"""Look up the modality that a verb gives to a statement (claims.models.vocabulary.Modality), by language."""

from __future__ import annotations

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


def _active(verbs: Iterable[SpeechVerb]) -> dict[str, Cue]:
    return {form: Cue(verb.lemma, verb.modality) for verb in verbs for form in verb.active}


def _passive(verbs: Iterable[SpeechVerb]) -> dict[str, Cue]:
    return {form: Cue(verb.lemma, NOBODY) for verb in verbs for form in verb.passive}


def _participles(verbs: Iterable[SpeechVerb]) -> dict[str, Cue]:
    return {verb.participle: Cue(verb.lemma, verb.modality) for verb in verbs if verb.participle}


# By language, then by folded form.
ACTIVE = {code: _active(language.speech.verbs) for code, language in LANGUAGES.items()}
PASSIVE = {code: _passive(language.speech.verbs) for code, language in LANGUAGES.items()}
PARTICIPLES = {code: _participles(language.speech.verbs) for code, language in LANGUAGES.items()}
