"""Search provider: Brave News."""
