"""Which channels there are: a new one is a file beside its neighbours and a line here."""

from typing import Final

from notifications.channels.base import Channel

ALL: Final[tuple[Channel, ...]] = ()
CHANNELS: Final[dict[str, Channel]] = {channel.kind: channel for channel in ALL}
