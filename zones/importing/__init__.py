"""Files in: tables and records read, checked and handed to the services."""
