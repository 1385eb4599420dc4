"""Template tags of the pages on sources."""
