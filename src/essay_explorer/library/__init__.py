"""Where readings are: found, opened, added, updated."""
