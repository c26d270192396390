"""Quotes and the places where they stand: text in, spans and segments out."""
