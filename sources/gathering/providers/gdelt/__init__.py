"""Search provider: GDELT DOC 2.0, news of the last three months in 65 languages."""
