"""Search provider: SearXNG, an instance of the desk's own that asks many search engines."""
