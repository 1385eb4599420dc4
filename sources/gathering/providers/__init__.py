"""Where searches ask, one folder a provider; ``registry`` lists them."""
