"""Writes of matching: one verb per function, one transaction each."""
