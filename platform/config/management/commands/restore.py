"""`manage.py restore FILE`: a backup into an empty database. Nothing leaves the site before the operator says so."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from config.up import clients
from config.up.errors import UpError
from figures.services import rollups
from notifications import restored


class Command(BaseCommand):
    help = (
        "把备份文件恢复到空的数据库；之后消息暂停外发，由 manage.py sending 放行或取消。 / "
        "reads a backup into an empty database; messages are held until manage.py sending says so"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="备份文件 / the file of a backup")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"].absolute()
        if connection.introspection.table_names():
            raise CommandError(
                "数据库不是空的，不会覆盖：请新建一个数据库，把 DATABASE_URL 指向它。 / "
                "The database is not empty and is not overwritten: create another one and set DATABASE_URL to it."
            )
        try:
            clients.restore(connection.get_connection_params(), file)
        except UpError as error:
            raise CommandError(f"未能恢复，数据库仍是空的 / nothing was restored: {error}") from error
        rollups.forget()
        restored.hold()
        self.stdout.write("已恢复，消息暂停外发 / restored; messages are held. manage.py sending --cancel | --release")
