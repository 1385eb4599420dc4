"""Find new addresses: poll feeds, look for feeds, run searches."""
