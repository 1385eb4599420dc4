"""Turn captures into text and passages, and passages into vectors."""
