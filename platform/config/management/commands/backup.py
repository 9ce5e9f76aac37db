"""`manage.py backup FILE`: everything the database holds, in one file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from config.up import clients
from config.up.errors import UpError


class Command(BaseCommand):
    help = "把数据库备份为一个文件（仅本人可读） / copies the database into a file only its owner reads"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="备份文件，不得已存在 / the file, which must not exist")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"].absolute()
        connection.ensure_connection()
        if file.exists():
            raise CommandError(f"文件已存在，不会覆盖：{file} 。 / The file exists and is not overwritten: {file}")
        try:
            clients.backup(connection.get_connection_params(), file)
        except (UpError, OSError) as error:
            raise CommandError(f"备份未完成 / no backup was made: {error}") from error
        self.stdout.write(f"已备份 / backed up: {file} ({file.stat().st_size:,} bytes)")
