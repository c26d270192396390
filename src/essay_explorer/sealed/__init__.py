"""Annotations shared without a word of their text, and the copies of it that they are opened with."""
