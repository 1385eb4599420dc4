"""Tell from the words around a verb of saying, in English and French, whether it is denied, refused or supposed."""

from __future__ import annotations

from typing import NamedTuple

from claims.wording.clauses import Clauses
from claims.wording.modality import NOT_CONFIRMED, Cue

HAVE = {"en": {"has", "have", "had", "ve"}, "fr": {"a", "ont", "avait", "avaient", "ai", "avons", "eut", "eurent"}}
BE = {
    "en": {"is", "are", "was", "were", "be", "been", "being", "am"},
    "fr": {"est", "sont", "etait", "etaient", "fut", "furent", "ete", "etre", "soit"},
}
DO = {"do", "does", "did"}
NOT_CONTRACTED = {
    *(
        "doesn",
        "didn",
        "don",
        "hasn",
        "haven",
        "hadn",
        "isn",
        "aren",
        "wasn",
        "weren",
        "couldn",
        "wouldn",
        "won",
        "can",
    ),
    *("shouldn", "mustn", "needn"),
}
REFLEXIVE = {"s", "se"}
REFLEXIVE_LEMMAS = ("se ", "s’")


class VerbGroup(NamedTuple):
    """The verb group around a verb of saying: the place of its first word, and how the verb stands in it.

    ``voice`` is active or passive; ``cue`` is None where nothing is said.
    """

    start: int
    voice: str
    cue: Cue | None


def group(line: Clauses, place: int, cue: Cue) -> VerbGroup:
    """Return the verb group of a verb of saying."""
    first = line.cue_start(place)
    start = _start(line, first)
    forms = set(line.forms(start, first)) | _after(line, place)
    grammar = line.grammar
    voice = "passive" if _is_participle(line, first) and forms & BE[line.language] - {"soit"} else "active"
    if cue.verb.startswith(REFLEXIVE_LEMMAS) or line.form(place) == "saying":
        voice = "active"
    if forms & (grammar.supposing | grammar.doubting | {"neither", "nor", "ni"}) or _is_unfinished(
        line, start, first, cue
    ):
        return VerbGroup(start, voice, None)
    if line.language == "en" and forms & DO and line.form(place) != cue.verb:
        return VerbGroup(start, voice, None)
    if forms & grammar.negating or ("t" in line.forms(start, place) and line.language == "en"):
        confirms = cue.modality == "confirms" and voice == "active" and cue.verb in {"confirm", "confirmer"}
        return VerbGroup(start, voice, Cue(cue.verb, NOT_CONFIRMED) if confirms else None)
    return VerbGroup(start, voice, cue)


def _is_unfinished(line: Clauses, start: int, place: int, cue: Cue) -> bool:
    """Return whether a French verb is not one that says: "avoir dit", "s’est dit", "les chiffres annoncés"."""
    if line.language != "fr":
        return False
    forms = set(line.forms(start, place))
    infinitive = line.form(start - 1) in {"avoir", "etre", "ayant"}
    reflexive = cue.verb.startswith(REFLEXIVE_LEMMAS)
    if infinitive or bool(forms & REFLEXIVE) != reflexive:
        return True
    return not reflexive and _is_bare_participle(line, place, forms)


def _start(line: Clauses, place: int) -> int:
    at = place
    while at > 0 and not line.is_hard(at) and not line.has_comma(at) and _belongs(line, at - 1):
        at -= 1
    return at


def _belongs(line: Clauses, place: int) -> bool:
    """Return whether a word before a verb is part of its group: an auxiliary, a negation, an adverb, a clitic."""
    form, grammar = line.form(place), line.grammar
    if line.is_quoted(place):
        return False
    if line.language == "fr":
        return _belongs_in_french(line, place, form)
    if form in HAVE["en"] | BE["en"] | DO | {"to", "having", "not", "never", "cannot", "t", "hardly", "barely"}:
        return True
    if form in {"s", "d", "ll", "re"}:
        return line.form(place - 1) in grammar.pronouns
    if form in grammar.supposing | {"neither", "nor", "scarcely", "rarely", "seldom"}:
        return True
    if form in NOT_CONTRACTED:
        return line.form(place + 1) == "t"
    if form in {"perhaps", "maybe", "reportedly", "allegedly", "apparently", "just", "still", "now", "soon", "ever"}:
        return True
    adverb = len(form) > 4 and form.endswith("ly") and form not in {"family", "italy", "ally", "july", "assembly"}
    return form in line.speech.auxiliaries or (adverb and line.written(place)[0].islower())


def _belongs_in_french(line: Clauses, place: int, form: str) -> bool:
    grammar = line.grammar
    if form == "a" and line.written(place).lower() != "a":
        return False
    if form in line.speech.auxiliaries | HAVE["fr"] | BE["fr"] | grammar.supposing:
        return form not in {"elle"} or line.form(place + 1) == "meme" or line.form(place - 1) in {"t", "a", "ont"}
    if form in grammar.negating or form in {"bien", "toujours", "peut", "plus", "se", "me", "nous", "vous", "il"}:
        return form != "il" or line.text[line.words[place].start - 1 : line.words[place].start] == "-"
    return len(form) > 6 and form.endswith("ment") and form not in line.grammar.roles and form[:3] not in {"gou", "par"}


def _after(line: Clauses, place: int) -> set[str]:
    """Return the negations that follow a verb at once: "ne dit pas", "n'exclut ni", "says neither"."""
    near = line.forms(place + 1, place + 2)
    return {form for form in near if form in {"pas", "jamais", "guere", "nullement", "aucunement", "ni", "neither"}}


def _is_participle(line: Clauses, place: int) -> bool:
    if line.language == "en":
        return line.form(place).endswith(("ed", "id", "ld", "ten")) or line.form(place) in {"said", "told", "made"}
    return _could_be_participle(line, place)


def _could_be_participle(line: Clauses, place: int) -> bool:
    written = line.written(place).lower()
    if written.endswith(("é", "ée", "és", "ées", "i", "u", "is", "dit", "dits", "dite", "dites")):
        return True
    return line.in_capitals and written.endswith(("e", "ee", "es", "ees"))


def _is_bare_participle(line: Clauses, place: int, forms: set[str]) -> bool:
    """Return whether a French form is a participle without an auxiliary: "les chiffres annoncés"."""
    written = line.written(place).lower()
    if not written.endswith(("é", "ée", "és", "ées", "enu", "ondu", "nnu", "mis")):
        return False
    return not forms & (HAVE["fr"] | BE["fr"] | line.grammar.supposing)
