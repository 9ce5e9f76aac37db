"""The embedded PostgreSQL: making the cluster, starting it without root or port, clearing up after a crash."""

import os
import shutil
import signal
import subprocess
from functools import partial

import psycopg

from config.up.binaries import postgres_programs
from config.up.errors import UpError
from config.up.kernel import birth_of, folder_of
from config.up.paths import DATABASE_NAME, DATABASE_USER, DataPaths, make_socket_folder
from config.up.processes import ChildSpec

SUPERUSER = "postgres"
INITDB_FLAGS = (
    "--auth=trust",  # the socket folder is 0700: who reaches it is the owner of the data
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
)
SERVER_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "100",
    "log_line_prefix": "%m [%p] %u@%d ",
}
# A test run may lose its data with the machine: nothing waits for the disk.
FORGETFUL_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "10min",
    "max_connections": "200",
}


def postgres_spec(paths: DataPaths, *, is_durable: bool = True) -> ChildSpec:
    """Return how to run the embedded PostgreSQL; makes the cluster when there is none."""
    programs = postgres_programs()
    settings = SERVER_SETTINGS | ({} if is_durable else FORGETFUL_SETTINGS)
    settings["unix_socket_directories"] = '"' + str(paths.sockets).replace('"', '""') + '"'
    flags = [flag for name, value in settings.items() for flag in ("-c", f"{name}={value}")]
    death_signal = signal.SIGINT if is_durable else signal.SIGQUIT
    return ChildSpec(
        name="postgres",
        command=(*_without_root(death_signal), str(programs.postgres), "-D", str(paths.postgres), *flags),
        log=paths.log("postgres"),
        cwd=paths.root,
        before_start=partial(_prepare, paths, is_durable=is_durable),
        probe=partial(_answers, paths),
        stop_signal=signal.SIGINT,  # "fast": ends sessions, writes a checkpoint
        stop_seconds=20.0,
        death_signal=death_signal,
    )


def ensure_database(paths: DataPaths) -> None:
    """Create the site's role and database unless they exist; the role is no superuser, as on a real server."""
    with psycopg.connect(_maintenance_address(paths), autocommit=True) as connection:
        if not connection.execute("select 1 from pg_roles where rolname = %s", [DATABASE_USER]).fetchone():
            connection.execute(f"create role {DATABASE_USER} login createdb")
        if not connection.execute("select 1 from pg_database where datname = %s", [DATABASE_NAME]).fetchone():
            connection.execute(f"create database {DATABASE_NAME} owner {DATABASE_USER}")


def running_postmaster(paths: DataPaths) -> int | None:
    """Return the process id of the postmaster that runs on this cluster, None when the pid file is stale or absent."""
    try:
        pid = int((paths.postgres / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    if birth_of(pid) is None:
        return None
    folder = folder_of(pid)
    return pid if folder is None or folder == paths.postgres else None


def _prepare(paths: DataPaths, *, is_durable: bool) -> None:
    make_socket_folder(paths)
    if not (paths.postgres / "PG_VERSION").exists():
        _make_cluster(paths, is_durable=is_durable)
    if running_postmaster(paths) is None:
        _remove_stale_locks(paths)


def _make_cluster(paths: DataPaths, *, is_durable: bool) -> None:
    """Run initdb into a temporary name and rename it: a cluster under its final name is whole."""
    draft = paths.root / "postgres.init"
    shutil.rmtree(draft, ignore_errors=True)
    sync = () if is_durable else ("--no-sync",)
    flags = ("-D", str(draft), f"--username={SUPERUSER}", *INITDB_FLAGS, *sync)
    command = (*_without_root(signal.SIGKILL), str(postgres_programs().initdb), *flags)
    with open(paths.log("postgres"), "ab") as log:
        finished = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=paths.root, check=False
        )
    if finished.returncode != 0:
        log_file = paths.log("postgres")
        raise UpError(f"initdb 失败，原因见 {log_file} 。 / initdb failed: see {log_file} for the reason.")
    draft.rename(paths.postgres)


def _remove_stale_locks(paths: DataPaths) -> None:
    """Remove what a killed server left: its process id may now be another program's, which PostgreSQL cannot know."""
    socket = paths.sockets / ".s.PGSQL.5432"
    for leftover in (paths.postgres / "postmaster.pid", socket, socket.with_name(socket.name + ".lock")):
        leftover.unlink(missing_ok=True)


def _without_root(death_signal: signal.Signals) -> tuple[str, ...]:
    """Return a prefix under which PostgreSQL, which refuses root, is nobody: no new user, no changed folder."""
    if os.geteuid() != 0:
        return ()
    unshare, setpriv = shutil.which("unshare"), shutil.which("setpriv")
    if unshare and setpriv:
        prefix = (unshare, "--user", "--map-user=65534", "--map-group=65534", "--")
        if subprocess.run((*prefix, "true"), capture_output=True, check=False).returncode == 0:
            return (*prefix, setpriv, "--pdeathsig", death_signal.name.removeprefix("SIG"), "--")
    raise UpError(
        "内置 PostgreSQL 不能以 root 运行，本机又不允许用户命名空间：请改用普通用户，"
        "或设置 DATABASE_URL 使用自己的 PostgreSQL。 / "
        "The embedded PostgreSQL cannot run as root and this machine refuses user namespaces: "
        "use an ordinary user, or set DATABASE_URL to a PostgreSQL of yours."
    )


def _maintenance_address(paths: DataPaths) -> str:
    return psycopg.conninfo.make_conninfo(host=str(paths.sockets), user=SUPERUSER, dbname="postgres", connect_timeout=2)


def _answers(paths: DataPaths) -> bool:
    try:
        with psycopg.connect(_maintenance_address(paths)) as connection:
            return connection.execute("select 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False
