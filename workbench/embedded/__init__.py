"""PostgreSQL and Valkey from pip packages, run as our own children in a private folder."""
