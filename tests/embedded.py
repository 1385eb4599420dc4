"""Readings as workers leave them: with the vectors of how they begin, and later with those of all passages."""

from sources.language import embedding_model
from sources.models import Passage, PassageVector, Reading, ReadingVector
from sources.reading import embedding, reembedding


def embed_readings():
    """Give every reading its vector, where the bundled model runs."""
    name = embedding.model()
    for reading in Reading.objects.all() if name == embedding_model.MODEL else []:
        made = embedding.of_passages([reembedding.beginning(reading.title, reading.text)], name, 5)
        ReadingVector.objects.keep(name, [(reading, *made[0])])


def embed_passages():
    """Give every passage its vector, where the bundled model runs; copies of one text share it."""
    name, made = embedding.model(), {}
    for passage in Passage.objects.all() if name == embedding_model.MODEL else []:
        if passage.exact not in made:
            made[passage.exact] = embedding.of_passages([passage.exact], name, 5)[0]
        PassageVector.objects.keep(name, [(passage, *made[passage.exact])])
