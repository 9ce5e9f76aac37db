"""Ground floor, who can log in."""
