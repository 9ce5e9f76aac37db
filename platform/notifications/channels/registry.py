"""Which channels there are: a new one is a file beside its neighbours and a line here."""

from typing import Final

from notifications.channels import dingtalk, feishu, mail, webhook, wecom
from notifications.channels.base import Channel

ALL: Final[tuple[Channel, ...]] = (
    mail.CHANNEL, wecom.CHANNEL, dingtalk.CHANNEL, feishu.CHANNEL, webhook.CHANNEL
)  # fmt: skip
CHANNELS: Final[dict[str, Channel]] = {channel.kind: channel for channel in ALL}
