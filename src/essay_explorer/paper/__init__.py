"""The hand-out."""
