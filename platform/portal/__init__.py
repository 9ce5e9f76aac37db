"""Doors for enterprises (pages)."""
