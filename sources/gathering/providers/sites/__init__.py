"""Search provider: the search of the registered sources’ own sites."""
