"""Instruments: read files that are no web pages: documents, pictures, films, transcripts; one module for each kind."""
