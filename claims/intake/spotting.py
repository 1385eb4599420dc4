"""Spot figures in a claim, and attributions where it appeared, and suggest them."""

from __future__ import annotations

from claims.models import Appearance, Attribution, Claim, Figure
from claims.models.assertion import suggested
from claims.models.vocabulary import Directness, Modality
from claims.wording import figures, quotes
from claims.wording.attributed import Attributed
from claims.wording.verb_words import verb_words
from sources.language.sentences import Span
from sources.models import Passage, Reading, Source
from sources.reading import passages


def spot(claim: Claim) -> None:
    """Suggest a claim's figures, and attribution chains for the appearances that a person left without one."""
    spot_figures(claim)
    for appearance in claim.appearances.filter(passage=None, document__isnull=False).exclude(quote=""):
        find_quote(appearance)
    for appearance in claim.appearances.filter(passage__isnull=False, attributions=None):
        spot_chain(appearance)


def spot_figures(claim: Claim) -> list[Figure]:
    """Suggest the figures in a claim's text that are not saved yet; return the new ones."""
    noted = set(claim.figures.filter(passage=None).values_list("start", "end"))
    return Figure.objects.bulk_create(
        Figure(
            claim=claim,
            start=found.start,
            end=found.end,
            exact=claim.text[found.start : found.end][:200],
            low=found.low,
            high=found.high,
            qualifier=found.qualifier,
            unit=found.unit_words[:80],
            **suggested(figures.EXTRACTOR),
        )
        for found in figures.find(claim.text, claim.language)
        if (found.start, found.end) not in noted
    )


def find_quote(appearance: Appearance) -> None:
    """Save the passage that contains an appearance's quote, once its document has been read."""
    reading = Reading.objects.filter(capture__document=appearance.document, text__contains=appearance.quote).first()
    passage = passages.passage_of(reading, appearance.quote) if reading else None
    if passage:
        appearance.passage = passage
        appearance.save(update_fields=["passage"])


def spot_chain(appearance: Appearance) -> list[Attribution]:
    """Suggest the attribution chain of an appearance: its publisher, and whom the words around its quote name.

    Nothing is suggested where we do not understand who says it; the page of the claim says so.
    """
    said = said_by(appearance)
    if appearance.passage is None or said is None:
        return []
    links = []
    publisher = appearance.passage.reading.capture.document.publisher
    if publisher is not None:
        links.append(Attribution(source=publisher, modality=Modality.ASSERTS, directness=Directness.OWN_WORDS))
    links += [_link(each, appearance.passage) for each in said]
    for position, link in enumerate(links):
        link.appearance, link.position = appearance, position
        link.extractor = quotes.EXTRACTOR
    return Attribution.objects.bulk_create(links)


def said_by(appearance: Appearance) -> list[Attributed] | None:
    """Return who is said to say the quote of an appearance, outermost first; None where we do not understand it.

    Without a quote, we ask for the whole passage.
    """
    passage = appearance.passage
    if passage is None:
        return None
    quote = appearance.quote.strip()
    start = passage.exact.find(quote)
    if start < 0:  # it goes on after the passage
        return None
    span = Span(start, start + len(quote)) if quote else Span(0, len(passage.exact))
    return quotes.chain(passage.exact, passage.language, span)


def _link(said: Attributed, passage: Passage) -> Attribution:
    text = passage.exact
    named = said.speaker if said.modality != Modality.UNATTRIBUTED_PASSIVE else None
    name = text[named.start : named.end] if named else ""
    return Attribution(
        source=Source.objects.called(name).first() if name else None,
        named_as=name[:200],
        verb=verb_words(text, said, passage.language)[:80],
        modality=said.modality,
        directness=said.directness,
    )
