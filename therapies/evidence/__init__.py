"""What bodies say, and what it adds up to."""
