"""An import as Ana makes it: the file, its verdicts, the writing, all through the services and their steps."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from tests.builders import principal_of
from tests.conftest import World
from zones.importing import jobs
from zones.importing.steps import work_until_idle
from zones.models import ImportJob, ImportRow

Import = Callable[..., ImportJob]


def staged(world: World, content: bytes, *, user: User | None = None, **fields: Any) -> ImportJob:
    """A file of Ana's (or another's) staged in zone East."""
    user = user or world.ana
    values: dict[str, Any] = {"zone": world.east, "kind": "equipment", "name": "设备.xlsx"} | fields
    job = jobs.start_import(principal_of(user), user=user, content=content, **values)
    return worked(job)


def worked(job: ImportJob) -> ImportJob:
    """Do what the job waits for."""
    work_until_idle(job)
    job.refresh_from_db()
    return job


def applied(world: World, content: bytes, *, user: User | None = None, **fields: Any) -> ImportJob:
    job = staged(world, content, user=user, **fields)
    return worked(jobs.apply_import(principal_of(user or world.ana), job_id=job.pk))


def rows_of(job: ImportJob) -> list[ImportRow]:
    return list(ImportRow.plain.filter(job=job).order_by("number"))


def told(job: ImportJob) -> dict[str, list[str]]:
    """cell → codes of its messages."""
    found: dict[str, list[str]] = {}
    for row in rows_of(job):
        for message in row.messages:
            found.setdefault(message["cell"] or f"row {row.number}", []).append(message["code"])
    return found


@pytest.fixture
def imported(world: World) -> Import:
    """`imported(content, **fields)` stages a file of Ana's."""
    return lambda content, **fields: staged(world, content, **fields)
