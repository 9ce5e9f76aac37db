"""Numbers out: definitions of published figures and their evidence."""
