"""Management commands of sources: reread captures, verify captures."""
