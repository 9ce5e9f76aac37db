"""Filters: one file per resource; they read public fields only."""
