"""Read the first attribution of a text, as words."""

from claims.wording import quotes


def read(text, language):
    """Return speaker, verb, modality, directness and content of the first attribution, or None."""
    found = quotes.attribution(text, language)
    if found is None:
        return None
    speaker = text[slice(*found.speaker)] if found.speaker else None
    return speaker, found.verb, found.modality, found.directness, text[slice(*found.content)]
