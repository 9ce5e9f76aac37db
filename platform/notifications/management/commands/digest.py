"""`manage.py digest ZONE`: what the weekly digest of a zone would say, made from what has happened; sends nothing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from notifications.channels.registry import CHANNELS
from notifications.choices import Way
from notifications.composing import Nothing
from notifications.recalling import recall_digest
from zones.models import Zone

WAYS = [way.value for way in Way if way != Way.INBOX]


class Command(BaseCommand):
    help = "一个园区的每周汇总会说什么（不发送） / what the weekly digest of a zone would say; nothing is sent"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("zone", help="园区代号 / slug of a zone")
        parser.add_argument("--channel", choices=WAYS, default=Way.WECOM.value)
        parser.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans")
        parser.add_argument("--days", type=int, default=7, help="往前几天 / of how many days")
        parser.add_argument("--html", type=Path, help="把邮件的 HTML 写到此文件 / write the mail's HTML to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        zone = Zone.objects.filter(slug=options["zone"]).first()
        if zone is None:
            raise CommandError("没有这个园区。 / There is no such zone.")
        channel = CHANNELS[options["channel"]]
        message = recall_digest(
            zone, channel=Way(channel.kind), language=options["language"], within=timedelta(days=options["days"])
        )
        if isinstance(message, Nothing):
            self.stdout.write("没有可汇总的内容。 / There is nothing to tell.")
            return
        text = channel.reads(message)
        self.stdout.write(text)
        size, limit = len(text.encode()), channel.limit_bytes
        self.stderr.write(f"{size} 字节，上限 {limit} / {size} of {limit} bytes")
        if options["html"]:
            options["html"].write_text(message.html, encoding="utf-8")
