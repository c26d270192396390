"""Ties the process that imports this, the fork server, to its parent; it can only be told what to import."""

from essay_explorer.server import lifeline

lifeline.tie_fork_server()
