"""Files of any kind as manuscripts: what an essay can be made of."""
