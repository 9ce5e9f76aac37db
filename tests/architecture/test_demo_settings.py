"""What a site that was started by `up` tells of itself: mails lie in its folder, and links lead to its port. And how a
demonstration is filled.
"""

import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from config.management.commands import fill_demo
from config.up import ahead
from config.up.application import Site, command_spec
from config.up.paths import DataPaths
from config.up.plan import UpOptions, make_plan
from tests.plugin import REPOSITORY

ASK = "from config import settings; print(settings.EMAIL_FILE_PATH, settings.SITE_URL)"


def test_mails_of_the_demo_lie_below_its_folder_and_lead_to_its_port(tmp_path: Path) -> None:
    spec = command_spec(Site(DataPaths(tmp_path), is_demo=True, port=8051), "seed", "seed_demo")
    source = f"import sys; sys.path += {[str(REPOSITORY), str(REPOSITORY / 'platform')]!r}; {ASK}"
    ended = subprocess.run(
        [sys.executable, "-c", source], env=dict(spec.environment), capture_output=True, text=True, check=True
    )
    assert ended.stdout.split() == [f"{tmp_path}/mails", "http://127.0.0.1:8051"]


class NewDatabase:
    """One without tables."""

    def has_pending_migrations(self) -> bool:
        return True

    def is_empty(self) -> bool:
        return True


def test_a_demo_compiles_ahead_while_its_database_is_made_and_is_filled_once(tmp_path: Path) -> None:
    asked = UpOptions(
        port=8051, workers=1, concurrency=2, parts=frozenset({"worker", "beat"}), is_demo=True, is_seed_forced=False
    )
    plan = make_plan(asked, DataPaths(tmp_path), NewDatabase())
    assert [step.name for step in (*plan.steps(), *plan.beside, *plan.late_steps())] == ["migrate", "compile", "seed"]
    plain = make_plan(replace(asked, is_demo=False), DataPaths(tmp_path), NewDatabase())
    assert [step.name for step in (*plain.steps(), *plain.beside, *plain.late_steps())] == ["migrate"]
    assert all(find_spec(module) for module in ahead.SERVICES)


@pytest.mark.django_db
def test_nobody_works_on_a_demo_that_is_half_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who would match, tell or add up takes one of these places, or leaves at once."""

    def held() -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
            return {number for (number,) in cursor.fetchall()}

    meanwhile = []

    def fill(name: str, **options: Any) -> None:
        meanwhile.append((name, held()))

    monkeypatch.setattr(fill_demo, "call_command", fill)
    call_command("fill_demo")
    assert meanwhile == [("seed_demo", set(fill_demo.LOOKERS)), ("load_article", set(fill_demo.LOOKERS))]
    assert not held()
