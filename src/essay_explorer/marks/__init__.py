"""What readers marked: where two of them differ, and how far many of them agree."""
