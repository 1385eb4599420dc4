"""Search providers: one folder for each; ``registry`` lists them."""
