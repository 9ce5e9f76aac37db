"""Writes of the ground: one verb per function, one transaction each."""
