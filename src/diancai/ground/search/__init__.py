"""One index over all records, the same answers on SQLite and PostgreSQL."""
