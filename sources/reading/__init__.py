"""Extract text from captures, split it into passages, and compute their embeddings."""
