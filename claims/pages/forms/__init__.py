"""Forms about claims. A form says what is missing; the rules are in the activities."""
