"""What notebooks show of the values of the core."""
