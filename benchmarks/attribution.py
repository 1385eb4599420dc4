"""Attributions: how well we find who said what, and how often we are sure of something wrong."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import arguments, files, report, say, share, unusable
from claims.wording import quotes
from claims.wording.attributed import Attributed
from claims.wording.modality import NOT_CONFIRMED
from sources.language import sentences

PROBES = Path(__file__).parent / "probes"
ENOUGH = 0.5  # of the characters of two spans are in both
NOBODY = "-"

Spans = list[tuple[int, int]]


class Said(NamedTuple):
    """Who said what, as places in a text; no places where nobody is named."""

    content: Spans
    speaker: Spans


class Probe(NamedTuple):
    """A sentence, and what is said in it: nothing where ``content`` is empty, by nobody where ``speaker`` is "-"."""

    kind: str
    language: str
    text: str
    speaker: str
    content: str
    modality: str


class Tally(NamedTuple):
    """What was found in labelled texts."""

    right: int
    found: int
    labelled: int
    speakers_right: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.labelled or 1)


def main() -> None:
    """Take the figures."""
    data = arguments(str(__doc__)).data
    tallies = {"fr": tally("fr", french(data)), "en": tally("en", english(data))}
    for language, counted in tallies.items():
        say(f"{language}: content F1 {counted.f1:.4f}, {counted.labelled} attributions")
    if not any(counted.labelled for counted in tallies.values()):
        unusable(f"There are no texts with attributions in {data}.")
    tuned, held_out = judged(probes(PROBES / "attribution.tsv")), judged(probes(PROBES / "attribution_held_out.tsv"))
    report(
        content_f1={language: round(counted.f1, 4) for language, counted in tallies.items() if counted.labelled},
        speaker_accuracy={
            language: round(share(counted.speakers_right, counted.right) or 0, 4)
            for language, counted in tallies.items()
            if counted.labelled
        },
        wrong_but_sure=tuned["wrong"],
        probes=tuned,
        held_out=held_out,
    )


def french(data: Path) -> Iterable[tuple[str, list[Said]]]:
    """Return the segments of ``fr_quotes_mini`` with their attributions."""
    for name, body in files(data, "fr_quotes_mini"):
        if name.endswith("fr_quotes_mini.jsonl"):
            for row in map(json.loads, body.decode().splitlines()):
                labelled = [Said(_spans(each["content"]), _spans(each["source"])) for each in row["attributions"]]
                yield row["text"], labelled


def english(data: Path) -> Iterable[tuple[str, list[Said]]]:
    """Return the articles of ``polnear_dev`` with their attributions, from brat's standoff format."""
    content = {Path(name).name: body.decode() for name, body in files(data, "polnear_dev")}
    for name, notes in sorted(content.items()):
        text = content.get(re.sub(r"(?:_[0-9a-f]{4})?\.ann$", ".txt", name), "")
        if name.endswith(".ann") and text:
            yield text, _standoff(notes)


def _standoff(notes: str) -> list[Said]:
    places: dict[str, Spans] = {}
    found = []
    rows = [line.split("\t") for line in notes.splitlines() if line.strip()]
    for row in rows:
        if row[0].startswith("T"):
            pairs = [span.split() for span in row[1].split(" ", 1)[1].split(";")]
            places[row[0]] = [(int(start), int(end)) for start, end in pairs]
    for row in rows:
        if row[0].startswith("E"):
            roles: dict[str, Spans] = defaultdict(list)
            for role, place in (part.split(":") for part in row[1].split()):
                roles[role.rstrip("0123456789")] += places.get(place, [])
            if roles["Content"]:
                found.append(Said(roles["Content"], roles["Source"]))
    return found


def _spans(pairs: list[list[int]]) -> Spans:
    return [(start, end) for start, end in pairs]


def tally(language: str, texts: Iterable[tuple[str, list[Said]]]) -> Tally:
    """Compare what we find in texts, one attribution a sentence, with their labels."""
    right = found = labelled = speakers = 0
    for text, gold in texts:
        left = list(gold)
        guessed = [said for span in sentences.split(text, language) if (said := ours(text, span, language))]
        for guess in guessed:
            best = max(left, key=lambda said: overlap(said.content, guess.content), default=None)
            if best and overlap(best.content, guess.content) >= ENOUGH:
                left.remove(best)
                right += 1
                speakers += overlap(best.speaker, guess.speaker) >= ENOUGH or best.speaker == guess.speaker == []
        found, labelled = found + len(guessed), labelled + len(gold)
    return Tally(right, found, labelled, speakers)


def ours(text: str, span: sentences.Span, language: str) -> Said | None:
    """Return the first attribution of a sentence, as places in its text."""
    found = quotes.attribution(text[span.start : span.end], language)
    if found is None:
        return None
    moved = found.moved(span.start)
    return Said([moved.content], [moved.speaker] if moved.speaker else [])


def overlap(one: Spans, other: Spans) -> float:
    """Return how many of the characters of two lists of spans are in both, as a share of all."""
    ours_, theirs = ({at for start, end in spans for at in range(start, end)} for spans in (one, other))
    return share(len(ours_ & theirs), len(ours_ | theirs)) or 0.0


def probes(path: Path) -> list[Probe]:
    """Return the probes of a table: kind, language, text, speaker, content, modality."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line.strip()]
    return [Probe(*(row + [""] * (6 - len(row)))) for row in rows]


def judged(asked: list[Probe]) -> dict[str, object]:
    """Return how many probes are right, not understood, and wrong but sure, also by kind and language."""
    verdicts = [(probe, verdict(probe)) for probe in asked]
    for probe, answer in verdicts:
        if answer == "wrong":
            say(f"wrong ({probe.kind}, {probe.language}): {probe.text}")
    counts = {answer: sum(one == answer for _probe, one in verdicts) for answer in ("right", "not_understood", "wrong")}
    groups = sorted({f"{probe.kind}_{probe.language}" for probe in asked})
    by_group = {
        group: [one for probe, one in verdicts if f"{probe.kind}_{probe.language}" == group].count("right")
        for group in groups
    }
    return {"asked": len(asked), **counts, "right_by_kind": by_group}


def verdict(probe: Probe) -> str:
    """Return whether what we find in a probe is right, wrong, or nothing although something is said."""
    found = quotes.attributions(probe.text, probe.language)
    if not probe.content:
        noted = all(each.modality == NOT_CONFIRMED for each in found) and probe.modality == NOT_CONFIRMED
        return "right" if not found or noted else "wrong"
    if any(not _fits(probe, each) for each in found):
        return "wrong"
    return "right" if found else "not_understood"


def _fits(probe: Probe, found: Attributed) -> bool:
    start = probe.text.find(probe.content)
    content = overlap([found.content], [(start, start + len(probe.content))]) >= ENOUGH
    modality = not probe.modality or probe.modality == found.modality
    if probe.speaker == NOBODY:
        return content and modality and found.speaker is None
    named = probe.text[slice(*found.speaker)] if found.speaker else ""
    at, place = probe.text.find(probe.speaker), probe.text.find(named)
    same = overlap([(at, at + len(probe.speaker))], [(place, place + len(named))]) >= ENOUGH
    return content and modality and bool(named) and (same or named == probe.speaker)


if __name__ == "__main__":
    main()
