"""A reading changed act by act: its themes, passages, relations, tour and text, written into its files, and undone."""
