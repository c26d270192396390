"""The values: an essay, its codebook, its annotations, and the reading that they make."""
