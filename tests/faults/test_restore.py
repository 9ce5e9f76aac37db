"""A backup that is restored is the same site, and sends nothing by itself (P15): by the commands, with real senders."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.conftest import World
from tests.faults.outside import ALL_DUE, Outside, happen, make_recipients, standing_outside
from tests.faults.senders import Order, run
from tests.faults.test_run_kills import REPOSITORY, database_url

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
NOT_COMPARED = {"notifications_sendingplace", "figures_sourcemark", "figures_rollup"}
"""What a restored site says otherwise on purpose: that messages wait, and that no sum kept ready is right."""


@pytest.fixture
def outside(world: World) -> Iterator[Outside]:
    """Everybody who is to be told, with all planned and nothing sent."""
    with standing_outside() as running:
        make_recipients(world, running)
        happen(world)
        assert run(Order(works=("plan", "look"))) == 0
        yield running


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The name of another database, which is empty."""
    name = f"{connection.settings_dict['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def address_of(name: str) -> str:
    return database_url().replace(f"/{connection.settings_dict['NAME']}", f"/{name}")


def manage(name: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(REPOSITORY / "manage.py"), *arguments]
    environment = os.environ | {"DATABASE_URL": address_of(name)}
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)


def content(name: str) -> dict[str, tuple[int, str]]:
    """table → how many rows, and a hash of all they hold."""
    with psycopg.connect(address_of(name)) as reader:
        tables = reader.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        query = "SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {} t"
        read = {table: reader.execute(query.format(f'"{table}"')).fetchone() for (table,) in tables}
    return {table: row for table, row in read.items() if row is not None}


def compared(found: dict[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    return {table: rows for table, rows in found.items() if table not in NOT_COMPARED}


def test_a_restored_site_is_the_same_and_silent_until_it_is_released(
    outside: Outside, elsewhere: str, tmp_path: Path
) -> None:
    file, here = tmp_path / "site.backup", str(connection.settings_dict["NAME"])
    assert manage(here, "backup", str(file)).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert "exists" in manage(here, "backup", str(file)).stderr
    assert "not empty" in manage(here, "restore", str(file)).stderr
    before = content(here)
    done = manage(elsewhere, "restore", str(file))
    assert done.returncode == 0, done.stderr
    after = content(elsewhere)
    assert compared(after) == compared(before)
    assert before["figures_sourcemark"][0] > after["figures_sourcemark"][0] == after["figures_rollup"][0] == 0
    there = Order(mail_port=outside.mail_port, database=elsewhere)
    for _turn in range(2):
        assert run(there) == 0
    assert {channel: outside.arrived(channel).total() for channel in ALL_DUE} == dict.fromkeys(ALL_DUE, 0)
    assert "held" in manage(elsewhere, "sending").stdout
    assert "Messages leave" in manage(elsewhere, "sending", "--release").stdout
    assert run(there) == 0
    assert {channel: outside.arrived(channel).total() for channel in ALL_DUE} == ALL_DUE
    assert compared(content(here)) == compared(before)


def test_what_is_no_backup_leaves_the_database_empty(db: None, elsewhere: str, tmp_path: Path) -> None:
    file = tmp_path / "site.backup"
    file.write_bytes(b"PGDMP nothing")
    done = manage(elsewhere, "restore", str(file))
    assert done.returncode == 1
    assert "nothing was restored" in done.stderr
    assert content(elsewhere) == {}
