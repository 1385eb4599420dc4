"""Search provider: the Wayback Machine, earlier copies of an address."""
