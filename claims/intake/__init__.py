"""Log a claim with its appearances and wordings; spot figures and attributions."""
