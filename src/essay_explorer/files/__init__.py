"""A reading's files: decoded, parsed, changed in place, written whole or not at all."""
