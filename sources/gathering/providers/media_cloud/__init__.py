"""Search provider: Media Cloud, an archive of online news."""
