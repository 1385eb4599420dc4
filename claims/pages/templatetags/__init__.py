"""Template tags of the pages on claims."""
