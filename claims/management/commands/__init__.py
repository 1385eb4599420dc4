"""Management commands about claims."""
