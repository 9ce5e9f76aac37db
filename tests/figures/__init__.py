"""Figures: units, periods, definitions with their traps, publishing."""
