"""Where searches ask: one file a provider."""
