"""Every command of ours on a database that is away: one sentence in both languages, an exit code, no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from config.commands import DATABASE_AWAY, is_away

ROOT = Path(settings.BASE_DIR)
WITHOUT_DATABASE = {"fields", "routes", "status", "up"}
ARGUMENTS = {
    "activate_config": ["1"],
    "digest": ["zgc"],
    "export_data": ["-", "--kind", "equipment", "--zone", "zgc"],
    "import_data": ["{empty}/corpus.jsonl", "--kind", "equipment", "--zone", "zgc"],
    "replay": ["00000000-0000-4000-8000-000000000000", "--config", "1"],
    "backup": ["{empty}/site.backup"],
    "restore": ["{empty}/site.backup"],
    "create_user": ["--username", "x", "--role", "zone_staff", "--zone", "zgc"],
    "erase_person": ["x"],
    "evaluate": ["{empty}"],
    "export_person": ["x"],
    "figure": ["zones.national"],
    "lift_second_factors": ["x", "--reason", "phone lost"],
    "load_collection": ["{empty}"],
    "seed": ["--scale", "1"],
}
RUN_ALL = """
import contextlib, io, json, sys
from config.commands import run

told = {}
for arguments in json.loads(sys.stdin.read()):
    error = io.StringIO()
    with contextlib.redirect_stderr(error), contextlib.redirect_stdout(io.StringIO()):
        try:
            code = run(["manage.py", *arguments])
        except SystemExit as stop:
            code = stop.code
        except BaseException as fault:
            code = repr(fault)
    told[arguments[0]] = [code, error.getvalue()]
print(json.dumps(told))
"""


def our_commands() -> set[str]:
    ours = {
        app.name for app in apps.get_app_configs() if Path(app.path).is_relative_to(ROOT) and ".venv" not in app.path
    }
    return {name for name, app in get_commands().items() if app in ours}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[object, str]]:
    """What each command says where no database listens: all in one process, on the wiring of `manage.py`."""
    empty = tmp_path_factory.mktemp("collection")
    for name in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"):
        (empty / name).touch()
    asked = [
        [name, *(word.format(empty=empty) for word in ARGUMENTS.get(name, []))]
        for name in sorted(our_commands() - WITHOUT_DATABASE)
    ]
    environment = os.environ | {
        "DATABASE_URL": "postgresql://nobody:hidden-word@127.0.0.1:9/none",
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "EMBEDDING_BACKEND": "bundled",  # without one, `embed` has nothing to ask the database
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": "",
    }
    start = f"import sys; sys.path += [{str(ROOT)!r}, {str(ROOT / 'platform')!r}]\n"
    done = subprocess.run(
        [sys.executable, "-c", start + RUN_ALL],
        input=json.dumps(asked), env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    said: dict[str, tuple[object, str]] = json.loads(done.stdout.splitlines()[-1])
    return said


def test_every_command_says_that_the_database_is_away(told: dict[str, tuple[object, str]]) -> None:
    assert len(told) >= 8
    for name, (code, error) in told.items():
        assert code == DATABASE_AWAY, (name, code, error)
        assert "无法连接数据库" in error, name
        assert "cannot be reached" in error, name
        assert "Traceback" not in error, name
        assert "hidden-word" not in error, name


def test_an_answer_of_the_database_is_not_taken_for_its_absence() -> None:
    refused = OperationalError("lock")
    refused.__cause__ = LockNotAvailable()
    assert not is_away(refused)
    assert is_away(OperationalError("connection refused"))
