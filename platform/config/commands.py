"""Running a command: what an operator reads when the database is away, instead of a traceback."""

import sys
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import InterfaceError, OperationalError

DATABASE_AWAY: Final = 3
"""The exit code; 1 is a refusal, 2 a wrong argument."""
GONE_STATES: Final = ("08", "57P")
"""SQLSTATE classes of a connection that failed or was ended by the server."""


def run(arguments: Sequence[str]) -> int:
    """Run `manage.py` with the arguments and return its exit code. Raises SystemExit as commands do."""
    try:
        execute_from_command_line(list(arguments))
    except (OperationalError, InterfaceError) as error:
        if not is_away(error):
            raise
        sys.stderr.write(f"{sentence()}\n")
        return DATABASE_AWAY
    return 0


def is_away(error: Exception) -> bool:
    """Whether the database did not answer, rather than answer with an error (a lock, a time-out)."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or str(state).startswith(GONE_STATES)


def sentence() -> str:
    """Where the database should be, without its password, and what to do."""
    database = settings.DATABASES["default"]
    place = f"{database.get('HOST') or 'localhost'}:{database.get('PORT') or 5432}/{database.get('NAME')}"
    return (
        f"无法连接数据库 {place}：请先用 manage.py up 启动站点，或检查 DATABASE_URL。 / "
        f"The database {place} cannot be reached: start the site with manage.py up, or check DATABASE_URL."
    )
