"""Template tags that the pages of every app may use."""
