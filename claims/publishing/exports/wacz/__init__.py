"""The captures of a claim as an evidence package (WACZ)."""
