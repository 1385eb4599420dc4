"""Questions, requests for comment, blind review and the verdict."""
