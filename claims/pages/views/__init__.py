"""Pages on claims, by topic."""
