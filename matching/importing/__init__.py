"""Needs and labelled collections in, through the normal services."""
