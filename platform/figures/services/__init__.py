"""Writing services of figures, one verb per function."""
