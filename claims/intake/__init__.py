"""Log a claim, and spot the figures and attributions in its words."""
