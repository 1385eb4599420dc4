"""Pages on sources, documents, feeds and searches: addresses, views and forms."""
