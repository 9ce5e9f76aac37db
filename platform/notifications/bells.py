"""The bells of channels: each channel has its own queue, so that a slow one keeps no other waiting."""


def bell_of(channel: str) -> str:
    """The bell that says something is to be sent through a channel."""
    return f"deliver-{channel}"
