"""Search provider: the ClaimReview feed of Data Commons, read whole each night."""
