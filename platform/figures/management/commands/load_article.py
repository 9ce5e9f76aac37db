"""The golden data set: what the article reports, as rows; and whether its figures come out of them."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from figures.article import DAY, compared
from figures.golden.loading import load_article
from zones.importing.reference import load_reference
from zones.management.telling import answered


class Command(BaseCommand):
    help = (
        "载入报道中的事实（示例数据，重复执行不会改变任何记录），--check 核对41个数字。 / Load what the article "
        "reports, as samples; a re-run changes nothing; --check computes its 41 figures."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compute the 41 figures and compare them")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check()
            return
        answered(lambda: load_reference(settings.REFERENCE_DIR))
        counts = answered(load_article)
        told = " · ".join(f"{area} {count}" for area, count in counts.items())
        self.stdout.write(told or "已载入。 / It is already there.")

    def _check(self) -> None:
        with override("zh-hans"):
            rows = answered(lambda: compared(as_of=DAY, samples=True))
        for row in rows:
            self.stdout.write(f"{'=' if row.agrees else '≠'} {row.entry.id} {row.words or row.refusal}")
        wrong = [row.entry.id for row in rows if not row.agrees]
        if wrong:
            raise CommandError(f"{', '.join(wrong)}：与报道不符。 / They differ from the article.")
