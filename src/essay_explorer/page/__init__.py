"""The page: one HTML text with the essay, the widgets' modules and their state, under any server."""
