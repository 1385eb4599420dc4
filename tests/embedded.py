"""Readings as workers leave them: with the vectors of how they begin."""

from sources.language import embedding_model
from sources.models import Reading, ReadingVector
from sources.reading import embedding, reembedding


def embed_readings():
    """Give every reading its vector, where the bundled model runs."""
    name = embedding.model()
    for reading in Reading.objects.all() if name == embedding_model.MODEL else []:
        made = embedding.of_passages([reembedding.beginning(reading.title, reading.text)], name, 5)
        ReadingVector.objects.keep(name, [(reading, *made[0])])
