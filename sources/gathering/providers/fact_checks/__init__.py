"""Search provider: Google Fact Check Tools, fact-checks that publishers marked up."""
