"""Where rooms are kept: SQLite on this machine, or PostgreSQL. No row of it leaves here; values do."""
