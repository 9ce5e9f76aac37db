"""`manage.py load_reference`: bring the reference tables to what `data/reference` says."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from zones.errors import listed
from zones.importing.reference import load_reference
from zones.management.telling import answered


class Command(BaseCommand):
    help = (
        "载入参考数据（园区、联盟、单位、代码表）；重复执行不会改变任何记录，人工修改过的记录予以保留。 / Load the "
        "reference facts; a re-run changes nothing, and what people have edited is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=settings.REFERENCE_DIR, help="folder with the CSV files")

    def handle(self, *args: Any, **options: Any) -> None:
        tallies = answered(lambda: load_reference(options["folder"]))
        for tally in tallies:
            self.stdout.write(f"{tally.table:24} +{tally.added} ~{tally.changed} ={tally.unchanged}")
            if tally.kept:
                names = listed(tally.kept)
                self.stdout.write(f"  保留人工修改，未按文件更新 / edited by people, kept as they are: {names}")
