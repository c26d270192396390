"""After the essay's text has changed: where each annotation belongs now, and what that changes in its file."""
