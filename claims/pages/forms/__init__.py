"""What people write about claims. A form says what is missing; the rules themselves are in the activities."""
