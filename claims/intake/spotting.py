"""Spot figures in a claim, and attributions where it appeared, and suggest them."""

from __future__ import annotations

from claims.models import Appearance, Attribution, Claim, Figure
from claims.models.assertion import suggested
from claims.models.vocabulary import Directness, Modality
from claims.wording import figures, quotes
from sources.models import Reading, Source
from sources.reading import passages


def spot(claim: Claim) -> None:
    """Suggest a claim's figures, and attribution chains for the appearances that have none."""
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
    """Suggest the attribution chain of an appearance: its publisher, and the speaker its sentence names, if any."""
    passage = appearance.passage
    if passage is None:
        return []
    links = []
    publisher = passage.reading.capture.document.publisher
    if publisher is not None:
        links.append(Attribution(source=publisher, modality=Modality.ASSERTS, directness=Directness.OWN_WORDS))
    said = quotes.attribution(passage.exact, passage.language)
    if said is not None:
        named = said.speaker if said.modality != Modality.UNATTRIBUTED_PASSIVE else None
        name = passage.exact[named.start : named.end] if named else ""
        links.append(
            Attribution(
                source=Source.objects.called(name).first() if name else None,
                named_as=name[:200],
                verb=said.verb[:80],
                modality=said.modality,
                directness=said.directness,
            )
        )
    for position, link in enumerate(links):
        link.appearance, link.position = appearance, position
        link.extractor = quotes.EXTRACTOR
    return Attribution.objects.bulk_create(links)
