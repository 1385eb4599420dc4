"""Management commands of sources."""
