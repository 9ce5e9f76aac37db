"""The staff door (Django admin). Writes go through services only."""
