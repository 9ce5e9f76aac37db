"""`manage.py export_data`: a zone's resources as a file, as far as the user may see them."""

import sys
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zones.exporting.formats import FORMATS, export
from zones.importing.kinds import IMPORTABLE
from zones.management.arguments import UNUSABLE, add_zone_and_user, principal_of, user_of, zone_of
from zones.management.telling import answered


class Command(BaseCommand):
    help = (
        "导出高新区的资源（只含该账号可见的内容）或需求（只含本方的）。 / Export a zone's resources, as far as the "
        "user may see them, or its needs, as far as they are the user's own."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="写入的文件，- 为标准输出 / file to write, - for standard output")
        parser.add_argument("--kind", required=True, choices=IMPORTABLE, help="导出内容 / what to export")
        parser.add_argument("--format", default="xlsx", choices=FORMATS, help="格式 / format")
        parser.add_argument("--language", default="zh-hans", choices=("zh-hans", "en"), help="表头语言 / language")
        add_zone_and_user(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        principal = principal_of(user_of(options))
        ask = partial(
            export, principal, zone=zone_of(options), kind=options["kind"], name=options["format"],
            language=options["language"],
        )  # fmt: skip
        _write(options["file"], answered(ask, returncode=UNUSABLE))


def _write(path: Path, content: bytes) -> None:
    if str(path) == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        path.write_bytes(content)
    except OSError as error:
        message = f"不能写入 {path.name}：{error.strerror}。 / Cannot write {path.name}."
        raise CommandError(message, returncode=UNUSABLE) from error
