"""Serializers: one file per resource; which fields leave is decided by their class in one base."""
