"""`manage.py fill_demo`: all rows of the demonstration, before anybody works on them."""

from typing import Any, Final

from django.core.management import call_command
from django.core.management.base import BaseCommand

from ledger.locks import Lock, holding

LOOKERS: Final = (Lock.WAIT_TO_LOOK, Lock.WAIT_TO_PLAN, Lock.KEEP_FIGURES)
"""Places of who matches what has changed, plans notices and keeps sums: they would do it again for each next row."""


class Command(BaseCommand):
    help = (
        "载入演示数据和报道中的事实（示例数据）；重复执行不会改变任何记录。 / Load the demo and what the article "
        "reports, as samples; a re-run changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with holding(*LOOKERS):
            call_command("seed_demo", stdout=self.stdout)
            call_command("load_article", stdout=self.stdout)
