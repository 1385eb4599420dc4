"""Search provider: our own collection of documents."""
