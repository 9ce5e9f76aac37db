"""The supervisor behind `manage.py up`: embedded PostgreSQL, Valkey, workers, beat and web without Docker or root."""
