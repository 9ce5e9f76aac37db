"""`manage.py import_data`: a file's rows with their verdicts; with --commit they are written, all or none."""

import json
import sys
from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from zones.choices import ImportState, Verdict
from zones.importing import jobs
from zones.importing.kinds import IMPORTABLE
from zones.importing.mixed import readers_of, told_types
from zones.importing.parsing.limits import MAX_FILE_BYTES
from zones.importing.sentences import NOTES, both_languages
from zones.importing.staging import must_be_readable
from zones.importing.steps import work_until_idle
from zones.management.arguments import UNUSABLE, add_zone_and_user, principal_of, user_of, zone_of
from zones.management.telling import answered, both, in_both_languages
from zones.models import ImportJob, ImportRow, Organization, Zone
from zones.scoping import Principal

ROWS_ARE_WRONG = 1
SHOWN = 50


class Command(BaseCommand):
    help = (
        "导入表格：默认只核对不写入，--commit 才写入（全部或全不）。退出码：0 正常，1 有错误行，2 文件或参数不可用。 / "
        "Import a table: checks only; --commit writes, all rows or none. Exit codes: 0 well, 1 rows are wrong, 2 the "
        "file or an argument cannot be used."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="xlsx, xls, ods, csv, NRII JSON, EEN XML")
        parser.add_argument("--kind", required=True, choices=IMPORTABLE, help="导入内容 / what the rows are")
        add_zone_and_user(parser)
        parser.add_argument("--sheet", default="", help="工作表，默认第一个 / sheet, by default the first")
        parser.add_argument("--organization", metavar="NAME", help="默认权属单位 / owner of rows that name none")
        parser.add_argument("--commit", action="store_true", help="写入 / write")
        parser.add_argument(
            "--reason", default="", help="改变已发布统计的原因 / why figures that were published are to change"
        )
        parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        user, zone = user_of(options), zone_of(options)
        principal = principal_of(user)
        ask = partial(
            jobs.start_import, principal, user=user, zone=zone, kind=options["kind"], name=options["file"].name,
            content=_content(options["file"]), sheet=options["sheet"],
            organization=_owner(principal, zone, options["organization"]),
        )  # fmt: skip
        job = answered(ask, returncode=UNUSABLE)
        worked(job)
        if job.state == ImportState.REFUSED:
            answered(lambda: must_be_readable(job, principal), returncode=UNUSABLE)
        if options["commit"] and job.state == ImportState.STAGED and not _is_faulty(job):
            ask = partial(jobs.apply_import, principal, job_id=job.pk, reason=options["reason"])
            worked(answered(ask, returncode=UNUSABLE))
            job.refresh_from_db()
        self._report(job, principal, as_json=options["json"])

    def _report(self, job: ImportJob, principal: Principal, *, as_json: bool) -> None:
        messages = _messages(job, principal)
        if as_json:
            self.stdout.write(json.dumps(_summary(job) | {"messages": messages}, ensure_ascii=False, indent=1))
        else:
            self._print(job, messages)
        if job.state == ImportState.REFUSED:
            sys.exit(UNUSABLE)
        if job.message or _is_faulty(job):
            sys.exit(ROWS_ARE_WRONG)

    def _print(self, job: ImportJob, messages: list[dict[str, Any]]) -> None:
        kind, state = in_both_languages(job.get_kind_display), in_both_languages(job.get_state_display)
        self.stdout.write(f"{job.public_id}  {kind}  {state}  {job.message}".rstrip())
        for verdict, count in sorted(job.counts.items()):
            self.stdout.write(f"{count:8}  {in_both_languages(partial(str, Verdict(verdict).label))}")
        if mixed := in_both_languages(partial(told_types, job.kind, job.row_types)):
            self.stdout.write(mixed)
        for sentence in job.published:
            self.stdout.write(f"  {sentence}")
        lines = _lines(messages)
        for line in lines[:SHOWN]:
            self.stdout.write(line)
        if len(lines) > SHOWN:
            self.stdout.write(f"… {len(lines) - SHOWN}  (--json)")


def _lines(messages: list[dict[str, Any]]) -> list[str]:
    """One line per cell; what is wrong with a column that the file does not have is said once for all rows."""
    of_cells = [f"{line['cell']}  {line['title']}  {both(line['zh'], line['en'])}" for line in messages if line["cell"]]
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for line in messages:
        if not line["cell"]:
            rows[line["title"], both(line["zh"], line["en"])].append(line["row"])
    return [f"{_rows(numbers)}  {title}  {text}" for (title, text), numbers in rows.items()] + of_cells


def _rows(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"第 {numbers[0]} 行 / row {numbers[0]}"
    return f"第 {numbers[0]}–{numbers[-1]} 行共 {len(numbers)} 行 / {len(numbers)} rows, {numbers[0]} to {numbers[-1]}"


def worked(job: ImportJob) -> None:
    """Do what the job waits for, here and now."""
    work_until_idle(job)
    job.refresh_from_db()


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise CommandError(f"找不到文件 {path.name}。 / There is no file {path.name}.", returncode=UNUSABLE)
    with path.open("rb") as file:
        return file.read(MAX_FILE_BYTES + 1)


def _owner(principal: Principal, zone: Zone, name: str | None) -> Organization | None:
    if not name:
        return None
    found: Organization | None = Organization.objects.editable_by(principal).filter(zone=zone, name_zh=name).first()
    if found is None:
        raise CommandError("该高新区没有此单位。 / The zone has no such organization.", returncode=UNUSABLE)
    return found


def _is_faulty(job: ImportJob) -> bool:
    return any(job.counts.get(verdict) for verdict in (Verdict.ERROR, Verdict.CONFLICT))


def _messages(job: ImportJob, principal: Principal) -> list[dict[str, Any]]:
    rows = ImportRow.objects.visible_to(principal).filter(job=job).exclude(messages=[])
    return [
        {
            "row": number,
            "cell": fault["cell"],
            "title": fault["title"] or _title(job.kind, fault["field"]),
            "field": fault["field"],
            "code": fault["code"],
            "is_note": fault["code"] in NOTES,
            **both_languages(fault["code"], fault["params"]),
        }
        for number, faults in rows.order_by("number").values_list("number", "messages")
        for fault in faults
    ]


def _title(kind: str, field: str) -> str:
    """What a column is called that the file does not have."""
    known = IMPORTABLE[kind]
    return next((in_both_languages(partial(known.title, row)) for row in known.columns if row.field == field), field)


def _summary(job: ImportJob) -> dict[str, Any]:
    return {
        "job": str(job.public_id),
        "state": job.state,
        "message": job.message,
        "counts": job.counts,
        "columns": job.titles,
        "row_types": {name: {"rows": rows, "kinds": readers_of(name)} for name, rows in job.row_types.items()},
    }
