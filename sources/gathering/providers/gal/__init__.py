"""Search provider: GDELT GAL, a stream of all articles that GDELT sees."""
