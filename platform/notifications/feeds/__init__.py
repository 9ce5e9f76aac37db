"""Feeds that programs read with an address of their owner's: what falls due, as a calendar, and the inbox."""
