"""Spreadsheets and open formats out: only what the asker may see, and of that only the fields the asker may read."""
