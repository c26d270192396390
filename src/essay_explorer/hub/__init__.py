"""The service of a JupyterHub: rooms and readings for many, with the sign-in of the hub."""
