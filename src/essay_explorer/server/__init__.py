"""The server of readings and dashboards: Voila and Tornado."""
